//! SVG: the sheet, light or dark as the reader's system asks.

use super::{Look, no_picture};
use crate::analysis::rule::{Words, words};
use crate::figure::{Figure, svg};
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "A drawing for pages and documents, light or dark as the reader’s system asks.",
    "Un dessin pour pages et documents, clair ou sombre selon le système du lecteur.",
);

pub(super) fn write(figure: &Figure, look: &Look) -> Result<Vec<u8>, Said> {
    let text = match look.dark {
        None => svg::standalone(figure),
        Some(dark) => svg::fixed(figure, dark),
    };
    text.map(String::into_bytes).ok_or_else(no_picture)
}
