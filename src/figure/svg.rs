//! Drawings written as SVG: inside a page, or as a file of their own.
//!
//! No style attribute and no colour is ever written into a mark, so that a page's content security
//! policy may forbid inline styles and a theme may change everything.

use std::fmt::Write as _;

use super::drawing::{Anchor, Dash, Drawing, Group, Look, Mark, Paint, Role, Step, Text, Thickness};
use super::text::Weight;
use super::{Body, Figure, theme};

mod sheet;

pub use sheet::sheet;

/// Writes a figure's drawing for the inside of a page, without its cartouche, which the page makes
/// of text. Nothing where the figure is no drawing.
pub fn inline(figure: &Figure) -> Option<String> {
    let Body::Drawing(drawing) = &figure.body else { return None };
    let mut out = String::new();
    within(&mut out, drawing, figure, &identifier(&figure.id));
    if let Some(whole) = drawing.behind.as_ref().and_then(|behind| behind.whole.as_ref()) {
        let _ = writeln!(out, "<details class=\"whole\"><summary>{}</summary>", escape(&whole.words));
        within(&mut out, &whole.drawing, figure, &format!("{}-whole", identifier(&figure.id)));
        out.push_str("</details>\n");
    }
    Some(out)
}

fn within(out: &mut String, drawing: &Drawing, figure: &Figure, prefix: &str) {
    open(out, drawing, figure, prefix, "", EDGE);
    defs(out, drawing, prefix);
    write_marks(out, &drawing.marks, prefix, has_inside(drawing));
    out.push_str("</svg>\n");
}

/// Writes a figure's drawing as a file of its own: the sheet, the drawing, the cartouche, and the
/// theme, light or dark as the reader's system asks. Nothing where the figure is no drawing.
pub fn standalone(figure: &Figure) -> Option<String> {
    file(figure, &theme::standalone_css())
}

/// The same always light, or always dark, whatever the reader's system asks.
pub fn fixed(figure: &Figure, dark: bool) -> Option<String> {
    file(figure, &theme::fixed_css(dark))
}

fn file(figure: &Figure, css: &str) -> Option<String> {
    let drawing = sheet(figure)?;
    let prefix = identifier(&figure.id);
    let mut out = String::new();
    open(&mut out, &drawing, figure, &prefix, XMLNS, 0.0);
    let _ = writeln!(out, "<style>\n{css}</style>");
    defs(&mut out, &drawing, &prefix);
    write_marks(&mut out, &drawing.marks, &prefix, false);
    out.push_str("</svg>\n");
    Some(out)
}

/// Writes a figure's drawing as a file without its sheet and its cartouche, always light: for a document that
/// sets those as text. Nothing where the figure is no drawing.
pub fn bare(figure: &Figure) -> Option<String> {
    let Body::Drawing(drawing) = &figure.body else { return None };
    let prefix = identifier(&figure.id);
    let mut out = String::new();
    open(&mut out, drawing, figure, &prefix, XMLNS, EDGE);
    let _ = writeln!(out, "<style>\n{}</style>", theme::fixed_css(false));
    defs(&mut out, drawing, &prefix);
    write_marks(&mut out, &drawing.marks, &prefix, false);
    out.push_str("</svg>\n");
    Some(out)
}

/// What a file says of its elements, and a page need not.
const XMLNS: &str = " xmlns=\"http://www.w3.org/2000/svg\"";
/// What is added around a drawing without a sheet, so that a line along its edge keeps its outer half.
const EDGE: f64 = 1.0;

