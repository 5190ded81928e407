//! The table of `docs/peers.md` and `docs/pairs.md`, run over the files of the checkers that it maps, where they are at hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use epure::analysis::review::review_all;
use epure::analysis::rules::RULES;
use epure::analysis::runs::Runs;
use epure::design::manifests::adopt;
use epure::design::text::When;
use epure::design::{Input, load};
use epure::source::{Severity, State};

/// A row of the table.
struct Row {
    peer: String,
    check: String,
    rules: Vec<String>,
    position: String,
    kind: String,
}

fn rows(page: &str) -> Vec<Row> {
    let cells =
        |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect::<Vec<_>>();
    page.lines()
        .filter(|line| line.starts_with("| kube-score") || line.starts_with("| polaris"))
        .map(|line| {
            let cells = cells(line);
            Row {
                peer: cells[0].clone(),
                check: cells[1].clone(),
                rules: cells[2].split(", ").map(str::to_owned).collect(),
                position: cells[3].clone(),
                kind: cells[4].clone(),
            }
        })
        .collect()
}

/// Both pages name rules that exist, checker by checker alike.
#[test]
fn the_pages_map_to_rules_that_exist() {
    let page = |name: &str| std::fs::read_to_string(support::root().join("docs").join(name)).unwrap();
    let (english, french) = (page("peers.md"), page("pairs.md"));
    let mapped = |page: &str| -> Vec<(String, String)> {
        let lines = page.lines().filter(|line| {
            ["| kube-score |", "| polaris |", "| kube-linter |"].iter().any(|start| line.starts_with(start))
        });
        let cells = lines.map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
        cells.map(|cells| (format!("{} {}", cells[1], cells[2]), cells[3].replace('`', ""))).collect()
    };
    assert_eq!(mapped(&english), mapped(&french));
    assert!(mapped(&english).len() >= 120);
    for (check, rules) in mapped(&english) {
        for rule in rules.split(", ") {
            assert!(RULES.iter().any(|known| known.code == rule), "{check}: there is no `{rule}`");
        }
    }
}

fn inputs(path: &Path) -> Vec<Input> {
    let one = |name: String, file: &Path| Input { path: name, bytes: std::fs::read(file).unwrap() };
    if path.is_dir() {
        let files = support::files(path).into_iter().filter(|(name, _)| name.ends_with("yaml"));
        files.map(|(name, file)| one(name, &file)).collect()
    } else {
        vec![one("object.yaml".to_owned(), path)]
    }
}

/// Whether some rule of the row fails on the files, at or above a warning.
fn fails(row: &Row, files: &[Input], with_position: bool) -> bool {
    let mut config = "epure: 1\n".to_owned();
    if with_position && !row.position.is_empty() {
        config.push_str("rules:\n");
        for rule in &row.rules {
            config.push_str(&format!("  {rule}: {{{}}}\n", row.position.replace(';', ",")));
        }
    }
    let mut all = vec![Input { path: "epure.yaml".to_owned(), bytes: config.into_bytes() }];
    all.extend(files.iter().cloned());
    let (mut workspace, _) = load(&all);
    adopt(&mut workspace);
    let today = When::parse("2026-11-22").unwrap();
    let mut findings = review_all(&workspace, today, &Runs::fixed()).into_iter().flat_map(|review| review.findings);
    findings.any(|finding| {
        let about = row.kind.is_empty()
            || finding.path.as_ref().is_some_and(|path| path.contains(&format!(".objects.{}/", row.kind)));
        about
            && finding.state == State::Fail
            && finding.severity >= Severity::Warning
            && row.rules.contains(&finding.code)
    })
}

#[test]
fn verdicts_agree_with_the_checkers_that_are_mapped() {
    let root = support::root().join("../shared/data/fixtures");
    let Ok(expected) = std::fs::read_to_string(root.join("EXPECTED.tsv")) else {
        println!("there is no ../shared/data/fixtures here: nothing was compared");
        return;
    };
    let file = support::root().join("docs/peers.md");
    let page = std::fs::read_to_string(&file).unwrap();
    let rows = rows(&page);
    // A file that one check both passes and fails depends on how that checker was configured.
    let mut cells: BTreeMap<(String, String, String), BTreeSet<bool>> = BTreeMap::new();
    for line in expected.lines().skip(1) {
        let parts: Vec<&str> = line.split('\t').collect();
        if parts[3] != "?" {
            let key = (parts[0].to_owned(), parts[2].to_owned(), parts[1].to_owned());
            cells.entry(key).or_default().insert(parts[3].starts_with("fail"));
        }
    }
    let checks: BTreeSet<(&str, &str)> = cells.keys().map(|(peer, check, _)| (peer.as_str(), check.as_str())).collect();
    let mapped = rows.iter().filter(|row| checks.contains(&(row.peer.as_str(), row.check.as_str()))).count();
    let (mut agreed, mut by_default, mut total) = (0, 0, 0);
    let mut figures: BTreeMap<(String, String), (usize, usize, usize)> = BTreeMap::new();
    let mut differing = Vec::new();
    for row in &rows {
        let own = cells.iter().filter(|((peer, check, _), _)| *peer == row.peer && *check == row.check);
        for ((_, _, path), wanted) in own.filter(|(_, wanted)| wanted.len() == 1) {
            let wanted = wanted.contains(&true);
            let files = inputs(&root.join(&row.peer).join(path));
            let (theirs, ours) = (fails(row, &files, true) == wanted, fails(row, &files, false) == wanted);
            if !theirs {
                differing.push(format!(
                    "{} {} {path}: expected {}",
                    row.peer,
                    row.check,
                    if wanted { "fail" } else { "pass" }
                ));
            }
            total += 1;
            agreed += usize::from(theirs);
            by_default += usize::from(ours);
            let figure = figures.entry((row.peer.clone(), row.check.clone())).or_default();
            *figure = (figure.0 + usize::from(theirs), figure.1 + usize::from(ours), figure.2 + 1);
        }
    }
    println!(
        "{mapped} of {} checks mapped; {agreed} of {total} cells agree with their position, {by_default} by default\n{}",
        checks.len(),
        differing.join("\n")
    );
    assert!(mapped * 100 >= checks.len() * 75, "only {mapped} of {} checks are mapped", checks.len());
    assert!(agreed * 100 >= total * 97, "{agreed} of {total} agree:\n{}", differing.join("\n"));
    for (name, of) in [("docs/peers.md", "of"), ("docs/pairs.md", "sur")] {
        let file = support::root().join(name);
        let page = std::fs::read_to_string(&file).unwrap();
        let rewritten: String = page.lines().map(|line| current(line, &figures, of) + "\n").collect();
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&file, rewritten).unwrap();
        } else {
            assert!(rewritten == page, "{name} is not current: UPDATE_DOCS=1 cargo test --test peers");
        }
    }
}

/// A line of the page with the figures of its row.
fn current(line: &str, figures: &BTreeMap<(String, String), (usize, usize, usize)>, of: &str) -> String {
    let mut cells: Vec<String> = line.split('|').map(str::to_owned).collect();
    let key = cells.get(1).zip(cells.get(2)).map(|(peer, check)| (peer.trim().to_owned(), check.trim().to_owned()));
    if let Some((theirs, ours, all)) = key.and_then(|key| figures.get(&key)) {
        cells[6] = format!(" {theirs} {of} {all} ");
        cells[7] = format!(" {ours} {of} {all} ");
    }
    cells.join("|")
}
