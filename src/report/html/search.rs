//! The search index of one language: what each page is called, what is on it, and which words lead to it.
//!
//! `templates/search.js` reads it and folds what is typed in the same way.

use foldhash::fast::FixedState;
use indexmap::IndexMap;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;

use crate::figure::Body;
use crate::report::body::Heading;
use crate::report::{Kind, Page, Part, SHELVES, glance::glance, words};
use crate::source::Lang;

/// A line that an entry shows is no longer than this, in characters.
const LINE: usize = 90;
/// A word on more than this share of many pages tells none of them apart.
const COMMON: f64 = 0.6;
/// With fewer pages than this every word counts.
const MANY: usize = 60;

/// What the search finds of a page.
#[derive(Debug)]
pub(super) struct Entry {
    kind: Kind,
    title: String,
    slug: String,
    line: String,
    /// Headings: text and anchor.
    headings: Vec<(String, String)>,
    /// Components: name and anchor.
    components: Vec<(String, String)>,
    /// Sorted, each once, blanks between.
    words: String,
}

impl Entry {
    pub(super) fn of(page: &Page, headings: &[Heading], components: Vec<(String, String)>) -> Entry {
        let mut words = String::new();
        for part in &page.parts {
            match part {
                Part::Prose(text) => take(text, &mut words),
                Part::Figure(figure) => {
                    take(&figure.title, &mut words);
                    take(&figure.answer, &mut words);
                    if let Body::Table(table) = &figure.body {
                        table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| {
                            take(&cell.value, &mut words);
                        });
                    }
                }
            }
        }
        // A page of a rule and a word of the glossary are found by what they are called.
        let line = if page.kind == Kind::Rule { page.subtitle.clone() } else { glance(page) };
        let headings = headings.iter().filter(|heading| heading.level <= 3 && page.kind != Kind::Rule);
        Entry {
            kind: page.kind,
            title: cut(&page.title, 160),
            slug: page.slug.clone(),
            line: cut(&line, LINE),
            headings: headings.map(|heading| (cut(&heading.text, 120), heading.id.clone())).collect(),
            components,
            words: told_apart(&words).join(" "),
        }
    }

    /// As a line that [`Entry::read`] reads.
    pub(super) fn text(&self) -> String {
        let kind = number(self.kind);
        json!([kind, self.title, self.slug, self.line, self.headings, self.components, self.words]).to_string()
    }

    /// Reads such a line; nothing where it is none.
    pub(super) fn read(text: &str) -> Option<Entry> {
        type Pairs = Vec<(String, String)>;
        let read: (usize, String, String, String, Pairs, Pairs, String) = serde_json::from_str(text).ok()?;
        let (kind, title, slug, line, headings, components, words) = read;
        Some(Entry { kind: *SHELVES.get(kind)?, title, slug, line, headings, components, words })
    }
}

/// A kind's place among the shelves.
fn number(kind: Kind) -> usize {
    SHELVES.iter().position(|other| *other == kind).unwrap_or_default()
}

/// Where the stretches of the alphabet begin that are indexed side by side; each is about as full as the others.
const STRETCHES: [&str; 9] = ["", "c", "d", "f", "j", "n", "p", "r", "t"];

/// The words of a stretch, in order, each with the pages that it is on.
fn stretch<'e>(entries: &'e [Entry], from: &str, to: Option<&&str>) -> Vec<(&'e str, Vec<usize>)> {
    // Half of what an index takes is finding words again, which a plainer hash does in half the time.
    let mut postings: IndexMap<&str, Vec<usize>, FixedState> = IndexMap::default();
    for (at, entry) in entries.iter().enumerate() {
        let start = first(&entry.words, from);
        let end = to.map_or(entry.words.len(), |to| first(&entry.words, to));
        for word in entry.words[start..end].split(' ').filter(|word| !word.is_empty()) {
            postings.entry(word).or_default().push(at);
        }
    }
    let mut postings: Vec<(&str, Vec<usize>)> = postings.into_iter().collect();
    postings.sort_unstable_by_key(|(word, _)| *word);
    postings
}

