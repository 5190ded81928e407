//! A workspace as it was at a revision of git, read and never written: `rev-parse`, `merge-base`,
//! `ls-tree` and `show`, without a shell, and without what a repository could make git run.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::files::{bound_paths, is_bound, is_meant};
use crate::design::Input;
use crate::said;
use crate::source::Said;

/// A repository, and the workspace's folder in it.
pub(super) struct Repository {
    folder: PathBuf,
    /// The workspace's folder relative to the top, with a slash at its end; empty at the top.
    within: String,
}

impl Repository {
    /// The repository around a folder.
    ///
    /// # Errors
    /// That there is no git, or no repository.
    pub(super) fn around(folder: &Path) -> Result<Repository, Said> {
        let prefix = git(folder, &["rev-parse", "--show-prefix"])?;
        if !prefix.status.success() {
            let folder = folder.display().to_string();
            return Err(said!(
                "`{folder}` is in no git repository; compare two folders instead: `epure diff OLD NEW`",
                "`{folder}` n’est dans aucun dépôt git ; comparez plutôt deux dossiers : `epure diff ANCIEN NOUVEAU`"
            ));
        }
        Ok(Repository { folder: folder.to_path_buf(), within: line(&prefix) })
    }

    /// The commit of a revision.
    ///
    /// # Errors
    /// That there is none, and what may be the reason.
    pub(super) fn commit(&self, revision: &str) -> Result<String, Said> {
        // What begins like an option is no revision.
        if !revision.starts_with('-') {
            let found = git(&self.folder, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?;
            if found.status.success() {
                return Ok(line(&found));
            }
        }
        let shallow = git(&self.folder, &["rev-parse", "--is-shallow-repository"])?;
        Err(if line(&shallow) == "true" {
            said!(
                "there is no revision `{revision}` here, and this clone is shallow: fetch the rest with `git fetch --unshallow` (in GitHub Actions, `fetch-depth: 0`)",
                "il n’y a pas de révision `{revision}` ici, et ce clone est superficiel : récupérez le reste avec `git fetch --unshallow` (dans GitHub Actions, `fetch-depth: 0`)"
            )
        } else {
            said!(
                "there is no revision `{revision}`; `git branch -a` and `git tag` list those there are, and a remote one is called `origin/…`",
                "il n’y a pas de révision `{revision}` ; `git branch -a` et `git tag` énumèrent celles qui existent, et une révision distante s’appelle `origin/…`"
            )
        })
    }

    /// The commit from which two went apart.
    ///
    /// # Errors
    /// That they have nothing in common.
    pub(super) fn fork(&self, a: &str, b: &str) -> Result<String, Said> {
        let found = git(&self.folder, &["merge-base", a, b])?;
        if found.status.success() {
            return Ok(line(&found));
        }
        Err(said!(
            "the two revisions have no commit in common; in a shallow clone fetch the rest, or write `OLD..NEW` with two dots",
            "les deux révisions n’ont aucun commit en commun ; dans un clone superficiel, récupérez le reste, ou écrivez `ANCIEN..NOUVEAU` avec deux points"
        ))
    }

    /// The workspace's documents at a commit.
    ///
    /// # Errors
    /// What git could not do.
    pub(super) fn documents(&self, commit: &str) -> Result<Vec<Input>, Said> {
        let tree = format!("{commit}:{}", self.within.trim_end_matches('/'));
        let list = git(&self.folder, &["ls-tree", "-r", "-z", &tree])?;
        if !list.status.success() {
            let within = &self.within;
            return Err(said!(
                "the folder `{within}` is not in commit {commit}",
                "le dossier `{within}` n’est pas dans le commit {commit}"
            ));
        }
        let (mut inputs, mut others) = (Vec::new(), Vec::new());
        for entry in String::from_utf8_lossy(&list.stdout).split('\0') {
            // `100644 blob HASH<tab>path`; links and other repositories are passed over.
            let Some((meta, path)) = entry.split_once('\t') else { continue };
            let mut fields = meta.split(' ');
            let (mode, object) = (fields.next().unwrap_or(""), fields.nth(1).unwrap_or(""));
            let hidden = path.split('/').any(|step| step.starts_with('.'));
            let ours = [".yaml", ".yml", ".md"].iter().any(|end| path.ends_with(end));
            if !mode.starts_with("100") || hidden {
                continue;
            }
            if !ours {
                others.push((path.to_owned(), object.to_owned()));
                continue;
            }
            self.show(path, object, &mut inputs)?;
        }
        let bound = bound_paths(&inputs);
        for (path, object) in others.into_iter().filter(|(path, _)| is_bound(&bound, path)) {
            self.show(&path, &object, &mut inputs)?;
            if inputs.last().is_some_and(|input| input.path == path && !is_meant(&bound, &path, &input.bytes)) {
                inputs.pop();
            }
        }
        inputs.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(inputs)
    }

    fn show(&self, path: &str, object: &str, inputs: &mut Vec<Input>) -> Result<(), Said> {
        let blob = git(&self.folder, &["show", object])?;
        if blob.status.success() {
            inputs.push(Input { path: path.to_owned(), bytes: blob.stdout });
        }
        Ok(())
    }
}

fn line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Runs git for reading: no pager, no lock, no hook of the repository's.
fn git(folder: &Path, arguments: &[&str]) -> Result<Output, Said> {
    let run = Command::new("git")
        .args(["--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .output();
    run.map_err(|error| {
        let reason = error.to_string();
        if error.kind() == ErrorKind::NotFound {
            said!(
                "there is no `git` to read revisions with; install it, or compare two folders: `epure diff OLD NEW`",
                "il n’y a pas de `git` pour lire les révisions ; installez-le, ou comparez deux dossiers : `epure diff ANCIEN NOUVEAU`"
            )
        } else {
            said!("`git` could not be run: {reason}", "`git` n’a pas pu être lancé : {reason}")
        }
    })
}
