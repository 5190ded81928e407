//! Completions, man pages and formats for other programs: made, whole, and about what there is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::process::{Command, Stdio};

use support::{Scratch, epure};

/// The commands, as `--help` lists them.
fn commands() -> Vec<String> {
    let help = epure(&["--help"]).out;
    let list = help.split("Commands:").nth(1).unwrap().split("\n\n").next().unwrap();
    let names: Vec<String> = list.lines().filter_map(|line| Some(line.split_whitespace().next()?.to_owned())).collect();
    assert!(names.len() > 10, "{names:?}");
    names
}

#[test]
fn every_command_is_completed_in_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = epure(&["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{shell}");
        for command in commands() {
            assert!(ran.out.contains(&command), "{shell} does not know {command}");
        }
    }
    assert_eq!(epure(&["completions", "cmd"]).code, 2);
}

#[test]
fn bash_takes_its_completions() {
    let Ok(mut bash) = Command::new("bash").arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn() else {
        eprintln!("no bash here");
        return;
    };
    std::io::Write::write_all(&mut bash.stdin.take().unwrap(), epure(&["completions", "bash"]).out.as_bytes()).unwrap();
    let ended = bash.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
}

#[test]
fn every_command_has_a_man_page() {
    let scratch = Scratch::new("man");
    let ran = epure(&["man", &scratch.join("man1")]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for command in commands() {
        let page = std::fs::read_to_string(scratch.0.join(format!("man1/epure-{command}.1"))).unwrap();
        assert!(page.contains(".TH") && page.contains(".SH SYNOPSIS"), "{command}: {page}");
    }
    assert!(epure(&["man"]).out.contains("epure"));
}

#[test]
fn without_the_feature_both_ways_to_a_pdf_are_said() {
    if cfg!(feature = "pdf") {
        return;
    }
    let scratch = Scratch::new("no-pdf");
    let designs = support::root().join("designs").display().to_string();
    for (lang, words) in [("en", "print a page"), ("fr", "imprimez une page")] {
        let ran = epure(&["build", &designs, "--format", "html,pdf", "--out", &scratch.join("out"), "--lang", lang]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        for words in ["[build/no-pdf]", words, "--features pdf"] {
            assert!(ran.err.contains(words), "{}", ran.err);
        }
        assert!(!scratch.0.join("out").exists());
    }
}

#[test]
fn pandoc_gets_markdown_of_its_own() {
    let scratch = Scratch::new("pandoc");
    let designs = support::root().join("designs").display().to_string();
    let ran = epure(&["build", &designs, "--format", "markdown", "--flavor", "pandoc", "--out", &scratch.join("out")]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let page = std::fs::read_to_string(scratch.0.join("out/fr/res507.md")).unwrap();
    assert!(
        page.starts_with("---\ntitle: \"Architecture, virtualisation et design de production\"\n"),
        "{}",
        &page[..200]
    );
    for tag in ["<sub>", "<br>", "<sup>"] {
        assert!(!page.contains(tag), "{tag} is GitHub's");
    }
    assert_eq!(page.matches("](figures/").count(), page.matches("){width=100% alt=\"").count());
    // Where pandoc is at hand, it reads every table and every figure.
    let Ok(read) =
        Command::new("pandoc").args(["-t", "json", "res507.md"]).current_dir(scratch.0.join("out/fr")).output()
    else {
        eprintln!("no pandoc here");
        return;
    };
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let text = String::from_utf8_lossy(&read.stdout).into_owned();
    assert_eq!(text.matches("\"t\":\"Image\"").count(), page.matches("](figures/").count());
    assert_eq!(text.matches("\"t\":\"Table\"").count(), page.matches("\n: ").count());
}