/// Where the first of some sorted words starts that does not come before a bound.
fn first(words: &str, bound: &str) -> usize {
    let (bytes, mut low, mut high) = (words.as_bytes(), 0, words.len());
    while low < high {
        let middle = (low + high) / 2;
        let start = bytes[low..middle].iter().rposition(|b| *b == b' ').map_or(low, |at| low + at + 1);
        let end = bytes[middle..high].iter().position(|b| *b == b' ').map_or(high, |at| middle + at);
        if &words[start..end] < bound {
            low = (end + 1).min(high);
        } else {
            high = start;
        }
    }
    low
}

/// The index as it is written.
#[derive(Serialize)]
struct Index<'a> {
    kinds: Vec<&'a str>,
    pages: Vec<Line<'a>>,
    terms: &'a str,
    lists: &'a str,
}

/// A page: its kind, its title, its file, its line, its headings, its components.
#[derive(Serialize)]
struct Line<'a>(usize, &'a str, &'a str, &'a str, Vec<Pair<'a>>, Vec<Pair<'a>>);

impl<'a> Line<'a> {
    fn of(entry: &'a Entry) -> Line<'a> {
        let Entry { kind, title, slug, line, headings, components, .. } = entry;
        Line(number(*kind), title, slug, line, pairs(headings, ""), pairs(components, "component-"))
    }
}

/// A text and its anchor, which is not written where it follows from the text.
#[derive(Serialize)]
#[serde(untagged)]
enum Pair<'a> {
    Text((&'a str,)),
    Both((&'a str, &'a str)),
}

fn pairs<'a>(pairs: &'a [(String, String)], start: &str) -> Vec<Pair<'a>> {
    let one = |(text, id): &'a (String, String)| match id.strip_prefix(start) {
        Some(rest) if rest == text => Pair::Text((text,)),
        _ => Pair::Both((text, id)),
    };
    pairs.iter().map(one).collect()
}

/// The index as a script that hands it to the search.
pub(super) fn index(lang: Lang, entries: &[Entry]) -> String {
    let mut postings: Vec<(&str, Vec<usize>)> = {
        let stretches = STRETCHES.par_iter().enumerate();
        stretches.flat_map_iter(|(i, from)| stretch(entries, from, STRETCHES.get(i + 1))).collect()
    };
    if entries.len() >= MANY {
        postings.retain(|(_, pages)| (pages.len() as f64) < entries.len() as f64 * COMMON);
    }
    let mut terms = String::new();
    let mut lists = String::new();
    let mut last = "";
    for (word, pages) in &postings {
        // Words are sorted: each says how many letters it shares with the one before.
        let shared = last.char_indices().zip(word.chars()).take_while(|((_, a), b)| a == b).count().min(35);
        base36(shared, &mut terms);
        terms.extend(word.chars().skip(shared).chain([' ']));
        last = word;
        let mut before = 0;
        for (i, page) in pages.iter().enumerate() {
            if i > 0 {
                lists.push(',');
            }
            base36(*page - std::mem::replace(&mut before, *page), &mut lists);
        }
        lists.push(' ');
    }
    let mut kinds: Vec<&str> = SHELVES.iter().map(|kind| words::kind(lang, *kind)).collect();
    kinds.push(words::words(lang).components);
    let pages = entries.iter().map(Line::of).collect();
    let index = Index { kinds, pages, terms: terms.trim_end(), lists: lists.trim_end() };
    let mut script = b"epureIndex(".to_vec();
    script.reserve(2 * (terms.len() + lists.len()));
    // Into memory, texts and numbers alone: nothing of this can fail.
    let _ = serde_json::to_writer(&mut script, &index);
    script.extend_from_slice(b")\n");
    String::from_utf8(script).unwrap_or_default()
}

/// Adds a number in as few signs as there are.
fn base36(number: usize, out: &mut String) {
    if number >= 36 {
        base36(number / 36, out);
    }
    out.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
}

fn cut(text: &str, most: usize) -> String {
    let text = text.replace('`', "");
    if text.chars().count() <= most { text } else { text.chars().take(most).chain(['…']).collect() }
}

/// Adds the words of a text as the search knows them, blanks between.
fn take(text: &str, words: &mut String) {
    for stretch in text.split_whitespace().filter(|stretch| !stretch.contains("://")) {
        fold(stretch, words);
        words.push(' ');
    }
}

