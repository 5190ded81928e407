//! The page of a rule, a measure, a figure, a code or a word, as Markdown: `epure explain` prints
//! it, the reference in `docs/` and the site are made of the same.

use super::glossary::Term;
use crate::analysis::measure::{Applies, Measure};
use crate::analysis::rule::{Rule, Words};
use crate::design::model::comparison::Better;
use crate::design::model::config::Context;
use crate::figure::catalogue::{Entry, Of};
use crate::said;
use crate::source::{Lang, Said, Show};

/// Every context, in the order in which they are listed.
const CONTEXTS: [Context; 4] = [Context::Cloud, Context::Automotive, Context::Finance, Context::Lab];

/// The code of a diagnostic that no rule makes.
#[derive(Debug)]
pub struct Code {
    /// `family/name`.
    pub code: &'static str,
    /// One line: what is wrong.
    pub summary: Words,
    /// What is meant, and what to do.
    pub explains: Words,
}

/// Writes a page in one language, with its title at a heading level.
struct Page {
    lang: Lang,
    level: usize,
    out: String,
}

impl Page {
    fn new(lang: Lang, level: usize, title: &str) -> Page {
        Page { lang, level, out: format!("{} {title}\n", "#".repeat(level)) }
    }

    fn paragraph(&mut self, text: &impl Show) {
        let text = text.show(self.lang);
        if !text.is_empty() {
            self.out.push_str(&format!("\n{text}\n"));
        }
    }

    fn section(&mut self, title: &Said, text: &impl Show) {
        self.heading(title);
        self.paragraph(text);
    }

    fn heading(&mut self, title: &Said) {
        self.out.push_str(&format!("\n{} {}\n", "#".repeat(self.level + 1), title.show(self.lang)));
    }

    fn code(&mut self, word: &str, text: &str) {
        self.out.push_str(&format!("\n```{word}\n{}\n```\n", text.trim()));
    }
}

/// The page of a rule.
pub fn rule(rule: &Rule, lang: Lang, level: usize) -> String {
    let mut page = Page::new(lang, level, rule.code);
    page.paragraph(&Said::by(|lang| format!("**{}.**", rule.summary.show(lang))));
    page.section(&said!("Why it matters", "Pourquoi"), &rule.why);
    page.section(&said!("How it is detected", "Comment elle juge"), &rule.detects);
    page.section(&said!("When it is wrong", "Quand elle a tort"), &rule.exceptions);
    page.section(&said!("What to do", "Que faire"), &Said::by(|lang| sentence(&rule.remedy.show(lang))));
    page.heading(&said!("How much it matters", "Gravité"));
    page.out.push('\n');
    for context in CONTEXTS {
        let weight = match rule.severity_in(context) {
            Some(severity) => severity_word(severity.word()),
            None => said!("not judged", "non jugée"),
        };
        let line =
            said!("- {context}: {weight}\n", "- {context} : {weight}\n", context = context.word(), weight = weight);
        page.out.push_str(&line.show(lang));
    }
    page.heading(&said!("Sources", "Sources"));
    page.out.push('\n');
    for source in rule.sources {
        page.out.push_str(&format!("- {source}\n"));
    }
    page.heading(&said!("An example that fails", "Un exemple qui échoue"));
    page.code("yaml", rule.failing);
    page.heading(&said!("One that passes", "Un exemple qui passe"));
    page.code("yaml", rule.passing);
    page.out
}

