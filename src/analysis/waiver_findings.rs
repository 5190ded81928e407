//! What is wrong with waivers: unknown rule, expired, accepting nothing.

use std::collections::BTreeSet;

use super::findings::is_rule;
use super::pattern;
use super::rules::RULES;
use super::view::View;
use crate::design::Workspace;
use crate::design::model::organisation::Waiver;
use crate::design::text::When;
use crate::said;
use crate::source::{Diagnostic, Lang, Severity, Show, Span, nearest};

/// The findings about a design's waivers; `met` are those that accepted a finding in this run, and
/// those of rules that simulate are judged only where those ran.
pub fn findings(view: &View<'_>, met: &BTreeSet<&str>, simulated: bool) -> Vec<Diagnostic> {
    view.design
        .waivers
        .iter()
        .filter_map(|(name, waiver)| {
            let path = view.path(&format!("waivers.{name}"));
            one(view.workspace, &path, waiver, met.contains(name.as_str()), simulated, view.today)
        })
        .collect()
}

/// The findings about the waivers of `epure.yaml`.
pub(super) fn of_workspace(workspace: &Workspace, met: &[bool], simulated: bool, today: When) -> Vec<Diagnostic> {
    let waivers = workspace.config.waivers.iter().zip(met);
    waivers
        .filter_map(|((name, waiver), met)| {
            one(workspace, &format!("epure.waivers.{name}"), waiver, *met, simulated, today)
        })
        .collect()
}

fn one(
    workspace: &Workspace,
    path: &str,
    waiver: &Waiver,
    met: bool,
    simulated: bool,
    today: When,
) -> Option<Diagnostic> {
    let place = |key: &str| workspace.place(&format!("{path}.{key}"));
    let rule = waiver.rule.as_str();
    if waits_for_simulation(rule) && !simulated {
        return None;
    }
    if let Some(unknown) = unknown_rule(workspace, rule, place("rule")?) {
        return Some(unknown.path(path));
    }
    if !met {
        let target = &waiver.target;
        let message = said!(
            "this waiver accepts nothing: `{rule}` has no complaint about `{target}`",
            "cette dérogation n’accepte rien : `{rule}` n’a rien à dire de `{target}`"
        );
        let help = said!("take it away, or correct its target", "retirez-la, ou corrigez sa cible");
        let diagnostic = Diagnostic::error("model/waiver-unmatched", place("target")?, message);
        return Some(diagnostic.severity(Severity::Warning).help(help).path(path));
    }
    (today > waiver.until)
        .then(|| Some(expired(&waiver.until.show(Lang::En), Some(&waiver.owner), place("until")?).path(path)))
        .flatten()
}

/// A waiver past its day.
pub(super) fn expired(until: &str, owner: Option<&str>, span: Span) -> Diagnostic {
    let message = said!("this waiver ended on {until}", "cette dérogation a pris fin le {until}");
    let help = match owner {
        Some(owner) => said!(
            "mend what it accepted, or let {owner} accept it anew",
            "corrigez ce qu’elle acceptait, ou faites-la renouveler par {owner}"
        ),
        None => said!(
            "mend what it accepted, or decide anew until when",
            "corrigez ce qu’elle acceptait, ou décidez d’une nouvelle échéance"
        ),
    };
    Diagnostic::error("model/waiver-expired", span, message).help(help)
}

/// A pattern that is no rule's.
pub(super) fn unknown_rule(workspace: &Workspace, rule: &str, span: Span) -> Option<Diagnostic> {
    let policies: Vec<String> = workspace.policies.keys().map(|name| format!("policy/{name}")).collect();
    let names = RULES.iter().map(|rule| rule.code).chain(policies.iter().map(String::as_str));
    if is_rule(rule) || names.clone().any(|name| pattern::matches(rule, name)) {
        return None;
    }
    let message = said!("no rule is called `{rule}`", "aucune règle ne s’appelle `{rule}`");
    let diagnostic = Diagnostic::error("model/waiver-unknown-rule", span, message);
    Some(match nearest(rule, names) {
        Some(near) => diagnostic.help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?")).fix(span, near),
        None => diagnostic,
    })
}

/// Whether every rule that a pattern means is judged only where failures are simulated.
pub(super) fn waits_for_simulation(rule: &str) -> bool {
    let mut meant = RULES.iter().filter(|other| pattern::matches(rule, other.code)).peekable();
    meant.peek().is_some() && meant.all(|rule| rule.simulates())
}
