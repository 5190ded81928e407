//! `network/unused-allowance`

use std::collections::BTreeSet;

use crate::analysis::exposure::{Passage, crossing};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// What no flow uses is not open.
pub static RULE: Rule = Rule {
    code: "network/unused-allowance",
    summary: words("What a segment allows, some flow uses", "Ce qu’un segment autorise, un flux l’utilise"),
    why: words(
        "An opening that no flow of the drawing needs is either a flow that was forgotten in the drawing, or a door that was forgotten in the wall.",
        "Une ouverture dont aucun flux du dessin n’a besoin est soit un flux oublié au dessin, soit une porte oubliée dans le mur.",
    ),
    detects: words(
        "Each line of `allows` against the connections that enter the segment from there at that port.",
        "Chaque ligne d’`allows` face aux connexions qui entrent dans le segment depuis là, à ce port.",
    ),
    exceptions: words(
        "Emergency and maintenance access is seldom drawn: draw it as a connection with a soft need, or accept the note.",
        "Les accès d’urgence et de maintenance sont rarement dessinés : dessinez-les comme une connexion de besoin `soft`, ou acceptez la note.",
    ),
    remedy: words(
        "take the line away, or draw the flow that uses it",
        "retirez la ligne, ou dessinez le flux qui l’utilise",
    ),
    sources: &["PCI DSS v4.0.1, 1.2.7 (rule sets are reviewed at least every six months) and 1.2.6"],
    severity: Severity::Note,
    failing: r"
kind: design
name: shop
context: cloud
segments:
  app: {trust: internal, default: deny}
  data: {trust: restricted, default: deny, allows: [{from: app, port: 5432}, {from: app, port: 22}]}
components: {web: {kind: service, segment: app}, db: {kind: database, segment: data}}
connections:
  store: {from: web, to: db, protocol: postgresql, port: 5432}
",
    passing: r"
kind: design
name: shop
context: cloud
segments:
  app: {trust: internal, default: deny}
  data: {trust: restricted, default: deny, allows: [{from: app, port: 5432}]}
components: {web: {kind: service, segment: app}, db: {kind: database, segment: data}}
connections:
  store: {from: web, to: db, protocol: postgresql, port: 5432}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut used: BTreeSet<(&str, usize)> = BTreeSet::new();
    for crossing in view.design.connections.values().filter_map(|connection| crossing(view, connection)) {
        if let Passage::Allowed(at, _) | Passage::Bypassed(at, _) = crossing.passage {
            used.insert((crossing.to, at));
        }
    }
    let mut verdicts = Vec::new();
    for (name, segment) in &view.design.segments {
        for (at, allowance) in segment.allows.iter().enumerate() {
            let path = format!("segments.{name}.allows.{at}");
            verdicts.push(if used.contains(&(name.as_str(), at)) {
                Verdict::pass(path)
            } else {
                let (from, port) = (&allowance.from, allowance.port);
                Verdict::fail(
                    path,
                    said!(
                        "`{name}` is open to `{from}` at port {port}, and no connection uses it",
                        "`{name}` est ouvert à `{from}` au port {port}, et aucune connexion ne s’en sert"
                    ),
                )
            });
        }
    }
    verdicts
}
