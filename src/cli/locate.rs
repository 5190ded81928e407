//! Which workspace a command is about, and what day it is.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

use super::evidence::read_evidence;
use super::files::{Folder, read_folder};
use super::paths::{Gathered, any_own, gather, refused};
use super::{Common, Exit, Terminal};
use crate::analysis::credentials::credentials;
use crate::analysis::view::View;
use crate::design::load::first_language;
use crate::design::text::When;
use crate::design::{Input, Workspace, load};
use crate::said;
use crate::source::{Diagnostic, Lang, Said, Show};

/// How a command is told which workspace, and which day.
#[derive(Debug, Clone, Args)]
pub struct Which {
    /// The workspace's folder, or a file in it; the folder you are in where it is not said.
    #[arg(value_name = "WORKSPACE")]
    pub workspace: Option<PathBuf>,
    /// The day on which ages and expiries are judged, instead of the workspace's own.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<When>,
}

/// The same for a command whose arguments are names: the workspace is an option.
#[derive(Debug, Clone, Args)]
pub struct Within {
    /// The workspace's folder.
    #[arg(long, short, value_name = "DIR")]
    workspace: Option<PathBuf>,
    /// The day on which ages and expiries are judged.
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<When>,
}

impl Within {
    /// What [`open`] takes.
    pub(super) fn which(&self) -> Which {
        Which { workspace: self.workspace.clone(), as_of: self.as_of }
    }
}

pub(super) fn date(text: &str) -> Result<When, String> {
    When::parse(text).ok_or_else(|| format!("`{text}` is not a date such as 2026-11-22"))
}

/// A workspace that was read, with what is wrong with it.
pub struct Opened {
    /// The folder.
    pub root: PathBuf,
    /// The documents.
    pub workspace: Workspace,
    /// What is wrong with them.
    pub diagnostics: Vec<Diagnostic>,
    /// The language of messages.
    pub lang: Lang,
    /// The day on which ages and expiries are judged.
    pub today: When,
}

/// Opens what `check` is given: a workspace where a path lies in one, else any files. `Err` once the
/// reason has been said.
pub fn open_any(
    paths: &[PathBuf],
    as_of: Option<When>,
    common: &Common,
    terminal: &mut Terminal<'_>,
) -> std::io::Result<Result<Opened, Exit>> {
    let single = match paths {
        [] => Some(PathBuf::from(".")),
        [path] if path.as_os_str() != "-" => Some(path.clone()),
        _ => None,
    };
    if let Some(path) = &single {
        let which = Which { workspace: Some(path.clone()), as_of };
        // A file of one's own outside of any workspace is read with the folder that it stands in.
        // A dump in JSON is none of what a workspace's folder is read for, and is what was asked about.
        let elsewhere = path.is_file() && !is_read(path);
        if !path.exists() || (has_own(path) && !elsewhere) {
            return open(&which, None, common, terminal);
        }
    }
    let given: Vec<PathBuf> = single.map_or_else(|| paths.to_vec(), |path| vec![path]);
    let fallback = common.lang.unwrap_or(Lang::En);
    if let Some(missing) = given.iter().find(|path| path.as_os_str() != "-" && path.symlink_metadata().is_err()) {
        let missing = missing.display().to_string();
        fail(terminal, fallback, &said!("there is no `{missing}`", "`{missing}` n’existe pas"))?;
        return Ok(Err(Exit::Unusable));
    }
    let Gathered { mut inputs, unreadable } = gather(&given);
    inputs.extend(config(&given, &inputs));
    if inputs.is_empty() && unreadable.is_empty() {
        let given = given.iter().map(|path| format!("`{}`", path.display())).collect::<Vec<_>>();
        let message = said!(
            "{given} holds no document; `epure new DIR` makes a workspace that builds",
            "{given} ne contient aucun document ; `epure new DIR` crée un espace de travail prêt à construire",
            given = Said::list(&given)
        );
        fail(terminal, fallback, &message)?;
        return Ok(Err(Exit::Unusable));
    }
    let (mut workspace, mut diagnostics) = load(&inputs);
    drop(inputs);
    diagnostics.extend(refused(unreadable, &mut workspace.sources));
    let lang = common.lang.unwrap_or_else(|| first_language(&workspace));
    let today = as_of.or(workspace.config.as_of).unwrap_or_else(now);
    hide_credentials(&mut workspace, today);
    Ok(Ok(Opened { root: PathBuf::from("."), workspace, diagnostics, lang, today }))
}

/// Whether a workspace's folder is read for a file of that name.
fn is_read(path: &Path) -> bool {
    matches!(path.extension().and_then(|ext| ext.to_str()), Some("yaml" | "yml" | "md"))
}