fn open(out: &mut String, drawing: &Drawing, figure: &Figure, prefix: &str, more: &str, edge: f64) {
    // What can be reached must not sit inside of an image, which has no inside for a screen reader. A file
    // is shown as an image whatever it says.
    let role = if more.is_empty() && has_inside(drawing) { "group" } else { "img" };
    let (from, width, height) =
        (number(-edge), number(drawing.width + 2.0 * edge), number(drawing.height + 2.0 * edge));
    let _ = writeln!(
        out,
        "<svg{more} class=\"drawing\" width=\"{width}\" height=\"{height}\" viewBox=\"{from} {from} {width} {height}\" \
         role=\"{role}\" aria-labelledby=\"{prefix}-title {prefix}-desc\">"
    );
    let _ = writeln!(out, "<title id=\"{prefix}-title\">{}</title>", escape(&figure.title));
    let mut description: Vec<&str> = vec![&figure.answer, &figure.note];
    description.extend(drawing.legend.iter().map(|entry| entry.text.as_str()));
    // The sheet around a picture has nothing behind it; the picture has.
    if let Body::Drawing(picture) = &figure.body {
        description.extend(picture.behind.iter().flat_map(|behind| &behind.told).map(String::as_str));
    }
    description.retain(|text| !text.is_empty());
    let _ = writeln!(out, "<desc id=\"{prefix}-desc\">{}</desc>", escape(&description.join(" · ")));
}

/// Whether parts of a drawing can be reached one by one: what has a link, and boxes with a name.
fn has_inside(drawing: &Drawing) -> bool {
    let mut found = false;
    drawing.each(|mark| found |= matches!(mark, Mark::Group(group) if group.href.is_some() || is_box(group)));
    found
}

/// Whether a group is a box of its own, with details to read.
fn is_box(group: &Group) -> bool {
    group.id.is_some() && !group.label.is_empty()
}

fn defs(out: &mut String, drawing: &Drawing, prefix: &str) {
    let mut hatched = false;
    drawing.each(|mark| {
        hatched |= matches!(mark, Mark::Rect { look: Look { role: Role::SharedHatched, paint: Paint::Box, .. }, .. });
    });
    if hatched {
        let _ = writeln!(
            out,
            "<defs><pattern id=\"{prefix}-hatch\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><path d=\"M0 0V7\" class=\"d-hatched d-stroke d-hatch\"/></pattern></defs>"
        );
    }
}

fn write_marks(out: &mut String, marks: &[Mark], prefix: &str, links: bool) {
    for mark in marks {
        write_mark(out, mark, prefix, links);
    }
}

fn write_mark(out: &mut String, mark: &Mark, prefix: &str, links: bool) {
    match mark {
        Mark::Rect { x, y, width, height, radius, look, tip } => {
            let place = format!(
                " x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}",
                number(*x),
                number(*y),
                number(*width),
                number(*height),
                if *radius > 0.0 { format!(" rx=\"{}\"", number(*radius)) } else { String::new() }
            );
            element(out, "rect", &place, &classes(*look), tip.as_deref());
            if look.role == Role::SharedHatched && look.paint == Paint::Box {
                let _ = writeln!(out, "<rect{place} fill=\"url(#{prefix}-hatch)\"/>");
            }
        }
        Mark::Path { steps, look, tip } => {
            element(out, "path", &format!(" d=\"{}\"", path(steps)), &classes(*look), tip.as_deref());
        }
        Mark::Line { from, to, look, tip } => {
            let d = path(&[Step::Move(*from), Step::Line(*to)]);
            element(out, "path", &format!(" d=\"{d}\""), &classes(*look), tip.as_deref());
        }
        Mark::Circle { centre, radius, look, tip } => {
            let place = format!(" cx=\"{}\" cy=\"{}\" r=\"{}\"", number(centre.x), number(centre.y), number(*radius));
            element(out, "circle", &place, &classes(*look), tip.as_deref());
        }
        Mark::Text(text) => write_text(out, text),
        Mark::Group(group) => write_group(out, group, prefix, links),
    }
}

fn element(out: &mut String, name: &str, place: &str, class: &str, tip: Option<&str>) {
    let _ = match tip {
        Some(tip) => writeln!(out, "<{name}{place} class=\"{class}\"><title>{}</title></{name}>", escape(tip)),
        None => writeln!(out, "<{name}{place} class=\"{class}\"/>"),
    };
}

fn write_text(out: &mut String, text: &Text) {
    let (x, y) = (number(text.x), number(text.y));
    let _ = write!(out, "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\"", number(text.size));
    if text.weight == Weight::SemiBold {
        out.push_str(" font-weight=\"600\"");
    }
    match text.anchor {
        Anchor::Start => {}
        Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
        Anchor::End => out.push_str(" text-anchor=\"end\""),
    }
    if text.upwards {
        let _ = write!(out, " transform=\"rotate(-90 {x} {y})\"");
    }
    let _ = write!(out, " class=\"{} d-text\">", text.role.class());
    if let Some(tip) = &text.tip {
        let _ = write!(out, "<title>{}</title>", escape(tip));
    }
    let _ = writeln!(out, "{}</text>", escape(&text.text));
}

