//! `epure serve`: the site, live, for whoever writes it. From memory, and on this machine alone.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;

use super::locate::{Which, fail, open, open_at};
use super::{Common, Exit, Terminal, build, human};
use crate::said;
use crate::source::{Lang, Show};

mod http;
mod live;
mod pages;
mod watch;

use live::Live;
use pages::Pages;
use watch::Watch;

/// Show the site while it is written: rebuilt on save, reloaded where the reader stands.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    which: Which,
    /// The port on 127.0.0.1; 0 for any that is free. Where it is not said, the first free one from 4747.
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
}

/// Where to listen when nothing is said.
const PORT: u16 = 4747;
/// How often the folder is looked at. A look at a thousand files costs some milliseconds, works on
/// every file system, and survives what becomes of the folder.
const LOOK: Duration = Duration::from_millis(120);

impl Serve {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        // Opened once for its language, its folder, and for whether there is anything at all.
        let opened = match open(&self.which, None, common, terminal)? {
            Ok(opened) => opened,
            Err(exit) => return Ok(exit),
        };
        let (root, lang) = (opened.root.canonicalize().unwrap_or(opened.root), opened.lang);
        let listener = match self.listen() {
            Ok(listener) => listener,
            Err(error) => {
                let (port, error) = (self.port.unwrap_or(PORT), error.to_string());
                let message = said!(
                    "port {port} cannot be listened on: {error}; choose another with `--port`",
                    "impossible d’écouter sur le port {port} : {error} ; choisissez-en un autre avec `--port`"
                );
                fail(terminal, lang, &message)?;
                return Ok(Exit::Unusable);
            }
        };
        let address = listener.local_addr()?;
        let live = Arc::new(Live::new(lang));
        let message = said!(
            "http://{address}/ shows {root}; stop with Ctrl+C",
            "http://{address}/ montre {root} ; arrêtez avec Ctrl+C",
            address = address.to_string(),
            root = root.display().to_string()
        );
        writeln!(terminal.out, "{}", message.show(lang))?;
        terminal.out.flush()?;
        http::serve(listener, Arc::clone(&live));
        let mut watch = Watch::new(root.clone());
        let mut pages = Pages::default();
        loop {
            if watch.changed() {
                let started = Instant::now();
                self.rebuild(&root, lang, common, &mut pages, &live, terminal)?;
                // Whoever saves every keystroke still gets answers, and the machine some rest.
                std::thread::sleep(started.elapsed().min(Duration::from_secs(1)) / 4);
            }
            std::thread::sleep(LOOK);
        }
    }

    fn listen(&self) -> io::Result<TcpListener> {
        let on = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        match self.port {
            Some(port) => on(port),
            None => (PORT..PORT + 20).find_map(|port| on(port).ok()).map_or_else(|| on(0), Ok),
        }
    }

    /// Makes the site anew. What is wrong is shown; the last good pages stay while it is.
    fn rebuild(
        &self,
        root: &Path,
        lang: Lang,
        common: &Common,
        pages: &mut Pages,
        live: &Live,
        terminal: &mut Terminal<'_>,
    ) -> io::Result<()> {
        let started = Instant::now();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut quiet = Terminal { out: &mut out, err: &mut err, colour_out: false, colour_err: false };
        let opened = match open_at(root, None, self.which.as_of, common, &mut quiet)? {
            Ok(opened) => opened,
            Err(_) => {
                let text = String::from_utf8_lossy(&err).into_owned();
                write!(terminal.err, "{text}")?;
                live.broken(&said!("the workspace cannot be read", "l’espace de travail ne peut pas être lu"), &text);
                return Ok(());
            }
        };
        let (mut site, problems) = build::assembled_keeping(&opened, &mut pages.kept);
        let mut text = String::new();
        for problem in &problems {
            let said = human::diagnostic(problem, &opened.workspace.sources, lang, terminal.colour_err);
            writeln!(terminal.err, "{said}\n")?;
            text.push_str(&human::diagnostic(problem, &opened.workspace.sources, lang, false));
            text.push_str("\n\n");
        }
        let (errors, count) = (build::errors(&problems), problems.len());
        if errors > 0 {
            let title = if errors == 1 {
                said!("1 mistake: the last good pages stay", "1 erreur : les dernières bonnes pages restent")
            } else {
                said!(
                    "{errors} mistakes: the last good pages stay",
                    "{errors} erreurs : les dernières bonnes pages restent"
                )
            };
            live.broken(&title, &text);
            writeln!(terminal.out, "{}", title.show(lang))?;
            return terminal.out.flush();
        }
        match pages.make(&mut site) {
            Ok(made) => {
                let changed = made.changed;
                let title = match count {
                    0 => said!("", ""),
                    _ => said!("{count} to look at", "{count} à regarder", count = count),
                };
                live.show(pages.files(), &title, &text);
                let message = said!(
                    "{changed} files changed in {ms} ms",
                    "{changed} fichiers modifiés en {ms} ms",
                    changed = changed,
                    ms = started.elapsed().as_millis() as u64
                );
                writeln!(terminal.out, "{}", message.show(lang))?;
                terminal.out.flush()
            }
            Err(message) => {
                fail(terminal, lang, &message)?;
                live.broken(
                    &said!("a template cannot be used", "un modèle ne peut pas être utilisé"),
                    &message.show(lang),
                );
                Ok(())
            }
        }
    }
}
