//! `epure draw`: one figure in a format of the registry, on standard output or into a file.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use indexmap::IndexMap;

use super::files::write_whole;
use super::locate::{Within, fail, open};
use super::{Common, Exit, Terminal, human};
use crate::analysis::runs::Runs;
use crate::design::model::report::{Fence, Names};
use crate::figure::Figure;
use crate::figure::catalogue::{FIGURES, Of, Request};
use crate::figure::format::{self, FORMATS, Format, Look};
use crate::said;
use crate::source::{Severity, Show, nearest};

/// Draw one figure.
#[derive(Debug, Args)]
pub struct Draw {
    /// What to draw: `topology`, `stack`, `capacity`, `memory-overhead`, or the name of a scenario.
    #[arg(value_name = "FIGURE")]
    figure: String,
    /// What it is of: the name of a design, a comparison, or stacks.
    #[arg(value_name = "OF")]
    of: Vec<String>,
    #[command(flatten)]
    within: Within,
    /// The file to write, instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The format, instead of the one by which the file's name ends.
    #[arg(long, short, value_name = "FORMAT", value_parser = formats())]
    format: Option<String>,
    /// On the white sheet or on the blueprint; an SVG asks the reader's system unless told, a PNG is light.
    #[arg(long, value_name = "THEME", value_parser = ["light", "dark"])]
    theme: Option<String>,
    /// Pixels of a PNG for each pixel of the drawing, from 0.1 to 8.
    #[arg(long, value_name = "FACTOR", value_parser = scale, default_value = "2")]
    scale: f64,
}

/// The names of all formats.
fn formats() -> clap::builder::PossibleValuesParser {
    FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().into()
}

fn scale(text: &str) -> Result<f64, String> {
    let scale: f64 = text.parse().map_err(|_| "a number is expected".to_owned())?;
    if (0.1..=8.0).contains(&scale) { Ok(scale) } else { Err("from 0.1 to 8".to_owned()) }
}

impl Draw {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        let opened = match open(&self.within.which(), None, common, terminal)? {
            Ok(opened) => opened,
            Err(exit) => return Ok(exit),
        };
        let workspace = &opened.workspace;
        let word = self.figure.as_str();
        let is_scenario = workspace.scenarios.contains_key(word);
        let entry = FIGURES.iter().find(|entry| {
            if is_scenario {
                entry.key == "timeline"
            } else {
                entry.key != "table" && entry.word == word && !word.is_empty()
            }
        });
        let Some(entry) = entry else {
            let mut known: Vec<&str> = FIGURES
                .iter()
                .filter(|entry| entry.key != "table" && !entry.word.is_empty())
                .map(|entry| entry.word)
                .collect();
            known.extend(workspace.scenarios.keys().map(String::as_str));
            let hint = match nearest(word, known.iter().copied()) {
                Some(near) => said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"),
                None => {
                    let list = known.join(", ");
                    said!("there are: {list}", "il y a : {list}")
                }
            };
            fail(
                terminal,
                opened.lang,
                &said!(
                    "no figure is called `{word}`; {hint}",
                    "aucune figure ne s’appelle `{word}` ; {hint}",
                    hint = hint
                ),
            )?;
            return Ok(Exit::Unusable);
        };
        let subjects = if is_scenario { vec![word.to_owned()] } else { self.of.clone() };
        let known: Vec<&str> = match entry.of {
            Of::Design => workspace.designs.keys().map(String::as_str).collect(),
            Of::Stacks => workspace.stacks.keys().map(String::as_str).collect(),
            Of::Comparison => workspace.comparisons.keys().map(String::as_str).collect(),
            Of::Scenario => workspace.scenarios.keys().map(String::as_str).collect(),
        };
        let list = known.join(", ");
        if subjects.is_empty() {
            fail(
                terminal,
                opened.lang,
                &said!("`{word}` of what? There are: {list}", "`{word}` de quoi ? Il y a : {list}"),
            )?;
            return Ok(Exit::Unusable);
        }
        if let Some(unknown) = subjects.iter().find(|subject| !known.contains(&subject.as_str())) {
            let errors = opened.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
            for diagnostic in errors {
                writeln!(
                    terminal.err,
                    "{}\n",
                    human::diagnostic(diagnostic, &workspace.sources, opened.lang, terminal.colour_err)
                )?;
            }
            fail(
                terminal,
                opened.lang,
                &said!(
                    "there is no `{unknown}` to draw; there are: {list}",
                    "il n’y a pas de `{unknown}` à dessiner ; il y a : {list}"
                ),
            )?;
            return Ok(Exit::Unusable);
        }
        let fence = blank(&subjects);
        let request = Request {
            workspace,
            today: opened.today,
            lang: opened.lang,
            subjects,
            fence: &fence,
            runs: &Runs::spread(),
        };
        let drawn: Option<Figure> = entry.draw(&request);
        let Some(figure) = drawn else {
            fail(terminal, opened.lang, &said!("there is nothing to draw", "il n’y a rien à dessiner"))?;
            return Ok(Exit::Unusable);
        };
        let Some(format) = self.format() else {
            let name = self.output.as_deref().unwrap_or(Path::new("")).display().to_string();
            let known = FORMATS.iter().map(|format| format!(".{}", format.ending)).collect::<Vec<_>>().join(", ");
            let problem = said!(
                "`{name}` ends like no format that is written; these are: {known}",
                "`{name}` ne finit comme aucun format connu ; il y a : {known}"
            );
            fail(terminal, opened.lang, &problem)?;
            return Ok(Exit::Unusable);
        };
        let look =
            Look { dark: self.theme.as_ref().map(|theme| theme == "dark"), scale: self.scale, lang: opened.lang };
        let bytes = match (format.write)(&figure, &look) {
            Ok(bytes) => bytes,
            Err(problem) => {
                fail(terminal, opened.lang, &problem)?;
                return Ok(Exit::Unusable);
            }
        };
        match &self.output {
            None => terminal.out.write_all(&bytes)?,
            Some(path) => {
                if let Err(error) = write_whole(path, &bytes) {
                    let (path, error) = (path.display().to_string(), error.to_string());
                    fail(
                        terminal,
                        opened.lang,
                        &said!("`{path}` cannot be written: {error}", "`{path}` ne peut pas être écrit : {error}"),
                    )?;
                    return Ok(Exit::Unusable);
                }
                let path = path.display().to_string();
                writeln!(terminal.err, "{}", said!("wrote {path}", "écrit : {path}").show(opened.lang))?;
            }
        }
        Ok(Exit::Good)
    }
}

impl Draw {
    /// The format asked for, or that of the file, or SVG.
    fn format(&self) -> Option<&'static Format> {
        match (&self.format, &self.output) {
            (Some(name), _) => format::named(name),
            (None, Some(path)) => {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                if name.contains('.') { format::of_file(&name) } else { format::named("svg") }
            }
            (None, None) => format::named("svg"),
        }
    }
}

/// A fence that says only what the figure is of.
pub(super) fn blank(of: &[String]) -> Fence {
    Fence {
        table: None,
        diagram: None,
        chart: None,
        timeline: None,
        findings: None,
        of: Some(Names(of.to_vec())),
        by: None,
        only: None,
        rules: None,
        family: None,
        at: None,
        predicted: IndexMap::new(),
        observed: None,
    }
}
