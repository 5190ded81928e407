//! The formats of `epure check` held against each other: each names the same findings, at the same
//! places, and none of them prints a credential.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use support::{Scratch, epure};

/// A workspace with every kind of finding: failures of all severities, a question, a waiver in
/// `epure.yaml`, a waiver as a comment, a mistake of the text, and a credential.
const CONFIG: &str = "epure: 1
teams: {shop: The shop}
waivers:
  old:
    {rule: 'delivery/*', target: shop.components.batch, reason: leaves this year, owner: shop, until: 2026-12-31}
";
const DESIGN: &str = "kind: design
name: shop
context: cloud
functions:
  sell: {uses: [web, db], availability: 99.9 %}
components:
  web:
    kind: service
    runs_on: main
    image: registry.example/web:latest
    # epure-ignore availability/single-replica until=2026-12-31 reason=moves in spring
    replicas: 1
    env: {DB_PASSWORD: correct-horse-battery, LOG_LEVEL: info}
  batch: {kind: service, runs_on: main, image: registry.example/batch, replicas: 1}
  db: {kind: database, runs_on: main, image: 'registry.example/db:1'}
connections:
  ask: {from: web, to: db, protocol: postgresql}
hosts:
  workers: {count: 2, cpu: 4, memory: 16 GiB}
clusters:
  main: {distribution: k3s, kubernetes: 1.33, workers: [workers]}
";
const SECRET: &str = "correct-horse-battery";

fn workspace(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.write(".git/HEAD", "ref: refs/heads/main\n");
    scratch.write("designs, all/epure.yaml", CONFIG);
    scratch.write("designs, all/a b/shop é.yaml", DESIGN);
    scratch.write("designs, all/wrong.yaml", "kind: stak\nname: x\n");
    scratch
}

/// What a finding is called in every format: its code, file and line.
type Named = (String, String, usize);

fn check(scratch: &Scratch, format: &str, more: &[&str]) -> String {
    let folder = scratch.join("designs, all");
    let mut line = vec!["check", folder.as_str(), "--as-of", "2026-11-26", "--format", format];
    line.extend(more);
    let ran = epure(&line);
    assert!(ran.err.is_empty(), "{}", ran.err);
    ran.out
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer} of {value}"))
}

fn line(value: &Value, pointer: &str) -> usize {
    value.pointer(pointer).and_then(Value::as_u64).unwrap() as usize
}

fn json(out: &str) -> Vec<Named> {
    let report: Value = serde_json::from_str(out).unwrap();
    let all = report["diagnostics"].as_array().unwrap();
    all.iter()
        .map(|one| (text(one, "/code").to_owned(), text(one, "/file").to_owned(), line(one, "/start/line")))
        .collect()
}

/// Cells of RFC 4180.
fn cells(out: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut characters = out.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                cell.push('"');
                characters.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(!quoted && cell.is_empty() && row.is_empty(), "the last line is whole");
    rows
}

fn csv(out: &str) -> Vec<Named> {
    let rows = cells(out);
    let at = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
    let (rule, file, line) = (at("rule"), at("file"), at("line"));
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    rows[1..].iter().map(|row| (row[rule].clone(), row[file].clone(), row[line].parse().unwrap())).collect()
}

fn sarif(out: &str) -> Vec<Named> {
    let log: Value = serde_json::from_str(out).unwrap();
    let results = log.pointer("/runs/0/results").and_then(Value::as_array).unwrap();
    let rules = log.pointer("/runs/0/tool/driver/rules").and_then(Value::as_array).unwrap();
    results
        .iter()
        .map(|result| {
            let rule = text(result, "/ruleId");
            assert_eq!(text(&rules[line(result, "/ruleIndex")], "/id"), rule);
            let place = result.pointer("/locations/0/physicalLocation").unwrap();
            let uri = text(place, "/artifactLocation/uri");
            assert!(uri.is_ascii() && !uri.contains([' ', ',']) && !uri.starts_with('/'), "{uri}");
            (rule.to_owned(), decoded(uri), line(place, "/region/startLine"))
        })
        .collect()
}

