//! `model/one-name-twice`

use crate::analysis::manifests::address;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Object;
use crate::said;
use crate::source::Severity;

/// An object stands once.
pub static RULE: Rule = Rule {
    code: "model/one-name-twice",
    summary: words("No object stands twice under one name", "Aucun objet ne figure deux fois sous un même nom"),
    why: words(
        "The second overwrites the first when the file is applied, in the order in which it happens to be read.",
        "Le second écrase le premier à l’application du fichier, dans l’ordre où il se trouve lu.",
    ),
    detects: words(
        "Kind, namespace and name of the objects of one file.",
        "Le type, le namespace et le nom des objets d’un même fichier.",
    ),
    exceptions: words(
        "None is known within one file; variants stand in files or folders of their own.",
        "Aucune n’est connue dans un même fichier ; les variantes ont leurs propres fichiers ou dossiers.",
    ),
    remedy: words(
        "rename one, or give it another namespace",
        "renommez l’un des deux, ou donnez-lui un autre namespace",
    ),
    sources: &["Kubernetes documentation, Object Names and IDs"],
    severity: Severity::Warning,
    failing: r"
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
",
    passing: r"
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let Some(unit) = view.unit() else { return Vec::new() };
    let mut seen: std::collections::BTreeMap<(&str, &str, &str, u32), &Object> = std::collections::BTreeMap::new();
    let mut verdicts = Vec::new();
    for object in unit.objects.iter().filter(|object| !object.name.is_empty() && !object.runs_pods()) {
        let key = (object.kind.as_str(), object.namespace(), object.name.as_str(), object.file.0);
        verdicts.push(match seen.insert(key, object) {
            None => Verdict::pass(address(object)),
            Some(first) => {
                let label = object.label();
                let message = said!("`{label}` stands here twice", "`{label}` figure ici deux fois");
                Verdict::fail(address(object), message)
                    .place(object.place())
                    .and(first.place(), said!("first here", "une première fois ici"))
            }
        });
    }
    verdicts
}
