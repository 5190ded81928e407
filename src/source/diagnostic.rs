//! The one type for everything said about a user's text.

use super::{file::Span, said::Said};

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// To be mended or accepted in writing.
    Warning,
    /// Wrong, or a loss of service or data waiting to happen.
    Error,
}

impl Severity {
    /// The word that machine output and `--fail-on` use.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// How a check ended where it did not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// The text is wrong, or the design fails the rule.
    Fail,
    /// The design does not say.
    Unanswered,
    /// The design fails the rule, and a waiver that is in force accepts it.
    Waived,
}

impl State {
    /// The word that machine output uses.
    pub fn word(self) -> &'static str {
        match self {
            State::Fail => "fail",
            State::Unanswered => "unanswered",
            State::Waived => "waived",
        }
    }
}

/// A place with a remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The remark; may be empty on a primary label.
    pub text: Said,
}

/// A change of text that would mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What to replace.
    pub span: Span,
    /// The text to put there.
    pub text: String,
}

/// Something said about a user's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable code: `family/name` of a rule, or `syntax/…`, `schema/…`, `reference/…`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// How the check ended.
    pub state: State,
    /// One sentence: what is wrong.
    pub message: Said,
    /// Where.
    pub primary: Label,
    /// Other places that belong to it.
    pub secondary: Vec<Label>,
    /// Why it matters, as a further paragraph.
    pub why: Option<Said>,
    /// What to write instead.
    pub help: Option<Said>,
    /// The edit that would mend it.
    pub fix: Option<Fix>,
    /// The address of the fact it is about, such as `quote-app-cloud.components.quote-app.replicas`.
    pub path: Option<String>,
    /// Addresses of further facts that it rests on, those of its other places among them.
    pub facts: Vec<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: impl Into<String>, span: Span, message: Said) -> Diagnostic {
        Diagnostic {
            code: code.into(),
            severity: Severity::Error,
            state: State::Fail,
            message,
            primary: Label { span, text: Said::default() },
            secondary: Vec::new(),
            why: None,
            help: None,
            fix: None,
            path: None,
            facts: Vec::new(),
        }
    }

    /// The same with another severity.
    pub fn severity(mut self, severity: Severity) -> Diagnostic {
        self.severity = severity;
        self
    }

    /// The same with a remark at its place.
    pub fn label(mut self, text: Said) -> Diagnostic {
        self.primary.text = text;
        self
    }

    /// The same with another place that belongs to it.
    pub fn also(mut self, span: Span, text: Said) -> Diagnostic {
        self.secondary.push(Label { span, text });
        self
    }

    /// The same with a reason.
    pub fn why(mut self, text: Said) -> Diagnostic {
        self.why = Some(text);
        self
    }

    /// The same with what to write instead.
    pub fn help(mut self, text: Said) -> Diagnostic {
        self.help = Some(text);
        self
    }

    /// The same with an edit that mends it.
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.fix = Some(Fix { span, text: text.into() });
        self
    }

    /// The same with the addresses of further facts that it rests on.
    pub fn from_facts(mut self, facts: impl IntoIterator<Item = String>) -> Diagnostic {
        self.facts.extend(facts);
        self
    }

    /// The same with the address of the fact it is about.
    pub fn path(mut self, path: impl Into<String>) -> Diagnostic {
        self.path = Some(path.into());
        self
    }
}
