//! `table: secrets`: where each secret lives, who may read it, and at which level it is encrypted.

use super::{Request, title_of};
use crate::analysis::rule::{Words, words};
use crate::analysis::secrets::secrets;
use crate::analysis::view::View;
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "Each secret: where it lives, who uses it, who may read it, and at which level it is encrypted.",
    "Chaque secret : où il vit, qui s’en sert, qui peut le lire, et à quel niveau il est chiffré.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let found = secrets(&view);
    let mut plain = Vec::new();
    let rows = found
        .iter()
        .map(|secret| {
            let (level, mark) = match secret.at_rest.value {
                None => (said!("in no cluster", "dans aucun cluster"), Mark::None),
                Some(level) => (level.title(), if level.is_encrypted() { Mark::Good } else { Mark::Bad }),
            };
            if mark == Mark::Bad {
                plain.push(secret.name);
            }
            let names = |names: &std::collections::BTreeSet<&str>| {
                if names.is_empty() {
                    request.say(&said!("nobody", "personne"))
                } else {
                    names.iter().copied().collect::<Vec<_>>().join(", ")
                }
            };
            let idle = secret.idle_readers();
            let idle_said = if idle.is_empty() {
                String::new()
            } else {
                let list = Said::list(&idle);
                request.say(&said!("does not use it: {list}", "sans s’en servir : {list}", list = list))
            };
            Row::of(vec![
                Cell::new(secret.name).facts([view.path(&secret.declared_at)]),
                request.derived(&secret.lives.value, &secret.lives),
                request.derived(&level, &secret.at_rest).marked(mark),
                request.derived(&secret.keys.value, &secret.keys),
                Cell {
                    facts: secret.users.facts.clone().into(),
                    derivation: carried(&view, secret.name),
                    ..Cell::new(names(&secret.users.value))
                },
                Cell {
                    facts: secret.readers.facts.clone().into(),
                    derivation: idle_said,
                    ..Cell::new(names(&secret.readers.value))
                },
                request.derived(&secret.delivered.value, &secret.delivered),
                request.derived(&secret.rotated.value, &secret.rotated),
            ])
        })
        .collect();
    let answer = if found.is_empty() {
        said!("The design names no secret.", "La conception ne nomme aucun secret.")
    } else if plain.is_empty() {
        said!(
            "No secret lies unencrypted in a cluster’s datastore.",
            "Aucun secret ne repose en clair dans le magasin d’un cluster."
        )
    } else {
        let names = Said::list(&plain);
        said!(
            "Readable by whoever reads the datastore: {names}.",
            "Lisible par qui lit le magasin d’état : {names}.",
            names = names
        )
    };
    let title = said!("Where the secrets are: {title}", "Où sont les secrets : {title}", title = title_of(&view));
    let note = said!(
        "Base64 is only the form in which the API shows a value; what counts is what the datastore holds.",
        "Le base64 n’est que la forme sous laquelle l’API montre une valeur ; ce qui compte est ce que le magasin contient."
    );
    let columns = [
        said!("Secret", "Secret"),
        said!("Lives in", "Vit dans"),
        said!("Encrypted there", "Chiffré là"),
        said!("Keys", "Clés"),
        said!("Used by", "Utilisé par"),
        said!("May be read by", "Lisible par"),
        said!("Delivered by", "Remis par"),
        said!("Changes", "Change"),
    ];
    let body =
        request.table(&columns, rows, &said!("The design names no secret.", "La conception ne nomme aucun secret."));
    Some(request.figure("secrets", &title, &answer, &note, body))
}

/// Through which variables and files a secret is carried: `DB_PASSWORD ← password`.
fn carried(view: &View<'_>, secret: &str) -> String {
    let references = view
        .design
        .components
        .values()
        .flat_map(|component| component.env_from_secrets.iter().chain(&component.files_from_secrets));
    let mut carried: Vec<String> = references
        .filter(|(_, reference)| *reference.secret == *secret)
        .map(|(name, reference)| format!("{name} ← {}", reference.key))
        .collect();
    carried.dedup();
    carried.join(", ")
}
