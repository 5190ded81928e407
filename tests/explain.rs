//! Whatever the program can say has a page, in both languages.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;

use epure::analysis::rules::RULES;
use support::{Ran, epure};

fn explain(words: &[&str], lang: &str) -> Ran {
    let mut line = vec!["explain", "--lang", lang];
    line.extend(words);
    epure(&line)
}

/// Every code that the source gives to a diagnostic, with where it does.
fn codes_in_the_source() -> Vec<(String, String)> {
    const FAMILIES: [&str; 10] = [
        "syntax/",
        "manifest/",
        "schema/",
        "document/",
        "reference/",
        "comparison/",
        "expression/",
        "report/",
        "observed/",
        "internal/",
    ];
    let mut found = Vec::new();
    for (path, file) in support::files(&support::root().join("src")) {
        let text = std::fs::read_to_string(file).unwrap();
        if !path.ends_with(".rs") || path.ends_with("tests.rs") || path == "cli/codes.rs" {
            continue;
        }
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for word in line.split('"').skip(1).step_by(2) {
                let (family, name) = word.split_once('/').unwrap_or(("", ""));
                let is_word = |text: &str| {
                    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
                };
                let said_here =
                    FAMILIES.iter().any(|family| word.starts_with(family)) || line.contains("Diagnostic::error(");
                if said_here && is_word(family) && is_word(name) {
                    found.push((word.to_owned(), format!("src/{path}:{}", i + 1)));
                }
            }
        }
        // A call may put the code on a line of its own.
        for (at, _) in text.match_indices("Diagnostic::error(\n") {
            if let Some(word) = text[at..].split('"').nth(1).filter(|word| word.contains('/') && !word.contains(' ')) {
                found.push((word.to_owned(), format!("src/{path}")));
            }
        }
    }
    found
}

#[test]
fn every_code_that_the_program_says_has_a_page() {
    let codes = codes_in_the_source();
    assert!(codes.len() > 40, "the search finds too little: {}", codes.len());
    let missing: BTreeSet<String> = codes
        .into_iter()
        .filter(|(code, _)| explain(&[code], "en").code != 0)
        .map(|(code, place)| format!("{code} ({place})"))
        .collect();
    assert!(missing.is_empty(), "add these to src/cli/codes.rs: {missing:#?}");
}

#[test]
fn whatever_is_listed_has_a_page_in_both_languages() {
    for lang in ["en", "fr"] {
        let list = explain(&[], lang);
        assert_eq!(list.code, 0);
        let names: Vec<&str> = list
            .out
            .lines()
            .filter(|line| line.starts_with("  "))
            .filter_map(|line| line.trim().split("  ").next())
            .collect();
        assert!(names.len() > RULES.len() + 60, "{} names in {lang}", names.len());
        // The last lines are the glossary's, with commas between the words.
        for name in
            names.iter().flat_map(|line| if line.contains(", ") { line.split(", ").collect() } else { vec![*line] })
        {
            let name = name.trim_end_matches(',');
            let upper = name.split(": ").nth(1).filter(|word| word.chars().all(|c| c.is_uppercase()));
            let name = upper.map_or(name, |_| name.split(':').next().unwrap());
            if name.contains('-') && name.contains("zone-1") || name == "N-1" {
                continue;
            }
            let page = explain(&[name], lang);
            // A line of the glossary may break inside a term.
            assert!(
                page.code == 0 || list.out.lines().rev().take(16).any(|line| line.contains(name)),
                "{name} in {lang}: {}",
                page.err
            );
        }
    }
}

#[test]
fn a_page_is_found_by_any_of_its_names() {
    for (words, title) in [
        (&["availability/single-replica"][..], "# availability/single-replica"),
        (&["memory-overhead"], "# memory-overhead"),
        (&["table", "placement"], "# table: placement"),
        (&["schema/unknown-key"], "# schema/unknown-key"),
        (&["failure", "domain"], "# Failure domain"),
        (&["QoS", "class"], "# QoS class"),
        (&["pdb"], "# Disruption budget"),
    ] {
        let page = explain(words, "en");
        assert_eq!(page.code, 0, "{words:?}: {}", page.err);
        assert!(page.out.starts_with(title), "{words:?}: {}", page.out);
    }
    assert!(explain(&["findings"], "en").out.matches("\n# ").count() == 1, "a measure and a figure share this name");
    assert!(explain(&["domaine de panne"], "fr").out.starts_with("# Domaine de panne"));
}

#[test]
fn what_has_no_page_gets_a_suggestion() {
    let ran = explain(&["single-replica"], "en");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("did you mean `epure explain availability/single-replica`?"), "{}", ran.err);
    let ran = explain(&["schema/unknwon-key"], "fr");
    assert!(ran.err.contains("vouliez-vous dire `epure explain schema/unknown-key` ?"), "{}", ran.err);
    let ran = explain(&["xyzzyxyzzyxyzzy"], "en");
    assert!(ran.err.contains("`epure explain` lists"), "{}", ran.err);
}
