//! Baselines: what was found at an earlier time, so that a run fails only on what is new.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::analysis::findings::Findings;
use crate::said;
use crate::source::{Said, Sources, State};

/// The fingerprints that a file holds: a baseline, or an answer of `check --format json`.
///
/// # Errors
/// Why it cannot be used.
pub(super) fn read(file: &Path) -> Result<BTreeSet<String>, Said> {
    let shown = file.display().to_string();
    let text = fs::read_to_string(file).map_err(|error| {
        let error = error.to_string();
        said!("`{shown}` cannot be read: {error}", "`{shown}` ne peut pas être lu : {error}")
    })?;
    let none = || {
        said!(
            "`{shown}` is no baseline: `epure check --write-baseline FILE` writes one",
            "`{shown}` n’est pas une référence : `epure check --write-baseline FICHIER` en écrit une"
        )
    };
    let value: Value = serde_json::from_str(&text).map_err(|_| none())?;
    let entries = ["findings", "diagnostics"].iter().find_map(|key| value.get(key)?.as_array()).ok_or_else(none)?;
    entries
        .iter()
        .filter(|entry| entry.get("state").and_then(Value::as_str) != Some(State::Waived.word()))
        .map(|entry| Some(entry.get("fingerprint")?.as_str()?.to_owned()))
        .collect::<Option<BTreeSet<String>>>()
        .ok_or_else(none)
}

/// What is found now, as a baseline: a line each, in an order that no line number changes.
pub(super) fn write(findings: &Findings<'_>, sources: &Sources) -> String {
    let open = findings.all.iter().filter(|finding| finding.diagnostic.state != State::Waived);
    let mut entries: Vec<(String, String, String)> = open
        .map(|finding| {
            let diagnostic = finding.diagnostic;
            let file = sources.file(diagnostic.primary.span.file).path.clone();
            (diagnostic.code.clone(), diagnostic.path.clone().unwrap_or(file), finding.fingerprint.clone())
        })
        .collect();
    entries.sort();
    let lines: Vec<String> = entries
        .iter()
        .map(|(code, of, print)| format!("    {}", json!({"fingerprint": print, "code": code, "of": of})))
        .collect();
    let list = if lines.is_empty() { String::new() } else { format!("\n{}\n  ", lines.join(",\n")) };
    format!("{{\n  \"version\": 1,\n  \"findings\": [{list}]\n}}\n")
}
