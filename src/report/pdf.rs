//! Reports as PDF, set by Typst. Only with the feature `pdf`: it brings some two hundred crates.
//!
//! A page becomes the source of a Typst document (`written.rs`), and `desk.rs` has it set. What is
//! numbered, repeated or listed (figures, heads of tables, contents, bookmarks) is left to Typst.

use rayon::prelude::*;

use super::html::TemplateProblem;
use super::{Kind, Output, Page, Site};

mod anchors;
mod desk;
mod prose;
mod table;
mod written;

/// What is set beside the reports themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    /// Every report.
    Reports,
    /// The pages with this name, of whatever kind.
    Only(&'a str),
    /// Every report, and all pages of a language in one document.
    Whole,
}

/// Writes every report as `pdf/fr/NAME.pdf`, or what else the scope asks for; the whole as `pdf/fr.pdf`.
///
/// # Errors
/// What Typst says: an image that is none, or a mistake in the workspace's own `pdf.typ`.
pub fn files(site: &Site, scope: Scope<'_>) -> Result<Vec<Output>, TemplateProblem> {
    let asked = |page: &&Page| match scope {
        Scope::Only(name) => page.slug == name,
        Scope::Reports | Scope::Whole => page.kind == Kind::Report,
    };
    let pages: Vec<&Page> =
        site.pages.iter().filter(asked).filter(|page| !site.current.contains_key(&page.id())).collect();
    let mut files = pages
        .par_iter()
        .map(|page| {
            let path = format!("pdf/{}/{}.pdf", page.lang.code(), page.slug);
            let bytes = desk::set(site, &written::page(site, page), &path)?;
            Ok(Output::bytes(path, bytes).of(page))
        })
        .collect::<Result<Vec<Output>, TemplateProblem>>()?;
    if scope == Scope::Whole {
        for lang in &site.languages {
            let path = format!("pdf/{}.pdf", lang.code());
            let bytes = desk::set(site, &written::whole(site, *lang), &path)?;
            files.push(Output::bytes(path, bytes));
        }
    }
    Ok(files)
}
