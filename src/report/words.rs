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
    /// A numbered source, for a screen reader.
    pub note: &'static str,
    /// The list of a table's sources.
    pub sources: &'static str,
    /// The link from a source to a cell of its table, which follows.
    pub back_to: &'static str,
    /// A task that is done.
    pub done: &'static str,
    /// A task that is to be done.
    pub to_do: &'static str,
    /// A page that exists only in another language; that language's name follows.
    pub only_in: &'static str,
    /// The link from a heading to itself.
    pub anchor: &'static str,
    /// The navigation, as a name and as the link to it.
    pub menu: &'static str,
    /// Closes what was opened.
    pub close: &'static str,
    /// The page before.
    pub previous: &'static str,
    /// The page after.
    pub next: &'static str,
    /// The way to a file’s editor.
    pub edit: &'static str,
    /// A page that exists in one language of a site with several.
    pub only_here: &'static str,
    /// The search.
    pub search: &'static str,
    /// What can be searched for.
    pub search_hint: &'static str,
    /// No result; the script puts what was typed in place of %.
    pub search_none: &'static str,
    /// How many results; the script puts the number in place of %.
    pub search_some: &'static str,
    /// The index cannot be read.
    pub search_fails: &'static str,
    /// The choice of colours.
    pub theme: &'static str,
    /// As the system asks.
    pub theme_auto: &'static str,
    /// The white sheet.
    pub theme_light: &'static str,
    /// The blueprint.
    pub theme_dark: &'static str,
    /// Components, as a kind of results.
    pub components: &'static str,
    /// The list of places where facts were said.
    pub stated: &'static str,
    /// Before the number of a line.
    pub line: &'static str,
    /// The findings beside a row.
    pub beside: &'static str,
    /// The designs at a glance.
    pub portfolio: &'static str,
    /// A design, as a column.
    pub design: &'static str,
    /// Objectives shown, as a column.
    pub objectives: &'static str,
    /// Errors, as a column.
    pub errors: &'static str,
    /// Warnings, as a column.
    pub warnings: &'static str,
    /// Unanswered questions, as a column.
    pub open_questions: &'static str,
    /// Between how many and of how many.
    pub of: &'static str,
    /// The link to a whole list; the number follows.
    pub all: &'static str,
    /// A page that was renamed.
    pub moved: &'static str,
    /// A failure that can be played.
    pub replay: &'static str,
    /// Starts the replay.
    pub play: &'static str,
    /// Stops the replay.
    pub pause: &'static str,
    /// To the moment before.
    pub step_back: &'static str,
    /// To the next moment.
    pub step_on: &'static str,
    /// The slider.
    pub time: &'static str,
    /// The list of moments.
    pub events: &'static str,
    /// A component, as a column.
    pub component: &'static str,
    /// Ready and wanted, as a column.
    pub ready: &'static str,
    /// The share of requests served, as a column.
    pub served: &'static str,
    /// The state, as a column.
    pub state: &'static str,
    /// A component with nothing wrong.
    pub ok: &'static str,
    /// A component that works with less.
    pub less: &'static str,
    /// A component that is down.
    pub down: &'static str,
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
    note: "note",
    sources: "Sources",
    back_to: "back to",
    done: "done",
    to_do: "to do",
    only_in: "in French",
    anchor: "link to",
    menu: "Menu",
    close: "Close",
    previous: "Previous",
    next: "Next",
    edit: "Edit this page",
    only_here: "This text exists in English only.",
    search: "Search",
    search_hint: "A word, a component, a rule’s code…",
    search_none: "Nothing is found for “%”.",
    search_some: "Results: %",
    search_fails: "The search index cannot be read.",
    theme: "Colours",
    theme_auto: "as the system",
    theme_light: "light",
    theme_dark: "dark",
    components: "Components",
    stated: "Where it was said",
    line: "line",
    beside: "What the review says",
    portfolio: "The designs at a glance",
    design: "Design",
    objectives: "Objectives shown",
    errors: "Errors",
    warnings: "Warnings",
    open_questions: "Unanswered",
    of: "of",
    all: "All",
    moved: "This page has a new address",
    replay: "Replay",
    play: "Play",
    pause: "Pause",
    step_back: "Previous event",
    step_on: "Next event",
    time: "Time after the event",
    events: "What happens",
    component: "Component",
    ready: "Ready",
    served: "Served",
    state: "State",
    ok: "works",
    less: "with less",
    down: "down",
    no_page: "There is no page yet.",
};

