use super::RULES;
use crate::analysis::review::review;
use crate::analysis::view::View;
use crate::design::text::When;
use crate::design::{Input, load};

fn walk(dir: &std::path::Path, root: &std::path::Path, out: &mut Vec<Input>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, root, out);
        } else if path.extension().is_some_and(|e| e == "yaml") {
            out.push(Input { path: path.strip_prefix(root).unwrap().to_string_lossy().into_owned(), bytes: std::fs::read(&path).unwrap() });
        }
    }
}

#[test]
fn scratch_samples() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("designs");
    let mut inputs = Vec::new();
    walk(&root, &root, &mut inputs);
    let (workspace, diagnostics) = load(&inputs);
    println!("load: {:?}", diagnostics.iter().map(|d| d.message.en.clone()).collect::<Vec<_>>());
    for doc in workspace.designs.values() {
        let view = View::new(&workspace, &doc.name, &doc.value, When::parse("2026-11-22").unwrap());
        let review = review(&view);
        println!("== {}", doc.name);
        for f in &review.findings {
            if ["availability", "capacity", "probes", "data", "model"].iter().any(|x| f.code.starts_with(x)) {
                println!("{:?} {:?} {} @{:?}\n    {}\n    {}", f.severity, f.state, f.code, f.path, f.message.en, f.message.fr);
            }
        }
        println!("passed: {:?}", review.passed.iter().filter(|(c, _)| ["availability", "capacity", "probes", "data"].iter().any(|x| c.starts_with(x))).collect::<Vec<_>>());
        for room in crate::analysis::capacity::clusters(&view) {
            for h in crate::analysis::capacity::headroom(&view, &room) {
                println!("  {} cpu {:?} mem {:?} requested {:?}", h.loss.said().en, h.cpu.map(|d| (d.value, d.formula.en)), h.memory.map(|d| (d.value, d.formula.en)), h.requested);
            }
        }
    }
    let _ = RULES;
}

#[test]
fn mutations() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("designs");
    let muts: &[(&str, &str, &str)] = &[
        ("cloud", "strict: true, failover", "failover"),
        ("cloud", "mode: synchronous, strict: true", "mode: asynchronous"),
        ("cloud", "{kind: log, every: 1 min, keep: 14 days", "{kind: log, every: 30 min, keep: 12 h"),
        ("cloud", "{kind: base, every: 1 day, keep: 14 days", "{kind: dump, every: 1 day, keep: 14 days"),
        ("cloud", "account: separate", "account: same"),
        ("cloud", "runs_on: aws, in: eu-west-1, encrypted", "runs_on: aws, encrypted"),
        ("cloud", "date: 2026-10-04, took: 22 min, lost: 40 s", "date: 2025-10-04, took: 22 min, lost: 40 s"),
        ("cloud", "date: 2026-10-04, took: 22 min, lost: 40 s", "date: 2026-10-04, took: 5 h, lost: 1 h"),
        ("cloud", "    count: 6", "    count: 3"),
        ("cloud", "    count: 6", "    count: 2"),
        ("cloud", "requests: {cpu: 250m, memory: 256 MiB}", "requests: {cpu: 3, memory: 256 MiB}"),
        ("cloud", "requests: {cpu: 250m, memory: 256 MiB}", "requests: {cpu: 5, memory: 256 MiB}"),
        ("cloud", "requests: {cpu: 250m, memory: 256 MiB}\n    limits: {cpu: 500m, memory: 512 MiB}", "probes: {}"),
        ("cloud", "    count: 3\n    in: [eu-west-3a, eu-west-3b, eu-west-3c]", "    count: 3\n    in: [eu-west-3a]"),
        ("cloud", "region-rebuild-june: {kind: rebuild", "region-rebuild-june: {kind: fault-injection"),
        ("cloud", "serves_up_to: 200/s", "serves_up_to: 120/s"),
        ("cloud", "    spread: {zone: required}\n    disruption_budget: {min_available: 2}\n    update", "    disruption_budget: {min_available: 3}\n    update"),
        ("cloud", "members: 3, mode: synchronous, strict: true, failover: patroni, ttl: 30 s, store: quote-db-etcd", "members: 3, mode: synchronous, strict: true, failover: patroni, ttl: 30 s"),
        ("cloud", "readiness: {http: /ready, period: 5 s}", "readiness: {http: /ready, period: 5 s, checks: [quote-db]}"),
        ("finance", "synchronous_members: 2, ", ""),
        ("finance", "quorum: {count: 3, in: [pantin-1, saclay-1, lyon], runs_on: hypervisors, apart: true", "quorum: {count: 3, in: [pantin-1, saclay-1], runs_on: hypervisors"),
        ("finance", "site: {rto: 2 h, rpo: 0 s}", "site: {rto: 9 h, rpo: 0 s}"),
        ("finance", "replicas: 8", "replicas: 4"),
        ("automotive", "limits: {memory: 256 MiB}", "limits: {memory: 1900 MiB}"),
        ("automotive", "limits: {memory: 2 GiB}", "tenancy: own"),
        ("lab", "quota: {cpu: 1, memory: 2 GiB}", "quota: {cpu: 600m, memory: 2 GiB}"),
    ];
    for (dir, from, to) in muts {
        let mut inputs = Vec::new();
        walk(&root, &root, &mut inputs);
        let mut hit = false;
        for input in &mut inputs {
            if input.path.starts_with(dir) {
                let text = String::from_utf8(input.bytes.clone()).unwrap();
                hit |= text.contains(from);
                input.bytes = text.replace(from, to).into_bytes();
            }
        }
        let (workspace, diagnostics) = load(&inputs);
        println!("#### {dir}: {to} (hit {hit}) {:?}", diagnostics.iter().map(|d| d.message.en.clone()).collect::<Vec<_>>());
        for doc in workspace.designs.values().filter(|d| d.name != "quote-app-frugal") {
            let view = View::new(&workspace, &doc.name, &doc.value, When::parse("2026-11-22").unwrap());
            for f in &review(&view).findings {
                if (*dir != "lab") == (doc.name != "quote-app-lab") && ["availability", "capacity", "probes", "data"].iter().any(|x| f.code.starts_with(x)) && !f.message.en.contains("prometheus` take") {
                    println!("  {:?} {:?} {} {}\n      {}", f.severity, f.state, f.code, f.message.en, f.message.fr);
                }
            }
        }
    }
}
