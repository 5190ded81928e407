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

use crate::report::Glimpse;

/// The file in the output folder.
pub const FILE: &str = ".epure/cache";

/// Before the lines of plain reports; no number starts so, nor with the words of the others.
const PLAIN: &str = "plain\t";
/// Before the line of what all pages have in common.
const FRAME: &str = "frame\t";
/// Before the lines of documents' pages.
const MADE: &str = "made\t";

/// What is known of the pages, by ids such as `fr/lab`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cache {
    /// The program and its settings: what another one made is not believed.
    pub program: String,
    /// The pages.
    pub pages: BTreeMap<String, Known>,
    /// Reports, by their files, whose page is their text, with what that depends on.
    pub plain: BTreeMap<String, u64>,
    /// What all pages have in common.
    pub frame: u64,
    /// Documents' pages, by [`crate::report::key`].
    pub made: BTreeMap<String, Made>,
}

/// What is known of a document's page before anything is worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What it was made from.
    pub inputs: u64,
    /// Its id.
    pub page: String,
    /// What the rest of the site shows of it.
    pub glimpse: Glimpse,
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
        let _ = writeln!(text, "{FRAME}{:016x}", self.frame);
        for (key, Made { inputs, page, glimpse }) in &self.made {
            if let Ok(glimpse) = serde_json::to_string(glimpse) {
                let _ = writeln!(text, "{MADE}{inputs:016x}\t{key}\t{page}\t{glimpse}");
            }
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
        let made = |line: &str| {
            let mut parts = line.splitn(4, '\t');
            let inputs = u64::from_str_radix(parts.next()?, 16).ok()?;
            let (key, page) = (parts.next()?.to_owned(), parts.next()?.to_owned());
            Some((key, Made { inputs, page, glimpse: serde_json::from_str(parts.next()?).ok()? }))
        };
        let page = |line: &str| {
            let mut parts = line.split('\t');
            let fingerprint = u64::from_str_radix(parts.next()?, 16).ok()?;
            let (page, found) = (parts.next()?.to_owned(), parts.next()?.to_owned());
            Some((page, Known { fingerprint, found, files: parts.map(str::to_owned).collect() }))
        };
        let mut cache = Cache { program: program.to_owned(), ..Cache::default() };
        for line in lines {
            if let Some(line) = line.strip_prefix(PLAIN) {
                cache.plain.extend(plain(line));
            } else if let Some(line) = line.strip_prefix(MADE) {
                cache.made.extend(made(line));
            } else if let Some(number) = line.strip_prefix(FRAME) {
                cache.frame = u64::from_str_radix(number, 16).unwrap_or_default();
            } else {
                cache.pages.extend(page(line));
            }
        }
        Remembered { cache, written: fs::metadata(file).and_then(|meta| meta.modified()).ok() }
    }

    /// The reports that are known to be plain and depend on the same as before.
    pub fn plain(&self, now: &BTreeMap<String, u64>) -> BTreeSet<String> {
        let same = |(file, depends): &(&String, &u64)| self.cache.plain.get(*file) == Some(depends);
        now.iter().filter(same).map(|(file, _)| file.clone()).collect()
    }

    /// What all pages had in common.
    pub fn frame(&self) -> u64 {
        self.cache.frame
    }

    /// What the rest of a site shows of the documents' pages that are made from the same as before, and
    /// whose files are as they were left and whose line for the search can be read.
    pub fn standing(
        &self,
        out: &Path,
        now: &BTreeMap<String, u64>,
        is_found: impl Fn(&str) -> bool,
    ) -> BTreeMap<String, Glimpse> {
        let same = |(key, inputs): (&String, &u64)| {
            let made = self.cache.made.get(key).filter(|made| made.inputs == *inputs)?;
            let known = self.untouched(out, &made.page).filter(|known| is_found(&known.found));
            known.map(|_| (key.clone(), made.glimpse.clone()))
        };
        now.iter().filter_map(same).collect()
    }

    /// What is known of a page, if its files need not be made again.
    pub fn current(&self, out: &Path, page: &str, fingerprint: u64) -> Option<&Known> {
        self.untouched(out, page).filter(|known| known.fingerprint == fingerprint)
    }

    /// What is known of a page.
    pub fn page(&self, page: &str) -> Option<&Known> {
        self.cache.pages.get(page)
    }

    /// What is known of a page, if none of its files was touched since.
    fn untouched(&self, out: &Path, page: &str) -> Option<&Known> {
        let written = self.written?;
        let known = self.cache.pages.get(page)?;
        let untouched = |file: &String| {
            fs::symlink_metadata(out.join(file))
                .is_ok_and(|meta| meta.is_file() && meta.modified().is_ok_and(|changed| changed <= written))
        };
        known.files.iter().all(untouched).then_some(known)
    }
}
