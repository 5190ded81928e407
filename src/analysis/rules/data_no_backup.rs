//! `data/no-backup`

use super::data_copies::databases;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Home, View};
use crate::said;
use crate::source::Severity;

/// Every database has a backup.
pub static RULE: Rule = Rule {
    code: "data/no-backup",
    summary: words("Every database has a backup", "Toute base de données a une sauvegarde"),
    why: words(
        "Replication copies a wrong `DELETE`, a bad migration and an encryption by ransomware within milliseconds: only a backup goes back before them.",
        "La réplication recopie un `DELETE` fautif, une mauvaise migration ou un chiffrement par rançongiciel en quelques millisecondes : seule une sauvegarde revient avant.",
    ),
    detects: words("`backups` of every database.", "Les `backups` de toute base de données."),
    exceptions: words(
        "Data that can be produced again in the time that is promised need none: waive it, with the script that does it. A provider's database is asked about, since a managed database often keeps backups by default, and for a few days only.",
        "Des données qu’on sait reproduire dans le délai promis n’en ont pas besoin : accordez une dérogation qui cite le script. Pour la base d’un fournisseur, la question est posée, car une base managée en garde souvent par défaut, et pour quelques jours seulement.",
    ),
    remedy: words(
        "state `backups`: a base backup a day and the log every minute or few, to an object storage elsewhere",
        "écrivez `backups` : une sauvegarde de base par jour et le journal toutes les quelques minutes, vers un stockage objet situé ailleurs",
    ),
    sources: &["PostgreSQL documentation, Backup and Restore", "EU 2022/2554 (DORA), art. 12(1)"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {machines: {count: 2}}
components:
  data: {kind: database, runs_on: machines, replication: {members: 2, mode: synchronous}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {machines: {count: 2}}
components:
  data: {kind: database, runs_on: machines, backups: {base: {kind: base, every: 1 day, keep: 14 days, to: store}}}
  store: {kind: object-storage, runs_on: machines}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in databases(view) {
        let path = format!("components.{name}");
        verdicts.push(if !component.backups.is_empty() {
            Verdict::pass(path)
        } else if let Home::ThirdParty(provider, _) = view.home(component) {
            let question = said!(
                "does `{provider}` back up `{name}`, how often, and for how long are copies kept?",
                "`{provider}` sauvegarde-t-il `{name}`, à quelle fréquence, et combien de temps les copies sont-elles gardées ?"
            );
            Verdict::unanswered(&path, question).at(format!("{path}.runs_on"))
        } else if component.replication.as_ref().is_some_and(|replication| replication.members > 1) {
            let message = said!(
                "`{name}` has no backup, and replication copies every mistake",
                "`{name}` n’a pas de sauvegarde, et la réplication recopie chaque erreur"
            );
            Verdict::fail(&path, message).also(format!("{path}.replication"), said!("no way back before a mistake", "aucun retour avant une erreur"))
        } else {
            Verdict::fail(path, said!("`{name}` has no backup", "`{name}` n’a pas de sauvegarde"))
        });
    }
    verdicts
}
