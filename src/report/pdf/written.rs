//! Pages as the source of a Typst document.
//!
//! Every text is written as a string (`#"…";`), so that nothing in it can be markup.

use std::collections::BTreeMap;

use super::anchors::{Anchors, OfPage, label, within};
use super::prose::{Piece, Prose, inline};
use super::table;
use crate::figure::{Body, Drawing, Figure, theme, typeset::plain};
use crate::report::{KINDS, Kind, Page, Site, drawn, html::TEMPLATES, words};
use crate::source::Lang;

/// The template that says how documents look; a workspace may have its own.
pub(super) const LOOK: &str = "pdf.typ";
/// The colours that the template imports.
pub(super) const COLOURS: &str = "colours.typ";

/// A document before it is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    /// The source.
    pub(super) text: String,
    /// How it looks: the functions that the source calls.
    pub(super) look: String,
    /// The colours of the theme, or the workspace's own.
    pub(super) colours: String,
    /// The drawings and images that it shows, by their paths in it.
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

/// One report, or any page, as a document of its own.
pub(super) fn page(site: &Site, page: &Page) -> Document {
    Writer::new(site, page.lang, vec![page]).document(&page.title, &page.subtitle, &page.authors)
}

/// All pages of a language as one document: reports first, then what they are about.
pub(super) fn whole(site: &Site, lang: Lang) -> Document {
    let pages = KINDS.iter().flat_map(|kind| site.listed(lang, *kind)).filter(|page| page.lang == lang);
    Writer::new(site, lang, pages.collect()).document(site.title.get(lang), "", &[])
}

/// The room for a drawing with its caption, in points: A4 upright, on its side, and A3.
const SHEETS: [(&str, f64, f64); 3] =
    [("", 504.0, 650.0), ("flipped: true", 751.0, 420.0), ("paper: \"a3\"", 751.0, 1010.0)];
/// A pixel of a drawing, in points.
const PIXEL: f64 = 0.75;
/// A drawing that would get smaller than this part of its size goes to a larger sheet: its smallest text,
/// of 11 px, is then set in 5.2 pt, and the names of its parts in 6.2 pt.
const LEAST: f64 = 0.63;
/// A table with more columns than this is set on its side.
const COLUMNS: usize = 7;

struct Writer<'a> {
    site: &'a Site,
    lang: Lang,
    pages: Vec<&'a Page>,
    anchors: Anchors<'a>,
    out: String,
    files: BTreeMap<String, Vec<u8>>,
}

