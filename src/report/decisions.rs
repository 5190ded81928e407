//! Decisions as records of their own, in the form of MADR 4: those that designs state, and a draft
//! of the one that a comparison comes to.

use super::Output;
use super::markdown::escape;
use crate::analysis::comparison::{Compared, compare};
use crate::analysis::decision::Verdict;
use crate::design::Workspace;
use crate::design::model::organisation::{Decision, DecisionStatus};
use crate::design::text::When;
use crate::said;
use crate::source::{Lang, Show};

/// A decision as a record of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// Its name: that of the design and its own, or that of the comparison.
    pub(super) name: String,
    pub(super) title: String,
    /// The word of MADR: proposed, accepted, rejected, superseded.
    pub(super) status: String,
    pub(super) date: String,
    /// What follows the title, as Markdown.
    pub(super) body: String,
    /// The file that says it.
    pub(super) file: String,
    /// The whole file: front matter, title, body.
    text: String,
}

impl Record {
    fn new(name: String, text: String, file: String) -> Record {
        let value = |key: &str| {
            let line = text.lines().skip(1).take_while(|line| *line != "---").find_map(|line| line.strip_prefix(key));
            line.unwrap_or("").trim().to_owned()
        };
        let (status, date) = (value("status:"), value("date:"));
        let after = text.split_once("\n# ").map_or("", |(_, rest)| rest);
        let (title, body) = after.split_once('\n').unwrap_or((after, ""));
        let (title, body) = (unescaped(title), body.trim_start().to_owned());
        Record { name, title, status, date, body, file, text }
    }
}

/// A title as it was before it became Markdown.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut characters =
        text.replace("&lt;", "<").replace("&amp;", "&").chars().collect::<Vec<_>>().into_iter().peekable();
    while let Some(c) = characters.next() {
        let escapes = c == '\\' && characters.peek().is_some_and(char::is_ascii_punctuation);
        if !escapes {
            out.push(c);
        } else if let Some(next) = characters.next() {
            out.push(next);
        }
    }
    out
}

/// Every decision of a workspace as a file under `decisions/` of each language.
pub fn files(workspace: &Workspace, today: When) -> Vec<Output> {
    let of = |lang: Lang| {
        let records = records(workspace, today, lang).into_iter();
        records.map(move |record| Output::text(format!("{}/decisions/{}.md", lang.code(), record.name), record.text))
    };
    workspace.languages().into_iter().flat_map(of).collect()
}

/// Every decision in one language: those that designs state, then what comparisons come to.
pub(super) fn records(workspace: &Workspace, today: When, lang: Lang) -> Vec<Record> {
    let mut records = Vec::new();
    let path = |file| workspace.sources.file(file).path.clone();
    for (design, doc) in &workspace.designs {
        let inherited = |name: &str| {
            let base = doc.value.extends.as_ref().and_then(|base| workspace.designs.get(&base.0));
            base.is_some_and(|base| base.value.decisions.contains_key(name))
        };
        // A variant's inherited decisions are its base's.
        for (name, decision) in doc.value.decisions.iter().filter(|(name, _)| !inherited(name)) {
            records.push(Record::new(format!("{design}-{name}"), stated(design, decision, lang), path(doc.file)));
        }
    }
    for (name, doc) in &workspace.comparisons {
        let Some((compared, _)) = compare(workspace, name, today) else { continue };
        let text = drafted(&compared, today, lang);
        records.extend(text.map(|text| Record::new(name.clone(), text, path(doc.file))));
    }
    records
}