/// The page of a measure.
pub fn measure(measure: &Measure, lang: Lang, level: usize) -> String {
    let mut page = Page::new(lang, level, measure.id);
    page.paragraph(&Said::by(|lang| format!("**{}.**", measure.title.show(lang))));
    page.paragraph(&measure.explains);
    let of = match measure.applies() {
        Applies::Stack => said!("stacks", "stacks"),
        Applies::Design => said!("designs", "conceptions"),
        Applies::Both => said!("stacks and designs", "stacks et conceptions"),
    };
    let better = match measure.better {
        Some(Better::Higher) => said!("more is better", "plus vaut mieux"),
        Some(Better::Lower) => said!("less is better", "moins vaut mieux"),
        Some(Better::None) | None => said!("neither direction is better", "aucun sens n’est meilleur"),
    };
    let unit = match measure.unit {
        "share" => said!("a fraction of one", "une fraction de un"),
        "rank" => said!("a rank among words", "un rang parmi des mots"),
        "s" => said!("seconds", "des secondes"),
        "B" => said!("bytes", "des octets"),
        _ => said!("a number", "un nombre"),
    };
    page.paragraph(&said!(
        "A measure of {of}; {better}; to a program it is {unit}. In a comparison:",
        "Une mesure de {of} ; {better} ; pour un programme, c’est {unit}. Dans une comparaison :",
        of = of,
        better = better,
        unit = unit
    ));
    page.code("yaml", &format!("criteria:\n  - {{measure: {}, weight: 2}}", measure.id));
    if measure.simulates() {
        page.paragraph(&said!(
            "It is simulated, and so worked out where a comparison names it, or with `--simulate`.",
            "Elle est simulée, et donc calculée là où une comparaison la nomme, ou avec `--simulate`."
        ));
    }
    for source in measure.sources {
        page.out.push_str(&format!("\n- {source}"));
    }
    if !measure.sources.is_empty() {
        page.out.push('\n');
    }
    page.out
}

/// The page of a figure.
pub fn figure(entry: &Entry, lang: Lang, level: usize) -> String {
    let mut page = Page::new(lang, level, &figure_name(entry, lang));
    page.paragraph(&entry.explains);
    page.paragraph(&said!("In a report:", "Dans un rapport :"));
    page.code("markdown", &format!("~~~epure\n{}\n~~~", fence(entry, lang)));
    page.out
}

/// The page of a code that no rule makes.
pub fn code(code: &Code, lang: Lang, level: usize) -> String {
    let mut page = Page::new(lang, level, code.code);
    page.paragraph(&Said::by(|lang| format!("**{}.**", code.summary.show(lang))));
    page.paragraph(&code.explains);
    page.out
}

/// The page of a word.
pub fn term(term: &Term, lang: Lang, level: usize) -> String {
    let mut page = Page::new(lang, level, &term.title.show(lang));
    page.paragraph(&term.means);
    page.out
}

/// What a figure is called: `table: placement`, `timeline: SCENARIO`.
pub fn figure_name(entry: &Entry, lang: Lang) -> String {
    let word = if entry.word.is_empty() { subject(entry.of, lang) } else { entry.word.to_owned() };
    format!("{}: {word}", entry.key)
}

fn fence(entry: &Entry, lang: Lang) -> String {
    let name = figure_name(entry, lang);
    match (entry.word, entry.of) {
        ("", _) => name,
        (_, Of::Stacks) => format!("{name}\nof: [{0}-1, {0}-2]", subject(entry.of, lang)),
        _ => format!("{name}\nof: {}", subject(entry.of, lang)),
    }
}

fn subject(of: Of, lang: Lang) -> String {
    match of {
        Of::Design => said!("DESIGN", "CONCEPTION"),
        Of::Stacks => said!("STACK", "STACK"),
        Of::Comparison => said!("COMPARISON", "COMPARAISON"),
        Of::Scenario => said!("SCENARIO", "SCENARIO"),
    }
    .show(lang)
}

/// A severity in words.
fn severity_word(word: &str) -> Said {
    match word {
        "error" => said!("error", "erreur"),
        "warning" => said!("warning", "avertissement"),
        _ => said!("note", "note"),
    }
}

/// A remedy stands in a help line; on a page it is a sentence.
pub fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let Some(first) = characters.next() else { return String::new() };
    let end = if text.ends_with(['.', '!', '?', ':']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), characters.as_str())
}
