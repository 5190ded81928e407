//! A difference in words: for the terminal, and as a comment for a pull request.

use super::table::wrapped;
use crate::analysis::difference::{Consequence, Difference, Edit};
use crate::report::markdown::escape;
use crate::said;
use crate::source::{Lang, Said, Show};

/// The longest comment that GitHub takes, in characters, less what is said of what was cut.
const LONGEST: usize = 65_536 - 1_024;
/// By which a bot finds its own comment again.
const MARKER: &str = "<!-- epure-diff -->";
/// The widest line on a terminal.
const WIDTH: usize = 110;

/// The whole in one line: how many edits, what got worse and what better.
pub(super) fn summary(found: &Difference) -> Said {
    let n = found.edits.len();
    let (worse, better) = found.tally();
    if n == 0 {
        return said!("nothing changed", "rien n’a changé");
    }
    let edits = if n == 1 { said!("1 edit", "1 changement") } else { said!("{n} edits", "{n} changements", n = n) };
    said!(
        "{edits}, {worse} consequences for the worse, {better} for the better",
        "{edits}, {worse} conséquences en mal, {better} en bien",
        edits = edits,
        worse = worse,
        better = better
    )
}

/// For the terminal.
pub fn plain(found: &Difference, (old, new): (&str, &str), lang: Lang) -> String {
    let mut out = format!("{old} → {new}\n{}\n", summary(found).show(lang));
    for edit in &found.edits {
        out.push_str(&format!("\n{}\n", heading(edit, lang).replace('`', "")));
        for change in places(edit) {
            out.push_str(&format!("    {change}\n"));
        }
        for consequence in &edit.consequences {
            out.push_str(&hanging(&line(consequence, edit, lang).replace('`', "")));
        }
    }
    if !found.together.is_empty() {
        out.push_str(&format!("\n{}\n", together().show(lang)));
        for consequence in &found.together {
            out.push_str(&hanging(
                &format!("{}{}", sign(consequence, lang), consequence.text.show(lang)).replace('`', ""),
            ));
        }
    }
    out.push_str(&format!("\n{}\n", footer(found).show(lang)));
    out
}

fn hanging(text: &str) -> String {
    let lines = wrapped(text, WIDTH - 4);
    let each = lines.iter().enumerate().map(|(at, line)| format!("  {}{line}\n", if at == 0 { "" } else { "  " }));
    each.collect()
}

/// As a comment for a pull request: under GitHub's limit, cut by section with what was cut.
pub fn markdown(found: &Difference, (old, new): (&str, &str), lang: Lang) -> String {
    let title = said!("épure: {summary}", "épure : {summary}", summary = summary(found)).show(lang);
    let mut out = format!("{MARKER}\n### {title}\n\n`{}` → `{}`\n", escape(old), escape(new));
    let mut left = (0, 0);
    let mut sections: Vec<(String, Vec<String>)> = found
        .edits
        .iter()
        .map(|edit| {
            let lines = places(edit)
                .into_iter()
                .map(|change| format!("  - {}", code(&change)))
                .chain(edit.consequences.iter().map(|one| format!("- {}", escape_text(&line(one, edit, lang)))));
            (format!("\n**{}**\n\n", escape_text(&heading(edit, lang))), lines.collect())
        })
        .collect();
    if !found.together.is_empty() {
        let lines =
            found.together.iter().map(|one| format!("- {}{}", sign(one, lang), escape_text(&one.text.show(lang))));
        sections.push((format!("\n**{}**\n\n", together().show(lang)), lines.collect()));
    }
    let mut length = out.chars().count();
    for (head, lines) in sections {
        let head_length = head.chars().count();
        if length + head_length > LONGEST {
            left = (left.0 + 1, left.1 + lines.len());
            continue;
        }
        out.push_str(&head);
        length += head_length;
        for text in lines {
            let more = text.chars().count() + 1;
            if length + more > LONGEST {
                left.1 += 1;
                continue;
            }
            out.push_str(&text);
            out.push('\n');
            length += more;
        }
    }
    if left != (0, 0) {
        let cut = said!(
            "{sections} further edits and {lines} further lines were cut to fit a comment; `epure diff` prints all of them.",
            "{sections} autres changements et {lines} autres lignes ont été coupés pour tenir dans un commentaire ; `epure diff` les affiche tous.",
            sections = left.0,
            lines = left.1
        );
        out.push_str(&format!("\n*{}*\n", cut.show(lang)));
    }
    out.push_str(&format!("\n<sub>{}</sub>\n", footer(found).show(lang)));
    out
}

