//! What a rule is, what a check ends in, and how findings come from both.

use crate::design::contexts;
use crate::design::model::config::{Ask, Context, SeverityWord};
use crate::source::{Diagnostic, Lang, Reach, Said, Severity, Show, Span, State};

use super::remedies;
use super::view::View;

/// A fixed text in both languages.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// English.
    pub en: &'static str,
    /// French.
    pub fr: &'static str,
}

/// A fixed text in both languages.
pub const fn words(en: &'static str, fr: &'static str) -> Words {
    Words { en, fr }
}

impl Words {
    /// The text as the program says it.
    pub fn said(&self) -> Said {
        Said { en: self.en.to_owned(), fr: self.fr.to_owned() }
    }
}

impl Show for Words {
    fn show(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.en.to_owned(),
            Lang::Fr => self.fr.to_owned(),
        }
    }
}

/// A rule: its page, its examples, its check.
#[derive(Debug)]
pub struct Rule {
    /// `family/name`.
    pub code: &'static str,
    /// One line: what is asked for.
    pub summary: Words,
    /// Why it matters: what happens where it is broken.
    pub why: Words,
    /// How it is detected: which facts are read.
    pub detects: Words,
    /// When it is wrong, or where opinions differ and which position is taken.
    pub exceptions: Words,
    /// What to do.
    pub remedy: Words,
    /// Where it comes from: documentation, standards by clause.
    pub sources: &'static [&'static str],
    /// How much it matters where the profile of a context does not say otherwise.
    pub severity: Severity,
    /// A workspace of one or more YAML documents that breaks the rule.
    pub failing: &'static str,
    /// One that keeps it.
    pub passing: &'static str,
    /// The check, for one design.
    pub check: fn(&View<'_>) -> Vec<Verdict>,
}

impl Rule {
    /// The part of the code before the slash.
    pub fn family(&self) -> &'static str {
        self.code.split('/').next().unwrap_or(self.code)
    }

    /// Whether it needs a simulation, and so runs only where one is asked for.
    pub fn simulates(&self) -> bool {
        self.family() == "simulation"
    }

    /// How much it matters in a context of épure's; `None` where it is not judged.
    pub fn severity_in(&self, context: Context) -> Option<Severity> {
        let position = contexts::position(context, self.code);
        if position.ask == Some(Ask::Never) {
            return None;
        }
        Some(position.severity.map_or(self.severity, SeverityWord::severity))
    }

    /// How much it matters where it matters most.
    pub fn severity_at_most(&self) -> Severity {
        Context::ALL.into_iter().filter_map(|context| self.severity_in(context)).max().unwrap_or(Severity::Note)
    }
}

/// How a check ended for one target.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The address of what was judged, within the design: `components.quote-app`.
    pub path: String,
    /// How it ended.
    pub outcome: Outcome,
    /// What to underline, where it is not the target itself.
    pub at: Option<String>,
    /// A remark at the place.
    pub label: Said,
    /// Other addresses that belong to it, with a remark.
    pub also: Vec<(String, Said)>,
    /// What to do here, where it is more exact than the rule's own words.
    pub help: Option<Said>,
    /// Full addresses of further facts that it rests on, in other documents too.
    pub facts: Vec<String>,
    /// The place to underline, where no address of the design leads there.
    pub place: Option<Span>,
    /// Further places of that sort, with a remark.
    pub places: Vec<(Span, Said)>,
    /// How much it matters here, where that is less than it usually does.
    pub severity: Option<Severity>,
}

/// How a check ended.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The rule is kept.
    Pass,
    /// It is broken: one sentence that says how, with the numbers.
    Fail(Said),
    /// The design does not say: the question.
    Unanswered(Said),
}

impl Verdict {
    fn new(path: impl Into<String>, outcome: Outcome) -> Verdict {
        Verdict {
            path: path.into(),
            outcome,
            at: None,
            label: Said::default(),
            also: Vec::new(),
            help: None,
            facts: Vec::new(),
            place: None,
            places: Vec::new(),
            severity: None,
        }
    }

    /// The rule is kept by this target.
    pub fn pass(path: impl Into<String>) -> Verdict {
        Verdict::new(path, Outcome::Pass)
    }

    /// The rule is broken by this target.
    pub fn fail(path: impl Into<String>, message: Said) -> Verdict {
        Verdict::new(path, Outcome::Fail(message))
    }

    /// The design does not say.
    pub fn unanswered(path: impl Into<String>, question: Said) -> Verdict {
        Verdict::new(path, Outcome::Unanswered(question))
    }

