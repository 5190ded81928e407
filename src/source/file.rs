//! Files as the user wrote them, and places in them.

use std::collections::BTreeSet;
use std::ops::Range;

/// Which file of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A line and a column as people count them, from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// One file's path, text and line starts.
#[derive(Debug, Clone)]
pub struct File {
    /// The path relative to the workspace, with `/` on every system.
    pub path: String,
    /// The text.
    pub text: String,
    lines: Vec<u32>,
}

/// Every file of a run.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<File>,
    /// Places whose text is never shown: credentials, in the order of the files.
    hidden: BTreeSet<Span>,
}

impl File {
    /// A file with its lines found.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> File {
        let text = text.into();
        let mut lines = vec![0];
        lines.extend(text.match_indices('\n').map(|(i, _)| i as u32 + 1));
        File { path: path.into(), text, lines }
    }
}

impl Sources {
    /// Adds a file and says which it is.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.take(File::new(path, text))
    }

    /// The same with a file that was taken apart before.
    pub fn take(&mut self, file: File) -> FileId {
        self.files.push(file);
        FileId(self.files.len() as u32 - 1)
    }

    /// Never shows the text at a place again: somebody's credential.
    pub fn hide(&mut self, span: Span) {
        self.hidden.insert(span);
    }

    /// Whether a place holds something that is never shown.
    pub fn hides(&self, span: Span) -> bool {
        let first = Span { file: span.file, start: 0, end: 0 };
        let last = Span { file: span.file, start: span.end, end: 0 };
        self.hidden.range(first..last).any(|hidden| hidden.end > span.start)
    }

    /// Puts a folder before the path of every file.
    pub fn put_below(&mut self, folder: &str) {
        for file in &mut self.files {
            file.path = format!("{folder}/{}", file.path);
        }
    }

    /// The text of some bytes of a file as it may be shown: what is hidden is dots, as long as it was.
    pub fn shown(&self, file: FileId, range: Range<usize>) -> String {
        let text = self.file(file).text.get(range.clone()).unwrap_or("");
        let first = Span { file, start: 0, end: 0 };
        let last = Span { file, start: range.end as u32, end: u32::MAX };
        let near = |span: &&Span| span.end as usize > range.start;
        let hidden: Vec<&Span> = self.hidden.range(first..=last).filter(near).collect();
        let mut shown = String::with_capacity(text.len());
        for (i, c) in text.char_indices() {
            let at = range.start + i;
            let secret = hidden.iter().any(|span| span.range().contains(&at));
            // A dot for each byte keeps the places that follow where they were.
            if secret && c != '\n' { shown.extend(std::iter::repeat_n('.', c.len_utf8())) } else { shown.push(c) }
        }
        shown
    }

    /// The file, by its number.
    pub fn file(&self, id: FileId) -> &File {
        &self.files[id.0 as usize]
    }

    /// Every file with its number, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &File)> {
        self.files.iter().enumerate().map(|(i, file)| (FileId(i as u32), file))
    }

    /// The text under a span.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or("")
    }

    /// Where a span starts.
    pub fn start(&self, span: Span) -> Place {
        self.file(span.file).place(span.start as usize)
    }

    /// Where a span ends (one past its last character).
    pub fn end(&self, span: Span) -> Place {
        self.file(span.file).place(span.end as usize)
    }
}

impl File {
    /// The line and column of a byte offset.
    pub fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|start| *start as usize <= offset);
        let start = self.lines[line - 1] as usize;
        let column = self.text.get(start..offset).map_or(0, |text| text.chars().count()) + 1;
        Place { line, column }
    }

    /// The bytes from the start of line `first` to the end of line `last`, both from 1.
    pub fn window(&self, first: usize, last: usize) -> Range<usize> {
        let start = self.lines.get(first.max(1) - 1).map_or(self.text.len(), |start| *start as usize);
        let end = self.lines.get(last).map_or(self.text.len(), |start| *start as usize);
        start..end
    }
}
