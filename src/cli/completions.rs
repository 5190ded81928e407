//! `epure completions`: what a shell offers when the tab key is pressed.

use std::io;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Exit, Line, Terminal};

/// Print completions for a shell.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        // Written aside first: a reader that hangs up must not bring the program down.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Line::command(), "epure", &mut script);
        terminal.out.write_all(&script)?;
        Ok(Exit::Good)
    }
}
