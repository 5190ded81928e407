//! In which form each component of a design is best run, why, and what would turn it.

use std::sync::LazyLock;

use super::reasons::{REASONS, Reason};
use super::turn::{Turn, turns};
use super::{Form, Today, today};
use crate::analysis::expression::{Answer, Condition, Facts, facts};
use crate::analysis::view::View;
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::{Said, Sources, read};

/// The advice for one component, against what the design chose.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The component.
    pub component: String,
    /// What runs it today.
    pub today: Today,
    /// The form that the design chose; nothing where it does not say what the component stands on.
    pub chosen: Option<Form>,
    /// The form that is advised; nothing where the design says too little.
    pub advised: Option<Form>,
    /// Whether a third party's service does as well.
    pub or_managed: bool,
    /// Every reason for the advised form.
    pub because: Vec<Because>,
    /// Reasons that hold and ask for another form: weaker, or outweighed.
    pub also: Vec<Because>,
    /// Facts that would turn the advice, were they otherwise.
    pub turns: Vec<Turn<Option<Form>>>,
    /// Facts that nobody states and that could turn it.
    pub open: Vec<String>,
}

/// A reason that holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Because {
    /// The form that it asks for.
    pub form: Form,
    /// Why.
    pub because: Said,
    /// Who says so; may be empty.
    pub source: &'static str,
    /// The condition.
    pub when: &'static str,
    /// What it read.
    pub facts: Vec<Cited>,
}

/// A fact that a reason rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cited {
    /// Its address.
    pub path: String,
    /// Its name in the condition: the last step of the address, unless it follows from what stands there.
    pub name: String,
    /// Its value, as a condition writes it.
    pub value: String,
}

impl Cited {
    /// As `path = value`; where the fact follows from another, with its name.
    pub fn shown(&self, design: &str) -> String {
        let path = self.path.strip_prefix(&format!("{design}.")).unwrap_or(&self.path);
        let Cited { name, value, .. } = self;
        if path.rsplit('.').next() == Some(name) {
            format!("{path} = {value}")
        } else {
            format!("{name} = {value} ({path})")
        }
    }
}

impl Judged {
    /// Whether the design chose what is advised; `None` where either is not known.
    pub fn agrees(&self) -> Option<bool> {
        let (chosen, advised) = (self.chosen?, self.advised?);
        // A container on a virtual machine is a container, and more.
        let more = advised == Form::Container && chosen == Form::Both;
        Some(chosen == advised || more || self.or_managed && chosen == Form::Managed)
    }
}

