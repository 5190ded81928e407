//! Pages at old addresses that lead to new ones, and the sitemap.

use tera::{Context, Tera};

use super::frame::{Frame, address};
use super::shelves::Shelves;
use super::{TemplateProblem, folder, problem};
use crate::report::{Output, Site, links, words};

/// A page for each old name whose new page exists in the language.
pub(super) fn files(site: &Site, tera: &Tera, shelves: &Shelves<'_>) -> Result<Vec<Output>, TemplateProblem> {
    let mut files = Vec::new();
    let lang = shelves.lang;
    for (old, new) in &site.settings.redirects {
        let Some(page) = shelves.pages().into_iter().find(|page| page.slug == *new) else { continue };
        let mut context = Context::new();
        context.insert("page", &Frame { canonical: None, ..Frame::of_page(site, shelves, page) });
        context.insert("words", words::words(lang));
        context.insert("target", &format!("{}.html", links::encoded(new)));
        let html = tera.render("redirect.html", &context).map_err(|error| problem(site, &error))?;
        files.push(Output::text(format!("{}/{old}.html", folder(lang)), html));
    }
    Ok(files)
}

/// The sitemap, where the site says its address: every page but those that only lead elsewhere.
pub(super) fn sitemap(site: &Site, files: &[Output]) -> Option<Output> {
    site.settings.base_url.as_ref()?;
    let old = |path: &str| {
        let name = path.rsplit('/').next().and_then(|name| name.strip_suffix(".html"));
        site.settings.redirects.iter().any(|(old, _)| Some(old.as_str()) == name)
    };
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in files.iter().filter_map(|file| file.path.strip_prefix("site/")) {
        if path.ends_with(".html") && !path.starts_with("source/") && !old(path) {
            let path = path.strip_suffix("index.html").unwrap_or(path);
            let address = address(site, &links::encoded(path)).unwrap_or_default();
            out.push_str(&format!("<url><loc>{}</loc></url>\n", address.replace('&', "&amp;")));
        }
    }
    out.push_str("</urlset>\n");
    Some(Output::text("site/sitemap.xml", out))
}
