//! A site as HTML: self-contained pages that ask no other host for anything and whose policy forbids
//! any script and style but the site's own files.

use rayon::prelude::*;
use tera::Tera;

use super::{Output, Site, drawn};
use crate::{
    figure::theme,
    said,
    source::{Lang, Said},
};

mod frame;
mod home;
mod page;
mod playing;
mod redirects;
mod search;
mod shelves;
mod source;

use shelves::Shelves;

/// The built-in templates, by the name under which a workspace may replace each.
pub const TEMPLATES: [(&str, &str); 13] = [
    ("base.html", include_str!("../../templates/base.html")),
    ("figure.html", include_str!("../../templates/figure.html")),
    ("home.html", include_str!("../../templates/home.html")),
    ("index.html", include_str!("../../templates/index.html")),
    ("page.html", include_str!("../../templates/page.html")),
    ("redirect.html", include_str!("../../templates/redirect.html")),
    ("source.html", include_str!("../../templates/source.html")),
    ("epure.css", include_str!("../../templates/epure.css")),
    ("theme.js", include_str!("../../templates/theme.js")),
    ("site.js", include_str!("../../templates/site.js")),
    ("search.js", include_str!("../../templates/search.js")),
    ("replay.js", include_str!("../../templates/replay.js")),
    // Only PDFs are made with it, but a workspace replaces it like any other.
    ("pdf.typ", include_str!("../../templates/pdf.typ")),
];

/// Why a workspace's own template could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblem {
    /// The template, by name, where it is known which one it is.
    pub template: Option<String>,
    /// Where in it, as a range of bytes, where that is known.
    pub place: Option<std::ops::Range<usize>>,
    /// What is wrong.
    pub message: Said,
}

/// Writes the front page, `site/fr/index.html`, `site/fr/NAME.html` and the same for every other
/// language, lists of many pages, the files that facts were said in, the search index, the style sheet,
/// the scripts, the fonts and the narratives' images.
///
/// # Errors
/// Where one of the workspace's own templates cannot be read or used; the built-in ones always can.
pub fn files(site: &Site) -> Result<Vec<Output>, TemplateProblem> {
    let tera = templates(site)?;
    let mut files = Vec::new();
    for lang in &site.languages {
        let shelves = Shelves::of(site, *lang);
        let made: Vec<(Option<Output>, search::Entry)> = shelves
            .pages()
            .par_iter()
            .map(|page| page::write(site, &tera, &shelves, page))
            .collect::<Result<_, _>>()?;
        let (pages, entries): (Vec<Option<Output>>, Vec<search::Entry>) = made.into_iter().unzip();
        if site.languages.first() == Some(lang) {
            files.extend(home::front(site, &tera, &shelves)?);
            files.extend(source::files(site, &tera, &shelves)?);
        }
        files.extend(home::lists(site, &tera, &shelves)?);
        files.extend(pages.into_iter().flatten());
        files.extend(redirects::files(site, &tera, &shelves)?);
        files.push(Output::text(format!("site/search-{}.js", lang.code()), search::index(*lang, &entries)));
    }
    for (name, text) in TEMPLATES {
        let text = site.templates.get(name).map_or(text, String::as_str);
        match name.rsplit_once('.') {
            Some((_, "css")) => files.push(Output::text(format!("site/{name}"), format!("{}{text}", style(site)))),
            Some((_, "js")) => files.push(Output::text(format!("site/{name}"), text)),
            _ => {}
        }
    }
    files.extend(redirects::sitemap(site, &files));
    let fonts = drawn::FONTS.iter().map(|(name, bytes)| Output::bytes(format!("site/fonts/{name}"), bytes.to_vec()));
    files.extend(fonts);
    files.extend(site.assets.iter().map(|(path, bytes)| Output::bytes(format!("site/assets/{path}"), bytes.clone())));
    Ok(files)
}

/// Whether a text is what [`Output::found`] holds: a page that is not made again must be found all the same.
pub fn is_found(text: &str) -> bool {
    search::Entry::read(text).is_some()
}

/// The colours and the classes of drawings, the workspace's own colours after them.
fn style(site: &Site) -> String {
    let mut css = drawn::style();
    let settings = &site.settings;
    if !settings.colours.is_empty() {
        let set = |dark: bool| -> String {
            let one = |(name, light, night): &(String, String, String)| {
                format!("--{name}:{};", if dark { night } else { light })
            };
            settings.colours.iter().map(one).collect()
        };
        let (light, dark) = (set(false), set(true));
        css.push_str(&format!(
            ":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n\
             :root[data-theme=dark]{{{dark}}}\n@media print{{:root:root:root{{{light}}}}}\n"
        ));
    }
    if let Some(font) = settings.font.as_ref().filter(|font| site.assets.contains_key(*font)) {
        let path = super::links::encoded(font);
        css.push_str(&format!(
            "@font-face{{font-family:\"Text of the workspace\";src:url(\"assets/{path}\") format(\"woff2\")}}\n\
             :root{{--font:\"Text of the workspace\",{}}}\n",
            theme::FONT_FAMILY
        ));
    }
    css
}

/// The templates, the workspace's own in the place of built-in ones.
fn templates(site: &Site) -> Result<Tera, TemplateProblem> {
    if let Some(name) = site.templates.keys().find(|name| TEMPLATES.iter().all(|(known, _)| known != name)) {
        let names: Vec<&str> = TEMPLATES.iter().map(|(name, _)| *name).collect();
        let message = said!(
            "there is no template {name} to replace; there are {names}",
            "il n'y a pas de modèle {name} à remplacer\u{a0}; il y a {names}",
            names = Said::list(names.iter().copied()),
        );
        return Err(TemplateProblem { template: Some(name.clone()), place: None, message });
    }
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html"]);
    let sources = TEMPLATES.iter().filter(|(name, _)| name.ends_with(".html"));
    let sources = sources.map(|(name, text)| (*name, site.templates.get(*name).map_or(*text, String::as_str)));
    tera.add_raw_templates(sources.collect::<Vec<_>>()).map_err(|error| problem(site, &error))?;
    Ok(tera)
}

fn problem(site: &Site, error: &tera::Error) -> TemplateProblem {
    use tera::ErrorKind;
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    let mut text = String::new();
    while let Some(one) = cause {
        if let Some(error) = one.downcast_ref::<tera::Error>()
            && let ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) = error.kind()
        {
            let message = report.message();
            return TemplateProblem {
                template: site.templates.get_key_value(report.filename()).map(|(name, _)| name.clone()),
                place: Some(report.span().range.clone()),
                message: said!(
                    "this template cannot be used: {message}",
                    "ce modèle ne peut pas être utilisé\u{a0}: {message}"
                ),
            };
        }
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&one.to_string());
        cause = one.source();
    }
    let template = site.templates.keys().find(|name| text.contains(name.as_str())).cloned();
    TemplateProblem {
        template,
        place: None,
        message: said!("a template cannot be used: {text}", "un modèle ne peut pas être utilisé\u{a0}: {text}"),
    }
}

/// Where the pages of a language lie.
fn folder(lang: Lang) -> String {
    format!("site/{}", lang.code())
}
