//! The fix of a credential in the environment of a Kubernetes workload: it becomes a Secret in the same
//! file and a `secretKeyRef`, so that what runs is the same and the value is written nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use super::credentials::looks_like_one;
use crate::source::{Diagnostic, Edit, Entry, FileId, Fix, Kind, Node, Sources, Span, read};

/// Gives each finding of a credential in a workload's environment its fix. One fix is that of all
/// credentials of a workload: they go into one Secret.
pub fn attach(found: &mut [Diagnostic], sources: &Sources) {
    let mut fixes: BTreeMap<FileId, Vec<(Span, Fix)>> = BTreeMap::new();
    for diagnostic in found.iter_mut().filter(|diagnostic| diagnostic.code == "secrets/plaintext-credentials") {
        let place = diagnostic.primary.span;
        let fixes = fixes.entry(place.file).or_insert_with(|| of_file(sources, place.file));
        let about = |span: &Span| span.start <= place.start && place.end <= span.end;
        if let Some((_, fix)) = fixes.iter().find(|(span, _)| about(span)) {
            diagnostic.fix = Some(fix.clone());
        }
    }
}

/// The fix of each workload of a file that has one, with the span of the workload.
fn of_file(sources: &Sources, file: FileId) -> Vec<(Span, Fix)> {
    let text = &sources.file(file).text;
    let roots: Vec<Node> = read(sources, file).0.into_iter().filter_map(|document| document.root).collect();
    // JSON holds one document, and so no place for another.
    if text.trim_start().starts_with(['{', '[']) {
        return Vec::new();
    }
    let objects: Vec<&Node> = roots.iter().flat_map(objects).collect();
    let mut taken: BTreeSet<String> = objects.iter().filter_map(|object| name(object)).map(str::to_owned).collect();
    objects.iter().filter_map(|object| Some((object.span, of_workload(sources, file, object, &mut taken)?))).collect()
}

/// An object, or the objects of a list.
fn objects(root: &Node) -> Vec<&Node> {
    match root.get("items") {
        Some(items) if root.get("kind").and_then(Node::scalar).is_some_and(|kind| kind.ends_with("List")) => {
            items.items().iter().collect()
        }
        _ => vec![root],
    }
}

fn name(object: &Node) -> Option<&str> {
    object.at(["metadata", "name"])?.scalar()
}

/// The specification of the pods that an object makes.
fn pod(object: &Node) -> Option<&Node> {
    match object.get("kind")?.scalar()? {
        "Pod" => object.get("spec"),
        "CronJob" => object.at(["spec", "jobTemplate", "spec", "template", "spec"]),
        "Deployment"
        | "StatefulSet"
        | "DaemonSet"
        | "ReplicaSet"
        | "ReplicationController"
        | "Job"
        | "DeploymentConfig" => object.at(["spec", "template", "spec"]),
        _ => None,
    }
}

fn of_workload(sources: &Sources, file: FileId, object: &Node, taken: &mut BTreeSet<String>) -> Option<Fix> {
    let pod = pod(object)?;
    let workload = name(object)?;
    let secret = free(&format!("{workload}-credentials"), taken);
    let mut keys: BTreeMap<String, String> = BTreeMap::new();
    let (mut edits, mut hidden) = (Vec::new(), Vec::new());
    for containers in ["initContainers", "containers"].iter().filter_map(|key| pod.get(key)) {
        for container in containers.items() {
            for variable in container.get("env").map(Node::items).unwrap_or_default() {
                let Some((named, value)) = movable(sources, variable) else { continue };
                let text = value.value.scalar().unwrap_or("");
                let container = container.get("name").and_then(Node::scalar).unwrap_or("container");
                let key = key(named, container, text, &mut keys);
                hidden.push(value.value.span);
                edits.push(reference(sources, file, value, &secret, &key));
            }
        }
    }
    if edits.is_empty() {
        return None;
    }
    taken.insert(secret.clone());
    edits.push(document(sources, file, object, &secret, &keys));
    Some(Fix { edits, safe: true, hidden })
}

