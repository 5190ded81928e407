//! From a fence to the figure it asks for: every name in it is found, or said to lead nowhere.

use super::{Entry, FIGURES, Of, Request, evidence};
use crate::analysis::runs::Runs;
use crate::design::Workspace;
use crate::design::model::report::Fence;
use crate::design::text::When;
use crate::figure::Figure;
use crate::said;
use crate::source::{Diagnostic, Lang, Node, Said, Span, nearest};

/// The figure that a fence asks for, and what is to be said of the evidence beside it. The tree is the
/// fence's own, for places.
///
/// # Errors
/// Every name that leads nowhere, at its place, and evidence that cannot be used.
pub fn place(
    workspace: &Workspace,
    today: When,
    lang: Lang,
    fence: &Fence,
    root: &Node,
    runs: &Runs,
) -> Result<(Option<Figure>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (entry, subjects) = resolve(workspace, fence, root)?;
    let found = evidence::problems(workspace, today, fence, root, &subjects)?;
    let request = Request { workspace, today, lang, subjects, fence, runs };
    Ok((entry.draw(&request), found))
}

/// Whether every name in a fence leads somewhere, without making the figure; and what is to be said of
/// the evidence beside it.
///
/// # Errors
/// Every name that leads nowhere, at its place, and evidence that cannot be used.
pub fn find(
    workspace: &Workspace,
    today: When,
    fence: &Fence,
    root: &Node,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let (_, subjects) = resolve(workspace, fence, root)?;
    evidence::problems(workspace, today, fence, root, &subjects)
}

fn resolve(
    workspace: &Workspace,
    fence: &Fence,
    root: &Node,
) -> Result<(&'static Entry, Vec<String>), Vec<Diagnostic>> {
    let asked = [
        ("table", &fence.table),
        ("diagram", &fence.diagram),
        ("chart", &fence.chart),
        ("timeline", &fence.timeline),
        ("findings", &fence.findings),
    ];
    let Some((key, word)) = asked.into_iter().find_map(|(key, word)| Some((key, word.as_deref()?))) else {
        return Err(Vec::new());
    };
    let span = root.get(key).map_or(root.span, |node| node.span);
    // A word of the registry, else the name of what a table, a timeline or findings are of.
    if let Some(entry) = FIGURES.iter().find(|entry| entry.key == key && entry.word == word && !word.is_empty()) {
        let subjects = subjects(workspace, entry, fence, root, span)?;
        return Ok((entry, subjects));
    }
    if let Some(entry) = FIGURES.iter().find(|entry| entry.key == key && entry.word.is_empty())
        && names(workspace, entry.of).contains(&word)
    {
        return Ok((entry, vec![word.to_owned()]));
    }
    Err(vec![unknown(workspace, key, word, span)])
}

/// What a figure is of, from `of:`.
fn subjects(
    workspace: &Workspace,
    entry: &Entry,
    fence: &Fence,
    root: &Node,
    span: Span,
) -> Result<Vec<String>, Vec<Diagnostic>> {
    let declared = names(workspace, entry.of);
    let Some(of) = &fence.of else {
        let what = title(entry.of);
        let word = entry.word;
        return Err(vec![
            Diagnostic::error("report/no-subject", span, said!("`{word}` of what?", "`{word}` de quoi ?")).help(said!(
                "add `of:` with the name of {what}",
                "ajoutez `of:` avec le nom d’{what}",
                what = what
            )),
        ]);
    };
    let node = root.get("of");
    let mut wrong = Vec::new();
    for (i, name) in of.0.iter().enumerate() {
        if !declared.contains(&name.as_str()) {
            let place = node.map_or(span, |node| node.items().get(i).map_or(node.span, |item| item.span));
            let what = title(entry.of);
            let diagnostic = Diagnostic::error(
                "reference/unknown",
                place,
                said!("`{name}` is not the name of {what}", "`{name}` n’est pas le nom d’{what}", what = what),
            );
            wrong.push(suggest(diagnostic, name, &declared, place));
        }
    }
    if wrong.is_empty() { Ok(of.0.clone()) } else { Err(wrong) }
}

fn unknown(workspace: &Workspace, key: &str, word: &str, span: Span) -> Diagnostic {
    let mut candidates: Vec<&str> =
        FIGURES.iter().filter(|entry| entry.key == key && !entry.word.is_empty()).map(|entry| entry.word).collect();
    for entry in FIGURES.iter().filter(|entry| entry.key == key && entry.word.is_empty()) {
        candidates.extend(names(workspace, entry.of));
    }
    let diagnostic = Diagnostic::error(
        "report/unknown-figure",
        span,
        said!("there is no {key} called `{word}`", "aucune figure `{key}` ne s’appelle `{word}`"),
    );
    suggest(diagnostic, word, &candidates, span)
}

fn suggest(diagnostic: Diagnostic, word: &str, candidates: &[&str], span: Span) -> Diagnostic {
    match nearest(word, candidates.iter().copied()) {
        Some(near) => diagnostic.help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?")).fix(span, near),
        None => {
            let list = candidates.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            diagnostic.help(said!("there are: {list}", "il y a : {list}"))
        }
    }
}

fn names(workspace: &Workspace, of: Of) -> Vec<&str> {
    match of {
        Of::Design => workspace.designs.keys().map(String::as_str).collect(),
        Of::Stacks => workspace.stacks.keys().map(String::as_str).collect(),
        Of::Comparison => workspace.comparisons.keys().map(String::as_str).collect(),
        Of::Scenario => workspace.scenarios.keys().map(String::as_str).collect(),
    }
}

fn title(of: Of) -> Said {
    match of {
        Of::Design => said!("a design", "une conception"),
        Of::Stacks => said!("a stack", "une stack"),
        Of::Comparison => said!("a comparison", "une comparaison"),
        Of::Scenario => said!("a scenario", "un scénario"),
    }
}
