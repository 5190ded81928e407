//! `stack/nobody-patches`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::place::Hosts;
use crate::design::model::stack::{Layer, LayerKind};
use crate::said;
use crate::source::{Said, Severity};

/// Somebody patches every operating system.
pub static RULE: Rule = Rule {
    code: "stack/nobody-patches",
    summary: words("Somebody patches every operating system", "Quelqu’un tient à jour chaque système d’exploitation"),
    why: words(
        "An operating system without an owner is patched by nobody. It is the difference between containers and virtual machines that costs most over the years, and the one drawings leave out.",
        "Un système d’exploitation sans responsable n’est tenu à jour par personne. C’est la différence entre conteneurs et machines virtuelles qui coûte le plus au fil des ans, et celle que les dessins oublient.",
    ),
    detects: words(
        "The stack of each host group: host and guest operating systems need `patched_by`; hypervisors, runtimes and orchestrators `patched_by` or `operated_by`. A group without a stack is a question, unless the stack of what stands on it covers it.",
        "La stack de chaque groupe d’hôtes : les OS hôtes et invités ont besoin de `patched_by` ; hyperviseurs, moteurs et orchestrateurs de `patched_by` ou `operated_by`. Un groupe sans stack est une question, sauf si la stack de ce qui s’y pose le couvre.",
    ),
    exceptions: words(
        "Layers that `provider` or `vendor` operates are theirs. An appliance's operating system still needs a name: its vendor makes the patch, somebody of ours installs it.",
        "Les couches que `provider` ou `vendor` exploite sont les leurs. L’OS d’une appliance a quand même besoin d’un nom : son éditeur fait le correctif, quelqu’un chez nous l’installe.",
    ),
    remedy: words("state `patched_by` on the layer", "déclarez `patched_by` sur la couche"),
    sources: &[
        "PCI DSS v4.0.1, 6.3.3 (patches within one month if critical)",
        "RTS (EU) 2024/1774 under DORA, art. 10 (vulnerability and patch management)",
        "NIST SP 800-40 rev. 4",
    ],
    severity: Severity::Warning,
    failing: r"
kind: stack
name: machines
layers: [{kind: hardware, per: host}, {kind: host-os, per: host, kernel: linux}]
---
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3, stack: machines}}
",
    passing: r"
kind: stack
name: machines
layers: [{kind: hardware, per: host}, {kind: host-os, per: host, kernel: linux, patched_by: platform}]
---
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3, stack: machines}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    view.design.hosts.iter().filter_map(|(name, hosts)| judge(view, name, hosts)).collect()
}

fn judge(view: &View<'_>, name: &str, hosts: &Hosts) -> Option<Verdict> {
    let path = format!("hosts.{name}");
    let Some((stack, declared)) = view.stack(hosts) else {
        // The stack of a virtual machine goes down to the hardware.
        let covered = view
            .design
            .hosts
            .values()
            .any(|above| above.runs_on.as_ref().is_some_and(|below| **below == *name) && above.stack.is_some());
        return (!covered).then(|| {
            Verdict::unanswered(
                path,
                said!(
                    "what stands on `{name}`, and who patches it?",
                    "qu’y a-t-il sur `{name}`, et qui le tient à jour ?"
                ),
            )
            .help(said!("name its `stack`", "nommez sa `stack`"))
        });
    };
    let orphans: Vec<Said> = declared.layers.iter().filter(|layer| is_orphan(layer)).map(titled).collect();
    if orphans.is_empty() {
        return Some(Verdict::pass(path));
    }
    let machines = hosts.count;
    let layers = Said::list(&orphans);
    Some(
        Verdict::fail(
            &path,
            said!("nobody patches the {layers} of `{name}` ({machines} machines): stack `{stack}` names no owner", "personne ne tient à jour : {layers} de `{name}` ({machines} machines) ; la stack `{stack}` ne nomme pas de responsable",
                  layers = layers, machines = machines),
        )
        .at(format!("{path}.stack")),
    )
}

fn is_orphan(layer: &Layer) -> bool {
    let theirs =
        layer.operated_by.as_deref().is_some_and(|team| matches!(team, "provider" | "vendor" | "cloud-provider"));
    match layer.kind {
        _ if theirs || layer.patched_by.is_some() => false,
        LayerKind::HostOs | LayerKind::GuestOs => true,
        LayerKind::Hypervisor | LayerKind::ContainerRuntime | LayerKind::Orchestrator | LayerKind::Sandbox => {
            layer.operated_by.is_none()
        }
        _ => false,
    }
}

fn titled(layer: &Layer) -> Said {
    let title = layer.kind.title();
    match &layer.product {
        Some(product) => said!("{title} ({product})", "{title} ({product})", title = title),
        None => title,
    }
}
