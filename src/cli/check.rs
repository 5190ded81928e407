//! `epure check`: every mistake and every finding, where it is.

use std::io;

use clap::Args;

use super::locate::{Which, open};
use super::{Common, Exit, Terminal, human, json};
use crate::analysis::review::{comparisons, review_all, review_all_simulated};
use crate::report;
use crate::source::{Diagnostic, Severity, Show, State};

/// Review a workspace.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    which: Which,
    /// How to print what was found.
    #[arg(long, default_value = "human", value_parser = ["human", "json"])]
    format: String,
    /// Also simulate: every scenario's expectations, and every single failure against what is promised.
    #[arg(long)]
    simulate: bool,
    /// The least severity that makes the run fail.
    #[arg(long, default_value = "error", value_name = "SEVERITY", value_parser = ["error", "warning", "note", "never"])]
    fail_on: String,
}

impl Check {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        let opened = match open(&self.which, None, common, terminal)? {
            Ok(opened) => opened,
            Err(exit) => return Ok(exit),
        };
        let mut found = opened.diagnostics;
        let broken = !found.is_empty();
        if !broken {
            found.extend(comparisons(&opened.workspace, opened.today));
        }
        let narrated = report::problems(&opened.workspace, opened.today).into_iter();
        found.extend(narrated.filter(|problem| !broken || stands_alone(&problem.code)));
        let reviews = if self.simulate {
            let (reviews, unmet) = review_all_simulated(&opened.workspace, opened.today);
            found.extend(unmet);
            reviews
        } else {
            review_all(&opened.workspace, opened.today)
        };
        found.extend(reviews.into_iter().flat_map(|review| review.findings));
        found.sort_by_key(|diagnostic| diagnostic.primary.span);
        let diagnostics: Vec<&Diagnostic> = found.iter().collect();
        let workspace = &opened.workspace;
        let components: usize = workspace.designs.values().map(|design| design.value.components.len()).sum();
        if self.format == "json" {
            let report = json::report(&diagnostics, &workspace.sources, workspace.documents, components, opened.lang);
            writeln!(terminal.out, "{report:#}")?;
        } else {
            for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.state != State::Waived) {
                writeln!(
                    terminal.out,
                    "{}\n",
                    human::diagnostic(diagnostic, &workspace.sources, opened.lang, terminal.colour_out)
                )?;
            }
            let summary = human::summary(&diagnostics, workspace.documents, components);
            writeln!(terminal.out, "{}", summary.show(opened.lang))?;
        }
        Ok(exit(&diagnostics, &self.fail_on))
    }
}

/// Whether what is wrong with a report is so whatever is wrong with the documents: where one of them
/// is broken, a name that leads nowhere in a report may only repeat it.
fn stands_alone(code: &str) -> bool {
    !code.starts_with("reference/")
        && !matches!(
            code,
            "report/value" | "report/unknown-figure" | "report/nothing-to-show" | "observed/other-cluster"
        )
}

/// Whether what was found is bad enough to fail.
fn exit(diagnostics: &[&Diagnostic], fail_on: &str) -> Exit {
    let threshold = match fail_on {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        "note" => Severity::Note,
        _ => return Exit::Good,
    };
    let bad = diagnostics.iter().any(|diagnostic| diagnostic.state == State::Fail && diagnostic.severity >= threshold);
    if bad { Exit::Findings } else { Exit::Good }
}
