//! A site as Markdown: a file per page and language, drawings beside it as SVG. How a figure and a
//! page's head are written is a [`Flavor`]'s, one file each.

use std::{borrow::Cow, ops::Range};

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};
use rayon::prelude::*;

use super::{KINDS, Output, Page, Part, Site, drawn, glance::glance, links, narrative::options, sheet, words};
use crate::{
    figure::{Figure, typeset::typeset},
    source::Lang,
};

mod github;
mod pandoc;

/// For which reader Markdown is written.
#[derive(Debug)]
pub struct Flavor {
    /// What `--flavor` calls it.
    pub name: &'static str,
    /// How a page begins: its title, and whatever the reader keeps of it.
    head: fn(&Page) -> String,
    /// A figure, with the stem of its drawing's file.
    figure: fn(&Figure, Lang, &str) -> String,
}

/// The registry of flavours; the first is written where nothing is said.
static FLAVORS: [&Flavor; 2] = [&github::FLAVOR, &pandoc::FLAVOR];

/// The names of the flavours.
pub fn flavors() -> Vec<&'static str> {
    FLAVORS.iter().map(|flavor| flavor.name).collect()
}

/// Writes every page as `fr/NAME.md`, its drawings as `fr/figures/NAME-ID.svg`, an index as
/// `fr/README.md` for each language, and the narratives' images beneath `assets/`.
pub fn files(site: &Site, flavor: &str) -> Vec<Output> {
    let flavor = FLAVORS.iter().find(|known| known.name == flavor).unwrap_or(&FLAVORS[0]);
    let mut files: Vec<Output> = site.languages.iter().map(|lang| index(site, *lang)).collect();
    let pages = site.pages.par_iter().filter(|page| !site.current.contains_key(&page.id()));
    files.par_extend(pages.flat_map_iter(|page| {
        let mut files = Vec::new();
        write(site, page, flavor, &mut files);
        files
    }));
    files.extend(site.assets.iter().map(|(path, bytes)| Output::bytes(format!("assets/{path}"), bytes.clone())));
    files
}

/// A text as Markdown that shows exactly its characters, on one line; fit for a table's cell.
pub fn escape(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (i, &c) in characters.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| characters.get(i)).copied();
        let after = characters.get(i + 1).copied();
        match c {
            '<' => out.push_str("&lt;"),
            '&' if after.is_some_and(|c| c.is_ascii_alphabetic() || c == '#') => out.push_str("&amp;"),
            '\n' | '\r' => out.push(' '),
            '_' if before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric) => {
                out.push('_');
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', c]),
            // At the start of a line these would open a list, a heading, a quotation or a rule.
            '-' | '+' | '#' | '=' | '>' if i == 0 && after.is_none_or(|after| after == c || after == ' ') => {
                out.extend(['\\', c]);
            }
            '.' | ')' if i > 0 && after == Some(' ') && characters[..i].iter().all(char::is_ascii_digit) => {
                out.extend(['\\', c]);
            }
            c => out.push(c),
        }
    }
    out
}

fn index(site: &Site, lang: Lang) -> Output {
    let words = words::words(lang);
    let mut out = format!("# {}\n", escape(site.title.get(lang)));
    let others: Vec<String> = site
        .languages
        .iter()
        .filter(|other| **other != lang)
        .map(|other| format!("[{}](../{}/README.md)", words::words(*other).name, other.code()))
        .collect();
    if !others.is_empty() {
        out.push_str(&format!("\n{}\n", others.join(" · ")));
    }
    let before = out.len();
    for kind in KINDS {
        let pages = site.listed(lang, kind);
        if pages.is_empty() {
            continue;
        }
        out.push_str(&format!("\n## {} ({})\n\n", words::kind(lang, kind), pages.len()));
        for page in pages {
            let folder = if page.lang == lang { String::new() } else { format!("../{}/", page.lang.code()) };
            let link = format!("[{}]({folder}{}.md)", escape(&page.title), links::encoded(&page.slug));
            let only = if page.lang == lang { String::new() } else { format!(" ({})", words.only_in) };
            let line = glance(page);
            let line = if line.is_empty() { line } else { format!("<br>{}", escape(&line)) };
            out.push_str(&format!("- **{link}**{only}{line}\n"));
        }
    }
    if out.len() == before {
        out.push_str(&format!("\n{}\n", words.no_page));
    }
    if !site.as_of.is_empty() {
        out.push_str(&format!("\n---\n\n*épure, {} {}*\n", words.as_of, words::date(lang, &site.as_of)));
    }
    Output::text(format!("{}/README.md", lang.code()), out)
}

