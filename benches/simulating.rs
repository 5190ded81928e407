//! How long a failure takes to simulate: an event, a campaign, ten thousand seeded runs. `cargo bench --bench simulating`.
#![allow(missing_docs)]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use epure::analysis::View;
use epure::analysis::simulation::{Failure, Options, campaign, simulate_failure};
use epure::design::{Input, load};

fn inputs(folder: &Path, prefix: &str, found: &mut Vec<Input>) {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let relative = format!("{prefix}{name}");
        if path.is_dir() {
            inputs(&path, &format!("{relative}/"), found);
        } else if let Ok(bytes) = std::fs::read(&path) {
            found.push(Input { path: relative, bytes });
        }
    }
}

/// A program that its own liveness probe kills before it has started, for months: many events of every kind.
const CRASHING: &str = "kind: design
name: crashing
context: lab
hosts: {workers: {count: 3, cpu: 2, memory: 4 GiB}}
clusters: {main: {distribution: eks, kubernetes: \"1.35\", workers: [workers]}}
components:
  app: {kind: service, runs_on: main, replicas: 3, starts_in: 100 s, probes: {readiness: {http: /r, period: 1 s}, liveness: {http: /l, period: 1 s}}}
";

fn simulating(criterion: &mut Criterion) {
    let mut designs = Vec::new();
    inputs(&Path::new(env!("CARGO_MANIFEST_DIR")).join("designs"), "", &mut designs);
    designs.retain(|input| input.path.ends_with(".yaml"));
    designs.push(Input { path: "crashing.yaml".to_owned(), bytes: CRASHING.as_bytes().to_vec() });
    let (workspace, _) = load(&designs);
    let Some(today) = workspace.config.as_of else { return };

    let mut group = criterion.benchmark_group("campaign");
    for name in ["quote-app-lab", "quote-app-cloud", "quotes-bank", "cockpit"] {
        let Some(view) = View::of(&workspace, name, today) else { continue };
        group.bench_function(name, |bencher| bencher.iter(|| campaign(black_box(&view), &Options::default())));
    }
    group.finish();

    if let Some(view) = View::of(&workspace, "crashing", today) {
        let mut failure = Failure::of("delete", "pod/app-1");
        failure.until_s = 90.0 * 86_400.0;
        let handled = simulate_failure(&view, &failure, &Options::default()).map_or(1, |run| run.handled);
        let mut group = criterion.benchmark_group("events");
        group.throughput(Throughput::Elements(handled));
        group.sample_size(10);
        group.bench_function("a crash loop of 90 days", |bencher| {
            bencher.iter(|| simulate_failure(black_box(&view), &failure, &Options::default()));
        });
        group.finish();
    }

    if let Some(view) = View::of(&workspace, "quote-app-cloud", today) {
        let failure = Failure::lose("node-of/quote-app-1");
        let mut group = criterion.benchmark_group("runs");
        group.sample_size(10);
        group.bench_function("10,000 losses of a node of quote-app-cloud", |bencher| {
            let options = Options { runs: 10_000, ..Options::default() };
            bencher.iter(|| simulate_failure(black_box(&view), &failure, &options));
        });
        group.finish();
    }
}

criterion_group!(benches, simulating);
criterion_main!(benches);
