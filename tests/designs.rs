//! The sample workspace: it passes its own review, and what is committed of its output is current.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use epure::analysis::review::review_all;
use epure::analysis::runs::Runs;
use epure::cli::evidence::read_evidence;
use epure::design::text::When;
use epure::design::{Input, Workspace, load};
use epure::figure::Body;
use epure::report::{self, Kind, Output, Page, Part};
use epure::source::State;
use support::{Scratch, epure};

fn workspace() -> Workspace {
    let inputs: Vec<Input> = support::files(&support::root().join("designs"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".yaml") || path.ends_with(".md"))
        .map(|(path, file)| Input { path, bytes: std::fs::read(file).unwrap() })
        .collect();
    let (mut workspace, problems) = load(&inputs);
    let problems: Vec<&str> = problems.iter().map(|problem| problem.message.en.as_str()).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    read_evidence(&mut workspace, &support::root().join("designs"));
    workspace
}

fn day(text: &str) -> When {
    When::parse(text).unwrap()
}

/// The Markdown, the drawings and the images, as `epure build designs` writes them.
fn markdown(workspace: &Workspace, today: When) -> Vec<Output> {
    let (mut site, problems) = report::assemble(workspace, today);
    let problems: Vec<&str> = problems.iter().map(|problem| problem.message.en.as_str()).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    for path in site.pages.iter().flat_map(report::images).collect::<BTreeSet<_>>() {
        if let Ok(bytes) = std::fs::read(support::root().join("designs").join(&path)) {
            site.assets.insert(path, bytes);
        }
    }
    let mut files = report::markdown::files(&site, "github");
    files.extend(report::decisions::files(workspace, today));
    files
}

