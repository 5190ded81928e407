//! What bad input gets: one clear diagnostic a mistake, where it is, in the reader's language; and
//! nothing is written.
//!
//! A fixture says what it expects in comments under the line that is meant, carets under the text
//! that is meant: `# ^^^^ schema/unknown-key: …`. A `#` glued to the carets counts as one of them;
//! `# @1..2 code: …` gives the columns where carets cannot. `UPDATE_FIXTURES=1 cargo test --test
//! bad_input` writes the comments anew, to be read before they are kept; `SNAPSHOTS=overwrite` does the same
//! for the whole output in `tests/bad_input/CASE.LANG.txt`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{Scratch, epure};

/// Every case: its folder, and the one code it gives.
const CASES: [(&str, &str); 18] = [
    ("bad-quantity", "schema/bad-quantity"),
    ("broken-bracket", "syntax/bracket"),
    ("circle", "reference/circle"),
    ("duplicate-key", "schema/duplicate-key"),
    ("duplicate-name", "document/duplicate-name"),
    ("empty-file", "document/empty"),
    ("empty-list", "schema/empty"),
    ("invalid-utf-8", "syntax/utf-8"),
    ("missing-field", "schema/missing-key"),
    ("newer-language", "document/newer-language"),
    ("no-such-figure", "report/unknown-figure"),
    ("no-such-value", "report/value"),
    ("tab", "syntax/tab"),
    ("three-ends", "schema/out-of-range"),
    ("unknown-key", "schema/unknown-key"),
    ("unknown-reference", "reference/unknown"),
    ("unknown-value", "schema/unknown-word"),
    ("wrong-type", "schema/wrong-type"),
];

fn folder(case: &str) -> PathBuf {
    support::root().join("tests/bad_input").join(case)
}

/// One expected or found diagnostic: line, first and last column, code and message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Expected {
    line: usize,
    columns: (usize, usize),
    text: String,
}

/// What a run says of a folder, by file.
fn found(folder: &Path) -> BTreeMap<String, Vec<Expected>> {
    let ran = epure(&["check", &folder.display().to_string(), "--format", "json", "--lang", "en"]);
    let report: Value =
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}{}", ran.out, ran.err));
    let mut by_file: BTreeMap<String, Vec<Expected>> = BTreeMap::new();
    for diagnostic in report["diagnostics"].as_array().unwrap() {
        let number = |key: &str, part: &str| diagnostic[key][part].as_u64().unwrap() as usize;
        let file = diagnostic["file"].as_str().unwrap();
        let line = number("start", "line");
        let text = std::fs::read(folder.join(file)).unwrap();
        let text = String::from_utf8_lossy(&text).into_owned();
        let width = text.lines().nth(line - 1).unwrap_or("").chars().count();
        // Something over several lines is underlined on its first.
        let end = if number("end", "line") == line { number("end", "column") } else { width + 1 };
        by_file.entry(file.to_owned()).or_default().push(Expected {
            line,
            columns: (number("start", "column"), end),
            text: format!("{}: {}", diagnostic["code"].as_str().unwrap(), diagnostic["message"].as_str().unwrap()),
        });
    }
    by_file.values_mut().for_each(|found| found.sort());
    by_file
}

/// Reads a comment that expects something: its columns, and code and message.
fn comment(line: &str) -> Option<((usize, usize), String)> {
    let hash = line.find('#').map(|at| (at, 1)).or_else(|| line.find("<!--").map(|at| (at, 4)))?;
    if !line[..hash.0].trim().is_empty() {
        return None;
    }
    let rest = &line[hash.0 + hash.1..];
    let blanks = rest.len() - rest.trim_start().len();
    let rest = rest.trim_start().trim_end_matches("-->").trim_end();
    if let Some(columns) = rest.strip_prefix('@') {
        let (columns, text) = columns.split_once(' ')?;
        let (start, end) = columns.split_once("..")?;
        return Some(((start.parse().ok()?, end.parse().ok()?), text.to_owned()));
    }
    let carets = rest.chars().take_while(|c| *c == '^').count();
    if carets == 0 {
        return None;
    }
    let first = hash.0 + hash.1 + blanks + 1;
    let start = if blanks == 0 && hash.1 == 1 { first - 1 } else { first };
    Some(((start, first + carets), rest[carets..].trim_start().to_owned()))
}

/// Writes such a comment.
fn write(expected: &Expected, markdown: bool) -> String {
    let (start, end) = expected.columns;
    let text = &expected.text;
    let carets = "^".repeat(end.saturating_sub(start));
    match (markdown, start) {
        (true, 6..) if end > start => format!("<!--{}{carets} {text} -->", " ".repeat(start - 5)),
        (true, _) => format!("<!-- @{start}..{end} {text} -->"),
        (false, 3..) if end > start => format!("#{}{carets} {text}", " ".repeat(start - 2)),
        (false, 1) if end > start + 1 => format!("#{} {text}", &carets[1..]),
        (false, _) => format!("# @{start}..{end} {text}"),
    }
}

