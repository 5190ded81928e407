//! A credential that stands in a document is reported, and its value is printed nowhere: in a design, in
//! other tools' files, in what is imported from them, and over hundreds of real files where they are at hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use epure::source::{Kind, Node, Sources, read};
use support::{Scratch, epure};

const VALUES: [&str; 2] = ["hunter2secret", "pw12345"];

#[test]
fn no_output_prints_a_credential() {
    let scratch = Scratch::new("secrets");
    let design = "kind: design\nname: shop\ncontext: cloud\ncomponents:\n  web:\n    {kind: service, env: {DB_PASSWORD: hunter2secret, URL: \"postgres://web:pw12345@db/shop\"}}\n";
    scratch.write("shop.yaml", design);
    let folder = scratch.path();
    let out = scratch.join("out");
    let mut found = 0;
    for line in [
        &["check", folder.as_str(), "--lang", "en"][..],
        &["check", &folder, "--lang", "fr"],
        &["check", &folder, "--format", "json"],
        &["build", &folder, "--out", &out],
        &["draw", "topology", "shop", "--workspace", &folder],
    ] {
        let ran = epure(line);
        found += ran.out.matches("secrets/plaintext-credentials").count();
        for value in VALUES {
            assert!(!ran.out.contains(value) && !ran.err.contains(value), "{line:?} prints `{value}`");
        }
    }
    assert!(found >= 3, "the credentials are reported");
    for (path, file) in support::files(&scratch.0.join("out")) {
        let text = String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned();
        assert!(VALUES.iter().all(|value| !text.contains(value)), "{path} holds a credential");
    }
}

/// What `kubectl get … -o yaml` prints of objects that were applied: the whole object once more in an
/// annotation, secrets and all.
const APPLIED: &str = r#"apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Secret
  metadata:
    name: orders-db
    namespace: shop
    annotations:
      kubectl.kubernetes.io/last-applied-configuration: |
        {"apiVersion":"v1","kind":"Secret","metadata":{"name":"orders-db"},"stringData":{"password":"applied-secret-one"}}
  data: {password: YXBwbGllZC1zZWNyZXQtb25l}
  type: Opaque
- apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: orders
    namespace: shop
    annotations:
      kubectl.kubernetes.io/last-applied-configuration: >
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"orders"},"spec":{"template":{"spec":{"containers":[{"name":"orders","env":[{"name":"DB_PASSWORD","value":"applied-secret-two"}]}]}}}}
  spec:
    selector: {matchLabels: {app: orders}}
    template:
      metadata: {labels: {app: orders}}
      spec:
        containers:
        - name: orders
          image: registry.example/orders:latest
          env:
          - {name: DB_PASSWORD, value: applied-secret-two}
          - {name: DB_PWD, value: x7}
          - {name: SHORT_TOKEN, value: "9f"}
          - {name: REPORTS_URL, value: "https://reports:applied-secret-three@reports.example/in"}
          args: ["--api-key=applied-secret-four", --log=info]
"#;

/// What was applied is hidden with the rest, and a value that is too short to be looked for by itself is
/// printed at no place that a field classed as secret is printed at.
#[test]
fn a_dump_with_what_was_applied_prints_no_secret() {
    let scratch = Scratch::new("secrets-applied");
    scratch.write("in/dump.yaml", APPLIED);
    let (out, err) = all_outputs(&scratch, &scratch.join("in"), &["kubernetes"]);
    assert!(err.contains("left out as secret"), "{err}");
    assert!(out.contains("secrets/plaintext-credentials") && out.contains("DB_PASSWORD"), "the names are said");
    let long = ["applied-secret-one", "applied-secret-two", "applied-secret-three", "applied-secret-four"];
    for value in long.into_iter().flat_map(|value| [value.to_owned(), base64(value.as_bytes())]) {
        assert!(!out.contains(&value) && !err.contains(&value), "`{value}` is printed");
    }
    // Two letters are in any text: what follows the name of the field that holds them is looked at.
    for (name, value) in [("DB_PWD", "x7"), ("SHORT_TOKEN", "9f")] {
        for line in out.lines().filter(|line| line.contains(name)) {
            let behind: String = line.split(name).skip(1).collect();
            let words = || behind.split(|c: char| !c.is_ascii_alphanumeric());
            assert!(words().all(|word| word != value), "the value of `{name}` is printed: {line}");
        }
        assert!(out.contains(name), "`{name}` is told of");
    }
}

/// A whole cluster: what its Deployments, the annotations of what was applied and the pods of a finished Job hold.
#[test]
fn a_whole_cluster_prints_no_secret() {
    let scratch = Scratch::new("secrets-live");
    let dump = std::fs::read_to_string(support::root().join("tests/bound/live/eks.json")).unwrap();
    scratch.write("in/dump.json", dump);
    let (out, err) = all_outputs(&scratch, &scratch.join("in"), &["kubernetes"]);
    assert!(out.contains("DB_PASSWORD") && err.contains("left out as secret"), "{err}");
    for value in
        ["live-orders-pw-81", "live-smtp-pw-77"].into_iter().flat_map(|one| [one.to_owned(), base64(one.as_bytes())])
    {
        assert!(!out.contains(&value) && !err.contains(&value), "`{value}` is printed");
    }
}

