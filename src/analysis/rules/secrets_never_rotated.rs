//! `secrets/never-rotated`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::Severity;

/// What every policy that fixes a number allows at most, with a month to spare.
const LONGEST: f64 = 400.0 * 86_400.0;

/// Secrets change.
pub static RULE: Rule = Rule {
    code: "secrets/never-rotated",
    summary: words("What a store keeps is renewed", "Ce que garde un coffre est renouvelé"),
    why: words(
        "A secret that never changes is still good years after it leaked; and one that has never been changed cannot be changed in the hour in which it must.",
        "Un secret qui ne change jamais vaut encore des années après sa fuite ; et celui qu’on n’a jamais changé ne pourra pas l’être dans l’heure où il le faudra.",
    ),
    detects: words(
        "`rotates_every` of secret stores that hold something: unsaid is a question, more than 400 days fails.",
        "`rotates_every` des coffres qui gardent quelque chose : non précisé, c’est une question ; plus de 400 jours échoue.",
    ),
    exceptions: words(
        "How often is disputed: PCI DSS asks a cryptoperiod that the entity defines, many policies say 90 days for passwords and a year for keys, and NIST no longer asks people to change passwords by the calendar. Only a year is taken as the border here. A vehicle's keys burnt in at the factory are not judged.",
        "La fréquence est discutée : PCI DSS demande une cryptopériode que l’entité définit, bien des politiques disent 90 jours pour un mot de passe et un an pour une clé, et le NIST ne demande plus de changer les mots de passe des personnes à date fixe. Seule l’année sert ici de limite. Les clés gravées en usine dans un véhicule ne sont pas jugées.",
    ),
    remedy: words(
        "state `rotates_every`, and let the store do it",
        "déclarez `rotates_every`, et laissez le coffre s’en charger",
    ),
    sources: &[
        "PCI DSS v4.0.1, 3.7.4 (end of the cryptoperiod) and 8.6.3 (passwords of system accounts)",
        "NIST SP 800-57 part 1 rev. 5, 5.3 (cryptoperiods)",
    ],
    severity: Severity::Note,
    failing: r"
kind: design
name: shop
context: cloud
components: {vault: {kind: secret-store, holds: [db]}}
",
    passing: r"
kind: design
name: shop
context: cloud
components: {vault: {kind: secret-store, holds: [db], rotates_every: 90 days}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let stores = view
        .design
        .components
        .iter()
        .filter(|(_, component)| component.kind == ComponentKind::SecretStore && !component.holds.is_empty());
    stores
        .map(|(name, store)| {
            let path = format!("components.{name}");
            match &store.rotates_every {
                None => Verdict::unanswered(
                    &path,
                    said!(
                        "how often does what `{name}` keeps change?",
                        "à quelle fréquence change ce que garde `{name}` ?"
                    ),
                )
                .at(format!("{path}.holds")),
                Some(period) if period.value() > LONGEST => Verdict::fail(
                    &path,
                    said!(
                        "what `{name}` keeps changes every {period} only",
                        "ce que garde `{name}` ne change qu’au bout de {period}",
                        period = period
                    ),
                )
                .at(format!("{path}.rotates_every")),
                Some(_) => Verdict::pass(path),
            }
        })
        .collect()
}
