//! `delivery/instance-label`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::Severity;

/// The recommended instance label names the object.
pub static RULE: Rule = Rule {
    code: "delivery/instance-label",
    summary: words(
        "The label `app.kubernetes.io/instance` names the object, where that is wanted",
        "L’étiquette `app.kubernetes.io/instance` nomme l’objet, si on le veut",
    ),
    why: words(
        "Dashboards and cost reports group by this label; what lacks it stands in nobody’s column.",
        "Tableaux de bord et coûts sont groupés par cette étiquette ; ce qui ne l’a pas n’est dans la colonne de personne.",
    ),
    detects: words(
        "`app.kubernetes.io/instance` of workloads against their names, where `ask: always` asks for it.",
        "`app.kubernetes.io/instance` des charges comparé à leurs noms, si `ask: always` le demande.",
    ),
    exceptions: words(
        "Charts put the release’s name there on purpose, which differs. The position here: not asked, unless `ask: always`.",
        "Les charts y mettent exprès le nom de la release, qui diffère. La position prise : ce n’est pas demandé, sauf `ask: always`.",
    ),
    remedy: words("set the label to the object’s name", "donnez à l’étiquette le nom de l’objet"),
    sources: &["Kubernetes documentation, Recommended Labels"],
    severity: Severity::Warning,
    failing: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.4.2
",
    passing: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app.kubernetes.io/instance: web}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.4.2
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::Never) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let labels = judged.object.labels();
        let instance = labels.iter().find(|(key, _)| *key == "app.kubernetes.io/instance");
        if instance.is_some_and(|(_, value)| *value == judged.object.name) {
            verdicts.push(Verdict::pass(judged.path()));
        } else if always {
            let name = judged.name();
            let message = said!(
                "the instance label of `{name}` is another, or absent",
                "l’étiquette d’instance de `{name}` est autre, ou absente"
            );
            verdicts.push(Verdict::fail(judged.path(), message).place(judged.object.place()));
        }
    }
    verdicts
}
