//! Numbers worked out by hand, over the sample workspace and over small stacks.

use std::path::Path;

use proptest::prelude::*;

use super::MEASURES;
use crate::analysis::measure::{self, OnStack, Subject, Value};
use crate::analysis::{Derived, View};
use crate::design::model::comparison::Assume;
use crate::design::text::When;
use crate::design::{Input, Workspace, load};
use crate::source::{LANGS, Severity, Show, State};

/// The day of the sample workspace.
pub(crate) fn today() -> When {
    When::parse("2026-11-22").unwrap()
}

/// The sample workspace, with further documents.
pub(crate) fn designs_and(more: &str) -> Workspace {
    fn walk(dir: &Path, root: &Path, inputs: &mut Vec<Input>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, inputs);
            } else if path.extension().is_some_and(|ext| ext == "yaml") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                inputs.push(Input { path: name, bytes: std::fs::read(&path).unwrap() });
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("designs");
    let mut inputs = Vec::new();
    walk(&root, &root, &mut inputs);
    if !more.is_empty() {
        inputs.push(Input { path: "zz-more.yaml".to_owned(), bytes: more.as_bytes().to_vec() });
    }
    let (workspace, diagnostics) = load(&inputs);
    let said: Vec<String> = diagnostics.iter().map(|diagnostic| diagnostic.message.en.clone()).collect();
    assert!(said.is_empty(), "{said:?}");
    workspace
}

fn of_stack(workspace: &Workspace, measure: &str, stack: &str, applications: u32, hosts: u32) -> Derived<Value> {
    let doc = &workspace.stacks[stack];
    let assume = Assume { applications, hosts };
    let on = OnStack { workspace, name: &doc.name, stack: &doc.value, assume, assumed_by: None };
    measure::find(measure).unwrap().of(&Subject::Stack(&on))
}

fn of_design(workspace: &Workspace, measure: &str, design: &str) -> Derived<Value> {
    let view = View::of(workspace, design, today()).unwrap();
    measure::find(measure).unwrap().of(&Subject::Design(&view))
}

fn text(derived: &Derived<Value>) -> String {
    derived.value.text().en.replace('\u{a0}', " ")
}

fn formula(derived: &Derived<Value>) -> String {
    derived.formula.en.replace('\u{a0}', " ")
}

#[test]
fn fifty_applications_on_three_hosts() {
    let workspace = designs_and("");
    let all = |measure: &str| {
        ["containers", "virtual-machines", "kubernetes-on-vms"].map(|stack| of_stack(&workspace, measure, stack, 50, 3))
    };
    // ceil(50 / 3) = 17; one guest each; 3 hosts × 4 VMs = 12, ceil(50 / 12) = 5.
    let kernel = all("kernel-sharing");
    assert_eq!(kernel.each_ref().map(|cell| cell.value.comparable()), [Some(17.0), Some(1.0), Some(5.0)]);
    assert_eq!(
        kernel.each_ref().map(text),
        ["shared by up to 17 applications", "one each", "shared by up to 5 applications"]
    );
    assert_eq!(formula(&kernel[0]), "host OS is per host; 50 on 3");
    // 3 × 380 MiB + 50 × 4.1 MB = 1140 MiB + 195.50 MiB; 900 + 12,800 MiB; 12 × 480 + 195.50 MiB.
    let memory = all("memory-overhead");
    assert_eq!(memory.each_ref().map(text), ["1.3 GiB", "13.4 GiB", "5.8 GiB"]);
    assert_eq!(memory[0].value.comparable(), Some(3.0 * 380.0 * 1_048_576.0 + 50.0 * 4.1e6));
    assert_eq!(formula(&memory[0]), "3 × 380 MiB + 50 × 4.1 MB");
    assert_eq!(formula(&memory[1]), "3 × 300 MiB + 50 × 256 MiB; not stated: hypervisor and VM");
    assert!(memory[1].value.is_partial() && !memory[0].value.is_partial());
    assert_eq!(memory[0].formula.fr, "3 × 380\u{a0}Mio + 50 × 4,1\u{a0}Mo");
    assert!(memory[0].facts.contains("containers.layers.host-os.memory"));
    // 3 hosts; 3 hosts and 50 guests; 12 guests, the hosts being the provider's.
    let patch = all("operating-systems-to-patch");
    assert_eq!(patch.each_ref().map(text), ["3", "53", "12"]);
    assert_eq!(
        patch.each_ref().map(formula),
        ["3 hosts", "3 hosts + 50 guests", "12 guests; hypervisors: the provider’s"]
    );
    // Host OS and runtime on 3 hosts; host OS and hypervisor and 50 guests; three layers on 12 VMs.
    assert_eq!(all("things-to-operate").each_ref().map(text), ["6", "56", "36"]);
    assert_eq!(
        all("kernel-exploit-reach").each_ref().map(text),
        ["up to 17 applications", "1 application", "up to 5 applications"]
    );
    assert_eq!(
        all("isolation-boundary").each_ref().map(text),
        ["namespaces, cgroups, seccomp", "hardware virtualisation", "namespaces, cgroups, seccomp"]
    );
    assert_eq!(all("start-time").each_ref().map(text), ["568 ms", "3.1 s", "568 ms"]);
}

