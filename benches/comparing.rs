//! How long a thousand designs take to be compared on every measure that needs no simulation, as
//! somebody on the command line asks for it. `cargo bench --bench comparing`.
#![allow(missing_docs, clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use epure::cli::{Terminal, run};

/// The folder of a workspace with so many designs, each the cloud's with another number of replicas.
fn workspace(count: usize) -> PathBuf {
    let designs = Path::new(env!("CARGO_MANIFEST_DIR")).join("designs");
    let folder = std::env::temp_dir().join(format!("epure-comparing-{}", std::process::id()));
    fs::create_dir_all(folder.join("many")).expect("a folder for the bench");
    fs::copy(designs.join("epure.yaml"), folder.join("epure.yaml")).expect("the samples' epure.yaml");
    for part in ["stacks", "cloud"] {
        fs::create_dir_all(folder.join(part)).expect("a folder for the bench");
        for entry in fs::read_dir(designs.join(part)).expect("the samples").flatten() {
            if entry.path().is_file() {
                fs::copy(entry.path(), folder.join(part).join(entry.file_name())).expect("a sample");
            }
        }
    }
    let text = fs::read_to_string(designs.join("cloud/quote-app.yaml")).expect("the cloud's design");
    let base = text.split("\n---\n").next().unwrap_or_default();
    for n in 0..count {
        let named = base.replace("name: quote-app-cloud", &format!("name: d{n}"));
        let text = named.replace("replicas: 3", &format!("replicas: {}", 1 + n % 3));
        fs::write(folder.join(format!("many/d{n}.yaml")), text).expect("a design");
    }
    folder
}

fn comparing(criterion: &mut Criterion) {
    let folder = workspace(1000);
    let place = folder.display().to_string();
    let compare = |count: usize| {
        let mut line = vec!["epure".to_owned(), "compare".to_owned()];
        line.extend((0..count).map(|n| format!("d{n}")));
        line.extend(["--workspace", &place, "--format", "json", "--lang", "en"].map(str::to_owned));
        let mut terminal =
            Terminal { out: &mut std::io::sink(), err: &mut std::io::stderr(), colour_out: false, colour_err: false };
        run(line, &mut terminal).expect("a comparison")
    };
    let mut group = criterion.benchmark_group("a thousand designs");
    group.sample_size(10);
    // Two of them take the reading of all: what is above that is the comparison.
    group.bench_function("read, two compared", |bencher| bencher.iter(|| compare(2)));
    group.bench_function("read, all compared", |bencher| bencher.iter(|| compare(1000)));
    group.finish();
    let _ = fs::remove_dir_all(&folder);
}

criterion_group!(benches, comparing);
criterion_main!(benches);
