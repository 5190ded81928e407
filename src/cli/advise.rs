//! `epure advise`: container, VM, both, microVM or managed, for each component, and why.

use std::io;

use clap::Args;

use super::draw::blank;
use super::locate::{Opened, Within, fail, open};
use super::{Common, Exit, Terminal, advised_json, human, table};
use crate::analysis::advice::check;
use crate::analysis::view::View;
use crate::design::Doc;
use crate::design::model::Comparison;
use crate::design::model::names::Name;
use crate::figure::catalogue::{FIGURES, Request};
use crate::said;
use crate::source::{Severity, nearest};

/// Advise on a design.
#[derive(Debug, Args)]
pub struct Advise {
    /// The design.
    #[arg(value_name = "DESIGN")]
    design: String,
    /// Ask the conditions of a comparison (`prefer`) which of its subjects suits what, instead of
    /// those built in.
    #[arg(long, value_name = "COMPARISON")]
    by: Option<String>,
    #[command(flatten)]
    within: Within,
    /// How to print it.
    #[arg(long, default_value = "human", value_parser = ["human", "markdown", "json"])]
    format: String,
}

impl Advise {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        let opened = match open(&self.within.which(), None, common, terminal)? {
            Ok(opened) => opened,
            Err(exit) => return Ok(exit),
        };
        let workspace = &opened.workspace;
        let Some(view) = View::of(workspace, &self.design, opened.today) else {
            return unknown(&opened, &self.design, workspace.designs.keys().map(String::as_str), terminal);
        };
        let by = match &self.by {
            None => None,
            Some(name) => {
                let names = workspace.comparisons.keys().map(String::as_str);
                let Some(doc) = workspace.comparisons.get(name) else { return unknown(&opened, name, names, terminal) };
                if let Some(exit) = usable(&opened, doc, terminal)? {
                    return Ok(exit);
                }
                Some(doc)
            }
        };
        if self.format == "json" {
            let report = match by {
                Some(doc) => advised_json::by_comparison(&view, doc, opened.lang),
                None => advised_json::report(view.name, view.judged(), opened.lang),
            };
            writeln!(terminal.out, "{report:#}")?;
            return Ok(Exit::Good);
        }
        let subjects = vec![self.design.clone()];
        let mut fence = blank(&subjects);
        fence.by = self.by.clone().map(Name);
        let request = Request {
            workspace,
            today: opened.today,
            lang: opened.lang,
            subjects,
            fence: &fence,
            runs: &crate::analysis::runs::Runs::spread(),
        };
        let entry = FIGURES.iter().find(|entry| (entry.key, entry.word) == ("table", "advice"));
        if let Some(figure) = entry.and_then(|entry| entry.draw(&request)) {
            let text = if self.format == "markdown" {
                crate::report::markdown::table(&figure, opened.lang)
            } else {
                table::plain(&figure, opened.lang)
            };
            write!(terminal.out, "{text}")?;
        }
        Ok(Exit::Good)
    }
}

/// Says what is wrong with a comparison's conditions, or that it has none; then it is of no use.
fn usable(opened: &Opened, doc: &Doc<Comparison>, terminal: &mut Terminal<'_>) -> io::Result<Option<Exit>> {
    let problems = check(&opened.workspace.sources, doc);
    for problem in &problems {
        let text = human::diagnostic(problem, &opened.workspace.sources, opened.lang, terminal.colour_err);
        writeln!(terminal.err, "{text}\n")?;
    }
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        return Ok(Some(Exit::Unusable));
    }
    if doc.value.prefer.is_empty() {
        let name = doc.name.as_str();
        let message = said!(
            "`{name}` states no preference; give it `prefer`, or leave `--by` out",
            "`{name}` n’énonce aucune préférence ; donnez-lui `prefer`, ou retirez `--by`"
        );
        fail(terminal, opened.lang, &message)?;
        return Ok(Some(Exit::Unusable));
    }
    Ok(None)
}

fn unknown<'n>(
    opened: &Opened,
    name: &str,
    known: impl Iterator<Item = &'n str>,
    terminal: &mut Terminal<'_>,
) -> io::Result<Exit> {
    // What is missing may be missing because its document is broken; then that is said first.
    for problem in opened.diagnostics.iter().filter(|problem| problem.severity == Severity::Error) {
        let text = human::diagnostic(problem, &opened.workspace.sources, opened.lang, terminal.colour_err);
        writeln!(terminal.err, "{text}\n")?;
    }
    let known: Vec<&str> = known.collect();
    let hint = match nearest(name, known.iter().copied()) {
        Some(near) => said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"),
        None => {
            let list = known.join(", ");
            said!("there are: {list}", "il y a : {list}")
        }
    };
    fail(terminal, opened.lang, &said!("there is no `{name}`; {hint}", "`{name}` n’existe pas ; {hint}", hint = hint))?;
    Ok(Exit::Unusable)
}
