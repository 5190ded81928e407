//! The front matter of a Markdown report.

use super::kinds;
use super::model::ReportMatter;
use super::reading::{check::check, scope::Scope};
use super::workspace::ReportDoc;
use crate::said;
use crate::source::{Diagnostic, FileId, Lang, Sources, Span, decode, read_text};

/// Reads a Markdown file's front matter. A file without one, or of another kind, is no report and
/// is left alone: a folder may hold a README.
pub fn read(sources: &Sources, file: FileId) -> (Option<ReportDoc>, Vec<Diagnostic>) {
    let source = sources.file(file);
    let front = match find(file, &source.text) {
        Ok(Some(front)) => front,
        Ok(None) => return (None, Vec::new()),
        // A rule across the page opens a README too; only what says that it is a report is one.
        Err(problem) if source.text.contains("\nkind: report") => return (None, vec![*problem]),
        Err(_) => return (None, Vec::new()),
    };
    let (matter, body) = (front.yaml.range(), front.body_start);
    let (documents, mut diagnostics) = read_text(&source.text[matter.clone()], file, matter.start);
    let Some(root) = documents.into_iter().find_map(|document| document.root) else {
        return (None, diagnostics);
    };
    if root.get("kind").and_then(|kind| kind.scalar()) != Some("report") {
        return (None, Vec::new());
    }
    let name = stem(&source.path);
    let Some(kind) = kinds::kind("report") else { return (None, diagnostics) };
    let found = check(&root, &kind.shapes, &Scope::default(), &name);
    let clean = found.is_empty();
    diagnostics.extend(found);
    let report = decode::<ReportMatter>(&root).ok().filter(|_| clean).map(|matter| {
        let lang = matter.lang.as_ref().map_or(Lang::En, |lang| lang.lang());
        ReportDoc { name, file, matter, body, lang }
    });
    (report, diagnostics)
}

/// A report's front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrontMatter {
    /// The YAML between the two `---` lines.
    pub yaml: Span,
    /// The byte at which the narrative starts.
    pub body_start: usize,
}

/// Finds the front matter at the start of a file: nothing where the file does not start with a
/// `---` line.
///
/// # Errors
/// A diagnostic where the front matter is never closed.
pub fn find(file: FileId, text: &str) -> Result<Option<FrontMatter>, Box<Diagnostic>> {
    let span = |range: std::ops::Range<usize>| Span { file, start: range.start as u32, end: range.end as u32 };
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = text[start..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return Ok(None) };
    let yaml_start = start + first.len();
    let mut at = yaml_start;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            let yaml = span(yaml_start..at);
            return Ok(Some(FrontMatter { yaml, body_start: at + line.len() }));
        }
        at += line.len();
    }
    let place = span(start..start + first.trim_end().len());
    let problem = Diagnostic::error(
        "report/front-matter",
        place,
        said!("the front matter is never closed", "l’en-tête n’est jamais fermé"),
    )
    .help(said!("end it with a line that reads `---`", "terminez-le par une ligne qui ne contient que `---`"));
    Err(Box::new(problem))
}

/// `res507` of `lab/res507.fr.md`.
fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.strip_suffix(".md").unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, lang)) if Lang::from_code(lang).is_some() => stem.to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: FileId = FileId(7);

    #[test]
    fn front_matter_is_found_where_it_is() {
        let text = "\u{feff}---\r\nkind: report\r\n---\r\nÉté\n";
        let front = find(FILE, text).unwrap().unwrap();
        assert_eq!(&text[front.yaml.range()], "kind: report\r\n");
        assert_eq!(&text[front.body_start..], "Été\n");
        assert_eq!(find(FILE, "# No\n---\n").unwrap(), None);
        assert_eq!(find(FILE, "").unwrap(), None);
        let open = find(FILE, "---\nkind: report\n").unwrap_err();
        assert_eq!((open.code.as_str(), open.primary.span.range()), ("report/front-matter", 0..3));
        let empty = find(FILE, "---\n---\n").unwrap().unwrap();
        assert!(empty.yaml.range().is_empty());
    }
}