/// The reasons with their conditions read: for every design they are the same.
static READ: LazyLock<Vec<(&'static Reason, Condition)>> = LazyLock::new(read_all);

fn read_all() -> Vec<(&'static Reason, Condition)> {
    let mut sources = Sources::default();
    REASONS
        .iter()
        .filter_map(|reason| {
            let file = sources.add("advice", format!("when: '{}'\n", reason.when));
            let root = read(&sources, file).0.into_iter().find_map(|document| document.root)?;
            Some((reason, Condition::read(&sources, root.get("when")?).ok()?))
        })
        .collect()
}

/// Judges every component for which there is something to choose.
pub fn judge(view: &View<'_>) -> Vec<Judged> {
    let reasons = &*READ;
    let mut judged = Vec::new();
    for (name, component) in &view.design.components {
        let Some(today) = today(view, component) else { continue };
        let facts = facts(view, name, component);
        let answers: Vec<Answer> = reasons.iter().map(|(_, condition)| ask(condition, &facts)).collect();
        let (advised, or_managed) = decide(reasons, &answers);
        let holding = |wanted: bool| -> Vec<Because> {
            let pairs = reasons.iter().zip(&answers).filter(|(_, answer)| **answer == Answer::Holds);
            let of_form = pairs.filter(|((reason, _), _)| (Some(reason.form) == advised) == wanted);
            of_form.map(|((reason, condition), _)| because(reason, condition, &facts)).collect()
        };
        // The two that hold of nearly everything say nothing beside a stronger reason.
        let strong =
            |because: &Because| because.when != "containerizable" && because.when != "runs_in == \"third-party\"";
        let mut names: Vec<String> =
            reasons.iter().flat_map(|(_, condition)| condition.names.iter().cloned()).collect();
        names.sort_unstable();
        names.dedup();
        let own = view.path(&format!("components.{name}"));
        let found = turns(&facts, &names, &own, &advised, |changed, name| {
            let answers: Vec<Answer> = reasons
                .iter()
                .zip(&answers)
                .map(
                    |((_, condition), before)| {
                        if condition.names.contains(name) { ask(condition, changed) } else { before.clone() }
                    },
                )
                .collect();
            decide(reasons, &answers).0
        });
        let open = answers.iter().filter_map(|answer| match answer {
            Answer::Unanswered(missing) => Some(missing.clone()),
            _ => None,
        });
        let mut open: Vec<String> = open.filter(|missing| found.iter().any(|turn| turn.name == *missing)).collect();
        open.sort_unstable();
        open.dedup();
        let mut reasons_for = holding(true);
        if reasons_for.len() > 1 && reasons_for.iter().any(strong) {
            reasons_for.retain(strong);
        }
        judged.push(Judged {
            component: name.clone(),
            today,
            chosen: Form::chosen(view, component),
            advised,
            or_managed,
            because: reasons_for,
            also: holding(false).into_iter().filter(strong).collect(),
            turns: found,
            open,
        });
    }
    judged
}

/// A condition of ours that cannot be worked out holds of nothing.
fn ask(condition: &Condition, facts: &Facts) -> Answer {
    condition.ask(facts).unwrap_or(Answer::Fails)
}

/// The form of the strongest reason that holds.
fn decide(reasons: &[(&Reason, Condition)], answers: &[Answer]) -> (Option<Form>, bool) {
    let first = reasons.iter().zip(answers).find(|(_, answer)| **answer == Answer::Holds);
    first.map_or((None, false), |((reason, _), _)| (Some(reason.form), reason.or_managed))
}

fn because(reason: &Reason, condition: &Condition, facts: &Facts) -> Because {
    let mut read: Vec<Cited> = Vec::new();
    for name in &condition.names {
        if let (Some(path), Some(value)) = (facts.addresses.get(name), facts.get(name)) {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            read.push(Cited { path: path.clone(), name: name.clone(), value });
        }
    }
    read.sort();
    Because { form: reason.form, because: reason.because.said(), source: reason.source, when: reason.when, facts: read }
}

/// What the advice for the components amounts to for the design: where both are combined, and how.
pub fn together(view: &View<'_>, judged: &[Judged]) -> Vec<Said> {
    let of = |form: Form| -> Vec<String> {
        let these = judged.iter().filter(|one| one.advised == Some(form));
        these.map(|one| format!("`{}`", one.component)).collect()
    };
    let is = |name: &str, wanted: fn(ComponentKind) -> bool| {
        view.design.components.get(name).is_some_and(|component| wanted(component.kind))
    };
    let apart: Vec<&Judged> = judged.iter().filter(|one| one.advised == Some(Form::VirtualMachine)).collect();
    let (both, containers) = (of(Form::Both), of(Form::Container));
    let inside: Vec<String> = both.iter().chain(&containers).cloned().collect();
    let mut said = Vec::new();
    if !both.is_empty() {
        said.push(said!(
            "both, as containers on virtual machines: {list}",
            "les deux, en conteneurs sur des machines virtuelles : {list}",
            list = Said::list(&both)
        ));
    }
    let because = |one: &&&Judged, when: &str| one.because.iter().any(|because| because.when.contains(when));
    let databases: Vec<String> = apart
        .iter()
        .filter(|one| is(&one.component, |kind| kind == ComponentKind::Database) && because(one, "critical"))
        .map(|one| format!("`{}`", one.component))
        .collect();
    if !databases.is_empty() && !inside.is_empty() {
        said.push(said!(
            "both, side by side: {list} on machines of its own, beside what runs in containers",
            "les deux, côte à côte : {list} sur des machines dédiées, à côté de ce qui tourne en conteneurs",
            list = Said::list(&databases)
        ));
    }
    let edge: Vec<String> =
        apart.iter().filter(|one| because(one, "dmz")).map(|one| format!("`{}`", one.component)).collect();
    if !edge.is_empty() && !inside.is_empty() {
        said.push(said!(
            "both, one behind the other: machines for the DMZ ({list}), containers inside",
            "les deux, l’un derrière l’autre : des machines pour la DMZ ({list}), des conteneurs à l’intérieur",
            list = Said::list(&edge)
        ));
    }
    said
}
