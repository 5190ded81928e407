//! `node-loss-headroom`

use crate::analysis::capacity::{self, Headroom, Loss};
use crate::analysis::derived::Derived;
use crate::analysis::measure::{Known, Measure, Value, Work, not_applicable, parts, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::design::quantity::{Bytes, Cpu, Share};
use crate::said;
use crate::source::{Said, Show};

/// How much room is left once a node is gone: N-1.
pub static MEASURE: Measure = Measure {
    id: "node-loss-headroom",
    title: words("Room left without the largest node (N-1)", "Place restante sans le plus gros nœud (N-1)"),
    explains: words(
        "One minus what pods request over what the nodes that are left can give, once the largest node of a cluster is gone; of processor time and memory the scarcer, in the tightest cluster. Negative where it no longer fits. Pods of a DaemonSet go with their node.",
        "Un moins ce que les pods demandent, rapporté à ce que les nœuds restants peuvent donner, une fois perdu le plus gros nœud d’un cluster ; du processeur ou de la mémoire, le plus rare, dans le cluster le plus serré. Négatif si cela ne tient plus. Les pods d’un DaemonSet partent avec leur nœud.",
    ),
    better: Some(Better::Higher),
    unit: "share",
    sources: &["Kubernetes documentation, Reserve Compute Resources for System Daemons"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let mut least: Option<f64> = None;
    let mut said = Vec::new();
    let mut derived = Derived::new((), Said::default());
    for room in capacity::clusters(view) {
        let name = room.name;
        derived = derived.from_fact(view.path(&format!("clusters.{name}.workers")));
        if room.nodes.len() < 2 {
            least = Some(f64::NEG_INFINITY);
            said.push(said!("`{name}` has one node: nothing is left", "`{name}` n’a qu’un nœud : il ne reste rien"));
            continue;
        }
        let one_less =
            capacity::headroom(view, &room).into_iter().find(|headroom| matches!(headroom.loss, Loss::Node(_)));
        let Some(Headroom { loss, cpu: Some(cpu), memory: Some(memory), requested }) = one_less else {
            return unanswered(said!(
                "the processor time or memory of a node of `{name}` is not stated",
                "le processeur ou la mémoire d’un nœud de `{name}` n’est pas dit"
            ));
        };
        let free = |asked: f64, room: f64| if room > 0.0 { 1.0 - asked / room } else { f64::NEG_INFINITY };
        let here = free(requested.cpu, cpu.value.value()).min(free(requested.memory, memory.value.value()));
        least = Some(least.map_or(here, |least| least.min(here)));
        said.push(said!(
            "`{name}` {loss}: {a} of {b} cores, {c} of {d} asked for",
            "`{name}` {loss} : {a} cœurs demandés sur {b}, {c} sur {d}",
            loss = loss.said(),
            a = Said::by(|lang| Cpu::of(requested.cpu).show(lang)),
            b = cpu.value,
            c = Said::by(|lang| Bytes::of(requested.memory).show(lang)),
            d = memory.value
        ));
        derived = derived.from_facts(cpu.facts).from_facts(memory.facts);
    }
    let Some(least) = least else { return not_applicable(said!("no cluster", "aucun cluster")) };
    let asked = view.design.components.iter().filter(|(_, component)| view.in_kubernetes(component));
    let asked = asked.flat_map(|(name, _)| ["requests", "replicas"].map(|key| format!("components.{name}.{key}")));
    derived = derived.from_facts(asked.map(|path| view.path(&path)).filter(|path| view.workspace.at(path).is_some()));
    derived.formula = parts(&said);
    let text = if least.is_finite() { percent(least) } else { said!("none", "aucune") };
    derived.map(|()| Value::Known(Known { text, number: Some(least), leaves_out: Vec::new(), unit: None }))
}

/// A share that may be negative, as people write it.
fn percent(share: f64) -> Said {
    let rounded = Share::of((share.abs() * 100.0).round() / 100.0);
    Said::by(|lang| format!("{}{}", if share < -0.005 { "\u{2212}" } else { "" }, rounded.show(lang)))
}
