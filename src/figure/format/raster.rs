//! Marks on a grid of pixels.

use ab_glyph::{Font, OutlineCurve};
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint as Ink, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform,
};

use super::Look;
use crate::figure::drawing::{self, Anchor, Dash, Mark, Paint, Role, Step, Text, Thickness};
use crate::figure::{text, theme};

/// A raster has no more pixels than this: what is larger is written smaller.
const MOST: f64 = 60_000_000.0;
/// The share of the way to a corner at which a cubic curve follows a quarter of a circle.
const QUARTER: f32 = 0.552_285;
/// The distance of hatching lines, across them, and how much of their colour shows: as in the theme.
const HATCH: f64 = 7.0;
const HATCH_STRENGTH: f32 = 0.45;

/// A sheet while it is painted.
pub(super) struct Sheet {
    pixels: Pixmap,
    scale: f32,
    dark: bool,
}

impl Sheet {
    /// An empty sheet; nothing where there can be none of this size.
    pub(super) fn new(width: f64, height: f64, look: &Look) -> Option<Sheet> {
        let wanted = look.scale.clamp(0.1, 8.0);
        let scale = wanted.min((MOST / (width * height).max(1.0)).sqrt());
        let pixels = Pixmap::new((width * scale).ceil().max(1.0) as u32, (height * scale).ceil().max(1.0) as u32)?;
        let mut sheet = Sheet { pixels, scale: scale as f32, dark: look.dark.unwrap_or(false) };
        let paper = sheet.colour("sheet", 1.0);
        sheet.pixels.fill(paper);
        Some(sheet)
    }

    /// Paints all marks, from the back to the front, and writes the file.
    pub(super) fn paint(mut self, marks: &[Mark]) -> Result<Vec<u8>, String> {
        marks.iter().for_each(|mark| self.mark(mark));
        self.pixels.encode_png().map_err(|error| error.to_string())
    }

    fn colour(&self, name: &str, alpha: f32) -> Color {
        let hex = theme::value(name, self.dark).unwrap_or("#000000");
        let channel = |at: usize| hex.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).unwrap_or(0);
        Color::from_rgba8(channel(1), channel(3), channel(5), (alpha * 255.0).round() as u8)
    }

    fn place(&self) -> Transform {
        Transform::from_scale(self.scale, self.scale)
    }

    fn fill(&mut self, path: &Path, colour: Color, place: Transform) {
        let mut ink = Ink { anti_alias: true, ..Ink::default() };
        ink.set_color(colour);
        self.pixels.fill_path(path, &ink, FillRule::Winding, place, None);
    }

    fn stroke(&mut self, path: &Path, colour: Color, look: drawing::Look) {
        let mut ink = Ink { anti_alias: true, ..Ink::default() };
        ink.set_color(colour);
        let width = match look.thickness {
            Thickness::Hair => 1.0,
            Thickness::Normal => 1.25,
            Thickness::Strong => 2.0,
        };
        let dash: &[f32] = match look.dash {
            Dash::Solid => &[],
            Dash::Dashed => &[6.0, 4.0],
            Dash::Dotted => &[2.0, 3.0],
            Dash::DashDot => &[9.0, 3.0, 2.0, 3.0],
            Dash::Long => &[14.0, 5.0],
        };
        let dash = if dash.is_empty() { None } else { StrokeDash::new(dash.to_vec(), 0.0) };
        let stroke = Stroke { width, dash, line_cap: LineCap::Butt, line_join: LineJoin::Round, ..Stroke::default() };
        self.pixels.stroke_path(path, &ink, &stroke, self.place(), None);
    }

    /// Lays a shape on as its look says.
    fn shape(&mut self, path: Option<Path>, look: drawing::Look) {
        let Some(path) = path else { return };
        let (line, surface) = theme::colours(look.role);
        let fill = match look.paint {
            Paint::Box | Paint::Backing => Some((surface, 1.0)),
            Paint::Stroke => None,
            Paint::Fill => Some((line, 1.0)),
            Paint::Tint => Some((line, 0.22)),
            Paint::Strong => Some((line, 0.42)),
        };
        if let Some((name, alpha)) = fill {
            self.fill(&path, self.colour(name, alpha), self.place());
        }
        if matches!(look.paint, Paint::Box | Paint::Stroke) {
            self.stroke(&path, self.colour(line, 1.0), look);
        }
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Rect { x, y, width, height, radius, look, .. } => {
                self.shape(rounded(*x, *y, *width, *height, *radius), *look);
                if look.role == Role::SharedHatched && look.paint == Paint::Box {
                    self.hatch(*x, *y, *width, *height);
                }
            }
            Mark::Path { steps, look, .. } => self.shape(stepped(steps), *look),
            Mark::Line { from, to, look, .. } => {
                self.shape(stepped(&[Step::Move(*from), Step::Line(*to)]), *look);
            }
            Mark::Circle { centre, radius, look, .. } => {
                self.shape(PathBuilder::from_circle(centre.x as f32, centre.y as f32, *radius as f32), *look);
            }
            Mark::Text(text) => self.text(text),
            Mark::Group(group) => group.marks.iter().for_each(|mark| self.mark(mark)),
        }
    }

    /// The slanted lines of what is shared, cut at the box.
    fn hatch(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let (right, bottom, step) = (x + width, y + height, HATCH * std::f64::consts::SQRT_2);
        let mut made = PathBuilder::new();
        let mut sum = ((x + y) / step).ceil() * step;
        while sum < right + bottom {
            let (from, to) = ((sum - bottom).max(x), (sum - y).min(right));
            if from < to {
                made.move_to(from as f32, (sum - from) as f32);
                made.line_to(to as f32, (sum - to) as f32);
            }
            sum += step;
        }
        let Some(path) = made.finish() else { return };
        let look = drawing::Look::stroke(Role::SharedHatched).thickness(Thickness::Hair);
        let colour = self.colour(theme::colours(Role::SharedHatched).0, HATCH_STRENGTH);
        self.stroke(&path, colour, look);
    }

    /// A line of text, glyph by glyph.
    fn text(&mut self, text: &Text) {
        let Some(font) = text::font(text.weight) else { return };
        let units = font.units_per_em().unwrap_or(1000.0);
        let size = text.size as f32 / units;
        let glyphs: Vec<_> = text.text.chars().map(|c| font.glyph_id(c)).collect();
        let wide: f32 = glyphs.iter().map(|glyph| font.h_advance_unscaled(*glyph)).sum::<f32>() * size;
        let mut at = match text.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -wide / 2.0,
            Anchor::End => -wide,
        };
        let mut made = PathBuilder::new();
        for glyph in glyphs {
            for curve in font.outline(glyph).map(|outline| outline.curves).unwrap_or_default() {
                add(&mut made, &curve, |x, y| (at + x * size, -y * size));
            }
            at += font.h_advance_unscaled(glyph) * size;
        }
        let Some(path) = made.finish() else { return };
        let turn = if text.upwards { -90.0 } else { 0.0 };
        let place = self.place().pre_translate(text.x as f32, text.y as f32).pre_rotate(turn);
        let colour = self.colour(theme::colours(text.role).0, 1.0);
        self.fill(&path, colour, place);
    }
}

