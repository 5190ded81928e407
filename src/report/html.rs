//! A site as HTML: self-contained pages that run no script and ask no other host for anything.

use serde::Serialize;
use tera::{Context, Tera};

use super::{
    KINDS, Output, Page, Site,
    body::{self, Chunk, Heading},
    drawn,
    glance::glance,
    links,
    paper::Paper,
    sheet::{self, Names, Place, Sheet},
    words,
};
use crate::{
    figure::{Body, typeset::plain},
    said,
    source::{Lang, Said},
};

/// The built-in templates, by the name under which a workspace may replace each.
pub const TEMPLATES: [(&str, &str); 5] = [
    ("base.html", include_str!("../../templates/base.html")),
    ("figure.html", include_str!("../../templates/figure.html")),
    ("index.html", include_str!("../../templates/index.html")),
    ("page.html", include_str!("../../templates/page.html")),
    ("epure.css", include_str!("../../templates/epure.css")),
];

/// A page with fewer headings than this shows no list of contents.
const LONG: usize = 4;

/// Why a workspace's own template could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateProblem {
    /// The template, by name, where it is known which one it is.
    pub template: Option<String>,
    /// What is wrong.
    pub message: Said,
}

/// Writes `site/index.html`, `site/fr/index.html`, `site/fr/NAME.html` and the same for every other
/// language, the style sheet, the fonts and the narratives' images.
///
/// # Errors
/// Where one of the workspace's own templates cannot be read or used; the built-in ones always can.
pub fn files(site: &Site) -> Result<Vec<Output>, TemplateProblem> {
    let (tera, style) = templates(site)?;
    let mut files = Vec::new();
    if let Some(first) = site.languages.first() {
        files.push(index(site, &tera, *first, true)?);
    }
    for lang in &site.languages {
        files.push(index(site, &tera, *lang, false)?);
    }
    for page in site.pages.iter().filter(|page| !site.current.contains(&page.id())) {
        files.push(write(site, &tera, page)?);
    }
    files.push(Output::text("site/epure.css", style));
    let fonts = drawn::FONTS.iter().map(|(name, bytes)| Output::bytes(format!("site/fonts/{name}"), bytes.to_vec()));
    files.extend(fonts);
    files.extend(site.assets.iter().map(|(path, bytes)| Output::bytes(format!("site/assets/{path}"), bytes.clone())));
    Ok(files)
}

/// The templates, the workspace's own in the place of built-in ones, and the style sheet.
fn templates(site: &Site) -> Result<(Tera, String), TemplateProblem> {
    if let Some(name) = site.templates.keys().find(|name| TEMPLATES.iter().all(|(known, _)| known != name)) {
        let names: Vec<&str> = TEMPLATES.iter().map(|(name, _)| *name).collect();
        let message = said!(
            "there is no template {name} to replace; there are {names}",
            "il n'y a pas de modèle {name} à remplacer\u{a0}; il y a {names}",
            names = Said::list(names.iter().copied()),
        );
        return Err(TemplateProblem { template: Some(name.clone()), message });
    }
    let text =
        |name: &str, built_in: &'static str| site.templates.get(name).map_or(built_in, String::as_str).to_owned();
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".html"]);
    let mut style = String::new();
    let mut sources = Vec::new();
    for (name, built_in) in TEMPLATES {
        if name == "epure.css" {
            style = text(name, built_in);
        } else {
            sources.push((name, text(name, built_in)));
        }
    }
    tera.add_raw_templates(sources).map_err(|error| problem(site, &error))?;
    Ok((tera, format!("{}{style}", drawn::style())))
}

fn problem(site: &Site, error: &tera::Error) -> TemplateProblem {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    let template = site.templates.keys().find(|name| text.contains(name.as_str())).cloned();
    TemplateProblem {
        template,
        message: said!("a template cannot be used: {text}", "un modèle ne peut pas être utilisé\u{a0}: {text}"),
    }
}

/// What every page says of itself.
#[derive(Serialize)]
struct Frame<'a> {
    lang: &'static str,
    title: &'a str,
    description: String,
    /// The class of the paper it is printed on.
    paper: &'static str,
    /// The way from the page to the site's root: empty or `../`.
    root: &'static str,
    site_title: &'a str,
    switch: Vec<Switch>,
    made: String,
}

/// The same page in a language.
#[derive(Serialize)]
struct Switch {
    lang: &'static str,
    name: &'static str,
    href: String,
    here: bool,
}

#[derive(Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
enum Block<'a> {
    Prose {
        html: String,
    },
    /// A figure, with the headings that stand above it where it is printed on a paper of its own.
    Figure {
        sheet: Box<Sheet<'a>>,
        headings: String,
    },
}

