//! A page's prose as Typst, cut where its figures stand.

use std::collections::BTreeMap;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::anchors::{Anchors, OfPage, Target, within};
use super::written::{shown, string};
use crate::figure::typeset::typeset;
use crate::report::pieces::{Piece as Bit, pieces};
use crate::report::{Page, Site, body, links, narrative::options, words};

/// A page's prose.
pub(super) struct Prose<'a> {
    site: &'a Site,
    page: &'a Page,
    anchors: &'a Anchors<'a>,
    of_page: &'a OfPage,
    /// The level of the page's own title; 0 where that is the document's.
    level: usize,
}

/// A piece of it.
pub(super) enum Piece {
    Text(String),
    /// The number of a figure.
    Figure(usize),
    /// An image that the text shows, by its path in the document.
    Image(String, Vec<u8>),
}

/// A figure's text in a line: its code and its links.
pub(super) fn inline(text: &str) -> String {
    set(text, shown)
}

/// The same for a narrow column.
pub(super) fn narrow(text: &str) -> String {
    set(text, named)
}

fn set(text: &str, shape: impl Fn(&str) -> String) -> String {
    let one = |piece: &Bit| match (piece.link.is_empty(), piece.code) {
        (_, true) => format!("#raw({});", string(&broken(&piece.text))),
        (true, _) => shape(&piece.text),
        (false, _) => format!("#link({})[{}]", string(&piece.link), shape(&piece.text)),
    };
    pieces(text).iter().map(one).collect()
}

/// A text whose names are not hyphenated like words, and may break after their marks instead.
fn named(text: &str) -> String {
    let is_name =
        |word: &str| word.contains(['-', '_', '/', '.']) && word.chars().filter(|c| c.is_alphanumeric()).count() > 2;
    let mut out = String::new();
    let mut words = String::new();
    for word in text.split_inclusive([' ', '\n']) {
        if !is_name(word.trim_end().trim_end_matches('.')) {
            words.push_str(word);
            continue;
        }
        if !words.is_empty() {
            out.push_str(&shown(&std::mem::take(&mut words)));
        }
        out.push_str(&format!("#look.name({});", string(&broken(word))));
    }
    if !words.is_empty() {
        out.push_str(&shown(&words));
    }
    out
}

/// The longest name that is never broken, in characters.
const UNBROKEN: usize = 8;

/// A text whose long names may be broken after an underscore, a stop, a slash or a colon.
fn broken(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive([' ', '\n']) {
        let long = word.trim_end().chars().count() > UNBROKEN;
        let mut characters = word.chars().peekable();
        while let Some(c) = characters.next() {
            out.push(c);
            if long && matches!(c, '_' | '.' | '/' | ':') && characters.peek().is_some_and(|c| c.is_alphanumeric()) {
                out.push('\u{200b}');
            }
        }
    }
    out
}

/// An image whose words are being written.
struct Open {
    /// Where they begin in the text.
    at: usize,
    /// The same without markup.
    plain: String,
    /// The image's path in the document; nothing where it is not shown.
    path: Option<String>,
}

/// What is being written.
#[derive(Default)]
struct Now<'t> {
    pieces: Vec<Piece>,
    text: String,
    headings: usize,
    /// The level of the heading before: none may skip one.
    last_level: usize,
    /// The images that are open.
    images: Vec<Open>,
    columns: Vec<Alignment>,
    notes: BTreeMap<String, Vec<Event<'t>>>,
    /// The notes that were referred to already, by their names.
    known: Vec<String>,
}

