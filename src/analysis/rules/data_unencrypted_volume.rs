//! `data/unencrypted-volume`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// Volumes that keep data are encrypted.
pub static RULE: Rule = Rule {
    code: "data/unencrypted-volume",
    summary: words("Volumes that keep data are encrypted", "Les volumes qui gardent des données sont chiffrés"),
    why: words(
        "A disk that is sold, sent back or copied as a snapshot is read by whoever has it; encryption of the volume leaves them nothing.",
        "Un disque revendu, renvoyé ou copié par instantané se lit chez qui le tient ; le chiffrement du volume ne lui laisse rien.",
    ),
    detects: words(
        "`storage.encrypted` of each component that states a volume: `false` is a failure, silence a question.",
        "`storage.encrypted` de chaque composant qui indique un volume : `false` est un défaut, le silence une question.",
    ),
    exceptions: words(
        "It protects against a lost disk, not against whoever reads the mounted volume or the running database; Secrets need encryption at API level, which another rule judges. A lab is not judged.",
        "Cela protège d’un disque perdu, pas de qui lit le volume monté ou la base en marche ; les Secrets demandent un chiffrement au niveau de l’API, qu’une autre règle juge. Un lab n’est pas jugé.",
    ),
    remedy: words(
        "take an encrypted storage class and write `encrypted: true`",
        "prenez une classe de stockage chiffrée et écrivez `encrypted: true`",
    ),
    sources: &["Kubernetes documentation, Storage Classes", "EU 2022/2554 (DORA), art. 9(3)"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {machines: {count: 1}}
components:
  orders: {kind: database, runs_on: machines, storage: {size: 10 GiB, encrypted: false}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {machines: {count: 1}}
components:
  orders: {kind: database, runs_on: machines, storage: {size: 10 GiB, encrypted: true}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let volumes =
        view.design.components.iter().filter_map(|(name, component)| Some((name, component.storage.as_ref()?)));
    volumes
        .map(|(name, storage)| {
            let path = format!("components.{name}.storage");
            match storage.encrypted {
                Some(true) => Verdict::pass(path),
                Some(false) => {
                    let message =
                        said!("the volume of `{name}` is not encrypted", "le volume de `{name}` n’est pas chiffré");
                    Verdict::fail(&path, message).at(format!("{path}.encrypted"))
                }
                None => Verdict::unanswered(
                    path,
                    said!("is the volume of `{name}` encrypted?", "le volume de `{name}` est-il chiffré ?"),
                ),
            }
        })
        .collect()
}
