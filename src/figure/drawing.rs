//! Marks: what every drawing ends as.
//!
//! A mark says what it *means* (its [`Role`]) and how it is laid on the sheet (its [`Paint`]); which
//! colour that is, is the [theme](super::theme)'s business. So one drawing reads in light, in dark
//! and in print, and no writer ever sees a colour in a drawing. Lengths are CSS pixels at page width.

use super::text::Weight;
use super::topology::Topology;
use crate::design::model::component::ComponentKind;

mod making;

pub use making::{arrow_head, at, ring, triangle};

/// A drawing in its own units (one unit is one CSS pixel at page width).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels, the legend included.
    pub height: f64,
    /// What is drawn, from the back to the front; the legend's marks are among them.
    pub marks: Vec<Mark>,
    /// What the legend explains: only what occurs in the drawing. It is already drawn (see
    /// [`Drawing::add_legend`]); it is kept for writers that cannot draw.
    pub legend: Vec<LegendEntry>,
    /// What stands behind it, where it shows boxes and flows.
    pub behind: Option<Box<Behind>>,
    /// Where its axis of time lies, if it has one.
    pub clock: Option<Box<Clock>>,
}

/// What stands behind a drawing of boxes and flows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Behind {
    /// What is drawn, told in words, for who does not see it.
    pub told: Vec<String>,
    /// What it was made of, for writers that lay out themselves.
    pub topology: Topology,
    /// The same with nothing collapsed, where the drawing is an overview.
    pub whole: Option<Whole>,
}

/// What an overview leaves out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Whole {
    /// What the reader follows to see it, in the reader's language.
    pub words: String,
    /// The drawing with nothing collapsed.
    pub drawing: Drawing,
}

/// An axis of seconds across a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clock {
    /// The second at its left end.
    pub from_s: f64,
    /// The second at its right end.
    pub to_s: f64,
    /// Its left end, in pixels.
    pub left: f64,
    /// Its right end, in pixels.
    pub right: f64,
    /// The upper edge of what stands over it, in pixels.
    pub top: f64,
    /// The lower edge, in pixels.
    pub bottom: f64,
}

/// One thing on the sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A rectangle.
    Rect {
        /// Left edge.
        x: f64,
        /// Upper edge.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
        /// Corner radius.
        radius: f64,
        /// What it means and how it is laid on.
        look: Look,
        /// The tooltip, or nothing.
        tip: Option<String>,
    },
    /// A path of straight and curved steps.
    Path {
        /// The steps, the first one a [`Step::Move`].
        steps: Vec<Step>,
        /// What it means and how it is laid on.
        look: Look,
        /// The tooltip, or nothing.
        tip: Option<String>,
    },
    /// A straight line.
    Line {
        /// Where it begins.
        from: Point,
        /// Where it ends.
        to: Point,
        /// What it means and how it is laid on.
        look: Look,
        /// The tooltip, or nothing.
        tip: Option<String>,
    },
    /// A circle.
    Circle {
        /// The centre.
        centre: Point,
        /// The radius.
        radius: f64,
        /// What it means and how it is laid on.
        look: Look,
        /// The tooltip, or nothing.
        tip: Option<String>,
    },
    /// One line of text.
    Text(Text),
    /// Marks that belong together: one layer, one component, one bar.
    Group(Group),
}

/// One line of text on the sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Where it is anchored, on the horizontal axis.
    pub x: f64,
    /// The baseline.
    pub y: f64,
    /// What is written.
    pub text: String,
    /// Size in pixels; nothing under 11.
    pub size: f64,
    /// Weight of the font.
    pub weight: Weight,
    /// Which point of the text stands at `x`.
    pub anchor: Anchor,
    /// What it means.
    pub role: Role,
    /// Whether it is written upwards (an axis title).
    pub upwards: bool,
    /// The tooltip: the whole text where it had to be shortened.
    pub tip: Option<String>,
}

/// Marks with a name that a screen reader can say, and perhaps a fact they stand for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Group {
    /// What a screen reader says and the tooltip shows; empty for mere grouping.
    pub label: String,
    /// An identifier within the figure, without the figure's own prefix.
    pub id: Option<String>,
    /// Where a click leads.
    pub href: Option<String>,
    /// The address of the fact that the marks stand for.
    pub fact: Option<String>,
    /// The marks.
    pub marks: Vec<Mark>,
}

/// A place on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// From the left edge, in pixels.
    pub x: f64,
    /// From the upper edge, in pixels.
    pub y: f64,
}

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Go there without drawing.
    Move(Point),
    /// Draw a straight line to there.
    Line(Point),
    /// Draw a quadratic curve: by way of the first point, to the second.
    Curve(Point, Point),
    /// Draw a straight line back to where the path began.
    Close,
}

