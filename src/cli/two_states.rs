//! The two states that `epure diff` compares: folders, files or revisions of git.

use std::path::{Path, PathBuf};

use super::files::read_folder;
use super::revision::Repository;
use crate::design::Input;
use crate::said;
use crate::source::Said;

/// A state of a workspace: what it is called, and its documents.
pub(super) struct State {
    pub(super) name: String,
    pub(super) inputs: Vec<Input>,
}

/// Both states, and what is worth knowing of them.
pub(super) struct States {
    pub(super) old: State,
    pub(super) new: State,
    pub(super) remark: Option<Said>,
}

/// What stands before and after the dots of `main..HEAD`; three dots mean from where they went apart.
fn range(text: &str) -> Option<(&str, &str, bool)> {
    let (old, new, fork) = match text.split_once("...") {
        Some((old, new)) => (old, new, true),
        None => text.split_once("..").map(|(old, new)| (old, new, false))?,
    };
    let head = |side| if str::is_empty(side) { "HEAD" } else { side };
    Some((head(old), head(new), fork))
}

/// Reads both states.
///
/// # Errors
/// Why one of them cannot be read.
pub(super) fn read(old: &str, new: Option<&str>, workspace: &Path) -> Result<States, Said> {
    let Some(new) = new else {
        if Path::new(old).exists() {
            return Err(said!(
                "`{old}` against what? Give two folders, two files, or revisions of git such as `main..HEAD`",
                "`{old}` contre quoi ? Donnez deux dossiers, deux fichiers, ou des révisions git comme `main..HEAD`"
            ));
        }
        let repository = Repository::around(workspace)?;
        let Some((before, after, fork)) = range(old) else {
            // One revision alone is compared with what lies on the disk.
            let commit = repository.commit(old)?;
            let state = State { name: old.to_owned(), inputs: repository.documents(&commit)? };
            return Ok(States { old: state, new: on_disk(workspace)?, remark: None });
        };
        let (mut from, to) = (repository.commit(before)?, repository.commit(after)?);
        if fork {
            from = repository.fork(&from, &to)?;
        }
        let states = (repository.documents(&from)?, repository.documents(&to)?);
        let remark = uncommitted(&repository, workspace, &to, &states.1, before);
        let (old, new) =
            (State { name: before.to_owned(), inputs: states.0 }, State { name: after.to_owned(), inputs: states.1 });
        return Ok(States { old, new, remark });
    };
    let (before, after) = (Path::new(old), Path::new(new));
    if before.is_file() && after.is_file() {
        return Ok(States { old: of_file(before, after)?, new: of_file(after, before)?, remark: None });
    }
    if before.is_file() != after.is_file() && before.exists() && after.exists() {
        return Err(said!(
            "`{old}` and `{new}` are a file and a folder; give two files or two folders",
            "`{old}` et `{new}` sont un fichier et un dossier ; donnez deux fichiers ou deux dossiers"
        ));
    }
    Ok(States { old: of_word(old, workspace)?, new: of_word(new, workspace)?, remark: None })
}

/// A folder, else a revision.
fn of_word(word: &str, workspace: &Path) -> Result<State, Said> {
    if Path::new(word).is_dir() {
        return on_disk(Path::new(word));
    }
    if word.contains('/') && !word.contains("origin/") || word.ends_with(".yaml") {
        let revision = Repository::around(workspace).ok().and_then(|repository| repository.commit(word).ok());
        if revision.is_none() {
            return Err(said!(
                "there is no file or folder `{word}`, and no revision of that name",
                "il n’y a ni fichier ni dossier `{word}`, ni révision de ce nom"
            ));
        }
    }
    let repository = Repository::around(workspace)?;
    let commit = repository.commit(word)?;
    Ok(State { name: word.to_owned(), inputs: repository.documents(&commit)? })
}

fn on_disk(folder: &Path) -> Result<State, Said> {
    let read = read_folder(folder, None);
    if let Some((path, error)) = read.unreadable.first() {
        let (path, error) = (path.display().to_string(), error.to_string());
        return Err(said!("`{path}` cannot be read: {error}", "`{path}` ne peut pas être lu : {error}"));
    }
    let name = folder.display().to_string();
    if read.inputs.is_empty() {
        return Err(said!("`{name}` holds no document", "`{name}` ne contient aucun document"));
    }
    Ok(State { name, inputs: read.inputs })
}

/// A file with what stands around it in its workspace, without the file that it is compared with.
fn of_file(file: &Path, other: &Path) -> Result<State, Said> {
    let folder = root_of(file);
    let canonical = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let (own, other) = (canonical(file), canonical(other));
    let base = canonical(&folder);
    let mut inputs = Vec::new();
    // Outside a workspace a file stands alone: its neighbours may be anything.
    if base.join("epure.yaml").is_file() {
        inputs = on_disk(&folder)?.inputs;
        inputs.retain(|input| base.join(&input.path) != other && base.join(&input.path) != own);
    }
    let name = file.display().to_string();
    match std::fs::read(file) {
        Ok(bytes) => inputs.push(Input { path: "compared.yaml".to_owned(), bytes }),
        Err(error) => {
            let error = error.to_string();
            return Err(said!("`{name}` cannot be read: {error}", "`{name}` ne peut pas être lu : {error}"));
        }
    }
    Ok(State { name, inputs })
}

fn root_of(file: &Path) -> PathBuf {
    let absolute = file.canonicalize().unwrap_or_else(|_| file.to_path_buf());
    let root = absolute.ancestors().skip(1).find(|folder| folder.join("epure.yaml").is_file());
    root.or(absolute.parent()).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// What lies on the disk and is in no commit, where the newest commit is compared.
fn uncommitted(repository: &Repository, workspace: &Path, to: &str, inputs: &[Input], from: &str) -> Option<Said> {
    if repository.commit("HEAD").ok()? != to {
        return None;
    }
    let disk = read_folder(workspace, None).inputs;
    let differs = |input: &&Input| inputs.iter().all(|other| other.path != input.path || other.bytes != input.bytes);
    let changed = disk.iter().filter(differs).count();
    let gone = inputs.iter().filter(|input| disk.iter().all(|other| other.path != input.path)).count();
    (changed + gone > 0).then(|| {
        said!(
            "{n} files on the disk are not as committed, and are left out; `epure diff {from}` compares with the disk",
            "{n} fichiers sur le disque ne sont pas tels que validés, et sont laissés de côté ; `epure diff {from}` compare avec le disque",
            n = changed + gone
        )
    })
}