/// What a fixture expects.
fn expected(text: &str) -> Vec<Expected> {
    let mut meant = 0;
    let mut all = Vec::new();
    for (i, line) in text.lines().enumerate() {
        match comment(line) {
            Some((columns, text)) => all.push(Expected { line: meant, columns, text }),
            None => meant = i + 1,
        }
    }
    all.sort();
    all
}

/// The fixture with the comments that a run would make true.
fn rewritten(folder: &Path) {
    let files: Vec<(String, PathBuf)> = support::files(folder);
    for (_, file) in &files {
        let text = std::fs::read_to_string(file).unwrap();
        let plain: String =
            text.lines().filter(|line| comment(line).is_none()).map(|line| format!("{line}\n")).collect();
        std::fs::write(file, plain).unwrap();
    }
    let found = found(folder);
    for (path, file) in &files {
        let text = std::fs::read_to_string(file).unwrap();
        let mut out = String::new();
        let mut markdown = path.ends_with(".md");
        for (i, line) in text.lines().enumerate() {
            // Front matter is YAML.
            markdown ^= path.ends_with(".md") && line == "---";
            out.push_str(line);
            out.push('\n');
            for one in found.get(path).into_iter().flatten().filter(|one| one.line == i + 1) {
                out.push_str(&write(one, markdown));
                out.push('\n');
            }
        }
        std::fs::write(file, out).unwrap();
    }
}

#[test]
fn fifteen_mistakes_in_five_files_are_fifteen_diagnostics() {
    let folder = folder("fifteen");
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        rewritten(&folder);
    }
    let found = found(&folder);
    let mut total = 0;
    let files = support::files(&folder);
    assert_eq!(files.len(), 5);
    for (path, file) in files {
        let expected = expected(&std::fs::read_to_string(file).unwrap());
        let found = found.get(&path).cloned().unwrap_or_default();
        assert!(!expected.is_empty(), "{path} expects nothing");
        assert_eq!(
            found,
            expected,
            "in {path}; a run says:\n{}",
            found.iter().map(|one| write(one, false)).collect::<Vec<_>>().join("\n")
        );
        total += found.len();
    }
    assert_eq!(total, 15);
}

#[test]
fn each_bad_input_is_one_diagnostic_in_both_languages_and_nothing_is_written() {
    for (case, code) in CASES {
        let folder = folder(case).display().to_string();
        let ran = epure(&["check", &folder, "--format", "json"]);
        assert_eq!(ran.code, 1, "{case}: {}{}", ran.out, ran.err);
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        let codes: Vec<&str> =
            report["diagnostics"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
        assert_eq!(codes, [code], "{case}");
        for lang in ["en", "fr"] {
            let ran = epure(&["check", &folder, "--lang", lang]);
            assert_eq!(ran.code, 1, "{case}");
            assert!(ran.err.is_empty(), "{case}: {}", ran.err);
            let snapshot = support::root().join(format!("tests/bad_input/{case}.{lang}.txt"));
            snapbox::assert_data_eq!(ran.out, snapbox::Data::read_from(&snapshot, None).raw());
        }
        let scratch = Scratch::new(case);
        let ran = epure(&["build", &folder, "--out", &scratch.join("output")]);
        assert_eq!(ran.code, 2, "{case}: {}{}", ran.out, ran.err);
        assert!(ran.out.is_empty() && ran.err.contains(code), "{case}: {}{}", ran.out, ran.err);
        assert!(!scratch.0.join("output").exists(), "{case}: something was written");
    }
}

#[test]
fn every_folder_is_a_case() {
    let mut folders: Vec<String> = std::fs::read_dir(folder(""))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "fifteen")
        .collect();
    folders.sort();
    assert_eq!(folders, CASES.map(|(case, _)| case));
}

#[test]
fn nothing_to_read_is_said_plainly() {
    let scratch = Scratch::new("nothing");
    let ran = epure(&["check", &scratch.path()]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("holds no document"), "{}", ran.err);
    let ran = epure(&["check", &scratch.join("absent"), "--lang", "fr"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("n’existe pas"), "{}", ran.err);
}

#[test]
fn a_broken_document_hides_no_mistake_of_a_report_and_is_not_repeated_there() {
    let scratch = Scratch::new("hidden");
    scratch
        .write("epure.yaml", "epure: 1\n")
        .write("stack.yaml", "kind: stack\nname: containers\nlayers: [\n")
        .write(
            "report.md",
            "---\nkind: report\ntitle: A\n---\n\n{{ containers.layers }}\n\n```epure\ndiagram: stack\nof: containers\n```\n\n```epure\ndiagramm: stack\n```\n",
        );
    let ran = epure(&["check", &scratch.path(), "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let found: Vec<(&str, u64)> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["code"].as_str().unwrap(), one["start"]["line"].as_u64().unwrap()))
        .collect();
    // The misspelt key of the second figure, once; nothing of the stack that could not be read.
    assert_eq!(found, [("schema/unknown-key", 14), ("syntax/bracket", 3)]);
}
