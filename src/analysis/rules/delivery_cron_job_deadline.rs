//! `delivery/cron-job-deadline`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A CronJob says how late it may still start.
pub static RULE: Rule = Rule {
    code: "delivery/cron-job-deadline",
    summary: words(
        "A CronJob says how late it may still start",
        "Un CronJob dit avec quel retard il peut encore démarrer",
    ),
    why: words(
        "After a control plane that was down, runs that were missed all count; past a hundred the CronJob never starts again.",
        "Après une panne du plan de contrôle, chaque exécution manquée compte ; au-delà de cent, le CronJob ne démarre plus jamais.",
    ),
    detects: words("`startingDeadlineSeconds` of each CronJob.", "`startingDeadlineSeconds` de chaque CronJob."),
    exceptions: words(
        "What must run however late leaves it out; then watch that it ran.",
        "Ce qui doit tourner quel que soit le retard l’omet ; vérifiez alors qu’il a tourné.",
    ),
    remedy: words("state `startingDeadlineSeconds`", "écrivez `startingDeadlineSeconds`"),
    sources: &["Kubernetes documentation, CronJob, Deadline for delayed Job start"],
    severity: Severity::Warning,
    failing: r"
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec: {schedule: '0 3 * * *', jobTemplate: {spec: {template: {spec: {restartPolicy: OnFailure, containers: [{name: report, image: 'registry.example/report:1.0.0'}]}}}}}
",
    passing: r"
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec: {schedule: '0 3 * * *', startingDeadlineSeconds: 600, jobTemplate: {spec: {template: {spec: {restartPolicy: OnFailure, containers: [{name: report, image: 'registry.example/report:1.0.0'}]}}}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view).into_iter().filter(|judged| judged.is(&["CronJob"])) {
        verdicts.push(if judged.object.at(&["spec", "startingDeadlineSeconds"]).is_some() {
            Verdict::pass(judged.path())
        } else {
            let name = judged.name();
            let message = said!(
                "`{name}` does not say how late it may start",
                "`{name}` ne dit pas avec quel retard il peut démarrer"
            );
            let place = judged.object.at(&["spec", "schedule"]).map_or_else(|| judged.object.place(), |node| node.span);
            Verdict::fail(judged.path(), message).place(place)
        });
    }
    verdicts
}