fn write(site: &Site, page: &Page, flavor: &Flavor, files: &mut Vec<Output>) {
    let words = words::words(page.lang);
    let lang = page.lang.code();
    let mut out = (flavor.head)(page);
    let mut ways = vec![format!("[{}](README.md)", words.index)];
    for (other, slug) in &page.other_languages {
        let name = words::words(*other).name;
        ways.push(format!("[{name}](../{}/{}.md)", other.code(), links::encoded(slug)));
    }
    out.push_str(&format!("\n{}\n", ways.join(" · ")));
    let mut names = sheet::Names::default();
    for part in &page.parts {
        out.push('\n');
        match part {
            Part::Prose(text) => out.push_str(&relinked(site, page, text)),
            Part::Figure(figure) => {
                let name = names.unique(&format!("{}-{}", page.slug, figure.id));
                if let Some(svg) = drawn::standalone(figure) {
                    files.push(Output::text(format!("{lang}/figures/{name}.svg"), svg).of(page));
                }
                out.push_str(&(flavor.figure)(figure, page.lang, &name));
            }
        }
    }
    out.push_str(&format!("\n---\n\n*{}*\n", escape(&sheet::made(page))));
    files.push(Output::text(format!("{lang}/{}.md", page.slug), out).of(page));
}

/// A table figure alone, as Markdown; a drawing has none.
pub fn table(figure: &Figure, lang: Lang) -> String {
    github::figure(figure, lang, "")
}

/// Prose whose links to files of the workspace lead to the pages made from them. What must not be
/// followed leads nowhere, and an image of another host becomes a link, as in the site.
fn relinked(site: &Site, page: &Page, text: &str) -> String {
    let parser = Parser::new_ext(text, options());
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut edit = |range: Range<usize>, address: &str, target: Option<String>| {
        let target = if links::is_safe(address) { target } else { Some("#".to_owned()) };
        let Some(target) = target else { return };
        // The address is the last thing in a link but for its title, and the last in a definition.
        if let Some(at) = text.get(range.clone()).and_then(|source| source.rfind(address)) {
            let start = range.start + at;
            edits.push((start..start + address.len(), target));
        }
    };
    for (_, definition) in parser.reference_definitions().iter() {
        let address = &*definition.dest;
        let target = links::to_page(site, page, address, "md").or_else(|| links::to_asset(site, page, address));
        edit(definition.span.clone(), address, target);
    }
    let (mut far, mut settings, mut in_code) = (Vec::new(), Vec::new(), false);
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, link_type: LinkType::Inline, .. }) => {
                edit(range, &dest_url, links::to_page(site, page, &dest_url, "md"));
            }
            Event::Start(Tag::Image { dest_url, link_type, .. }) => {
                if links::scheme(&dest_url).is_some() {
                    far.push((range.start..range.start + 1, String::new()));
                }
                if link_type == LinkType::Inline {
                    edit(range, &dest_url, links::to_asset(site, page, &dest_url));
                }
            }
            Event::Text(_) if !in_code => {
                if let Some(Cow::Owned(set)) = text.get(range.clone()).map(|text| typeset(text, page.lang)) {
                    settings.push((range, set));
                }
            }
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            _ => {}
        }
    }
    edits.extend(far);
    edits.extend(settings);
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::new();
    let mut at = 0;
    for (range, target) in edits {
        if range.start >= at {
            out.push_str(&text[at..range.start]);
            out.push_str(&target);
            at = range.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_means_itself() {
        assert_eq!(escape("a|b <c> *d* snake_case _e_ ~5 s"), "a\\|b &lt;c> \\*d\\* snake_case \\_e\\_ \\~5 s");
        assert_eq!(escape("R&D &amp; x\ny"), "R&amp;D &amp;amp; x y");
        assert_eq!(escape("- a"), "\\- a");
        assert_eq!(escape("-5 %"), "-5 %");
        assert_eq!(escape("3. a"), "3\\. a");
        for text in ["# x", "1) y", "[a](b)", "`c`", "a\\b", "<b>&lt;", "===", "> q", "$x$ * 3"] {
            let mut shown = String::new();
            pulldown_cmark::html::push_html(&mut shown, Parser::new_ext(&escape(text), options()));
            let plain = shown.trim().trim_start_matches("<p>").trim_end_matches("</p>");
            let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            assert_eq!(plain, text);
        }
    }

    #[test]
    fn prose_is_set_but_not_its_code() {
        let page = Page::new("x", Lang::Fr, "x", crate::report::Kind::Report);
        let text =
            "Qui ? `a ? b` **c** : « d »\n\n```\na : b\n```\n\n| a : b |\n| :--- |\n| [q ?](https://a.example) |\n";
        let set = relinked(&Site::default(), &page, text);
        assert_eq!(
            set,
            "Qui\u{202f}? `a ? b` **c**\u{a0}: «\u{a0}d\u{a0}»\n\n```\na : b\n```\n\n| a\u{a0}: b |\n| :--- |\n| [q\u{202f}?](https://a.example) |\n"
        );
        let english = Page::new("x", Lang::En, "x", crate::report::Kind::Report);
        assert_eq!(relinked(&Site::default(), &english, text), text);
    }
}
