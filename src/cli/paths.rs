//! What `check` is given: folders, files and standard input, of épure's own documents or of others'.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::files::{MAX_DEPTH, is_manifest};
use crate::design::Input;
use crate::said;
use crate::source::{Diagnostic, MAX_BYTES, Said, Severity, Sources, Span};

/// Files that were read, and those that could not be.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The files, by the paths under which they are shown.
    pub inputs: Vec<Input>,
    /// What could not be read, with its code and reason.
    pub unreadable: Vec<(String, &'static str, Said)>,
}

/// Reads every path: folders with all below them, files whatever they are called, `-` for standard
/// input. Links that lead out of a given folder are passed over.
pub fn gather(paths: &[PathBuf]) -> Gathered {
    let mut gathered = Gathered::default();
    for path in paths {
        if path.as_os_str() == "-" {
            gathered.standard_input();
            continue;
        }
        let shown = shown(path);
        match fs::metadata(path) {
            Err(error) => gathered.refuse(shown, &error),
            Ok(meta) if meta.is_dir() => {
                let inside = path.canonicalize().unwrap_or_else(|_| path.clone());
                let prefix = if shown == "." { String::new() } else { shown };
                gathered.walk(path, &inside, &prefix, 0);
            }
            Ok(_) => gathered.file(path, shown),
        }
    }
    gathered.inputs.sort_by(|a, b| a.path.cmp(&b.path));
    gathered.inputs.dedup_by(|a, b| a.path == b.path);
    gathered
}

/// A path as it is shown: with `/` on every system, without `./` before or `/` behind it.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let text = text.trim_end_matches('/');
    let text = text.strip_prefix("./").unwrap_or(text);
    if text.is_empty() { "/".to_owned() } else { text.to_owned() }
}

impl Gathered {
    fn refuse(&mut self, path: String, error: &io::Error) {
        let error = error.to_string();
        self.unreadable.push((
            path,
            "manifest/unreadable",
            said!("this cannot be read: {error}", "ceci ne peut pas être lu : {error}"),
        ));
    }

    fn walk(&mut self, dir: &Path, inside: &Path, prefix: &str, depth: usize) {
        let entries = match fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(error) => return self.refuse(prefix.to_owned(), &error),
        };
        let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else { continue };
            let Ok(meta) = path.symlink_metadata() else { continue };
            let hidden = name.starts_with('.');
            let relative = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if meta.is_symlink() {
                // A link to a file within is read as what it leads to; one to a folder could go in circles.
                let target = path.canonicalize().ok().filter(|target| target.starts_with(inside));
                if !hidden && is_manifest(&path) && target.is_some_and(|target| target.is_file()) {
                    self.file(&path, relative);
                }
            } else if meta.is_dir() {
                if depth < MAX_DEPTH && !hidden {
                    self.walk(&path, inside, &relative, depth + 1);
                }
            } else if meta.is_file() && !hidden && is_manifest(&path) {
                self.file(&path, relative);
            }
        }
    }

    fn file(&mut self, path: &Path, shown: String) {
        match fs::metadata(path) {
            Ok(meta) if meta.len() > MAX_BYTES as u64 => self.too_large(shown),
            Ok(meta) if !meta.is_file() => {
                self.unreadable.push((
                    shown,
                    "manifest/unreadable",
                    said!("this is no file", "ceci n’est pas un fichier"),
                ));
            }
            Ok(_) => match fs::read(path) {
                Ok(bytes) => self.take(shown, bytes),
                Err(error) => self.refuse(shown, &error),
            },
            Err(error) => self.refuse(shown, &error),
        }
    }

    fn standard_input(&mut self) {
        let mut bytes = Vec::new();
        // One byte more than is read tells that there is more, without ever holding it all.
        match io::stdin().lock().take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() > MAX_BYTES => self.too_large("stdin".to_owned()),
            Ok(_) => self.take("stdin".to_owned(), bytes),
            Err(error) => self.refuse("stdin".to_owned(), &error),
        }
    }

    fn take(&mut self, path: String, bytes: Vec<u8>) {
        // A byte that no text has tells a binary file, which is not to be copied about.
        if bytes.iter().take(8192).any(|byte| *byte == 0) {
            self.unreadable.push((
                path,
                "syntax/utf-8",
                said!("this is a binary file, not text", "ceci est un fichier binaire, pas du texte"),
            ));
        } else {
            self.inputs.push(Input { path, bytes });
        }
    }

    fn too_large(&mut self, path: String) {
        let message = said!(
            "this file is larger than {mib} MiB and was not read",
            "ce fichier dépasse {mib} Mio et n’a pas été lu",
            mib = MAX_BYTES >> 20
        );
        self.unreadable.push((path, "syntax/too-large", message));
    }
}

/// Whether a folder holds a document of épure's own, told by the first lines of each file.
pub fn any_own(folder: &Path) -> bool {
    let mut open = vec![(folder.to_path_buf(), 0)];
    while let Some((dir, depth)) = open.pop() {
        for entry in fs::read_dir(dir).into_iter().flatten().filter_map(Result::ok) {
            let path = entry.path();
            let Ok(kind) = entry.file_type() else { continue };
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if hidden || kind.is_symlink() {
                continue;
            }
            if kind.is_dir() && depth < MAX_DEPTH {
                open.push((path, depth + 1));
            } else if kind.is_file() && (is_manifest(&path) || path.extension().is_some_and(|ext| ext == "md")) {
                let mut start = Vec::new();
                let read = fs::File::open(&path).map(|file| file.take(2048).read_to_end(&mut start));
                if read.is_ok() && is_own(&String::from_utf8_lossy(&start)) {
                    return true;
                }
            }
        }
    }
    false
}

fn is_own(text: &str) -> bool {
    let word = text.lines().find_map(|line| line.strip_prefix("kind:"));
    let word = word.map(|word| word.trim().trim_matches(['"', '\'']));
    matches!(word, Some("stack" | "design" | "comparison" | "scenario" | "report"))
}

/// What could not be read, as diagnostics at the files' own paths.
pub fn refused(unreadable: Vec<(String, &'static str, Said)>, sources: &mut Sources) -> Vec<Diagnostic> {
    let said = |(path, code, message): (String, &'static str, Said)| {
        let file = sources.add(path, "");
        Diagnostic::error(code, Span { file, start: 0, end: 0 }, message).severity(Severity::Error)
    };
    unreadable.into_iter().map(said).collect()
}
