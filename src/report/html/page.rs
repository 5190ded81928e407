//! A document's page.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, Tera};

use super::frame::Frame;
use super::playing::Playing;
use super::shelves::Shelves;
use super::{TemplateProblem, folder, problem, search};
use crate::figure::{Body, typeset::plain};
use crate::report::body::{self, Chunk, Heading};
use crate::report::paper::Paper;
use crate::report::sheet::{Names, Place, Sheet};
use crate::report::{Kind, Output, Page, Site, Stated, aims, beside, links, words};

/// A page with fewer headings than this shows no list of contents.
const LONG: usize = 3;

#[derive(Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
enum Block<'a> {
    Prose {
        html: String,
    },
    /// A figure, with the headings that stand above it where it is printed on a paper of its own.
    Figure {
        sheet: Box<Sheet<'a>>,
        headings: String,
    },
}

/// Writes a page, and what the search finds of it.
pub(super) fn write(
    site: &Site,
    tera: &Tera,
    shelves: &Shelves<'_>,
    page: &Page,
) -> Result<(Option<Output>, search::Entry), TemplateProblem> {
    // Its file may be there already; the search knows it all the same.
    if let Some(entry) = site.current.get(&page.id()).and_then(|found| search::Entry::read(found)) {
        return Ok((None, entry));
    }
    let mut names = Names::reserving(&aims::RESERVED);
    let body = body::body(site, page, &shelves.linked, &mut names);
    let figures: Vec<_> = page.figures().collect();
    let paper = Paper::of(figures.iter().filter_map(|figure| match &figure.body {
        Body::Drawing(drawing) => Some(drawing),
        Body::Table(_) => None,
    }));
    let found: Vec<_> = shelves.found(page).iter().map(|one| (*one).clone()).collect();
    let near = beside::beside(page, &found);
    let components = site.components.get(&page.document).filter(|_| page.kind == Kind::Design);
    let mut marks: Vec<(String, String)> = Vec::new();
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for chunk in body.chunks {
        match chunk {
            Chunk::Prose(html) => blocks.push(Block::Prose { html }),
            Chunk::Figure(i) => {
                let Some(figure) = figures.get(i) else { continue };
                let place = Place { number: i + 1, of: figures.len(), paper };
                let mut sheet = Box::new(Sheet::new(figure, page.lang, place, &shelves.linked, &mut names));
                if let Some(grid) = &mut sheet.table {
                    let here = format!("{}.html", links::encoded(&page.slug));
                    grid.link(&shelves.linked, &here);
                    if let Some(components) = components {
                        marks.extend(grid.name_rows(components, &mut names));
                    }
                    if beside::lists_findings(figure) && figure.id.ends_with("findings") {
                        grid.name_findings(&found, &mut names);
                    }
                    for ((_, row), numbers) in near.range((i, 0)..(i + 1, 0)) {
                        grid.put_beside(*row, numbers, &found, page.lang);
                    }
                }
                sheet.link(&shelves.linked);
                let headings = if sheet.paper.is_empty() { String::new() } else { headings_above(&mut blocks) };
                blocks.push(Block::Figure { sheet, headings });
            }
        }
    }
    if let Some(components) = components {
        // In the order of the design, whatever table names them first.
        marks.sort_by_key(|(name, _)| components.iter().position(|component| component == name));
    }
    let playing = page.replay.as_ref().and_then(|replay| Playing::new(replay, &shelves.linked, &mut names));
    let contents: Vec<&Heading> = body.headings.iter().filter(|heading| heading.level <= 3).collect();
    let entry = search::Entry::of(page, &body.headings, marks);
    let frame = Frame {
        description: plain(page.line()).chars().take(300).collect(),
        paper: if paper == Paper::Wide { paper.class() } else { "" },
        ..Frame::of_page(site, shelves, page)
    };
    let mut context = Context::new();
    context.insert("page", &frame);
    context.insert("words", words::words(page.lang));
    context.insert("kind", words::kind(page.lang, page.kind));
    context.insert("subtitle", &page.subtitle);
    context.insert("authors", &page.authors.join(", "));
    context.insert("blocks", &blocks);
    context.insert("notes", &body.notes);
    context.insert("contents", if contents.len() >= LONG { contents.as_slice() } else { &[] });
    context.insert("stated", &places(page, shelves));
    context.insert("replay", &playing);
    let html = tera.render("page.html", &context).map_err(|error| problem(site, &error))?;
    let mut output = Output::text(format!("{}/{}.html", folder(page.lang), page.slug), html).of(page);
    output.found = entry.text();
    Ok((Some(output), entry))
}

/// Takes the headings at the end of what was written so far: they must not stay behind on a page of
/// their own when the figure below them goes to another paper.
fn headings_above(blocks: &mut Vec<Block<'_>>) -> String {
    let Some(Block::Prose { html }) = blocks.last_mut() else { return String::new() };
    let mut from = html.len();
    for level in (2..=6).rev() {
        let above = html[..from].trim_end();
        if above.ends_with(&format!("</h{level}>")) {
            from = above.rfind(&format!("<h{level} id=")).unwrap_or(from);
        }
    }
    let headings = html.split_off(from);
    if html.trim().is_empty() {
        blocks.pop();
    }
    headings
}

/// The facts that were said in one file.
#[derive(Serialize)]
struct FileOfFacts<'a> {
    file: &'a str,
    things: Vec<Thing<'a>>,
}

/// A thing that facts are about, and on which line it and they stand.
#[derive(Serialize)]
struct Thing<'a> {
    about: &'a str,
    href: Option<String>,
    line: usize,
    facts: Vec<(&'a str, usize)>,
}

fn places<'a>(page: &'a Page, shelves: &Shelves<'_>) -> Vec<FileOfFacts<'a>> {
    let mut files: BTreeMap<&str, Vec<Thing<'_>>> = BTreeMap::new();
    for Stated { about, spot, facts } in &page.stated {
        files.entry(&spot.file).or_default().push(Thing {
            about,
            href: shelves.linked.line(&spot.file, spot.line),
            line: spot.line,
            facts: facts.iter().map(|(name, line)| (name.as_str(), *line)).collect(),
        });
    }
    files.into_iter().map(|(file, things)| FileOfFacts { file, things }).collect()
}
