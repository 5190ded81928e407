//! Names, words and syntax of conditions at their place; silence is unanswered.

use super::*;
use crate::analysis::View;
use crate::analysis::measures::tests::{designs_and, today};
use crate::source::State;

/// The condition of `when:` in a small document, and what is underlined where it is wrong.
fn mistakes(condition: &str) -> Vec<(String, String, Option<String>)> {
    let text = format!("when: {condition}\n");
    let mut sources = Sources::default();
    let file = sources.add("x.yaml", text);
    let (documents, _) = crate::source::read(&sources, file);
    let root = documents.into_iter().next().unwrap().root.unwrap();
    let found = Condition::read(&sources, root.get("when").unwrap()).err().unwrap_or_default();
    found
        .into_iter()
        .map(|diagnostic| {
            assert_eq!(diagnostic.state, State::Fail);
            (
                diagnostic.code.clone(),
                sources.text(diagnostic.primary.span).to_owned(),
                diagnostic.fix.map(|fix| fix.edits[0].text.clone()),
            )
        })
        .collect()
}

fn one(condition: &str) -> (String, String, Option<String>) {
    let mut found = mistakes(condition);
    assert_eq!(found.len(), 1, "{condition}: {found:?}");
    found.remove(0)
}

fn said(code: &str, under: &str, meant: Option<&str>) -> (String, String, Option<String>) {
    (code.to_owned(), under.to_owned(), meant.map(str::to_owned))
}

#[test]
fn names_are_checked_before_the_run_at_their_place() {
    assert_eq!(
        one("tenancy == \"own\" && replicsa > 1"),
        said("expression/unknown-field", "replicsa", Some("replicas"))
    );
    assert_eq!(one("'replicsa > 1'"), said("expression/unknown-field", "replicsa", Some("replicas")));
    assert_eq!(one("requests.memroy > 1.0"), said("expression/unknown-field", "memroy", Some("memory")));
    assert_eq!(one("has(requests.memroy)"), said("expression/unknown-field", "memroy", Some("memory")));
    assert_eq!(one("tenancy == \"hostil\""), said("expression/unknown-word", "hostil", Some("hostile")));
    assert_eq!(one("kind in [\"service\", \"gatway\"]"), said("expression/unknown-word", "gatway", Some("gateway")));
    assert_eq!(one("siz(name) > 1"), said("expression/unknown-function", "siz", Some("size")));
    assert_eq!(
        mistakes("\"tenancy == \\\"own\\\" && replicsa > 1\"")[0].1,
        "\"tenancy == \\\"own\\\" && replicsa > 1\""
    );
    for fine in [
        "requests.memory > 1.0",
        "stages.exists(s, s == \"scan\")",
        "storage.reach == \"node\"",
        "host_kernel == \"linux\"",
        "backups.size() == 0",
    ] {
        assert_eq!(mistakes(fine), [], "{fine}");
    }
    assert_eq!(mistakes("a > 1 && b > 2").len(), 2);
}

#[test]
fn the_parser_speaks_in_peoples_words() {
    for broken in [
        "replicas >",
        "replicas > > 1",
        "kind == \"service\" and replicas > 1",
        "kind = \"service\"",
        "(replicas > 1",
        "replicas # 1x",
        "replicas @ 1",
    ] {
        let text = format!("'{}'", broken.replace('\'', "''"));
        let (code, _, _) = one(&text);
        assert_eq!(code, "expression/syntax", "{broken}");
    }
    let mut sources = Sources::default();
    let file = sources.add("x.yaml", "when: kind == \"service\" and replicas > 1\n");
    let (documents, _) = crate::source::read(&sources, file);
    let root = documents.into_iter().next().unwrap().root.unwrap();
    let found = Condition::read(&sources, root.get("when").unwrap()).unwrap_err();
    assert_eq!(sources.text(found[0].primary.span), "and");
    assert!(!found[0].message.en.contains("expecting") && found[0].help.as_ref().unwrap().en.contains("&&"));
}

fn ask(workspace: &crate::design::Workspace, component: &str, condition: &str) -> Result<Answer, Box<Diagnostic>> {
    let mut sources = Sources::default();
    let file = sources.add("x.yaml", format!("when: '{condition}'\n"));
    let (documents, _) = crate::source::read(&sources, file);
    let root = documents.into_iter().next().unwrap().root.unwrap();
    let condition = Condition::read(&sources, root.get("when").unwrap()).unwrap();
    let view = View::of(workspace, "quote-app-lab", today()).unwrap();
    condition.ask(&facts(&view, component, &view.design.components[component]))
}

#[test]
fn silence_is_unanswered_and_never_false() {
    let workspace = designs_and("");
    let answer = |component: &str, condition: &str| ask(&workspace, component, condition).unwrap();
    assert_eq!(answer("quote-app", "replicas > 1 && cluster_nodes == 1"), Answer::Holds);
    assert_eq!(answer("quote-app", "kernel != host_kernel"), Answer::Fails);
    assert_eq!(answer("traefik", "tenancy == \"hostile\""), Answer::Unanswered("tenancy".to_owned()));
    assert_eq!(answer("quote-app", "kind == \"database\" && critical"), Answer::Fails);
    assert_eq!(answer("quote-db", "kind == \"database\" && critical"), Answer::Unanswered("critical".to_owned()));
    assert_eq!(answer("quote-db", "critical || kind == \"database\""), Answer::Holds);
    // Quantities are numbers in base units: 256 MiB, 250m.
    assert_eq!(answer("quote-db", "requests.memory == 268435456.0 && requests.cpu < 0.5"), Answer::Holds);
    assert_eq!(answer("quote-db", "limits.cpu > 1.0"), Answer::Unanswered("cpu".to_owned()));
    assert_eq!(ask(&workspace, "quote-db", "replicas").unwrap_err().code, "expression/not-a-condition");
    assert_eq!(ask(&workspace, "quote-db", "replicas > \"one\"").unwrap_err().code, "expression/evaluation");
}
