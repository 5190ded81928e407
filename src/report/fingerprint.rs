//! What a page's files depend on, as a number: where it is the same, so are the files.

use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;

use super::{Page, Part, Site};
use crate::figure::{Body, Cell, Column, Facts, Figure, Row, Table};

/// The fingerprint of every page that was made, by its id.
///
/// A page's files are made of the page itself and of what it shows of the site: its neighbours'
/// titles, languages and places, the templates, the images. Whatever else a template is given of
/// other pages belongs into [`frame`].
pub fn fingerprints(site: &Site) -> BTreeMap<String, u64> {
    let frame = frame(site);
    let made = site.pages.par_iter().filter(|page| page.glimpse.is_none());
    made.map(|page| (page.id(), fingerprint(site, page, frame))).collect()
}

/// What all pages have in common.
pub fn frame(site: &Site) -> u64 {
    let mut hash = DefaultHasher::new();
    (&site.title, &site.languages, &site.as_of, &site.templates).hash(&mut hash);
    for (path, bytes) in &site.assets {
        (path, bytes.len()).hash(&mut hash);
    }
    let _ = write!(Hashed(&mut hash), "{:?}", site.settings);
    for (path, _) in &site.sources {
        path.hash(&mut hash);
    }
    for page in site.pages.iter().chain(&site.extras) {
        (&page.slug, page.lang, page.kind, &page.title, &page.subtitle).hash(&mut hash);
        (&page.other_languages, &page.source_file).hash(&mut hash);
    }
    hash.finish()
}

fn fingerprint(site: &Site, page: &Page, frame: u64) -> u64 {
    let mut hash = DefaultHasher::new();
    (frame, &page.slug, page.lang, page.kind, &page.title, &page.subtitle, &page.as_of).hash(&mut hash);
    (&page.other_languages, &page.source_file, &page.authors).hash(&mut hash);
    let found: Vec<_> = site.found.iter().filter(|found| found.design == page.document).collect();
    let _ = write!(Hashed(&mut hash), "{:?} {:?} {found:?}", page.stated, page.replay);
    for part in &page.parts {
        match part {
            Part::Prose(text) => text.hash(&mut hash),
            Part::Figure(shown) => figure(shown, &mut hash),
        }
    }
    hash.finish()
}

/// Every field is named, so that one more cannot be forgotten.
fn figure(shown: &Figure, hash: &mut DefaultHasher) {
    let Figure { id, title, answer, note, cartouche, body, facts } = shown;
    (id, title, answer, note, cartouche, facts).hash(hash);
    let table = match body {
        Body::Table(table) => table,
        // Its form for programmers names every field, and is hashed as it is written.
        Body::Drawing(drawing) => {
            let _ = write!(Hashed(hash), "{drawing:?}");
            return;
        }
    };
    let Table { columns, rows, empty } = table;
    empty.hash(hash);
    for Column { title, numeric } in columns {
        (title, numeric).hash(hash);
    }
    for Row { cells } in rows {
        cells.len().hash(hash);
        let mut last: Option<&Facts> = None;
        for Cell { value, derivation, mark, sources, facts } in cells {
            (value, derivation, mark, sources).hash(hash);
            // The cells of a row share their facts, and so does what is hashed of them.
            if !last.is_some_and(|last| last.shared_with(facts)) {
                facts.hash(hash);
            }
            last = Some(facts);
        }
    }
}

struct Hashed<'a>(&'a mut DefaultHasher);

impl Write for Hashed<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write(text.as_bytes());
        Ok(())
    }
}
