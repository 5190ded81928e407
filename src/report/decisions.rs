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

/// Every decision of a workspace as a file under `decisions/` of each language.
pub fn files(workspace: &Workspace, today: When) -> Vec<Output> {
    let mut outputs = Vec::new();
    for lang in workspace.languages() {
        let mut add = |name: String, text: String| {
            outputs.push(Output::text(format!("{}/decisions/{name}.md", lang.code()), text));
        };
        for (design, doc) in &workspace.designs {
            let inherited = |name: &str| {
                let base = doc.value.extends.as_ref().and_then(|base| workspace.designs.get(&base.0));
                base.is_some_and(|base| base.value.decisions.contains_key(name))
            };
            // A variant's inherited decisions are its base's.
            for (name, decision) in doc.value.decisions.iter().filter(|(name, _)| !inherited(name)) {
                add(format!("{design}-{name}"), stated(design, decision, lang));
            }
        }
        for name in workspace.comparisons.keys() {
            let Some((compared, _)) = compare(workspace, name, today) else { continue };
            if let Some(text) = drafted(&compared, today, lang) {
                add(name.clone(), text);
            }
        }
    }
    outputs
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
