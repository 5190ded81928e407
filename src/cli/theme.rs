//! A workspace's own look: the templates in its folder `theme`, and the images and fonts that its pages show.

use std::fs;
use std::io;
use std::path::Path;

use super::files::write_whole;
use super::human;
use crate::report::html::{TEMPLATES, TemplateProblem};
use crate::report::{self, Site};
use crate::said;
use crate::source::{Diagnostic, Lang, Said, Show, Sources, Span};

/// Where a workspace keeps the templates that replace built-in ones.
const FOLDER: &str = "theme";

/// Reads the workspace's own templates, and the images and fonts that pages show.
pub(super) fn read(site: &mut Site, root: &Path) {
    for (name, _) in TEMPLATES {
        if let Ok(bytes) = fs::read(root.join(FOLDER).join(name)) {
            site.templates.insert(name.to_owned(), String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    let shown: std::collections::BTreeSet<String> = site.pages.iter().flat_map(report::images).collect();
    let settings = [site.settings.logo.clone(), site.settings.font.clone()];
    for path in shown.into_iter().chain(settings.into_iter().flatten()) {
        if let Some(bytes) = inside(root, &path) {
            site.assets.insert(path, bytes);
        }
    }
}

/// Why one of the workspace's own templates cannot be read; nothing where all can.
pub(super) fn unreadable(root: &Path) -> Option<Said> {
    TEMPLATES.iter().find_map(|(name, _)| match fs::read(root.join(FOLDER).join(name)) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Some(said!(
            "`theme/{name}` cannot be read: {error}",
            "`theme/{name}` ne peut pas être lu : {error}",
            name = name,
            error = error.to_string()
        )),
        _ => None,
    })
}

/// Why a template cannot be used, with its place where that is known.
pub(super) fn told(problem: &TemplateProblem, site: &Site, lang: Lang, colour: bool) -> String {
    let place =
        problem.template.as_ref().and_then(|name| Some((name, site.templates.get(name)?, problem.place.clone()?)));
    let Some((name, text, place)) = place else { return problem.message.show(lang) };
    let mut sources = Sources::default();
    let file = sources.add(format!("{FOLDER}/{name}"), text.clone());
    let end = place.end.min(text.len());
    let span = Span { file, start: place.start.min(end) as u32, end: end as u32 };
    let help =
        said!("without this file the built-in template is used", "sans ce fichier, c’est le modèle d’épure qui sert");
    human::diagnostic(
        &Diagnostic::error("site/template", span, problem.message.clone()).help(help),
        &sources,
        lang,
        colour,
    )
}

/// Writes the built-in templates into a workspace; says how many were written and which were there already.
///
/// # Errors
/// What the system said.
pub(super) fn write(root: &Path) -> io::Result<(usize, Vec<&'static str>)> {
    let (mut written, mut kept) = (0, Vec::new());
    for (name, text) in TEMPLATES {
        let path = root.join(FOLDER).join(name);
        if path.exists() {
            kept.push(name);
        } else if write_whole(&path, text.as_bytes())? {
            written += 1;
        }
    }
    Ok((written, kept))
}

/// A file that pages show, if it lies within the workspace.
fn inside(root: &Path, path: &str) -> Option<Vec<u8>> {
    let file = root.join(path).canonicalize().ok()?;
    let inside = root.canonicalize().ok()?;
    if !file.starts_with(inside) {
        return None;
    }
    fs::read(file).ok()
}
