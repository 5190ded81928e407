//! What narratives are filled in with: figures and values of a workspace, on a day.

use super::Material;
use crate::analysis::runs::Runs;
use crate::analysis::{constants, steps};
use crate::design::Workspace;
use crate::design::kinds;
use crate::design::model::report::Fence;
use crate::design::quantity::seconds;
use crate::design::reading::{check::check, scope::Scope};
use crate::design::text::When;
use crate::design::value::{self, NoValue};
use crate::figure::{Figure, catalogue};
use crate::said;
use crate::source::{Diagnostic, Lang, Severity, Show, Span, State, decode, nearest, read_text};

/// A workspace on a day.
#[derive(Debug, Clone, Copy)]
pub struct Library<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// The day on which ages and expiries are judged.
    pub today: When,
    /// Whether figures are made, or only looked for: a review wants to know whether every name
    /// leads somewhere, and drawing is most of the work.
    pub drawn: bool,
    /// What was simulated so far.
    pub runs: &'a Runs,
}

impl Material for Library<'_> {
    fn figures(&self, fence: Span, lang: Lang) -> Result<(Vec<Figure>, Vec<Diagnostic>), Vec<Diagnostic>> {
        let text = self.workspace.sources.text(fence);
        let (documents, problems) = read_text(text, fence.file, fence.start as usize);
        if !problems.is_empty() {
            return Err(problems);
        }
        let Some(root) = documents.into_iter().find_map(|document| document.root) else {
            // A handout leaves figures to be placed: a question that is open, and no mistake.
            let message = said!("this figure is still to be placed", "cette figure reste à placer");
            let help = said!("name a figure, such as `diagram: stack`", "nommez une figure, comme `diagram: stack`");
            let open = Diagnostic::error("report/empty-fence", fence, message).severity(Severity::Warning).help(help);
            return Err(vec![Diagnostic { state: State::Unanswered, ..open }]);
        };
        let Some(kind) = kinds::kind("fence") else { return Ok((Vec::new(), Vec::new())) };
        let problems = check(&root, &kind.shapes, &Scope::default(), "fence");
        if !problems.is_empty() {
            return Err(problems.into_iter().map(|problem| Diagnostic { path: None, ..problem }).collect());
        }
        let asked: Fence = decode(&root).map_err(|error| {
            let message = error.message;
            vec![Diagnostic::error(
                "internal/decode",
                fence,
                said!("épure could not read this figure: {message}", "épure n’a pas su lire cette figure : {message}"),
            )]
        })?;
        if !self.drawn {
            return catalogue::find(self.workspace, self.today, &asked, &root).map(|found| (Vec::new(), found));
        }
        let (figure, found) = catalogue::place(self.workspace, self.today, lang, &asked, &root, self.runs)?;
        match figure {
            Some(figure) => Ok((vec![figure], found)),
            None => {
                let message = said!("there is nothing to show here", "il n’y a rien à montrer ici");
                let help = said!("what it is of could not be worked out", "ce dont il s’agit n’a pas pu être calculé");
                Err(vec![Diagnostic::error("report/nothing-to-show", fence, message).help(help)])
            }
        }
    }

    fn value(&self, path: &str, span: Span, lang: Lang) -> Result<String, Box<Diagnostic>> {
        if let Some(found) = self.worked_out(path, span, lang) {
            return found;
        }
        value::value(self.workspace, path, lang).map_err(|reason| Box::new(nowhere(path, span, &reason)))
    }
}

impl Library<'_> {
    /// Values that are worked out instead of stated: a comparison's cells, a timeline's steps, the
    /// constants that hold for a design.
    fn worked_out(&self, path: &str, span: Span, lang: Lang) -> Option<Result<String, Box<Diagnostic>>> {
        let steps: Vec<&str> = path.split('.').collect();
        let unknown = |word: &str, known: Vec<String>| {
            Some(Err(Box::new(nowhere(path, span, &NoValue::Step(word.to_owned(), known)))))
        };
        match steps.as_slice() {
            [name, "cells", criterion, subject] if self.workspace.comparisons.contains_key(*name) => {
                let worked_out = self.runs.compared(self.workspace, name, self.today)?;
                let compared = &worked_out.0;
                match (compared.row(criterion), compared.cell(criterion, subject)) {
                    (_, Some(cell)) => Some(Ok(cell.value.value.text().show(lang))),
                    (Some(_), None) => {
                        unknown(subject, compared.subjects.iter().map(|subject| subject.name.clone()).collect())
                    }
                    (None, None) => unknown(criterion, compared.rows.iter().map(|row| row.id.clone()).collect()),
                }
            }
            [name, "steps", step] => {
                let scenario = &self.workspace.scenarios.get(*name)?.value;
                let view = self.runs.view(self.workspace, &scenario.design, self.today)?;
                let simulation = self.runs.scenario(self.workspace, name, self.today)?;
                let named = steps::steps(&view, scenario, &simulation);
                match named.iter().find(|other| other.id == *step).and_then(|step| step.at_s.fixed) {
                    Some(at_s) => Some(Ok(seconds(at_s).show(lang))),
                    None => unknown(step, named.iter().map(|step| step.id.to_owned()).collect()),
                }
            }
            [name, "constants", id] => {
                let view = self.runs.view(self.workspace, name, self.today)?;
                let (cluster_name, cluster) = view.design.clusters.first()?;
                match constants::of(&view, cluster_name, cluster, id) {
                    Some(constant) => Some(Ok(seconds(constant.value).show(lang))),
                    None => unknown(id, constants::CONSTANTS.iter().map(|constant| constant.id.to_owned()).collect()),
                }
            }
            _ => None,
        }
    }
}

fn nowhere(path: &str, span: Span, reason: &NoValue) -> Diagnostic {
    let (word, known) = match reason {
        NoValue::Document(known) => (path.split('.').next().unwrap_or(path), known),
        NoValue::Step(step, known) => (step.as_str(), known),
        NoValue::Block(known) => {
            let list = known.iter().take(12).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            return Diagnostic::error(
                "report/value",
                span,
                said!("`{path}` is a block, not a value", "`{path}` est un bloc, pas une valeur"),
            )
            .help(said!("go on to one of {list}", "poursuivez avec l’un de {list}"));
        }
    };
    let diagnostic = Diagnostic::error(
        "report/value",
        span,
        said!("`{path}` leads nowhere: there is no `{word}`", "`{path}` ne mène nulle part : il n’y a pas de `{word}`"),
    );
    match nearest(word, known.iter().map(String::as_str)) {
        Some(near) => {
            let fixed = path.replacen(word, near, 1);
            diagnostic.help(said!("did you mean `{fixed}`?", "vouliez-vous dire `{fixed}` ?")).fix(span, fixed)
        }
        None => {
            let list = known.iter().take(12).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            diagnostic.help(said!("there are: {list}", "il y a : {list}"))
        }
    }
}
