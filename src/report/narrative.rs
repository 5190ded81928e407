//! An author's Markdown, taken apart: prose, the fences that place figures, the values in prose.
//!
//! Every place keeps its exact bytes in the file, so that whatever is wrong with a figure or a value
//! is said where the author wrote it.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::{
    said,
    source::{Diagnostic, FileId, Said, Severity, Span},
};

/// A narrative's pieces in the order of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Narrative<'t> {
    /// The whole file's text, front matter included; spans count its bytes.
    pub text: &'t str,
    /// Prose and fences.
    pub pieces: Vec<Piece>,
    /// What is wrong with the narrative itself, in the order of the text.
    pub problems: Vec<Diagnostic>,
    /// Its links and images, in the order of the text.
    pub aims: Vec<Aim>,
}

/// A link or an image of a narrative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aim {
    /// Where it leads, as it is written.
    pub address: String,
    /// Whether it is an image.
    pub image: bool,
    /// All of it.
    pub span: Span,
}

/// A piece of a narrative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text of the author's own.
    Prose(Prose),
    /// A block that places figures.
    Fence(Fence),
}

/// A stretch of the author's Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// The stretch, from the end of the fence before it to the start of the one after it.
    pub span: Span,
    /// What is not to be copied as it stands, in order, without overlaps.
    pub insets: Vec<Inset>,
}

/// Something in prose that is not copied as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inset {
    /// A value to be filled in.
    Value(Value),
    /// Raw HTML, which is shown as text.
    Html(Span),
    /// An HTML comment, which is left out.
    Comment(Span),
}

impl Inset {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Inset::Value(value) => value.span,
            Inset::Html(span) | Inset::Comment(span) => *span,
        }
    }
}

/// A `{{ path }}` in prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The path, without the blanks around it.
    pub path: String,
    /// All of it, braces included.
    pub span: Span,
    /// The path alone.
    pub path_span: Span,
}

/// A fenced block whose info string starts with the word `epure`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fence {
    /// All of it, both fences included.
    pub span: Span,
    /// The lines between the fences, the last line's end included.
    pub body: Span,
}

impl<'t> Narrative<'t> {
    /// Takes a narrative apart that starts at a byte of the file's text (see [`crate::design::front_matter`]).
    pub fn read(file: FileId, text: &'t str, body_start: usize) -> Narrative<'t> {
        let mut start = body_start.min(text.len());
        while !text.is_char_boundary(start) {
            start += 1;
        }
        let mut found = Found {
            text,
            file,
            start,
            fences: Vec::new(),
            insets: Vec::new(),
            verbatim: Vec::new(),
            problems: Vec::new(),
            aims: Vec::new(),
        };
        found.events();
        found.into_narrative()
    }
}

/// The Markdown that narratives are written in: GitHub's.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// Whether a fence's info string asks for a figure.
fn is_epure(info: &str) -> bool {
    info.split_whitespace().next() == Some("epure")
}

fn span(file: FileId, range: Range<usize>) -> Span {
    Span { file, start: range.start as u32, end: range.end as u32 }
}

struct Found<'t> {
    text: &'t str,
    file: FileId,
    start: usize,
    fences: Vec<Fence>,
    insets: Vec<Inset>,
    /// Where `{{` means itself: code, and raw HTML.
    verbatim: Vec<Range<usize>>,
    problems: Vec<Diagnostic>,
    aims: Vec<Aim>,
}

impl<'t> Found<'t> {
    fn events(&mut self) {
        let parser = Parser::new_ext(&self.text[self.start..], options()).into_offset_iter();
        let mut depth = 0usize;
        for (event, range) in parser {
            let range = range.start + self.start..range.end + self.start;
            match event {
                Event::Start(tag) => {
                    self.opened(&tag, range, depth);
                    depth += 1;
                }
                Event::End(_) => depth = depth.saturating_sub(1),
                Event::Code(_) => self.verbatim.push(range),
                Event::InlineHtml(_) => self.html(range),
                _ => {}
            }
        }
    }

