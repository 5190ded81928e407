//! `epure build`: the reports and the site, whole or not at all.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::files::write_whole;
use super::locate::{Which, fail, open};
use super::{Common, Exit, Terminal, human};
use crate::analysis::review::comparisons;
use crate::report::{self, Output};
use crate::said;
use crate::source::{Severity, Show, State};

/// Build the reports and the site.
#[derive(Debug, Args)]
pub struct Build {
    #[command(flatten)]
    which: Which,
    /// Where to write.
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Which formats to write.
    #[arg(long, value_delimiter = ',', default_value = "markdown,html", value_parser = ["markdown", "html"])]
    format: Vec<String>,
}

impl Build {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        let opened = match open(&self.which, Some(&self.out), common, terminal)? {
            Ok(opened) => opened,
            Err(exit) => return Ok(exit),
        };
        let mut problems = opened.diagnostics;
        let (mut site, found) = report::assemble(&opened.workspace, opened.today);
        // Where documents are broken, a report that refers to them would only repeat it.
        if problems.is_empty() {
            problems.extend(comparisons(&opened.workspace, opened.today));
            problems.extend(found);
        }
        for problem in &problems {
            writeln!(
                terminal.err,
                "{}\n",
                human::diagnostic(problem, &opened.workspace.sources, opened.lang, terminal.colour_err)
            )?;
        }
        let errors = problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error && problem.state == State::Fail)
            .count();
        if errors > 0 {
            let message = if errors == 1 {
                said!("1 mistake: nothing was written", "1 erreur : rien n’a été écrit")
            } else {
                said!("{errors} mistakes: nothing was written", "{errors} erreurs : rien n’a été écrit")
            };
            fail(terminal, opened.lang, &message)?;
            return Ok(Exit::Unusable);
        }
        for path in site.pages.iter().flat_map(report::images).collect::<std::collections::BTreeSet<_>>() {
            if let Some(bytes) = image(&opened.root, &path) {
                site.assets.insert(path, bytes);
            }
        }
        let mut outputs: Vec<Output> = Vec::new();
        if self.format.iter().any(|format| format == "markdown") {
            outputs.extend(report::markdown::files(&site));
            outputs.extend(report::decisions::files(&opened.workspace, opened.today));
        }
        if self.format.iter().any(|format| format == "html") {
            match report::html::files(&site) {
                Ok(files) => outputs.extend(files),
                Err(problem) => {
                    fail(terminal, opened.lang, &problem.message)?;
                    return Ok(Exit::Unusable);
                }
            }
        }
        let mut written = 0;
        for output in &outputs {
            match write_whole(&self.out.join(&output.path), &output.bytes) {
                Ok(changed) => written += usize::from(changed),
                Err(error) => {
                    let (path, error) = (self.out.join(&output.path).display().to_string(), error.to_string());
                    fail(
                        terminal,
                        opened.lang,
                        &said!("`{path}` cannot be written: {error}", "`{path}` ne peut pas être écrit : {error}"),
                    )?;
                    return Ok(Exit::Unusable);
                }
            }
        }
        let (pages, out) = (site.pages.len(), self.out.display().to_string());
        let html = self.format.iter().any(|format| format == "html");
        let mut message = said!(
            "{pages} pages in {out}, {written} files changed",
            "{pages} pages dans {out}, {written} fichiers modifiés",
            pages = pages,
            out = out,
            written = written
        );
        if html {
            let index = self.out.join("site/index.html").display().to_string();
            message = said!("{message}; open {index}", "{message} ; ouvrez {index}", message = message);
        }
        writeln!(terminal.out, "{}", message.show(opened.lang))?;
        Ok(Exit::Good)
    }
}

/// An image that a narrative shows, if it lies within the workspace.
fn image(root: &Path, path: &str) -> Option<Vec<u8>> {
    let file = root.join(path).canonicalize().ok()?;
    let inside = root.canonicalize().ok()?;
    if !file.starts_with(inside) {
        return None;
    }
    std::fs::read(file).ok()
}
