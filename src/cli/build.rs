//! `epure build`: the reports and the site, whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::locate::{Opened, Which, fail, open};
use super::output::{Cache, Known, Made, OutputFolder, Refused, Remembered};
use super::{Common, Exit, Terminal, human, theme};
use crate::report::html::TemplateProblem;
use crate::report::{self, Before, Glimpse, Kept, Output, Site};
use crate::said;
use crate::source::{Diagnostic, Lang, Said, Severity, Show, Sources, Span, State, nearest};

/// Build the reports and the site.
#[derive(Debug, Args)]
pub struct Build {
    #[command(flatten)]
    which: Which,
    /// Where to write.
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Which formats to write.
    #[arg(long, value_delimiter = ',', default_value = "markdown,html", value_parser = ["markdown", "html", "pdf"])]
    format: Vec<String>,
    /// With `--format pdf`: this page alone, whatever it is of, instead of every report.
    #[arg(long, value_name = "NAME", conflicts_with = "whole")]
    only: Option<String>,
    /// With `--format pdf`: also all pages of a language in one document.
    #[arg(long)]
    whole: bool,
    /// For which reader the Markdown is written.
    #[arg(long, value_name = "FLAVOR", default_value = "github", value_parser = report::markdown::flavors())]
    flavor: String,
}

impl Build {
    pub(super) fn run(&self, common: &Common, terminal: &mut Terminal<'_>) -> io::Result<Exit> {
        if cfg!(not(feature = "pdf")) && self.asks_for("pdf") {
            no_pdf(terminal, common.lang.unwrap_or(Lang::En))?;
            return Ok(Exit::Unusable);
        }
        let opened = match open(&self.which, Some(&self.out), common, terminal)? {
            Ok(opened) => opened,
            Err(exit) => return Ok(exit),
        };
        if let Some(message) = theme::unreadable(&opened.root) {
            fail(terminal, opened.lang, &message)?;
            return Ok(Exit::Unusable);
        }
        let folder = match OutputFolder::open(&self.out) {
            Ok(folder) => folder,
            Err(refused) => {
                fail(terminal, opened.lang, &because(&self.out, &refused))?;
                return Ok(Exit::Unusable);
            }
        };
        let scope = (self.only.as_deref().unwrap_or(""), self.whole);
        let program = format!("{} {} {} {scope:?}", program(), self.format.join(","), self.flavor);
        let remembered = folder.remembered(&program);
        let texts = report::texts(&opened.workspace);
        let mut before = Before { plain: remembered.plain(&texts), ..Before::default() };
        // A PDF is made of whole pages.
        let whole = self.asks_for("pdf");
        let inputs = if whole { BTreeMap::new() } else { report::inputs(&opened.workspace, opened.today) };
        let html = self.asks_for("html");
        let is_found = |found: &str| !html || report::html::is_found(found);
        before.pages = remembered.standing(folder.path(), &inputs, is_found);
        let assembled =
            |before: &Before| with_images(&opened, report::assemble_knowing(&opened.workspace, opened.today, before));
        let (mut site, mut problems) = assembled(&before);
        if !before.pages.is_empty() && report::frame(&site) != remembered.frame() {
            // What all pages have in common changed, so that none stands as it was.
            before.pages.clear();
            (site, problems) = assembled(&before);
        }
        for problem in &problems {
            writeln!(
                terminal.err,
                "{}\n",
                human::diagnostic(problem, &opened.workspace.sources, opened.lang, terminal.colour_err)
            )?;
        }
        let errors = errors(&problems);
        if errors > 0 {
            let message = if errors == 1 {
                said!("1 mistake: nothing was written", "1 erreur : rien n’a été écrit")
            } else {
                said!("{errors} mistakes: nothing was written", "{errors} erreurs : rien n’a été écrit")
            };
            fail(terminal, opened.lang, &message)?;
            return Ok(Exit::Unusable);
        }
        if let Some(unknown) = self.unknown_page(&site) {
            fail(terminal, opened.lang, &unknown)?;
            return Ok(Exit::Unusable);
        }
        let (mut cache, mut kept) = known(&mut site, &folder, &remembered, program, is_found);
        for page in &site.pages {
            let key = report::key(page.lang, page.kind, &page.document);
            if let Some(inputs) = inputs.get(&key) {
                cache.made.insert(key, Made { inputs: *inputs, page: page.id(), glimpse: Glimpse::of(page) });
            }
        }
        cache.plain = texts.into_iter().filter(|(file, _)| site.plain.contains(file)).collect();
        kept.extend(folder.ours().iter().filter(|path| !self.makes(path)).cloned());
        let outputs = match self.outputs(&opened, &site) {
            Ok(outputs) => outputs,
            Err(problem) => {
                writeln!(terminal.err, "{}\n", theme::told(&problem, &site, opened.lang, terminal.colour_err))?;
                fail(terminal, opened.lang, &said!("1 mistake: nothing was written", "1 erreur : rien n’a été écrit"))?;
                return Ok(Exit::Unusable);
            }
        };
        for output in outputs.iter().filter(|output| !output.page.is_empty()) {
            if let Some(known) = cache.pages.get_mut(&output.page) {
                known.files.push(output.path.clone());
                known.found.push_str(&output.found);
            }
        }
        let written = match folder.replace(&outputs, &kept, &cache) {
            Ok(written) => written,
            Err(refused) => {
                fail(terminal, opened.lang, &because(&self.out, &refused))?;
                return Ok(Exit::Unusable);
            }
        };
        let (pages, out) = (site.pages.len(), self.out.display().to_string());
        let mut message = said!(
            "{pages} {page} in {out}, {written} {file} changed",
            "{pages} {page} dans {out}, {written} {file}",
            pages = pages,
            page = Said::counted(pages, ["page", "pages"], ["page", "pages"]),
            out = out,
            written = written.changed,
            file = Said::counted(written.changed, ["file", "files"], ["fichier modifié", "fichiers modifiés"])
        );
        if written.removed > 0 {
            message = said!(
                "{message}, {removed} removed",
                "{message}, {removed} supprimés",
                message = message,
                removed = written.removed
            );
        }
        if self.asks_for("html") {
            let index = self.out.join("site/index.html").display().to_string();
            message = said!("{message}; open {index}", "{message} ; ouvrez {index}", message = message);
        }
        writeln!(terminal.out, "{}", message.show(opened.lang))?;
        // The system takes all of it back at once; giving it back piece by piece takes a tenth of the time.
        std::mem::forget((opened, site, outputs, cache));
        Ok(Exit::Good)
    }