    /// The same, underlined at another address within the design.
    pub fn at(mut self, path: impl Into<String>) -> Verdict {
        self.at = Some(path.into());
        self
    }

    /// The same with a remark at its place.
    pub fn label(mut self, text: Said) -> Verdict {
        self.label = text;
        self
    }

    /// The same with another address that belongs to it.
    pub fn also(mut self, path: impl Into<String>, text: Said) -> Verdict {
        self.also.push((path.into(), text));
        self
    }

    /// The same with the full addresses of further facts that it rests on.
    pub fn from_facts(mut self, facts: impl IntoIterator<Item = String>) -> Verdict {
        self.facts.extend(facts);
        self
    }

    /// The same, underlined at a place.
    pub fn place(mut self, span: Span) -> Verdict {
        self.place = Some(span);
        self
    }

    /// The same with another place that belongs to it.
    pub fn and(mut self, span: Span, text: Said) -> Verdict {
        self.places.push((span, text));
        self
    }

    /// The same, mattering at most so much.
    pub fn at_most(mut self, severity: Severity) -> Verdict {
        self.severity = Some(severity);
        self
    }

    /// The same with what to do here.
    pub fn help(mut self, text: Said) -> Verdict {
        self.help = Some(text);
        self
    }
}

/// A verdict as a diagnostic: placed, weighed, waived or not. `None` for a pass.
pub fn diagnostic(rule: &Rule, verdict: &Verdict, view: &View<'_>, severity: Severity) -> Option<Diagnostic> {
    let mut diagnostic = finding(rule.code, Some(rule.why.said()), verdict, view, severity)?;
    // In a file of another tool's it is that tool's words that help.
    if let Some(remedy) = view.unit().and_then(|unit| remedies::of(rule.code, unit.form)) {
        diagnostic.help = Some(remedy.said());
    }
    diagnostic.help.get_or_insert_with(|| rule.remedy.said());
    Some(diagnostic)
}

/// The same for whatever judges by a code.
pub(super) fn finding(
    code: &str,
    why: Option<Said>,
    verdict: &Verdict,
    view: &View<'_>,
    severity: Severity,
) -> Option<Diagnostic> {
    let (state, message) = match &verdict.outcome {
        Outcome::Pass => return None,
        Outcome::Fail(message) => (State::Fail, message.clone()),
        Outcome::Unanswered(message) => (State::Unanswered, message.clone()),
    };
    let place = |within: &str| view.workspace.place(&view.path(within));
    let span = verdict.place.or_else(|| place(verdict.at.as_deref().unwrap_or(&verdict.path)))?;
    // A severity that the workspace states stands for every finding of the rule.
    let stated = view.position(code).severity.is_some();
    let severity = verdict.severity.filter(|_| !stated).map_or(severity, |least| least.min(severity));
    let severity = if state == State::Unanswered { severity.min(Severity::Warning) } else { severity };
    let mut diagnostic = Diagnostic::error(code, span, message)
        .severity(severity)
        .label(verdict.label.clone())
        .path(view.path(&verdict.path));
    diagnostic.why = why;
    diagnostic.help.clone_from(&verdict.help);
    diagnostic.state = state;
    let within = verdict.at.iter().chain(verdict.also.iter().map(|(path, _)| path)).map(|path| view.path(path));
    diagnostic = diagnostic.from_facts(within).from_facts(verdict.facts.iter().cloned());
    for (span, text) in &verdict.places {
        diagnostic = diagnostic.also(*span, text.clone());
    }
    for (path, text) in &verdict.also {
        if let Some(span) = place(path) {
            diagnostic = diagnostic.also(span, text.clone());
        }
    }
    if let Some(reach) = reach(view, &verdict.path) {
        diagnostic = diagnostic.reach(reach);
    }
    if let Some((name, waiver)) = super::waiver::of(view, code, &verdict.path)
        && state == State::Fail
        && view.today <= waiver.until
        && let Some(span) = place(&format!("waivers.{name}"))
    {
        diagnostic = diagnostic.accept(super::waiver::accepted(waiver, span));
    }
    Some(diagnostic)
}

/// Who feels it where a component is judged: a function that stops without it, or what calls it.
fn reach(view: &View<'_>, path: &str) -> Option<Reach> {
    let name = path.strip_prefix("components.")?.split('.').next()?;
    if view.is_needed(name) {
        return Some(Reach::Users);
    }
    // A design that tells neither what it is for nor who talks to whom tells nothing about callers.
    if view.design.functions.is_empty() && view.design.connections.is_empty() {
        return None;
    }
    let called = view.design.connections.values().any(|connection| connection.to.0 == name);
    Some(if called { Reach::Callers } else { Reach::Nobody })
}
