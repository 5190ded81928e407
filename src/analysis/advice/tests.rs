//! Which subjects the sample comparison prefers for the components of the sample designs.

use super::*;
use crate::analysis::measures::tests::{designs_and, today};
use crate::design::Workspace;

fn advice(workspace: &Workspace, design: &str) -> Vec<Advice> {
    let view = View::of(workspace, design, today()).unwrap();
    let (advice, diagnostics) = advise(&view, &workspace.comparisons["containers-or-vms"]);
    let said: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.message.en.as_str()).collect();
    assert!(said.is_empty(), "{said:?}");
    advice
}

fn of<'a>(advice: &'a [Advice], component: &str) -> &'a Advice {
    advice.iter().find(|advice| advice.component == component).unwrap()
}

#[test]
fn the_bank_needs_machines_for_some_and_a_cluster_for_others() {
    let workspace = designs_and("");
    let bank = advice(&workspace, "quotes-bank");
    assert_eq!(of(&bank, "quotes-api").subjects(), ["kubernetes-on-vms"]);
    assert_eq!(of(&bank, "pricing-engine").subjects(), ["virtual-machines"]);
    let why: Vec<&str> =
        of(&bank, "pricing-engine").preferred.iter().map(|preferred| preferred.because.en.as_str()).collect();
    assert_eq!(why, ["it needs another kernel than the host's", "it cannot be put in a container"]);
    assert_eq!(of(&bank, "payments").subjects(), ["virtual-machines"]);
    assert_eq!(of(&bank, "quotes-db").subjects(), ["virtual-machines"]);
    assert_eq!(of(&bank, "waf").subjects(), ["virtual-machines"]);
    assert_eq!(of(&bank, "internet-dns").today, Today::Managed("dns-provider".to_owned()));
    assert!(!bank.iter().any(|advice| advice.component == "clients"));
    let facts = &of(&bank, "pricing-engine").preferred[0].facts;
    assert!(
        facts.contains("quotes-bank.components.pricing-engine.kernel")
            && facts.contains("virtual-machines.layers.guest-os.kernel")
            || facts.contains("virtual-machines.layers.host-os.kernel")
    );
}

#[test]
fn what_the_lab_does_not_say_is_open() {
    let workspace = designs_and("");
    let lab = advice(&workspace, "quote-app-lab");
    assert_eq!(of(&lab, "quote-app").subjects(), ["containers"]);
    // The lab has no segments; whether this is a DMZ is not said.
    assert_eq!(of(&lab, "quote-app").missing(), ["segment_kind"]);
    assert_eq!(of(&lab, "quote-db").missing(), ["segment_kind", "critical"]);
}

#[test]
fn a_preference_for_what_is_not_compared_is_said() {
    let text = "kind: comparison\nname: mine\nsubjects: [containers]\ncriteria: [kernel-sharing]\nprefer: {microvms: [{when: tenency == \"own\", because: x}]}\n";
    let workspace = designs_and(text);
    let found = check(&workspace.sources, &workspace.comparisons["mine"]);
    let codes: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(codes, ["comparison/not-compared", "expression/unknown-field"]);
    assert_eq!(workspace.sources.text(found[1].primary.span), "tenency");
    assert_eq!(found[1].path.as_deref(), Some("mine.prefer.microvms.0"));
}
