//! `epure new`: a workspace that builds at once.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::files::write_whole;
use super::locate::fail;
use super::{Common, Exit, Terminal};
use crate::design::{Input, kinds};
use crate::said;
use crate::source::{Lang, Said, Show};

/// Where the editors' schema lies, from the workspace's folder.
const SCHEMA: &str = ".epure/epure.schema.json";

/// Files with their paths in the new workspace.
type Files = &'static [(&'static str, &'static str)];

/// A kind of new workspace.
struct Template {
    name: &'static str,
    en: Files,
    fr: Files,
}

/// The files of a folder of `templates/`.
macro_rules! files {
    ($folder:literal: $($file:literal)*) => {
        &[$(($file, include_str!(concat!("../../templates/", $folder, "/", $file)))),*]
    };
}

/// The registry of what `--template` knows; the first is made where nothing is said.
static TEMPLATES: [Template; 2] = [
    Template {
        name: "shop",
        en: files!("new/en":
            "epure.yaml" "designs/shop.yaml" "stacks/containers.yaml" "stacks/virtual-machines.yaml"
            "comparisons/containers-or-vms.yaml" "scenarios/lose-a-node.yaml" "review.md"),
        fr: files!("new/fr":
            "epure.yaml" "conceptions/boutique.yaml" "stacks/conteneurs.yaml" "stacks/machines-virtuelles.yaml"
            "comparaisons/conteneurs-ou-vm.yaml" "scenarios/perdre-un-noeud.yaml" "revue.md"),
    },
    Template {
        name: "lab-res507",
        en: files!("lab-res507/en":
            "epure.yaml" "designs/lab.yaml" "designs/production.yaml" "stacks/stacks.yaml"
            "comparisons/containers-or-vms.yaml" "scenarios/lab.yaml" "evidence/README.md" "report.md"),
        fr: files!("lab-res507/fr":
            "epure.yaml" "designs/lab.yaml" "designs/production.yaml" "stacks/stacks.yaml"
            "comparisons/containers-or-vms.yaml" "scenarios/lab.yaml" "evidence/README.md" "compte-rendu.md"),
    },
];

/// The files of a template, as a workspace is read; none where there is no such template.
pub(super) fn inputs(template: &str, lang: Lang) -> Vec<Input> {
    let found = TEMPLATES.iter().find(|known| known.name == template);
    let files = found.map(|template| template.files(lang)).unwrap_or_default();
    files.iter().map(|(path, text)| Input { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() }).collect()
}

impl Template {
    fn files(&self, lang: Lang) -> Files {
        if lang == Lang::Fr { self.fr } else { self.en }
    }
}

/// Make a workspace that builds: a small design, two stacks, a comparison, a scenario, a report.
#[derive(Debug, Args)]
pub struct New {
    /// The folder to make; it must not exist yet, or be empty.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// What to make: a small shop, or a lab's handout with its blanks.
    #[arg(long, default_value = "shop", value_parser = ["shop", "lab-res507"])]
    template: String,
    /// Write the templates of the site into the folder `theme` of a workspace that is there already,
    /// to change its look: each file replaces the built-in one of its name.
    #[arg(long)]
    theme: bool,
}

impl New {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        let lang = common.lang.unwrap_or(Lang::En);
        let shown = self.folder.display().to_string();
        if self.theme {
            return theme(&self.folder, &shown, lang, terminal);
        }
        let taken = match fs::read_dir(&self.folder) {
            Ok(mut entries) => entries.next().is_some(),
            Err(error) => error.kind() != io::ErrorKind::NotFound,
        };
        if taken {
            let message = said!(
                "`{shown}` is there already and is not an empty folder",
                "`{shown}` existe déjà et n’est pas un dossier vide"
            );
            fail(terminal, lang, &message)?;
            return Ok(Exit::Unusable);
        }
        let known = TEMPLATES.iter().find(|known| known.name == self.template).unwrap_or(&TEMPLATES[0]);
        let templates = known.files(lang);
        let schema = format!("{:#}\n", kinds::published());
        let mut files: Vec<(&str, String)> = vec![(SCHEMA, schema), (".gitignore", "/output/site/\n".to_owned())];
        files.extend(templates.iter().map(|(path, text)| (*path, with_modeline(path, text))));
        for (path, text) in &files {
            let file = self.folder.join(path);
            if let Err(error) = write_whole(&file, text.as_bytes()) {
                let (file, error) = (file.display().to_string(), error.to_string());
                fail(
                    terminal,
                    lang,
                    &said!("`{file}` cannot be written: {error}", "`{file}` ne peut pas être écrit : {error}"),
                )?;
                return Ok(Exit::Unusable);
            }
        }
        let count = templates.len();
        let text = said!(
            "{count} files in {shown}; now try\n\n  cd {shown}\n  epure check\n  epure build\n  epure serve\n",
            "{count} fichiers dans {shown} ; essayez maintenant\n\n  cd {shown}\n  epure check\n  epure build\n  epure serve\n",
        );
        writeln!(terminal.out, "{}", text.show(lang).trim_end())?;
        Ok(Exit::Good)
    }
}

/// Writes the templates of the site into a workspace.
fn theme(folder: &Path, shown: &str, lang: Lang, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
    match super::theme::write(folder) {
        Ok((written, kept)) => {
            let mut text = said!(
                "{written} templates in {shown}/theme; a file that you take away is épure’s again",
                "{written} modèles dans {shown}/theme ; un fichier que vous retirez redevient celui d’épure"
            );
            if !kept.is_empty() {
                let kept = Said::list(kept.iter().copied());
                text = said!(
                    "{text}\nkept as they were: {kept}",
                    "{text}\nlaissés tels quels : {kept}",
                    text = text,
                    kept = kept
                );
            }
            writeln!(terminal.out, "{}", text.show(lang))?;
            Ok(Exit::Good)
        }
        Err(error) => {
            let error = error.to_string();
            let message =
                said!("`{shown}/theme` cannot be written: {error}", "`{shown}/theme` ne peut pas être écrit : {error}");
            fail(terminal, lang, &message)?;
            Ok(Exit::Unusable)
        }
    }
}

/// A YAML file with the line by which editors find the schema.
fn with_modeline(path: &str, text: &str) -> String {
    if !path.ends_with(".yaml") {
        return text.to_owned();
    }
    let up = "../".repeat(Path::new(path).components().count().saturating_sub(1));
    format!("# yaml-language-server: $schema={up}{SCHEMA}\n{text}")
}
