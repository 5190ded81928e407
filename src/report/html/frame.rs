//! What every page has around its content: navigation, languages, where it comes from.

use serde::Serialize;

use super::shelves::{Section, Shelves, Way};
use crate::report::{Page, Site, links, sheet, words};
use crate::source::Lang;

/// What every page says of itself.
#[derive(Debug, Serialize)]
pub(super) struct Frame<'a> {
    pub(super) lang: &'static str,
    pub(super) title: &'a str,
    pub(super) description: String,
    /// The class of the paper it is printed on.
    pub(super) paper: &'static str,
    /// The way from the page to the site's root: empty or `../`.
    pub(super) root: String,
    /// The way to the language's home.
    pub(super) home: String,
    pub(super) site_title: &'a str,
    pub(super) logo: Option<String>,
    pub(super) switch: Vec<Switch>,
    /// The one language it exists in, where the site has others; as a sentence.
    pub(super) only: Option<&'static str>,
    pub(super) sections: Vec<Section>,
    pub(super) previous: Option<Way>,
    pub(super) next: Option<Way>,
    pub(super) edit: Option<String>,
    /// Its address on the web, where that is known.
    pub(super) canonical: Option<String>,
    pub(super) made: String,
    /// Whether it plays a failure.
    pub(super) plays: bool,
}

/// The same page in a language.
#[derive(Debug, Serialize)]
pub(super) struct Switch {
    lang: &'static str,
    name: &'static str,
    href: String,
    here: bool,
    /// Whether it is the same page, and not the home of that language.
    same: bool,
    canonical: Option<String>,
}

impl<'a> Frame<'a> {
    /// The frame of a document's page.
    pub(super) fn of_page(site: &'a Site, shelves: &Shelves<'_>, page: &'a Page) -> Frame<'a> {
        let (previous, next) = shelves.neighbours(page);
        let switch = site.languages.iter().map(|lang| {
            let own = (*lang == page.lang).then_some(&page.slug);
            let other = page.other_languages.iter().find(|(other, _)| other == lang).map(|(_, slug)| slug);
            let same = own.or(other);
            let file = same.map_or_else(|| "index.html".to_owned(), |slug| format!("{}.html", links::encoded(slug)));
            let path = format!("{}/{file}", lang.code());
            Switch::new(site, *lang, &path, "../", own.is_some(), same.is_some())
        });
        let switch: Vec<Switch> = switch.collect();
        let only = (switch.len() > 1 && page.other_languages.is_empty()).then(|| words::words(page.lang).only_here);
        let edit = site.settings.edit_url.as_ref().filter(|_| !page.source_file.is_empty());
        let edit = edit.map(|address| address.replace("{path}", &links::encoded(&page.source_file)));
        Frame {
            title: &page.title,
            only,
            previous,
            next,
            edit,
            canonical: address(site, &format!("{}/{}.html", page.lang.code(), links::encoded(&page.slug))),
            sections: shelves.sections(Some(page), ""),
            made: sheet::made(page),
            plays: page.replay.is_some(),
            ..Frame::bare(site, page.lang, switch, "../", "")
        }
    }

    /// The frame of a page that is no document's: `file` is its path beneath each language's folder,
    /// `root` the way to the site's root, `folder` the way to its language's folder.
    pub(super) fn of_file(site: &'a Site, shelves: &Shelves<'_>, file: &str, root: &str, folder: &str) -> Frame<'a> {
        let lang = shelves.lang;
        let switch = site
            .languages
            .iter()
            .map(|other| Switch::new(site, *other, &format!("{}/{file}", other.code()), root, *other == lang, true));
        let date = words::date(lang, &site.as_of);
        let words = words::words(lang);
        let made = if date.is_empty() { "épure".to_owned() } else { format!("épure, {} {date}", words.as_of) };
        Frame {
            title: site.title.get(lang),
            canonical: address(site, &format!("{}/{file}", lang.code())),
            sections: shelves.sections(None, folder),
            made,
            ..Frame::bare(site, lang, switch.collect(), root, folder)
        }
    }

    fn bare(site: &'a Site, lang: Lang, switch: Vec<Switch>, root: &str, folder: &str) -> Frame<'a> {
        let logo = site.settings.logo.as_ref().filter(|logo| site.assets.contains_key(*logo));
        Frame {
            lang: lang.code(),
            title: "",
            description: String::new(),
            paper: "",
            root: root.to_owned(),
            home: format!("{folder}index.html"),
            site_title: site.title.get(lang),
            logo: logo.map(|logo| format!("{root}assets/{}", links::encoded(logo))),
            switch,
            only: None,
            sections: Vec::new(),
            previous: None,
            next: None,
            edit: None,
            canonical: None,
            made: String::new(),
            plays: false,
        }
    }
}

impl Switch {
    fn new(site: &Site, lang: Lang, path: &str, root: &str, here: bool, same: bool) -> Switch {
        let canonical = address(site, path).filter(|_| same);
        Switch {
            lang: lang.code(),
            name: words::words(lang).name,
            href: format!("{root}{path}"),
            here,
            same,
            canonical,
        }
    }
}

/// A page's address on the web, where the site says its own.
pub(super) fn address(site: &Site, path: &str) -> Option<String> {
    site.settings.base_url.as_ref().map(|base| format!("{base}{path}"))
}
