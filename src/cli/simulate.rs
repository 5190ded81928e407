//! `epure simulate`: what happens when it fails, in virtual time.

use std::io;

use clap::Args;

use super::draw::blank;
use super::locate::{Opened, Within, fail, open};
use super::{Common, Exit, Terminal, human, simulated_json, table, what_if};
use crate::analysis::runs::Runs;
use crate::analysis::simulation::{self, Failure, Impossible, Options, Simulation};
use crate::analysis::view::View;
use crate::design::model::scenario::How;
use crate::design::quantity::Duration;
use crate::figure::Figure;
use crate::figure::catalogue::{Request, simulated};
use crate::said;
use crate::source::{Said, Severity, Show, nearest};

/// Simulate a failure.
#[derive(Debug, Args)]
pub struct Simulate {
    /// A scenario; or a design, for `--fail` or, without it, for every single failure in turn.
    #[arg(value_name = "SCENARIO or DESIGN")]
    subject: String,
    /// What fails: `node/workers-1`, `pod/quote-app-1`, `zone/…`, or with a verb, `hang:pod/quote-app-1`.
    #[arg(long, value_name = "OBJECT")]
    fail: Option<String>,
    /// Whether what is lost stops, or runs on and cannot be reached.
    #[arg(long, default_value = "power", value_parser = ["power", "network"], requires = "fail")]
    how: String,
    /// How long a failure is followed, instead of one hour.
    #[arg(long, value_name = "TIME", requires = "fail")]
    until: Option<String>,
    /// How many runs with drawn phases the spreads are taken from; 1 has fixed phases.
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    runs: u32,
    /// From what phases are drawn.
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// A fact of the design to be otherwise, as in `components.quote-app.replicas=1`; may be repeated.
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    #[command(flatten)]
    within: Within,
    /// How to print it.
    #[arg(long, default_value = "human", value_parser = ["human", "markdown", "json"])]
    format: String,
}

impl Simulate {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        let opened = match open(&self.within.which(), None, common, terminal)? {
            Ok(opened) => opened,
            Err(exit) => return Ok(exit),
        };
        let of = opened.workspace.scenarios.get(&self.subject).map(|doc| doc.value.design.0.clone());
        let base = of.unwrap_or_else(|| self.subject.clone());
        let known = opened.workspace.designs.contains_key(&base);
        let (opened, variants) =
            match what_if::apply(opened, &[base.as_str()], if known { &self.set } else { &[] }, terminal)? {
                Ok(applied) => applied,
                Err(exit) => return Ok(exit),
            };
        let workspace = &opened.workspace;
        let scenario = workspace.scenarios.get(&self.subject).map(|doc| &doc.value);
        let design = variants.first().map_or(base.as_str(), |(_, variant)| variant.as_str());
        let Some(view) = View::of(workspace, design, opened.today) else {
            return self.unknown(&opened, terminal);
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let options = Options { runs: self.runs, seed: self.seed, threads, ..Options::default() };
        let result = match (scenario, &self.fail) {
            (Some(scenario), None) => simulation::simulate(&view, scenario, &options),
            (_, Some(text)) => {
                let Some(failure) = self.failure(text, &opened, terminal)? else { return Ok(Exit::Unusable) };
                simulation::simulate_failure(&view, &failure, &options)
            }
            (None, None) => return self.campaign(&view, &opened, &options, terminal),
        };
        let simulation = match result {
            Ok(simulation) => simulation,
            Err(impossible) => {
                fail(terminal, opened.lang, &said_impossible(&impossible))?;
                return Ok(Exit::Unusable);
            }
        };
        if self.format == "json" {
            let name = scenario.map(|scenario| scenario.name.0.as_str()).filter(|_| self.fail.is_none());
            writeln!(terminal.out, "{:#}", simulated_json::report(&simulation, view.name, name, opened.lang))?;
            return Ok(Exit::Good);
        }
        let title = match (&self.fail, scenario.and_then(|scenario| scenario.title.as_ref())) {
            (None, Some(title)) => title.said(),
            (Some(object), _) => Failure::parse(object).map_or_else(Said::default, |failure| failure.said()),
            _ => Said::same(self.subject.clone()),
        };
        let subjects = vec![self.subject.clone()];
        let fence = blank(&subjects);
        let request = Request {
            workspace,
            today: opened.today,
            lang: opened.lang,
            subjects,
            fence: &fence,
            runs: &Runs::spread(),
        };
        let figures = simulated::tables(&request, &view, scenario.filter(|_| self.fail.is_none()), &title, &simulation);
        self.print(&opened, &title, &simulation, &figures, terminal)?;
        Ok(Exit::Good)
    }

