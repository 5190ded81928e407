//! Waivers: which finding is accepted by which. They stand in a design, in `epure.yaml`, or as a
//! comment at the line they are about.

use super::findings::is_rule;
use super::pattern;
use super::view::View;
use super::waiver_comments;
use crate::design::Workspace;
use crate::design::model::organisation::Waiver;
use crate::design::text::When;
use crate::source::{Accepted, Diagnostic, Lang, Severity, Show, Span, State};

/// The waiver of a design that names a rule and a target; the target is the finding's address or
/// something around it.
pub fn of<'a>(view: &View<'a>, rule: &str, path: &str) -> Option<(&'a str, &'a Waiver)> {
    let design = view.design;
    design
        .waivers
        .iter()
        .find(|(_, waiver)| pattern::matches(&waiver.rule, rule) && pattern::covers(&waiver.target, path))
        .map(|(name, waiver)| (name.as_str(), waiver))
}

/// A waiver as a diagnostic carries it.
pub fn accepted(waiver: &Waiver, span: Span) -> Accepted {
    Accepted {
        reason: waiver.reason.said(),
        owner: Some(waiver.owner.0.clone()),
        until: waiver.until.show(Lang::En),
        span,
        comment: false,
    }
}

/// Applies what `epure.yaml` and comments accept to everything that was found, and says what is wrong
/// with those waivers. What a design accepts for itself was applied by its review. Where some document
/// is broken, nobody knows what a waiver would have matched: then nothing is said of one that accepts
/// nothing.
pub fn apply(found: &mut Vec<Diagnostic>, workspace: &Workspace, simulated: bool, today: When) {
    let broken = found.iter().any(|diagnostic| diagnostic.severity == Severity::Error && !is_rule(&diagnostic.code));
    let mut met = vec![false; workspace.config.waivers.len()];
    for diagnostic in found.iter_mut().filter(|diagnostic| open(diagnostic)) {
        let file = &workspace.sources.file(diagnostic.primary.span.file).path;
        for ((name, waiver), met) in workspace.config.waivers.iter().zip(&mut met) {
            let target = &waiver.target;
            let about = diagnostic.path.as_deref().is_some_and(|path| pattern::covers(target, path))
                || pattern::covers(target, file);
            if !about || !pattern::matches(&waiver.rule, &diagnostic.code) {
                continue;
            }
            *met = true;
            if today <= waiver.until
                && let Some(span) = workspace.place(&format!("epure.waivers.{name}"))
            {
                *diagnostic = diagnostic.clone().accept(accepted(waiver, span));
                break;
            }
        }
    }
    let mut said = super::waiver_findings::of_workspace(workspace, &met, simulated, today);
    said.extend(waiver_comments::apply(found, workspace, simulated, today));
    said.retain(|diagnostic| !broken || diagnostic.code != "model/waiver-unmatched");
    found.extend(said);
}

/// Whether a finding can be accepted: a failure of a rule that nothing accepts yet.
pub(super) fn open(diagnostic: &Diagnostic) -> bool {
    diagnostic.state == State::Fail && is_rule(&diagnostic.code)
}
