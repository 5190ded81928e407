//! `automotive/no-secure-boot`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A vehicle's computer starts only signed software.
pub static RULE: Rule = Rule {
    code: "automotive/no-secure-boot",
    summary: words(
        "A vehicle's computer starts only signed software",
        "Un calculateur de véhicule ne démarre que du logiciel signé",
    ),
    why: words(
        "Checking updates is in vain if what lies in flash is started unchecked: whoever writes there once, in a workshop or through a flaw, stays for the life of the vehicle.",
        "Vérifier les mises à jour est vain si le contenu de la flash démarre sans contrôle : qui y écrit une fois, en atelier ou par une faille, reste pour la vie du véhicule.",
    ),
    detects: words(
        "`secure_boot` of each host group that has partitions or stands in a vehicle.",
        "`secure_boot` de chaque groupe d’hôtes qui a des partitions ou se trouve dans un véhicule.",
    ),
    exceptions: words(
        "A development bench starts what it is given: describe it as a lab.",
        "Un banc de développement démarre ce qu’on lui donne : décrivez-le comme un lab.",
    ),
    remedy: words(
        "anchor the boot chain in hardware, and state `secure_boot: true`",
        "ancrez la chaîne de démarrage dans le matériel, et déclarez `secure_boot: true`",
    ),
    sources: &["UNECE R155, annex 5, part B (mitigation M10 and following)", "ISO/SAE 21434:2021"],
    severity: Severity::Error,
    failing: r"
kind: design
name: car
context: automotive
sites: {vehicle: {kind: vehicle}}
hosts: {soc: {count: 1, in: [vehicle], secure_boot: false}}
",
    passing: r"
kind: design
name: car
context: automotive
sites: {vehicle: {kind: vehicle}}
hosts: {soc: {count: 1, in: [vehicle], secure_boot: true}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    use crate::design::model::place::SiteKind;
    let mut verdicts = Vec::new();
    for (name, hosts) in &view.design.hosts {
        let drives =
            hosts.at.iter().any(|place| view.site_of(&place.0).is_some_and(|(_, site)| site.kind == SiteKind::Vehicle));
        if !drives && !view.design.partitions.values().any(|partition| *partition.runs_on == **name) {
            continue;
        }
        let path = format!("hosts.{name}");
        verdicts.push(match hosts.secure_boot {
            Some(true) => Verdict::pass(path),
            Some(false) => Verdict::fail(
                &path,
                said!("`{name}` starts whatever lies in its flash", "`{name}` démarre ce qui se trouve dans sa flash"),
            )
            .at(format!("{path}.secure_boot")),
            None => Verdict::unanswered(
                path,
                said!("does `{name}` start only signed software?", "`{name}` ne démarre-t-il que du logiciel signé ?"),
            )
            .help(said!("state `secure_boot`", "déclarez `secure_boot`")),
        });
    }
    verdicts
}
