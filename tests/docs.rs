//! The documentation is current: what follows from the program was written by it, and every link
//! leads somewhere. `UPDATE_DOCS=1 cargo test --test docs` writes the generated pages anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use epure::cli::reference;

#[test]
fn generated_pages_are_current() {
    let docs = support::root().join("docs");
    let mut stale = Vec::new();
    for (path, text) in reference::pages() {
        let file = docs.join(&path);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, &text).unwrap();
        } else if std::fs::read_to_string(&file).ok() != Some(text) {
            stale.push(format!("docs/{path}"));
        }
    }
    assert!(
        stale.is_empty(),
        "these pages are not what the program says now; run `UPDATE_DOCS=1 cargo test --test docs`:\n  {}",
        stale.join("\n  ")
    );
}

/// Our own Markdown; `output/` is held by `tests/designs.rs`.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
        .iter()
        .map(|name| support::root().join(name))
        .collect();
    pages.extend(
        support::files(&support::root().join("docs"))
            .into_iter()
            .map(|(_, file)| file)
            .filter(|file| file.extension().is_some_and(|end| end == "md")),
    );
    pages
}

/// The anchors that GitHub gives a page's headings, and those written by hand.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut code = false;
    for line in text.lines() {
        code ^= line.starts_with("```");
        if line.starts_with('#') && !code {
            let title = line.trim_start_matches('#').trim().to_lowercase();
            anchors.insert(
                title
                    .chars()
                    .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
                    .collect::<String>()
                    .replace(' ', "-"),
            );
        }
        anchors.extend(line.split("<a id=\"").skip(1).filter_map(|rest| Some(rest.split('"').next()?.to_owned())));
    }
    anchors
}

#[test]
fn every_link_leads_somewhere() {
    let mut wrong = Vec::new();
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        let prose: String = text.split("```").step_by(2).collect();
        for link in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("https://") || link.starts_with("http://") || link.starts_with("mailto:") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { page.clone() } else { page.parent().unwrap_or(Path::new("")).join(path) };
            let found = target.exists()
                && (anchor.is_empty()
                    || anchors(&std::fs::read_to_string(&target).unwrap_or_default()).contains(anchor));
            if !found {
                wrong.push(format!("{}: {link}", page.strip_prefix(support::root()).unwrap().display()));
            }
        }
    }
    assert!(wrong.is_empty(), "links that lead nowhere:\n  {}", wrong.join("\n  "));
}

#[test]
fn every_command_is_in_the_readme() {
    let readme = std::fs::read_to_string(support::root().join("README.md")).unwrap();
    let help = support::epure(&["--help"]).out;
    let commands = help.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap();
    for command in commands.lines().filter_map(|line| line.split_whitespace().next()) {
        assert!(readme.contains(&format!("epure {command}")), "README.md does not name `epure {command}`");
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let readme = std::fs::read_to_string(support::root().join("README.md")).unwrap();
    let manifest = std::fs::read_to_string(support::root().join("Cargo.toml")).unwrap();
    let section = |name: &str| {
        manifest.split(&format!("\n[{name}]\n")).nth(1).unwrap_or("").split("\n[").next().unwrap_or("").to_owned()
    };
    for line in format!("{}\n{}", section("dependencies"), section("dev-dependencies")).lines() {
        if let Some((name, _)) = line.split_once('=') {
            assert!(
                readme.contains(&format!("| `{}`", name.trim())),
                "README.md gives no reason for `{}`",
                name.trim()
            );
        }
    }
}

/// A `console` block's commands, each with the lines it is said to print.
fn transcript(block: &str) -> Vec<(String, Vec<String>)> {
    let mut commands: Vec<(String, Vec<String>)> = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push((command.to_owned(), Vec::new())),
            (None, Some((_, lines))) => lines.push(line.to_owned()),
            (None, None) => {}
        }
    }
    commands
}

/// Whether printed lines are as told, where `…` stands for any lines.
fn as_told(told: &[String], printed: &[String]) -> bool {
    match told.split_first() {
        None => printed.is_empty(),
        Some((line, rest)) if line == "…" => (0..=printed.len()).any(|skipped| as_told(rest, &printed[skipped..])),
        Some((line, rest)) => printed.first() == Some(line) && as_told(rest, &printed[1..]),
    }
}

#[test]
fn the_walk_in_the_readme_is_true() {
    let readme = std::fs::read_to_string(support::root().join("README.md")).unwrap();
    let walk = readme.split("## Five minutes").nth(1).unwrap().split("\n## ").next().unwrap();
    let scratch = support::Scratch::new("walk");
    let program = Path::new(env!("CARGO_BIN_EXE_epure")).parent().unwrap().display().to_string();
    let path = format!("{program}:{}", std::env::var("PATH").unwrap_or_default());
    let mut folder = scratch.0.clone();
    let mut run = 0;
    for block in walk.split("```console\n").skip(1) {
        for (command, told) in transcript(block.split("```").next().unwrap()) {
            if let Some(inner) = command.strip_prefix("cd ") {
                folder = folder.join(inner);
                continue;
            }
            let ran = std::process::Command::new("sh")
                .args(["-c", &command])
                .current_dir(&folder)
                .env("PATH", &path)
                .output()
                .unwrap();
            let printed: Vec<String> =
                String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).lines().map(str::to_owned).collect();
            assert!(
                as_told(&told, &printed),
                "README.md says `{command}` prints\n{}\nbut it prints\n{}",
                told.join("\n"),
                printed.join("\n")
            );
            run += 1;
        }
    }
    assert!(run > 5);
}
