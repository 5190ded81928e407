//! A page's prose as HTML, cut where its figures stand.
//!
//! All prose of a page is parsed as one text, with a marker where each figure stands, so that a
//! footnote or a link's definition counts for the whole page.

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};
use serde::Serialize;

use super::{
    Page, Part, Site, around::GLOSSARY_SLUG, linked::Linked, links, narrative::options, sheet::Names, terms::Terms,
    words, words::Words,
};
use crate::figure::typeset::typeset;

/// A page's body.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) chunks: Vec<Chunk>,
    pub(super) headings: Vec<Heading>,
    /// The notes at the foot, as HTML list items; empty where there are none.
    pub(super) notes: String,
}

/// A stretch of prose, or the number of a figure among the page's.
#[derive(Debug)]
pub(super) enum Chunk {
    Prose(String),
    Figure(usize),
}

/// A heading, for the list of contents.
#[derive(Debug, Serialize)]
pub(super) struct Heading {
    pub(super) level: usize,
    pub(super) id: String,
    pub(super) text: String,
}

/// Renders a page's prose; ids are taken from `names`.
pub(super) fn body(site: &Site, page: &Page, linked: &Linked<'_>, names: &mut Names) -> Body {
    let (text, markers) = assembled(page);
    let events: Vec<_> = Parser::new_ext(&text, options()).into_offset_iter().collect();
    let shift = usize::from(
        events.iter().any(|(event, _)| matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }))),
    );
    let mut writer = Writer {
        site,
        page,
        words: words::words(page.lang),
        linked,
        terms: Terms::of(page),
        names,
        shift,
        headings: Vec::new(),
        notes: Vec::new(),
        links: Vec::new(),
        columns: Vec::new(),
        column: 0,
        in_head: false,
        in_code: false,
        regions: 0,
    };
    let mut definitions: BTreeMap<String, Vec<Spot<'_>>> = BTreeMap::new();
    let mut chunks = Vec::new();
    let mut prose: Vec<Spot<'_>> = Vec::new();
    let mut rest = events.into_iter();
    while let Some((event, range)) = rest.next() {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let inside = rest.by_ref().take_while(|(event, _)| *event != Event::End(TagEnd::FootnoteDefinition));
                definitions.insert(label.to_string(), inside.collect());
            }
            Event::Start(Tag::CodeBlock(_)) if markers.contains_key(&range.start) => {
                rest.by_ref().find(|(event, _)| *event == Event::End(TagEnd::CodeBlock));
                let figure = markers.get(&range.start).copied().unwrap_or_default();
                if !prose.is_empty() {
                    chunks.push(Chunk::Prose(writer.html(std::mem::take(&mut prose))));
                }
                chunks.push(Chunk::Figure(figure));
            }
            event => prose.push((event, range)),
        }
    }
    if !prose.is_empty() {
        chunks.push(Chunk::Prose(writer.html(prose)));
    }
    let notes = writer.notes(&mut definitions);
    Body { chunks, headings: writer.headings, notes }
}

type Spot<'t> = (Event<'t>, Range<usize>);

/// All prose in one text, and where in it which figure stands.
pub(super) fn assembled(page: &Page) -> (String, BTreeMap<usize, usize>) {
    let mut text = String::new();
    let mut markers = BTreeMap::new();
    for part in &page.parts {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        match part {
            Part::Prose(prose) => text.push_str(prose),
            Part::Figure(_) => {
                markers.insert(text.len(), markers.len());
                text.push_str("```epure\n```");
            }
        }
    }
    (text, markers)
}

/// A note: its label, and the ids of the places that refer to it.
struct Note {
    label: String,
    uses: Vec<String>,
}

struct Writer<'s> {
    site: &'s Site,
    page: &'s Page,
    words: &'static Words,
    linked: &'s Linked<'s>,
    terms: Terms,
    names: &'s mut Names,
    shift: usize,
    headings: Vec<Heading>,
    notes: Vec<Note>,
    /// For each open link whether it is still one.
    links: Vec<bool>,
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
    in_code: bool,
    /// How many regions have been named: no two of a page share a name.
    regions: usize,
}

