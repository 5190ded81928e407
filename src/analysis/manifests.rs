//! Other tools' files as rules see them: what runs pods, what else there is, and which rules can be
//! asked of files at all.

use super::rule::{Rule, Verdict};
use super::view::View;
use crate::design::manifests::{Container, Form, Object, Unit, Workload, adopt};
use crate::said;
use crate::source::{Node, Said, Severity, Span};

/// Rules that ask what a Compose file can answer.
const COMPOSE: [&str; 4] =
    ["delivery/unpinned-image", "secrets/plaintext-credentials", "data/no-persistence", "capacity/no-memory-limit"];

/// Rules that ask what an Ankaios state can answer.
const ANKAIOS: [&str; 2] = ["delivery/unpinned-image", "secrets/plaintext-credentials"];

/// Rules that ask of objects what they ask of a design.
const SHARED: [&str; 13] = [
    "availability/single-replica",
    "availability/no-disruption-budget",
    "availability/budget-blocks-drains",
    "availability/killed-while-stopping",
    "availability/not-spread",
    "capacity/no-requests",
    "capacity/no-memory-limit",
    "data/no-persistence",
    "delivery/unpinned-image",
    "probes/identical",
    "probes/no-liveness",
    "probes/no-readiness",
    "secrets/plaintext-credentials",
];

/// Whether a rule can be asked of a design: all can of one that a person wrote; of one that stands
/// for files only those that files can answer.
pub fn asks(rule: &Rule, view: &View<'_>) -> bool {
    match view.unit().map(|unit| unit.form) {
        None => true,
        Some(Form::Compose) => COMPOSE.contains(&rule.code),
        Some(Form::Ankaios) => ANKAIOS.contains(&rule.code),
        Some(_) => SHARED.contains(&rule.code) || reads_objects(rule),
    }
}

/// Whether a rule is about objects alone, and says nothing of what a person wrote.
pub fn reads_objects(rule: &Rule) -> bool {
    rule.failing.contains("apiVersion:")
}

/// Whether a design stands for Kubernetes objects, so that a rule reads these.
pub fn has_objects(view: &View<'_>) -> bool {
    view.unit().is_some_and(|unit| unit.form == Form::Kubernetes)
}

/// Whether the namespace of a workload gives containers a limit that they do not state.
pub fn default_limit(judged: &Judged<'_>, what: &str) -> bool {
    let inside = |object: &&Object| object.namespace() == judged.object.namespace();
    judged.unit.of_kind("LimitRange").map(|(_, object)| object).filter(inside).any(|range| {
        let limits = range.at(&["spec", "limits"]).map(Node::items).unwrap_or_default();
        limits.iter().any(|limit| {
            limit.get("type").and_then(Node::scalar) == Some("Container")
                && limit.get("default").and_then(|default| default.get(what)).is_some()
        })
    })
}

/// Something that runs pods, as a rule judges it.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// Its unit.
    pub unit: &'a Unit,
    /// Which of the unit's workloads.
    pub at: usize,
    /// The workload.
    pub workload: &'a Workload,
    /// Its object.
    pub object: &'a Object,
}

/// Everything that runs pods in the files behind a design.
pub fn workloads<'a>(view: &View<'a>) -> Vec<Judged<'a>> {
    let Some(unit) = view.unit() else { return Vec::new() };
    let judged = |(at, workload): (usize, &'a Workload)| Judged { unit, at, workload, object: unit.object(workload) };
    unit.workloads.iter().enumerate().map(judged).collect()
}

/// Every object of some kinds in the files behind a design.
pub fn objects<'a>(view: &View<'a>, kinds: &[&str]) -> Vec<(usize, &'a Object)> {
    let Some(unit) = view.unit() else { return Vec::new() };
    unit.objects.iter().enumerate().filter(|(_, object)| kinds.contains(&object.kind.as_str())).collect()
}

/// The address of an object that runs no pods.
pub fn address(object: &Object) -> String {
    adopt::address(&object.label())
}

impl<'a> Judged<'a> {
    /// The name of its component.
    pub fn name(&self) -> &'a str {
        &self.workload.component
    }

    /// The address of its component.
    pub fn path(&self) -> String {
        format!("components.{}", self.workload.component)
    }

    /// Whether some Service leads to it.
    pub fn serves(&self) -> bool {
        self.unit.links.serves(self.at)
    }

    /// Whether it is of one of some kinds.
    pub fn is(&self, kinds: &[&str]) -> bool {
        kinds.contains(&self.object.kind.as_str())
    }

    /// How many pods are wanted at the least: what its autoscaler keeps, else what it says, else one.
    pub fn replicas(&self) -> u32 {
        if let Some(found) = self.workload.found {
            return found;
        }
        let autoscaler = self.unit.links.autoscalers[self.at].first().map(|i| &self.unit.objects[*i]);
        let kept = autoscaler
            .map(|object| object.text(&["spec", "minReplicas"]).and_then(|text| text.parse().ok()).unwrap_or(1));
        kept.or_else(|| self.object.replicas()).unwrap_or(1)
    }

    /// The value that says how many pods are wanted, if one does.
    pub fn replicas_place(&self) -> Option<Span> {
        let autoscaler = self.unit.links.autoscalers[self.at].first().map(|i| &self.unit.objects[*i]);
        let kept = autoscaler.and_then(|object| object.at(&["spec", "minReplicas"]));
        kept.or_else(|| self.object.at(&["spec", "replicas"])).map(|node| node.span)
    }

    /// The specification of its pods.
    pub fn pod(&self) -> Option<&'a Node> {
        self.object.pod()
    }

    /// A value of its pods' specification.
    pub fn pod_text(&self, key: &str) -> Option<&'a str> {
        self.pod()?.get(key)?.scalar()
    }

    /// Its containers.
    pub fn containers(&self) -> Vec<Container<'a>> {
        self.object.containers()
    }

    /// Its containers, those that prepare the pod among them.
    pub fn all_containers(&self) -> Vec<Container<'a>> {
        let mut all = self.object.init_containers();
        all.extend(self.object.containers());
        all
    }

    /// A pass, or one failure for all containers that break a rule. The words get the subject:
    /// the component, or its containers by name where it has several.
    pub fn verdict(&self, broken: &[(Container<'a>, Span)], message: impl Fn(Said) -> Said) -> Verdict {
        let Some((_, first)) = broken.first() else { return Verdict::pass(self.path()) };
        let mut verdict = Verdict::fail(self.path(), message(self.subject(broken))).place(*first);
        for (container, span) in broken.iter().skip(1) {
            verdict = verdict.and(*span, Said::same(container.name()));
        }
        verdict
    }

    fn subject(&self, broken: &[(Container<'a>, Span)]) -> Said {
        let name = self.name();
        if self.all_containers().len() < 2 {
            return Said::same(format!("`{name}`"));
        }
        let names: Vec<String> = broken.iter().map(|(container, _)| format!("`{}`", container.name())).collect();
        said!("{names} of `{name}`", "{names} de `{name}`", names = Said::list(&names))
    }

    /// A failure that matters little where nothing calls the workload.
    pub fn weighed(&self, verdict: Verdict) -> Verdict {
        if self.serves() { verdict } else { verdict.at_most(Severity::Note) }
    }
}
