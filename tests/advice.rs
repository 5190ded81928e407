//! The cases of `tests/advice/`, written from the bullets of a course before the reasons were: each
//! says which form is expected, which fact decides, and what turns it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use epure::analysis::advice::{Judged, judge};
use epure::analysis::view::View;
use epure::design::text::When;
use epure::design::what_if::{Setting, variant};
use epure::design::{Input, Workspace, load};
use support::{epure, files, root};

fn today() -> When {
    When::parse("2026-11-22").unwrap()
}

/// What a case's first lines say.
fn said(text: &str, key: &str) -> String {
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("# {key}: ")));
    line.unwrap_or_else(|| panic!("no `{key}`")).to_owned()
}

fn read(inputs: &[Input]) -> Workspace {
    let (workspace, diagnostics) = load(inputs);
    let said: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.message.en.as_str()).collect();
    assert!(said.is_empty(), "{said:?}");
    workspace
}

fn of(workspace: &Workspace, design: &str, component: &str) -> Judged {
    let view = View::of(workspace, design, today()).unwrap();
    judge(&view).into_iter().find(|one| one.component == component).unwrap()
}

fn word(judged: &Judged) -> &'static str {
    judged.advised.map_or("none", |form| form.word())
}

#[test]
fn every_case_gets_its_answer_and_one_fact_turns_it() {
    let folder = root().join("tests/advice");
    let stacks = std::fs::read(folder.join("stacks.yaml")).unwrap();
    let mut cases = 0;
    for (name, file) in files(&folder).into_iter().filter(|(name, _)| name != "stacks.yaml") {
        cases += 1;
        let text = std::fs::read_to_string(file).unwrap();
        let mut inputs = vec![
            Input { path: "stacks.yaml".into(), bytes: stacks.clone() },
            Input { path: name.clone(), bytes: text.clone().into_bytes() },
        ];
        let workspace = read(&inputs);
        let judged = of(&workspace, "case", "it");
        assert_eq!(word(&judged), said(&text, "expect"), "{name}: {judged:#?}");
        // Every reason cites a fact that is there, and one of them is the one that decides.
        for because in &judged.because {
            assert!(!because.facts.is_empty(), "{name}: {because:?}");
            for epure::analysis::advice::Cited { path, .. } in &because.facts {
                assert!(workspace.at(path).is_some(), "{name}: `{path}` is no address");
            }
        }
        let decides = format!("case.{}", said(&text, "because"));
        let cited = |because: &epure::analysis::advice::Because| because.facts.iter().any(|fact| fact.path == decides);
        assert!(judged.because.iter().any(cited), "{name}: nothing cites `{decides}`: {:?}", judged.because);
        // The fact turned, in a document, turns the advice; and that it would was said before.
        let (turn, then) = said(&text, "turn").split_once(" -> ").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let (input, changed) = variant(&workspace, "case", &[Setting::parse(&turn).unwrap()]).unwrap();
        inputs.push(input);
        assert_eq!(word(&of(&read(&inputs), &changed, "it")), then, "{name} with {turn}");
        let foretold = |to: &str| judged.turns.iter().any(|turn| turn.to.is_some_and(|form| form.word() == to));
        assert!(foretold(&then), "{name}: nothing says that it could be {then}: {:#?}", judged.turns);
    }
    assert_eq!(cases, 15);
}

#[test]
fn the_sample_designs_are_advised_what_they_chose_or_know_why_not() {
    let inputs: Vec<Input> = files(&root().join("designs"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".yaml"))
        .map(|(path, file)| Input { path, bytes: std::fs::read(file).unwrap() })
        .collect();
    let workspace = read(&inputs);
    let mut differ = Vec::new();
    for (name, doc) in &workspace.designs {
        let view = View::new(&workspace, &doc.name, &doc.value, today());
        for one in judge(&view) {
            if one.agrees() == Some(false) {
                differ.push(format!("{name}.{}: {:?}, advised {:?}", one.component, one.chosen, one.advised));
            }
            for because in &one.because {
                assert!(!because.facts.is_empty(), "{name}.{}: {because:?}", one.component);
                for epure::analysis::advice::Cited { path, .. } in &because.facts {
                    assert!(workspace.at(path).is_some(), "{name}.{}: `{path}` is no address", one.component);
                }
            }
        }
    }
    assert_eq!(differ, Vec::<String>::new());
    let form = |design: &str, component: &str| word(&of(&workspace, design, component));
    assert_eq!(form("quote-app-lab", "quote-app"), "container");
    assert_eq!(form("quote-app-cloud", "quote-app"), "both");
    assert_eq!(form("quote-app-cloud", "quote-db"), "virtual-machine");
    assert_eq!(form("quote-app-cloud", "dns"), "managed");
    assert_eq!(form("quotes-bank", "waf"), "virtual-machine");
    assert_eq!(form("quotes-bank", "pricing-engine"), "virtual-machine");
    assert_eq!(form("quotes-bank", "quotes-api"), "both");
    assert_eq!(form("cockpit", "rear-view"), "virtual-machine");
    assert_eq!(form("cockpit", "quote-player"), "both");
}

#[test]
fn advice_on_the_line() {
    let designs = root().join("designs").display().to_string();
    let ran = epure(&["advise", "quotes-bank", "--workspace", &designs, "--lang", "en"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("components.pricing-engine.kernel =") && ran.out.contains("the DMZ"), "{}", ran.out);
    let json = epure(&["advise", "quotes-bank", "--workspace", &designs, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((report["version"].as_i64(), report["design"].as_str()), (Some(1), Some("quotes-bank")));
    let by = epure(&["advise", "quotes-bank", "--by", "containers-or-vms", "--workspace", &designs, "--lang", "en"]);
    assert!(by.out.contains("it needs another kernel"), "{}", by.out);
    let none = epure(&["advise", "quotes-bank", "--by", "lab-or-production", "--workspace", &designs, "--lang", "en"]);
    assert!(none.code == 2 && none.err.contains("states no preference"), "{}", none.err);
    let wrong = epure(&["advise", "quotes-bnak", "--workspace", &designs, "--lang", "en"]);
    assert!(wrong.code == 2 && wrong.err.contains("did you mean `quotes-bank`?"), "{}", wrong.err);
}
