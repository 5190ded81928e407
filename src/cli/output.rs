//! The output folder: what in it is ours, and how a build replaces it, whole or not at all.
//!
//! `.epure/manifest` in the folder lists every file that épure wrote. A build removes only what is
//! listed there and is no longer made; everything else in the folder is somebody else's and stays.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::files::write_whole;
use crate::report::Output;

mod cache;
mod in_place;
mod swap;

pub use cache::{Cache, Known, Made, Remembered};

/// The folder in the output folder in which épure keeps its own accounts.
pub const ACCOUNTS: &str = ".epure";
/// The list of what is ours.
pub const MANIFEST: &str = ".epure/manifest";
/// What it starts with.
const HEAD: &str = "# What épure wrote here. A build removes nothing that is not listed.\n";
/// Up to so many changed files are renamed one after the other, which takes less time than a reader
/// could notice; for more, the folder is replaced as a whole.
const FEW: usize = 8;

/// An output folder that may be written to.
#[derive(Debug)]
pub struct OutputFolder {
    path: PathBuf,
    ours: BTreeSet<String>,
}

/// Why a build does not write.
#[derive(Debug)]
pub enum Refused {
    /// The folder holds files and no manifest of ours.
    NotOurs,
    /// It is a file.
    NoFolder,
    /// Files that are not ours stand where some are to be written.
    InTheWay(Vec<String>),
    /// What the system said, and of which path.
    System(PathBuf, io::Error),
}

/// What a build did to the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// How many files are new or other than before.
    pub changed: usize,
    /// How many files of ours are gone.
    pub removed: usize,
}

impl OutputFolder {
    /// Looks at a folder: it must not exist yet, be empty, or be one that épure wrote.
    pub fn open(path: &Path) -> Result<OutputFolder, Refused> {
        // A link to a folder stays a link: what it leads to is replaced.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        swap::sweep(&path);
        let mut ours = BTreeSet::new();
        match fs::read_to_string(path.join(MANIFEST)) {
            Ok(text) => {
                let listed = text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'));
                ours.extend(listed.filter(|line| is_plain(line)).map(str::to_owned));
            }
            Err(_) if path.is_dir() => {
                let entries = fs::read_dir(&path).map_err(|error| Refused::System(path.clone(), error))?;
                // A `.git` or `.gitignore` prepares a folder for us; anything else is somebody's work.
                let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
                if entries.filter_map(Result::ok).any(|entry| !hidden(&entry.file_name())) {
                    return Err(Refused::NotOurs);
                }
            }
            Err(_) if path.exists() => return Err(Refused::NoFolder),
            Err(_) => {}
        }
        Ok(OutputFolder { path, ours })
    }

    /// What was written there before.
    pub fn ours(&self) -> &BTreeSet<String> {
        &self.ours
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What an earlier build remembered of its pages, for a program and its settings.
    pub fn remembered(&self, program: &str) -> Remembered {
        Remembered::read(&self.path, program)
    }

    /// Makes the folder hold `files`, and of what was ours before only `kept`. Whoever looks sees the
    /// old or the new folder; after an error it is the old one.
    pub fn replace(&self, files: &[Output], kept: &BTreeSet<String>, cache: &Cache) -> Result<Written, Refused> {
        let made: BTreeMap<&str, &[u8]> = files.iter().map(|file| (file.path.as_str(), &*file.bytes)).collect();
        let changed: BTreeMap<&str, &[u8]> =
            made.iter().filter(|(path, bytes)| !self.holds(path, bytes)).map(|(path, bytes)| (*path, *bytes)).collect();
        let in_the_way: Vec<String> = changed
            .keys()
            .filter(|path| !self.ours.contains(**path) && self.path.join(path).symlink_metadata().is_ok())
            .map(|path| (*path).to_owned())
            .collect();
        if !in_the_way.is_empty() {
            return Err(Refused::InTheWay(in_the_way));
        }
        let listed: BTreeSet<&str> = made.keys().copied().chain(kept.iter().map(String::as_str)).collect();
        let stale: BTreeSet<&str> =
            self.ours.iter().map(String::as_str).filter(|path| !listed.contains(path) && self.has(path)).collect();
        let written = Written { changed: changed.len(), removed: stale.len() };
        let mut accounts: Vec<(&str, Vec<u8>)> = vec![
            (".epure/.gitignore", b"cache\n".to_vec()),
            (MANIFEST, manifest(&listed).into_bytes()),
            (cache::FILE, cache.text().into_bytes()),
        ];
        accounts.retain(|(path, bytes)| !self.holds(path, bytes));
        if changed.is_empty() && stale.is_empty() && accounts.is_empty() {
            return Ok(written);
        }
        let change = Change { out: &self.path, changed, stale, accounts };
        let many = change.changed.len() + change.stale.len() > FEW;
        let done = if many { swap::replace(&change) } else { None };
        let done = match done {
            Some(done) => done,
            None => {
                let everything: BTreeSet<&str> =
                    listed.iter().copied().chain(self.ours.iter().map(String::as_str)).collect();
                in_place::replace(&change, &manifest(&everything))
            }
        };
        done.map_err(|(path, error)| Refused::System(path, error))?;
        Ok(written)
    }

    fn has(&self, path: &str) -> bool {
        self.path.join(path).symlink_metadata().is_ok()
    }

    fn holds(&self, path: &str, bytes: &[u8]) -> bool {
        let file = self.path.join(path);
        // A length that differs spares the reading.
        file.symlink_metadata().is_ok_and(|meta| meta.is_file() && meta.len() == bytes.len() as u64)
            && fs::read(&file).is_ok_and(|old| old == bytes)
    }
}

/// What is to be done to a folder.
struct Change<'a> {
    out: &'a Path,
    changed: BTreeMap<&'a str, &'a [u8]>,
    stale: BTreeSet<&'a str>,
    accounts: Vec<(&'static str, Vec<u8>)>,
}

impl Change<'_> {
    /// Everything that is to be written, the accounts last.
    fn writes(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let accounts = self.accounts.iter().map(|(path, bytes)| (*path, bytes.as_slice()));
        self.changed.iter().map(|(path, bytes)| (*path, *bytes)).chain(accounts)
    }
}

/// A path and what the system said of it.
type Failed = (PathBuf, io::Error);

/// Writes a file and says of which one it was that the system complained.
fn put(file: &Path, bytes: &[u8]) -> Result<(), Failed> {
    write_whole(file, bytes).map(|_| ()).map_err(|error| (file.to_path_buf(), error))
}

fn manifest(listed: &BTreeSet<&str>) -> String {
    let mut text = HEAD.to_owned();
    for path in listed {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// Whether a path of a manifest stays within its folder: somebody may have written into it.
fn is_plain(path: &str) -> bool {
    let path = Path::new(path);
    path.components().all(|part| matches!(part, Component::Normal(_))) && !path.starts_with(ACCOUNTS)
}

#[cfg(test)]
mod tests;
