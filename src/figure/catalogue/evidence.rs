//! What was observed, for the figure of a scenario: the text that a fence names, with the names of
//! the scenario's design.

use crate::analysis::observation::{self, Names, Origin, Reading};
use crate::analysis::view::View;
use crate::design::model::report::Fence;
use crate::design::model::{Observation, Scenario};
use crate::design::text::When;
use crate::design::{Evidence, Workspace};
use crate::said;
use crate::source::{Diagnostic, FileId, Node, Severity, Span, nearest};

/// What was observed of a scenario; nothing where its fence names no evidence or none that can be read.
pub(super) fn observed(workspace: &Workspace, today: When, fence: &Fence, scenario: &str) -> Option<Reading> {
    let asked = fence.observed.as_ref()?;
    let scenario = &workspace.scenarios.get(scenario)?.value;
    let nowhere = Span { file: FileId(0), start: 0, end: 0 };
    let (text, file) = match asked.path() {
        None => (asked.from.as_str(), FileId(0)),
        Some(path) => match workspace.evidence.get(path)? {
            Evidence::Read { file, text } => (text.as_str(), *file),
            _ => return None,
        },
    };
    let origin = Origin { asked: nowhere, file, offset: 0 };
    let since = asked.since.as_deref().map(|since| (since, nowhere));
    let reading = observation::read(text, &origin, &names(workspace, today, scenario, asked), since);
    (!reading.observed.is_empty()).then_some(reading)
}

/// Everything that is to be said of the evidence that a fence names.
///
/// # Errors
/// The same where the evidence cannot be used.
pub(super) fn problems(
    workspace: &Workspace,
    today: When,
    fence: &Fence,
    root: &Node,
    subjects: &[String],
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let (Some(asked), Some(node)) = (&fence.observed, root.get("observed")) else { return Ok(Vec::new()) };
    let Some(scenario) = subjects.first().and_then(|name| workspace.scenarios.get(name)) else {
        return Ok(Vec::new());
    };
    let scenario = &scenario.value;
    let from = node.get("from").unwrap_or(node);
    let names = names(workspace, today, scenario, asked);
    let mut found = unknown_machines(node, &names);
    let since = node.get("since").and_then(|node| Some((node.scalar()?, node.span)));
    let source;
    let text = match asked.path() {
        None => {
            source = workspace.sources.text(from.span);
            // The lines after the `|`, as they stand in the report, so that places are exact.
            let head = if source.starts_with(['|', '>']) { source.find('\n').map_or(0, |end| end + 1) } else { 0 };
            let offset = from.span.start as usize + head;
            Ok((&source[head..], Origin { asked: first_line(from.span, source), file: from.span.file, offset }))
        }
        Some(path) => match workspace.evidence.get(path).unwrap_or(&Evidence::Missing) {
            Evidence::Read { file, text } => Ok((text.as_str(), Origin { asked: from.span, file: *file, offset: 0 })),
            other => Err(unread(workspace, path, other, from.span)),
        },
    };
    match text {
        Ok((text, origin)) => found.extend(observation::read(text, &origin, &names, since).diagnostics),
        Err(problem) => found.push(problem),
    }
    let unusable = found.iter().any(|problem| problem.severity == Severity::Error);
    if unusable { Err(found) } else { Ok(found) }
}

fn first_line(span: Span, text: &str) -> Span {
    let end = text.find('\n').unwrap_or(text.len());
    Span { end: span.start + end as u32, ..span }
}

/// The names of a scenario's design; the machines that its failure concerns come first.
fn names(workspace: &Workspace, today: When, scenario: &Scenario, asked: &Observation) -> Names {
    let given = asked.nodes.iter().map(|(node, machine)| (node.clone(), machine.clone())).collect();
    let Some(view) = View::of(workspace, &scenario.design, today) else {
        return Names { given, ..Names::default() };
    };
    let hit = |machine: usize| {
        let name = &view.machines[machine].name;
        scenario.events.iter().any(|event| match event.what().1.split_once('/') {
            Some(("node", node)) => node == name,
            Some(("zone", zone)) => view.machines[machine].zone.as_deref() == Some(zone),
            Some(("site", site)) => view.machines[machine].site.as_deref() == Some(site),
            Some((_, pod)) => view.instances.iter().any(|it| it.name == pod && it.machine == Some(machine)),
            None => false,
        })
    };
    let (first, rest): (Vec<usize>, Vec<usize>) = (0..view.machines.len()).partition(|machine| hit(*machine));
    Names {
        components: view.design.components.keys().cloned().collect(),
        nodes: first.into_iter().chain(rest).map(|machine| view.machines[machine].name.clone()).collect(),
        given,
    }
}

/// Machines of `nodes:` that the design does not have.
fn unknown_machines(node: &Node, names: &Names) -> Vec<Diagnostic> {
    let given = node.get("nodes").map_or(&[][..], Node::entries);
    let unknown = given.iter().filter_map(|entry| {
        let machine = entry.value.scalar()?;
        if names.nodes.is_empty() || names.nodes.iter().any(|name| name == machine) {
            return None;
        }
        let span = entry.value.span;
        let message = said!("the design has no machine `{machine}`", "la conception n’a pas de machine `{machine}`");
        let diagnostic = Diagnostic::error("reference/unknown", span, message);
        Some(match nearest(machine, names.nodes.iter().map(String::as_str)) {
            Some(near) => {
                diagnostic.help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?")).fix(span, near)
            }
            None => {
                let list = names.nodes.iter().take(12).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                diagnostic.help(said!("there are: {list}", "il y a : {list}"))
            }
        })
    });
    unknown.collect()
}

/// Why a file of evidence was not read.
fn unread(workspace: &Workspace, path: &str, why: &Evidence, span: Span) -> Diagnostic {
    match why {
        Evidence::Outside => Diagnostic::error(
            "observed/outside",
            span,
            said!("`{path}` leads out of the workspace", "`{path}` mène hors de l’espace de travail"),
        )
        .help(said!(
            "copy the evidence into the workspace and write its path from there: `evidence/lose-a-worker.json`",
            "copiez le relevé dans l’espace de travail et écrivez son chemin depuis là : `evidence/perte-d-un-noeud.json`"
        )),
        Evidence::TooLarge => observation::too_large(span),
        Evidence::NotText => Diagnostic::error(
            "observed/unknown-format",
            span,
            said!("`{path}` is no text", "`{path}` n’est pas du texte"),
        )
        .help(said!(
            "record with `kubectl … -o json > FILE`, and do not compress it",
            "enregistrez avec `kubectl … -o json > FICHIER`, sans compression"
        )),
        Evidence::Unreadable(reason) => Diagnostic::error(
            "observed/no-such-file",
            span,
            said!("`{path}` cannot be read: {reason}", "`{path}` ne peut pas être lu : {reason}"),
        ),
        Evidence::Missing | Evidence::Read { .. } => {
            let message = said!("the workspace has no file `{path}`", "l’espace de travail n’a pas de fichier `{path}`");
            let diagnostic = Diagnostic::error("observed/no-such-file", span, message);
            let read = workspace.evidence.iter().filter(|(_, evidence)| matches!(evidence, Evidence::Read { .. }));
            match nearest(path, read.map(|(path, _)| path.as_str())) {
                Some(near) => {
                    diagnostic.help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?")).fix(span, near)
                }
                None => diagnostic.help(said!(
                    "a path is written from the workspace's folder; evidence of one line is written with a line break after it",
                    "un chemin s’écrit depuis le dossier de l’espace de travail ; un relevé d’une ligne s’écrit avec un retour à la ligne après elle"
                )),
            }
        }
    }
}