impl<'a> Prose<'a> {
    pub(super) fn new(
        site: &'a Site,
        page: &'a Page,
        anchors: &'a Anchors<'a>,
        of_page: &'a OfPage,
        level: usize,
    ) -> Prose<'a> {
        Prose { site, page, anchors, of_page, level }
    }

    pub(super) fn pieces(&self) -> Vec<Piece> {
        let (text, markers) = body::assembled(self.page);
        let mut now = Now { last_level: self.level, ..Now::default() };
        let mut events = Vec::new();
        let mut all = Parser::new_ext(&text, options()).into_offset_iter();
        while let Some((event, range)) = all.next() {
            match event {
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    let end = |event: &Event<'_>| *event != Event::End(TagEnd::FootnoteDefinition);
                    let inside = all.by_ref().map(|(event, _)| event).take_while(end).collect();
                    now.notes.insert(name.to_string(), inside);
                }
                event => events.push((event, range)),
            }
        }
        let top = events.iter().filter_map(|(event, _)| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(*level as usize),
            _ => None,
        });
        let shift = (self.level + 1) as isize - top.min().unwrap_or(2) as isize;
        let mut rest = events.into_iter();
        while let Some((event, range)) = rest.next() {
            match event {
                Event::Start(Tag::CodeBlock(_)) if markers.contains_key(&range.start) => {
                    rest.by_ref().find(|(event, _)| *event == Event::End(TagEnd::CodeBlock));
                    let text = std::mem::take(&mut now.text);
                    now.pieces.push(Piece::Text(text));
                    now.pieces.push(Piece::Figure(markers.get(&range.start).copied().unwrap_or_default()));
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let end = |event: &Event<'_>| *event != Event::End(TagEnd::CodeBlock);
                    let inside: Vec<_> = rest.by_ref().map(|(event, _)| event).take_while(end).collect();
                    now.text.push_str(&code(&kind, &inside));
                }
                event => self.event(event, shift, &mut now),
            }
        }
        now.pieces.push(Piece::Text(now.text));
        now.pieces
    }

    fn event<'t>(&self, event: Event<'t>, shift: isize, now: &mut Now<'t>) {
        if let (Event::Text(text) | Event::Code(text), Some(open)) = (&event, now.images.last_mut()) {
            open.plain.push_str(text);
        }
        let words = words::words(self.page.lang);
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                now.text.push_str(&shown(&typeset(&text, self.page.lang)));
            }
            Event::Code(text) => {
                let code = format!("#raw({});", string(&text));
                match self.anchors.name(&text) {
                    Some(label) => now.text.push_str(&format!("#link(label({}))[{code}]", string(label))),
                    None => now.text.push_str(&code),
                }
            }
            Event::SoftBreak => now.text.push_str("#\" \";"),
            Event::HardBreak => now.text.push_str("#linebreak();"),
            Event::Rule => now.text.push_str("#look.rule()\n\n"),
            Event::TaskListMarker(done) => {
                let (sign, word) = if done { ("☑", words.done) } else { ("☐", words.to_do) };
                now.text.push_str(&format!("#look.task({}, {});", string(sign), string(word)));
            }
            Event::FootnoteReference(name) => self.note(&name, shift, now),
            Event::Start(Tag::Heading { level, .. }) => {
                let level = ((level as isize + shift).max(1) as usize).min(now.last_level + 1);
                now.last_level = level;
                now.text.push_str(&format!("#heading(level: {level})["));
            }
            Event::End(TagEnd::Heading(_)) => {
                let anchor = self.of_page.headings.get(now.headings).map(|anchor| within(self.page, anchor));
                now.headings += 1;
                let label = anchor.map_or(String::new(), |anchor| format!("#label({})", string(&anchor)));
                now.text.push_str(&format!("]{label}\n\n"));
            }
            Event::Start(Tag::Image { dest_url, .. }) => self.image(&dest_url, now),
            Event::End(TagEnd::Image) => close(now),
            Event::Start(Tag::Link { dest_url, .. }) => {
                now.text.push_str(&match self.anchors.target(self.site, self.page, &dest_url) {
                    Some(Target::Label(label)) => format!("#link(label({}))[", string(&label)),
                    Some(Target::Web(address)) => format!("#link({})[", string(&address)),
                    None => "#[".to_owned(),
                });
            }
            Event::Start(Tag::Table(columns)) => {
                let align = columns.iter().map(|column| match column {
                    Alignment::Right => "right",
                    Alignment::Center => "center",
                    Alignment::Left | Alignment::None => "left",
                });
                let align = align.collect::<Vec<_>>().join(", ");
                now.text.push_str(&format!("#look.plaintable({}, ({align},), ", columns.len()));
                now.columns = columns;
            }
            Event::Start(Tag::BlockQuote(Some(kind))) => {
                let (class, word) = words::alert(self.page.lang, kind);
                now.text.push_str(&format!("#look.alert({}, {})[", string(class), string(word)));
            }
            Event::Start(tag) => now.text.push_str(&start(&tag)),
            Event::End(tag) => now.text.push_str(end(tag)),
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                now.text.push_str(&format!("#raw({});", string(&text)));
            }
        }
    }

    /// A reference to a note: the note itself where it is the first.
    fn note<'t>(&self, name: &str, shift: isize, now: &mut Now<'t>) {
        let number = now.known.iter().position(|known| known == name);
        let label = |number: usize| format!("label({})", string(&within(self.page, &format!("note {}", number + 1))));
        if let Some(number) = number {
            now.text.push_str(&format!("#footnote({})", label(number)));
            return;
        }
        let events = now.notes.remove(name).unwrap_or_default();
        now.known.push(name.to_owned());
        let label = label(now.known.len() - 1);
        now.text.push_str("#footnote[");
        for event in events {
            self.event(event, shift, now);
        }
        now.text.truncate(now.text.trim_end().len());
        now.text.push_str(&format!("]#{label};"));
    }

    /// The start of an image: shown where the site carries it, else a link or its words.
    fn image(&self, address: &str, now: &mut Now<'_>) {
        let path = links::workspace_path(&self.page.source_file, address).filter(|path| is_picture(path));
        let found = path.and_then(|path| Some((self.site.assets.get(&path)?, path)));
        let path = match found {
            Some((bytes, path)) => {
                let inside = format!("assets/{path}");
                now.pieces.push(Piece::Image(inside.clone(), bytes.clone()));
                Some(inside)
            }
            None if links::scheme(address).is_some() && links::is_safe(address) => {
                now.text.push_str(&format!("#link({})[", string(address)));
                None
            }
            None => {
                now.text.push_str("#[");
                None
            }
        };
        now.images.push(Open { at: now.text.len(), plain: String::new(), path });
    }
}

