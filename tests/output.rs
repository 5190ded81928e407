//! What a build does to its output folder: whole or not at all, ours or not touched.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::{Scratch, epure};

type Tree = BTreeMap<String, Vec<u8>>;

fn tree(folder: &Path) -> Tree {
    support::files(folder).into_iter().map(|(path, file)| (path, std::fs::read(file).unwrap())).collect()
}

/// A workspace of many reports, in which every page carries a word.
fn reports(scratch: &Scratch, word: &str, count: usize) {
    scratch.write("in/epure.yaml", "epure: 1\ntitle: Many\nlanguages: [en]\nas_of: 2026-11-22\n");
    for i in 0..count {
        let text = format!(
            "---\nkind: report\ntitle: Report {i}\n---\n\n## {word}\n\nSee [the next](r{}.md).\n",
            (i + 1) % count
        );
        scratch.write(&format!("in/r{i}.md"), text);
    }
}

fn build(scratch: &Scratch, out: &str) -> support::Ran {
    epure(&["build", &scratch.join("in"), "--out", &scratch.join(out)])
}

#[test]
fn a_killed_build_leaves_the_old_or_the_new_folder_whole() {
    let scratch = Scratch::new("killed");
    let program = env!("CARGO_BIN_EXE_epure");
    let run = || {
        let mut command = Command::new(program);
        command.args(["build", &scratch.join("in"), "--out", &scratch.join("out")]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let mut states = Vec::new();
    for (word, count) in [("old", 120), ("new", 130)] {
        let _ = std::fs::remove_dir_all(scratch.0.join("in"));
        reports(&scratch, word, count);
        let started = Instant::now();
        assert!(run().status().unwrap().success());
        states.push((tree(&scratch.0.join("out")), started.elapsed()));
    }
    let longest = states.iter().map(|(_, took)| *took).max().unwrap();
    let (mut olds, mut news) = (0, 0);
    for i in 0..50u32 {
        // The folder holds one of the two states; the build is to make it the other.
        let (word, count) = if i % 2 == 0 { ("old", 120) } else { ("new", 130) };
        let _ = std::fs::remove_dir_all(scratch.0.join("in"));
        reports(&scratch, word, count);
        let before = tree(&scratch.0.join("out"));
        let mut child = run().spawn().unwrap();
        // Moments spread over a build, and closer together towards its end, where it writes.
        let share = f64::from(i * 37 % 50 + 1) / 50.0;
        std::thread::sleep(Duration::from_secs_f64(longest.as_secs_f64() * share.sqrt() * 1.1));
        let _ = child.kill();
        child.wait().unwrap();
        let after = tree(&scratch.0.join("out"));
        let wanted = &states[(i % 2) as usize].0;
        assert!(after == before || after == *wanted, "killed at {share}: neither the old nor the new folder");
        if after == *wanted && before != *wanted {
            news += 1;
        } else {
            olds += 1;
        }
        // The next round starts from the state that this one was to make.
        assert!(run().status().unwrap().success());
        assert!(tree(&scratch.0.join("out")) == *wanted, "a build after a killed one is a fresh one");
    }
    assert!(olds > 0, "no kill came before the end");
    eprintln!("{olds} kills left the old folder, {news} the new one");
    let left: Vec<String> = std::fs::read_dir(&scratch.0)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert!(left.is_empty(), "left beside the folder: {left:?}");
}

#[test]
fn a_second_build_gives_the_bytes_of_a_fresh_one() {
    let scratch = Scratch::new("second");
    reports(&scratch, "one", 20);
    scratch.write(
        "in/stack.yaml",
        "kind: stack\nname: bare\ntitle: Bare\nlayers:\n  - {kind: hardware, per: host}\n  - {kind: application, per: application}\n",
    );
    build(&scratch, "out");
    let put = |path: &str, text: &str| {
        scratch.write(path, text);
    };
    // Each step is built on top of the one before, and from nothing.
    let steps: [(&str, &dyn Fn()); 7] = [
        ("one page", &|| put("in/r3.md", "---\nkind: report\ntitle: Report 3\n---\n\nOther.\n")),
        ("a title", &|| put("in/r4.md", "---\nkind: report\ntitle: Renamed\n---\n\nOther.\n")),
        ("a page less", &|| std::fs::remove_file(scratch.0.join("in/r5.md")).unwrap()),
        ("a new name", &|| std::fs::rename(scratch.0.join("in/r6.md"), scratch.0.join("in/six.md")).unwrap()),
        ("an output that somebody changed", &|| put("out/en/r7.md", "mine now")),
        ("an output that is gone", &|| std::fs::remove_file(scratch.0.join("out/site/en/r8.html")).unwrap()),
        ("nothing", &|| ()),
    ];
    for (step, change) in steps {
        change();
        let ran = build(&scratch, "out");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{step}");
        let _ = std::fs::remove_dir_all(scratch.0.join("fresh"));
        build(&scratch, "fresh");
        assert!(tree(&scratch.0.join("out")) == tree(&scratch.0.join("fresh")), "after {step}");
    }
}

#[test]
fn only_pages_that_changed_are_written() {
    let scratch = Scratch::new("only");
    reports(&scratch, "one", 30);
    build(&scratch, "out");
    std::thread::sleep(Duration::from_millis(20));
    let stamps = || -> BTreeMap<String, std::time::SystemTime> {
        support::files(&scratch.0.join("out"))
            .into_iter()
            .map(|(path, file)| (path, file.metadata().unwrap().modified().unwrap()))
            .collect()
    };
    let before = stamps();
    scratch.write("in/r3.md", "---\nkind: report\ntitle: Report 3\n---\n\nOther words.\n");
    build(&scratch, "out");
    let after = stamps();
    let written: Vec<&str> =
        after.iter().filter(|(path, at)| before.get(*path) != Some(at)).map(|(path, _)| path.as_str()).collect();
    let pages: Vec<&&str> = written.iter().filter(|path| path.ends_with(".html") || path.ends_with(".md")).collect();
    assert_eq!(pages, [&"en/r3.md", &"site/en/r3.html"], "{written:?}");
}

#[test]
fn what_a_report_says_of_others_is_judged_again_though_its_text_is_known() {
    let scratch = Scratch::new("known");
    reports(&scratch, "one", 4);
    let report = |body: &str| format!("---\nkind: report\ntitle: R\n---\n\n{body}\n");
    scratch.write("in/r1.md", report("See [there](r2.md#one), and [the next](r2.md)."));
    scratch.write("in/r3.md", report("{{ shop.components.web.replicas }}"));
    let ran = build(&scratch, "out");
    assert!(ran.err.contains("shop"), "{}", ran.err);
    scratch.write("in/r3.md", report("Plain. [Here](r0.md)."));
    assert_eq!(build(&scratch, "out").err, "");
    assert_eq!(build(&scratch, "out").err, "");
    // A heading that another report leads to gets another name: its own text stays as it was.
    scratch.write("in/r2.md", report("## Two\n\n<b>raw</b> <!-- left out --> text"));
    let ran = build(&scratch, "out");
    assert!(ran.err.contains("no heading there is called `#one`"), "{}", ran.err);
    // A report that two others lead to goes.
    std::fs::remove_file(scratch.0.join("in/r0.md")).unwrap();
    let ran = build(&scratch, "out");
    assert_eq!(ran.err.matches("there is no `r0.md`").count(), 1, "{}", ran.err);
    build(&scratch, "fresh");
    assert_eq!(tree(&scratch.0.join("out")), tree(&scratch.0.join("fresh")));
}

#[test]
fn pages_of_documents_that_nothing_touched_stay_and_every_other_is_made_again() {
    let scratch = Scratch::new("documents");
    assert_eq!(epure(&["new", &scratch.join("in")]).code, 0);
    let read = |path: &str| std::fs::read_to_string(scratch.0.join(path)).unwrap();
    let edit = |path: &str, from: &str, to: &str| {
        let text = read(path);
        assert!(text.contains(from), "{path}: {from}");
        scratch.write(path, text.replacen(from, to, 1));
    };
    edit("in/epure.yaml", "languages: [en]", "languages: [en, fr]\nas_of: 2026-11-22");
    scratch.write(
        "in/designs/small.yaml",
        "kind: design\nname: small\ntitle: Smaller\nextends: shop\ncomponents:\n  web: {replicas: 1}\n",
    );
    scratch.write(
        "in/designs/other.yaml",
        "kind: design\nname: other\ntitle: Another\ncontext: lab\ncomponents:\n  thing: {kind: person}\n",
    );
    build(&scratch, "out");
    let put = |path: &str, text: &str| {
        scratch.write(path, text);
    };
    // Each step is built on top of the one before, and from nothing.
    let steps: [(&str, &dyn Fn()); 13] = [
        ("nothing", &|| ()),
        ("a cache whose lines for the search cannot be read", &|| {
            let spoilt = |line: &str| if line.starts_with("made") { line.to_owned() } else { line.replace('[', "(") };
            put(
                "out/.epure/cache",
                &read("out/.epure/cache").lines().map(|line| spoilt(line) + "\n").collect::<String>(),
            );
        }),
        ("a fact of a base", &|| edit("in/designs/shop.yaml", "count: 4", "count: 5")),
        ("a fact of a variant", &|| edit("in/designs/small.yaml", "replicas: 1", "replicas: 2")),
        ("a line further down", &|| edit("in/designs/other.yaml", "kind: design\n", "kind: design\n\n# why\n")),
        ("a title", &|| edit("in/designs/other.yaml", "title: Another", "title: Yet another")),
        ("a layer", &|| edit("in/stacks/containers.yaml", "value: 300 MiB, source", "value: 400 MiB, source")),
        ("a scenario", &|| edit("in/scenarios/lose-a-node.yaml", "rate: 100/s", "rate: 90/s")),
        ("the settings", &|| edit("in/epure.yaml", "developers: Developers", "developers: Those who write it")),
        ("the day", &|| edit("in/epure.yaml", "2026-11-22", "2027-12-24")),
        ("a template", &|| put("in/theme/epure.css", "body{color:red}")),
        ("another document", &|| {
            put(
                "in/designs/third.yaml",
                "kind: design\nname: third\ntitle: Third\ncontext: lab\ncomponents:\n  it: {kind: person}\n",
            );
        }),
        ("a document less", &|| std::fs::remove_file(scratch.0.join("in/designs/other.yaml")).unwrap()),
    ];
    for (step, change) in steps {
        change();
        let ran = build(&scratch, "out");
        assert_eq!(ran.code, 0, "{step}: {}", ran.err);
        let _ = std::fs::remove_dir_all(scratch.0.join("fresh"));
        let fresh = build(&scratch, "fresh");
        assert_eq!(ran.err, fresh.err, "{step}");
        let (made, wanted) = (tree(&scratch.0.join("out")), tree(&scratch.0.join("fresh")));
        let differ: Vec<&String> = wanted.keys().filter(|path| made.get(*path) != wanted.get(*path)).collect();
        assert!(differ.is_empty() && made.len() == wanted.len(), "after {step}: {differ:?}");
    }
}

#[test]
fn an_output_folder_inside_the_workspace_is_no_input() {
    let scratch = Scratch::new("inside");
    reports(&scratch, "one", 3);
    for out in ["in/output", "in/public", "in/docs/site"] {
        let ran = build(&scratch, out);
        assert_eq!(ran.code, 0, "{out}: {}", ran.err);
        assert!(ran.out.starts_with("3 pages"), "{out}: {}", ran.out);
    }
    let checked = epure(&["check", &scratch.join("in")]);
    assert!(checked.out.starts_with("4 documents"), "{}", checked.out);
}

#[test]
fn a_folder_of_somebody_elses_is_refused() {
    let scratch = Scratch::new("refused");
    reports(&scratch, "one", 3);
    scratch.write("site/thesis.tex", "years of work");
    let ran = build(&scratch, "site");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("holds files that épure did not write"), "{}", ran.err);
    assert_eq!(tree(&scratch.0.join("site")).len(), 1);
    // The workspace itself is such a folder.
    let ran = build(&scratch, "in");
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert_eq!(tree(&scratch.0.join("in")).len(), 4);
    // One that only holds what prepares it is not.
    scratch.write("pages/.gitignore", "*\n");
    assert_eq!(build(&scratch, "pages").code, 0);
    assert!(scratch.0.join("pages/.gitignore").is_file());
}

#[test]
fn other_formats_stay_as_they_are() {
    let scratch = Scratch::new("formats");
    reports(&scratch, "one", 3);
    build(&scratch, "out");
    let ran = epure(&["build", &scratch.join("in"), "--out", &scratch.join("out"), "--format", "markdown"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(scratch.0.join("out/site/en/r1.html").is_file());
    // What is ours is still known to be: a page less takes its HTML with it once HTML is made.
    std::fs::remove_file(scratch.0.join("in/r1.md")).unwrap();
    build(&scratch, "out");
    assert!(!scratch.0.join("out/site/en/r1.html").exists());
}
