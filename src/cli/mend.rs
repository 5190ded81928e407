//! Fixes: shown as a diff, applied whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;

use super::files::write_whole;
use super::locate::{Opened, fail};
use super::{Exit, Terminal};
use crate::said;
use crate::source::{Diagnostic, Edit, FileId, Fix, Said, Show, Sources, State, apply, read, unified};

/// Shows every safe fix as a diff and, where that is asked for, writes it. `Ok(true)` where something
/// was written; `Err` once the reason why not has been said.
pub(super) fn mend(
    found: &[Diagnostic],
    opened: &Opened,
    write: bool,
    for_people: bool,
    terminal: &mut Terminal<'_>,
) -> io::Result<Result<bool, Exit>> {
    let (edits, skipped) = edits(found, &opened.workspace.sources);
    // A copy in which every credential that a fix moves is hidden, wherever the line is shown.
    let mut sources = opened.workspace.sources.clone();
    let fixes = found.iter().filter_map(|diagnostic| diagnostic.fix.as_ref());
    fixes.flat_map(|fix| &fix.hidden).for_each(|span| sources.hide(*span));
    let sources = &sources;
    let mut mended: Vec<(PathBuf, String, String)> = Vec::new();
    for (file, edits) in &edits {
        let source = sources.file(*file);
        let edits: Vec<&Edit> = edits.iter().collect();
        let path = opened.root.join(&source.path);
        // What came from standard input stands nowhere.
        let Some(text) = apply(&source.text, &edits).ok().filter(|_| path.is_file()) else { continue };
        // Where results go to a program, the diff does not stand among them.
        let stream = if for_people { &mut *terminal.out } else { &mut *terminal.err };
        write!(stream, "{}", unified(sources, *file, &edits))?;
        mended.push((path, source.text.clone(), text));
    }
    for path in skipped {
        let message = said!(
            "`{path}` is not mended: it cannot be read as it is",
            "`{path}` n’est pas corrigé : il ne se lit pas tel quel"
        );
        writeln!(terminal.err, "{}", message.show(opened.lang))?;
    }
    if mended.is_empty() {
        let message = said!("nothing here can be mended safely", "rien ici ne se corrige sans risque");
        writeln!(terminal.err, "{}", message.show(opened.lang))?;
        return Ok(Ok(false));
    }
    if for_people {
        writeln!(terminal.out)?;
    }
    if !write {
        return Ok(Ok(false));
    }
    match write_all(&mended) {
        Ok(()) => {
            let message = if mended.len() == 1 {
                said!("1 file mended", "1 fichier corrigé")
            } else {
                said!("{n} files mended", "{n} fichiers corrigés", n = mended.len())
            };
            writeln!(terminal.err, "{}", message.show(opened.lang))?;
            Ok(Ok(true))
        }
        Err(message) => {
            fail(terminal, opened.lang, &message)?;
            Ok(Err(Exit::Unusable))
        }
    }
}

/// The edits of every safe fix by file, and the files that are broken and so left alone. A fix whose
/// edits do not go together with those before it waits for the next run.
fn edits(found: &[Diagnostic], sources: &Sources) -> (BTreeMap<FileId, Vec<Edit>>, Vec<String>) {
    let mut chosen: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    let mut broken: BTreeMap<FileId, bool> = BTreeMap::new();
    let fixes = found.iter().filter(|diagnostic| diagnostic.state != State::Waived);
    for fix in fixes.filter_map(|diagnostic| diagnostic.fix.as_ref()).filter(|fix| fix.safe) {
        let files: Vec<FileId> = fix.edits.iter().map(|edit| edit.span.file).collect();
        let sound = files.iter().all(|file| !*broken.entry(*file).or_insert_with(|| is_broken(sources, *file)));
        if sound && goes_together(fix, &chosen, sources) {
            for edit in &fix.edits {
                let edits = chosen.entry(edit.span.file).or_default();
                if !edits.contains(edit) {
                    edits.push(edit.clone());
                }
            }
        }
    }
    let skipped = broken.into_iter().filter(|(_, broken)| *broken);
    (chosen, skipped.map(|(file, _)| sources.file(file).path.clone()).collect())
}

fn is_broken(sources: &Sources, file: FileId) -> bool {
    let (documents, diagnostics) = read(sources, file);
    !diagnostics.is_empty() || documents.iter().any(|document| document.broken)
}

/// Whether a fix can be applied after those that are chosen, and leaves each file one that can be read.
fn goes_together(fix: &Fix, chosen: &BTreeMap<FileId, Vec<Edit>>, sources: &Sources) -> bool {
    let mut files: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for edit in &fix.edits {
        files.entry(edit.span.file).or_default().push(edit);
    }
    files.iter().all(|(file, edits)| {
        let mut all: Vec<&Edit> = chosen.get(file).map(|edits| edits.iter().collect()).unwrap_or_default();
        all.extend(edits);
        let Ok(text) = apply(&sources.file(*file).text, &all) else { return false };
        let mut after = Sources::default();
        let file = after.add(sources.file(*file).path.clone(), text);
        !is_broken(&after, file)
    })
}

/// Writes every file, or none: what has changed since it was read stops all of it.
fn write_all(mended: &[(PathBuf, String, String)]) -> Result<(), Said> {
    for (path, before, _) in mended {
        if !fs::read(path).is_ok_and(|bytes| bytes == before.as_bytes()) {
            let path = path.display().to_string();
            return Err(said!(
                "`{path}` has changed since it was read; nothing was written",
                "`{path}` a changé depuis sa lecture ; rien n’a été écrit"
            ));
        }
    }
    for (i, (path, _, after)) in mended.iter().enumerate() {
        // A link stays a link: what it leads to is written.
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        let mode = fs::metadata(&real).map(|meta| meta.permissions());
        if let Err(error) = write_whole(&real, after.as_bytes()) {
            for (path, before, _) in &mended[..i] {
                let _ = write_whole(&path.canonicalize().unwrap_or_else(|_| path.clone()), before.as_bytes());
            }
            let (path, error) = (path.display().to_string(), error.to_string());
            return Err(said!("`{path}` cannot be written: {error}", "`{path}` ne peut pas être écrit : {error}"));
        }
        if let Ok(mode) = mode {
            let _ = fs::set_permissions(&real, mode);
        }
    }
    Ok(())
}