#[test]
fn what_is_not_stated_is_no_zero() {
    let workspace = designs_and("");
    let appliance = of_stack(&workspace, "memory-overhead", "appliance", 12, 3);
    assert_eq!(text(&appliance), "no layer says how much memory it takes (`memory`)");
    // The microVM's container says no boot: what starts is known in part only.
    let start = of_stack(&workspace, "start-time", "microvms", 50, 3);
    assert!(start.value.is_partial(), "{start:?}");
    // An appliance holds one application, so twelve of them take twelve boxes, all the vendor's.
    assert_eq!(text(&of_stack(&workspace, "kernel-sharing", "appliance", 12, 3)), "one each");
    let patch = of_stack(&workspace, "operating-systems-to-patch", "appliance", 12, 3);
    assert_eq!((text(&patch), formula(&patch)), ("0".to_owned(), "hosts: the vendor’s".to_owned()));
    // 3 SoCs × 3 partitions: ceil(12 / 9) = 2 neighbours in one partition, with nothing in between.
    assert_eq!(of_stack(&workspace, "isolation-boundary", "soc-partitions", 12, 3).value.comparable(), Some(0.0));
    assert_eq!(of_stack(&workspace, "kernel-sharing", "soc-partitions", 12, 3).value.comparable(), Some(2.0));
}

#[test]
fn the_lab_against_production() {
    let workspace = designs_and("");
    let all = |measure: &str| {
        ["quote-app-lab", "quote-app-frugal", "quote-app-cloud"].map(|design| of_design(&workspace, measure, design))
    };
    assert_eq!(all("single-points-of-failure").each_ref().map(text), ["3", "1", "none"]);
    assert_eq!(all("replicas-of-critical-components").each_ref().map(text), ["1", "1", "3"]);
    assert_eq!(all("survives-node-loss").each_ref().map(text), ["no", "no", "yes"]);
    assert_eq!(all("survives-zone-loss").each_ref().map(text), ["no", "no", "yes"]);
    assert_eq!(all("data-lost-at-node-loss").each_ref().map(text), ["everything", "0 s", "0 s"]);
    assert_eq!(all("objectives-covered").each_ref().map(text), ["0 of 6", "5 of 6", "6 of 6"]);
    // 2026-10-04 to 2026-11-22: 27 + 22 days.
    assert_eq!(text(&all("restore-tested")[2]), "49 days ago");
    // (6 × 0.2 + 3 × 0.3) × 730.5 = 1534.05; three workers less: 1095.75.
    assert_eq!(all("monthly-price").each_ref().map(text)[1..], ["1,096 USD", "1,534 USD"]);
    assert_eq!(formula(&all("monthly-price")[2]), "(6 × 0.2 USD/h + 3 × 0.3 USD/h) × 730.5 h");
}

