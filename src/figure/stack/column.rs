//! One stack, drawn upwards from its ground at height zero.

use super::{Boundary, COUNTS, Fitted, LayerRow, StackPicture, boundary_look, fitted, look};
use crate::figure::drawing::{Group, Look, Mark, Paint, Role};
use crate::figure::text::{self, Weight};

/// Between two boxes, and between two layers.
const GAP: f64 = 6.0;
/// The usual height of a layer.
const LAYER: f64 = 40.0;
/// Between a box and its label.
const INSIDE: f64 = 3.0;
/// The size of a title, of what a boundary says, of a product and a count.
const TITLE: f64 = 14.0;
const SMALL: f64 = 11.0;

/// Whether every label can be read whole in a column of such a width.
pub(super) fn readable(stack: &StackPicture, width: f64) -> bool {
    stack.rows_from_ground.iter().all(|row| !label(row, width).cut)
}

fn label(row: &LayerRow, width: f64) -> Fitted {
    let narrowest = boxes(row, width).into_iter().map(|(_, wide)| wide).fold(width, f64::min);
    fitted(&row.label, narrowest - 2.0 * INSIDE)
}

/// Left edges and widths of a layer's boxes.
fn boxes(row: &LayerRow, width: f64) -> Vec<(f64, f64)> {
    let spans = if row.spans.is_empty() { vec![1; row.copies.max(1) as usize] } else { row.spans.clone() };
    let columns: u32 = spans.iter().sum::<u32>().max(1);
    let one = (width + GAP) / f64::from(columns);
    let mut x = 0.0;
    spans
        .into_iter()
        .map(|span| {
            let wide = one * f64::from(span.max(1)) - GAP;
            let left = x;
            x += wide + GAP;
            (left, wide)
        })
        .collect()
}

/// The marks of a stack, all above zero, and its height.
pub(super) fn draw(stack: &StackPicture, width: f64) -> (Vec<Mark>, f64) {
    let mut marks = Vec::new();
    let mut y = -2.0;
    for (i, row) in stack.rows_from_ground.iter().enumerate() {
        y = layer(&mut marks, row, width, y);
        for cut in stack.boundaries.iter().filter(|cut| cut.above_row == i) {
            y = boundary(&mut marks, cut, width, y);
        }
        y -= GAP;
    }
    let lines = text::wrap(&stack.title, width + COUNTS, TITLE, Weight::SemiBold, 3);
    y -= 4.0;
    for line in lines.iter().rev() {
        marks.push(Mark::text(0.0, y, line.clone(), TITLE, Role::Ink).bold().into());
        y -= text::line_height(TITLE);
    }
    let group = Group { label: stack.title.clone(), fact: stack.fact.clone(), marks, ..Group::default() };
    (vec![group.into()], -y)
}

fn layer(out: &mut Vec<Mark>, row: &LayerRow, width: f64, bottom: f64) -> f64 {
    let name = label(row, width);
    let boxes = boxes(row, width);
    let narrowest = boxes.iter().map(|(_, wide)| *wide).fold(width, f64::min) - 2.0 * INSIDE;
    // On one line with the name where there is room: `host OS · Linux`.
    let sub = row.sub.as_deref().filter(|sub| !sub.is_empty());
    let beside = sub.filter(|sub| {
        let both = text::width(&format!("{} · {sub}", row.label), 13.0, Weight::Regular);
        name.lines.len() == 1 && name.size > 12.5 && both <= narrowest
    });
    let below = sub.filter(|_| beside.is_none());
    let under: Vec<String> =
        below.map(|sub| text::balance(sub, narrowest, SMALL, Weight::Regular, 2)).unwrap_or_default();
    let step = text::line_height(name.size);
    let words = name.lines.len() as f64 * step + under.len() as f64 * text::line_height(SMALL);
    let height = LAYER.max((words + 10.0).ceil());
    let top = bottom - height;

    let mut marks = Vec::new();
    for (x, wide) in &boxes {
        marks.push(Mark::rect(*x, top, *wide, height, look(row.shared)));
        let first = beside.map(|sub| format!("{} · {sub}", row.label));
        let lines = first.as_ref().map_or(name.lines.as_slice(), std::slice::from_ref);
        let middle = x + wide / 2.0;
        if row.shared {
            let widest = lines.iter().map(|line| text::width(line, name.size, Weight::Regular));
            let widest =
                widest.chain(under.iter().map(|line| text::width(line, SMALL, Weight::Regular))).fold(0.0, f64::max);
            let wide = (widest + 8.0).min(wide - 3.0);
            let backing = Look::new(Role::Shared, Paint::Box);
            marks.push(backing_rect(
                middle - wide / 2.0,
                top + (height - words) / 2.0 - 1.0,
                wide,
                words + 2.0,
                backing,
            ));
        }
        let mut y = top + (height - words) / 2.0;
        for line in lines {
            marks
                .push(Mark::text(middle, y + step / 2.0, line.clone(), name.size, Role::Ink).middle().centred().into());
            y += step;
        }
        for line in &under {
            let place = y + text::line_height(SMALL) / 2.0;
            marks.push(Mark::text(middle, place, line.clone(), SMALL, Role::InkSecond).middle().centred().into());
            y += text::line_height(SMALL);
        }
    }
    let count =
        (row.of_total > 0 && (row.of_total != row.copies || row.of_total > 1)).then(|| format!("× {}", row.of_total));
    let mut said = row.label.clone();
    for part in sub.into_iter().chain(count.as_deref()) {
        said.push_str(" · ");
        said.push_str(part);
    }
    if let Some(count) = count {
        marks.push(Mark::text(width + 8.0, top + height / 2.0, count, SMALL, Role::InkSecond).centred().into());
    }
    out.push(Group { label: said, fact: row.fact.clone(), marks, ..Group::default() }.into());
    top
}

/// A surface without a line, in the colour of a shared layer, so that hatching does not cross words.
fn backing_rect(x: f64, y: f64, width: f64, height: f64, look: Look) -> Mark {
    Mark::Rect { x, y, width, height, radius: 2.0, look: Look { paint: Paint::Backing, ..look }, tip: None }
}

fn boundary(out: &mut Vec<Mark>, cut: &Boundary, width: f64, bottom: f64) -> f64 {
    let lines = text::balance(&cut.label, width - 40.0, SMALL, Weight::Regular, 2);
    let step = text::line_height(SMALL);
    let height = (lines.len() as f64 * step).max(6.0) + 10.0;
    let middle = bottom - height / 2.0 - 1.0;
    let (left, right) = (0.0, width);
    let widest = lines.iter().map(|line| text::width(line, SMALL, Weight::Regular)).fold(0.0, f64::max) + 12.0;
    let line = boundary_look(cut.strength);
    let mut marks = Vec::new();
    if lines.is_empty() {
        marks.push(Mark::line(left, middle, right, middle, line));
    } else {
        marks.push(Mark::line(left, middle, (width - widest) / 2.0, middle, line));
        marks.push(Mark::line((width + widest) / 2.0, middle, right, middle, line));
    }
    let mut y = middle - (lines.len() as f64 - 1.0) * step / 2.0;
    for words in &lines {
        marks.push(Mark::text(width / 2.0, y, words.clone(), SMALL, Role::Boundary).middle().centred().into());
        y += step;
    }
    out.push(Group { label: cut.label.clone(), marks, ..Group::default() }.into());
    bottom - height + 4.0
}
