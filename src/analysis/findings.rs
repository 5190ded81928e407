//! What a run found, as every format tells it: ranked by consequence, grouped by rule, and held
//! against a baseline.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::consequence::{self, needs_callers};
use super::rules::RULES;
use crate::source::{Diagnostic, Reach, Severity, Sources, State, fingerprints};

/// Everything that a run found.
#[derive(Debug)]
pub struct Findings<'a> {
    /// All of it: mistakes in the order of the text, then findings, the worst group first.
    pub all: Vec<Finding<'a>>,
    /// The same by rule, in the same order.
    pub groups: Vec<Group>,
    /// How many entries of the baseline are no longer found.
    pub mended: usize,
    /// Whether there is a baseline.
    pub has_baseline: bool,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct Finding<'a> {
    /// What is said.
    pub diagnostic: &'a Diagnostic,
    /// What tells it from the others and stays when lines move.
    pub fingerprint: String,
    /// Whether the baseline has it.
    pub known: bool,
}

impl Finding<'_> {
    /// Whether it counts against a run: neither accepted nor known nor a question.
    pub fn counts(&self) -> bool {
        self.diagnostic.state == State::Fail && !self.known
    }
}

/// What one rule found: the range of [`Findings::all`], the worst first.
#[derive(Debug, Clone)]
pub struct Group {
    /// Which findings.
    pub range: std::ops::Range<usize>,
    /// How many things the rule judged.
    pub judged: usize,
}

/// Whether something is a mistake of the text, which is always told by itself, rather than one of many
/// findings of a rule.
fn is_mistake(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error && !is_rule(&diagnostic.code)
}

/// Whether a code is that of a rule or a policy, and so can be waived.
pub fn is_rule(code: &str) -> bool {
    code.starts_with("policy/") || RULES.iter().any(|rule| rule.code == code)
}

impl<'a> Findings<'a> {
    /// Ranks and groups what was found; `judged` says how many things each rule judged, and
    /// `baseline` holds the fingerprints of what was there before.
    pub fn new(
        found: &'a [Diagnostic],
        sources: &Sources,
        judged: &BTreeMap<String, usize>,
        baseline: Option<&BTreeSet<String>>,
    ) -> Findings<'a> {
        let diagnostics: Vec<&Diagnostic> = found.iter().collect();
        let prints = fingerprints(&diagnostics, sources);
        let now: BTreeSet<&String> = prints.iter().collect();
        let mended = baseline.map_or(0, |old| old.iter().filter(|print| !now.contains(print)).count());
        let known = |print: &String| baseline.is_some_and(|old| old.contains(print));
        let mut by_rule: BTreeMap<(bool, usize, &str, Told), Vec<Finding<'a>>> = BTreeMap::new();
        for (i, (diagnostic, fingerprint)) in diagnostics.into_iter().zip(prints).enumerate() {
            let known = known(&fingerprint);
            let mistake = is_mistake(diagnostic);
            let key = (!mistake, if mistake { i } else { 0 }, diagnostic.code.as_str(), told(diagnostic, known));
            by_rule.entry(key).or_default().push(Finding { diagnostic, fingerprint, known });
        }
        let mut groups: Vec<Vec<Finding<'a>>> = by_rule.into_values().collect();
        for group in &mut groups {
            group.sort_by_key(|finding| (rank(finding), finding.diagnostic.primary.span));
        }
        groups.sort_by_key(|group| {
            let first = &group[0];
            let mistake = is_mistake(first.diagnostic);
            let place = mistake.then_some(first.diagnostic.primary.span);
            (!mistake, place, rank(first), Reverse(group.len()), first.diagnostic.code.clone())
        });
        let mut all = Findings { all: Vec::new(), groups: Vec::new(), mended, has_baseline: baseline.is_some() };
        for group in groups {
            let start = all.all.len();
            let judged = judged.get(&group[0].diagnostic.code).copied().unwrap_or(0);
            all.all.extend(group);
            all.groups.push(Group { range: start..all.all.len(), judged });
        }
        all
    }

    /// The findings of a group, the worst first.
    pub fn of(&self, group: &Group) -> &[Finding<'a>] {
        &self.all[group.range.clone()]
    }

    /// All of it in the order of the text.
    pub fn in_order(&self) -> Vec<&Finding<'a>> {
        let mut ordered: Vec<&Finding> = self.all.iter().collect();
        ordered.sort_by_key(|finding| finding.diagnostic.primary.span);
        ordered
    }
}

