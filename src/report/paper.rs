//! The paper that a page and its drawings are printed on, so that no text of a drawing gets too small
//! to read: a page with wide drawings lies on its side, and a drawing that its page would shrink too
//! far gets a sheet of its own. The style sheet has the same sizes.

use crate::figure::Drawing;

/// A paper, as the style sheet names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paper {
    /// A4 upright.
    Upright,
    /// A4 on its side.
    Wide,
    /// A3 upright, to be folded.
    Large,
}

/// The share of its size to which a drawing may shrink: 11 px, the smallest text there is, on 7.5 pt.
const SHRINKS_TO: f64 = 10.0 / 11.0;
/// What a sheet's edge and cartouche take of the paper, in pixels.
const AROUND: (f64, f64) = (26.0, 126.0);

impl Paper {
    /// The paper of a page with these drawings.
    pub(super) fn of<'a>(drawings: impl IntoIterator<Item = &'a Drawing>) -> Paper {
        let upright = Paper::Upright.room().0;
        let wide = drawings.into_iter().any(|drawing| drawing.width * SHRINKS_TO > upright);
        if wide { Paper::Wide } else { Paper::Upright }
    }

    /// The paper that a drawing gets for itself on a page of this paper; none where it fits the page.
    pub(super) fn leaf(self, drawing: &Drawing) -> Option<Paper> {
        [self, Paper::Upright]
            .into_iter()
            .find(|paper| paper.holds(drawing))
            .or(Some(Paper::Large))
            .filter(|paper| *paper != self)
    }

    /// The class in the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Paper::Upright => "upright",
            Paper::Wide => "wide",
            Paper::Large => "large",
        }
    }

    /// The room for a drawing, in pixels: the paper without its margins and without a sheet's cartouche.
    fn room(self) -> (f64, f64) {
        let (width, height) = match self {
            Paper::Upright => (190.0, 273.0),
            Paper::Wide => (277.0, 186.0),
            Paper::Large => (277.0, 396.0),
        };
        let pixels = |millimetres: f64| millimetres / 25.4 * 96.0;
        (pixels(width) - AROUND.0, pixels(height) - AROUND.1)
    }

    fn holds(self, drawing: &Drawing) -> bool {
        let (width, height) = self.room();
        drawing.width * SHRINKS_TO <= width && drawing.height * SHRINKS_TO <= height
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_gets_paper_on_which_its_text_can_be_read() {
        let drawing = |width: f64, height: f64| Drawing { width, height, ..Drawing::default() };
        let (chart, tall, topology) = (drawing(1042.0, 400.0), drawing(698.0, 950.0), drawing(1026.0, 1072.0));
        assert_eq!(Paper::of([&tall]), Paper::Upright);
        assert_eq!(Paper::of([&tall, &chart]), Paper::Wide);
        assert_eq!(Paper::Wide.leaf(&chart), None);
        assert_eq!(Paper::Wide.leaf(&tall), Some(Paper::Upright));
        assert_eq!(Paper::Upright.leaf(&tall), None);
        assert_eq!(Paper::Wide.leaf(&topology), Some(Paper::Large));
        assert_eq!(Paper::Wide.leaf(&drawing(1042.0, 4000.0)), Some(Paper::Large), "there is nothing larger");
    }
}
