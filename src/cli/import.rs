//! `epure import`: a design from what already runs.

use std::io;
use std::path::PathBuf;

use clap::Args;

use super::files::write_whole;
use super::locate::fail;
use super::paths::{Gathered, gather, refused};
use super::{Common, Exit, Terminal};
use crate::design::load;
use crate::design::manifests::design::{Draft, imported};
use crate::design::manifests::grouping::Grouping;
use crate::design::manifests::{Form, gather as units, write};
use crate::said;
use crate::source::{Lang, Said, Show, Sources};

/// Make a design from Kubernetes objects, a Compose file or an Ankaios state.
#[derive(Debug, Args)]
pub struct Import {
    /// What to read.
    #[arg(value_parser = ["kubernetes", "compose", "ankaios"])]
    from: String,
    /// Folders and files, or `-` for standard input: manifests, or the dump of a live cluster.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The name of the design, where there is one.
    #[arg(long)]
    name: Option<String>,
    /// Which services of a Compose file are one pod, as kompose's option of this name has it; without it, those that share a network.
    #[arg(long, value_name = "MODE", value_parser = ["label", "volume"])]
    service_group_mode: Option<String>,
    /// The file to write, instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Import {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        let lang = common.lang.unwrap_or(Lang::En);
        let Gathered { inputs, unreadable } = gather(&self.paths);
        let (mut workspace, _) = load(&inputs);
        drop(inputs);
        for diagnostic in refused(unreadable, &mut workspace.sources) {
            let path = &workspace.sources.file(diagnostic.primary.span.file).path;
            let message = diagnostic.message;
            fail(terminal, lang, &said!("`{path}`: {message}", "`{path}` : {message}", message = message))?;
        }
        let form = match self.from.as_str() {
            "compose" => Form::Compose,
            "ankaios" => Form::Ankaios,
            _ => Form::Kubernetes,
        };
        let (mut found, _) = units(std::mem::take(&mut workspace.strays), &workspace.sources);
        found.retain(|unit| unit.form == form);
        if let (Some(name), [unit]) = (&self.name, found.as_mut_slice()) {
            unit.name = crate::design::manifests::names::kebab(name);
        }
        let grouping = match self.service_group_mode.as_deref() {
            Some("label") => Grouping::Label,
            Some("volume") => Grouping::Volume,
            _ => Grouping::Network,
        };
        let drafts = found.iter().filter_map(|unit| imported(unit, grouping));
        let drafts: Vec<Draft> = drafts.filter(|draft| draft.root.get("components").is_some()).collect();
        if drafts.is_empty() {
            let what = form.title();
            fail(
                terminal,
                lang,
                &said!(
                    "nothing here is {what} that runs something",
                    "rien ici n’est {what} qui fait tourner quelque chose",
                    what = what
                ),
            )?;
            return Ok(Exit::Unusable);
        }
        let texts: Vec<String> = drafts.iter().map(|draft| document(draft, &workspace.sources, lang)).collect();
        let text = texts.join("---\n");
        match &self.out {
            None => terminal.out.write_all(text.as_bytes())?,
            Some(file) => {
                if let Err(error) = write_whole(file, text.as_bytes()) {
                    let (file, error) = (file.display().to_string(), error.to_string());
                    let message =
                        said!("`{file}` cannot be written: {error}", "`{file}` ne peut pas être écrit : {error}");
                    fail(terminal, lang, &message)?;
                    return Ok(Exit::Unusable);
                }
            }
        }
        for draft in &drafts {
            let name = draft.root.get("name").and_then(|node| node.scalar()).unwrap_or("");
            let components = draft.root.get("components").map_or(0, |node| node.entries().len());
            let (open, hidden) = (draft.unanswered.len(), draft.redacted.len());
            let line = said!(
                "`{name}`: {components} components, {open} questions that the files do not answer, {hidden} values left out as secret",
                "`{name}` : {components} composants, {open} questions sans réponse dans les fichiers, {hidden} valeurs omises car secrètes"
            );
            writeln!(terminal.err, "{}", line.show(lang))?;
        }
        Ok(Exit::Good)
    }
}

/// A design with what to know about it at its top.
fn document(draft: &Draft, sources: &Sources, lang: Lang) -> String {
    let mut text = String::new();
    let mut block = |title: Said, lines: Vec<String>| {
        if !lines.is_empty() {
            text.push_str(&format!("# {}\n", title.show(lang)));
            for line in lines {
                text.push_str(&format!("#   {line}\n"));
            }
        }
    };
    block(
        said!(
            "Assumed, because a design has to say something:",
            "Supposé, car une conception doit dire quelque chose :"
        ),
        draft.assumed.iter().map(|(path, why)| format!("{path}: {}", why.show(lang))).collect(),
    );
    block(
        said!("Unanswered: the files do not say", "Sans réponse : les fichiers ne disent pas"),
        draft.unanswered.iter().map(|question| question.show(lang)).collect(),
    );
    block(
        said!(
            "Left out as secret, and seen by whoever had the files: change them",
            "Omis car secret, et vu par qui avait les fichiers : à changer"
        ),
        draft.redacted.clone(),
    );
    text.push_str(&write::write(&draft.root, sources));
    text
}
