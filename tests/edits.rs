//! One edit changes exactly what follows from it: every cell and figure that changes was worked out
//! from the edited fact, and says so.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

mod shown;

use std::collections::BTreeMap;

use epure::source::Lang;
use shown::{Shown, differences, edited, samples, show};

/// Whether one address is the other, or around it.
fn related(a: &str, b: &str) -> bool {
    let around = |outer: &str, inner: &str| {
        inner == outer || inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
    };
    around(a, b) || around(b, a)
}

/// Makes the edit and checks that every change follows from one of the paths; gives the changes.
fn follows(file: &str, from: &str, to: &str, paths: &[&str]) -> Vec<String> {
    let inputs = samples();
    let before = show(&inputs, &[Lang::En]).unwrap();
    let after = show(&edited(&inputs, file, from, to), &[Lang::En]).unwrap();
    let changes = differences(&before, &after);
    assert!(!changes.is_empty(), "nothing changed");
    let mut without = Vec::new();
    for (key, old, new) in &changes {
        let explained = [old, new]
            .into_iter()
            .flatten()
            .any(|shown| shown.facts.iter().any(|fact| paths.iter().any(|path| related(fact, path))));
        if !explained && !summed_up(key, &before, &after, paths) {
            without.push(format!("{key}\n  - {}\n  + {}", text(*old), text(*new)));
        }
    }
    assert!(without.is_empty(), "these change and do not say that they follow from {paths:?}:\n{}", without.join("\n"));
    changes.into_iter().map(|(key, ..)| key.to_owned()).collect()
}

/// The beginning of a text; a drawing is long.
fn text(shown: Option<&Shown>) -> String {
    shown.map_or_else(|| "(nothing)".to_owned(), |shown| shown.text.chars().take(160).collect())
}

/// A figure's sentence sums its cells up: it follows where one of its cells does.
fn summed_up(key: &str, before: &BTreeMap<String, Shown>, after: &BTreeMap<String, Shown>, paths: &[&str]) -> bool {
    let Some(figure) = key.strip_suffix(" answer").or(key.strip_suffix(" note")).or(key.strip_suffix(" title")) else {
        return false;
    };
    differences(before, after).iter().any(|(other, old, new)| {
        other.starts_with(&format!("{figure} ["))
            && [old, new]
                .into_iter()
                .flatten()
                .any(|shown| shown.facts.iter().any(|fact| paths.iter().any(|path| related(fact, path))))
    })
}

fn any(changes: &[String], words: &[&str]) -> bool {
    changes.iter().any(|key| words.iter().all(|word| key.contains(word)))
}

#[test]
fn replicas_from_three_to_one() {
    let changes = follows(
        "cloud/quote-app.yaml",
        "    replicas: 3\n    requests: {cpu: 250m, memory: 256 MiB}",
        "    replicas: 1\n    requests: {cpu: 250m, memory: 256 MiB}",
        &["quote-app-cloud.components.quote-app.replicas", "quote-app-frugal.components.quote-app.replicas"],
    );
    for words in [
        &["placement", "quote-app"][..],
        &["topology", "drawing"],
        &["lose-a-worker", "timeline", "drawing"],
        &["capacity", "quote-app"],
        &["finding quote-app-cloud"],
        &["lab-or-production.comparison", "Single points of failure"],
    ] {
        assert!(any(&changes, words), "{words:?} should change with the replicas; changed:\n{}", changes.join("\n"));
    }
}

#[test]
fn a_layer_is_per_vm_instead_of_per_application() {
    let changes = follows(
        "stacks/virtual-machines.yaml",
        "  - kind: guest-os\n    per: application",
        "  - kind: guest-os\n    per: host",
        &["virtual-machines.layers.guest-os.per"],
    );
    for words in [
        &["containers-or-vms.comparison", "Kernel", "Virtual machines"][..],
        &["containers-or-vms.comparison", "Memory", "Virtual machines"],
        &["containers-or-vms.comparison", "Operating systems", "Virtual machines"],
        &["memory-overhead-chart", "drawing"],
        &["stack", "drawing"],
    ] {
        assert!(any(&changes, words), "{words:?} should change with the layer; changed:\n{}", changes.join("\n"));
    }
}

#[test]
fn a_backup_is_kept_for_a_shorter_time() {
    let changes = follows(
        "cloud/quote-app.yaml",
        "wal-archive: {kind: log, every: 1 min, keep: 14 days,",
        "wal-archive: {kind: log, every: 1 min, keep: 12 h,",
        &[
            "quote-app-cloud.components.quote-db.backups.wal-archive.keep",
            "quote-app-frugal.components.quote-db.backups.wal-archive.keep",
        ],
    );
    for words in [&["backups", "Kept"][..], &["finding quote-app-cloud"]] {
        assert!(any(&changes, words), "{words:?} should change with the retention; changed:\n{}", changes.join("\n"));
    }
}

#[test]
fn a_name_added_to_the_subjects_is_a_column_worked_out() {
    let inputs = samples();
    let before = show(&inputs, &[Lang::En]).unwrap();
    let after = show(
        &edited(
            &inputs,
            "comparisons/containers-or-vms.yaml",
            "subjects: [containers, virtual-machines, kubernetes-on-vms]     # add a name, get a column",
            "subjects: [containers, virtual-machines, kubernetes-on-vms, microvms]",
        ),
        &[Lang::En],
    )
    .unwrap();
    let column = "MicroVMs (Kata on Firecracker)]";
    let cells: Vec<&String> =
        after.keys().filter(|key| key.contains("containers-or-vms.comparison") && key.ends_with(column)).collect();
    assert!(!before.keys().any(|key| key.contains("containers-or-vms.comparison") && key.ends_with(column)));
    assert!(cells.len() >= 8, "a cell for each criterion, not {cells:?}");
    let memory = cells.iter().find(|key| key.contains("[Memory before any application")).expect("a memory cell");
    assert!(after[*memory].text.contains("50 × 120"), "worked out from the layers: {}", after[*memory].text);
}
