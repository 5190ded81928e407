//! `observability/logs-not-collected`

use crate::analysis::exposure::in_scope;
use crate::analysis::oversight::{is_ours, logs_of};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// What is in scope sends its log to a central store.
pub static RULE: Rule = Rule {
    code: "observability/logs-not-collected",
    summary: words(
        "What is in a regulation's scope sends its log to a central store",
        "Ce qui est dans le périmètre d’un règlement envoie son journal à un stockage central",
    ),
    why: words(
        "An intruder's first act is to mend the log of the machine they are on. Only a copy elsewhere still tells what happened, and the one box without a copy is where they stay.",
        "Le premier geste d’un intrus est de corriger le journal de la machine où il est. Seule une copie ailleurs raconte encore ce qui s’est passé, et il reste là où il n’y en a pas.",
    ),
    detects: words(
        "Each component that we run in a segment with `scope`: its log has to reach a logging component.",
        "Chaque composant que nous exploitons dans un segment à `scope` : son journal doit atteindre un composant de journalisation.",
    ),
    exceptions: words(
        "Appliances often log through their management interface, which nobody draws: draw it, with its port, because the firewall rule for it exists too.",
        "Les appliances journalisent souvent par leur interface d’administration, que personne ne dessine : dessinez-la, avec son port, puisque la règle de pare-feu existe aussi.",
    ),
    remedy: words(
        "draw the connection that carries its log to the store",
        "dessinez la connexion qui porte son journal vers le stockage",
    ),
    sources: &["PCI DSS v4.0.1, 10.2.1 (audit logs on all system components) and 10.3.3 (central log servers)"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: finance
segments: {cards: {trust: restricted, scope: [pci], default: deny}}
hosts: {boxes: {count: 2, segment: cards}, tools: {count: 1}}
components: {vault: {kind: database, runs_on: boxes}, siem: {kind: logging, runs_on: tools}}
",
    passing: r"
kind: design
name: shop
context: finance
segments: {cards: {trust: restricted, scope: [pci], default: deny}}
hosts: {boxes: {count: 2, segment: cards}, tools: {count: 1}}
components: {vault: {kind: database, runs_on: boxes}, siem: {kind: logging, runs_on: tools}}
connections: {ship: {from: vault, to: siem, protocol: syslog-tls, port: 6514, authenticated: true}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in
        view.design.components.iter().filter(|(_, component)| is_ours(view, component) && in_scope(view, component))
    {
        let path = format!("components.{name}");
        verdicts.push(if logs_of(view, name).is_empty() {
            let segment = view.segment(component).unwrap_or_default();
            Verdict::fail(
                &path,
                said!(
                    "the log of `{name}` reaches no store, and `{name}` is in the scope of PCI DSS",
                    "le journal de `{name}` n’atteint aucun stockage, et `{name}` est dans le périmètre PCI DSS"
                ),
            )
            .also(format!("segments.{segment}.scope"), said!("the scope of `{segment}`", "le périmètre de `{segment}`"))
        } else {
            Verdict::pass(path)
        });
    }
    verdicts
}