/// Every value of a real file that stands in it only as a secret, as it is and in base64, against every
/// output of a run over that file, and of the designs that are imported from all such files.
#[test]
fn no_secret_of_real_files_is_printed() {
    let data = support::root().join("../shared/data");
    let Ok(data) = data.canonicalize() else {
        println!("there is no ../shared/data here: no real file was looked at");
        return;
    };
    let scratch = Scratch::new("secrets-real");
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, file) in support::files(&data) {
        if ["yaml", "yml", "json"].iter().any(|end| path.ends_with(end))
            && let Ok(text) = std::fs::read_to_string(&file)
        {
            let wanted = only_secrets(&text);
            if !wanted.is_empty() {
                scratch.write(&format!("in/{path}"), &text);
                all.insert(path, wanted);
            }
        }
    }
    let values: usize = all.values().map(Vec::len).sum();
    println!("{values} forms of secret values in {} files", all.len());
    assert!(all.len() >= 50 && values >= 100, "only {values} in {} files", all.len());
    for (path, wanted) in &all {
        let text = checked(&scratch, &scratch.join(&format!("in/{path}")), &["en"]);
        printed(path, wanted, &text);
    }
    // What is a secret in one file and a word in another says nothing about a run over both.
    let texts: Vec<String> =
        all.keys().map(|path| std::fs::read_to_string(scratch.join(&format!("in/{path}"))).unwrap()).collect();
    let mut everywhere: Vec<String> = all.values().flatten().cloned().collect();
    everywhere.sort();
    everywhere.dedup();
    everywhere.retain(|value| {
        let said = |text: &String| text.contains(value.as_str()) && !only_secrets(text).contains(value);
        !texts.iter().any(said)
    });
    assert!(everywhere.len() * 10 >= values, "{} of {values} left", everywhere.len());
    let (out, err) = all_outputs(&scratch, &scratch.join("in"), &["kubernetes", "compose"]);
    printed("all files", &everywhere, &out);
    printed("all files", &everywhere, &err);
}

fn printed(path: &str, values: &[String], text: &str) {
    for value in values {
        if let Some(at) = text.find(value.as_str()) {
            let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
            panic!("{path}: `{value}` is printed: {}", text[start..].lines().next().unwrap());
        }
    }
}

/// Every format of `check` of a run, and what it would mend.
fn checked(scratch: &Scratch, path: &str, langs: &[&str]) -> String {
    let mut text = String::new();
    for lang in langs {
        let mut line = vec!["check".to_owned(), path.to_owned(), "--all".to_owned()];
        line.extend(["--lang".to_owned(), (*lang).to_owned()]);
        for format in ["human", "json", "csv", "sarif", "junit", "github", "markdown"] {
            line.extend(["--save".to_owned(), format!("{format}={}", scratch.join(&format!("saved-{format}")))]);
        }
        let ran = epure(&line);
        assert!(ran.code < 2, "{}", ran.err);
        text.push_str(&format!("{}{}", ran.out, ran.err));
        for format in ["human", "json", "csv", "sarif", "junit", "github", "markdown"] {
            text.push_str(&std::fs::read_to_string(scratch.join(&format!("saved-{format}"))).unwrap());
        }
        let ran = epure(&["check", path, "--diff", "--lang", lang]);
        text.push_str(&format!("{}{}", ran.out, ran.err));
    }
    text
}

/// Everything that can be made of a folder: results, and what was said beside them.
fn all_outputs(scratch: &Scratch, folder: &str, forms: &[&str]) -> (String, String) {
    let (mut out, mut err) = (checked(scratch, folder, &["en", "fr"]), String::new());
    for form in forms {
        for lang in ["en", "fr"] {
            let ran = epure(&["import", form, folder, "--lang", lang]);
            assert_eq!(ran.code, 0, "{}", ran.err);
            out.push_str(&ran.out);
            err.push_str(&ran.err);
            scratch.write(&format!("{form}/design.yaml"), &ran.out);
        }
        let (workspace, site) = (scratch.join(form), scratch.join(&format!("{form}-site")));
        let mut lines: Vec<Vec<&str>> = vec![
            vec!["build", &workspace, "--out", &site],
            vec!["check", &workspace, "--all", "--simulate", "--format", "json"],
        ];
        // Each design by itself: what is drawn of it, and what happens to it, for people and for programs.
        let design = std::fs::read_to_string(scratch.join(&format!("{form}/design.yaml"))).unwrap();
        for name in design.lines().filter_map(|line| line.strip_prefix("name: ")) {
            lines.push(vec!["draw", "topology", name, "--workspace", &workspace]);
            lines.push(vec!["draw", "topology", name, "--workspace", &workspace, "--format", "mermaid"]);
            lines.push(vec!["simulate", name, "--workspace", &workspace]);
            lines.push(vec!["advise", name, "--workspace", &workspace]);
            lines.push(vec!["simulate", name, "--workspace", &workspace, "--format", "json"]);
        }
        for line in &lines {
            let ran = epure(line);
            assert!(ran.code < 2, "{line:?}: {}", ran.err);
            out.push_str(&ran.out);
            err.push_str(&ran.err);
        }
        for (_, file) in support::files(Path::new(&site)) {
            out.push_str(&String::from_utf8_lossy(&std::fs::read(file).unwrap()));
        }
    }
    (out, err)
}

