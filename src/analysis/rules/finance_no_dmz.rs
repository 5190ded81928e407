//! `finance/no-dmz`

use crate::analysis::exposure::{open_by_nature, zone_of};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::organisation::{Segment, SegmentKind, Trust};
use crate::said;
use crate::source::Severity;

/// Nothing untrusted reaches an inner segment directly.
pub static RULE: Rule = Rule {
    code: "finance/no-dmz",
    summary: words(
        "What comes from outside ends in a DMZ first",
        "Ce qui vient de l’extérieur s’arrête d’abord dans une DMZ",
    ),
    why: words(
        "A DMZ is the place where somebody else's request is taken apart before it becomes one of ours. Without it, the first flaw of an inner service is a way in from the Internet.",
        "Une DMZ est le lieu où la requête d’autrui est démontée avant de devenir une des nôtres. Sans elle, la première faille d’un service interne est une entrée depuis Internet.",
    ),
    detects: words(
        "`allows` of internal and restricted segments: one from an untrusted segment that is no DMZ fails, one from a DMZ without `through` fails. And each connection from such a segment straight into an inner one.",
        "`allows` des segments internes et restreints : une entrée depuis un segment sans confiance qui n’est pas une DMZ échoue, une entrée depuis une DMZ sans `through` aussi. Et chaque connexion d’un tel segment droit vers l’intérieur.",
    ),
    exceptions: words(
        "Zero-trust designs argue that identity replaces the border. Supervisors and PCI DSS still ask for it around card data and what faces the Internet: waive it with the design that stands in its place.",
        "Les designs zero-trust soutiennent que l’identité remplace la frontière. Les superviseurs et PCI DSS l’exigent toujours autour des données de carte et de ce qui fait face à Internet : dérogez avec le design qui en tient lieu.",
    ),
    remedy: words(
        "end the flow in a segment of `kind: dmz`, and let it in from there through a WAF or a firewall",
        "arrêtez le flux dans un segment `kind: dmz`, et faites-le entrer de là par un WAF ou un pare-feu",
    ),
    sources: &[
        "PCI DSS v4.0.1, 1.4.1, 1.4.2 and 1.4.4 (controls between trusted and untrusted networks; card data not directly reachable)",
        "RTS (EU) 2024/1774 under DORA, art. 13 (segmentation and segregation)",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: finance
segments:
  internet: {trust: untrusted}
  app: {trust: internal, default: deny, allows: [{from: internet, port: 443}]}
",
    passing: r"
kind: design
name: shop
context: finance
segments:
  internet: {trust: untrusted}
  dmz: {kind: dmz, trust: untrusted, default: deny, allows: [{from: internet, port: 443, through: waf}]}
  app: {trust: internal, default: deny, allows: [{from: dmz, port: 8443, through: waf}]}
components: {waf: {kind: waf, segment: dmz}}
",
    check,
};

fn inner(segment: &Segment) -> bool {
    segment.trust >= Trust::Internal && segment.kind != Some(SegmentKind::Dmz)
}

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let segments = &view.design.segments;
    for (name, segment) in segments.iter().filter(|(_, segment)| inner(segment)) {
        let path = format!("segments.{name}");
        let before = verdicts.len();
        for (at, allowance) in segment.allows.iter().enumerate() {
            let Some(origin) = segments.get(&allowance.from.0) else { continue };
            let (from, port) = (&allowance.from, allowance.port);
            let at = format!("{path}.allows.{at}");
            if open_by_nature(origin) {
                let message = said!(
                    "`{name}` lets `{from}` in at port {port}, with no DMZ between them",
                    "`{name}` laisse entrer `{from}` au port {port}, sans DMZ entre eux"
                );
                verdicts.push(
                    Verdict::fail(&path, message)
                        .at(at)
                        .also(format!("segments.{from}.trust"), said!("untrusted", "sans confiance")),
                );
            } else if origin.kind == Some(SegmentKind::Dmz) && allowance.through.is_none() {
                let message = said!(
                    "`{name}` lets the DMZ `{from}` in at port {port} through nothing",
                    "`{name}` laisse entrer la DMZ `{from}` au port {port} sans passer par rien"
                );
                verdicts.push(Verdict::fail(&path, message).at(at).help(said!(
                    "name the firewall or WAF in `through`",
                    "nommez le pare-feu ou le WAF dans `through`"
                )));
            }
        }
        if verdicts.len() == before {
            verdicts.push(Verdict::pass(path));
        }
    }
    for (name, connection) in &view.design.connections {
        let end = |component: &str| zone_of(view, view.design.components.get(component)?);
        let (Some((left, origin)), Some((entered, target))) = (end(&connection.from), end(&connection.to)) else {
            continue;
        };
        if !open_by_nature(origin) || !inner(target) {
            continue;
        }
        let (from, to) = (&connection.from, &connection.to);
        let message = said!(
            "`{from}` in `{left}` reaches `{to}` in `{entered}` directly",
            "`{from}` dans `{left}` joint directement `{to}` dans `{entered}`"
        );
        verdicts.push(
            Verdict::fail(format!("connections.{name}"), message)
                .also(format!("segments.{entered}.trust"), said!("an inner segment", "un segment intérieur")),
        );
    }
    verdicts
}