impl<'a> Writer<'a> {
    fn new(site: &'a Site, lang: Lang, pages: Vec<&'a Page>) -> Writer<'a> {
        let anchors = Anchors::of(&pages);
        Writer { site, lang, pages, anchors, out: String::new(), files: BTreeMap::new() }
    }

    fn document(mut self, title: &str, subtitle: &str, authors: &[String]) -> Document {
        self.head(title, subtitle, authors);
        let several = self.pages.len() > 1;
        let mut last: Option<Kind> = None;
        for page in self.pages.clone() {
            if several {
                self.out.push_str("#pagebreak(weak: true)\n");
                if last != Some(page.kind) {
                    self.out.push_str(&format!("#heading(level: 1)[{}]\n", shown(words::kind(self.lang, page.kind))));
                }
                last = Some(page.kind);
            }
            self.page(page, if several { 2 } else { 0 });
        }
        Document { look: self.look(), colours: self.colours(), text: self.out, files: self.files }
    }

    /// The template.
    fn look(&self) -> String {
        let built_in = TEMPLATES.iter().find(|(name, _)| *name == LOOK).map_or("", |(_, text)| *text);
        self.site.templates.get(LOOK).map_or_else(|| built_in.to_owned(), Clone::clone)
    }

    /// The theme's light colours by name: paper knows no others.
    fn colours(&self) -> String {
        let own = |name: &str| self.site.settings.colours.iter().find(|(own, ..)| own == name);
        let one = |colour: &theme::Colour| {
            let light = own(colour.name).map_or(colour.light, |(_, light, _)| light);
            format!("#let {} = rgb({})\n", colour.name, string(light))
        };
        theme::COLOURS.iter().map(one).collect()
    }

    /// What the document is called, in which language it speaks, and its first pages.
    fn head(&mut self, title: &str, subtitle: &str, authors: &[String]) {
        let (lang, region) = match self.lang {
            Lang::En => ("en", "GB"),
            Lang::Fr => ("fr", "FR"),
        };
        let site = self.site.title.get(self.lang);
        let said = words::words(self.lang);
        let date = words::date(self.lang, &self.site.as_of);
        let date = if date.is_empty() { date } else { capital(&format!("{} {date}", said.as_of)) };
        self.out.push_str(&format!(
            "#import {look} as look\n\
             #set document(title: {title}, author: ({authors}), date: {when})\n\
             #show: look.paged.with(lang: \"{lang}\", region: \"{region}\")\n\
             #look.titlepage(over: {over}, subtitle: {subtitle}, authors: {named}, date: {date})\n\
             #look.contents({contents})\n",
            look = string(LOOK),
            title = string(title),
            authors = authors.iter().map(|author| format!("{}, ", string(author))).collect::<String>(),
            when = typst_date(&self.site.as_of),
            over = string(if site == title { "" } else { site }),
            subtitle = string(subtitle),
            named = string(&authors.join(", ")),
            date = string(&date),
            contents = string(said.contents),
        ));
    }

    /// A page; its own headings start below `level`, and its title is one where it is not the document's.
    fn page(&mut self, page: &'a Page, level: usize) {
        if level > 0 {
            let (title, label) = (shown(&page.title), string(&label(page)));
            self.out.push_str(&format!("#heading(level: {level})[{title}]#label({label})\n"));
            if !page.subtitle.is_empty() {
                self.out.push_str(&format!("#look.subtitle[{}]\n\n", shown(&page.subtitle)));
            }
        }
        let anchors = OfPage::new(page);
        let figures: Vec<&Figure> = page.figures().collect();
        let prose = Prose::new(self.site, page, &self.anchors, &anchors, level);
        for piece in prose.pieces() {
            match piece {
                Piece::Text(text) => self.out.push_str(&text),
                Piece::Image(path, bytes) => {
                    self.files.insert(path, bytes);
                }
                Piece::Figure(i) => {
                    if let (Some(figure), Some(anchor)) = (figures.get(i), anchors.figures.get(i)) {
                        self.figure(figure, &within(page, anchor));
                    }
                }
            }
        }
    }

    fn figure(&mut self, figure: &Figure, anchor: &str) {
        let caption = self.caption(figure);
        match &figure.body {
            Body::Drawing(drawing) => {
                let Some(svg) = drawn::bare(figure) else { return };
                let path = format!("figures/{}.svg", self.files.len());
                let (sheet, scale) = sheet(drawing);
                let placed = format!(
                    "#look.drawing({}, {}, {:.1}pt, {}, {caption})#label({})\n",
                    room(sheet),
                    string(&path),
                    drawing.width * PIXEL * scale,
                    string(&heard(figure, drawing)),
                    string(anchor),
                );
                self.files.insert(path, svg.into_bytes());
                self.on_sheet(sheet, &placed);
            }
            Body::Table(table) => {
                let Some(set) = table::set(table, self.lang, anchor) else {
                    let said = inline(&table.empty);
                    self.out.push_str(&format!("#look.nothing({caption}, [{said}])\n\n"));
                    return;
                };
                let sheet = if table.columns.len() > COLUMNS { "flipped: true" } else { "" };
                let placed = format!(
                    "#look.tabled({}, {caption}, {set})#label({})\n{}",
                    room(sheet),
                    string(anchor),
                    table::sources(table, self.lang, anchor, room(sheet))
                );
                self.on_sheet(sheet, &placed);
            }
        }
    }

    /// What is larger than the page gets a page of its own.
    fn on_sheet(&mut self, sheet: &str, placed: &str) {
        if sheet.is_empty() {
            self.out.push_str(placed);
        } else {
            self.out.push_str(&format!("#look.sheet({sheet})[\n{placed}]\n"));
        }
        self.out.push('\n');
    }

    /// The title, the answer with the note, and the cartouche, as three arguments.
    fn caption(&self, figure: &Figure) -> String {
        let title = inline(&figure.title);
        let said = [&figure.answer, &figure.note].into_iter().filter(|said| !said.is_empty() && **said != figure.title);
        let said: Vec<String> = said
            .map(|said| {
                let stop = if said.trim_end().ends_with(['.', '!', '?', ':', '…']) { "" } else { "." };
                format!("{}#\"{stop}\";", inline(said))
            })
            .collect();
        let cells = figure.cartouche.iter().map(|(label, value)| inline(&words::labelled(self.lang, label, value)));
        let cells = cells.collect::<Vec<_>>().join("#\" · \";");
        format!("[{title}], [{}], [{cells}]", said.join("#\" \";"))
    }
}