/// The `epure.yaml` of the workspace that bare files lie in, whose positions and profiles hold for them
/// too; for standard input, that of the folder you are in.
fn config(given: &[PathBuf], inputs: &[Input]) -> Option<Input> {
    let first = given.first().filter(|_| !inputs.is_empty())?;
    let root = root_of(if first.as_os_str() == "-" { Path::new(".") } else { first });
    let known = |input: &Input| input.path == "epure.yaml" || input.path.ends_with("/epure.yaml");
    if inputs.iter().any(known) {
        return None;
    }
    let bytes = std::fs::read(root.join("epure.yaml")).ok()?;
    Some(Input { path: "epure.yaml".to_owned(), bytes })
}

/// Whether a path lies in a workspace, or leads to documents of épure's own.
fn has_own(path: &Path) -> bool {
    let root = root_of(path);
    if root.join("epure.yaml").is_file() {
        return true;
    }
    any_own(&root)
}

/// Opens the workspace that a command line names; `Err` once the reason has been said.
pub fn open(
    which: &Which,
    skip: Option<&Path>,
    common: &Common,
    terminal: &mut Terminal<'_>,
) -> std::io::Result<Result<Opened, Exit>> {
    let given = which.workspace.clone().unwrap_or_else(|| PathBuf::from("."));
    let fallback = common.lang.unwrap_or(Lang::En);
    if !given.exists() {
        let given = given.display().to_string();
        fail(terminal, fallback, &said!("there is no `{given}`", "`{given}` n’existe pas"))?;
        return Ok(Err(Exit::Unusable));
    }
    open_at(&root_of(&given), skip, which.as_of, common, terminal)
}

/// The same for a folder that is the workspace, whatever lies around it.
pub fn open_at(
    root: &Path,
    skip: Option<&Path>,
    as_of: Option<When>,
    common: &Common,
    terminal: &mut Terminal<'_>,
) -> std::io::Result<Result<Opened, Exit>> {
    let fallback = common.lang.unwrap_or(Lang::En);
    let root = root.to_path_buf();
    let Folder { inputs, others, unreadable } = read_folder(&root, skip);
    if inputs.is_empty() && unreadable.is_empty() {
        let root = root.display().to_string();
        let message = said!(
            "`{root}` holds no document; `epure new {root}` makes a workspace that builds",
            "`{root}` ne contient aucun document ; `epure new {root}` crée un espace de travail prêt à construire"
        );
        fail(terminal, fallback, &message)?;
        return Ok(Err(Exit::Unusable));
    }
    let (mut workspace, diagnostics) = load(&inputs);
    workspace.others = Some(others);
    let lang = common.lang.unwrap_or_else(|| first_language(&workspace));
    for (path, error) in &unreadable {
        let (path, error) = (path.display().to_string(), error.to_string());
        fail(terminal, lang, &said!("`{path}` cannot be read: {error}", "`{path}` ne peut pas être lu : {error}"))?;
    }
    if !unreadable.is_empty() {
        return Ok(Err(Exit::Unusable));
    }
    let today = as_of.or(workspace.config.as_of).unwrap_or_else(now);
    hide_credentials(&mut workspace, today);
    read_evidence(&mut workspace, &root);
    Ok(Ok(Opened { root, workspace, diagnostics, lang, today }))
}

/// A credential that stands in a document is reported and never printed, in no snippet either.
pub(super) fn hide_credentials(workspace: &mut Workspace, today: When) {
    let names: Vec<String> = workspace.designs.keys().cloned().collect();
    let spans: Vec<_> = names
        .iter()
        .filter_map(|name| View::of(workspace, name, today))
        .flat_map(|view| credentials(&view).into_iter().filter_map(|credential| credential.span).collect::<Vec<_>>())
        .collect();
    for span in spans {
        workspace.sources.hide(span);
    }
}

/// Says why a command cannot go on.
pub fn fail(terminal: &mut Terminal<'_>, lang: Lang, message: &Said) -> std::io::Result<()> {
    let word = said!("error", "erreur");
    let colon = if lang == Lang::Fr { "\u{a0}:" } else { ":" };
    writeln!(terminal.err, "{}{colon} {}", word.show(lang), message.show(lang))
}

/// The folder that holds `epure.yaml`, from the given path upwards; the given folder where none does.
fn root_of(given: &Path) -> PathBuf {
    let start =
        if given.is_dir() { given.to_path_buf() } else { given.parent().map(Path::to_path_buf).unwrap_or_default() };
    let start = if start.as_os_str().is_empty() { PathBuf::from(".") } else { start };
    let absolute = start.canonicalize().unwrap_or_else(|_| start.clone());
    absolute.ancestors().find(|folder| folder.join("epure.yaml").is_file()).map_or(start, Path::to_path_buf)
}

/// Today, where neither the workspace nor the command line gives a day.
pub(super) fn now() -> When {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
    When::from_days((seconds / 86_400) as i64)
}
