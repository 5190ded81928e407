//! `network/unauthenticated-flow`

use crate::analysis::exposure::{Privacy, is_sensitive, privacy, zone_of};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// Who asks what is sensitive proves who it is.
pub static RULE: Rule = Rule {
    code: "network/unauthenticated-flow",
    summary: words(
        "Who asks what is sensitive proves who it is",
        "Qui interroge ce qui est sensible prouve son identité",
    ),
    why: words(
        "A segment is a wall, not an identity: without one, whatever gets inside may ask the database, the vault or the brakes, and nobody can say afterwards who did.",
        "Un segment est un mur, pas une identité : sans elle, tout ce qui est à l’intérieur peut interroger la base, le coffre ou les freins, et nul ne pourra dire ensuite qui l’a fait.",
    ),
    detects: words(
        "`authenticated` of each connection whose answerer stands in a restricted segment or a regulation's scope, or keeps data or secrets.",
        "`authenticated` de chaque connexion dont le répondant est dans un segment restreint ou dans le périmètre d’un règlement, ou garde des données ou des secrets.",
    ),
    exceptions: words(
        "Memory, cables of their own and vehicle buses are not judged: there the sender is the wire, and what crosses safety levels is `automotive/interference`'s question. DNS and NTP have public answers.",
        "La mémoire, les câbles dédiés et les bus d’un véhicule ne sont pas jugés : l’expéditeur y est le fil, et ce qui traverse des niveaux de sûreté relève de `automotive/interference`. DNS et NTP ont des réponses publiques.",
    ),
    remedy: words(
        "let the asker prove itself: mutual TLS, a workload identity, a password from a secret store",
        "faites s’authentifier le demandeur : TLS mutuel, identité de charge, mot de passe d’un coffre",
    ),
    sources: &[
        "PCI DSS v4.0.1, 7.2.5 and 8.2.1 (system accounts, unique identities)",
        "RTS (EU) 2024/1774 under DORA, art. 20 and 21 (identity, access)",
        "NIST SP 800-207, 2.1 tenet 6",
        "UNECE R155, annex 5",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: finance
components: {web: {kind: service}, db: {kind: database}}
connections:
  store: {from: web, to: db, protocol: postgresql, encrypted: true, authenticated: false}
",
    passing: r"
kind: design
name: shop
context: finance
components: {web: {kind: service}, db: {kind: database}}
connections:
  store: {from: web, to: db, protocol: postgresql, encrypted: true, authenticated: true}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, connection) in &view.design.connections {
        let Some(answerer) = view.design.components.get(&connection.to.0) else { continue };
        if !is_sensitive(view, answerer) || matches!(privacy(connection), Privacy::Link | Privacy::Public) {
            continue;
        }
        let path = format!("connections.{name}");
        let (from, to) = (&connection.from, &connection.to);
        let mut verdict = match connection.authenticated {
            Some(true) => {
                verdicts.push(Verdict::pass(path));
                continue;
            }
            Some(false) => Verdict::fail(
                &path,
                said!(
                    "`{from}` asks `{to}` without proving who it is",
                    "`{from}` interroge `{to}` sans prouver son identité"
                ),
            )
            .at(format!("{path}.authenticated")),
            None => Verdict::unanswered(
                &path,
                said!("does `{from}` prove to `{to}` who it is?", "`{from}` prouve-t-il son identité à `{to}` ?"),
            )
            .help(said!(
                "write `authenticated: true` or `authenticated: false`",
                "écrivez `authenticated: true` ou `authenticated: false`"
            )),
        };
        if let Some((segment, _)) = zone_of(view, answerer) {
            verdict = verdict.also(
                format!("segments.{segment}.trust"),
                said!("`{to}` stands in `{segment}`", "`{to}` est dans `{segment}`"),
            );
        }
        verdicts.push(verdict);
    }
    verdicts
}
