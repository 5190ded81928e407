//! PNG: the sheet as a raster, by our own marks and the embedded font.

use super::raster::Sheet;
use super::{Look, no_picture};
use crate::analysis::rule::{Words, words};
use crate::figure::{Figure, svg};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "A raster for slides and chats, light or dark, twice the size unless told.",
    "Une image pour diapositives et messageries, claire ou sombre, au double de sa taille sauf avis contraire.",
);

pub(super) fn write(figure: &Figure, look: &Look) -> Result<Vec<u8>, Said> {
    let drawing = svg::sheet(figure).ok_or_else(no_picture)?;
    let sheet = Sheet::new(drawing.width, drawing.height, look)
        .ok_or_else(|| said!("the drawing is too large for a raster", "le dessin est trop grand pour une image"))?;
    sheet
        .paint(&drawing.marks)
        .map_err(|error| said!("the raster cannot be written: {error}", "l’image ne peut pas être écrite : {error}"))
}
