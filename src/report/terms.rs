//! Words of the glossary in a page's prose: the first of each leads to what it means.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::aims::RESERVED;
use super::glossary::GLOSSARY;
use super::sheet::Names;
use super::{Kind, Page};
use crate::source::{Lang, Show};

/// A word of the glossary as prose writes it, in lower case, and its anchor on the glossary's page.
type Form = (Vec<String>, String);

/// The words of the glossary by how they begin, the longest first.
type Forms = BTreeMap<[char; 3], Vec<Form>>;

/// The words that a page may still explain.
#[derive(Debug, Default)]
pub(super) struct Terms {
    lang: Option<Lang>,
    told: BTreeSet<&'static str>,
}

impl Terms {
    /// All of them, on a page that an author wrote; none on others.
    pub(super) fn of(page: &Page) -> Terms {
        let explains = matches!(page.kind, Kind::Report | Kind::Decision | Kind::Rule) && !page.source_file.is_empty()
            || page.kind == Kind::Rule;
        Terms { lang: explains.then_some(page.lang), told: BTreeSet::new() }
    }

    /// The first word of a text that is yet to be explained: what stands before it, the word, what
    /// stands after it, its anchor.
    pub(super) fn find(&mut self, text: &str) -> Option<(String, String, String, &'static str)> {
        let forms = forms(self.lang?);
        let words: Vec<(usize, &str)> = words(text).collect();
        for (at, (start, word)) in words.iter().enumerate() {
            for (form, anchor) in forms.get(&start_of(word)).into_iter().flatten() {
                if self.told.contains(anchor.as_str()) {
                    continue;
                }
                let Some(run) = words.get(at..at + form.len()) else { continue };
                if !form.iter().zip(run).all(|(form, (_, word))| same(form, word)) {
                    continue;
                }
                let Some((last, word)) = run.last() else { continue };
                let end = last + word.len();
                // Words with more than a blank between them are no phrase.
                let phrase = &text[*start..end];
                if phrase.contains([',', '.', ';', ':', '(', ')', '/']) {
                    continue;
                }
                self.told.insert(anchor);
                return Some((text[..*start].to_owned(), phrase.to_owned(), text[end..].to_owned(), anchor));
            }
        }
        None
    }
}

/// The words of a text and where they start; an article that French joins to a word is one of its own.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'))
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// The first letters of a word, in lower case.
fn start_of(word: &str) -> [char; 3] {
    let mut letters = word.chars().map(|c| c.to_lowercase().next().unwrap_or(c));
    [(); 3].map(|()| letters.next().unwrap_or(' '))
}

/// Whether a word of the prose is that of the glossary, its plural included. An acronym is one only in capitals.
fn same(form: &str, word: &str) -> bool {
    if form.chars().all(|c| c.is_uppercase() || c == '-' || c.is_ascii_digit()) {
        return form == word;
    }
    let word = word.to_lowercase();
    form == word || word.strip_suffix('s') == Some(form) || word.strip_suffix("es") == Some(form)
}

/// What the glossary's words look like in prose.
fn forms(lang: Lang) -> &'static Forms {
    static FORMS: [OnceLock<Forms>; 2] = [OnceLock::new(), OnceLock::new()];
    let forms = match lang {
        Lang::En => &FORMS[0],
        Lang::Fr => &FORMS[1],
    };
    forms.get_or_init(|| {
        let mut names = Names::reserving(&RESERVED);
        let mut forms = Forms::new();
        for term in GLOSSARY {
            let title = term.title.show(lang);
            let anchor = names.unique(&title);
            for form in title.split(['(', ')', ',']).map(str::trim).filter(|form| !form.is_empty()) {
                let capitals = form.chars().all(|c| c.is_uppercase() || c == '-' || c == '−' || c.is_ascii_digit());
                let form = if capitals { form.to_owned() } else { form.to_lowercase() };
                let words: Vec<String> = words(&form).map(|(_, word)| word.to_owned()).collect();
                // What everybody says all the time needs no explanation at every page.
                let first = words.first().filter(|_| !COMMON.contains(&form.as_str()));
                if let Some(first) = first {
                    forms.entry(start_of(first)).or_default().push((words, anchor.clone()));
                }
            }
        }
        for forms in forms.values_mut() {
            forms.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        forms
    })
}

/// Words that prose uses in their everyday sense too.
const COMMON: [&str; 14] = [
    "function",
    "fonction",
    "layer",
    "couche",
    "members",
    "membres",
    "limit",
    "limite",
    "request",
    "requête",
    "context",
    "contexte",
    "zone",
    "connection",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_word_is_explained() {
        let page = Page { source_file: "a.md".into(), ..Page::new("a", Lang::En, "A", Kind::Report) };
        let mut terms = Terms::of(&page);
        let (before, term, after, anchor) = terms.find("Two failure domains, and an RTO.").unwrap();
        assert_eq!((before.as_str(), term.as_str(), after.as_str()), ("Two ", "failure domains", ", and an RTO."));
        assert_eq!(anchor, "failure-domain");
        assert!(terms.find(&after).is_some_and(|(_, term, ..)| term == "RTO"));
        assert!(terms.find("failure domain, rto").is_none());
        let design = Page::new("a", Lang::En, "A", Kind::Design);
        assert!(Terms::of(&design).find("failure domain").is_none());
    }
}
