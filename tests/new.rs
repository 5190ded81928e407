//! A new workspace is one that checks and builds at once, in either language.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::{Scratch, epure};

const DAY: &str = "2026-11-22";

#[test]
fn a_new_workspace_checks_and_builds() {
    for lang in ["en", "fr"] {
        let scratch = Scratch::new(&format!("new-{lang}"));
        let folder = scratch.join("shop");
        let ran = epure(&["new", &folder, "--lang", lang]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{lang}");
        let ran = epure(&["check", &folder, "--as-of", DAY]);
        assert_eq!(ran.code, 0, "{lang}: {}", ran.out);
        assert!(!ran.out.contains("error") && !ran.out.contains("erreur"), "{lang}: {}", ran.out);
        // Its own first findings: one to mend, one to answer.
        assert!(ran.out.contains("[data/restore-not-tested]"), "{lang}: {}", ran.out);
        let out = scratch.join("output");
        let ran = epure(&["build", &folder, "--as-of", DAY, "--out", &out]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{lang}");
        let files: Vec<String> = support::files(&scratch.0.join("output")).into_iter().map(|(path, _)| path).collect();
        let report = if lang == "en" { "en/review.md" } else { "fr/revue.md" };
        for path in [report, "site/index.html"] {
            assert!(files.iter().any(|file| file == path), "{lang}: no {path} in {files:?}");
        }
    }
}

#[test]
fn every_document_points_editors_to_the_schema() {
    let scratch = Scratch::new("new-modelines");
    epure(&["new", &scratch.join("shop")]);
    let mut documents = 0;
    for (path, file) in support::files(&scratch.0.join("shop")).into_iter().filter(|(path, _)| path.ends_with(".yaml"))
    {
        let text = std::fs::read_to_string(&file).unwrap();
        let schema = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("# yaml-language-server: $schema="))
            .unwrap_or_default();
        assert!(file.parent().unwrap().join(schema).is_file(), "{path} points to `{schema}`");
        documents += 1;
    }
    assert_eq!(documents, 6);
    let schema = std::fs::read_to_string(scratch.0.join("shop/.epure/epure.schema.json")).unwrap();
    assert_eq!(schema, epure(&["schema"]).out);
}

#[test]
fn both_languages_have_the_same_documents() {
    let folder = support::root().join("templates/new");
    let kinds = |lang: &str| -> Vec<String> {
        let mut kinds: Vec<String> = support::files(&folder.join(lang))
            .into_iter()
            .map(|(_, file)| std::fs::read_to_string(file).unwrap())
            .flat_map(|text| {
                text.lines().filter(|line| line.starts_with("kind: ")).map(str::to_owned).collect::<Vec<_>>()
            })
            .collect();
        kinds.sort();
        kinds
    };
    assert_eq!(kinds("en"), kinds("fr"));
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let scratch = Scratch::new("new-taken");
    scratch.write("notes.txt", "mine");
    let ran = epure(&["new", &scratch.path()]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("is not an empty folder"), "{}", ran.err);
    assert_eq!(support::files(&scratch.0).len(), 1);
    let ran = epure(&["new", &scratch.join("notes.txt"), "--lang", "fr"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("n’est pas un dossier vide"), "{}", ran.err);
}