/// How a finding is told: what a rule found is told apart by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    Fails,
    Asks,
    Known,
    Accepted,
}

fn told(diagnostic: &Diagnostic, known: bool) -> Told {
    match diagnostic.state {
        State::Waived => Told::Accepted,
        _ if known => Told::Known,
        State::Unanswered => Told::Asks,
        State::Fail => Told::Fails,
    }
}

type Rank = (bool, bool, Told, Reverse<Severity>, Reverse<consequence::Consequence>, Reverse<Reach>);

/// The less, the worse: what nobody feels comes after what somebody does, questions after failures;
/// then severity, what is at stake, and who feels it.
fn rank(finding: &Finding<'_>) -> Rank {
    let diagnostic = finding.diagnostic;
    let told = told(diagnostic, finding.known);
    let idle = diagnostic.reach == Some(Reach::Nobody) && needs_callers(&diagnostic.code);
    (
        told >= Told::Known,
        idle,
        told,
        Reverse(diagnostic.severity),
        Reverse(consequence::of(&diagnostic.code)),
        Reverse(diagnostic.reach.unwrap_or(Reach::Callers)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::said;
    use crate::source::Span;

    fn finding(sources: &Sources, code: &str, severity: Severity, name: &str) -> Diagnostic {
        let (file, _) = sources.iter().next().unwrap();
        let span = Span { file, start: 0, end: 1 };
        Diagnostic::error(code, span, said!("`{name}`", "`{name}`")).severity(severity).path(name)
    }

    #[test]
    fn the_worst_comes_first_and_what_nobody_feels_last() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "a: 1\n");
        let find = |code: &str, severity, name: &str| finding(&sources, code, severity, name);
        let mut asks = find("data/no-backup", Severity::Warning, "db");
        asks.state = State::Unanswered;
        let found = [
            find("delivery/unpinned-image", Severity::Warning, "web"),
            find("probes/no-readiness", Severity::Warning, "load").reach(Reach::Nobody),
            find("data/no-persistence", Severity::Error, "cart").reach(Reach::Users),
            find("availability/single-replica", Severity::Error, "a").reach(Reach::Users),
            find("availability/single-replica", Severity::Error, "b").reach(Reach::Users),
            asks,
            find("secrets/plaintext-credentials", Severity::Warning, "web"),
            find("schema/unknown-key", Severity::Error, "x"),
        ];
        let judged = BTreeMap::from([("availability/single-replica".to_owned(), 3)]);
        let findings = Findings::new(&found, &sources, &judged, None);
        let order: Vec<(&str, usize)> = findings
            .groups
            .iter()
            .map(|group| (findings.of(group)[0].diagnostic.code.as_str(), group.range.len()))
            .collect();
        assert_eq!(
            order,
            [
                ("schema/unknown-key", 1),
                ("availability/single-replica", 2),
                ("data/no-persistence", 1),
                ("secrets/plaintext-credentials", 1),
                ("delivery/unpinned-image", 1),
                ("data/no-backup", 1),
                ("probes/no-readiness", 1),
            ]
        );
        assert_eq!(findings.groups[1].judged, 3);
        let baseline: BTreeSet<String> = [findings.all[1].fingerprint.clone(), "gone".to_owned()].into_iter().collect();
        let later = Findings::new(&found, &sources, &judged, Some(&baseline));
        assert_eq!((later.mended, later.all.iter().filter(|finding| finding.known).count()), (1, 1));
        assert!(later.all.last().unwrap().known, "what was there before comes last");
    }
}
