//! The review of a workspace: every rule on every design, waivers applied.

use std::collections::BTreeSet;

use super::expectations;
use super::manifests;
use super::rule::{self, Outcome, Rule, Verdict};
use super::rules::RULES;
use super::simulation::{Options, simulate};
use super::view::View;
use super::waiver;
use crate::analysis::runs::Runs;
use crate::design::Workspace;
use crate::design::model::config::Ask;
use crate::design::model::design::Status;
use crate::design::text::When;
use crate::said;
use crate::source::{Diagnostic, Node, Severity, nearest};

/// How many runs an expectation is held against.
const RUNS: u32 = 200;

/// How every check of one design ended.
#[derive(Debug, Clone)]
pub struct Review {
    /// The design's name.
    pub design: String,
    /// What is not a pass, in the order of the registry, then of the design.
    pub findings: Vec<Diagnostic>,
    /// How many checks passed, by rule code.
    pub passed: Vec<(String, usize)>,
    /// Rules that had something to judge and no complaint.
    pub clean: usize,
}

/// Reviews one design with every rule of its context. One that is retired is not reviewed: nothing
/// that could be mended runs any more.
pub fn review(view: &View<'_>) -> Review {
    review_by(view, false)
}

/// The same, with the rules that simulate every single failure where that is asked for.
pub fn review_by(view: &View<'_>, simulate: bool) -> Review {
    let mut review = Review { design: view.name.to_owned(), findings: Vec::new(), passed: Vec::new(), clean: 0 };
    if view.design.status == Some(Status::Retired) {
        return review;
    }
    let mut met: BTreeSet<&str> = BTreeSet::new();
    for rule in RULES.iter().filter(|rule| simulate || !rule.simulates()) {
        let verdicts = judge(rule, view);
        let mut failed = false;
        let passed = verdicts.iter().filter(|verdict| matches!(verdict.outcome, Outcome::Pass)).count();
        let Some(severity) = severity(rule, view) else { continue };
        for verdict in &verdicts {
            if matches!(verdict.outcome, Outcome::Fail(_))
                && let Some((name, _)) = waiver::of(view, rule.code, &verdict.path)
            {
                met.insert(name);
            }
            if let Some(finding) = rule::diagnostic(rule, verdict, view, severity) {
                failed = true;
                review.findings.push(finding);
            }
        }
        if passed > 0 {
            review.passed.push((rule.code.to_owned(), passed));
        }
        review.clean += usize::from(!verdicts.is_empty() && !failed);
    }
    for (code, passed, findings) in super::policy::judge(view, &mut met) {
        review.findings.extend(findings);
        review.passed.push((code, passed));
    }
    review.findings.extend(super::waiver_findings::findings(view, &met, simulate));
    review
}

/// The verdicts of one rule on one design; none where its context is not judged.
pub fn judge(rule: &Rule, view: &View<'_>) -> Vec<Verdict> {
    if severity(rule, view).is_none() || !manifests::asks(rule, view) {
        return Vec::new();
    }
    (rule.check)(view)
}

/// How much a rule matters in the context of a design: the position of the workspace or of its profile,
/// else that of the context that it comes down to; `None` where it is not judged.
fn severity(rule: &Rule, view: &View<'_>) -> Option<Severity> {
    let position = view.position(rule.code);
    if position.ask == Some(Ask::Never) {
        return None;
    }
    if let Some(stated) = position.severity {
        return Some(stated.severity());
    }
    // Whoever asks for a rule that the context leaves out has it judged, as much as it usually matters.
    rule.severity_in(view.design.context).or(position.ask.map(|_| rule.severity))
}

/// Reviews every design of a workspace.
pub fn review_all(workspace: &Workspace, today: When, runs: &Runs) -> Vec<Review> {
    let views = workspace.designs.keys().filter_map(|name| runs.view(workspace, name, today));
    views.map(|view| view.review().clone()).collect()
}

/// The same, with simulations: the rules that need them, and the expectations of every scenario.
pub fn review_all_simulated(workspace: &Workspace, today: When, runs: &Runs) -> (Vec<Review>, Vec<Diagnostic>) {
    let views = workspace.designs.keys().filter_map(|name| runs.view(workspace, name, today));
    let reviews = views.map(|view| review_by(&view, true)).collect();
    let mut unmet = Vec::new();
    for doc in workspace.scenarios.values() {
        let Some(view) = runs.view(workspace, &doc.value.design, today) else { continue };
        let options = Options { runs: RUNS, ..Options::default() };
        if let Ok(simulation) = simulate(&view, &doc.value, &options) {
            unmet.extend(expectations::unmet(&view, &doc.value, &simulation));
        }
    }
    (reviews, unmet)
}

/// What is wrong with the comparisons of a workspace: criteria and conditions that name nothing.
pub fn comparisons(workspace: &Workspace, today: When, runs: &Runs) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, doc) in &workspace.comparisons {
        if let Some(compared) = runs.compared(workspace, name, today) {
            found.extend(compared.1.iter().cloned());
        }
        found.extend(super::advice::check(&workspace.sources, doc));
    }
    found
}

/// Positions of `epure.yaml` and its profiles on rules that do not exist.
pub fn positions(workspace: &Workspace) -> Vec<Diagnostic> {
    let Some(root) = &workspace.config_root else { return Vec::new() };
    let profiles = root.get("profiles").map(Node::entries).unwrap_or_default();
    let blocks = profiles.iter().map(|entry| &entry.value).chain([root]);
    let positions = blocks.filter_map(|block| block.get("rules")).flat_map(Node::entries);
    positions
        .filter(|entry| !RULES.iter().any(|rule| rule.code == entry.key))
        .map(|entry| {
            let key = &entry.key;
            let diagnostic = Diagnostic::error(
                "reference/unknown",
                entry.key_span,
                said!("no rule is called `{key}`", "aucune règle ne s’appelle `{key}`"),
            );
            match nearest(key, RULES.iter().map(|rule| rule.code)) {
                Some(near) => diagnostic
                    .help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"))
                    .fix(entry.key_span, near),
                None => diagnostic.help(said!("`epure explain` lists them", "`epure explain` les énumère")),
            }
        })
        .collect()
}
