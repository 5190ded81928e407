//! What is written in a box, and how large the box is for it.

use super::{Node, NodeRole};
use crate::figure::sign::SIZE;
use crate::figure::text::{self, Weight};
use crate::source::Lang;

/// The height that a group's title takes, in pixels.
pub(super) const TITLE: f64 = 24.0;
/// The longest line in a box, in pixels.
const LONGEST: f64 = 176.0;

/// What the sign of a kind takes of the first line, the space behind it included.
pub(super) const BESIDE_SIGN: f64 = SIZE + 5.0;

/// The lines of a box, and its size in pixels.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Words {
    pub title: Vec<String>,
    pub subtitle: Vec<String>,
    pub tags: Vec<String>,
    pub w: f64,
    pub h: f64,
}

/// The lines of a node in each language, in boxes of one size.
pub(super) fn both(node: &Node) -> [Words; 2] {
    let mut both = [of(node, Lang::En), of(node, Lang::Fr)];
    let (w, h) = both.iter().fold((0.0_f64, 0.0_f64), |(w, h), words| (w.max(words.w), h.max(words.h)));
    both.iter_mut().for_each(|words| (words.w, words.h) = (w, h));
    both
}

/// The lines of a node, broken where they are long.
fn of(node: &Node, lang: Lang) -> Words {
    let title = text::balance(&node.title, LONGEST, 13.0, Weight::SemiBold, 2);
    let subtitle = text::balance(node.subtitle.get(lang), LONGEST, 11.0, Weight::Regular, 2);
    let mut tags: Vec<String> = Vec::new();
    tags.extend(
        node.single_point
            .iter()
            .map(|words| text::fit(&format!("⚠ {}", words.get(lang)), LONGEST, 11.0, Weight::SemiBold)),
    );
    tags.extend(node.badges.iter().map(|badge| text::fit(badge.get(lang), LONGEST, 11.0, Weight::Regular)));
    // The sign stands before the first line.
    let lines = title.iter().enumerate();
    let widths = lines.map(|(i, line)| {
        text::width(line, 13.0, Weight::SemiBold) + if i == 0 && node.kind.is_some() { BESIDE_SIGN } else { 0.0 }
    });
    let widths = widths.chain(subtitle.iter().map(|line| text::width(line, 11.0, Weight::Regular)));
    let widths = widths.chain(tags.iter().map(|tag| text::width(tag, 11.0, Weight::SemiBold)));
    let sides = if node.role == NodeRole::Person { 52.0 } else { 24.0 };
    let w = up(widths.fold(64.0, f64::max) + sides);
    let h = title.len() as f64 * 17.0 + subtitle.len() as f64 * 14.0 + tags.len() as f64 * 15.0 + 18.0;
    Words { title, subtitle, tags, w, h: up(h.max(40.0)) }
}

/// Boxes of nearly one size are of one size: they line up.
fn up(value: f64) -> f64 {
    (value / 16.0).ceil() * 16.0
}

/// How wide the title of a group is, in pixels.
pub(super) fn title_width(title: &str, kind: &str) -> f64 {
    let kind = if kind.is_empty() { 0.0 } else { text::width(kind, 11.0, Weight::Regular) + 8.0 };
    text::width(title, 12.0, Weight::SemiBold) + kind + 12.0
}
