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
        diagnostics.iter().map(|diagnostic| diagnostic.fix.as_ref().map(|fix| fix.text.as_str())).collect();
    assert_eq!(meant, [Some("kernel-sharing"), None, Some("live-migration"), None, Some("good")]);
    assert!(matches!(compared.cell("findings", "containers").unwrap().value.value, Value::NotApplicable(_)));
    assert!(matches!(compared.cell("taste", "virtual-machines").unwrap().value.value, Value::Unanswered(_)));
}

#[test]
fn anything_can_be_compared_on_the_spot() {
    let workspace = designs_and("");
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let stacks = compare_ad_hoc(&workspace, &names(&["containers", "virtual-machines"]), today()).unwrap();
    assert!(stacks.row("live-migration").is_some() && stacks.row("findings").is_none());
    assert_eq!(stacks.assume, Some(Assume::default()));
    let designs = compare_ad_hoc(&workspace, &names(&["quote-app-lab", "quote-app-cloud"]), today()).unwrap();
    assert!(designs.row("kernel-sharing").is_none() && designs.assume.is_none());
    assert_eq!(designs.ranking()[0].subject, "quote-app-cloud");
    let unknown = compare_ad_hoc(&workspace, &names(&["container"]), today()).unwrap_err();
    assert_eq!(unknown[0].near.as_deref(), Some("containers"));
}

#[test]
fn a_lower_bound_does_not_win() {
    let (compared, ..) = compared("subjects: [microvms, virtual-machines]\ncriteria: [start-time]");
    // 125 ms is the guest's boot; the container's inside it is not stated.
    assert!(best(&compared, "start-time").is_empty());
}
