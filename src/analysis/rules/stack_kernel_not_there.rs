//! `stack/kernel-not-there`

use crate::analysis::kernel::{kernel_facts, may_bring_its_own, shared_kernel};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// The kernel that a component needs is there where it runs.
pub static RULE: Rule = Rule {
    code: "stack/kernel-not-there",
    summary: words(
        "What runs somewhere finds the kernel it needs there",
        "Ce qui tourne quelque part y trouve le noyau qu’il lui faut",
    ),
    why: words(
        "A container has no kernel of its own. What is built for Windows does not start on a Linux node, and nothing in a manifest says so before it is tried.",
        "Un conteneur n’a pas de noyau à lui. Ce qui est fait pour Windows ne démarre pas sur un nœud Linux, et rien dans un manifeste ne le dit avant l’essai.",
    ),
    detects: words(
        "`kernel` of a component against the kernel of the topmost layer that is shared where it runs, or of the partition; a layer `per: application` that brings a kernel may bring any.",
        "`kernel` d’un composant face au noyau de la couche partagée la plus haute là où il tourne, ou de la partition ; une couche `per: application` qui apporte un noyau peut apporter n’importe lequel.",
    ),
    exceptions: words(
        "A cluster with nodes of two systems needs two host groups; this looks at the first. A binary-compatible layer (WSL, a compatibility library) is a kernel of its own: say so in the stack.",
        "Un cluster aux nœuds de deux systèmes demande deux groupes d’hôtes ; seul le premier est regardé. Une couche de compatibilité (WSL, bibliothèque) est un noyau à part : dites-le dans la stack.",
    ),
    remedy: words(
        "run it on a virtual machine of its own, or on a group with that kernel",
        "faites-le tourner sur sa propre machine virtuelle, ou sur un groupe avec ce noyau",
    ),
    sources: &[
        "Kubernetes documentation, Windows containers",
        "Open Container Initiative, image specification, platform",
    ],
    severity: Severity::Error,
    failing: r"
kind: stack
name: pods
layers:
  - {kind: host-os, per: host, kernel: linux}
  - {kind: container, per: application}
---
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3, stack: pods}}
clusters: {main: {distribution: eks, kubernetes: 1.35, workers: [nodes]}}
components: {prices: {kind: service, runs_on: main, kernel: windows}}
",
    passing: r"
kind: stack
name: machines
layers:
  - {kind: host-os, per: host, kernel: linux}
  - {kind: virtual-machine, per: application}
  - {kind: guest-os, per: application, kernel: linux}
---
kind: design
name: shop
context: cloud
hosts: {servers: {count: 3, stack: machines}}
components: {prices: {kind: service, runs_on: servers, kernel: windows}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let Some(needed) = &component.kernel else { continue };
        let home = view.home(component);
        let path = format!("components.{name}");
        if may_bring_its_own(view, &home) {
            verdicts.push(Verdict::pass(path));
            continue;
        }
        let Some((there, address)) = shared_kernel(view, &home) else { continue };
        if there.eq_ignore_ascii_case(needed) {
            verdicts.push(Verdict::pass(path));
            continue;
        }
        let mut verdict = Verdict::fail(
            &path,
            said!(
                "`{name}` needs the kernel {needed}, and where it runs there is {there}",
                "`{name}` a besoin du noyau {needed}, et là où il tourne il y a {there}"
            ),
        )
        .at(format!("{path}.kernel"))
        .from_facts(kernel_facts(view, &home))
        .from_facts([address.clone()]);
        // A stack is a document of its own: only what stands in the design has an address in it.
        if let Some(within) = address.strip_prefix(&format!("{}.", view.name)) {
            verdict = verdict.also(within.to_owned(), said!("the kernel there", "le noyau d’ici"));
        }
        verdicts.push(verdict);
    }
    verdicts
}
