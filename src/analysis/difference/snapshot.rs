//! What can be said of one state of a design: its findings, its measures, its worst outages.

use std::collections::BTreeMap;

use crate::analysis::derived::Derived;
use crate::analysis::measure::{MEASURES, Measure, Subject, Value};
use crate::analysis::simulation::Campaign;
use crate::analysis::view::View;
use crate::design::Workspace;
use crate::design::model::organisation::Disruption;
use crate::design::text::When;
use crate::source::{Diagnostic, State};

/// What findings are told apart by: the rule, the address within the design, and how it ended.
pub(super) type Key = (String, String, &'static str);

/// The worst that a function suffers from one kind of failure.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Suffered {
    /// Seconds; infinite where it does not end.
    pub(super) outage_s: f64,
    /// How many requests fail.
    pub(super) requests: f64,
    /// How long the failure was followed, in seconds.
    pub(super) followed_s: f64,
    /// Seconds of writes; infinite where everything is lost.
    pub(super) lost_s: f64,
}

/// One state of a design.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) findings: BTreeMap<Key, Diagnostic>,
    pub(super) measures: Vec<(&'static Measure, Derived<Value>)>,
    pub(super) suffered: BTreeMap<(String, Disruption), Suffered>,
}

/// Takes one; `None` where there is no such design.
pub(super) fn take(workspace: &Workspace, design: &str, today: When, simulate: bool) -> Option<Snapshot> {
    let view = View::of(workspace, design, today)?;
    let prefix = format!("{design}.");
    let key = |finding: &Diagnostic| {
        let path = finding.path.clone().unwrap_or_default();
        let within = path.strip_prefix(&prefix).map(str::to_owned).unwrap_or(path);
        (finding.code.clone(), within, finding.state.word())
    };
    let findings = view.review().findings.iter().map(|finding| (key(finding), finding.clone())).collect();
    let measures = MEASURES
        .iter()
        .filter(|measure| measure.applies_to(&Subject::Design(&view)) && (simulate || !measure.simulates()))
        .map(|measure| (*measure, measure.of(&Subject::Design(&view))))
        .collect();
    let suffered = if simulate { suffered(&view, view.campaign()) } else { BTreeMap::new() };
    Some(Snapshot { findings, measures, suffered })
}

impl Snapshot {
    /// A measure's value.
    pub(super) fn measure(&self, id: &str) -> Option<&Derived<Value>> {
        self.measures.iter().find(|(measure, _)| measure.id == id).map(|(_, value)| value)
    }

    /// The findings that count: not waived.
    pub(super) fn open(&self) -> impl Iterator<Item = (&Key, &Diagnostic)> {
        self.findings.iter().filter(|(_, finding)| finding.state != State::Waived)
    }
}

fn suffered(view: &View<'_>, campaign: &Campaign) -> BTreeMap<(String, Disruption), Suffered> {
    let mut worst: BTreeMap<(String, Disruption), Suffered> = BTreeMap::new();
    for lost in &campaign.failures {
        let simulation = &lost.simulation;
        let seconds = (simulation.until_s - simulation.failed_at_s).max(0.0);
        for function in &simulation.functions {
            let declared = view.design.functions.get(&function.name);
            let uses = declared.map(|declared| declared.uses.as_slice()).unwrap_or_default();
            let peak = declared.and_then(|declared| declared.peak_load.as_ref()).map(|rate| rate.value());
            // What its users ask for: the load that is stated, else what arrives at what it uses.
            let arrives = uses.iter().filter_map(|name| simulation.component(name)).map(|component| component.rate);
            let rate = peak.unwrap_or_else(|| arrives.fold(0.0, f64::max));
            let outcome = &function.outcome;
            let entry = worst.entry((function.name.clone(), lost.disruption)).or_default();
            entry.outage_s = entry.outage_s.max(outcome.longest_outage_s.fixed.unwrap_or(f64::INFINITY));
            entry.requests = entry.requests.max(outcome.failed_requests.fixed.unwrap_or(1.0) * rate * seconds);
            entry.followed_s = entry.followed_s.max(seconds);
            // Data are lost where they are kept: by what the function stops without.
            let kept = view.needed_by(&function.name).into_iter().filter_map(|name| simulation.component(name));
            let lost = kept.map(|component| &component.outcome).chain([outcome]);
            let lost = lost.map(|outcome| outcome.data_lost_s.fixed.unwrap_or(f64::INFINITY)).fold(0.0, f64::max);
            entry.lost_s = entry.lost_s.max(lost);
        }
    }
    worst
}
