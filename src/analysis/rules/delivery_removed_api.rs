//! `delivery/removed-api`

use crate::analysis::manifests::address;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// Objects use versions of the API that clusters still serve.
pub static RULE: Rule = Rule {
    code: "delivery/removed-api",
    summary: words(
        "Objects use an API version that clusters still serve",
        "Les objets utilisent une version d’API que les clusters servent encore",
    ),
    why: words(
        "The next cluster refuses the object: an upgrade, or a restore elsewhere, stops in the middle.",
        "Le prochain cluster refuse l’objet : une mise à niveau, ou une restauration ailleurs, s’arrête au milieu.",
    ),
    detects: words(
        "`apiVersion` and `kind` against the versions that Kubernetes has removed up to 1.32.",
        "`apiVersion` et `kind` comparés aux versions que Kubernetes a retirées jusqu’à 1.32.",
    ),
    exceptions: words(
        "A cluster that is old on purpose still serves it; that cluster is the larger risk.",
        "Un cluster volontairement ancien la sert encore ; ce cluster est le plus grand risque.",
    ),
    remedy: words(
        "write the version that replaces it; `kubectl convert` helps",
        "écrivez la version qui la remplace ; `kubectl convert` aide",
    ),
    sources: &["Kubernetes documentation, Deprecated API Migration Guide"],
    severity: Severity::Warning,
    failing: r"
apiVersion: apps/v1beta1
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
    check,
};

/// Versions that are gone: the group and version, kinds (none: all), since when, what replaces it.
const REMOVED: [(&str, &[&str], &str, &str); 15] = [
    ("extensions/v1beta1", &["Ingress"], "1.22", "networking.k8s.io/v1"),
    ("extensions/v1beta1", &["NetworkPolicy"], "1.16", "networking.k8s.io/v1"),
    ("extensions/v1beta1", &["PodSecurityPolicy"], "1.16", "Pod Security Admission"),
    ("extensions/v1beta1", &[], "1.16", "apps/v1"),
    ("apps/v1beta1", &[], "1.16", "apps/v1"),
    ("apps/v1beta2", &[], "1.16", "apps/v1"),
    ("networking.k8s.io/v1beta1", &["Ingress", "IngressClass"], "1.22", "networking.k8s.io/v1"),
    ("batch/v1beta1", &["CronJob"], "1.25", "batch/v1"),
    ("batch/v2alpha1", &["CronJob"], "1.21", "batch/v1"),
    ("policy/v1beta1", &["PodDisruptionBudget"], "1.25", "policy/v1"),
    ("policy/v1beta1", &["PodSecurityPolicy"], "1.25", "Pod Security Admission"),
    ("autoscaling/v2beta1", &[], "1.25", "autoscaling/v2"),
    ("autoscaling/v2beta2", &[], "1.26", "autoscaling/v2"),
    ("rbac.authorization.k8s.io/v1beta1", &[], "1.22", "rbac.authorization.k8s.io/v1"),
    ("storage.k8s.io/v1beta1", &["StorageClass"], "1.22", "storage.k8s.io/v1"),
];

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let Some(unit) = view.unit() else { return verdicts };
    let component = |at: usize| {
        unit.workloads
            .iter()
            .find(|workload| workload.object == at)
            .map(|workload| format!("components.{}", workload.component))
    };
    for (i, object) in unit.objects.iter().enumerate() {
        let gone = REMOVED.iter().find(|(version, kinds, ..)| {
            *version == object.api_version && (kinds.is_empty() || kinds.contains(&object.kind.as_str()))
        });
        let path = match (object.runs_pods(), component(i)) {
            (true, None) => continue,
            (true, Some(path)) => path,
            (false, _) => address(object),
        };
        verdicts.push(match gone {
            None => Verdict::pass(path),
            Some((version, _, since, instead)) => {
                let kind = &object.kind;
                let message = said!(
                    "Kubernetes serves no `{kind}` of `{version}` since {since}",
                    "Kubernetes ne sert plus de `{kind}` de `{version}` depuis {since}",
                    version = version,
                    since = since
                );
                let place = object.at(&["apiVersion"]).map_or_else(|| object.place(), |node| node.span);
                Verdict::fail(path, message).place(place).help(said!(
                    "write `{instead}`",
                    "écrivez `{instead}`",
                    instead = instead
                ))
            }
        });
    }
    verdicts
}