    fn opened(&mut self, tag: &Tag<'_>, range: Range<usize>, depth: usize) {
        if let Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } = tag {
            let image = matches!(tag, Tag::Image { .. });
            let span = span(self.file, range.clone());
            self.aims.push(Aim { address: dest_url.to_string(), image, span });
        }
        match tag {
            Tag::CodeBlock(kind) => {
                self.verbatim.push(range.clone());
                if matches!(kind, CodeBlockKind::Fenced(info) if is_epure(info)) {
                    self.fence(range, depth);
                }
            }
            Tag::HtmlBlock => self.html(range),
            Tag::Heading { level: pulldown_cmark::HeadingLevel::H1, .. } => {
                let place = self.first_line(&range);
                self.warn(
                    "report/heading",
                    place,
                    said!(
                        "the page's title is its only heading of the first level",
                        "le titre de la page est son seul titre de premier niveau"
                    ),
                    said!("start the narrative's own headings at `##`", "commencez les titres du récit à `##`"),
                );
            }
            Tag::Image { dest_url, .. } if super::links::scheme(dest_url).is_some() => self.warn(
                "report/image",
                range,
                said!(
                    "a page asks no other host for an image: only a link is shown",
                    "une page ne demande aucune image à un autre hôte\u{a0}: seul un lien est montré"
                ),
                said!(
                    "keep the image in the workspace and write its path",
                    "gardez l'image dans l'espace de travail et écrivez son chemin"
                ),
            ),
            Tag::Link { dest_url, .. } if !super::links::is_safe(dest_url) => self.warn(
                "report/link",
                range,
                said!("a link of this kind is shown as text", "un lien de cette sorte est montré comme du texte"),
                said!(
                    "links lead to http, https or mailto addresses, or to files of the workspace",
                    "les liens mènent à des adresses http, https ou mailto, ou à des fichiers de l'espace de travail"
                ),
            ),
            _ => {}
        }
    }

    fn fence(&mut self, range: Range<usize>, depth: usize) {
        let opening = self.first_line(&range);
        if depth > 0 {
            let problem = Diagnostic::error(
                "report/fence",
                span(self.file, opening),
                said!(
                    "a figure cannot stand inside a list or a quotation",
                    "une figure ne peut pas se trouver dans une liste ou une citation"
                ),
            );
            self.problems.push(problem.help(said!(
                "move the block to the start of a line, outside the list",
                "placez le bloc en début de ligne, hors de la liste"
            )));
            return;
        }
        let text = &self.text[range.clone()];
        let marker = text.trim_start().chars().next().unwrap_or('`');
        let width = text.trim_start().chars().take_while(|c| *c == marker).count();
        let body_start = text.find('\n').map_or(range.end, |end| range.start + end + 1);
        let last = text.trim_end().rfind('\n').map_or(range.end, |at| range.start + at + 1).max(body_start);
        let closing = self.text[last..range.end].trim();
        let closed = closing.len() >= width && closing.chars().all(|c| c == marker);
        let body_end = if closed { last } else { range.end };
        if !closed {
            let problem = Diagnostic::error(
                "report/fence",
                span(self.file, opening),
                said!("this block is never closed", "ce bloc n'est jamais fermé"),
            );
            let fence = marker.to_string().repeat(width);
            self.problems.push(problem.help(said!(
                "end it with a line that reads `{fence}`",
                "terminez-le par une ligne qui ne contient que `{fence}`"
            )));
        }
        self.fences.push(Fence { span: span(self.file, range), body: span(self.file, body_start..body_end) });
    }

    fn html(&mut self, range: Range<usize>) {
        let text = self.text[range.clone()].trim();
        self.verbatim.push(range.clone());
        if text.starts_with("<!--") && text.ends_with("-->") && text.matches("-->").count() == 1 {
            self.insets.push(Inset::Comment(span(self.file, range)));
            return;
        }
        if !text.starts_with("</") {
            let place = self.first_line(&range);
            self.warn(
                "report/raw-html",
                place,
                said!("raw HTML is shown as text", "le HTML brut est montré comme du texte"),
                said!("write it in Markdown, or between backquotes", "écrivez-le en Markdown, ou entre accents graves"),
            );
        }
        self.insets.push(Inset::Html(span(self.file, range)));
    }

    fn warn(&mut self, code: &str, range: Range<usize>, message: Said, help: Said) {
        let problem = Diagnostic::error(code, span(self.file, range), message);
        self.problems.push(problem.severity(Severity::Warning).help(help));
    }

    fn first_line(&self, range: &Range<usize>) -> Range<usize> {
        let text = &self.text[range.clone()];
        let line = text.lines().next().unwrap_or("").trim_end();
        range.start..range.start + line.len()
    }

    /// Finds the values of a stretch of prose; those in code mean themselves.
    fn values(&mut self, prose: Range<usize>) {
        let mut at = prose.start;
        while let Some(found) = self.text[at..prose.end].find("{{") {
            let open = at + found;
            if let Some(code) = self.verbatim.iter().find(|code| code.contains(&open)) {
                at = code.end.min(prose.end);
                continue;
            }
            at = open + 2;
            if self.text[..open].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1 {
                continue;
            }
            let limit = self.verbatim.iter().map(|code| code.start).filter(|start| *start > open).min();
            let limit = limit.unwrap_or(prose.end).min(prose.end);
            let rest = &self.text[at..limit];
            let stop = ["{{", "\n\n", "\r\n\r\n"].iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
            match rest[..stop].find("}}") {
                Some(length) => {
                    self.value(open, at..at + length);
                    at += length + 2;
                }
                None => self.bad_value(
                    open..open + 2,
                    said!("`{{{{` is never closed", "«\u{a0}{{{{\u{a0}» n'est jamais fermé"),
                ),
            }
        }
    }

    fn value(&mut self, open: usize, inner: Range<usize>) {
        let text = &self.text[inner.clone()];
        let whole = open..inner.end + 2;
        let path = text.trim();
        if path.is_empty() {
            self.bad_value(
                whole,
                said!("there is no path between the braces", "il n'y a pas de chemin entre les accolades"),
            );
            return;
        }
        let path_start = inner.start + (text.len() - text.trim_start().len());
        self.insets.push(Inset::Value(Value {
            path: path.to_owned(),
            span: span(self.file, whole),
            path_span: span(self.file, path_start..path_start + path.len()),
        }));
    }

    fn bad_value(&mut self, range: Range<usize>, message: Said) {
        let problem = Diagnostic::error("report/value", span(self.file, range), message);
        self.problems.push(problem.help(said!(
            "write `{{{{ DOCUMENT.PATH }}}}`, or `\\{{{{` for the braces themselves",
            "écrivez `{{{{ DOCUMENT.CHEMIN }}}}`, ou `\\{{{{` pour les accolades elles-mêmes"
        )));
    }

    fn into_narrative(mut self) -> Narrative<'t> {
        let fences = std::mem::take(&mut self.fences);
        let mut pieces = Vec::new();
        let mut at = self.start;
        for fence in fences.iter().map(Some).chain([None]) {
            let end = fence.map_or(self.text.len(), |fence| {
                let start = fence.span.start as usize;
                // An indented fence's blanks belong to no prose.
                start - (self.text[at..start].len() - self.text[at..start].trim_end_matches(' ').len())
            });
            if !self.text[at..end].trim().is_empty() {
                self.values(at..end);
                pieces.push(Piece::Prose(Prose { span: span(self.file, at..end), insets: Vec::new() }));
            }
            if let Some(fence) = fence {
                pieces.push(Piece::Fence(*fence));
                at = fence.span.end as usize;
            }
        }
        self.insets.sort_by_key(|inset| inset.span());
        for inset in self.insets {
            let place = inset.span();
            let home = pieces.iter_mut().find_map(|piece| match piece {
                Piece::Prose(prose) if prose.span.start <= place.start && place.end <= prose.span.end => Some(prose),
                _ => None,
            });
            if let Some(prose) = home {
                prose.insets.push(inset);
            }
        }
        self.problems.sort_by_key(|problem| problem.primary.span);
        Narrative { text: self.text, pieces, problems: self.problems, aims: self.aims }
    }
}

#[cfg(test)]
mod tests;
