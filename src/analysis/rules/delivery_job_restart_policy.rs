//! `delivery/job-restart-policy`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A Job says whether its pods are started again.
pub static RULE: Rule = Rule {
    code: "delivery/job-restart-policy",
    summary: words("A Job says whether its pods are started again", "Un Job dit si ses pods sont redémarrés"),
    why: words(
        "The default, `Always`, is not allowed for Jobs: the API server refuses it, at three in the morning when the CronJob first runs if an operator makes it.",
        "Le défaut, `Always`, est interdit aux Jobs : l’API server le refuse, à trois heures du matin quand le CronJob tourne pour la première fois si un opérateur le fabrique.",
    ),
    detects: words(
        "`restartPolicy` of the pods of Jobs and CronJobs is `OnFailure` or `Never`.",
        "`restartPolicy` des pods de Jobs et CronJobs vaut `OnFailure` ou `Never`.",
    ),
    exceptions: words("None is known.", "Aucune n’est connue."),
    remedy: words(
        "write `restartPolicy: OnFailure`, or `Never` to keep failed pods for a look at their logs",
        "écrivez `restartPolicy: OnFailure`, ou `Never` pour garder les pods échoués et lire leurs journaux",
    ),
    sources: &["Kubernetes documentation, Jobs, Pod template"],
    severity: Severity::Error,
    failing: r"
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec: {schedule: '0 3 * * *', jobTemplate: {spec: {template: {spec: {containers: [{name: report, image: 'registry.example/report:1.0.0'}]}}}}}
",
    passing: r"
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec: {schedule: '0 3 * * *', jobTemplate: {spec: {template: {spec: {restartPolicy: OnFailure, containers: [{name: report, image: 'registry.example/report:1.0.0'}]}}}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view).into_iter().filter(|judged| judged.object.ends()) {
        verdicts.push(match judged.pod_text("restartPolicy") {
            Some("OnFailure" | "Never") => Verdict::pass(judged.path()),
            said => {
                let name = judged.name();
                let policy = said.unwrap_or("Always");
                let message = said!(
                    "the pods of `{name}` are to be started again `{policy}`, which a Job may not",
                    "les pods de `{name}` sont à redémarrer `{policy}`, ce qu’un Job ne peut pas"
                );
                let place = judged.pod().and_then(|pod| pod.get("restartPolicy"));
                Verdict::fail(judged.path(), message)
                    .place(place.map_or_else(|| judged.object.place(), |node| node.span))
            }
        });
    }
    verdicts
}
