//! Pages as the source of a Typst document.
//!
//! Every text is written as a string (`#"…";`), so that nothing in it can be markup.

use std::collections::BTreeMap;

use super::anchors::{Anchors, OfPage, label, within};
use super::prose::{Piece, Prose, inline};
use super::table;
use crate::figure::{Body, Drawing, Figure, theme, typeset::plain};
use crate::report::{KINDS, Kind, Page, Site, drawn, html::TEMPLATES, sheet, words};
use crate::said;
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

/// The room for a drawing, in points, where its caption takes one line: A4 upright beneath a heading, A4 on its
/// side, and A3.
const SHEETS: [(&str, f64, f64); 3] =
    [("", 504.0, 620.0), ("flipped: true", 751.0, 400.0), ("paper: \"a3\"", 751.0, 980.0)];
/// How much a line of a caption takes, in points, and how many characters it holds upright.
const LINE: (f64, usize) = (12.5, 115);
/// A pixel of a drawing, in points.
const PIXEL: f64 = 0.75;
/// A drawing that would get smaller than this part of its size goes to a larger sheet: its smallest text,
/// of 11 px, is then set in 5.2 pt, and the names of its parts in 6.2 pt.
const LEAST: f64 = 0.63;

struct Writer<'a> {
    site: &'a Site,
    lang: Lang,
    pages: Vec<&'a Page>,
    anchors: Anchors<'a>,
    out: String,
    /// What stands at the end, each on a sheet of its own.
    plates: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
}

impl<'a> Writer<'a> {
    fn new(site: &'a Site, lang: Lang, pages: Vec<&'a Page>) -> Writer<'a> {
        let anchors = Anchors::of(&pages);
        Writer { site, lang, pages, anchors, out: String::new(), plates: Vec::new(), files: BTreeMap::new() }
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
        self.plates();
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
        let made = match self.pages.as_slice() {
            [page] => sheet::made(page),
            _ => sheet::made(&Page { as_of: self.site.as_of.clone(), ..Page::new("", self.lang, "", Kind::Report) }),
        };
        self.out.push_str(&format!(
            "#import {look} as look\n\
             #set document(title: {title}, author: ({authors}), date: {when})\n\
             #show: look.paged.with(lang: \"{lang}\", region: \"{region}\")\n\
             #look.titlepage(over: {over}, subtitle: {subtitle}, authors: {named}, made: {made})\n\
             #look.contents({contents})\n",
            look = string(LOOK),
            title = string(title),
            authors = authors.iter().map(|author| format!("{}, ", string(author))).collect::<String>(),
            when = typst_date(&self.site.as_of),
            over = string(if site == title { "" } else { site }),
            subtitle = string(subtitle),
            named = string(&authors.join(", ")),
            made = string(&made),
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
        let name = string(anchor);
        match &figure.body {
            Body::Drawing(drawing) => {
                let Some(svg) = drawn::bare(figure) else { return };
                let path = format!("figures/{}.svg", self.files.len());
                let (sheet, scale) = paper(drawing, longest(figure));
                let said = format!(
                    "{name}, {}, {:.1}pt, {}, {caption}",
                    string(&path),
                    drawing.width * PIXEL * scale,
                    string(&heard(figure, drawing)),
                );
                self.files.insert(path, svg.into_bytes());
                if sheet.is_empty() {
                    self.out.push_str(&format!("#look.drawing({said})\n\n"));
                } else {
                    self.out.push_str(&format!("#look.see-plate({name}, [{}])\n\n", inline(&figure.title)));
                    self.plates.push(format!("{sheet}, {said}"));
                }
            }
            Body::Table(table) => {
                let Some(set) = table::set(table, self.lang, anchor) else {
                    let said = inline(&table.empty);
                    self.out.push_str(&format!("#look.nothing({caption}, [{said}])\n\n"));
                    return;
                };
                let sources = table::sources(table, self.lang, anchor);
                self.out.push_str(&format!("#look.tabled({name}, {caption}, {set})\n{sources}\n"));
            }
        }
    }

    /// The drawings that are larger than a page, at the end.
    fn plates(&mut self) {
        let (one, many) = (said!("Plate", "Planche"), said!("Plates", "Planches"));
        let heading = format!(", heading: heading(level: 1)[{}]", shown(many.get(self.lang)));
        for (i, plate) in std::mem::take(&mut self.plates).into_iter().enumerate() {
            let heading = if i == 0 { heading.as_str() } else { "" };
            let word = shown(one.get(self.lang));
            self.out.push_str(&format!("#look.plate([{word}], {plate}{heading})\n"));
        }
    }

    /// The title, the answer with the note, and the cartouche, as three arguments.
    fn caption(&self, figure: &Figure) -> String {
        let stop = |text: &str| if text.trim_end().ends_with(['.', '!', '?', ':', '…']) { "" } else { "." };
        let title = match figure.title.as_str() {
            "" => String::new(),
            title => format!("{}{}", inline(title), shown(stop(title))),
        };
        let said = [&figure.answer, &figure.note].into_iter().filter(|said| !said.is_empty() && **said != figure.title);
        let said: Vec<String> = said.map(|said| format!("{}{}", inline(said), shown(stop(said)))).collect();
        let cells = figure.cartouche.iter().map(|(label, value)| inline(&words::labelled(self.lang, label, value)));
        let cells = cells.collect::<Vec<_>>().join("#\" · \";");
        format!("[{title}], [{}], [{cells}]", said.join("#\" \";"))
    }
}

/// How many lines a figure's caption takes upright, at most.
fn longest(figure: &Figure) -> usize {
    let said = [&figure.title, &figure.answer, &figure.note];
    let cells = figure.cartouche.iter().map(|(label, value)| label.len() + value.len() + 6).sum::<usize>();
    said.iter().map(|text| text.chars().count()).sum::<usize>() / LINE.1 + 1 + cells.div_ceil(LINE.1)
}

/// The sheet that a drawing is set on above a caption of so many lines, and how much smaller than it is drawn.
fn paper(drawing: &Drawing, lines: usize) -> (&'static str, f64) {
    let caption = lines as f64 * LINE.0;
    let fits = |(sheet, width, height): (&'static str, f64, f64)| {
        (sheet, (width / (drawing.width * PIXEL)).min((height - caption) / (drawing.height * PIXEL)).min(1.0))
    };
    let last = fits(SHEETS[SHEETS.len() - 1]);
    SHEETS.into_iter().map(fits).find(|(_, scale)| *scale >= LEAST).unwrap_or(last)
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
        let of = |width: f64, height: f64| paper(&Drawing { width, height, ..Drawing::default() }, 3).0;
        assert_eq!(of(1042.0, 520.0), "");
        assert_eq!(of(698.0, 1058.0), "");
        assert_eq!(of(1500.0, 500.0), "flipped: true");
        assert_eq!(of(1140.0, 1792.0), "paper: \"a3\"");
    }
}
