//! Writes a workspace of many pages, to see how a site of a size nobody has yet is built:
//! `cargo run --release --example many_pages -- reports 1000 DIR` or `designs 1000 DIR`.
//!
//! Reports are prose, tables and links, about eight hundred words each; beside them lie the files that
//! mdBook (`book.toml`, `src/SUMMARY.md`) and Hugo (`hugo.toml`, `content/`, `layouts/`) need to make
//! pages of the same text. Designs have twelve components each. The same number gives the same bytes.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

const WORDS: &str = "the service answers a request within its deadline while every node of a zone is replaced \
one after another and nobody has to be called because the scheduler finds room the probes say what is ready and \
the database keeps what was acknowledged on two members before it says so an operator reads the report in the \
morning sees which promise was kept and by how much and decides whether another replica is worth its price backups \
are restored once a quarter on other machines the reconciliation of accounts takes forty minutes and is rehearsed";

/// A small generator of numbers (Knuth's MMIX constants), so that the text is always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }
}

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(what), Some(number), Some(folder)) = (arguments.next(), arguments.next(), arguments.next()) else {
        eprintln!("usage: many_pages reports|designs NUMBER DIR");
        std::process::exit(2);
    };
    let (number, folder) = (number.parse().unwrap_or(1000), Path::new(&folder));
    match what.as_str() {
        "reports" => reports(number, folder),
        _ => designs(number, folder),
    }
}

fn sentence(dice: &mut Dice, words: &[&str]) -> String {
    let long = 8 + dice.below(14);
    let mut text: Vec<String> = (0..long).map(|_| words[dice.below(words.len())].to_owned()).collect();
    // A word of its own now and then, as names and numbers are in real texts.
    if dice.below(3) == 0 {
        text.push(format!("case-{}", dice.below(900)));
    }
    let mut line = text.join(" ");
    if let Some(first) = line.get(..1).map(str::to_uppercase) {
        line.replace_range(..1, &first);
    }
    line + "."
}

fn body(number: usize, of: usize) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut dice = Dice(number as u64 + 1);
    let mut out = String::new();
    for section in 1..=6 {
        let _ = writeln!(out, "## Section {section}: {}\n", sentence(&mut dice, &words).trim_end_matches('.'));
        for _ in 0..3 {
            let text: Vec<String> = (0..3).map(|_| sentence(&mut dice, &words)).collect();
            let other = 1 + dice.below(of);
            let _ = writeln!(out, "{} See [report {other}](report-{other:04}.md), **once more**.\n", text.join(" "));
        }
        if section % 2 == 0 {
            out.push_str("| What | How long | How many |\n| --- | --- | ---: |\n");
            for row in 1..=6 {
                let _ = writeln!(out, "| step {row} | {} s | {} |", dice.below(600), dice.below(50));
            }
            out.push('\n');
        } else {
            for _ in 0..3 {
                let _ = writeln!(out, "- {}", sentence(&mut dice, &words));
            }
            out.push('\n');
        }
    }
    out
}

fn reports(number: usize, folder: &Path) -> io::Result<()> {
    let (ours, book, hugo) = (folder.join("epure"), folder.join("mdbook"), folder.join("hugo"));
    for path in [ours.clone(), book.join("src"), hugo.join("content"), hugo.join("layouts/_default")] {
        fs::create_dir_all(path)?;
    }
    fs::write(ours.join("epure.yaml"), "epure: 1\ntitle: Many reports\nlanguages: [en]\nas_of: 2026-11-22\n")?;
    fs::write(book.join("book.toml"), "[book]\ntitle = \"Many reports\"\n")?;
    fs::write(
        hugo.join("hugo.toml"),
        "baseURL = \"https://example.org/\"\ntitle = \"Many reports\"\ndisableKinds = [\"taxonomy\", \"term\", \"RSS\"]\n",
    )?;
    let frame = |main: &str| {
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{{{ .Title }}}}</title></head>\
             <body><h1>{{{{ .Title }}}}</h1>{main}</body></html>\n"
        )
    };
    fs::write(hugo.join("layouts/_default/single.html"), frame("{{ .TableOfContents }}{{ .Content }}"))?;
    fs::write(
        hugo.join("layouts/_default/list.html"),
        frame("<ul>{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>"),
    )?;
    let mut summary = String::from("# Summary\n\n");
    for at in 1..=number {
        let (name, text) = (format!("report-{at:04}.md"), body(at, number));
        let title = format!("Report {at}");
        fs::write(ours.join(&name), format!("---\nkind: report\ntitle: {title}\nlang: en\n---\n\n{text}"))?;
        fs::write(book.join("src").join(&name), format!("# {title}\n\n{text}"))?;
        fs::write(hugo.join("content").join(&name), format!("---\ntitle: {title}\n---\n\n{text}"))?;
        let _ = writeln!(summary, "- [{title}]({name})");
    }
    fs::write(book.join("src/SUMMARY.md"), summary)?;
    println!("{number} reports in {}/epure, mdbook, hugo", folder.display());
    Ok(())
}

fn designs(number: usize, folder: &Path) -> io::Result<()> {
    for path in ["designs", "stacks"] {
        fs::create_dir_all(folder.join(path))?;
    }
    fs::write(
        folder.join("epure.yaml"),
        format!("{}as_of: 2026-11-22\n", include_str!("../templates/new/en/epure.yaml")),
    )?;
    fs::write(folder.join("stacks/containers.yaml"), include_str!("../templates/new/en/stacks/containers.yaml"))?;
    for at in 1..=number {
        fs::write(folder.join(format!("designs/shop-{at:04}.yaml")), design(at))?;
    }
    println!("{number} designs in {}", folder.display());
    Ok(())
}

/// The shop of `epure new` with two components more, no two quite the same.
fn design(number: usize) -> String {
    let mut dice = Dice(number as u64 + 7);
    let (replicas, cpu, port) = (1 + dice.below(4), 100 + 50 * dice.below(6), 8000 + dice.below(900));
    let more = format!(
        "  search:\n    kind: service\n    runs_on: main\n    namespace: shop\n    image: search:1.{number}.0\n    \
         replicas: {replicas}\n    requests: {{cpu: {cpu}m, memory: 256 MiB}}\n    limits: {{memory: 512 MiB}}\n    \
         spread: {{zone: preferred}}\n  basket:\n    kind: service\n    runs_on: main\n    namespace: shop\n    \
         image: basket:2.{number}.0\n    replicas: 2\n    requests: {{cpu: 150m, memory: 128 MiB}}\n\nconnections:\n  \
         find: {{from: web, to: search, protocol: http, port: {port}, needs: soft}}\n  \
         keep: {{from: web, to: basket, protocol: http, port: 8080, needs: hard}}\n"
    );
    include_str!("../templates/new/en/designs/shop.yaml")
        .replace("name: shop\n", &format!("name: shop-{number:04}\n"))
        .replace("title: A small shop", &format!("title: Shop {number}"))
        .replace("\nconnections:\n", &more)
}