/// Adds a piece of an outline; a new contour begins wherever the last one did not end.
fn add(made: &mut PathBuilder, curve: &OutlineCurve, place: impl Fn(f32, f32) -> (f32, f32)) {
    let at = |point: &ab_glyph::Point| place(point.x, point.y);
    let begin = match curve {
        OutlineCurve::Line(from, _) | OutlineCurve::Quad(from, ..) | OutlineCurve::Cubic(from, ..) => at(from),
    };
    let is_on = made.last_point().is_some_and(|last| (last.x - begin.0).abs() + (last.y - begin.1).abs() < 1e-3);
    if !is_on {
        made.move_to(begin.0, begin.1);
    }
    match curve {
        OutlineCurve::Line(_, to) => made.line_to(at(to).0, at(to).1),
        OutlineCurve::Quad(_, by, to) => made.quad_to(at(by).0, at(by).1, at(to).0, at(to).1),
        OutlineCurve::Cubic(_, a, b, to) => made.cubic_to(at(a).0, at(a).1, at(b).0, at(b).1, at(to).0, at(to).1),
    }
}

fn stepped(steps: &[Step]) -> Option<Path> {
    let mut made = PathBuilder::new();
    for step in steps {
        match step {
            Step::Move(to) => made.move_to(to.x as f32, to.y as f32),
            Step::Line(to) => made.line_to(to.x as f32, to.y as f32),
            Step::Curve(by, to) => made.quad_to(by.x as f32, by.y as f32, to.x as f32, to.y as f32),
            Step::Close => made.close(),
        }
    }
    made.finish()
}

fn rounded(x: f64, y: f64, width: f64, height: f64, radius: f64) -> Option<Path> {
    let radius = radius.min(width / 2.0).min(height / 2.0).max(0.0) as f32;
    let (left, top, right, bottom) = (x as f32, y as f32, (x + width) as f32, (y + height) as f32);
    let reach = radius * (1.0 - QUARTER);
    let mut made = PathBuilder::new();
    made.move_to(left + radius, top);
    made.line_to(right - radius, top);
    made.cubic_to(right - reach, top, right, top + reach, right, top + radius);
    made.line_to(right, bottom - radius);
    made.cubic_to(right, bottom - reach, right - reach, bottom, right - radius, bottom);
    made.line_to(left + radius, bottom);
    made.cubic_to(left + reach, bottom, left, bottom - reach, left, bottom - radius);
    made.line_to(left, top + radius);
    made.cubic_to(left, top + reach, left + reach, top, left + radius, top);
    made.close();
    made.finish()
}
