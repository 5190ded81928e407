//! The files that facts were said in, a line each with an address of its own.

use rayon::prelude::*;
use tera::{Context, Tera};

use super::frame::Frame;
use super::shelves::Shelves;
use super::{TemplateProblem, problem};
use crate::report::{Output, Site, links, words};

/// A page for each file; they speak the site's first language.
pub(super) fn files(site: &Site, tera: &Tera, shelves: &Shelves<'_>) -> Result<Vec<Output>, TemplateProblem> {
    let one = |(path, text): &(String, String)| {
        let root = "../".repeat(path.matches('/').count() + 1);
        let edit = site.settings.edit_url.as_ref();
        let frame = Frame {
            title: path,
            edit: edit.map(|address| address.replace("{path}", &links::encoded(path))),
            canonical: None,
            ..Frame::of_file(site, shelves, "index.html", &root, &format!("{root}{}/", shelves.lang.code()))
        };
        let mut context = Context::new();
        context.insert("page", &frame);
        context.insert("words", words::words(shelves.lang));
        context.insert("lines", &text.lines().collect::<Vec<_>>());
        let html = tera.render("source.html", &context).map_err(|error| problem(site, &error))?;
        Ok(Output::text(format!("site/source/{path}.html"), html))
    };
    site.sources.par_iter().map(one).collect()
}
