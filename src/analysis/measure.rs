//! What a measure is: a question that a stack or a design answers, with how it is worked out.
//!
//! A measure is one file in [`super::measures`] and one line in its registry. It never guesses: what
//! the facts do not answer is [`Value::Unanswered`] and names what is missing, and a sum that leaves
//! something out says what.

use super::derived::Derived;
use super::rule::Words;
use super::view::View;
use crate::design::Workspace;
use crate::design::model::comparison::{Assume, Better};
use crate::design::model::stack::{Layer, LayerKind, Per, Stack};
use crate::said;
use crate::source::{Lang, Said, Show, nearest};

pub use super::measures::MEASURES;

/// A built-in measure.
#[derive(Debug)]
pub struct Measure {
    /// Its name, as a comparison writes it.
    pub id: &'static str,
    /// What it is called.
    pub title: Words,
    /// What it means and how it is worked out.
    pub explains: Words,
    /// Which direction is better; `None` where neither is.
    pub better: Option<Better>,
    /// What its number counts, in base units: `s`, `B`, `share` (a fraction of one), `rank` (words
    /// in an order), or what is counted.
    pub unit: &'static str,
    /// Where it comes from: documentation, standards by clause.
    pub sources: &'static [&'static str],
    /// How it is worked out, which also says what it applies to.
    pub work_out: Work,
}

/// How a measure is worked out, by what it applies to.
#[derive(Debug, Clone, Copy)]
pub enum Work {
    /// From the layers of a stack.
    Stack(fn(&OnStack<'_>) -> Derived<Value>),
    /// From a design.
    Design(fn(&View<'_>) -> Derived<Value>),
    /// From a design, by losing every single thing in it in turn.
    Simulated(fn(&View<'_>) -> Derived<Value>),
    /// From either.
    Both(fn(&OnStack<'_>) -> Derived<Value>, fn(&View<'_>) -> Derived<Value>),
}

/// What a measure applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applies {
    /// Stacks.
    Stack,
    /// Designs.
    Design,
    /// Both.
    Both,
}

/// What a measure is worked out for.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// A stack under so many applications.
    Stack(&'a OnStack<'a>),
    /// A design.
    Design(&'a View<'a>),
}

/// The outcome of a measure.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// It could be worked out.
    Known(Known),
    /// It cannot be worked out: what is missing.
    Unanswered(Said),
    /// The question makes no sense here: why.
    NotApplicable(Said),
}

/// A worked-out value.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The value in words and numbers.
    pub text: Said,
    /// What it is compared by, in base units; infinite where there is no end. `None` where values
    /// cannot be ordered.
    pub number: Option<f64>,
    /// What the value leaves out because nothing is stated; then it is a lower bound, and silence
    /// counts as no zero.
    pub leaves_out: Vec<Said>,
    /// The unit, where it is not the measure's own: a currency. Numbers of different units are
    /// never compared.
    pub unit: Option<String>,
}

impl Value {
    /// A value with a number to compare by.
    pub fn number(number: f64, text: Said) -> Value {
        Value::Known(Known { text, number: Some(number), leaves_out: Vec::new(), unit: None })
    }

    /// A count.
    pub fn count(count: usize) -> Value {
        Value::number(count as f64, said!("{n}", "{n}", n = count))
    }

    /// A value that has no order.
    pub fn words(text: Said) -> Value {
        Value::Known(Known { text, number: None, leaves_out: Vec::new(), unit: None })
    }

    /// The same in a unit of its own.
    pub fn in_unit(mut self, unit: impl Into<String>) -> Value {
        if let Value::Known(known) = &mut self {
            known.unit = Some(unit.into());
        }
        self
    }

    /// The same, where it is known to leave something out.
    pub fn without(mut self, left_out: Vec<Said>) -> Value {
        if let Value::Known(known) = &mut self {
            known.leaves_out = left_out;
        }
        self
    }

    /// What stands in a cell: the value, or why there is none.
    pub fn text(&self) -> &Said {
        match self {
            Value::Known(known) => &known.text,
            Value::Unanswered(why) | Value::NotApplicable(why) => why,
        }
    }

    /// The number to compare by, where there is one.
    pub fn comparable(&self) -> Option<f64> {
        match self {
            Value::Known(known) => known.number,
            _ => None,
        }
    }

    /// Whether the number is only a lower bound.
    pub fn is_partial(&self) -> bool {
        matches!(self, Value::Known(known) if !known.leaves_out.is_empty())
    }
}

/// An unanswered measure: what is missing.
pub fn unanswered(missing: Said) -> Derived<Value> {
    Derived::new(Value::Unanswered(missing), Said::default())
}

/// A measure that makes no sense here: why.
pub fn not_applicable(why: Said) -> Derived<Value> {
    Derived::new(Value::NotApplicable(why), Said::default())
}

impl Measure {
    /// What it applies to.
    pub fn applies(&self) -> Applies {
        match self.work_out {
            Work::Stack(_) => Applies::Stack,
            Work::Design(_) | Work::Simulated(_) => Applies::Design,
            Work::Both(..) => Applies::Both,
        }
    }

    /// Whether it can be asked of a subject.
    pub fn applies_to(&self, subject: &Subject<'_>) -> bool {
        match subject {
            Subject::Stack(_) => self.applies() != Applies::Design,
            Subject::Design(_) => self.applies() != Applies::Stack,
        }
    }

    /// Whether it needs a simulation, and so is worked out only where it is asked for by name.
    pub fn simulates(&self) -> bool {
        matches!(self.work_out, Work::Simulated(_))
    }

    /// Works it out.
    pub fn of(&self, subject: &Subject<'_>) -> Derived<Value> {
        match (self.work_out, subject) {
            (Work::Stack(work) | Work::Both(work, _), Subject::Stack(stack)) => work(stack),
            (Work::Design(work) | Work::Simulated(work) | Work::Both(_, work), Subject::Design(view)) => work(view),
            (Work::Stack(_), Subject::Design(_)) => {
                not_applicable(said!("asked of stacks, not of designs", "se demande d’une stack, pas d’un design"))
            }
            (Work::Design(_) | Work::Simulated(_), Subject::Stack(_)) => {
                not_applicable(said!("asked of designs, not of stacks", "se demande d’un design, pas d’une stack"))
            }
        }
    }
}

/// A measure by its name.
pub fn find(id: &str) -> Option<&'static Measure> {
    MEASURES.iter().copied().find(|measure| measure.id == id)
}

/// The measure whose name is nearest to a word.
pub fn near(word: &str) -> Option<&'static str> {
    nearest(word, MEASURES.iter().map(|measure| measure.id))
}