#[test]
fn the_designs_pass_their_own_review() {
    let folder = support::root().join("designs").display().to_string();
    let ran = epure(&["check", &folder]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}

#[test]
fn the_committed_output_is_current() {
    let workspace = workspace();
    let today = workspace.config.as_of.unwrap();
    let made: BTreeMap<String, Vec<u8>> =
        markdown(&workspace, today).into_iter().map(|file| (file.path, file.bytes)).collect();
    let output = support::root().join("output");
    let kept: BTreeMap<String, Vec<u8>> = support::files(&output)
        .into_iter()
        .filter(|(path, _)| !path.starts_with("site/") && !path.starts_with(".epure/"))
        .map(|(path, file)| (path, std::fs::read(file).unwrap()))
        .collect();
    let stale: Vec<&str> =
        made.iter().filter(|(path, bytes)| kept.get(*path) != Some(*bytes)).map(|(path, _)| path.as_str()).collect();
    let left: Vec<&str> = kept.keys().filter(|path| !made.contains_key(*path)).map(String::as_str).collect();
    assert!(
        stale.is_empty() && left.is_empty(),
        "output/ is not what designs/ gives now; run `cargo run --release -- build designs` and commit it\n  \
         stale or missing: {stale:#?}\n  no longer made: {left:#?}"
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = support::root().join("designs").display().to_string();
    let scratch = Scratch::new("twice");
    for out in ["one", "two"] {
        let ran = epure(&["build", &folder, "--out", &scratch.join(out)]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let read = |out: &str| -> Vec<(String, Vec<u8>)> {
        support::files(&scratch.0.join(out))
            .into_iter()
            .map(|(path, file)| (path, std::fs::read(file).unwrap()))
            .collect()
    };
    let (one, two) = (read("one"), read("two"));
    assert!(one.len() > 20);
    for (a, b) in one.iter().zip(&two) {
        assert!(a == b, "{} differs from {}", a.0, b.0);
    }
    assert_eq!(one.len(), two.len());
}

/// Rules that judge an age or an expiry; no other finding may change with the day alone.
const AGES: [&str; 7] = [
    "data/restore-not-tested",
    "finance/backup-not-segregated",
    "finance/critical-function-without-objectives",
    "finance/segmentation-not-tested",
    "model/risk-without-response",
    "model/waiver-expired",
    "stack/below-kubernetes-support",
];

#[test]
fn a_year_later_only_ages_and_expiries_change() {
    let workspace = workspace();
    let findings = |today: When| -> BTreeMap<(String, String), State> {
        review_all(&workspace, today, &Runs::fixed())
            .into_iter()
            .flat_map(|review| review.findings)
            .map(|finding| ((finding.code, finding.path.unwrap_or_default()), finding.state))
            .collect()
    };
    let (now, later) = (findings(day("2026-11-22")), findings(day("2027-11-22")));
    let mut changed = 0;
    for place in now.keys().chain(later.keys()).collect::<BTreeSet<_>>() {
        let (before, after) = (now.get(place), later.get(place));
        if before == after {
            continue;
        }
        changed += 1;
        let expired = before == Some(&State::Waived) && after == Some(&State::Fail);
        assert!(
            expired || AGES.contains(&place.0.as_str()),
            "{} at {} changed with the day: {before:?} to {after:?}",
            place.0,
            place.1
        );
    }
    assert!(changed > 0, "nothing ages in designs/");
}

/// Figures in which a cell may change with the day alone: those that show findings, and those that
/// show the age of an exercise or a decision, or whether a waiver is in force.
const AGING_FIGURES: [&str; 14] = [
    "findings",
    "coverage",
    "objectives",
    "backups",
    "decisions",
    "risks",
    "flows",
    "third-parties",
    "exercises",
    "waivers",
    "segments",
    "ranking",
    "brief",
    "summary",
];
/// Rows of comparisons that do the same.
const AGING_ROWS: [&str; 4] = ["Findings", "Last restore", "Constats", "Dernier"];

#[test]
fn a_year_later_only_what_shows_ages_is_drawn_anew() {
    let workspace = workspace();
    let pages = |today: &str| report::assemble(&workspace, day(today)).0.pages;
    let (now, later) = (pages("2026-11-22"), pages("2027-11-22"));
    assert_eq!(now.len(), later.len());
    let mut changed = 0;
    let prose = |page: &Page| -> Vec<Part> {
        page.parts.iter().filter(|part| page.kind == Kind::Report && matches!(part, Part::Prose(_))).cloned().collect()
    };
    for (before, after) in now.iter().zip(&later) {
        assert_eq!(before.slug, after.slug);
        assert!(prose(before) == prose(after), "prose of {} changed with the day", before.slug);
        let ages = |id: &str| AGING_FIGURES.iter().any(|aging| id.rsplit('.').next().unwrap().starts_with(aging));
        for new in after.figures().filter(|new| !ages(&new.id)) {
            assert!(before.figures().any(|old| old.id == new.id), "{} is new", new.id);
        }
        for old in before.figures() {
            let Some(new) = after.figures().find(|new| new.id == old.id) else {
                assert!(ages(&old.id), "{} is gone", old.id);
                continue;
            };
            match (&old.body, &new.body) {
                (Body::Table(a), Body::Table(b)) if !ages(&old.id) => {
                    assert_eq!(a.rows.len(), b.rows.len(), "{} has other rows", old.id);
                    for (a, b) in a.rows.iter().zip(&b.rows) {
                        let row = &a.cells[0].value;
                        let aged = AGING_ROWS.iter().any(|title| row.starts_with(title));
                        assert!(a == b || aged, "the row {row} of {} changed with the day", old.id);
                        changed += usize::from(a != b);
                    }
                }
                (Body::Table(a), Body::Table(b)) => changed += usize::from(a != b),
                (a, b) => assert!(a == b, "the drawing {} changed with the day", old.id),
            }
        }
    }
    assert!(changed > 0, "nothing shows an age");
}

#[test]
fn place_language_and_time_zone_do_not_matter() {
    // The program is run as its users do: in other folders, with another environment.
    let program = env!("CARGO_BIN_EXE_epure");
    let scratch = Scratch::new("elsewhere");
    let folder = support::root().join("designs");
    let build = |out: &str, from: &std::path::Path, lang: &str, zone: &str| {
        let status = std::process::Command::new(program)
            .args(["build", &folder.display().to_string(), "--out", &scratch.join(out)])
            .current_dir(from)
            .env("LANG", lang)
            .env("LC_ALL", lang)
            .env("TZ", zone)
            .env("HOME", from)
            .output()
            .unwrap();
        assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
        support::files(&scratch.0.join(out))
            .into_iter()
            .map(|(path, file)| (path, std::fs::read(file).unwrap()))
            .collect::<Vec<_>>()
    };
    let one = build("one", &support::root(), "C", "UTC");
    let two = build("two", &scratch.0, "fr_FR.UTF-8", "Pacific/Kiritimati");
    assert!(one == two, "the output depends on where the program runs");
}
