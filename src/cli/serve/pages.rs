//! The site in memory: only pages of which something changed are made again.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cli::output::Known;
use crate::report::{self, Kept, Site};
use crate::source::Said;

/// The files of the site by their path in it.
pub type Files = BTreeMap<String, Arc<[u8]>>;

/// What is kept from one build to the next.
#[derive(Default)]
pub struct Pages {
    /// What was worked out of the documents.
    pub kept: Kept,
    /// What is known of the pages, by their ids.
    known: BTreeMap<String, Known>,
    files: Files,
}

/// What a build did.
pub struct Made {
    /// How many files are new, other than before, or gone.
    pub changed: usize,
}

impl Pages {
    /// Makes the files of a site.
    ///
    /// # Errors
    /// What is wrong with a template of the workspace's own; the files stay as they were.
    pub fn make(&mut self, site: &mut Site) -> Result<Made, Said> {
        let fingerprints = report::fingerprints(site);
        let same = |(page, fingerprint): (&String, &u64)| {
            let known = self.known.get(page).filter(|known| known.fingerprint == *fingerprint)?;
            Some((page.clone(), known.found.clone()))
        };
        site.current = fingerprints.iter().filter_map(same).collect();
        let outputs = report::html::files(site).map_err(|problem| problem.message)?;
        let mut files = Files::new();
        let new = |fingerprint| Known { fingerprint, ..Known::default() };
        let mut known: BTreeMap<String, Known> =
            fingerprints.into_iter().map(|(page, fingerprint)| (page, new(fingerprint))).collect();
        for page in site.current.keys() {
            let Some(of_page) = self.known.get(page) else { continue };
            for path in &of_page.files {
                files.extend(self.files.get(path).map(|bytes| (path.clone(), Arc::clone(bytes))));
            }
            known.insert(page.clone(), of_page.clone());
        }
        for output in outputs {
            let path = output.path.strip_prefix("site/").unwrap_or(&output.path).to_owned();
            if let Some(page) = known.get_mut(&output.page) {
                page.files.push(path.clone());
                page.found.push_str(&output.found);
            }
            // The same bytes stay the same, so that nobody reloads for nothing.
            let old = self.files.get(&path).filter(|old| ***old == *output.bytes).map(Arc::clone);
            files.insert(path, old.unwrap_or_else(|| output.bytes.into()));
        }
        let changed = files.iter().filter(|(path, bytes)| self.files.get(*path) != Some(bytes)).count();
        let gone = self.files.keys().filter(|path| !files.contains_key(*path)).count();
        (self.files, self.known) = (files, known);
        Ok(Made { changed: changed + gone })
    }

    /// The files as they are now.
    pub fn files(&self) -> &Files {
        &self.files
    }
}
