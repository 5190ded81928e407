//! Stacks side by side: what stands on what, what is shared and what there is one of for each
//! application. All stand on one ground line.

use super::drawing::{Dash, Drawing, LegendEntry, Look, Mark, Paint, Role, Sample, Thickness, at};
use super::text::{self, Weight};
use crate::said;
use crate::source::{Lang, Said};

mod column;
#[cfg(test)]
mod tests;

/// One stack.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StackPicture {
    /// Its title.
    pub title: String,
    /// Its layers, the ground first.
    pub rows_from_ground: Vec<LayerRow>,
    /// Where applications are kept apart.
    pub boundaries: Vec<Boundary>,
    /// The address of the fact it stands for.
    pub fact: Option<String>,
}

/// One layer of a stack.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayerRow {
    /// What it is.
    pub label: String,
    /// The product, smaller.
    pub sub: Option<String>,
    /// How many boxes are drawn; four at most read well. Give layers numbers that divide each other.
    pub copies: u32,
    /// How many there really are; written beside the layer (`× 50`) where it is not what is drawn.
    /// 0 where it is not known.
    pub of_total: u32,
    /// Whether several applications share it: hatched.
    pub shared: bool,
    /// How many columns each box covers, where they are not all equal: `[2, 1]` for a VM under two
    /// applications beside a VM under one. Empty: all equal.
    pub spans: Vec<u32>,
    /// The address of the fact it stands for.
    pub fact: Option<String>,
}

/// Where applications are kept apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Boundary {
    /// The layer it lies on top of, counted from the ground, beginning at 0.
    pub above_row: usize,
    /// What keeps them apart, in words.
    pub label: String,
    /// How strong it is.
    pub strength: Strength,
}

/// How strong an isolation boundary is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Strength {
    /// Within one kernel: namespaces, cgroups.
    #[default]
    Weak,
    /// Enforced by hardware: a thicker line.
    Strong,
}

/// The page's width for a drawing.
const PAGE: f64 = 1040.0;
/// The widest column of boxes.
const WIDEST: f64 = 300.0;
/// Room beside the boxes for `× 50`.
const COUNTS: f64 = 40.0;
/// Between two stacks.
const APART: f64 = 16.0;

/// Draws stacks side by side, in rows where they are many.
pub fn draw_stacks(stacks: &[StackPicture], lang: Lang) -> Drawing {
    let columns = columns(stacks);
    let cell = ((PAGE + APART) / columns as f64 - APART).min(WIDEST + COUNTS);
    let used = columns.min(stacks.len()).max(1) as f64;
    let mut out = Drawing::new((cell + APART) * used - APART, 0.0);
    for row in stacks.chunks(columns) {
        let drawn: Vec<(Vec<Mark>, f64)> = row.iter().map(|stack| column::draw(stack, cell - COUNTS)).collect();
        let high = drawn.iter().map(|(_, height)| *height).fold(0.0, f64::max);
        let top = if out.height > 0.0 { out.height + 28.0 } else { 0.0 };
        let ground = top + high;
        for (i, (marks, _)) in drawn.into_iter().enumerate() {
            for mut mark in marks {
                // A column is drawn upwards from its own ground at zero.
                mark.shift((cell + APART) * i as f64, ground);
                out.marks.push(mark);
            }
        }
        let wide = (cell + APART) * row.len() as f64 - APART;
        draw_ground(&mut out, wide, ground + 1.0);
        out.height = ground + 10.0;
    }
    out.add_legend(legend(lang));
    out
}

/// The line that all stacks stand on, with the strokes that say "ground" in a working drawing.
fn draw_ground(out: &mut Drawing, width: f64, y: f64) {
    out.add(Mark::line(0.0, y, width, y, Look::stroke(Role::Ink)));
    let mut x = 8.0;
    while x <= width {
        let look = Look::stroke(Role::Line).thickness(Thickness::Hair);
        out.marks.push(Mark::path(&[at(x, y + 1.0), at(x - 6.0, y + 7.0)], false, look));
        x += 10.0;
    }
}

/// How many stand beside each other: as many as leave no label cut.
fn columns(stacks: &[StackPicture]) -> usize {
    let most = match stacks.len() {
        0..=2 => return stacks.len().max(1),
        3 | 5 | 6 => 3,
        _ => 4,
    };
    let fitting = |columns: &usize| {
        let cell = ((PAGE + APART) / *columns as f64 - APART).min(WIDEST + COUNTS) - COUNTS;
        stacks.iter().all(|stack| column::readable(stack, cell))
    };
    // Four that do not fit beside each other stand two and two.
    (2..=most).rev().filter(|columns| stacks.len() != 4 || *columns != 3).find(fitting).unwrap_or(if most == 4 {
        2
    } else {
        3
    })
}

fn legend(lang: Lang) -> Vec<LegendEntry> {
    let entry = |sample, words: Said| LegendEntry { sample, text: words.get(lang).to_owned() };
    let boundary = |strength| Sample::Line(boundary_look(strength));
    vec![
        entry(Sample::Box(look(true)), said!("shared by several applications", "partagé par plusieurs applications")),
        entry(Sample::Box(look(false)), said!("one for each application", "une par application")),
        entry(boundary(Strength::Weak), said!("isolation boundary", "frontière d’isolation")),
    ]
}

fn look(shared: bool) -> Look {
    Look::new(if shared { Role::SharedHatched } else { Role::Own }, Paint::Box)
}

fn boundary_look(strength: Strength) -> Look {
    Look::stroke(Role::Boundary).dash(Dash::Dashed).thickness(match strength {
        Strength::Weak => Thickness::Normal,
        Strength::Strong => Thickness::Strong,
    })
}

/// A label in a box: as large as it fits, in as many lines as it takes.
struct Fitted {
    lines: Vec<String>,
    size: f64,
    /// Whether something is missing.
    cut: bool,
}

fn fitted(label: &str, width: f64) -> Fitted {
    for (size, lines) in [(13.0, 1), (12.0, 1), (13.0, 2), (12.0, 2), (11.0, 2), (11.0, 3)] {
        if text::fits(label, width, size, Weight::Regular, lines) {
            return Fitted { lines: text::balance(label, width, size, Weight::Regular, lines), size, cut: false };
        }
    }
    Fitted { lines: text::wrap(label, width, 11.0, Weight::Regular, 3), size: 11.0, cut: true }
}