/// A stack under so many applications on so many hosts.
#[derive(Debug, Clone, Copy)]
pub struct OnStack<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// The stack's name.
    pub name: &'a str,
    /// The stack.
    pub stack: &'a Stack,
    /// How many applications on how many hosts.
    pub assume: Assume,
    /// The comparison that assumes it, where one says so.
    pub assumed_by: Option<&'a str>,
}

/// How many of each there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Applications.
    pub applications: u32,
    /// Hosts: those assumed, or more where that many applications need them.
    pub hosts: u32,
    /// Virtual machines or partitions; `None` where the stack does not say how many stand on a host.
    pub vms: Option<u32>,
}

impl<'a> OnStack<'a> {
    /// How many hosts and virtual machines the applications stand on. An application that takes a
    /// whole host or virtual machine has one of its own.
    pub fn counts(&self) -> Counts {
        let Assume { applications, hosts } = self.assume;
        let per_host = self.per_host().map(|(_, per_host)| per_host);
        let hosts = match (self.application_per(), per_host) {
            (Per::Host, _) => hosts.max(applications),
            (Per::Vm, Some(per_host)) => hosts.max(applications.div_ceil(per_host)),
            _ => hosts,
        };
        Counts { applications, hosts, vms: per_host.map(|per_host| hosts.saturating_mul(per_host)) }
    }

