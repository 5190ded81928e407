//! The sheet around a drawing, with its cartouche: the title block along the bottom edge.

use crate::figure::drawing::{Drawing, Look, Mark, Paint, Role, Thickness};
use crate::figure::text::{self, Weight};
use crate::figure::{Body, Figure};

/// Space between the sheet's edge and the drawing.
const MARGIN: f64 = 20.0;
/// No sheet is narrower, so that a cartouche has room.
const NARROWEST: f64 = 560.0;
/// A row of boxes in the cartouche.
const ROW: f64 = 46.0;
/// Space inside of a box, left and right.
const INSIDE: f64 = 14.0;

/// One box of the title block.
struct Cell<'a> {
    label: &'a str,
    value: &'a str,
    width: f64,
}

/// The whole sheet as one drawing: surface, picture, cartouche. Nothing where the figure is no
/// drawing. Every writer of files draws this.
pub fn sheet(figure: &Figure) -> Option<Drawing> {
    let Body::Drawing(picture) = &figure.body else { return None };
    let width = (picture.width + 2.0 * MARGIN).max(NARROWEST);
    let top = picture.height + 2.0 * MARGIN;

    let cells: Vec<Cell<'_>> = figure
        .cartouche
        .iter()
        .map(|(label, value)| {
            let wide = text::width(label, 11.0, Weight::Regular).max(text::width(value, 13.0, Weight::SemiBold));
            Cell { label, value, width: (wide + 2.0 * INSIDE).ceil().min(width) }
        })
        .collect();
    let beside: f64 = cells.iter().map(|cell| cell.width).sum();
    // The sentence comes first: boxes that would leave it less than half a line go below it.
    let below = width - beside < (width * 0.45).max(300.0);
    let room = if below { width } else { width - beside } - 2.0 * INSIDE;

    let (title, note) = sentences(figure);
    let first = text::wrap(title, room, 13.0, Weight::SemiBold, 4);
    let second = text::wrap(note, room, 12.0, Weight::Regular, 8);
    let words = first.len() as f64 * text::line_height(13.0) + second.len() as f64 * text::line_height(12.0);
    let block = (words + 16.0).max(ROW);

    let mut out = Drawing::new(width, 0.0);
    out.legend.clone_from(&picture.legend);
    let hair = Look::stroke(Role::Line).thickness(Thickness::Hair);
    let mut lines = vec![Mark::line(0.0, top, width, top, hair)];
    let mut texts = Vec::new();

    let mut y = top + (block - words) / 2.0;
    for line in &first {
        texts.push(Mark::text(INSIDE, y + 12.5, line.clone(), 13.0, Role::Ink).bold());
        y += text::line_height(13.0);
    }
    for line in &second {
        texts.push(Mark::text(INSIDE, y + 12.0, line.clone(), 12.0, Role::InkSecond));
        y += text::line_height(12.0);
    }

    let (mut x, mut row, mut high) = (width - beside, top, block);
    if below && !cells.is_empty() {
        (x, row, high) = (0.0, top + block, ROW);
        lines.push(Mark::line(0.0, row, width, row, hair));
    }
    for cell in &cells {
        if below && x > 0.0 && x + cell.width > width + 0.5 {
            (x, row) = (0.0, row + ROW);
            lines.push(Mark::line(0.0, row, width, row, hair));
        }
        if x > 0.0 {
            lines.push(Mark::line(x, row, x, row + high, hair));
        }
        let inner = cell.width - 2.0 * INSIDE;
        texts.push(Mark::text(
            x + INSIDE,
            row + 18.0,
            text::fit(cell.label, inner, 11.0, Weight::Regular),
            11.0,
            Role::InkSecond,
        ));
        texts.push(
            Mark::text(x + INSIDE, row + 35.0, text::fit(cell.value, inner, 13.0, Weight::SemiBold), 13.0, Role::Ink)
                .bold(),
        );
        x += cell.width;
    }
    out.height = if below && !cells.is_empty() { row + ROW } else { top + block };

    out.add(Mark::Rect {
        x: 0.5,
        y: 0.5,
        width: width - 1.0,
        height: out.height - 1.0,
        radius: 6.0,
        look: Look::new(Role::Line, Paint::Box).thickness(Thickness::Hair),
        tip: None,
    });
    let mut marks = picture.marks.clone();
    let shift = ((width - picture.width) / 2.0).round();
    marks.iter_mut().for_each(|mark| mark.shift(shift, MARGIN));
    out.marks.append(&mut marks);
    out.marks.append(&mut lines);
    out.marks.extend(texts.into_iter().map(Mark::from));
    Some(out)
}

/// The two sentences of the cartouche; a figure without an answer says its title.
fn sentences(figure: &Figure) -> (&str, &str) {
    if figure.answer.is_empty() { (&figure.title, &figure.note) } else { (&figure.answer, &figure.note) }
}
