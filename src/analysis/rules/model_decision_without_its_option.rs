//! `model/decision-without-its-option`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::organisation::{Decision, DecisionStatus};
use crate::said;
use crate::source::{Severity, nearest};

/// What was chosen was an option.
pub static RULE: Rule = Rule {
    code: "model/decision-without-its-option",
    summary: words(
        "What was chosen is among the options, and there were several",
        "Ce qui a été choisi figure parmi les options, et il y en avait plusieurs",
    ),
    why: words(
        "A record of a decision is read by those who would decide otherwise. One whose choice was never weighed, or that had nothing to choose from, tells them nothing.",
        "Une décision écrite est lue par ceux qui décideraient autrement. Si le choix n’a jamais été pesé, ou s’il n’y avait rien à choisir, elle ne leur dit rien.",
    ),
    detects: words(
        "Each decision: `chosen` has to be one of `options`, word for word; at least two `options`; an accepted one has a `date`.",
        "Chaque décision : `chosen` doit être une des `options`, mot pour mot ; au moins deux `options` ; une décision acceptée a une `date`.",
    ),
    exceptions: words(
        "Doing nothing is an option too: write it down.",
        "Ne rien faire est aussi une option : écrivez-la.",
    ),
    remedy: words("list what was chosen among the options", "mettez ce qui a été choisi parmi les options"),
    sources: &["MADR 4.0.0, Considered Options, Decision Outcome"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
decisions: {database: {title: Where, options: [in the cluster, managed], chosen: on machines, because: habit, status: accepted, date: 2026-01-01}}
",
    passing: r"
kind: design
name: shop
context: cloud
decisions: {database: {title: Where, options: [in the cluster, managed], chosen: managed, because: patched, status: accepted, date: 2026-01-01}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    view.design.decisions.iter().flat_map(|(name, decision)| judge(name, decision)).collect()
}

fn judge(name: &str, decision: &Decision) -> Vec<Verdict> {
    let path = format!("decisions.{name}");
    let mut verdicts = Vec::new();
    let chosen = &decision.chosen;
    if !decision.options.contains(chosen) {
        let verdict = Verdict::fail(
            &path,
            said!(
                "`{name}` chose “{chosen}”, which was not an option",
                "`{name}` a choisi « {chosen} », qui n’était pas une option"
            ),
        )
        .at(format!("{path}.chosen"))
        .also(format!("{path}.options"), said!("the options", "les options"));
        verdicts.push(match nearest(chosen, decision.options.iter().map(String::as_str)) {
            Some(near) => verdict.help(said!("did you mean “{near}”?", "vouliez-vous dire « {near} » ?")),
            None => verdict,
        });
    } else if decision.options.len() < 2 {
        verdicts.push(
            Verdict::fail(
                &path,
                said!(
                    "`{name}` had one option: nothing was decided",
                    "`{name}` n’avait qu’une option : rien n’a été décidé"
                ),
            )
            .at(format!("{path}.options")),
        );
    }
    if decision.status == DecisionStatus::Accepted && decision.date.is_none() {
        let question = said!("when was `{name}` decided?", "quand `{name}` a-t-elle été décidée ?");
        verdicts.push(
            Verdict::unanswered(&path, question)
                .at(format!("{path}.status"))
                .help(said!("state `date`", "déclarez `date`")),
        );
    }
    if verdicts.is_empty() { vec![Verdict::pass(path)] } else { verdicts }
}
