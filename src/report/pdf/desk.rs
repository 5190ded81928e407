//! The desk at which Typst sets a document: its source, its pictures, its fonts, and nothing else of
//! the machine. There is no clock either, so that the same input gives the same bytes.

use std::path::Path;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Smart};
use typst::layout::PagedDocument;
use typst::syntax::{FileId, Source, VirtualPath};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::written::{COLOURS, Document, LOOK};
use crate::report::Site;
use crate::report::html::TemplateProblem;
use crate::said;

/// The fonts of the site; the serif and the monospace of paper come with Typst.
const INTER: [&[u8]; 2] = [
    include_bytes!("../../../templates/fonts/inter-400.ttf"),
    include_bytes!("../../../templates/fonts/inter-600.ttf"),
];

struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Source,
    look: Source,
    colours: Source,
    files: Vec<(String, Bytes)>,
}

/// Sets a document, as accessible as PDF/UA-1 asks. `ident` is what stays the same when it is set again.
pub(super) fn set(site: &Site, document: &Document, ident: &str) -> Result<Vec<u8>, TemplateProblem> {
    let desk = Desk::new(document);
    let problem = |errors: &[SourceDiagnostic]| desk.problem(site, errors);
    let set = ::typst::compile::<PagedDocument>(&desk).output.map_err(|errors| problem(&errors))?;
    let write = |standards: &[PdfStandard]| {
        let standards = PdfStandards::new(standards).unwrap_or_default();
        typst_pdf::pdf(&set, &PdfOptions { ident: Smart::Custom(ident), standards, ..PdfOptions::default() })
    };
    // A character that none of the fonts has is no reason to write nothing: the rest is as accessible as before.
    let written = write(&[PdfStandard::V_1_7, PdfStandard::Ua_1]).or_else(|_| write(&[PdfStandard::V_1_7]));
    written.map_err(|errors| problem(&errors))
}

impl Desk {
    fn new(document: &Document) -> Desk {
        let all = INTER.into_iter().chain(typst_assets::fonts());
        let fonts: Vec<Font> = all.flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
        let source = |name: &str, text: &str| Source::new(FileId::new(None, VirtualPath::new(name)), text.to_owned());
        Desk {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: source("main.typ", &document.text),
            look: source(LOOK, &document.look),
            colours: source(COLOURS, &document.colours),
            files: document.files.iter().map(|(path, bytes)| (path.clone(), Bytes::new(bytes.clone()))).collect(),
        }
    }

    /// What Typst says, with its place where that is in the workspace's own template.
    fn problem(&self, site: &Site, errors: &[SourceDiagnostic]) -> TemplateProblem {
        let text = errors.iter().map(|error| error.message.to_string()).collect::<Vec<_>>().join("; ");
        let of_look = |error: &&SourceDiagnostic| error.span.id() == Some(self.look.id());
        let at = errors.iter().find(of_look).and_then(|error| self.range(error.span));
        let template = site.templates.get_key_value(LOOK).map(|(name, _)| name.clone()).filter(|_| at.is_some());
        TemplateProblem {
            template,
            place: at,
            message: said!("the PDF cannot be set: {text}", "le PDF ne peut pas être composé : {text}"),
        }
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.main, &self.look, &self.colours]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(|| FileError::NotFound(id.vpath().as_rootless_path().to_path_buf()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let wanted = id.vpath().as_rootless_path();
        let found = self.files.iter().find(|(path, _)| Path::new(path) == wanted);
        found.map(|(_, bytes)| bytes.clone()).ok_or_else(|| FileError::NotFound(wanted.to_path_buf()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<i64>) -> Option<Datetime> {
        None
    }
}