fn write_group(out: &mut String, group: &Group, prefix: &str, links: bool) {
    let name = if group.href.is_some() { "a" } else { "g" };
    let _ = write!(out, "<{name}");
    if let Some(id) = &group.id {
        let _ = write!(out, " id=\"{prefix}-{}\"", identifier(id));
    }
    if let Some(href) = &group.href {
        let _ = write!(out, " href=\"{}\"", escape(href));
    }
    if let Some(fact) = &group.fact {
        let _ = write!(out, " data-fact=\"{}\"", escape(fact));
    }
    if links && !group.label.is_empty() {
        let role = if group.href.is_some() { "" } else { " role=\"group\"" };
        let focus = if group.href.is_none() && is_box(group) { " tabindex=\"0\"" } else { "" };
        let _ = write!(out, "{role}{focus} aria-label=\"{}\"", escape(&group.label));
    }
    out.push_str(">\n");
    if !group.label.is_empty() {
        let _ = writeln!(out, "<title>{}</title>", escape(&group.label));
    }
    write_marks(out, &group.marks, prefix, links);
    let _ = writeln!(out, "</{name}>");
}

fn classes(look: Look) -> String {
    let mut out = String::from(look.role.class());
    out.push_str(match look.paint {
        Paint::Box => " d-box",
        Paint::Stroke => " d-stroke",
        Paint::Fill => " d-fill",
        Paint::Tint => " d-tint",
        Paint::Strong => " d-solid",
        Paint::Backing => " d-backing",
    });
    if matches!(look.paint, Paint::Box | Paint::Stroke) {
        out.push_str(match look.thickness {
            Thickness::Hair => " d-hair",
            Thickness::Normal => "",
            Thickness::Strong => " d-strong",
        });
        out.push_str(match look.dash {
            Dash::Solid => "",
            Dash::Dashed => " d-dashed",
            Dash::Dotted => " d-dotted",
            Dash::DashDot => " d-dash-dot",
            Dash::Long => " d-long",
        });
    }
    out
}

fn path(steps: &[Step]) -> String {
    let mut out = String::new();
    for step in steps {
        let _ = match step {
            Step::Move(to) => write!(out, "M{} {}", number(to.x), number(to.y)),
            Step::Line(to) => write!(out, "L{} {}", number(to.x), number(to.y)),
            Step::Curve(by, to) => {
                write!(out, "Q{} {} {} {}", number(by.x), number(by.y), number(to.x), number(to.y))
            }
            Step::Close => {
                out.push('Z');
                Ok(())
            }
        };
    }
    out
}

/// A number with at most two decimals, the same on every machine.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    // What is written is a rounding of the exact value; only next to a tie is the quick one in doubt.
    let hundredths = value * 100.0;
    let to_tie = (hundredths.fract().abs() - 0.5).abs();
    if hundredths.abs() < 1e12 && to_tie > 1e-3 {
        let rounded = hundredths.round() as i64;
        let (whole, rest) = (rounded.abs() / 100, rounded.abs() % 100);
        let sign = if rounded < 0 { "-" } else { "" };
        return match (rest, rest % 10) {
            (0, _) => format!("{sign}{whole}"),
            (_, 0) => format!("{sign}{whole}.{}", rest / 10),
            _ => format!("{sign}{whole}.{rest:02}"),
        };
    }
    let mut text = format!("{value:.2}");
    text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    if text == "-0" { "0".to_owned() } else { text }
}

/// A text between tags or in quotation marks; what XML cannot hold becomes a replacement character.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if (c as u32) < 0x20 || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A name that an identifier may have: letters, digits and hyphens.
fn identifier(text: &str) -> String {
    let mut out: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    if !out.starts_with(|c: char| c.is_ascii_alphabetic()) {
        out.insert_str(0, "f-");
    }
    out
}

#[cfg(test)]
mod tests;