/// A decision that a design states.
fn stated(design: &str, decision: &Decision, lang: Lang) -> String {
    let status = match decision.status {
        DecisionStatus::Proposed => "proposed",
        DecisionStatus::Accepted => "accepted",
        DecisionStatus::Rejected => "rejected",
        DecisionStatus::Superseded => "superseded",
    };
    let title = escape(&decision.title.show(lang));
    let mut out = head(status, decision.date.map(|date| date.show(lang)), &title);
    section(&mut out, &said!("Context and Problem Statement", "Contexte et énoncé du problème").show(lang));
    let of = said!("A decision of the design `{design}`.", "Une décision de la conception `{design}`.");
    out.push_str(&format!("{}\n", of.show(lang)));
    section(&mut out, &said!("Considered Options", "Options envisagées").show(lang));
    for option in &decision.options {
        out.push_str(&format!("- {}\n", escape(option)));
    }
    section(&mut out, &said!("Decision Outcome", "Décision").show(lang));
    let outcome = said!(
        "Chosen option: “{chosen}”, because {because}.",
        "Option choisie : « {chosen} », parce que : {because}.",
        chosen = escape(&decision.chosen),
        because = escape(&decision.because.show(lang))
    );
    out.push_str(&format!("{}\n", outcome.show(lang)));
    out
}

/// The decision that a comparison comes to, as a draft; nothing where it ranks nobody.
fn drafted(compared: &Compared, today: When, lang: Lang) -> Option<String> {
    let decided = compared.decide();
    let first = decided.first().filter(|_| compared.subjects.len() > 1)?;
    let mut out = head("proposed", Some(today.show(lang)), &escape(&compared.title.show(lang)));
    section(&mut out, &said!("Decision Drivers", "Critères de décision").show(lang));
    for weighed in &decided.weights {
        let line = said!(
            "- {title}, weight {weight}",
            "- {title}, poids {weight}",
            title = escape(&weighed.title.show(lang)),
            weight = weighed.weight
        );
        out.push_str(&format!("{}\n", line.show(lang)));
    }
    section(&mut out, &said!("Considered Options", "Options envisagées").show(lang));
    for rank in &decided.ranks {
        out.push_str(&format!("- {}\n", escape(&rank.title.show(lang))));
    }
    section(&mut out, &said!("Decision Outcome", "Décision").show(lang));
    let share = |score: f64| format!("{}\u{a0}%", (score * 100.0).round().show(lang));
    let chosen = if decided.verdict == Verdict::Narrow {
        said!(
            "No option is chosen yet: the first two are less than {margin} apart.",
            "Aucune option n’est encore choisie : les deux premières sont à moins de {margin} l’une de l’autre.",
            margin = share(decided.margin)
        )
    } else {
        said!(
            "Chosen option: “{first}”, because it wins {share} of the weight.",
            "Option choisie : « {first} », parce qu’elle gagne {share} du poids.",
            first = escape(&first.title.show(lang)),
            share = share(first.score)
        )
    };
    out.push_str(&format!("{}\n", chosen.show(lang)));
    section(&mut out, &said!("Pros and Cons of the Options", "Avantages et inconvénients").show(lang));
    for rank in &decided.ranks {
        out.push_str(&format!("\n### {}\n\n", escape(&rank.title.show(lang))));
        for row in compared.rows.iter().filter(|row| row.left_out.is_none()) {
            let Some(cell) = compared.cell(&row.id, &rank.subject) else { continue };
            let best = row.cells.iter().any(|cell| cell.best);
            let word = match (cell.best, best) {
                (true, _) => said!("Good", "Bon"),
                (false, true) => said!("Bad", "Mauvais"),
                (false, false) => said!("Neutral", "Neutre"),
            };
            let line = said!(
                "- {word}, because {title}: {value}",
                "- {word}, car {title} : {value}",
                word = word,
                title = escape(&row.title.show(lang)),
                value = escape(&cell.value.value.text().show(lang))
            );
            out.push_str(&format!("{}\n", line.show(lang)));
        }
    }
    Some(out)
}

fn head(status: &str, date: Option<String>, title: &str) -> String {
    let date = date.map_or_else(String::new, |date| format!("date: {date}\n"));
    format!("---\nstatus: {status}\n{date}---\n\n# {title}\n")
}

fn section(out: &mut String, title: &str) {
    out.push_str(&format!("\n## {title}\n\n"));
}