/// A text that may hold code between backticks: the rest is escaped.
fn escape_text(text: &str) -> String {
    text.split('`').enumerate().map(|(at, part)| if at % 2 == 1 { code(part) } else { escape(part) }).collect()
}

fn code(text: &str) -> String {
    format!("`{}`", text.replace(['`', '\n'], "'"))
}

/// An edit's title, with whether it asks for more or less, and the variants that it is in.
pub(super) fn heading(edit: &Edit, lang: Lang) -> String {
    let mut text = edit.title.show(lang);
    if let Some(demand) = edit.demand {
        text.push_str(&format!(" ({})", demand.said().show(lang)));
    }
    let variants: Vec<String> = edit.designs.iter().skip(1).map(|name| format!("`{name}`")).collect();
    if !variants.is_empty() {
        let list = Said::list(&variants);
        text.push_str(&said!(", also in {list}", ", aussi dans {list}", list = list).show(lang));
    }
    text
}

/// Where an edit touched several places, each of them.
pub(super) fn places(edit: &Edit) -> Vec<String> {
    if edit.changes.len() < 2 {
        return Vec::new();
    }
    let design = edit.designs.first().map_or("", String::as_str);
    let each = edit.changes.iter().map(|change| {
        let path = change.path.strip_prefix(&format!("{design}.")).unwrap_or(&change.path);
        match (&change.before, &change.after) {
            (Some(before), Some(after)) => format!("{path}: {} → {}", short(before), short(after)),
            (None, Some(after)) => format!("+ {path}: {}", short(after)),
            (Some(before), None) => format!("− {path}: {}", short(before)),
            (None, None) => path.to_owned(),
        }
    });
    each.collect()
}

fn short(text: &str) -> String {
    if text.chars().count() <= 72 { text.to_owned() } else { text.chars().take(71).chain(['…']).collect() }
}

/// A consequence: worse or better, in which variant, what.
pub(super) fn line(consequence: &Consequence, edit: &Edit, lang: Lang) -> String {
    let own = edit.designs.first() == Some(&consequence.design) || edit.designs.is_empty();
    let place = if own { String::new() } else { format!("`{}`: ", consequence.design) };
    format!("{}{place}{}", sign(consequence, lang), consequence.text.show(lang))
}

fn sign(consequence: &Consequence, lang: Lang) -> String {
    match consequence.worse {
        Some(true) => said!("worse: ", "pire : ").show(lang),
        Some(false) => said!("better: ", "mieux : ").show(lang),
        None => String::new(),
    }
}

pub(super) fn together() -> Said {
    said!("Only all of these together", "Seulement tout cela ensemble")
}

/// How it was worked out.
pub(super) fn footer(found: &Difference) -> Said {
    if found.simulated {
        said!(
            "Each edit was applied alone to the old state, reviewed, measured, and every single failure simulated.",
            "Chaque changement a été appliqué seul à l’ancien état, revu, mesuré, et chaque panne simple simulée."
        )
    } else {
        said!(
            "Each edit was applied alone to the old state, reviewed and measured; nothing was simulated.",
            "Chaque changement a été appliqué seul à l’ancien état, revu et mesuré ; rien n’a été simulé."
        )
    }
}