    /// The files of the formats asked for.
    fn outputs(&self, opened: &Opened, site: &Site) -> Result<Vec<Output>, TemplateProblem> {
        let mut outputs: Vec<Output> = Vec::new();
        for format in &self.format {
            match format.as_str() {
                "markdown" => {
                    outputs.extend(report::markdown::files(site, &self.flavor));
                    outputs.extend(report::decisions::files(&opened.workspace, opened.today));
                }
                #[cfg(feature = "pdf")]
                "pdf" => {
                    let scope = match &self.only {
                        Some(name) => report::pdf::Scope::Only(name),
                        None if self.whole => report::pdf::Scope::Whole,
                        None => report::pdf::Scope::Reports,
                    };
                    outputs.extend(report::pdf::files(site, scope)?);
                }
                _ => outputs.extend(report::html::files(site)?),
            }
        }
        Ok(outputs)
    }

    fn asks_for(&self, format: &str) -> bool {
        self.format.iter().any(|asked| asked == format)
    }

    /// What is said where no page has the name that `--only` gives.
    fn unknown_page(&self, site: &Site) -> Option<Said> {
        let only = self.only.as_deref().filter(|only| site.pages.iter().all(|page| page.slug != *only))?;
        Some(match nearest(only, site.pages.iter().map(|page| page.slug.as_str())) {
            Some(near) => said!(
                "no page is called `{only}`; did you mean `{near}`?",
                "aucune page ne s’appelle `{only}` ; vouliez-vous dire `{near}` ?"
            ),
            None => said!("no page is called `{only}`", "aucune page ne s’appelle `{only}`"),
        })
    }

    /// Whether a file belongs to one of the formats asked for. Those of others are left as they are.
    fn makes(&self, path: &str) -> bool {
        let format = match path.split('/').next() {
            Some("site") => "html",
            // One page alone leaves the other documents as they are.
            Some("pdf") if self.only.is_some() => return false,
            Some("pdf") => "pdf",
            _ => "markdown",
        };
        self.asks_for(format)
    }
}

