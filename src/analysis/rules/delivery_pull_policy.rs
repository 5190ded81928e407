//! `delivery/pull-policy`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::{Container, image};
use crate::design::model::config::Ask;
use crate::said;
use crate::source::Severity;

/// A tag that can move is pulled each time, where that is wanted.
pub static RULE: Rule = Rule {
    code: "delivery/pull-policy",
    summary: words(
        "An image is pulled at each start, where that is wanted",
        "Une image est récupérée à chaque démarrage, si on le veut",
    ),
    why: words(
        "With another policy a node starts the image it once pulled under that tag: after a push two nodes run different code, and images of private registries start for pods without a right to them.",
        "Avec une autre politique, un nœud démarre l’image récupérée un jour sous cette étiquette : après un push, deux nœuds exécutent un code différent, et des images privées démarrent pour des pods sans droit d’accès.",
    ),
    detects: words(
        "`imagePullPolicy` of each container, completed as Kubernetes does (`Always` for `latest` and no tag, else `IfNotPresent`). By default only a moving tag with another policy than `Always` fails; `ask: always` asks it of every container.",
        "`imagePullPolicy` de chaque conteneur, complété comme le fait Kubernetes (`Always` pour `latest` et sans étiquette, sinon `IfNotPresent`). Par défaut, seule une étiquette mouvante sans `Always` échoue ; `ask: always` le demande à tout conteneur.",
    ),
    exceptions: words(
        "Peers ask for `Always` everywhere. The position here: a fixed version never changes, and a registry that is down should not keep a pod from starting.",
        "D’autres outils exigent `Always` partout. La position prise : une version fixe ne change pas, et un registre en panne ne doit pas empêcher un pod de démarrer.",
    ),
    remedy: words(
        "set `imagePullPolicy: Always`, or fix the version",
        "écrivez `imagePullPolicy: Always`, ou fixez la version",
    ),
    sources: &["Kubernetes documentation, Images, Image pull policy"],
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
          image: registry.example/web:latest
          imagePullPolicy: IfNotPresent
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
          imagePullPolicy: IfNotPresent
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let stale = |container: &Container<'_>| {
            let Some(image) = container.image().map(image::parse) else { return false };
            let moves = !image.digest && matches!(image.tag, None | Some("latest"));
            let policy = container.text(&["imagePullPolicy"]).unwrap_or(if moves { "Always" } else { "IfNotPresent" });
            policy != "Always" && (always || moves)
        };
        let broken: Vec<_> = judged
            .containers()
            .into_iter()
            .filter(stale)
            .map(|container| (container, container.key("imagePullPolicy")))
            .collect();
        verdicts.push(judged.verdict(&broken, |who| {
            said!(
                "{who} may start an old image of the same name",
                "{who} peut démarrer une ancienne image du même nom",
                who = who
            )
        }));
    }
    verdicts
}
