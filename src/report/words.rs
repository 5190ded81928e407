//! The documents' own words, in both languages.

use serde::Serialize;

use super::Kind;
use crate::{
    figure::Mark,
    source::{Lang, Severity},
};

/// What pages, indexes and captions say of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Words {
    /// The language's own name.
    pub name: &'static str,
    /// The link that jumps over the header.
    pub skip: &'static str,
    /// The list of a page's headings.
    pub contents: &'static str,
    /// The list of all pages.
    pub index: &'static str,
    /// Where a page stands in the site, for a screen reader.
    pub breadcrumb: &'static str,
    /// The choice of language, for a screen reader.
    pub languages: &'static str,
    /// What a page was made from.
    pub made_from: &'static str,
    /// Before a date.
    pub as_of: &'static str,
    /// A figure's number among those of its page.
    pub sheet: &'static str,
    /// A table, as the name of a region.
    pub table: &'static str,
    /// A drawing, as the name of a region.
    pub drawing: &'static str,
    /// A block of code, as the name of a region.
    pub code: &'static str,
    /// The notes at the foot of a page.
    pub notes: &'static str,
    /// The link from a note to the text.
    pub back: &'static str,
    /// A task that is done.
    pub done: &'static str,
    /// A task that is to be done.
    pub to_do: &'static str,
    /// A page that exists only in another language; that language's name follows.
    pub only_in: &'static str,
    /// What is said where there is no page.
    pub no_page: &'static str,
}

static EN: Words = Words {
    name: "English",
    skip: "Skip to the content",
    contents: "Contents",
    index: "All pages",
    breadcrumb: "Where you are",
    languages: "Language",
    made_from: "Worked out by épure from",
    as_of: "as of",
    sheet: "sheet",
    table: "Table",
    drawing: "Drawing",
    code: "Code",
    notes: "Notes",
    back: "back to the text",
    done: "done",
    to_do: "to do",
    only_in: "in French",
    no_page: "There is no page yet.",
};

static FR: Words = Words {
    name: "Français",
    skip: "Aller au contenu",
    contents: "Sommaire",
    index: "Toutes les pages",
    breadcrumb: "Où vous êtes",
    languages: "Langue",
    made_from: "Établi par épure d'après",
    as_of: "au",
    sheet: "feuille",
    table: "Tableau",
    drawing: "Dessin",
    code: "Code",
    notes: "Notes",
    back: "retour au texte",
    done: "fait",
    to_do: "à faire",
    only_in: "en anglais",
    no_page: "Il n'y a pas encore de page.",
};

/// The words of a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &EN,
        Lang::Fr => &FR,
    }
}

/// The heading of a kind in an index.
pub fn kind(lang: Lang, kind: Kind) -> &'static str {
    match (lang, kind) {
        (Lang::En, Kind::Report) => "Reports",
        (Lang::En, Kind::Design) => "Designs",
        (Lang::En, Kind::Stack) => "Stacks",
        (Lang::En, Kind::Comparison) => "Comparisons",
        (Lang::En, Kind::Scenario) => "Scenarios",
        (Lang::Fr, Kind::Report) => "Rapports",
        (Lang::Fr, Kind::Design) => "Designs de production",
        (Lang::Fr, Kind::Stack) => "Stacks",
        (Lang::Fr, Kind::Comparison) => "Comparaisons",
        (Lang::Fr, Kind::Scenario) => "Scénarios",
    }
}

/// How a mark is shown and said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkWords {
    /// A sign that catches the eye.
    pub sign: &'static str,
    /// The word that says it.
    pub word: &'static str,
    /// The class by which the style sheet knows it.
    pub class: &'static str,
}

/// How a mark is shown and said in a language; nothing where there is nothing to say.
pub fn mark(lang: Lang, mark: Mark) -> Option<MarkWords> {
    let (sign, en, fr, class) = match mark {
        Mark::None => return None,
        Mark::Best => ("▲", "best", "meilleur", "best"),
        Mark::Good => ("✓", "met", "tenu", "good"),
        Mark::Bad => ("✗", "not met", "non tenu", "bad"),
        Mark::Warn => ("!", "worth a look", "à regarder", "warn"),
        Mark::Unanswered => ("?", "not stated", "non précisé", "unanswered"),
        Mark::Finding(Severity::Error) => ("✗", "error", "erreur", "bad"),
        Mark::Finding(Severity::Warning) => ("!", "warning", "avertissement", "warn"),
        Mark::Finding(Severity::Note) => ("·", "note", "remarque", "unanswered"),
    };
    let word = match lang {
        Lang::En => en,
        Lang::Fr => fr,
    };
    Some(MarkWords { sign, word, class })
}

/// A date as people of the language write it: 22 November 2026, 1er décembre 2026. What is no date is
/// left as it is.
pub fn date(lang: Lang, iso: &str) -> String {
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const FR: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let months = match lang {
        Lang::En => EN,
        Lang::Fr => FR,
    };
    let parts: Vec<&str> = iso.split('-').collect();
    let &[year, month, day] = parts.as_slice() else { return iso.to_owned() };
    let month = month.parse::<usize>().ok().and_then(|number| months.get(number.wrapping_sub(1)));
    match (month, day.parse::<u8>()) {
        (Some(month), Ok(1)) if lang == Lang::Fr => format!("1er\u{a0}{month}\u{a0}{year}"),
        (Some(month), Ok(day)) => format!("{day}\u{a0}{month}\u{a0}{year}"),
        _ => iso.to_owned(),
    }
}

/// A label and what it says: `design: bank`, `design : banque` with a no-break space.
pub fn labelled(lang: Lang, label: &str, value: &str) -> String {
    match lang {
        Lang::En => format!("{label}: {value}"),
        Lang::Fr => format!("{label}\u{a0}: {value}"),
    }
}

/// The word for an alert in a narrative (GitHub's `[!NOTE]`).
pub fn alert(lang: Lang, kind: pulldown_cmark::BlockQuoteKind) -> (&'static str, &'static str) {
    use pulldown_cmark::BlockQuoteKind as Alert;
    let (class, en, fr) = match kind {
        Alert::Note => ("note", "Note", "Remarque"),
        Alert::Tip => ("good", "Tip", "Conseil"),
        Alert::Important => ("note", "Important", "Important"),
        Alert::Warning => ("warn", "Warning", "Attention"),
        Alert::Caution => ("bad", "Caution", "Danger"),
    };
    match lang {
        Lang::En => (class, en),
        Lang::Fr => (class, fr),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_people_do() {
        assert_eq!(date(Lang::En, "2026-11-22"), "22\u{a0}November\u{a0}2026");
        assert_eq!(date(Lang::Fr, "2026-08-01"), "1er\u{a0}août\u{a0}2026");
        assert_eq!(date(Lang::Fr, "2026-13-01"), "2026-13-01");
        assert_eq!(date(Lang::En, "soon"), "soon");
    }

    #[test]
    fn a_mark_is_always_said_in_words() {
        let all = [Mark::Best, Mark::Good, Mark::Bad, Mark::Warn, Mark::Unanswered, Mark::Finding(Severity::Note)];
        for lang in crate::source::LANGS {
            assert!(all.iter().all(|m| mark(lang, *m).is_some_and(|words| !words.word.is_empty())));
            assert_eq!(mark(lang, Mark::None), None);
        }
    }
}