    /// The answers first, then the tables they rest on.
    fn print(
        &self,
        opened: &Opened,
        title: &Said,
        simulation: &Simulation,
        figures: &[Figure],
        terminal: &mut Terminal<'_>,
    ) -> io::Result<()> {
        let lang = opened.lang;
        if self.format == "markdown" {
            writeln!(terminal.out, "## {}\n", title.show(lang))?;
            for (question, answer) in simulated::answered(simulation) {
                writeln!(terminal.out, "**{}** {}\n", question.show(lang), answer.show(lang))?;
            }
            for figure in figures {
                writeln!(terminal.out, "{}", crate::report::markdown::table(figure, lang))?;
            }
            return Ok(());
        }
        writeln!(terminal.out, "{}\n", title.show(lang))?;
        for (question, answer) in simulated::answered(simulation) {
            writeln!(terminal.out, "{}", question.show(lang))?;
            for line in table::wrapped(&answer.show(lang), 96) {
                writeln!(terminal.out, "  {line}")?;
            }
            writeln!(terminal.out)?;
        }
        for figure in figures {
            writeln!(terminal.out, "{}", table::plain(figure, lang))?;
        }
        if !simulation.assumptions.is_empty() {
            let assumed =
                said!("Assumed, because the design does not say:", "Supposé, faute de le lire dans la conception :");
            writeln!(terminal.out, "{}", assumed.show(lang))?;
            for assumption in &simulation.assumptions {
                writeln!(terminal.out, "  {}  ({})", assumption.text.show(lang), assumption.path)?;
            }
        }
        Ok(())
    }

    fn campaign(
        &self,
        view: &View<'_>,
        opened: &Opened,
        options: &Options,
        terminal: &mut Terminal<'_>,
    ) -> io::Result<Exit> {
        let campaign = simulation::campaign(view, options);
        if self.format == "json" {
            writeln!(terminal.out, "{:#}", simulated_json::campaign(&campaign, view.name, opened.lang))?;
            return Ok(Exit::Good);
        }
        let subjects = vec![self.subject.clone()];
        let fence = blank(&subjects);
        let workspace = &opened.workspace;
        let request = Request {
            workspace,
            today: opened.today,
            lang: opened.lang,
            subjects,
            fence: &fence,
            runs: &Runs::spread(),
        };
        for figure in simulated::campaign_tables(&request, view, &campaign) {
            let text = if self.format == "markdown" {
                crate::report::markdown::table(&figure, opened.lang)
            } else {
                table::plain(&figure, opened.lang)
            };
            writeln!(terminal.out, "{text}")?;
        }
        Ok(Exit::Good)
    }

    fn failure(&self, text: &str, opened: &Opened, terminal: &mut Terminal<'_>) -> io::Result<Option<Failure>> {
        let Some(mut failure) = Failure::parse(text) else {
            let message = said!(
                "`{text}` names nothing that can fail; write `node/workers-1`, `pod/quote-app-1`, `zone/…`, `hang:pod/quote-app-1`",
                "`{text}` ne désigne rien qui puisse tomber ; écrivez `node/workers-1`, `pod/quote-app-1`, `zone/…`, `hang:pod/quote-app-1`"
            );
            fail(terminal, opened.lang, &message)?;
            return Ok(None);
        };
        if self.how == "network" {
            failure.how = How::Network;
        }
        if let Some(until) = &self.until {
            let Ok(until) = Duration::parse(until) else {
                let message =
                    said!("`{until}` is not a time such as 15 min", "`{until}` n’est pas une durée comme 15 min");
                fail(terminal, opened.lang, &message)?;
                return Ok(None);
            };
            failure.until_s = until.value();
        }
        Ok(Some(failure))
    }

    fn unknown(&self, opened: &Opened, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        let workspace = &opened.workspace;
        let errors = opened.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        for problem in errors {
            let text = human::diagnostic(problem, &workspace.sources, opened.lang, terminal.colour_err);
            writeln!(terminal.err, "{text}\n")?;
        }
        let name = self.subject.as_str();
        let known = || workspace.scenarios.keys().chain(workspace.designs.keys()).map(String::as_str);
        let hint = nearest(name, known()).map_or_else(
            || {
                let list = known().collect::<Vec<_>>().join(", ");
                said!("there are: {list}", "il y a : {list}")
            },
            |near| said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"),
        );
        let message = said!(
            "`{name}` is no scenario and no design; {hint}",
            "`{name}` n’est ni un scénario ni une conception ; {hint}",
            hint = hint
        );
        fail(terminal, opened.lang, &message)?;
        Ok(Exit::Unusable)
    }
}

/// What cannot happen, and what could.
fn said_impossible(impossible: &Impossible) -> Said {
    let reason = impossible.said();
    let hint = match nearest(&impossible.object, impossible.known.iter().map(String::as_str)) {
        Some(near) => said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"),
        None => {
            let list = impossible.known.iter().take(12).cloned().collect::<Vec<_>>().join(", ");
            said!("there are: {list}", "il y a : {list}")
        }
    };
    said!("{reason}; {hint}", "{reason} ; {hint}", reason = reason, hint = hint)
}
