//! Cells, best marks and mistakes of comparisons of the sample stacks and designs.

use super::*;
use crate::analysis::measures::tests::{designs_and, today};

/// A comparison of the sample stacks, with what is wrong in it.
fn compared(comparison: &str) -> (Compared, Vec<Diagnostic>, Workspace) {
    let workspace = designs_and(&format!("kind: comparison\nname: mine\n{comparison}"));
    let (compared, diagnostics) = compare(&workspace, "mine", today()).unwrap();
    (compared, diagnostics, workspace)
}

fn best<'a>(compared: &'a Compared, criterion: &str) -> Vec<&'a str> {
    let row = compared.row(criterion).unwrap();
    row.cells
        .iter()
        .zip(&compared.subjects)
        .filter(|(cell, _)| cell.best)
        .map(|(_, column)| column.name.as_str())
        .collect()
}

#[test]
fn the_samples_compare_without_complaint() {
    let workspace = designs_and("");
    for name in workspace.comparisons.keys() {
        let (_, diagnostics) = compare(&workspace, name, today()).unwrap();
        let said: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.message.en.as_str()).collect();
        assert!(said.is_empty(), "{name}: {said:?}");
    }
    let (compared, _) = compare(&workspace, "containers-or-vms", today()).unwrap();
    assert_eq!(best(&compared, "kernel-sharing"), ["virtual-machines"]);
    assert_eq!(best(&compared, "memory-overhead"), ["containers"]);
    assert_eq!(best(&compared, "start-time"), ["containers", "kubernetes-on-vms"]);
    assert_eq!(best(&compared, "operating-systems-to-patch"), ["containers"]);
    assert_eq!(best(&compared, "live-migration"), ["virtual-machines"]);
    assert_eq!(best(&compared, "device-access"), Vec::<&str>::new());
    assert_eq!(best(&compared, "team-skills"), ["virtual-machines"]);
    assert_eq!(compared.at("cells.memory-overhead.containers").unwrap().value.value.text().fr, "1,3\u{a0}Gio");
    assert!(
        compared.cell("memory-overhead", "containers").unwrap().value.facts.contains("containers-or-vms.assume.hosts")
    );
    assert_eq!(cell_text(&workspace, "containers-or-vms", "kernel", "containers", today()).unwrap_err().0, "kernel");
}

#[test]
fn a_name_more_is_a_column_more() {
    let with = |subjects: &str| {
        compared(&format!("subjects: [{subjects}]\nassume: {{applications: 50, hosts: 3}}\ncriteria: [kernel-sharing, memory-overhead]")).0
    };
    let (two, three) = (with("containers, virtual-machines"), with("containers, virtual-machines, microvms"));
    for (before, after) in two.rows.iter().zip(&three.rows) {
        assert_eq!(before.cells.len() + 1, after.cells.len());
        assert_eq!(before.cells[1].value.value, after.cells[1].value.value);
    }
    // 3 × 380 MiB + 50 × 120 MiB = 7140 MiB.
    assert_eq!(three.cell("memory-overhead", "microvms").unwrap().value.value.text().en, "7\u{a0}GiB");
}

#[test]
fn nothing_is_best_where_all_are_equal() {
    let (compared, ..) = compared("subjects: [containers, kubernetes-on-vms]\ncriteria: [start-time]");
    assert!(best(&compared, "start-time").is_empty());
    assert!(!compared.row("start-time").unwrap().cells.is_empty());
}

#[test]
fn mistakes_are_said_where_they_stand() {
    let text = "subjects: [containers, virtual-machines]
criteria:
  - kernel-sharin
  - {measure: findings}
  - {fact: live-migratoin}
  - {name: taste, scale: [bad, good], values: {containers: god}}
";
    let (compared, diagnostics, workspace) = compared(text);
    let codes: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "reference/unknown-measure",
            "comparison/measure-does-not-apply",
            "reference/unknown-fact",
            "comparison/no-value",
            "comparison/off-scale"
        ]
    );
    let under: Vec<&str> =
        diagnostics.iter().map(|diagnostic| workspace.sources.text(diagnostic.primary.span)).collect();
    assert_eq!(under, ["kernel-sharin", "findings", "live-migratoin", "{containers: god}", "god"]);
    let meant: Vec<Option<&str>> =
        diagnostics.iter().map(|diagnostic| diagnostic.fix.as_ref().map(|fix| fix.edits[0].text.as_str())).collect();
    assert_eq!(meant, [Some("kernel-sharing"), None, Some("live-migration"), None, Some("good")]);
    assert!(matches!(compared.cell("findings", "containers").unwrap().value.value, Value::NotApplicable(_)));
    assert!(matches!(compared.cell("taste", "virtual-machines").unwrap().value.value, Value::Unanswered(_)));
}

