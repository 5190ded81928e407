//! What a build remembers of its pages, so that the next one makes only those anew of which
//! something changed.
//!
//! `.epure/cache` is derived from the input alone, like every other file of the folder, and its loss
//! costs nothing but time. A page is believed to be current where its fingerprint is, and where none
//! of its files was touched since the cache was written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// The file in the output folder.
pub const FILE: &str = ".epure/cache";

/// Before the lines of plain reports; no number starts so.
const PLAIN: &str = "plain\t";

/// What is known of the pages, by ids such as `fr/lab`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cache {
    /// The program and its settings: what another one made is not believed.
    pub program: String,
    /// The pages.
    pub pages: BTreeMap<String, Known>,
    /// Reports, by their files, whose page is their text, with what that depends on.
    pub plain: BTreeMap<String, u64>,
}

/// What is known of a page that was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// What its files depend on.
    pub fingerprint: u64,
    /// What the search finds of it, on one line; empty where no site was made.
    pub found: String,
    /// Its files.
    pub files: Vec<String>,
}

/// A cache as it was found.
#[derive(Debug, Clone, Default)]
pub struct Remembered {
    cache: Cache,
    written: Option<SystemTime>,
}

impl Cache {
    /// As it is written.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.program);
        for (page, Known { fingerprint, found, files }) in &self.pages {
            let _ = writeln!(text, "{fingerprint:016x}\t{page}\t{found}\t{}", files.join("\t"));
        }
        for (file, depends) in &self.plain {
            let _ = writeln!(text, "{PLAIN}{depends:016x}\t{file}");
        }
        text
    }
}

impl Remembered {
    pub(super) fn read(out: &Path, program: &str) -> Remembered {
        let file = out.join(FILE);
        let Ok(text) = fs::read_to_string(&file) else { return Remembered::default() };
        let mut lines = text.lines();
        if lines.next() != Some(program) {
            return Remembered::default();
        }
        let plain = |line: &str| {
            let (depends, file) = line.split_once('\t')?;
            Some((file.to_owned(), u64::from_str_radix(depends, 16).ok()?))
        };
        let page = |line: &str| {
            let mut parts = line.split('\t');
            let fingerprint = u64::from_str_radix(parts.next()?, 16).ok()?;
            let (page, found) = (parts.next()?.to_owned(), parts.next()?.to_owned());
            Some((page, Known { fingerprint, found, files: parts.map(str::to_owned).collect() }))
        };
        let mut cache = Cache { program: program.to_owned(), ..Cache::default() };
        for line in lines {
            match line.strip_prefix(PLAIN) {
                Some(line) => cache.plain.extend(plain(line)),
                None => cache.pages.extend(page(line)),
            }
        }
        Remembered { cache, written: fs::metadata(file).and_then(|meta| meta.modified()).ok() }
    }

    /// The reports that are known to be plain and depend on the same as before.
    pub fn plain(&self, now: &BTreeMap<String, u64>) -> BTreeSet<String> {
        let same = |(file, depends): &(&String, &u64)| self.cache.plain.get(*file) == Some(depends);
        now.iter().filter(same).map(|(file, _)| file.clone()).collect()
    }

    /// What is known of a page, if its files need not be made again.
    pub fn current(&self, out: &Path, page: &str, fingerprint: u64) -> Option<&Known> {
        let written = self.written?;
        let known = self.cache.pages.get(page)?;
        let untouched = |file: &String| {
            fs::symlink_metadata(out.join(file))
                .is_ok_and(|meta| meta.is_file() && meta.modified().is_ok_and(|changed| changed <= written))
        };
        (known.fingerprint == fingerprint && known.files.iter().all(untouched)).then_some(known)
    }
}