impl Writer<'_> {
    /// A name for the next region.
    fn region(&mut self, word: &str) -> String {
        self.regions += 1;
        if self.regions == 1 { word.to_owned() } else { format!("{word}\u{a0}{}", self.regions) }
    }

    fn html(&mut self, events: Vec<Spot<'_>>) -> String {
        let mut out = Vec::with_capacity(events.len());
        let mut events = events.into_iter().map(|(event, _)| event).peekable();
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    let inside: Vec<_> =
                        events.by_ref().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_)))).collect();
                    self.heading(level, inside, &mut out);
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let mut depth = 1;
                    let inside: Vec<_> = events
                        .by_ref()
                        .take_while(|event| {
                            depth += match event {
                                Event::Start(_) => 1,
                                Event::End(_) => -1,
                                _ => 0,
                            };
                            depth > 0
                        })
                        .collect();
                    out.push(raw(self.image(&dest_url, &plain(&inside))));
                }
                event => self.event(event, &mut out),
            }
        }
        let mut text = String::new();
        html::push_html(&mut text, out.into_iter());
        text
    }

    fn heading<'t>(&mut self, level: HeadingLevel, inside: Vec<Event<'t>>, out: &mut Vec<Event<'t>>) {
        let level = (level as usize + self.shift).clamp(2, 6);
        let text = plain(&inside);
        let id = self.names.unique(&text);
        out.push(raw(format!("<h{level} id=\"{id}\">")));
        // A word is explained in the text, not in a heading.
        let terms = std::mem::take(&mut self.terms);
        for event in inside {
            self.event(event, out);
        }
        self.terms = terms;
        out.push(raw(format!(
            " <a class=\"anchor\" href=\"#{id}\" aria-label=\"{}\">#</a></h{level}>\n",
            escape(&words::labelled(self.page.lang, self.words.anchor, &text))
        )));
        self.headings.push(Heading { level, id, text });
    }

    fn image(&self, address: &str, alt: &str) -> String {
        match links::to_asset(self.site, self.page, address) {
            Some(path) => format!("<img src=\"{}\" alt=\"{}\">", escape(&path), escape(alt)),
            None if links::is_safe(address) => {
                let text = if alt.is_empty() { address } else { alt };
                format!("<a href=\"{}\">{}</a>", escape(address), escape(text))
            }
            None => escape(alt),
        }
    }

    fn event<'t>(&mut self, event: Event<'t>, out: &mut Vec<Event<'t>>) {
        let words = self.words;
        match event {
            Event::Html(text) | Event::InlineHtml(text) => out.push(Event::Text(text)),
            Event::Text(text) if !self.in_code => {
                let set = match typeset(&text, self.page.lang) {
                    Cow::Owned(set) => Some(set),
                    Cow::Borrowed(_) => None,
                };
                let text = set.map_or(text, CowStr::from);
                let found = if self.links.is_empty() { self.terms.find(&text) } else { None };
                match found {
                    Some((before, term, after, anchor)) => {
                        out.push(Event::Text(before.into()));
                        out.push(raw(format!(
                            "<a class=\"term\" href=\"{GLOSSARY_SLUG}.html#{anchor}\">{}</a>",
                            escape(&term)
                        )));
                        self.event(Event::Text(after.into()), out);
                    }
                    None => out.push(Event::Text(text)),
                }
            }
            Event::Code(code) if self.links.is_empty() && self.linked.name(&code).is_some() => {
                let target = self.linked.name(&code).unwrap_or("");
                out.push(raw(format!("<a href=\"{target}\"><code>{}</code></a>", escape(&code))));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let safe = links::is_safe(&dest_url);
                self.links.push(safe);
                if safe {
                    let target = links::to_page(self.site, self.page, &dest_url, "html");
                    let dest_url = target.map_or(dest_url, CowStr::from);
                    out.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
                }
            }
            Event::End(TagEnd::Link) => {
                if self.links.pop().unwrap_or(true) {
                    out.push(Event::End(TagEnd::Link));
                }
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or(""),
                    CodeBlockKind::Indented => "",
                };
                let name = self.region(words.code);
                let label = escape(&if language.is_empty() { name } else { format!("{name} {language}") });
                self.in_code = true;
                out.push(raw(format!("<pre tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><code>")));
            }
            Event::End(TagEnd::CodeBlock) => {
                self.in_code = false;
                out.push(raw("</code></pre>\n".to_owned()));
            }
            Event::Start(Tag::BlockQuote(Some(kind))) => {
                let (class, word) = words::alert(self.page.lang, kind);
                out.push(raw(format!("<blockquote class=\"alert {class}\">\n<p class=\"alert-word\">{word}</p>\n")));
            }
            Event::TaskListMarker(done) => {
                let (sign, word) = if done { ("☑", words.done) } else { ("☐", words.to_do) };
                out.push(raw(format!("<span class=\"task\" role=\"img\" aria-label=\"{word}\">{sign}</span> ")));
            }
            Event::FootnoteReference(label) => out.push(raw(self.reference(&label))),
            event => self.table_event(event, out),
        }
    }

    fn table_event<'t>(&mut self, event: Event<'t>, out: &mut Vec<Event<'t>>) {
        match event {
            Event::Start(Tag::Table(columns)) => {
                self.columns = columns;
                let near = self.headings.last().map_or("", |heading| &heading.text);
                let near = near.to_owned();
                let name = self.region(self.words.table);
                let name = if near.is_empty() { name } else { words::labelled(self.page.lang, &name, &near) };
                let name = escape(&name);
                out.push(raw(format!(
                    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{name}\"><table>"
                )));
            }
            Event::End(TagEnd::Table) => out.push(raw("</tbody></table></div>\n".to_owned())),
            Event::Start(Tag::TableHead) => {
                (self.column, self.in_head) = (0, true);
                out.push(raw("<thead><tr>".to_owned()));
            }
            Event::End(TagEnd::TableHead) => {
                self.in_head = false;
                out.push(raw("</tr></thead><tbody>\n".to_owned()));
            }
            Event::Start(Tag::TableRow) => {
                self.column = 0;
                out.push(raw("<tr>".to_owned()));
            }
            Event::Start(Tag::TableCell) => {
                let class = match self.columns.get(self.column) {
                    Some(Alignment::Right) => " class=\"number\"",
                    Some(Alignment::Center) => " class=\"middle\"",
                    _ => "",
                };
                let tag = if self.in_head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") };
                self.column += 1;
                out.push(raw(tag));
            }
            Event::End(TagEnd::TableCell) => out.push(raw(if self.in_head { "</th>" } else { "</td>" }.to_owned())),
            event => out.push(event),
        }
    }

    fn reference(&mut self, label: &str) -> String {
        let known = self.notes.iter().position(|note| note.label == label);
        let number = known.unwrap_or(self.notes.len());
        if known.is_none() {
            self.notes.push(Note { label: label.to_owned(), uses: Vec::new() });
        }
        let place = self.names.unique(&format!("note-{}-use", number + 1));
        if let Some(note) = self.notes.get_mut(number) {
            note.uses.push(place.clone());
        }
        format!("<sup><a href=\"#note-{0}\" id=\"{place}\">{0}</a></sup>", number + 1)
    }

    /// The notes in the order in which the text refers to them; a note may refer to further ones.
    fn notes(&mut self, definitions: &mut BTreeMap<String, Vec<Spot<'_>>>) -> String {
        let mut bodies = Vec::new();
        while let Some(note) = self.notes.get(bodies.len()) {
            let events = definitions.remove(&note.label).unwrap_or_default();
            bodies.push(self.html(events));
        }
        let mut out = String::new();
        for (i, (note, body)) in self.notes.iter().zip(bodies).enumerate() {
            let back: String = note
                .uses
                .iter()
                .map(|place| format!(" <a href=\"#{place}\" aria-label=\"{}\">↩</a>", self.words.back))
                .collect();
            let body = match body.trim_end().strip_suffix("</p>") {
                Some(start) => format!("{start}{back}</p>"),
                None => format!("{body}{back}"),
            };
            out.push_str(&format!("<li id=\"note-{}\">{body}</li>\n", i + 1));
        }
        out
    }
}

fn raw<'t>(html: String) -> Event<'t> {
    Event::InlineHtml(html.into())
}

/// The text of events, without markup.
pub(super) fn plain(events: &[Event<'_>]) -> String {
    let mut out = String::new();
    for event in events {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => out.push_str(text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out
}

/// A text between tags or in quotation marks.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
