//! The one place where this room asks the figure room for SVG, colours and fonts.

use std::fmt::Write as _;

use super::linked::Linked;
use crate::figure::drawing::Mark;
use crate::figure::{Body, Figure, svg, theme};

/// A drawing to stand in a page: no `<style>`, no style attributes, and ids that start with the
/// figure's anchor, which is unique on its page. Boxes lead to the pages of what they stand for.
/// Nothing where the figure is no drawing.
pub(super) fn inline(figure: &Figure, anchor: &str, linked: &Linked<'_>) -> Option<String> {
    let mut figure = Figure { id: anchor.to_owned(), ..figure.clone() };
    if let Body::Drawing(drawing) = &mut figure.body {
        link(&mut drawing.marks, linked);
        if let Some(whole) = drawing.behind.as_mut().and_then(|behind| behind.whole.as_mut()) {
            link(&mut whole.drawing.marks, linked);
        }
    }
    svg::inline(&figure)
}

/// Gives the boxes of components their links. What is in a box is not looked at: a link holds no other.
fn link(marks: &mut [Mark], linked: &Linked<'_>) {
    for mark in marks {
        let Mark::Group(group) = mark else { continue };
        let target = group.fact.as_deref().filter(|_| group.id.is_some()).and_then(|fact| linked.component(fact));
        match target {
            Some(_) if group.href.is_some() => {}
            Some(target) => group.href = Some(target),
            None => link(&mut group.marks, linked),
        }
    }
}

/// A drawing as a file of its own, which carries its colours for light and dark.
pub(super) fn standalone(figure: &Figure) -> Option<String> {
    svg::standalone(figure)
}

/// A drawing without the sheet around it, in the light colours: for documents that set the rest as text.
#[cfg(feature = "pdf")]
pub(super) fn bare(figure: &Figure) -> Option<String> {
    svg::bare(figure)
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
