//! How long the samples take in memory: reading, checking, building. `cargo bench`.
#![allow(missing_docs)]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use epure::analysis::review::review_all;
use epure::analysis::runs::Runs;
use epure::cli::evidence::read_evidence;
use epure::design::{Input, load};
use epure::report;

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

fn reading(criterion: &mut Criterion) {
    let mut designs = Vec::new();
    inputs(&Path::new(env!("CARGO_MANIFEST_DIR")).join("designs"), "", &mut designs);
    designs.retain(|input| input.path.ends_with(".yaml") || input.path.ends_with(".md"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("designs");
    let (workspace, _) = load(&designs);
    let Some(today) = workspace.config.as_of else { return };

    criterion.bench_function("read designs", |bencher| bencher.iter(|| load(black_box(&designs))));
    criterion.bench_function("check designs", |bencher| {
        bencher.iter(|| {
            let (mut workspace, problems) = load(black_box(&designs));
            read_evidence(&mut workspace, &root);
            (
                review_all(&workspace, today, &Runs::fixed()).len(),
                report::problems(&workspace, today, &Runs::fixed()).len(),
                problems.len(),
            )
        });
    });
    let mut slow = criterion.benchmark_group("build");
    slow.sample_size(10);
    slow.bench_function("build designs", |bencher| {
        bencher.iter(|| {
            let (mut workspace, _) = load(black_box(&designs));
            read_evidence(&mut workspace, &root);
            let (site, _) = report::assemble(&workspace, today);
            let images: BTreeSet<String> = site.pages.iter().flat_map(report::images).collect();
            let pages = report::html::files(&site).map(|files| files.len()).unwrap_or_default();
            (report::markdown::files(&site, "github").len(), pages, images.len())
        });
    });
    slow.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
