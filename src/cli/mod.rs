//! The commands. All input and output, the terminal, the clock and exit codes live here.

mod advise;
mod advised_json;
mod baseline;
mod build;
mod check;
mod codes;
mod compare;
mod compared_json;
mod completions;
mod diff;
mod diff_html;
mod diff_json;
mod diff_text;
mod draw;
mod each;
#[doc(hidden)]
pub mod evidence;
mod explain;
mod files;
mod formats;
mod import;
mod locate;
mod man;
mod mend;
mod new;
mod output;
mod paths;
#[doc(hidden)]
pub mod reference;
mod revision;
mod schema;
mod serve;
mod simulate;
mod simulated_json;
mod table;
mod theme;
mod two_states;
mod what_if;

use std::io::Write;

use clap::{Args, Parser, Subcommand};

use self::formats::human;
use crate::source::Lang;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "epure", version, about, long_about = None, disable_help_subcommand = true)]
struct Line {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// What every command understands.
#[derive(Debug, Clone, Args)]
struct Common {
    /// The language of messages; the workspace's first where it is not said.
    #[arg(long, global = true, value_name = "en|fr", value_parser = lang)]
    lang: Option<Lang>,
    /// Whether to colour what is said: on a terminal only, unless told.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", value_parser = ["auto", "always", "never"])]
    color: String,
}

fn lang(word: &str) -> Result<Lang, String> {
    Lang::from_code(word).ok_or_else(|| format!("`{word}` is neither `en` nor `fr`"))
}

/// The registry of commands: one line each, one file each.
#[derive(Debug, Subcommand)]
enum Command {
    /// Container, VM, both, microVM or managed: which for what, and why
    Advise(advise::Advise),
    /// Review a workspace, Kubernetes objects or Compose files: every mistake and every finding, where it is
    Check(check::Check),
    /// Build the reports and the site
    Build(build::Build),
    /// Compare stacks or designs in a table
    Compare(compare::Compare),
    /// Print completions for a shell
    Completions(completions::Completions),
    /// What changed between two states, and what each change does
    Diff(diff::Diff),
    /// Draw one figure: SVG, PNG, Mermaid, D2 or DOT
    Draw(draw::Draw),
    /// Explain a rule, a measure, a figure, a code or a word
    Explain(explain::Explain),
    /// Print the manual, or write its pages
    Man(man::Man),
    /// Make a design from Kubernetes objects, Compose files or an Ankaios state
    Import(import::Import),
    /// Make a workspace that builds
    New(new::New),
    /// Simulate a failure: who repairs it, why, and what users see
    Simulate(simulate::Simulate),
    /// Show the site while it is written
    Serve(serve::Serve),
    /// Print the JSON Schema that editors use
    Schema(schema::Schema),
}

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Nothing to complain about.
    Good = 0,
    /// Findings at or above the threshold.
    Findings = 1,
    /// The command or its input could not be used.
    Unusable = 2,
}

/// Where a run writes: results to one stream, everything else to the other.
pub struct Terminal<'a> {
    /// Results.
    pub out: &'a mut dyn Write,
    /// Everything else.
    pub err: &'a mut dyn Write,
    /// Whether results may be coloured.
    pub colour_out: bool,
    /// Whether the rest may be coloured.
    pub colour_err: bool,
}

/// Runs a command line.
///
/// # Errors
/// Only what writing to the terminal itself met, such as a closed pipe.
pub fn run<I, T>(args: I, terminal: &mut Terminal<'_>) -> std::io::Result<Exit>
where
    I: IntoIterator<Item = T>,
    T: Into<std::ffi::OsString> + Clone,
{
    let line = match Line::try_parse_from(args) {
        Ok(line) => line,
        Err(error) => {
            let stream = if error.use_stderr() { &mut *terminal.err } else { &mut *terminal.out };
            write!(stream, "{}", error.render())?;
            return Ok(if error.use_stderr() { Exit::Unusable } else { Exit::Good });
        }
    };
    match line.common.color.as_str() {
        "always" => (terminal.colour_out, terminal.colour_err) = (true, true),
        "never" => (terminal.colour_out, terminal.colour_err) = (false, false),
        _ => {}
    }
    match &line.command {
        Command::Advise(command) => command.run(&line.common, terminal),
        Command::Check(command) => command.run(&line.common, terminal),
        Command::Build(command) => command.run(&line.common, terminal),
        Command::Compare(command) => command.run(&line.common, terminal),
        Command::Completions(command) => command.run(terminal),
        Command::Diff(command) => command.run(&line.common, terminal),
        Command::Draw(command) => command.run(&line.common, terminal),
        Command::Explain(command) => command.run(&line.common, terminal),
        Command::Man(command) => command.run(&line.common, terminal),
        Command::Import(command) => command.run(&line.common, terminal),
        Command::New(command) => command.run(&line.common, terminal),
        Command::Simulate(command) => command.run(&line.common, terminal),
        Command::Serve(command) => command.run(&line.common, terminal),
        Command::Schema(command) => command.run(&line.common, terminal),
    }
}
