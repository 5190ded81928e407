//! A difference as one page of HTML that asks no other host for anything, with what changed marked
//! on the topology of every design that did.

use super::diff_text::{footer, heading, line, places, summary, together};
use super::draw::blank;
use crate::analysis::difference::Difference;
use crate::design::Workspace;
use crate::design::text::When;
use crate::figure::catalogue::{Request, changed};
use crate::figure::svg;
use crate::said;
use crate::source::{Lang, Show};

/// The page's own look; no other file is needed.
const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b2733;background:#fff}\
h1{font-size:1.4rem}summary{font-weight:600;cursor:pointer}details{border-left:3px solid #9aa7b4;padding:.25rem 1rem;margin:1rem 0}\
code{font-family:ui-monospace,monospace;font-size:.9em}ul{padding-left:1.2rem}.places{color:#4a5866}figure{margin:2rem 0;overflow-x:auto}\
figcaption{color:#4a5866}footer{color:#4a5866;margin-top:2rem}\
@media (prefers-color-scheme:dark){body{color:#e6edf3;background:#10202f}.places,figcaption,footer{color:#b7c4d1}}";

/// The page.
pub fn page(
    found: &Difference,
    new: &Workspace,
    today: When,
    (old_name, new_name): (&str, &str),
    lang: Lang,
) -> String {
    let title = said!("épure: {summary}", "épure : {summary}", summary = summary(found)).show(lang);
    let mut body = format!(
        "<h1>{}</h1>\n<p><code>{}</code> → <code>{}</code></p>\n",
        text(&title),
        text(old_name),
        text(new_name)
    );
    for edit in &found.edits {
        body.push_str(&format!("<details open><summary>{}</summary>\n", coded(&heading(edit, lang))));
        let places = places(edit);
        if !places.is_empty() {
            body.push_str(&list("places", places.iter().map(|place| format!("<code>{}</code>", text(place)))));
        }
        if edit.consequences.is_empty() {
            let none = said!(
                "Nothing that is reviewed or measured follows.",
                "Rien de ce qui est revu ou mesuré n’en découle."
            );
            body.push_str(&format!("<p>{}</p>\n", text(&none.show(lang))));
        } else {
            body.push_str(&list("", edit.consequences.iter().map(|one| coded(&line(one, edit, lang)))));
        }
        body.push_str("</details>\n");
    }
    if !found.together.is_empty() {
        body.push_str(&format!("<details open><summary>{}</summary>\n", text(&together().show(lang))));
        body.push_str(&list("", found.together.iter().map(|one| coded(&one.text.show(lang)))));
        body.push_str("</details>\n");
    }
    for design in &found.designs {
        body.push_str(&overlay(found, new, design, today, lang));
    }
    body.push_str(&format!("<footer>{}</footer>\n", text(&footer(found).show(lang))));
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        lang.code(),
        text(&title)
    )
}

/// The topology of a design with what changed marked.
fn overlay(found: &Difference, new: &Workspace, design: &str, today: When, lang: Lang) -> String {
    let subjects = vec![design.to_owned()];
    let fence = blank(&subjects);
    let request =
        Request { workspace: new, today, lang, subjects, fence: &fence, runs: &crate::analysis::runs::Runs::spread() };
    let drawn = changed(&request, found).and_then(|figure| Some((figure.answer.clone(), svg::standalone(&figure)?)));
    let Some((answer, drawing)) = drawn else { return String::new() };
    // A drawing inside a page has no declaration of its own.
    let inner = drawing.find("<svg").and_then(|at| drawing.get(at..)).unwrap_or_default();
    format!("<figure>{inner}<figcaption>{}</figcaption></figure>\n", coded(&answer))
}

fn list(class: &str, items: impl Iterator<Item = String>) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let items: String = items.map(|item| format!("<li>{item}</li>\n")).collect();
    format!("<ul{class}>\n{items}</ul>\n")
}

/// Text with code between backticks.
fn coded(line: &str) -> String {
    let part =
        |(at, part): (usize, &str)| if at % 2 == 1 { format!("<code>{}</code>", text(part)) } else { text(part) };
    line.split('`').enumerate().map(part).collect()
}

fn text(raw: &str) -> String {
    raw.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
