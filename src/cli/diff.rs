//! `epure diff`: what changed between two states of a workspace, and what each change does.

use std::io;
use std::path::PathBuf;

use clap::Args;

use super::locate::{fail, hide_credentials};
use super::two_states::{State, States, read};
use super::{Common, Exit, Terminal, diff_html, diff_json, diff_text, human};
use crate::analysis::difference::difference;
use crate::design::load::first_language;
use crate::design::text::When;
use crate::design::{Workspace, load};
use crate::said;
use crate::source::{Lang, Severity, Show};

/// Compare two states of a workspace.
#[derive(Debug, Args)]
pub struct Diff {
    /// The old state: a folder, a file, or revisions of git such as `main..HEAD`.
    #[arg(value_name = "OLD")]
    old: String,
    /// The new state: a folder, a file or a revision.
    #[arg(value_name = "NEW")]
    new: Option<String>,
    /// The workspace's folder, where revisions are compared.
    #[arg(long, short, value_name = "DIR", default_value = ".")]
    workspace: PathBuf,
    /// The day on which ages and expiries are judged, in both states.
    #[arg(long, value_name = "DATE", value_parser = super::locate::date)]
    as_of: Option<When>,
    /// Leave out what has to be simulated: outages, requests that fail, data that is lost.
    #[arg(long)]
    no_simulate: bool,
    /// How to print it; `markdown` is a comment for a pull request.
    #[arg(long, default_value = "human", value_parser = ["human", "json", "markdown", "html"])]
    format: String,
    /// What makes the run fail: `worse` where anything is worse than before.
    #[arg(long, default_value = "never", value_parser = ["worse", "never"])]
    fail_on: String,
}

impl Diff {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        let fallback = common.lang.unwrap_or(Lang::En);
        let States { old, new, remark } = match read(&self.old, self.new.as_deref(), &self.workspace) {
            Ok(states) => states,
            Err(message) => {
                fail(terminal, fallback, &message)?;
                return Ok(Exit::Unusable);
            }
        };
        let names = (old.name.clone(), new.name.clone());
        let (Some((before, _)), Some((after, today))) =
            (self.open(&old, common, terminal)?, self.open(&new, common, terminal)?)
        else {
            return Ok(Exit::Unusable);
        };
        let lang = common.lang.unwrap_or_else(|| first_language(&after));
        if let Some(remark) = remark {
            writeln!(terminal.err, "{}", remark.show(lang))?;
        }
        let found = difference(&before, &after, today, !self.no_simulate);
        let text = match self.format.as_str() {
            "json" => format!("{:#}\n", diff_json::report(&found, lang)),
            "markdown" => diff_text::markdown(&found, (&names.0, &names.1), lang),
            "html" => diff_html::page(&found, &after, today, (&names.0, &names.1), lang),
            _ => diff_text::plain(&found, (&names.0, &names.1), lang),
        };
        write!(terminal.out, "{text}")?;
        let worse = self.fail_on == "worse" && found.is_worse();
        Ok(if worse { Exit::Findings } else { Exit::Good })
    }

    /// A state as a workspace; nothing once what is wrong with it has been said.
    fn open(
        &self,
        state: &State,
        common: &Common,
        terminal: &mut Terminal<'_>,
    ) -> io::Result<Option<(Workspace, When)>> {
        let (mut workspace, diagnostics) = load(&state.inputs);
        let lang = common.lang.unwrap_or_else(|| first_language(&workspace));
        let today = self.as_of.or(workspace.config.as_of).unwrap_or_else(super::locate::now);
        hide_credentials(&mut workspace, today);
        let errors: Vec<_> = diagnostics.iter().filter(|problem| problem.severity == Severity::Error).collect();
        for problem in &errors {
            let text = human::diagnostic(problem, &workspace.sources, lang, terminal.colour_err);
            writeln!(terminal.err, "{text}\n")?;
        }
        if errors.is_empty() {
            return Ok(Some((workspace, today)));
        }
        let message = said!(
            "`{name}` cannot be compared until that is mended",
            "`{name}` ne peut être comparé tant que ce n’est pas corrigé",
            name = state.name
        );
        fail(terminal, lang, &message)?;
        Ok(None)
    }
}