/// The variable's name and its value, where that is a credential which means the same in a Secret: one
/// that refers to other variables does not, and one behind an alias stands elsewhere.
fn movable<'a>(sources: &Sources, variable: &'a Node) -> Option<(&'a str, &'a Entry)> {
    let named = variable.get("name")?.scalar()?;
    let value = variable.entry("value")?;
    let text = value.value.scalar()?;
    let refers = text.contains("$(") || text.contains("$$");
    let here = value.key_span.end <= value.value.span.start && value.value.span.end <= variable.span.end;
    // An anchor or a tag stands between the key and the value, and is not part of either; what begins a
    // block scalar is part of the value.
    let between = Span { start: value.key_span.end, end: value.value.span.start, ..value.key_span };
    let plain =
        sources.text(between).trim_matches(|c: char| c.is_whitespace() || ":\"'|>+-0123456789".contains(c)).is_empty();
    // What looks like a comment may stand after a block scalar and not in it, and would be lost.
    let commented = sources.text(value.value.span).lines().skip(1).any(|line| line.trim_start().starts_with('#'));
    (looks_like_one(named, text).is_some() && !refers && here && plain && !commented).then_some((named, value))
}

/// A name that nothing in the file has.
fn free(wanted: &str, taken: &BTreeSet<String>) -> String {
    let mut name = wanted.to_owned();
    let mut n = 2;
    while taken.contains(&name) {
        name = format!("{wanted}-{n}");
        n += 1;
    }
    name
}

/// The key under which a value stands in the Secret: the variable's name, or that of the container
/// before it where another container gives the variable another value.
fn key(variable: &str, container: &str, value: &str, keys: &mut BTreeMap<String, String>) -> String {
    let mut key: String =
        variable.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
    while keys.get(&key).is_some_and(|other| other != value) {
        key = format!("{container}.{key}");
    }
    keys.insert(key.clone(), value.to_owned());
    key
}

/// The edit that puts a reference where the value stands.
fn reference(sources: &Sources, file: FileId, value: &Entry, secret: &str, key: &str) -> Edit {
    let source = sources.file(file);
    let start = value.key_span.start as usize;
    let line = source.text[..start].rfind('\n').map_or(0, |at| at + 1);
    let before = &source.text[line..start];
    let newline = newline(&source.text);
    // Between brackets everything stays on one line.
    let block = before.chars().all(|c| matches!(c, ' ' | '-'));
    let text = if block {
        let indent = " ".repeat(before.len());
        format!(
            "valueFrom:{newline}{indent}  secretKeyRef:{newline}{indent}    name: {secret}{newline}{indent}    key: {key}"
        )
    } else {
        format!("valueFrom: {{secretKeyRef: {{name: {secret}, key: {key}}}}}")
    };
    // A block scalar's span ends where the next thing starts; the line break before that stays.
    let mut end = value.value.span.end as usize;
    while end > start && source.text[..end].ends_with(['\n', '\r', ' ', '\t']) {
        end -= 1;
    }
    Edit { span: Span { file, start: start as u32, end: end as u32 }, text, secrets: Vec::new() }
}

/// The edit that adds the Secret at the end of the file.
fn document(sources: &Sources, file: FileId, object: &Node, secret: &str, keys: &BTreeMap<String, String>) -> Edit {
    let source = &sources.file(file).text;
    let newline = newline(source);
    let mut text = String::new();
    if !source.ends_with('\n') {
        text.push_str(newline);
    }
    let closed = source.trim_end().ends_with("\n---");
    let mut line = |parts: &[&str], secret: bool| {
        let start = text.len() + parts[..parts.len() - 1].iter().map(|part| part.len()).sum::<usize>();
        parts.iter().for_each(|part| text.push_str(part));
        let end = text.len();
        text.push_str(newline);
        secret.then_some(start..end)
    };
    if !closed {
        line(&["---"], false);
    }
    line(&["apiVersion: v1"], false);
    line(&["kind: Secret"], false);
    line(&["metadata:"], false);
    line(&["  name: ", secret], false);
    if let Some(namespace) =
        object.at(["metadata", "namespace"]).filter(|node| matches!(node.kind, Kind::Scalar { .. }))
    {
        line(&["  namespace: ", sources.text(namespace.span)], false);
    }
    line(&["type: Opaque"], false);
    line(&["stringData:"], false);
    let values: Vec<(&String, String)> = keys.iter().map(|(key, value)| (key, quoted(value))).collect();
    let secrets = values.iter().filter_map(|(key, value)| line(&["  ", key, ": ", value], true)).collect();
    let end = source.len() as u32;
    Edit { span: Span { file, start: end, end }, text, secrets }
}

