//! The lab's questions, answered from the trace.

use crate::source::Said;

/// What may be asked of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Who repaired it?
    Who,
    /// Why?
    Why,
    /// What did users see?
    Users,
    /// What would have avoided it?
    Avoided,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The answer in one or two sentences.
    pub text: Said,
    /// The entries it rests on, as indices into the trace, causes first.
    pub entries: Vec<usize>,
    /// The addresses of the facts it rests on.
    pub facts: Vec<String>,
}

/// The four answers; one is empty where there is nothing to say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answers {
    /// Who recreated, restarted or promoted what.
    pub who: Option<Answer>,
    /// The chain of causes back to the failure.
    pub why: Option<Answer>,
    /// What users saw.
    pub users: Option<Answer>,
    /// What would have avoided it.
    pub avoided: Option<Answer>,
}

use super::outcome::{ComponentOutcome, FunctionOutcome};
use super::trace::Entry;
use crate::analysis::view::View;

/// The answers of a run.
pub(super) fn answers(
    view: &View<'_>,
    trace: &[Entry],
    components: &[ComponentOutcome],
    functions: &[FunctionOutcome],
    failed_at_s: f64,
) -> Answers {
    let _ = (view, trace, components, functions, failed_at_s);
    Answers::default()
}
