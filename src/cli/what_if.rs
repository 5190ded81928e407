//! `--set`: a workspace with variants that are made up on the line.

use std::io;

use super::locate::{Opened, fail, hide_credentials};
use super::{Exit, Terminal, human};
use crate::design::what_if::{Setting, variant};
use crate::design::{Input, load};
use crate::said;
use crate::source::Said;

/// A base and the name of its variant.
pub(super) type Variant = (String, String);

/// The same workspace with a variant for every design that is set otherwise; `Err` once the reason
/// has been said. A path begins with a design's name where several are meant.
pub(super) fn apply(
    opened: Opened,
    designs: &[&str],
    sets: &[String],
    terminal: &mut Terminal<'_>,
) -> io::Result<Result<(Opened, Vec<Variant>), Exit>> {
    if sets.is_empty() {
        return Ok(Ok((opened, Vec::new())));
    }
    let mut wrong: Vec<Said> = Vec::new();
    let mut wanted: Vec<(String, Vec<Setting>)> = Vec::new();
    for text in sets {
        match Setting::parse(text).and_then(|setting| addressed(setting, designs)) {
            Ok((design, setting)) => match wanted.iter_mut().find(|(other, _)| *other == design) {
                Some((_, settings)) => settings.push(setting),
                None => wanted.push((design, vec![setting])),
            },
            Err(message) => wrong.push(message),
        }
    }
    let mut extra: Vec<Input> = Vec::new();
    let mut variants: Vec<Variant> = Vec::new();
    for (design, settings) in &wanted {
        match variant(&opened.workspace, design, settings) {
            Ok((input, name)) => {
                extra.push(input);
                variants.push((design.clone(), name));
            }
            Err(found) => wrong.extend(found),
        }
    }
    for message in &wrong {
        fail(terminal, opened.lang, message)?;
    }
    if !wrong.is_empty() {
        return Ok(Err(Exit::Unusable));
    }
    let sources = opened.workspace.sources.iter();
    let mut inputs: Vec<Input> =
        sources.map(|(_, file)| Input { path: file.path.clone(), bytes: file.text.clone().into_bytes() }).collect();
    let lines: Vec<String> = extra.iter().map(|input| input.path.clone()).collect();
    inputs.extend(extra);
    let (mut workspace, diagnostics) = load(&inputs);
    let ours: Vec<_> = diagnostics
        .iter()
        .filter(|diagnostic| lines.contains(&workspace.sources.file(diagnostic.primary.span.file).path))
        .collect();
    for diagnostic in &ours {
        let text = human::diagnostic(diagnostic, &workspace.sources, opened.lang, terminal.colour_err);
        writeln!(terminal.err, "{text}\n")?;
    }
    if !ours.is_empty() {
        return Ok(Err(Exit::Unusable));
    }
    hide_credentials(&mut workspace, opened.today);
    Ok(Ok((Opened { workspace, diagnostics, ..opened }, variants)))
}

/// Which design a setting is meant for, and the path within it.
fn addressed(setting: Setting, designs: &[&str]) -> Result<(String, Setting), Said> {
    if let Some((first, rest)) = setting.path.split_once('.')
        && designs.contains(&first)
    {
        return Ok((first.to_owned(), Setting { path: rest.to_owned(), ..setting }));
    }
    match designs {
        [one] => Ok(((*one).to_owned(), setting)),
        [] => Err(said!(
            "`--set` changes a design, and none is named here",
            "`--set` change une conception, et aucune n’est nommée ici"
        )),
        [first, ..] => {
            let (path, value) = (setting.path, setting.value);
            Err(said!(
                "`{path}` of which design? Write `{first}.{path}={value}`",
                "`{path}` de quelle conception ? Écrivez `{first}.{path}={value}`"
            ))
        }
    }
}