/// A text between double quotes, which YAML reads as JSON does.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{apply, unified};

    fn mend(text: &str) -> Option<(String, String)> {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", text);
        let fixes = of_file(&sources, file);
        let edits: Vec<&Edit> = fixes.iter().flat_map(|(_, fix)| &fix.edits).collect();
        fixes.iter().flat_map(|(_, fix)| &fix.hidden).for_each(|span| sources.hide(*span));
        let mended = apply(text, &edits).unwrap();
        (!edits.is_empty()).then(|| (mended, unified(&sources, file, &edits)))
    }

    const DEPLOYMENT: &str = "# the shop
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: web
          env:
            - name: DB_PASSWORD
              value: hunter2  # to be changed
            - {name: API_TOKEN, value: 'a\"b'}
            - name: DB_URL
              value: postgres://app:$(DB_PASSWORD)@db/shop
            - name: LOG_LEVEL
              value: info
        - name: side
          env:
            - name: DB_PASSWORD
              value: other
";

    #[test]
    fn a_credential_becomes_a_secret_and_a_reference() {
        let (mended, _) = mend(DEPLOYMENT).unwrap();
        let expected = DEPLOYMENT
            .replace(
                "value: hunter2  #",
                "valueFrom:
                secretKeyRef:
                  name: web-credentials
                  key: DB_PASSWORD  #",
            )
            .replace("value: 'a\"b'", "valueFrom: {secretKeyRef: {name: web-credentials, key: API_TOKEN}}")
            .replace(
                "value: other",
                "valueFrom:
                secretKeyRef:
                  name: web-credentials
                  key: side.DB_PASSWORD",
            );
        assert_eq!(
            mended,
            format!(
                "{expected}---
apiVersion: v1
kind: Secret
metadata:
  name: web-credentials
  namespace: shop
type: Opaque
stringData:
  API_TOKEN: \"a\\\"b\"
  DB_PASSWORD: \"hunter2\"
  side.DB_PASSWORD: \"other\"
"
            )
        );
        assert!(mend(&mended).is_none(), "a second run finds nothing to do");
    }

    #[test]
    fn what_would_mean_something_else_is_left_alone() {
        for value in ["postgres://a:b@$(HOST)/c", "&p hunter2", "\"pa$$word\"", "!!str hunter2"] {
            let text =
                DEPLOYMENT.replace("hunter2 ", &format!("{value} ")).replace("value: other", "value: $(DB_PASSWORD)");
            let (mended, _) = mend(&text).unwrap();
            assert!(mended.contains(&format!("value: {value}")), "{mended}");
        }
        assert!(mend(r#"{"kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [{"env": [{"name": "PASSWORD", "value": "x"}]}]}}"#).is_none());
        assert!(mend("kind: Service\nmetadata: {name: a}\n").is_none());
    }

    #[test]
    fn long_values_and_line_ends_survive() {
        let text = DEPLOYMENT.replace(
            "hunter2  # to be changed",
            "|\n                -----BEGIN RSA PRIVATE KEY-----\n                abc",
        );
        let (mended, _) = mend(&text).unwrap();
        assert!(mended.contains("  DB_PASSWORD: \"-----BEGIN RSA PRIVATE KEY-----\\nabc\\n\"\n"), "{mended}");
        assert!(mended.contains("key: DB_PASSWORD\n            - {name: API_TOKEN"), "{mended}");
        let windows = DEPLOYMENT.replace('\n', "\r\n");
        let (mended, _) = mend(windows.trim_end()).unwrap();
        assert_eq!(mended.matches('\n').count(), mended.matches("\r\n").count());
        assert!(mended.contains("value: info\r\n") && mended.contains("\r\n---\r\napiVersion: v1\r\n"));
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", mended);
        assert!(read(&sources, file).1.is_empty());
    }

    #[test]
    fn the_new_secret_is_shown_without_its_values() {
        let (_, diff) = mend(DEPLOYMENT).unwrap();
        assert!(!["hunter2", "other", "a\"b"].iter().any(|value| diff.contains(value)), "{diff}");
        assert!(diff.contains("+  DB_PASSWORD: •••••••••\n"), "{diff}");
    }
}