fn write(site: &Site, tera: &Tera, page: &Page) -> Result<Output, TemplateProblem> {
    let mut names = Names::default();
    for reserved in ["content", "contents", "notes"] {
        names.unique(reserved);
    }
    let body = body::body(site, page, &mut names);
    let figures: Vec<_> = page.figures().collect();
    let paper = Paper::of(figures.iter().filter_map(|figure| match &figure.body {
        Body::Drawing(drawing) => Some(drawing),
        Body::Table(_) => None,
    }));
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for chunk in body.chunks {
        match chunk {
            Chunk::Prose(html) => blocks.push(Block::Prose { html }),
            Chunk::Figure(i) => {
                let Some(figure) = figures.get(i) else { continue };
                let place = Place { number: i + 1, of: figures.len(), paper };
                let sheet = Box::new(Sheet::new(figure, page.lang, place, &mut names));
                let headings = if sheet.paper.is_empty() { String::new() } else { headings_above(&mut blocks) };
                blocks.push(Block::Figure { sheet, headings });
            }
        }
    }
    let contents: Vec<&Heading> = body.headings.iter().filter(|heading| heading.level <= 3).collect();
    let mut switch = vec![(page.lang, &page.slug)];
    switch.extend(page.other_languages.iter().map(|(lang, slug)| (*lang, slug)));
    switch.sort_by_key(|(lang, _)| site.languages.iter().position(|other| other == lang));
    let switch = switch.into_iter().map(|(lang, slug)| Switch {
        lang: lang.code(),
        name: words::words(lang).name,
        href: format!("../{}/{}.html", lang.code(), links::encoded(slug)),
        here: lang == page.lang,
    });
    let frame = Frame {
        lang: page.lang.code(),
        title: &page.title,
        description: plain(page.line()).into_owned(),
        paper: if paper == Paper::Wide { paper.class() } else { "" },
        root: "../",
        site_title: site.title.get(page.lang),
        switch: switch.collect(),
        made: sheet::made(page),
    };
    let mut context = Context::new();
    context.insert("page", &frame);
    context.insert("words", words::words(page.lang));
    context.insert("kind", words::kind(page.lang, page.kind));
    context.insert("subtitle", &page.subtitle);
    context.insert("blocks", &blocks);
    context.insert("notes", &body.notes);
    context.insert("contents", if contents.len() >= LONG { contents.as_slice() } else { &[] });
    let html = tera.render("page.html", &context).map_err(|error| problem(site, &error))?;
    Ok(Output::text(format!("site/{}/{}.html", page.lang.code(), page.slug), html).of(page))
}

/// Takes the headings at the end of what was written so far: they must not stay behind on a page of
/// their own when the figure below them goes to another paper.
fn headings_above(blocks: &mut Vec<Block<'_>>) -> String {
    let Some(Block::Prose { html }) = blocks.last_mut() else { return String::new() };
    let mut from = html.len();
    for level in (2..=6).rev() {
        let above = html[..from].trim_end();
        if above.ends_with(&format!("</h{level}>")) {
            from = above.rfind(&format!("<h{level} id=")).unwrap_or(from);
        }
    }
    let headings = html.split_off(from);
    if html.trim().is_empty() {
        blocks.pop();
    }
    headings
}

#[derive(Serialize)]
struct Group<'a> {
    title: &'static str,
    count: usize,
    entries: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    title: &'a str,
    line: String,
    lang: &'static str,
    href: String,
    foreign: bool,
}

fn index(site: &Site, tera: &Tera, lang: Lang, front: bool) -> Result<Output, TemplateProblem> {
    let words = words::words(lang);
    let root = if front { "" } else { "../" };
    let entry = |page: &'_ Page| format!("{root}{}/{}.html", page.lang.code(), links::encoded(&page.slug));
    let mut groups = Vec::new();
    for kind in KINDS {
        let pages = site.listed(lang, kind).into_iter().map(|page| Entry {
            title: &page.title,
            line: glance(page),
            lang: page.lang.code(),
            href: entry(page),
            foreign: page.lang != lang,
        });
        let entries: Vec<Entry<'_>> = pages.collect();
        if !entries.is_empty() {
            groups.push(Group { title: words::kind(lang, kind), count: entries.len(), entries });
        }
    }
    let switch = site.languages.iter().map(|other| Switch {
        lang: other.code(),
        name: words::words(*other).name,
        href: format!("{root}{}/index.html", other.code()),
        here: *other == lang,
    });
    let date = words::date(lang, &site.as_of);
    let made = if date.is_empty() { "épure".to_owned() } else { format!("épure, {} {date}", words.as_of) };
    let title = site.title.get(lang);
    let frame = Frame {
        lang: lang.code(),
        title,
        description: String::new(),
        paper: "",
        root,
        site_title: title,
        switch: switch.collect(),
        made,
    };
    let mut context = Context::new();
    context.insert("page", &frame);
    context.insert("words", words);
    context.insert("as_of", &date);
    context.insert("pages", &words::pages(lang, groups.iter().map(|group| group.count).sum()));
    context.insert("groups", &groups);
    let html = tera.render("index.html", &context).map_err(|error| problem(site, &error))?;
    let path = if front { "site/index.html".to_owned() } else { format!("site/{}/index.html", lang.code()) };
    Ok(Output::text(path, html))
}
