//! `epure compare`: any stacks or designs, or a comparison of the workspace, as a table, with who
//! comes first and what would change it.

use std::io;

use clap::Args;

use super::draw::blank;
use super::locate::{Opened, Within, fail, open};
use super::{Common, Exit, Terminal, compared_json, human, table, what_if};
use crate::analysis::comparison::{Compared, UnknownSubject, compare, compare_ad_hoc};
use crate::analysis::runs::Runs;
use crate::design::model::report::Only;
use crate::figure::catalogue::{Request, ad_hoc, ad_hoc_ranking};
use crate::said;
use crate::source::{Severity, nearest};

/// Compare stacks or designs.
#[derive(Debug, Args)]
pub struct Compare {
    /// Stacks or designs; or one comparison of the workspace. A variant alone is compared with the
    /// design it extends.
    #[arg(value_name = "SUBJECT", required = true)]
    subjects: Vec<String>,
    /// A fact of a design to be otherwise, as in `components.quote-app.replicas=1`: the variant is
    /// compared beside its base; may be repeated.
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// Only the criteria on which they differ.
    #[arg(long, value_name = "differences", value_parser = ["differences"])]
    only: Option<String>,
    /// Also measure what has to be simulated: outages, recovery and loss of data.
    #[arg(long)]
    simulate: bool,
    #[command(flatten)]
    within: Within,
    /// How to print it.
    #[arg(long, default_value = "human", value_parser = ["human", "markdown", "json"])]
    format: String,
}

impl Compare {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        let opened = match open(&self.within.which(), None, common, terminal)? {
            Ok(opened) => opened,
            Err(exit) => return Ok(exit),
        };
        let names = opened.workspace.designs.keys().cloned().collect::<Vec<String>>();
        let designs: Vec<&str> =
            self.subjects.iter().map(String::as_str).filter(|name| names.iter().any(|other| other == name)).collect();
        let (opened, variants) = match what_if::apply(opened, &designs, &self.set, terminal)? {
            Ok(applied) => applied,
            Err(exit) => return Ok(exit),
        };
        let subjects = self.subjects(&opened, &variants);
        let Some(compared) = self.compared(&opened, &subjects, terminal)? else { return Ok(Exit::Unusable) };
        if self.format == "json" {
            let report = compared_json::report(&compared, &opened.workspace, opened.today, opened.lang);
            writeln!(terminal.out, "{report:#}")?;
            return Ok(Exit::Good);
        }
        let mut fence = blank(&subjects);
        fence.only = self.only.as_ref().map(|_| Only::Differences);
        let request = Request {
            workspace: &opened.workspace,
            today: opened.today,
            lang: opened.lang,
            subjects: subjects.clone(),
            fence: &fence,
            runs: &Runs::spread(),
        };
        let figures = std::iter::once(ad_hoc(&request, &compared)).chain(ad_hoc_ranking(&request, &compared));
        for (at, figure) in figures.enumerate() {
            let text = if self.format == "markdown" {
                crate::report::markdown::table(&figure, opened.lang)
            } else {
                table::plain(&figure, opened.lang)
            };
            write!(terminal.out, "{}{text}", if at > 0 { "\n" } else { "" })?;
        }
        Ok(Exit::Good)
    }

    /// What is compared: variants made up on the line beside their bases, a variant alone with its base.
    fn subjects(&self, opened: &Opened, variants: &[what_if::Variant]) -> Vec<String> {
        let mut subjects = Vec::new();
        for name in &self.subjects {
            subjects.push(name.clone());
            subjects.extend(variants.iter().filter(|(base, _)| base == name).map(|(_, variant)| variant.clone()));
        }
        if let [name] = subjects.as_slice()
            && !opened.workspace.comparisons.contains_key(name)
            && let Some(base) = opened.workspace.designs.get(name).and_then(|doc| doc.value.extends.as_ref())
        {
            subjects.insert(0, base.0.clone());
        }
        subjects
    }

    fn compared(
        &self,
        opened: &Opened,
        subjects: &[String],
        terminal: &mut Terminal<'_>,
    ) -> io::Result<Option<Compared>> {
        let workspace = &opened.workspace;
        if let [name] = subjects
            && let Some((compared, problems)) = compare(workspace, name, opened.today)
        {
            for problem in &problems {
                let text = human::diagnostic(problem, &workspace.sources, opened.lang, terminal.colour_err);
                writeln!(terminal.err, "{text}\n")?;
            }
            return Ok(Some(compared));
        }
        match compare_ad_hoc(workspace, subjects, opened.today, self.simulate) {
            Ok(compared) => Ok(Some(compared)),
            Err(unknown) => {
                say_unknown(opened, unknown, terminal)?;
                Ok(None)
            }
        }
    }
}

fn say_unknown(opened: &Opened, unknown: Vec<UnknownSubject>, terminal: &mut Terminal<'_>) -> io::Result<()> {
    let workspace = &opened.workspace;
    // A subject may be unknown because its document is broken; then that is said first.
    for problem in opened.diagnostics.iter().filter(|problem| problem.severity == Severity::Error) {
        let text = human::diagnostic(problem, &workspace.sources, opened.lang, terminal.colour_err);
        writeln!(terminal.err, "{text}\n")?;
    }
    for subject in unknown {
        let name = subject.name.as_str();
        let near = nearest(name, workspace.comparisons.keys().map(String::as_str)).map(str::to_owned).or(subject.near);
        let hint = near.map_or_else(
            || {
                let names = workspace.designs.keys().chain(workspace.stacks.keys()).chain(workspace.comparisons.keys());
                let list = names.map(String::as_str).collect::<Vec<_>>().join(", ");
                said!("there are: {list}", "il y a : {list}")
            },
            |near| said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"),
        );
        let message = if workspace.comparisons.contains_key(name) {
            said!(
                "`{name}` is a comparison: it is compared alone, its subjects are its own",
                "`{name}` est une comparaison : elle se compare seule, avec ses propres sujets"
            )
        } else {
            said!(
                "`{name}` is no stack, design or comparison; {hint}",
                "`{name}` n’est ni une stack, ni une conception, ni une comparaison ; {hint}",
                hint = hint
            )
        };
        fail(terminal, opened.lang, &message)?;
    }
    Ok(())
}