#[test]
fn anything_can_be_compared_on_the_spot() {
    let workspace = designs_and("");
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let stacks = compare_ad_hoc(&workspace, &names(&["containers", "virtual-machines"]), today(), false).unwrap();
    assert!(stacks.row("live-migration").is_some() && stacks.row("findings").is_none());
    assert_eq!(stacks.assume, Some(Assume::default()));
    let designs = compare_ad_hoc(&workspace, &names(&["quote-app-lab", "quote-app-cloud"]), today(), false).unwrap();
    assert!(designs.row("kernel-sharing").is_none() && designs.assume.is_none());
    assert_eq!(designs.decide().ranks[0].subject, "quote-app-cloud");
    let unknown = compare_ad_hoc(&workspace, &names(&["container"]), today(), false).unwrap_err();
    assert_eq!(unknown[0].near.as_deref(), Some("containers"));
}

#[test]
fn a_lower_bound_does_not_win() {
    let (compared, ..) = compared("subjects: [microvms, virtual-machines]\ncriteria: [start-time]");
    // 125 ms is the guest's boot; the container's inside it is not stated.
    assert!(best(&compared, "start-time").is_empty());
}

/// The codes of a comparison's mistakes, with what is underlined.
fn said(comparison: &str) -> Vec<(String, String)> {
    let (_, diagnostics, workspace) = compared(comparison);
    let under = |diagnostic: &Diagnostic| workspace.sources.text(diagnostic.primary.span).to_owned();
    diagnostics.iter().map(|diagnostic| (diagnostic.code.clone(), under(diagnostic))).collect()
}

#[test]
fn weights_that_weigh_nothing_are_said_where_they_stand() {
    let one = |weight: &str| {
        let text = format!(
            "subjects: [containers, virtual-machines]\ncriteria: [{{measure: start-time, weight: {weight}}}, kernel-sharing]"
        );
        said(&text)
    };
    assert_eq!(one("0"), [("comparison/zero-weight".to_owned(), "0".to_owned())]);
    assert_eq!(one("-2"), [("comparison/bad-weight".to_owned(), "-2".to_owned())]);
    assert_eq!(one("1e999"), [("comparison/bad-weight".to_owned(), "1e999".to_owned())]);
    assert_eq!(one("2.5"), []);
    let none = said("subjects: [containers, virtual-machines]\ncriteria: [{measure: start-time, weight: 0}]");
    assert_eq!(
        none.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(),
        ["comparison/zero-weight", "comparison/no-weight"]
    );
}

#[test]
fn what_cannot_be_ordered_is_shown_and_not_ranked() {
    let text = "subjects: [containers, virtual-machines]
criteria:
  - {name: wait, better: lower, values: {containers: 5 s, virtual-machines: 5 MiB}}
  - {name: price, better: lower, values: {containers: 5 s, virtual-machines: 2 min}}
";
    let (compared, diagnostics, _) = compared(text);
    assert_eq!(diagnostics[0].code, "comparison/mixed-units");
    let decided = compared.decide();
    assert_eq!(decided.left_out.len(), 1);
    assert_eq!((decided.ranks[0].subject.as_str(), decided.ranks[0].score), ("containers", 1.0));
    let (mixed, diagnostics, _) = compared_mixed();
    assert!(diagnostics.iter().any(|diagnostic| diagnostic.code == "comparison/mixed-kinds"), "{diagnostics:?}");
    // Only what applies to both ranks.
    assert_eq!(mixed.decide().weights.len(), 1);
}

fn compared_mixed() -> (Compared, Vec<Diagnostic>, Workspace) {
    compared(
        "subjects: [containers, quote-app-lab]\nassume: {applications: 4, hosts: 1}\ncriteria: [operating-systems-to-patch, findings, kernel-sharing]",
    )
}

#[test]
fn a_question_that_nobody_answers_is_said_once() {
    let found = said("subjects: [quote-app-lab, cockpit]\ncriteria: [restore-time, nodes]");
    // The cockpit has no database at all, and the lab never restored its own.
    assert_eq!(found, [("comparison/unanswered".to_owned(), "restore-time".to_owned())]);
}

#[test]
fn an_open_cell_leaves_a_range_and_what_would_flip_it_is_named() {
    let text = "subjects: [containers, virtual-machines]
criteria:
  - {name: a, better: higher, weight: 3, values: {containers: '5', virtual-machines: '4'}}
  - {name: b, better: higher, weight: 4, values: {containers: '5'}}
";
    let (compared, ..) = compared(text);
    let decided = compared.decide();
    let first = &decided.ranks[0];
    assert_eq!((first.subject.as_str(), first.low, first.high), ("containers", 3.0 / 7.0, 1.0));
    assert_eq!(decided.verdict, crate::analysis::decision::Verdict::Open);
    let flip = decided.flips.iter().find(|flip| flip.open).unwrap();
    assert_eq!(
        (flip.criterion.as_str(), flip.subject.as_str(), flip.winner.as_str()),
        ("b", "virtual-machines", "virtual-machines")
    );
}
