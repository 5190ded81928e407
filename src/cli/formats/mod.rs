//! The formats in which `epure check` tells what it found: one file each, one line each below.
//!
//! All of them print the same [`Findings`]; `tests/formats.rs` holds them against each other.

mod annotations;
mod csv;
pub(super) mod human;
mod json;
mod junit;
mod markdown;
mod sarif;

use crate::analysis::findings::{Finding, Findings};
use crate::analysis::rule::{Words, words};
use crate::said;
use crate::source::{Diagnostic, Lang, Place, Said, Severity, Sources, State};

/// What is told, and how.
pub struct Report<'a> {
    /// What was found.
    pub findings: Findings<'a>,
    /// The files.
    pub sources: &'a Sources,
    /// What goes before a path so that it leads from the top of the repository: `designs/`, or nothing.
    pub prefix: String,
    /// How many documents were read.
    pub documents: usize,
    /// How many components they hold.
    pub components: usize,
    /// The reader's language.
    pub lang: Lang,
    /// The least severity that makes the run fail; `None` where nothing does.
    pub fail_on: Option<Severity>,
    /// Whether every finding is told in full.
    pub all: bool,
    /// Whether to colour.
    pub colour: bool,
}

/// A format: its name, what it is for, how it is written.
#[derive(Debug)]
pub struct Format {
    /// The word after `--format`.
    pub word: &'static str,
    /// What it is for.
    pub about: Words,
    /// Writes it.
    pub write: fn(&Report<'_>) -> String,
}

/// Every format.
pub static FORMATS: &[Format] = &[
    Format {
        word: "human",
        about: words(
            "for people: the worst first, one line for each rule",
            "pour les gens : le pire d’abord, une ligne par règle",
        ),
        write: human::write,
    },
    Format { word: "json", about: words("for programs", "pour les programmes"), write: json::write },
    Format {
        word: "csv",
        about: words("for spreadsheets (RFC 4180)", "pour les tableurs (RFC 4180)"),
        write: csv::write,
    },
    Format {
        word: "sarif",
        about: words("SARIF 2.1.0, for code scanning", "SARIF 2.1.0, pour l’analyse de code"),
        write: sarif::write,
    },
    Format {
        word: "junit",
        about: words("JUnit XML, for build servers", "JUnit XML, pour les serveurs d’intégration"),
        write: junit::write,
    },
    Format {
        word: "github",
        about: words("annotations in a pull request", "annotations dans une pull request"),
        write: annotations::write,
    },
    Format {
        word: "markdown",
        about: words("a step summary or a comment", "un résumé d’étape ou un commentaire"),
        write: markdown::write,
    },
];

impl Report<'_> {
    /// The path of a diagnostic's file from the top of the repository, with `/`.
    fn path(&self, diagnostic: &Diagnostic) -> String {
        self.at_top(&self.sources.file(diagnostic.primary.span.file).path)
    }

    /// A file's path from the top of the repository: `./` and `a/../` say nothing, and what lies outside
    /// stays as it was given.
    fn at_top(&self, path: &str) -> String {
        if path.starts_with('/') {
            return path.to_owned();
        }
        let whole = format!("{}{path}", self.prefix);
        let mut steps: Vec<&str> = Vec::new();
        for step in whole.split('/').filter(|step| !step.is_empty() && *step != ".") {
            match (step, steps.pop()) {
                ("..", None) => return path.to_owned(),
                ("..", Some(_)) => {}
                (step, last) => steps.extend(last.into_iter().chain([step])),
            }
        }
        steps.join("/")
    }

    /// Where a diagnostic starts and ends.
    fn region(&self, diagnostic: &Diagnostic) -> (Place, Place) {
        (self.sources.start(diagnostic.primary.span), self.sources.end(diagnostic.primary.span))
    }

    /// Whether a finding makes the run fail.
    pub fn fails(&self, finding: &Finding<'_>) -> bool {
        finding.counts() && self.fail_on.is_some_and(|least| finding.diagnostic.severity >= least)
    }
}

/// How a finding is called: by its severity, or by what became of the check.
fn word(finding: &Finding<'_>) -> Said {
    match (finding.diagnostic.state, finding.known) {
        (State::Waived, _) => said!("waived", "dérogation"),
        (_, true) => said!("known", "connu"),
        (State::Unanswered, _) => said!("unanswered", "sans réponse"),
        (State::Fail, _) => match finding.diagnostic.severity {
            Severity::Error => said!("error", "erreur"),
            Severity::Warning => said!("warning", "avertissement"),
            Severity::Note => said!("note", "note"),
        },
    }
}

/// How many entries of the baseline are no longer found.
fn mended(count: usize) -> Said {
    match count {
        1 => said!(
            "1 entry of the baseline is mended: write it anew with `--write-baseline`",
            "1 entrée de la référence est corrigée : réécrivez-la avec `--write-baseline`"
        ),
        _ => said!(
            "{count} entries of the baseline are mended: write it anew with `--write-baseline`",
            "{count} entrées de la référence sont corrigées : réécrivez-la avec `--write-baseline`",
            count = count
        ),
    }
}

/// How many of what, in one line.
fn summary(report: &Report<'_>) -> Said {
    let all = &report.findings.all;
    let count = |wanted: &dyn Fn(&Finding<'_>) -> bool| all.iter().filter(|finding| wanted(finding)).count();
    let fails = |severity: Severity| count(&|finding| finding.counts() && finding.diagnostic.severity == severity);
    let (errors, warnings, notes) = (fails(Severity::Error), fails(Severity::Warning), fails(Severity::Note));
    let asks = count(&|finding| finding.diagnostic.state == State::Unanswered && !finding.known);
    let waived = count(&|finding| finding.diagnostic.state == State::Waived);
    let known = count(&|finding| finding.known && finding.diagnostic.state != State::Waived);
    let mut parts = Vec::new();
    for (n, one, many) in [
        (errors, said!("1 error", "1 erreur"), said!("{n} errors", "{n} erreurs", n = errors)),
        (warnings, said!("1 warning", "1 avertissement"), said!("{n} warnings", "{n} avertissements", n = warnings)),
        (notes, said!("1 note", "1 note"), said!("{n} notes", "{n} notes", n = notes)),
        (asks, said!("1 unanswered", "1 sans réponse"), said!("{n} unanswered", "{n} sans réponse", n = asks)),
        (waived, said!("1 waived", "1 dérogation"), said!("{n} waived", "{n} dérogations", n = waived)),
        (known, said!("1 known", "1 connu"), said!("{n} known", "{n} connus", n = known)),
    ] {
        if n > 0 {
            parts.push(if n == 1 { one } else { many });
        }
    }
    let what = if parts.is_empty() { said!("nothing to report", "rien à signaler") } else { Said::join(&parts, ", ") };
    said!(
        "{documents} documents, {components} components: {what}",
        "{documents} documents, {components} composants : {what}",
        documents = report.documents,
        components = report.components,
        what = what
    )
}
