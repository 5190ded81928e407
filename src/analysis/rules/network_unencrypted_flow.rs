//! `network/unencrypted-flow`

use crate::analysis::exposure::{Privacy, privacy, segments};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::Connection;
use crate::said;
use crate::source::Severity;

/// What crosses a network is encrypted.
pub static RULE: Rule = Rule {
    code: "network/unencrypted-flow",
    summary: words("What crosses a network is encrypted", "Ce qui traverse un réseau est chiffré"),
    why: words(
        "On a plain flow, whoever reaches the network between the two ends reads it and changes it: requests, answers, and the credentials that go with them.",
        "Sur un flux en clair, quiconque atteint le réseau entre les deux bouts le lit et le modifie : requêtes, réponses, et les identifiants qui les accompagnent.",
    ),
    detects: words(
        "`protocol` and `encrypted` of each connection: https, ldaps, `…+tls` and their like carry their own encryption; http and its like do not unless `encrypted: true` says that something below does; PostgreSQL, gRPC, LDAP, SOME/IP and others can be spoken both ways and have to say. `https` with `encrypted: false` contradicts itself.",
        "`protocol` et `encrypted` de chaque connexion : https, ldaps, `…+tls` et leurs semblables chiffrent d’eux-mêmes ; http et les siens non, sauf si `encrypted: true` dit qu’une couche inférieure le fait ; PostgreSQL, gRPC, LDAP, SOME/IP et d’autres se parlent des deux façons et doivent le dire. `https` avec `encrypted: false` se contredit.",
    ),
    exceptions: words(
        "DNS and NTP pass: what they say is public, and their integrity is the task of DNSSEC and NTS. Memory, cables of their own and vehicle buses are no network here. Peers let plain HTTP pass inside a cluster; the position here is that a pod network is a network, and that a mesh (then `encrypted: true`) or a waiver with a date is the answer. PKCS#11 is an interface, not a wire: what carries it has to say.",
        "DNS et NTP passent : ce qu’ils disent est public, et leur intégrité est l’affaire de DNSSEC et NTS. La mémoire, les câbles dédiés et les bus d’un véhicule ne sont pas ici un réseau. D’autres laissent passer HTTP en clair dans un cluster ; la position prise : un réseau de pods est un réseau, et la réponse est un maillage (alors `encrypted: true`) ou une dérogation datée. PKCS#11 est une interface, pas un fil : ce qui le porte doit le dire.",
    ),
    remedy: words(
        "speak it over TLS, or write `encrypted: true` if a mesh or a tunnel encrypts below it",
        "passez par TLS, ou écrivez `encrypted: true` si un maillage ou un tunnel chiffre en dessous",
    ),
    sources: &[
        "PCI DSS v4.0.1, 4.2.1 (open networks) and 2.2.7 (administration)",
        "DORA (EU) 2022/2554, art. 9(3)(a), and RTS (EU) 2024/1774, art. 6 and 14 (data in transit)",
        "NIST SP 800-207, 2.1 tenet 2 (network location alone does not imply trust)",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: finance
components: {web: {kind: service}, db: {kind: database}}
connections:
  store: {from: web, to: db, protocol: postgresql, encrypted: false}
",
    passing: r"
kind: design
name: shop
context: finance
components: {web: {kind: service}, db: {kind: database}}
connections:
  store: {from: web, to: db, protocol: postgresql, encrypted: true}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    view.design.connections.iter().filter_map(|(name, connection)| judge(view, name, connection)).collect()
}

fn judge(view: &View<'_>, name: &str, connection: &Connection) -> Option<Verdict> {
    let path = format!("connections.{name}");
    let (from, to, protocol) = (&connection.from, &connection.to, &connection.protocol);
    let verdict = match privacy(connection) {
        Privacy::Link => return None,
        Privacy::Encrypted | Privacy::Public => return Some(Verdict::pass(path)),
        Privacy::Plain if connection.encrypted.is_some() => Verdict::fail(
            &path,
            said!(
                "`{from}` speaks {protocol} to `{to}` unencrypted",
                "`{from}` parle {protocol} à `{to}` sans chiffrement"
            ),
        )
        .at(format!("{path}.encrypted")),
        Privacy::Plain => Verdict::fail(
            &path,
            said!(
                "`{from}` speaks {protocol} to `{to}`, which is not encrypted",
                "`{from}` parle {protocol} à `{to}`, ce qui n’est pas chiffré"
            ),
        )
        .at(format!("{path}.protocol")),
        Privacy::Contradicted => Verdict::fail(
            &path,
            said!(
                "{protocol} encrypts by itself, and `encrypted: false` says that it does not",
                "{protocol} chiffre de lui-même, et `encrypted: false` dit le contraire"
            ),
        )
        .at(format!("{path}.encrypted"))
        .also(format!("{path}.protocol"), said!("encrypted by itself", "chiffré par lui-même"))
        .help(said!("keep the one that is true", "gardez celui qui est vrai")),
        Privacy::Unsaid => Verdict::unanswered(
            &path,
            said!(
                "is the {protocol} between `{from}` and `{to}` encrypted?",
                "le {protocol} entre `{from}` et `{to}` est-il chiffré ?"
            ),
        )
        .at(format!("{path}.protocol"))
        .help(said!(
            "write `encrypted: true` or `encrypted: false`",
            "écrivez `encrypted: true` ou `encrypted: false`"
        )),
    };
    // Where both segments are known, the reader sees at once how far the plain text travels.
    Some(match segments(view, connection) {
        (Some(left), Some(entered)) if left != entered => {
            verdict.label(said!("from segment `{left}` into `{entered}`", "du segment `{left}` vers `{entered}`"))
        }
        (Some(left), Some(_)) => verdict.label(said!("within segment `{left}`", "dans le segment `{left}`")),
        _ => verdict,
    })
}
