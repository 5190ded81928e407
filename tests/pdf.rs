//! PDFs, where épure is built with them: whole, tagged, and the same bytes. What other programs say of a
//! PDF is asked where they are installed (`tests/peers/pdf.sh` sees to that).
#![cfg(feature = "pdf")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Scratch, epure};

/// What another program says of a file; nothing where it is not installed.
fn said(program: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).arg(file);
    if program == "pdftotext" {
        command.arg("-");
    }
    let ran = command.output().ok()?;
    assert!(ran.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    Some(String::from_utf8_lossy(&ran.stdout).into_owned())
}

/// Builds one page of a workspace as PDF.
fn build(workspace: &str, page: &str, out: &str) {
    let ran = epure(&["build", workspace, "--format", "pdf", "--only", page, "--as-of", "2026-11-22", "--out", out]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

/// A workspace of one report.
fn workspace(scratch: &Scratch, narrative: &str) -> PathBuf {
    let folder = scratch.0.join("ws");
    std::fs::create_dir_all(folder.join("theme")).unwrap();
    std::fs::write(folder.join("epure.yaml"), "epure: 1\ntitle: A workspace\nlanguages: [en]\n").unwrap();
    std::fs::write(folder.join("paper.md"), narrative).unwrap();
    folder
}

#[test]
fn the_french_write_up_is_a_whole_tagged_document() {
    let scratch = Scratch::new("pdf");
    let designs = support::root().join("designs").display().to_string();
    for out in ["one", "two"] {
        build(&designs, "res507", &scratch.join(out));
    }
    let of = |out: &str| scratch.0.join(out).join("pdf/fr/res507.pdf");
    let file = of("one");
    assert!(std::fs::read(&file).unwrap() == std::fs::read(of("two")).unwrap(), "the same input gives the same bytes");
    if let Some(checked) = said("qpdf", &["--check"], &file) {
        assert!(checked.contains("No syntax or stream encoding errors found"), "{checked}");
    }
    if let Some(info) = said("pdfinfo", &["-isodates"], &file) {
        let value = |key: &str| {
            info.lines()
                .find_map(|line| line.strip_prefix(key))
                .map(|value| value.trim().to_owned())
                .unwrap_or_default()
        };
        assert_eq!(value("Tagged:"), "yes", "{info}");
        assert_eq!(value("Title:"), "Architecture, virtualisation et design de production");
        assert!(value("CreationDate:").starts_with("2026-11-22"), "{info}");
        assert!(value("Pages:").parse::<usize>().unwrap() > 20, "{info}");
    }
    if let Some(fonts) = said("pdffonts", &[], &file) {
        let fonts: Vec<Vec<&str>> = fonts.lines().skip(2).map(|line| line.split_whitespace().rev().collect()).collect();
        assert!(fonts.len() > 3);
        // From the right: two numbers of the object, then unicode, subset, embedded.
        assert!(fonts.iter().all(|font| font[2..5] == ["yes", "yes", "yes"]), "{fonts:?}");
    }
    if let Some(text) = said("pdftotext", &["-layout"], &file) {
        for words in ["Tableau 1", "Fig. 1", "1. Conteneurs et machines virtuelles", "Synthèse", "Sommaire"] {
            assert!(text.contains(words), "no {words}");
        }
    }
    if let Some(tags) = said("pdfinfo", &["-struct-text"], &file) {
        for tag in ["Figure", "Table", "TH", "H1", "Caption", "TOC"] {
            assert!(tags.lines().any(|line| line.trim_start().starts_with(tag)), "no {tag}");
        }
    }
}

#[test]
fn everything_that_a_narrative_may_have() {
    let scratch = Scratch::new("pdf-all");
    let pixel = [
        0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1,
        8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x60, 0, 0, 0,
        2, 0, 1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
    ];
    let narrative = "---\nkind: report\ntitle: \"Every #thing [here] $x$\"\nauthors: [Ada Example, \"B. O'Example\"]\n---\n\n\
        #### Deep first\n\nOne[^a], again[^a], two[^b]. See [below](#the-end) and [the web](https://example.org/a?b=1#c).\n\n\
        > [!WARNING]\n> Mind the `gap`.\n\n> Said *by* **somebody** ~~else~~.\n\n- [x] done\n- [ ] to do\n  1. deep\n  2. deeper\n\n\
        | a | b |\n| :--- | ---: |\n| #panic() | `x` |\n\n```rust\nfn main() {\n\tprintln!(\"#\\\\\");\n}\n```\n\n---\n\n\
        ![A pixel](pixel.png)\n\n![](pixel.png)\n\n<b>raw</b> 漢字 🙂\n\n###### The end\n\nEnd.\n\n[^a]: A *note*.\n[^b]: Another[^a].\n";
    let folder = workspace(&scratch, narrative);
    std::fs::write(folder.join("pixel.png"), pixel).unwrap();
    build(&folder.display().to_string(), "paper", &scratch.join("out"));
    let file = scratch.0.join("out/pdf/en/paper.pdf");
    if let Some(info) = said("pdfinfo", &[], &file) {
        assert!(info.contains("Every #thing [here] $x$") && info.contains("Ada Example, B. O'Example"), "{info}");
    }
    if let Some(text) = said("pdftotext", &["-layout"], &file) {
        for words in
            ["#panic()", "println!(\"#\\\\\")", "Mind the gap", "Warning", "A note", "Another", "<b>raw</b>", "☐"]
        {
            assert!(text.contains(words), "no {words}: {text}");
        }
    }
}

#[test]
fn a_mistake_in_a_template_of_ones_own_is_shown_where_it_is() {
    let scratch = Scratch::new("pdf-theme");
    let folder = workspace(&scratch, "---\nkind: report\ntitle: A\n---\n\nB\n");
    let look = std::fs::read_to_string(support::root().join("templates/pdf.typ")).unwrap();
    let line = look.lines().count() + 1;
    std::fs::write(folder.join("theme/pdf.typ"), look + "#let paged(..all) = unknown\n").unwrap();
    let ran = epure(&["build", &folder.display().to_string(), "--format", "pdf", "--out", &scratch.join("out")]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains(&format!("theme/pdf.typ:{line}:21")) && ran.err.contains("unknown variable"),
        "{}",
        ran.err
    );
    assert!(!scratch.0.join("out").exists());
}

#[test]
fn a_page_is_named_and_the_rest_stays() {
    let scratch = Scratch::new("pdf-only");
    let folder = workspace(&scratch, "---\nkind: report\ntitle: A\n---\n\nB\n").display().to_string();
    let out = scratch.join("out");
    let ran = epure(&["build", &folder, "--format", "pdf", "--only", "papre", "--out", &out]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("did you mean `paper`"), "{}", ran.err);
    let ran = epure(&["build", &folder, "--format", "markdown,pdf", "--whole", "--out", &out]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(scratch.0.join("out/en/paper.md").exists() && scratch.0.join("out/pdf/en.pdf").exists());
    // A second time nothing changes, and one page alone takes nothing away.
    for more in [["--whole"].as_slice(), &["--only", "paper"]] {
        let line = [["build", &folder, "--format", "markdown,pdf", "--out", &out].as_slice(), more].concat();
        let ran = epure(&line);
        assert!(ran.out.contains(", 0 files changed\n"), "{}", ran.out);
    }
}