static FR: Words = Words {
    name: "Français",
    skip: "Aller au contenu",
    contents: "Sommaire",
    index: "Toutes les pages",
    breadcrumb: "Où vous êtes",
    languages: "Langue",
    made_from: "Établi par épure d’après",
    as_of: "au",
    sheet: "feuille",
    table: "Tableau",
    drawing: "Dessin",
    code: "Code",
    notes: "Notes",
    back: "retour au texte",
    note: "note",
    sources: "Sources",
    back_to: "retour à",
    done: "fait",
    to_do: "à faire",
    only_in: "en anglais",
    anchor: "lien vers",
    menu: "Menu",
    close: "Fermer",
    previous: "Précédent",
    next: "Suivant",
    edit: "Modifier cette page",
    only_here: "Ce texte n’existe qu’en français.",
    search: "Rechercher",
    search_hint: "Un mot, un composant, le code d’une règle…",
    search_none: "Rien n’est trouvé pour «\u{a0}%\u{a0}».",
    search_some: "Résultats\u{a0}: %",
    search_fails: "L’index de recherche ne peut pas être lu.",
    theme: "Couleurs",
    theme_auto: "comme le système",
    theme_light: "clair",
    theme_dark: "sombre",
    components: "Composants",
    stated: "Où cela est dit",
    line: "ligne",
    beside: "Ce qu’en dit la revue",
    portfolio: "Les conceptions d’un coup d’œil",
    design: "Conception",
    objectives: "Objectifs montrés",
    errors: "Erreurs",
    warnings: "Avertissements",
    open_questions: "Sans réponse",
    of: "sur",
    all: "Tout",
    moved: "Cette page a une nouvelle adresse",
    replay: "Rejouer",
    play: "Lire",
    pause: "Pause",
    step_back: "Événement précédent",
    step_on: "Événement suivant",
    time: "Temps après l’événement",
    events: "Ce qui se passe",
    component: "Composant",
    ready: "Prêts",
    served: "Servi",
    state: "État",
    ok: "fonctionne",
    less: "diminué",
    down: "à l’arrêt",
    no_page: "Il n’y a pas encore de page.",
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
        (Lang::En, Kind::Decision) => "Decisions",
        (Lang::En, Kind::Rule) => "Rules",
        (Lang::En, Kind::Glossary) => "Glossary",
        (Lang::Fr, Kind::Report) => "Rapports",
        (Lang::Fr, Kind::Design) => "Designs de production",
        (Lang::Fr, Kind::Stack) => "Stacks",
        (Lang::Fr, Kind::Comparison) => "Comparaisons",
        (Lang::Fr, Kind::Scenario) => "Scénarios",
        (Lang::Fr, Kind::Decision) => "Décisions",
        (Lang::Fr, Kind::Rule) => "Règles",
        (Lang::Fr, Kind::Glossary) => "Glossaire",
    }
}

/// How many pages there are.
pub fn pages(lang: Lang, n: usize) -> String {
    let many = match lang {
        Lang::En => n != 1,
        Lang::Fr => n > 1,
    };
    format!("{}\u{a0}page{}", lang.number(n as f64, 0), if many { "s" } else { "" })
}

/// What a review of so many designs found, in one sentence.
pub fn counted(lang: Lang, designs: usize, errors: usize, warnings: usize, open: usize) -> String {
    let number = |n: usize| lang.number(n as f64, 0);
    let word = |n: usize, one: &str, many: &str| {
        let plural = if lang == Lang::Fr { n > 1 } else { n != 1 };
        format!("{}\u{a0}{}", number(n), if plural { many } else { one })
    };
    match lang {
        Lang::En => format!(
            "{}: {}, {}, {}.",
            word(designs, "design", "designs"),
            word(errors, "error", "errors"),
            word(warnings, "warning", "warnings"),
            word(open, "unanswered question", "unanswered questions")
        ),
        Lang::Fr => format!(
            "{}\u{a0}: {}, {}, {}.",
            word(designs, "conception", "conceptions"),
            word(errors, "erreur", "erreurs"),
            word(warnings, "avertissement", "avertissements"),
            word(open, "question sans réponse", "questions sans réponse")
        ),
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

/// How a mark is shown and said in a language; nothing where there is nothing to say. The words of
/// good and bad fit any value: what they mean is the column's to say.
pub fn mark(lang: Lang, mark: Mark) -> Option<MarkWords> {
    let (sign, en, fr, class) = match mark {
        Mark::None => return None,
        Mark::Best => ("▲", "best", "meilleur", "best"),
        Mark::Good => ("✓", "in order", "en règle", "good"),
        Mark::Bad => ("✗", "problem", "problème", "bad"),
        Mark::Warn => ("⚠", "worth a look", "à regarder", "warn"),
        Mark::Unanswered => ("?", "not stated", "non précisé", "unanswered"),
        Mark::Finding(Severity::Error) => ("✗", "error", "erreur", "bad"),
        Mark::Finding(Severity::Warning) => ("⚠", "warning", "avertissement", "warn"),
        Mark::Finding(Severity::Note) => ("·", "note", "note", "unanswered"),
    };
    let word = match lang {
        Lang::En => en,
        Lang::Fr => fr,
    };
    Some(MarkWords { sign, word, class })
}

/// Whether a mark's word is shown beneath a value, instead of its sign alone before it: the best of a
/// row, and what the value does not say itself. A column that is headed "stops" or "encrypted" makes of
/// a sign all that a reader needs; the severity of a finding and a gap are words of their own.
pub fn stands_beneath(mark: Mark, word: &str, value: &str) -> bool {
    match mark {
        Mark::None => false,
        Mark::Best => true,
        Mark::Finding(_) => !says(value, word),
        Mark::Good | Mark::Bad | Mark::Warn | Mark::Unanswered => !value.contains(char::is_alphanumeric),
    }
}

/// Whether a value begins with a word.
pub fn says(value: &str, word: &str) -> bool {
    value.to_lowercase().starts_with(&word.to_lowercase())
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

    #[test]
    fn a_word_is_shown_where_the_value_does_not_say_it() {
        let beneath = |m: Mark, value: &str| stands_beneath(m, mark(Lang::Fr, m).unwrap().word, value);
        assert!(!beneath(Mark::Bad, "quote-db, quote-app") && !beneath(Mark::Good, "22\u{a0}min"));
        assert!(!beneath(Mark::Unanswered, "non démontré") && beneath(Mark::Unanswered, "—"));
        assert!(beneath(Mark::Best, "3") && beneath(Mark::Bad, ""));
        let finding = Mark::Finding(Severity::Error);
        assert!(beneath(finding, "quote-db") && !beneath(finding, "Erreur"));
        assert!(!stands_beneath(Mark::None, "", ""));
    }
}
