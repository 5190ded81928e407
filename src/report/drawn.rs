//! The one place where this room asks the figure room for SVG, colours and fonts.

use std::fmt::Write as _;

use crate::figure::{Figure, svg, theme};

/// A drawing to stand in a page: no `<style>`, no style attributes, and ids that start with the
/// figure's anchor, which is unique on its page. Nothing where the figure is no drawing.
pub(super) fn inline(figure: &Figure, anchor: &str) -> Option<String> {
    svg::inline(&Figure { id: anchor.to_owned(), ..figure.clone() })
}

/// A drawing as a file of its own, which carries its colours for light and dark.
pub(super) fn standalone(figure: &Figure) -> Option<String> {
    svg::standalone(figure)
}

/// The colours as custom properties, those of the white sheet for print, and the classes of drawings.
pub(super) fn style() -> String {
    let mut print = String::from("color-scheme:light;");
    for colour in theme::COLOURS {
        let _ = write!(print, "--{}:{};", colour.name, colour.light);
    }
    // Print is light whatever the system asks for, hence the heavier selector.
    format!("{}@media print{{:root:root:root{{{print}}}}}\n{}", theme::css_variables(), theme::svg_css())
}

/// The fonts that pages load from `fonts/`: file name and bytes.
pub(super) const FONTS: [(&str, &[u8]); 3] = [
    ("inter-400.woff2", include_bytes!("../../templates/fonts/inter-400.woff2")),
    ("inter-600.woff2", include_bytes!("../../templates/fonts/inter-600.woff2")),
    ("OFL.txt", include_bytes!("../../templates/fonts/OFL.txt")),
];