/// The cloud sample, every number worked out here from the facts of its document alone.
#[test]
fn the_cloud_by_hand() {
    let workspace = designs_and("");
    let cloud = |measure: &str| of_design(&workspace, measure, "quote-app-cloud");
    let number =
        |measure: &str| cloud(measure).value.comparable().unwrap_or_else(|| panic!("{measure}: {:?}", cloud(measure)));
    let near = |measure: &str, expected: f64| {
        let found = number(measure);
        assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{measure}: {found}, by hand {expected}");
    };
    // workers 6, databases 3; over the zones a, b and c.
    near("nodes", 9.0);
    near("zones", 3.0);
    // Everything needed runs at least three times over three zones; the vital etcd has three members.
    near("single-points-of-failure", 0.0);
    near("replicas-of-critical-components", 3.0);
    near("survives-node-loss", 2.0_f64.min(number("survives-node-loss")));
    near("survives-zone-loss", number("survives-node-loss"));
    near("data-lost-at-node-loss", 0.0);
    near("objectives-covered", 6.0);
    // 4 October to 22 November: 27 + 22 days.
    near("restore-tested", 49.0);
    near("secrets-encrypted", 2.0);
    // `wal-archive` every minute, which `base-backup` can start; `restore-october` took 22 min.
    near("backup-age", 60.0);
    near("restore-time", 22.0 * 60.0);
    // Behind etcd: quote-db, quote-app, ingress, load-balancer; people are not counted.
    near("blast-radius", 4.0);
    assert_eq!(
        formula(&cloud("blast-radius")),
        "with `quote-db-etcd`: `ingress`, `load-balancer`, `quote-app` and `quote-db`; 1 function: `serve-quotes`"
    );
    // Only `aws`; the uptime provider supports no function.
    near("third-parties-needed", 1.0);
    // Twelve connections: `resolve` is public, `serve` is http, the other ten are encrypted.
    near("flows-encrypted", 10.0 / 11.0);
    near("plaintext-secrets", 0.0);
    assert!(matches!(cloud("start-budget-used").value, Value::NotApplicable(_)));
    // Requests: ingress 3 × 100m, quote-app 3 × 250m, prometheus 2 × 500m, loki 3 × 200m and the
    // collector 6 × 100m of six nodes of 4 − 80m; memory is less scarce.
    let cores = 3.0 * 0.1 + 3.0 * 0.25 + 2.0 * 0.5 + 3.0 * 0.2 + 6.0 * 0.1;
    near("requests-headroom", 1.0 - cores / (6.0 * 3.92));
    // A node less, and with it one pod of the collector.
    near("node-loss-headroom", 1.0 - (cores - 0.1) / (5.0 * 3.92));
    // workers-1 carries an ingress of 256 MiB, a Prometheus of 4 GiB and a collector of 256 MiB.
    near("memory-overcommit", (256.0 + 4096.0 + 256.0) / (16384.0 - 893.0 - 100.0));
    // The balancer, one ingress of three for the peak, two of three of the rest; DNS promises nothing.
    let machine: f64 = 0.995;
    let two_of_three = machine.powi(3) + 3.0 * machine.powi(2) * (1.0 - machine);
    let one_of_three = 1.0 - (1.0 - machine).powi(3);
    near("availability-bound", 0.9999 * one_of_three * two_of_three.powi(3));
    // Of software, node, zone, region and corruption: the rebuild of June and the restore of October.
    near("recovery-shown", 2.0 / 5.0);
    // Six workers with a Linux guest each, and three database machines with one each.
    near("operating-systems-to-patch", 6.0 + 3.0);
    near("monthly-price", (6.0 * 0.2 + 3.0 * 0.3) * 730.5);
    // Findings are counted by the review, and by severity they are the same.
    let review = crate::analysis::review::review(&View::of(&workspace, "quote-app-cloud", today()).unwrap());
    let count = |state, severity: Option<Severity>| {
        let of = review.findings.iter().filter(|finding| finding.state == state);
        of.filter(|finding| severity.is_none_or(|severity| severity == finding.severity)).count() as f64
    };
    let (errors, warnings, notes) = (
        count(State::Fail, Some(Severity::Error)),
        count(State::Fail, Some(Severity::Warning)),
        count(State::Fail, Some(Severity::Note)),
    );
    near("findings-errors", errors);
    near("findings-warnings", warnings);
    near("findings-notes", notes);
    near("findings", errors * 1e12 + warnings * 1e6 + notes);
    near("questions-unanswered", count(State::Unanswered, None));
    // Whatever is not simulated and applies to designs stands above.
    let above = include_str!("tests.rs");
    for measure in
        MEASURES.iter().filter(|measure| !measure.simulates() && measure.applies() != measure::Applies::Stack)
    {
        assert!(above.contains(&format!("\"{}\"", measure.id)), "{} is not worked out by hand", measure.id);
    }
}

