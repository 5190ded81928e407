//! `network/unencrypted-link`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// Links between sites are encrypted, and there are two of them.
pub static RULE: Rule = Rule {
    code: "network/unencrypted-link",
    summary: words(
        "A link between sites is encrypted and has a second path",
        "Un lien entre sites est chiffré et a un second chemin",
    ),
    why: words(
        "Fibres between buildings are tapped and dug up: a link outside our walls carries replication and backups as they are, and a single path turns an excavator into a split cluster.",
        "Une fibre entre bâtiments s’écoute et s’arrache : un lien hors de nos murs porte réplication et sauvegardes telles quelles, et un chemin unique fait d’une pelleteuse une coupure du cluster.",
    ),
    detects: words(
        "`encrypted` and `paths` of each link; unsaid is a question.",
        "`encrypted` et `paths` de chaque lien ; non précisé, c’est une question.",
    ),
    exceptions: words(
        "Where every flow over the link is encrypted end to end, encrypting the link adds little; auditors still ask for it on dark fibre, because management traffic is seldom in the drawing. A witness needs two paths as much as a datacentre does: it decides during a split.",
        "Si chaque flux du lien est chiffré de bout en bout, chiffrer le lien apporte peu ; les auditeurs le demandent quand même sur fibre noire, car le trafic d’administration figure rarement au dessin. Un témoin a besoin de deux chemins autant qu’un datacentre : c’est lui qui tranche lors d’une coupure.",
    ),
    remedy: words(
        "encrypt the link (MACsec, IPsec, the wavelength) and take a second path",
        "chiffrez le lien (MACsec, IPsec, longueur d’onde) et prenez un second chemin",
    ),
    sources: &[
        "RTS (EU) 2024/1774 under DORA, art. 6, 13 and 14 (encryption and network security)",
        "PCI DSS v4.0.1, 4.2.1",
    ],
    severity: Severity::Note,
    failing: r"
kind: design
name: shop
context: finance
sites: {north: {kind: datacentre}, south: {kind: datacentre}}
links: {fibre: {between: [north, south], round_trip: 2 ms, encrypted: true, paths: 1}}
",
    passing: r"
kind: design
name: shop
context: finance
sites: {north: {kind: datacentre}, south: {kind: datacentre}}
links: {fibre: {between: [north, south], round_trip: 2 ms, encrypted: true, paths: 2}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, link) in &view.design.links {
        let path = format!("links.{name}");
        let ends = crate::source::Said::list(&link.between);
        let before = verdicts.len();
        match link.encrypted {
            Some(true) => {}
            Some(false) => verdicts.push(
                Verdict::fail(
                    &path,
                    said!(
                        "what passes between {ends} is not encrypted",
                        "ce qui passe entre {ends} n’est pas chiffré",
                        ends = ends
                    ),
                )
                .at(format!("{path}.encrypted")),
            ),
            None => verdicts.push(Verdict::unanswered(
                &path,
                said!(
                    "is what passes between {ends} encrypted?",
                    "ce qui passe entre {ends} est-il chiffré ?",
                    ends = ends
                ),
            )),
        }
        match link.paths {
            Some(paths) if paths > 1 => {}
            Some(_) => verdicts.push(
                Verdict::fail(
                    &path,
                    said!("{ends} are joined by one path", "{ends} sont joints par un seul chemin", ends = ends),
                )
                .at(format!("{path}.paths")),
            ),
            None => verdicts.push(Verdict::unanswered(
                &path,
                said!(
                    "by how many separate paths are {ends} joined?",
                    "par combien de chemins distincts {ends} sont-ils joints ?",
                    ends = ends
                ),
            )),
        }
        if verdicts.len() == before {
            verdicts.push(Verdict::pass(path));
        }
    }
    verdicts
}