/// How wide a figure may be: on a sheet of its own all of it.
fn room(sheet: &str) -> &'static str {
    if sheet.is_empty() { "look.full" } else { "100%" }
}

/// The sheet that a drawing is set on, and how much smaller than it is drawn.
fn sheet(drawing: &Drawing) -> (&'static str, f64) {
    let fits = |(sheet, width, height): (&'static str, f64, f64)| {
        (sheet, (width / (drawing.width * PIXEL)).min(height / (drawing.height * PIXEL)).min(1.0))
    };
    let mut all = SHEETS.into_iter().map(fits);
    let last = fits(SHEETS[SHEETS.len() - 1]);
    all.find(|(_, scale)| *scale >= LEAST).unwrap_or(last)
}

/// What a drawing says to who hears the document.
fn heard(figure: &Figure, drawing: &Drawing) -> String {
    let mut texts: Vec<&str> = vec![&figure.title];
    texts.extend([&figure.answer].into_iter().filter(|answer| **answer != figure.title).map(String::as_str));
    texts.extend(drawing.behind.iter().flat_map(|behind| &behind.told).map(String::as_str));
    texts.retain(|text| !text.is_empty());
    plain(&texts.join(" · ")).into_owned()
}

/// A text as markup that shows it.
pub(super) fn shown(text: &str) -> String {
    format!("#{};", string(text))
}

/// A text as a string of Typst.
pub(super) fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `2026-11-22` as Typst's date; `none` where there is none, so that no clock is asked.
fn typst_date(iso: &str) -> String {
    let parts: Vec<u32> = iso.split('-').filter_map(|part| part.parse().ok()).collect();
    match parts.as_slice() {
        [year, month, day] => format!("datetime(year: {year}, month: {month}, day: {day})"),
        _ => "none".to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), characters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Part;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(string("a \"b\" \\ #x\n$y$"), "\"a \\\"b\\\" \\\\ #x $y$\"");
        let mut page = Page::new("x", Lang::Fr, "#panic()", Kind::Report);
        page.parts.push(Part::Prose(
            "## *A* `b`\n\nSee [#c](https://a.example) $d$ <e> #panic() [x](javascript:y)\n\n- one\n- [x] two\n".into(),
        ));
        let site = Site { as_of: "2026-11-22".into(), ..Site::default() };
        let text = super::page(&site, &page).text;
        assert!(text.contains("#heading(level: 1)[#emph[#\"A\";]#\" \";#raw(\"b\");]"), "{text}");
        assert!(text.contains("#link(\"https://a.example\")[#\"#c\";]"), "{text}");
        assert!(text.contains("date: datetime(year: 2026, month: 11, day: 22)"), "{text}");
        assert!(!text.contains("javascript"), "{text}");
        // Outside of strings there is no call that the text brought.
        let code: String = text.split('"').step_by(2).collect();
        assert!(!code.contains("panic"), "{code}");
    }

    #[test]
    fn a_drawing_gets_the_sheet_on_which_it_can_be_read() {
        let of = |width: f64, height: f64| sheet(&Drawing { width, height, ..Drawing::default() }).0;
        assert_eq!(of(1042.0, 520.0), "");
        assert_eq!(of(698.0, 1058.0), "");
        assert_eq!(of(1500.0, 500.0), "flipped: true");
        assert_eq!(of(1140.0, 1792.0), "paper: \"a3\"");
    }
}