/// What a mark means. Each role is one CSS class; the theme gives it its colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Role {
    /// What is read first.
    #[default]
    Ink,
    /// What is read second: derivations, ticks, connections.
    InkSecond,
    /// There is one for each application.
    Own,
    /// Shared by several applications.
    Shared,
    /// Shared by several applications, drawn hatched.
    SharedHatched,
    /// The colour of emphasis.
    Accent,
    /// Good, met, best.
    Good,
    /// Bad, missed, failed.
    Bad,
    /// Worth a look.
    Warn,
    /// What somebody observed.
    Observed,
    /// What somebody predicted.
    Predicted,
    /// Decoration that helps the eye along.
    Grid,
    /// A hairline.
    Line,
    /// An isolation boundary.
    Boundary,
    /// What stands outside of what is ours.
    Outside,
    /// The frame of a site, a zone, a cluster.
    Frame,
    /// The frame of something within such a frame.
    FrameInner,
    /// The sheet itself: backings of labels.
    Sheet,
}

/// All roles, in the order of their declaration.
pub const ROLES: [Role; 18] = [
    Role::Ink,
    Role::InkSecond,
    Role::Own,
    Role::Shared,
    Role::SharedHatched,
    Role::Accent,
    Role::Good,
    Role::Bad,
    Role::Warn,
    Role::Observed,
    Role::Predicted,
    Role::Grid,
    Role::Line,
    Role::Boundary,
    Role::Outside,
    Role::Frame,
    Role::FrameInner,
    Role::Sheet,
];

impl Role {
    /// The CSS class.
    pub fn class(self) -> &'static str {
        match self {
            Role::Ink => "d-ink",
            Role::InkSecond => "d-ink-2",
            Role::Own => "d-own",
            Role::Shared => "d-shared",
            Role::SharedHatched => "d-hatched",
            Role::Accent => "d-accent",
            Role::Good => "d-good",
            Role::Bad => "d-bad",
            Role::Warn => "d-warn",
            Role::Observed => "d-observed",
            Role::Predicted => "d-predicted",
            Role::Grid => "d-grid",
            Role::Line => "d-line",
            Role::Boundary => "d-boundary",
            Role::Outside => "d-outside",
            Role::Frame => "d-frame",
            Role::FrameInner => "d-frame-inner",
            Role::Sheet => "d-sheet",
        }
    }
}

/// How a mark is laid on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Paint {
    /// The role's outline around the role's pale surface.
    #[default]
    Box,
    /// The outline only.
    Stroke,
    /// The role's full colour.
    Fill,
    /// The role's colour thinned, so that text reads on it.
    Tint,
    /// Less thinned, for what matters most; text in ink still reads on it.
    Strong,
    /// The role's pale surface without an outline: what stands behind a label.
    Backing,
}

/// The pattern of a line: what tells lines apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Dash {
    /// Unbroken.
    #[default]
    Solid,
    /// Strokes and gaps.
    Dashed,
    /// Dots.
    Dotted,
    /// A stroke, a dot.
    DashDot,
    /// Long strokes.
    Long,
}

/// All dash patterns, in the order in which a chart hands them out.
pub const DASHES: [Dash; 5] = [Dash::Solid, Dash::Dashed, Dash::Dotted, Dash::DashDot, Dash::Long];

/// How thick a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Thickness {
    /// One pixel.
    Hair,
    /// One and a quarter.
    #[default]
    Normal,
    /// Two.
    Strong,
}

/// What a mark means and how it is laid on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Look {
    /// What it means.
    pub role: Role,
    /// Filled, outlined or both.
    pub paint: Paint,
    /// The pattern of its line.
    pub dash: Dash,
    /// How thick its line is.
    pub thickness: Thickness,
}

impl Look {
    /// A solid line of normal thickness, laid on in the given way.
    pub fn new(role: Role, paint: Paint) -> Look {
        Look { role, paint, ..Look::default() }
    }

    /// An outline or line in the role's colour.
    pub fn stroke(role: Role) -> Look {
        Look::new(role, Paint::Stroke)
    }

    /// The same with another pattern.
    pub fn dash(mut self, dash: Dash) -> Look {
        self.dash = dash;
        self
    }

    /// The same with another thickness.
    pub fn thickness(mut self, thickness: Thickness) -> Look {
        self.thickness = thickness;
        self
    }
}

/// Which point of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Anchor {
    /// Its beginning.
    #[default]
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// What a legend shows before its words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sample {
    /// A small box.
    Box(Look),
    /// A short line.
    Line(Look),
    /// A ring.
    Ring(Role),
    /// A filled dot.
    Dot(Role),
    /// An empty triangle.
    Triangle(Role),
    /// The sign of a kind of component; whoever asks for it has drawn it.
    Sign(ComponentKind),
}

/// One entry of a legend.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendEntry {
    /// What is shown.
    pub sample: Sample,
    /// What it means, in the reader's language.
    pub text: String,
}