fn decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex: Vec<u8> = rest.by_ref().take(2).collect();
            bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn attribute(tag: &str, name: &str) -> String {
    let value = tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn junit(out: &str) -> Vec<Named> {
    out.lines()
        .filter(|line| line.trim_start().starts_with("<testcase"))
        .map(|tag| (attribute(tag, "classname"), attribute(tag, "file"), attribute(tag, "line").parse().unwrap()))
        .collect()
}

fn github(out: &str) -> Vec<Named> {
    let mut found = Vec::new();
    for line in out.lines() {
        if let Some(command) = line.strip_prefix("::") {
            let (properties, _) = command.split_once("::").unwrap();
            let (kind, properties) = properties.split_once(' ').unwrap();
            assert!(["error", "warning", "notice"].contains(&kind), "{line}");
            let of = |name: &str| {
                let value = properties.split(',').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap();
                value.replace("%2C", ",").replace("%3A", ":").replace("%25", "%")
            };
            found.push((of("title"), of("file"), of("line").parse().unwrap()));
        } else if let Some(rest) = line.strip_prefix("waived ").or_else(|| line.strip_prefix("known ")) {
            let (code, rest) = rest.split_once(' ').unwrap();
            let (place, _) = rest.split_once(": ").unwrap();
            let (file, line) = place.rsplit_once(':').unwrap();
            found.push((code.to_owned(), file.to_owned(), line.parse().unwrap()));
        }
    }
    found
}

fn markdown(out: &str) -> Vec<Named> {
    let (mut found, mut code) = (Vec::new(), String::new());
    for line in out.lines() {
        if let Some(rest) = line.split("<code>").nth(1) {
            code = rest.split("</code>").next().unwrap().to_owned();
        } else if let Some(rest) = line.strip_prefix("- `") {
            let (file, line) = rest.split('`').next().unwrap().rsplit_once(':').unwrap();
            found.push((code.clone(), file.to_owned(), line.parse().unwrap()));
        }
    }
    found
}

fn human(out: &str) -> Vec<Named> {
    let (mut found, mut code) = (Vec::new(), None);
    for line in out.lines() {
        if let Some(rest) = line.split_once("]: ").and_then(|(head, _)| head.split_once('[')) {
            code = Some(rest.1.to_owned());
        } else if let (Some(place), Some(rule)) = (line.trim_start().strip_prefix("--> "), code.take()) {
            let mut parts = place.rsplitn(3, ':').collect::<Vec<_>>();
            parts.reverse();
            found.push((rule, parts[0].to_owned(), parts[1].parse().unwrap()));
        }
    }
    found
}

#[test]
fn every_format_names_the_same_findings() {
    let scratch = workspace("formats-same");
    let within: BTreeMap<&str, fn(&str) -> Vec<Named>> = BTreeMap::from([
        ("csv", csv as fn(&str) -> Vec<Named>),
        ("sarif", sarif),
        ("junit", junit),
        ("github", github),
        ("markdown", markdown),
        ("human", human),
    ]);
    let baseline = scratch.join("baseline.json");
    std::fs::write(&baseline, r#"{"version": 1, "findings": []}"#).unwrap();
    for more in [&[][..], &["--baseline", baseline.as_str()]] {
        let mut expected = json(&check(&scratch, "json", more));
        expected.sort();
        assert!(expected.len() > 12, "{expected:?}");
        let codes: BTreeSet<&str> = expected.iter().map(|(code, ..)| code.as_str()).collect();
        assert!(codes.contains("document/unknown-kind") && codes.contains("secrets/plaintext-credentials"));
        for (format, read) in &within {
            let more: Vec<&str> = if *format == "human" { [more, &["--all"]].concat() } else { more.to_vec() };
            let mut found = read(&check(&scratch, format, &more));
            // What forges read has paths from the top of the repository.
            if ["sarif", "junit", "github", "markdown"].contains(format) {
                for (_, file, _) in &mut found {
                    *file = file.strip_prefix("designs, all/").unwrap_or_else(|| panic!("{format}: {file}")).to_owned();
                }
            }
            found.sort();
            assert_eq!(found, expected, "{format}");
        }
    }
}

#[test]
fn no_format_prints_a_credential() {
    let scratch = workspace("formats-secret");
    for format in ["human", "json", "csv", "sarif", "junit", "github", "markdown"] {
        for lang in ["en", "fr"] {
            for more in [&["--lang", lang][..], &["--lang", lang, "--all"]] {
                let out = check(&scratch, format, more);
                assert!(!out.contains(SECRET), "{format}: {out}");
                assert!(out.contains("secrets/plaintext-credentials"), "{format}: {out}");
            }
        }
    }
}

#[test]
fn sarif_says_what_became_of_each_check() {
    let scratch = workspace("formats-sarif");
    let log: Value = serde_json::from_str(&check(&scratch, "sarif", &[])).unwrap();
    let results = log.pointer("/runs/0/results").and_then(Value::as_array).unwrap();
    let of = |rule: &str, component: &str| {
        let about = |result: &&Value| {
            text(result, "/ruleId") == rule
                && result
                    .pointer("/locations/0/logicalLocations/0/fullyQualifiedName")
                    .and_then(Value::as_str)
                    .is_some_and(|name| name.contains(component))
        };
        results.iter().find(about).unwrap_or_else(|| panic!("{rule} of {component}"))
    };
    assert_eq!(text(of("availability/single-replica", "web"), "/suppressions/0/kind"), "inSource");
    assert_eq!(text(of("delivery/unpinned-image", "batch"), "/suppressions/0/kind"), "external");
    let open: Vec<&Value> = results.iter().filter(|result| text(result, "/kind") == "open").collect();
    assert!(!open.is_empty() && open.iter().all(|result| text(result, "/level") == "none"));
    let prints: BTreeSet<&str> =
        results.iter().map(|result| text(result, "/partialFingerprints/primaryLocationLineHash")).collect();
    assert_eq!(prints.len(), results.len(), "every fingerprint is one finding's");
    let snippet = text(of("secrets/plaintext-credentials", "web"), "/locations/0/physicalLocation/region/snippet/text");
    assert!(snippet.contains("env: {DB_PASSWORD: ....................."), "{snippet}");
}

/// A design with so many findings that neither a comment nor two screens hold them.
fn large(count: usize) -> String {
    let mut text = String::from(
        "kind: design\nname: big\ncontext: cloud\nclusters:\n  main: {distribution: k3s, kubernetes: 1.33, workers: [workers]}\nhosts:\n  workers: {count: 2, cpu: 4, memory: 16 GiB}\ncomponents:\n",
    );
    for i in 0..count {
        text.push_str(&format!(
            "  component-number-{i}: {{kind: service, runs_on: main, replicas: 1, image: 'registry.example/{i}:latest'}}\n"
        ));
    }
    text
}

#[test]
fn a_comment_is_cut_by_sections_and_says_how_much() {
    let scratch = Scratch::new("formats-large");
    scratch
        .write(".git/HEAD", "")
        .write("designs, all/epure.yaml", "epure: 1\n")
        .write("designs, all/big.yaml", large(400));
    let out = check(&scratch, "markdown", &[]);
    let all = json(&check(&scratch, "json", &[])).len();
    assert!(all > 1500 && out.chars().count() <= 65_536, "{} characters", out.chars().count());
    let shown = markdown(&out).len();
    let cut = out.lines().last().unwrap();
    assert!(cut.contains(&format!("{} findings", epure::source::Lang::En.number((all - shown) as f64, 0))), "{cut}");
    assert_eq!(out.matches("<details").count(), out.matches("</details>").count());
    // Two screens for people, and every rule is among them.
    let short = check(&scratch, "human", &[]);
    assert!(short.lines().count() <= 60, "{} lines", short.lines().count());
    let rules: BTreeSet<String> = json(&check(&scratch, "json", &[])).into_iter().map(|(code, ..)| code).collect();
    assert!(rules.iter().all(|rule| short.contains(rule.as_str())));
}

#[test]
fn one_run_writes_several_formats() {
    let scratch = workspace("formats-save");
    let (one, two) = (scratch.join("out/epure.sarif"), scratch.join("out/epure.xml"));
    check(&scratch, "human", &["--save", &format!("sarif={one}"), "--save", &format!("junit={two}")]);
    assert_eq!(std::fs::read_to_string(one).unwrap(), check(&scratch, "sarif", &[]));
    assert_eq!(std::fs::read_to_string(two).unwrap(), check(&scratch, "junit", &[]));
    let ran = epure(&["check", &scratch.join("designs, all"), "--save", "pdf=x.pdf"]);
    assert_eq!(ran.code, 2);
}
