//! The front matter of a Markdown report.

use super::kinds;
use super::model::ReportMatter;
use super::reading::{check::check, scope::Scope};
use super::workspace::ReportDoc;
use crate::source::{Diagnostic, FileId, Lang, Sources, decode, read_text};

/// Reads a Markdown file's front matter. A file without one, or of another kind, is no report and
/// is left alone: a folder may hold a README.
pub fn read(sources: &Sources, file: FileId) -> (Option<ReportDoc>, Vec<Diagnostic>) {
    let source = sources.file(file);
    let Some((matter, body)) = split(&source.text) else { return (None, Vec::new()) };
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

/// The bytes of the front matter, and where the narrative starts.
fn split(text: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let text_start = text.len() - text.trim_start_matches('\u{feff}').len();
    let first = text[text_start..].find('\n')? + text_start;
    if text[text_start..first].trim_end() != "---" {
        return None;
    }
    let mut at = first + 1;
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
        if text[at..end].trim_end() == "---" {
            return Some((first + 1..at, (end + 1).min(text.len())));
        }
        at = end + 1;
    }
    None
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