/// Says where a program without the feature is asked for a PDF which two ways lead to one.
fn no_pdf(terminal: &mut Terminal<'_>, lang: Lang) -> io::Result<()> {
    let mut sources = Sources::default();
    let (before, asked) = ("--format ", "pdf");
    let file = sources.add("epure build".to_owned(), format!("{before}{asked}\n"));
    let place = Span { file, start: before.len() as u32, end: (before.len() + asked.len()) as u32 };
    let message = said!("this épure was built without PDF", "cet épure a été compilé sans le PDF");
    let help = said!(
        "print a page of the site from a browser, which its style sheet is made for; or build épure with it: `cargo install --path . --features pdf`",
        "imprimez une page du site depuis un navigateur, sa feuille de style est faite pour ; ou compilez épure avec : `cargo install --path . --features pdf`"
    );
    let problem = Diagnostic::error("build/no-pdf", place, message).help(help);
    writeln!(terminal.err, "{}", human::diagnostic(&problem, &sources, lang, terminal.colour_err))
}

/// The site of a workspace with its images, and everything that is wrong, for whoever builds again and again.
pub(super) fn assembled_keeping(opened: &Opened, kept: &mut Kept) -> (Site, Vec<Diagnostic>) {
    with_images(opened, report::assemble_keeping(&opened.workspace, opened.today, kept))
}

fn with_images(opened: &Opened, (mut site, found): (Site, Vec<Diagnostic>)) -> (Site, Vec<Diagnostic>) {
    let mut problems = opened.diagnostics.clone();
    // Where documents are broken, a report that refers to them would only repeat it.
    if problems.is_empty() {
        problems.extend(found);
    }
    theme::read(&mut site, &opened.root);
    (site, problems)
}

/// How many mistakes keep a build from being written.
pub(super) fn errors(problems: &[Diagnostic]) -> usize {
    problems.iter().filter(|problem| problem.severity == Severity::Error && problem.state == State::Fail).count()
}

/// Marks the pages that need not be made again, and begins what the next build will remember; the
/// files of those pages stay.
fn known(
    site: &mut Site,
    folder: &OutputFolder,
    remembered: &Remembered,
    program: String,
    is_found: impl Fn(&str) -> bool + Sync,
) -> (Cache, BTreeSet<String>) {
    let mut cache = Cache { program, frame: report::frame(site), ..Cache::default() };
    let mut kept = BTreeSet::new();
    for page in site.pages.iter().filter(|page| page.glimpse.is_some()) {
        if let Some(known) = remembered.page(&page.id()) {
            kept.extend(known.files.iter().cloned());
            site.current.insert(page.id(), known.found.clone());
            cache.pages.insert(page.id(), known.clone());
        }
    }
    // Asking the system about thousands of files takes longer than anything else here.
    let fingerprints = report::fingerprints(site).into_par_iter().map(|(page, fingerprint)| {
        let current = remembered.current(folder.path(), &page, fingerprint).filter(|known| is_found(&known.found));
        (page, fingerprint, current)
    });
    for (page, fingerprint, current) in fingerprints.collect::<Vec<_>>() {
        let mut known = Known { fingerprint, ..Known::default() };
        if let Some(current) = current {
            kept.extend(current.files.iter().cloned());
            site.current.insert(page.clone(), current.found.clone());
            known = current.clone();
        }
        cache.pages.insert(page, known);
    }
    (cache, kept)
}

/// Which program this is: what another one made is made anew.
fn program() -> String {
    let stamp = std::env::current_exe().and_then(std::fs::metadata).ok().and_then(|meta| {
        let changed = meta.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(format!("{}-{}", meta.len(), changed.as_nanos()))
    });
    format!("épure {} {}", env!("CARGO_PKG_VERSION"), stamp.unwrap_or_default())
}

/// Why a folder is not written to.
fn because(out: &Path, refused: &Refused) -> Said {
    let shown = out.display().to_string();
    match refused {
        Refused::NotOurs => said!(
            "`{shown}` holds files that épure did not write; choose another folder with `--out`, or empty it",
            "`{shown}` contient des fichiers qu’épure n’a pas écrits ; choisissez un autre dossier avec `--out`, ou videz-le"
        ),
        Refused::NoFolder => said!("`{shown}` is not a folder", "`{shown}` n’est pas un dossier"),
        Refused::InTheWay(paths) => {
            let list = paths.iter().take(5).map(|path| format!("`{}`", out.join(path).display()));
            let list = list.collect::<Vec<_>>().join(", ");
            said!(
                "{list}: épure did not write this, and would overwrite it; move it away. Nothing was written",
                "{list} : épure ne l’a pas écrit et l’écraserait ; déplacez-le. Rien n’a été écrit"
            )
        }
        Refused::System(path, error) => {
            let (path, error) = (path.display().to_string(), error.to_string());
            said!("`{path}` cannot be written: {error}", "`{path}` ne peut pas être écrit : {error}")
        }
    }
}
