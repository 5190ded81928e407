//! What is wrong with waivers: unknown rule, expired, accepting nothing.

use std::collections::BTreeSet;

use super::rules::RULES;
use super::view::View;
use crate::said;
use crate::source::{Diagnostic, Lang, Severity, Show, nearest};

/// The findings about a design's waivers; `met` are those that accepted a finding in this run, and
/// those of rules that simulate are judged only where those ran.
pub fn findings(view: &View<'_>, met: &BTreeSet<&str>, simulated: bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, waiver) in &view.design.waivers {
        let path = view.path(&format!("waivers.{name}"));
        let place = |key: &str| view.workspace.place(&format!("{path}.{key}"));
        let rule = waiver.rule.as_str();
        let until = waiver.until.show(Lang::En);
        let known = RULES.iter().find(|other| other.code == rule);
        if known.is_some_and(|known| known.simulates()) && !simulated {
            continue;
        }
        if known.is_none() {
            let Some(span) = place("rule") else { continue };
            let mut diagnostic = Diagnostic::error(
                "model/waiver-unknown-rule",
                span,
                said!("no rule is called `{rule}`", "aucune règle ne s’appelle `{rule}`"),
            );
            if let Some(near) = nearest(rule, RULES.iter().map(|rule| rule.code)) {
                diagnostic =
                    diagnostic.help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?")).fix(span, near);
            }
            found.push(diagnostic.path(path));
        } else if !met.contains(name.as_str()) {
            let Some(span) = place("target") else { continue };
            let target = &waiver.target;
            let message = said!(
                "this waiver accepts nothing: `{rule}` has no complaint about `{target}`",
                "cette dérogation n’accepte rien : `{rule}` n’a rien à dire de `{target}`"
            );
            let help = said!("take it away, or correct its target", "retirez-la, ou corrigez sa cible");
            found.push(
                Diagnostic::error("model/waiver-unmatched", span, message)
                    .severity(Severity::Warning)
                    .help(help)
                    .path(path),
            );
        } else if view.today > waiver.until {
            let Some(span) = place("until") else { continue };
            let message = said!("this waiver ended on {until}", "cette dérogation a pris fin le {until}");
            let help = said!(
                "mend what it accepted, or let {owner} accept it anew",
                "corrigez ce qu’elle acceptait, ou faites-la renouveler par {owner}",
                owner = waiver.owner
            );
            found.push(Diagnostic::error("model/waiver-expired", span, message).help(help).path(path));
        }
    }
    found
}
