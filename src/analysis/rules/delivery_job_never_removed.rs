//! `delivery/job-never-removed`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A finished Job goes away.
pub static RULE: Rule = Rule {
    code: "delivery/job-never-removed",
    summary: words("A finished Job goes away", "Un Job terminé disparaît"),
    why: words(
        "Finished Jobs and their pods stay until somebody removes them: thousands of them slow down lists and the scheduler, and the next `apply` of the same name is refused, since a Job’s template cannot change.",
        "Les Jobs terminés et leurs pods restent jusqu’à ce que quelqu’un les enlève : des milliers ralentissent les listes et l’ordonnanceur, et le prochain `apply` du même nom est refusé, car le modèle d’un Job ne change pas.",
    ),
    detects: words(
        "`ttlSecondsAfterFinished` of Jobs that no CronJob made; Helm’s hooks, which Helm removes, pass.",
        "`ttlSecondsAfterFinished` des Jobs qu’aucun CronJob n’a faits ; les hooks de Helm, que Helm enlève, passent.",
    ),
    exceptions: words("Some keep Jobs as a record: a note.", "Certains gardent les Jobs comme trace : une note."),
    remedy: words("write `ttlSecondsAfterFinished: 86400`", "écrivez `ttlSecondsAfterFinished: 86400`"),
    sources: &["Kubernetes documentation, Automatic Cleanup for Finished Jobs"],
    severity: Severity::Note,
    failing: r"
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: 'registry.example/migrate:1.0.0'}]}}}
",
    passing: r"
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec: {ttlSecondsAfterFinished: 86400, template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: 'registry.example/migrate:1.0.0'}]}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view).into_iter().filter(|judged| judged.is(&["Job"]) && judged.object.owner().is_none()) {
        let hook =
            ["helm.sh/hook", "argocd.argoproj.io/hook"].iter().any(|key| judged.object.annotation(key).is_some());
        verdicts.push(if hook || judged.object.at(&["spec", "ttlSecondsAfterFinished"]).is_some() {
            Verdict::pass(judged.path())
        } else {
            let name = judged.name();
            let message = said!(
                "`{name}` stays when it is done, until somebody removes it",
                "`{name}` reste une fois fini, jusqu’à ce que quelqu’un l’enlève"
            );
            Verdict::fail(judged.path(), message).place(judged.object.place())
        });
    }
    verdicts
}