    /// How many of a layer there are; `None` where the stack does not say.
    pub fn instances(&self, layer: &Layer) -> Option<u32> {
        self.instances_per(layer.per)
    }

    /// How many there are of what there is one of per host, virtual machine or application.
    pub fn instances_per(&self, per: Per) -> Option<u32> {
        let counts = self.counts();
        match per {
            Per::Host => Some(counts.hosts),
            Per::Vm => counts.vms,
            Per::Application => Some(counts.applications),
        }
    }

    /// The layer that says how many virtual machines stand on a host, and how many.
    pub fn per_host(&self) -> Option<(&'a Layer, u32)> {
        self.stack.layers.iter().find_map(|layer| Some((layer, layer.per_host?)))
    }

    /// What there is one application for.
    pub fn application_per(&self) -> Per {
        self.layer(LayerKind::Application).map_or(Per::Application, |layer| layer.per)
    }

    /// The first layer of a kind.
    pub fn layer(&self, kind: LayerKind) -> Option<&'a Layer> {
        self.stack.layers.iter().find(|layer| layer.kind == kind)
    }

    /// The layer whose kernel an application runs on: the topmost that brings one.
    pub fn kernel_layer(&self) -> Option<&'a Layer> {
        self.stack.layers.iter().rev().find(|layer| layer.kernel.is_some())
    }

    /// The address of a fact of a layer: `containers.layers.host-os.memory`.
    pub fn fact(&self, layer: &Layer, key: &str) -> String {
        format!("{}.layers.{}.{key}", self.name, word(layer.kind))
    }

    /// The addresses that the number of instances of a layer depends on.
    pub fn counted_from(&self, layer: &Layer) -> Vec<String> {
        let mut facts = vec![self.fact(layer, "per")];
        if layer.per == Per::Vm
            && let Some((said_by, _)) = self.per_host()
        {
            facts.push(self.fact(said_by, "per_host"));
        }
        if let Some(comparison) = self.assumed_by {
            if layer.per == Per::Application || self.application_per() != Per::Application {
                facts.push(format!("{comparison}.assume.applications"));
            }
            if layer.per != Per::Application {
                facts.push(format!("{comparison}.assume.hosts"));
            }
        }
        facts
    }

    /// The answer where the number of virtual machines is needed and not said.
    pub fn no_per_host(&self) -> Derived<Value> {
        unanswered(said!(
            "no layer says how many VMs stand on a host (`per_host`)",
            "aucune couche ne dit combien de VM tient un hôte (`per_host`)"
        ))
    }
}

/// A layer's kind as the documents write it.
pub fn word(kind: LayerKind) -> &'static str {
    match kind {
        LayerKind::Hardware => "hardware",
        LayerKind::Firmware => "firmware",
        LayerKind::HostOs => "host-os",
        LayerKind::Hypervisor => "hypervisor",
        LayerKind::VirtualMachine => "virtual-machine",
        LayerKind::MicroVm => "micro-vm",
        LayerKind::Partition => "partition",
        LayerKind::GuestOs => "guest-os",
        LayerKind::ContainerRuntime => "container-runtime",
        LayerKind::Sandbox => "sandbox",
        LayerKind::Orchestrator => "orchestrator",
        LayerKind::Pod => "pod",
        LayerKind::Container => "container",
        LayerKind::Application => "application",
    }
}

/// A count with what is counted: `3 hosts`, `1 guest`; French as given.
pub fn counted(count: u32, one: Words, many: Words) -> Said {
    Said::by(|lang| {
        // Zero is plural in English and singular in French.
        let singular = if lang == Lang::En { count == 1 } else { count < 2 };
        format!("{} {}", count.show(lang), if singular { one.show(lang) } else { many.show(lang) })
    })
}

/// Names in backquotes as a list in words.
pub fn names<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Said {
    Said::list(&names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>())
}

/// The parts of a formula, one after the other.
pub fn parts(parts: &[Said]) -> Said {
    Said::by(|lang| {
        let separator = if lang == Lang::En { "; " } else { " ; " };
        parts.iter().map(|part| part.get(lang)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(separator)
    })
}