/// The words of a folded text without their plurals, sorted, each once.
fn told_apart(text: &str) -> Vec<String> {
    let counts = |word: &&str| {
        let digits = word.bytes().all(|b| b.is_ascii_digit());
        (2..=40).contains(&word.len()) && !(digits && word.len() > 4)
    };
    let mut words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(counts).collect();
    words.sort_unstable();
    words.dedup();
    let mut words: Vec<String> = words.into_iter().map(|word| stem(word).into_owned()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Lower case, without accents, and without the articles that French joins to a word.
fn fold(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            '\'' | '’' => {
                let start = out.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + 1);
                if ELIDED.contains(&&out[start..]) {
                    out.truncate(start);
                }
                out.push(' ');
            }
            c if c.is_ascii() => out.push(' '),
            c => {
                for c in c.to_lowercase() {
                    match plain(c) {
                        "" => out.push(c),
                        plain => out.push_str(plain),
                    }
                }
            }
        }
    }
}

/// What stands before an apostrophe and is no word of its own.
const ELIDED: [&str; 12] = ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu"];

/// A letter without its accent; nothing for other signs.
fn plain(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => "o",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'ý' | 'ÿ' => "y",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        _ => "",
    }
}

/// A word without its plural, in either language.
fn stem(word: &str) -> std::borrow::Cow<'_, str> {
    let long = word.len() > 3;
    if long && word.ends_with("aux") && !word.ends_with("eaux") {
        return format!("{}l", &word[..word.len() - 2]).into();
    }
    if long && word.ends_with("ies") {
        return format!("{}y", &word[..word.len() - 3]).into();
    }
    if long && (word.ends_with("sses") || word.ends_with("xes") || word.ends_with("ches")) {
        return word[..word.len() - 2].into();
    }
    if long && (word.ends_with("eaux") || word.ends_with("eux")) {
        return word[..word.len() - 1].into();
    }
    if long && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is") {
        return word[..word.len() - 1].into();
    }
    word.into()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn words_of(text: &str) -> Vec<String> {
        let mut words = String::new();
        take(text, &mut words);
        told_apart(&words)
    }

    #[test]
    fn accents_elisions_and_plurals_do_not_count() {
        assert_eq!(words_of("L’équipe d'exploitation, jusqu’aux nœuds"), ["aux", "equipe", "exploitation", "noeud"]);
        assert_eq!(
            words_of("journaux réseaux policies boxes classes status"),
            ["box", "class", "journal", "policy", "reseau", "status"]
        );
        assert_eq!(
            words_of("a 5 1.33 https://a.example/x availability/single-replica"),
            ["33", "availability", "replica", "single"]
        );
    }

    #[test]
    fn stretches_meet_and_leave_nothing_out() {
        let words = "abri bec cas d de dire été fin z";
        for bound in ["", "a", "abri", "abrit", "d", "e", "z", "zz", "é"] {
            let wanted: Vec<&str> = words.split(' ').filter(|word| *word >= bound).collect();
            let mut sorted: Vec<&str> = words.split(' ').collect();
            sorted.sort_unstable();
            let sorted = sorted.join(" ");
            let found: Vec<&str> = sorted[first(&sorted, bound)..].split(' ').filter(|word| !word.is_empty()).collect();
            assert_eq!(found.len(), wanted.len(), "{bound}");
        }
    }

    #[test]
    fn an_index_is_small_and_ordered() {
        let entry = |title: &str, text: &str| {
            let mut page = Page::new(title.to_lowercase(), Lang::Fr, title, Kind::Report);
            page.parts.push(Part::Prose(text.into()));
            Entry::of(&page, &[], vec![("web".into(), "component-web".into())])
        };
        let text = index(Lang::Fr, &[entry("Un", "abandon abri"), entry("Deux", "abri réconciliation")]);
        let text = text.trim_end().strip_prefix("epureIndex(").unwrap().strip_suffix(')').unwrap();
        let index: Value = serde_json::from_str(text).unwrap();
        assert_eq!(index["terms"], "0abandon 2ri 0reconciliation");
        assert_eq!(index["lists"], "0 0,1 1");
        assert_eq!(index["pages"][0], json!([0, "Un", "un", "", [], [["web"]]]));
    }
}
