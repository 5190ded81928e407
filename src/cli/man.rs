//! `epure man`: the manual for `man`, made of the same words as `--help`.

use std::io;
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_mangen::Man as Page;

use super::files::write_whole;
use super::locate::fail;
use super::{Common, Exit, Line, Terminal};
use crate::said;
use crate::source::{Lang, Show};

/// Print the manual, or write its pages.
#[derive(Debug, Args)]
pub struct Man {
    /// Write `epure.1` and a page for each command into this folder, instead of printing the first.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        let command = Line::command();
        let mut pages = vec![("epure.1".to_owned(), rendered(command.clone())?)];
        for inner in command.get_subcommands() {
            let name: &'static str = format!("epure-{}", inner.get_name()).leak();
            pages.push((format!("{name}.1"), rendered(inner.clone().name(name))?));
        }
        let lang = common.lang.unwrap_or(Lang::En);
        let Some(folder) = &self.folder else {
            terminal.out.write_all(&pages.swap_remove(0).1)?;
            return Ok(Exit::Good);
        };
        for (name, text) in &pages {
            let file = folder.join(name);
            if let Err(error) = write_whole(&file, text) {
                let (file, error) = (file.display().to_string(), error.to_string());
                let message = said!("`{file}` cannot be written: {error}", "`{file}` ne peut pas être écrit : {error}");
                fail(terminal, lang, &message)?;
                return Ok(Exit::Unusable);
            }
        }
        let message = said!(
            "{count} pages in {folder}",
            "{count} pages dans {folder}",
            count = pages.len(),
            folder = folder.display().to_string()
        );
        writeln!(terminal.out, "{}", message.show(lang))?;
        Ok(Exit::Good)
    }
}

fn rendered(command: clap::Command) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    Page::new(command).render(&mut text)?;
    Ok(text)
}
