//! `epure compare`: any stacks or designs, or a comparison of the workspace, as a table.

use std::io;
use std::path::PathBuf;

use clap::Args;

use super::draw::blank;
use super::locate::{Which, fail, open};
use super::{Common, Exit, Terminal, compared_json, human, table};
use crate::analysis::comparison::{Compared, compare, compare_ad_hoc};
use crate::analysis::runs::Runs;
use crate::design::text::When;
use crate::figure::catalogue::{Request, ad_hoc};
use crate::said;
use crate::source::{Severity, nearest};

/// Compare stacks or designs.
#[derive(Debug, Args)]
pub struct Compare {
    /// Stacks or designs; or one comparison of the workspace.
    #[arg(value_name = "SUBJECT", required = true)]
    subjects: Vec<String>,
    /// The workspace's folder.
    #[arg(long, short, value_name = "DIR")]
    workspace: Option<PathBuf>,
    /// The day on which ages and expiries are judged.
    #[arg(long, value_name = "DATE", value_parser = super::locate::date)]
    as_of: Option<When>,
    /// How to print it.
    #[arg(long, default_value = "human", value_parser = ["human", "markdown", "json"])]
    format: String,
}

impl Compare {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        let which = Which { workspace: self.workspace.clone(), as_of: self.as_of };
        let opened = match open(&which, None, common, terminal)? {
            Ok(opened) => opened,
            Err(exit) => return Ok(exit),
        };
        let workspace = &opened.workspace;
        let compared: Compared = match self.subjects.as_slice() {
            [name] if workspace.comparisons.contains_key(name) => {
                let Some((compared, problems)) = compare(workspace, name, opened.today) else {
                    return Ok(Exit::Unusable);
                };
                for problem in &problems {
                    writeln!(
                        terminal.err,
                        "{}\n",
                        human::diagnostic(problem, &workspace.sources, opened.lang, terminal.colour_err)
                    )?;
                }
                compared
            }
            subjects => match compare_ad_hoc(workspace, subjects, opened.today) {
                Ok(compared) => compared,
                Err(unknown) => {
                    // A subject may be unknown because its document is broken; then that is said first.
                    for problem in opened.diagnostics.iter().filter(|problem| problem.severity == Severity::Error) {
                        writeln!(
                            terminal.err,
                            "{}\n",
                            human::diagnostic(problem, &workspace.sources, opened.lang, terminal.colour_err)
                        )?;
                    }
                    for subject in unknown {
                        let name = subject.name.as_str();
                        let near = nearest(name, workspace.comparisons.keys().map(String::as_str))
                            .map(str::to_owned)
                            .or(subject.near);
                        let hint = near.map_or_else(
                            || {
                                let list: Vec<&str> = workspace
                                    .designs
                                    .keys()
                                    .chain(workspace.stacks.keys())
                                    .chain(workspace.comparisons.keys())
                                    .map(String::as_str)
                                    .collect();
                                let list = list.join(", ");
                                said!("there are: {list}", "il y a : {list}")
                            },
                            |near| said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"),
                        );
                        let message = said!(
                            "`{name}` is no stack, design or comparison; {hint}",
                            "`{name}` n’est ni une stack, ni une conception, ni une comparaison ; {hint}",
                            hint = hint
                        );
                        fail(terminal, opened.lang, &message)?;
                    }
                    return Ok(Exit::Unusable);
                }
            },
        };
        if self.format == "json" {
            writeln!(terminal.out, "{:#}", compared_json::report(&compared, opened.lang))?;
            return Ok(Exit::Good);
        }
        let fence = blank(&self.subjects);
        let request = Request {
            workspace,
            today: opened.today,
            lang: opened.lang,
            subjects: self.subjects.clone(),
            fence: &fence,
            runs: &Runs::spread(),
        };
        let figure = ad_hoc(&request, &compared);
        let text = if self.format == "markdown" {
            crate::report::markdown::table(&figure, opened.lang)
        } else {
            table::plain(&figure, opened.lang)
        };
        write!(terminal.out, "{text}")?;
        Ok(Exit::Good)
    }
}
