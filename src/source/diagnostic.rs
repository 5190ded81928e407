//! The one type for everything said about a user's text.

use std::ops::Range;

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

/// Who feels it, as far as references between the parts tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Nothing calls it and no function needs it.
    Nobody,
    /// Something calls it.
    Callers,
    /// A function of the design stops without it, or users call it directly.
    Users,
}

/// A waiver that accepts a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Why.
    pub reason: Said,
    /// Who answers for it, where that is said.
    pub owner: Option<String>,
    /// The last day, `2026-12-31`.
    pub until: String,
    /// Where the waiver stands.
    pub span: Span,
    /// Whether it is a comment beside what it accepts, rather than an entry of a document.
    pub comment: bool,
}

/// A change of text that would mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The edits, which belong together.
    pub edits: Vec<Edit>,
    /// Whether it keeps what the text means, so that `--fix` may apply it. A guess at what was meant
    /// is not safe.
    pub safe: bool,
    /// Places in the old text that are somebody's credential.
    pub hidden: Vec<Span>,
}

/// A replacement of some bytes by others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What to replace; empty to insert.
    pub span: Span,
    /// The text to put there.
    pub text: String,
    /// The bytes of that text which are somebody's credential, and are printed nowhere.
    pub secrets: Vec<Range<usize>>,
}

impl Edit {
    /// The text as it may be shown.
    pub fn shown(&self) -> String {
        let hidden = |at: usize| self.secrets.iter().any(|range| range.contains(&at));
        self.text.char_indices().map(|(at, c)| if hidden(at) && c != '\n' { '•' } else { c }).collect()
    }
}

impl Fix {
    /// Whether a credential is part of the old or the new text.
    pub fn holds_secrets(&self) -> bool {
        !self.hidden.is_empty() || self.edits.iter().any(|edit| !edit.secrets.is_empty())
    }
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
    /// Who feels it; `None` where nothing tells.
    pub reach: Option<Reach>,
    /// The waiver that accepts it, where the state is [`State::Waived`].
    pub accepted: Option<Accepted>,
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
            reach: None,
            accepted: None,
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

    /// The same with an edit that would mend it if it was meant: a guess.
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        let edit = Edit { span, text: text.into(), secrets: Vec::new() };
        self.fix = Some(Fix { edits: vec![edit], safe: false, hidden: Vec::new() });
        self
    }

    /// The same with who feels it.
    pub fn reach(mut self, reach: Reach) -> Diagnostic {
        self.reach = Some(reach);
        self
    }

    /// The same, accepted by a waiver.
    pub fn accept(mut self, accepted: Accepted) -> Diagnostic {
        self.state = State::Waived;
        self.accepted = Some(accepted);
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