/// The place of what stands in no file as it is.
const DECODED: usize = usize::MAX;

/// The values of a file that stand in it only where a secret stands, and those values in base64, or out
/// of it. Told by the names of fields and by forms, without the code that hides them.
fn only_secrets(text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let file = sources.add("file.yaml", text);
    let (documents, _) = read(&sources, file);
    let mut found: Vec<(String, usize)> = Vec::new();
    for root in documents.into_iter().filter_map(|document| document.root) {
        secrets(&root, "", "", &mut found);
    }
    let mut values = Vec::new();
    for (value, _) in &found {
        // What comes out of base64 has no place of its own: it stands nowhere unless as something else.
        let mut places: Vec<usize> = found
            .iter()
            .filter(|(other, at)| *at != DECODED && other.contains(value.as_str()))
            .map(|one| one.1)
            .collect();
        places.sort_unstable();
        places.dedup();
        // The words for what is hidden are said by any message about it.
        let a_word = ["password", "passwd", "secret", "postgres", "credential"].contains(&value.as_str());
        if value.len() >= 6 && text.matches(value.as_str()).count() <= places.len() && !a_word {
            values.push(value.clone());
            values.push(base64(value.as_bytes()));
        }
    }
    values.sort();
    values.dedup();
    values
}

fn secrets(node: &Node, kind: &str, key: &str, found: &mut Vec<(String, usize)>) {
    let at = node.span.start as usize;
    match &node.kind {
        Kind::Scalar { text, .. } => {
            let text = text.trim();
            if is_secret(key) && !text.starts_with(['$', '/', '{', '<']) {
                found.push((text.to_owned(), at));
            }
            if let Some((name, value)) = text.split_once('=')
                && is_secret(name.trim_start_matches('-'))
                && !value.starts_with(['$', '/'])
                && !name.contains(char::is_whitespace)
            {
                found.push((value.to_owned(), at));
            }
            if let Some((_, rest)) = text.split_once("://")
                && let Some((before, _)) = rest.split(['/', '?']).next().unwrap().rsplit_once('@')
                && let Some((_, password)) = before.split_once(':')
                && !password.starts_with('$')
            {
                found.push((password.to_owned(), at));
            }
            if text.contains("PRIVATE KEY-----") {
                found.extend(
                    text.lines()
                        .filter(|line| line.len() > 30 && !line.contains("-----"))
                        .map(|line| (line.trim().to_owned(), at)),
                );
            }
        }
        Kind::List(items) => items.iter().for_each(|item| secrets(item, kind, "", found)),
        Kind::Map(entries) => {
            let kind = node.get("apiVersion").and(node.get("kind")).and_then(Node::scalar).unwrap_or(kind);
            let named = node.get("name").and_then(Node::scalar).unwrap_or("");
            for entry in entries {
                if kind == "Secret" && ["data", "stringData"].contains(&entry.key.as_str()) {
                    for value in entry.value.entries() {
                        let text = value.value.scalar().unwrap_or("").trim();
                        found.push((text.to_owned(), value.value.span.start as usize));
                        let plain = unbase64(text).and_then(|bytes| String::from_utf8(bytes).ok());
                        found.extend(plain.map(|plain| (plain.trim().to_owned(), DECODED)));
                    }
                } else {
                    let key = if entry.key == "value" { named } else { entry.key.as_str() };
                    secrets(&entry.value, kind, key, found);
                }
            }
        }
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase().replace(['-', '.'], "_");
    let says =
        ["password", "passwd", "_pwd", "_pass", "token", "secret", "api_key", "access_key", "auth_key", "credentials"];
    let about = ["file", "path", "name", "seconds", "ttl", "url", "ref", "secrets"];
    let harmless = |end: &str| name.ends_with(end) || name == "secret";
    says.iter().any(|word| name.contains(word)) && !about.iter().any(|end| harmless(end))
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, i| bits << 8 | u32::from(*three.get(i).unwrap_or(&0)));
        for i in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * i) & 63) as usize] as char;
            text.push(if i <= three.len() { letter } else { '=' });
        }
    }
    text
}

fn unbase64(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        bits = bits << 6 | LETTERS.iter().position(|known| *known == letter)? as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    Some(bytes)
}