#[test]
fn the_other_contexts_answer_what_the_cloud_does_not() {
    let workspace = designs_and("");
    let number = |measure: &str, design: &str| of_design(&workspace, measure, design).value.comparable().unwrap();
    // 180 + 100 + 250 + 300 ms of 2 s; telltales 730 of 1000 ms; media 17.28 of 25 s.
    assert!((number("start-budget-used", "cockpit") - 0.73).abs() < 1e-9);
    // The Linux partition: 1024 + 256 + 128 + 64 MiB of 4096 − 10.94.
    assert!((number("memory-overcommit", "cockpit") - 1472.0 / 4085.06).abs() < 1e-6);
    // The lab's one node leaves nothing.
    assert_eq!(number("node-loss-headroom", "quote-app-lab"), f64::NEG_INFINITY);
    assert_eq!(number("backup-age", "quote-app-lab"), f64::INFINITY);
    // The bank: workers 8, control plane 3, quorum 3, databases 4, pricing 4, cards 4, operations 4,
    // and boxes 4 + 4 + 4 + 3 + 2 + 1; ten hypervisors lie below.
    assert_eq!(number("nodes", "quotes-bank"), 48.0);
    assert_eq!(number("third-parties-needed", "quotes-bank"), 3.0);
    // 20 s of an image against a VM of 22.7 s; overhead per application: (1140 MiB + 50 × 4.1 MB) / 50.
    assert_eq!(of_stack(&workspace, "cold-start", "containers", 50, 3).value.comparable(), Some(20.0));
    assert_eq!(of_stack(&workspace, "cold-start", "virtual-machines", 50, 3).value.comparable(), Some(22.7));
    let each = of_stack(&workspace, "memory-per-application", "containers", 50, 3).value.comparable().unwrap();
    assert!((each - (1140.0 * 1_048_576.0 + 50.0 * 4.1e6) / 50.0).abs() < 1e-3);
}

#[test]
fn every_fact_is_an_address() {
    let workspace = designs_and("");
    for measure in MEASURES {
        for doc in workspace.stacks.values() {
            let on = OnStack {
                workspace: &workspace,
                name: &doc.name,
                stack: &doc.value,
                assume: Assume { applications: 50, hosts: 3 },
                assumed_by: Some("containers-or-vms"),
            };
            check(&workspace, measure.id, &measure.of(&Subject::Stack(&on)));
        }
        for doc in workspace.designs.values() {
            let view = View::new(&workspace, &doc.name, &doc.value, today());
            check(&workspace, measure.id, &measure.of(&Subject::Design(&view)));
        }
    }
}

fn check(workspace: &Workspace, measure: &str, derived: &Derived<Value>) {
    for fact in &derived.facts {
        assert!(workspace.at(fact).is_some(), "{measure}: `{fact}` is no address");
    }
    for lang in LANGS {
        assert!(!derived.value.text().get(lang).is_empty(), "{measure}: nothing is said: {derived:?}");
    }
}

#[test]
fn every_measure_explains_itself_in_both_languages() {
    for measure in MEASURES {
        for words in [&measure.title, &measure.explains] {
            assert!(
                LANGS.into_iter().all(|lang| !words.show(lang).is_empty()) && words.en != words.fr,
                "{}",
                measure.id
            );
        }
    }
}

proptest! {
    #[test]
    fn sharing_stays_within_bounds_and_memory_grows(applications in 1u32..5000, more in 0u32..5000, hosts in 1u32..200) {
        thread_local!(static WORKSPACE: Workspace = designs_and(""));
        WORKSPACE.with(|workspace| {
            for stack in workspace.stacks.keys() {
                let sharing = of_stack(workspace, "kernel-sharing", stack, applications, hosts).value.comparable();
                prop_assert!(sharing.is_none_or(|most| most >= 1.0 && most <= f64::from(applications)), "{stack}: {sharing:?}");
                let few = of_stack(workspace, "memory-overhead", stack, applications, hosts).value.comparable();
                let many = of_stack(workspace, "memory-overhead", stack, applications + more, hosts).value.comparable();
                prop_assert!(few <= many, "{stack}: {few:?} > {many:?}");
            }
            Ok(())
        })?;
    }
}