/// The end of an image: its words become its caption.
fn close(now: &mut Now<'_>) {
    let Some(open) = now.images.pop() else { return };
    let Some(path) = open.path else {
        now.text.push(']');
        return;
    };
    let words = now.text.split_off(open.at);
    let name = path.rsplit('/').next().unwrap_or(&path);
    let heard = if open.plain.is_empty() { name } else { &open.plain };
    now.text.push_str(&format!("#look.picture({}, {}, [{words}])\n\n", string(&path), string(heard)));
}

/// A block of code. Its lines are kept: only their ends are written as such.
fn code(kind: &CodeBlockKind<'_>, inside: &[Event<'_>]) -> String {
    let lang = match kind {
        CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or(""),
        CodeBlockKind::Indented => "",
    };
    let text = inside.iter().map(|event| if let Event::Text(text) = event { &**text } else { "" }).collect::<String>();
    let quoted = text.trim_end().lines().map(|line| {
        let line = string(&line.replace('\t', "    "));
        line.get(1..line.len() - 1).unwrap_or_default().to_owned()
    });
    let lines = quoted.collect::<Vec<_>>().join("\\n");
    let lang = if lang.is_empty() { String::new() } else { format!(", lang: {}", string(lang)) };
    format!("#raw(\"{lines}\", block: true{lang})\n\n")
}

fn start(tag: &Tag<'_>) -> String {
    match tag {
        Tag::BlockQuote(_) => "#quote(block: true)[".to_owned(),
        Tag::List(None) => "#list(".to_owned(),
        Tag::List(Some(from)) => format!("#enum(start: {from}, "),
        Tag::Item | Tag::TableCell => "[".to_owned(),
        Tag::TableHead => "table.header(".to_owned(),
        Tag::Emphasis => "#emph[".to_owned(),
        Tag::Strong => "#strong[".to_owned(),
        Tag::Strikethrough => "#strike[".to_owned(),
        _ => String::new(),
    }
}

fn end(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph => "\n\n",
        TagEnd::BlockQuote(_) => "]\n\n",
        TagEnd::Item | TagEnd::TableCell => "], ",
        TagEnd::List(_) | TagEnd::Table => ")\n\n",
        TagEnd::TableHead => "), ",
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => "]",
        _ => "",
    }
}

fn is_picture(path: &str) -> bool {
    let end = path.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
    matches!(end.as_str(), "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp")
}
