//! Making marks, and the legend under a drawing.

use super::{Anchor, Dash, Drawing, Group, LegendEntry, Look, Mark, Paint, Point, Role, Sample, Step, Text};
use crate::figure::sign;
use crate::figure::text::{self, Weight};

/// A place on the sheet.
pub fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

impl Mark {
    /// A rectangle with slightly rounded corners.
    pub fn rect(x: f64, y: f64, width: f64, height: f64, look: Look) -> Mark {
        Mark::Rect { x, y, width, height, radius: 3.0, look, tip: None }
    }

    /// A rectangle with square corners.
    pub fn square(x: f64, y: f64, width: f64, height: f64, look: Look) -> Mark {
        Mark::Rect { x, y, width, height, radius: 0.0, look, tip: None }
    }

    /// A straight line.
    pub fn line(x1: f64, y1: f64, x2: f64, y2: f64, look: Look) -> Mark {
        Mark::Line { from: at(x1, y1), to: at(x2, y2), look, tip: None }
    }

    /// A circle.
    pub fn circle(x: f64, y: f64, radius: f64, look: Look) -> Mark {
        Mark::Circle { centre: at(x, y), radius, look, tip: None }
    }

    /// A line through points, closed or not.
    pub fn path(points: &[Point], closed: bool, look: Look) -> Mark {
        let mut steps: Vec<Step> = points
            .iter()
            .enumerate()
            .map(|(i, point)| if i == 0 { Step::Move(*point) } else { Step::Line(*point) })
            .collect();
        if closed {
            steps.push(Step::Close);
        }
        Mark::Path { steps, look, tip: None }
    }

    /// A line of text that begins at a place on its baseline.
    pub fn text(x: f64, y: f64, text: impl Into<String>, size: f64, role: Role) -> Text {
        Text {
            x,
            y,
            text: text.into(),
            size,
            weight: Weight::Regular,
            anchor: Anchor::Start,
            role,
            upwards: false,
            tip: None,
        }
    }

    /// The same with a tooltip; a group keeps its label.
    pub fn tipped(mut self, text: impl Into<String>) -> Mark {
        match &mut self {
            Mark::Rect { tip, .. } | Mark::Path { tip, .. } | Mark::Line { tip, .. } | Mark::Circle { tip, .. } => {
                *tip = Some(text.into());
            }
            Mark::Text(Text { tip, .. }) => *tip = Some(text.into()),
            Mark::Group(_) => {}
        }
        self
    }

    /// Calls a function with the look's role of this mark and of all marks in it.
    pub fn each(&self, visit: &mut impl FnMut(&Mark)) {
        visit(self);
        if let Mark::Group(group) = self {
            group.marks.iter().for_each(|mark| mark.each(visit));
        }
    }

    /// Moves a mark and all in it.
    pub fn shift(&mut self, dx: f64, dy: f64) {
        let go = |point: &mut Point| {
            point.x += dx;
            point.y += dy;
        };
        match self {
            Mark::Rect { x, y, .. } | Mark::Text(Text { x, y, .. }) => {
                *x += dx;
                *y += dy;
            }
            Mark::Line { from, to, .. } => {
                go(from);
                go(to);
            }
            Mark::Circle { centre, .. } => go(centre),
            Mark::Path { steps, .. } => {
                for step in steps {
                    match step {
                        Step::Move(point) | Step::Line(point) => go(point),
                        Step::Curve(by, to) => {
                            go(by);
                            go(to);
                        }
                        Step::Close => {}
                    }
                }
            }
            Mark::Group(group) => group.marks.iter_mut().for_each(|mark| mark.shift(dx, dy)),
        }
    }
}

impl Text {
    /// The same in semi-bold.
    pub fn bold(mut self) -> Text {
        self.weight = Weight::SemiBold;
        self
    }

    /// The same anchored elsewhere.
    pub fn anchor(mut self, anchor: Anchor) -> Text {
        self.anchor = anchor;
        self
    }

    /// The same centred on its place.
    pub fn middle(self) -> Text {
        self.anchor(Anchor::Middle)
    }

    /// The same ending at its place.
    pub fn end(self) -> Text {
        self.anchor(Anchor::End)
    }

    /// The same with the middle of its capitals, not its baseline, at its height.
    pub fn centred(mut self) -> Text {
        self.y += text::baseline(self.size);
        self
    }

    /// How wide it is, in pixels.
    pub fn width(&self) -> f64 {
        text::width(&self.text, self.size, self.weight)
    }

    /// Left edge, upper edge, right edge, lower edge.
    pub fn bounds(&self) -> [f64; 4] {
        let width = self.width();
        let before = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => width / 2.0,
            Anchor::End => width,
        };
        if self.upwards {
            return [self.x - self.size, self.y - width + before, self.x + self.size * 0.3, self.y + before];
        }
        [self.x - before, self.y - self.size, self.x - before + width, self.y + self.size * 0.3]
    }
}

impl From<Text> for Mark {
    fn from(text: Text) -> Mark {
        Mark::Text(text)
    }
}

impl From<Group> for Mark {
    fn from(group: Group) -> Mark {
        Mark::Group(group)
    }
}

const LEGEND_TEXT: f64 = 11.0;
const LEGEND_LINE: f64 = 22.0;

impl Drawing {
    /// An empty sheet.
    pub fn new(width: f64, height: f64) -> Drawing {
        Drawing { width, height, ..Drawing::default() }
    }

    /// Puts a mark in front of all others.
    pub fn add(&mut self, mark: impl Into<Mark>) {
        self.marks.push(mark.into());
    }

    /// Calls a function with every mark, those inside of groups included.
    pub fn each(&self, mut visit: impl FnMut(&Mark)) {
        self.marks.iter().for_each(|mark| mark.each(&mut visit));
    }

    /// Draws a legend under the picture, of the entries whose sample occurs in it, and makes the
    /// drawing that much higher.
    pub fn add_legend(&mut self, entries: impl IntoIterator<Item = LegendEntry>) {
        let entries: Vec<LegendEntry> = entries.into_iter().filter(|entry| self.shows(entry.sample)).collect();
        if entries.is_empty() {
            return;
        }
        let (mut x, mut y) = (0.0, self.height + 8.0 + LEGEND_LINE / 2.0);
        for entry in &entries {
            let width = 28.0 + text::width(&entry.text, LEGEND_TEXT, Weight::Regular);
            if x > 0.0 && x + width > self.width {
                x = 0.0;
                y += LEGEND_LINE;
            }
            self.marks.extend(sample(entry.sample, x, y));
            let label = text::fit(&entry.text, (self.width - 28.0).max(80.0), LEGEND_TEXT, Weight::Regular);
            self.add(Mark::text(x + 28.0, y, label, LEGEND_TEXT, Role::InkSecond).centred());
            x += width + 20.0;
        }
        self.height = y + LEGEND_LINE / 2.0;
        self.legend.extend(entries);
    }

    /// Whether something like a legend's sample occurs in the drawing.
    fn shows(&self, sample: Sample) -> bool {
        let mut found = false;
        self.each(|mark| {
            found |= match (sample, mark) {
                (Sample::Box(wanted), Mark::Rect { look, .. } | Mark::Path { look, .. }) => {
                    *look == Look { thickness: look.thickness, ..wanted }
                }
                (Sample::Line(wanted), Mark::Line { look, .. } | Mark::Path { look, .. }) => {
                    *look == Look { thickness: look.thickness, ..wanted }
                }
                (Sample::Ring(role), Mark::Circle { look, .. }) => look.role == role && look.paint == Paint::Stroke,
                (Sample::Dot(role), Mark::Circle { look, .. }) => look.role == role && look.paint == Paint::Fill,
                (Sample::Triangle(role), Mark::Path { look, .. }) => look.role == role,
                (Sample::Sign(_), _) => true,
                _ => false,
            };
        });
        found
    }
}

fn sample(sample: Sample, x: f64, y: f64) -> Option<Mark> {
    Some(match sample {
        Sample::Box(look) => Mark::Rect { x, y: y - 6.0, width: 20.0, height: 12.0, radius: 2.0, look, tip: None },
        Sample::Line(look) => Mark::line(x, y, x + 20.0, y, look),
        Sample::Ring(role) => ring(x + 10.0, y, role),
        Sample::Dot(role) => Mark::circle(x + 10.0, y, 4.0, Look::new(role, Paint::Fill)),
        Sample::Triangle(role) => triangle(x + 10.0, y, role),
        Sample::Sign(kind) => {
            let half = sign::SIZE / 2.0;
            let marks = sign::sign(kind, x + 10.0 - half, y - half, Role::InkSecond);
            Group { marks, ..Group::default() }.into()
        }
    })
}

/// The mark of something observed.
pub fn ring(x: f64, y: f64, role: Role) -> Mark {
    Mark::circle(x, y, 4.5, Look::stroke(role).thickness(super::Thickness::Strong))
}

/// The mark of something predicted.
pub fn triangle(x: f64, y: f64, role: Role) -> Mark {
    let corners = [at(x - 5.5, y + 4.5), at(x, y - 5.0), at(x + 5.5, y + 4.5)];
    Mark::path(&corners, true, Look::stroke(role).thickness(super::Thickness::Strong))
}

/// A filled arrow head whose point stands at the second place, coming from the first.
pub fn arrow_head(from: Point, to: Point, role: Role) -> Mark {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let length = dx.hypot(dy).max(0.01);
    let (ux, uy) = (dx / length, dy / length);
    let back = at(to.x - ux * 8.0, to.y - uy * 8.0);
    let corners = [at(back.x - uy * 3.5, back.y + ux * 3.5), to, at(back.x + uy * 3.5, back.y - ux * 3.5)];
    Mark::path(&corners, true, Look { role, paint: Paint::Fill, dash: Dash::Solid, ..Look::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legend_lists_only_what_occurs() {
        let own = Look::new(Role::Own, Paint::Box);
        let bad = Look::new(Role::Bad, Paint::Box);
        let mut drawing = Drawing::new(200.0, 100.0);
        drawing.add(Mark::rect(0.0, 0.0, 50.0, 20.0, own));
        let entry = |look, text: &str| LegendEntry { sample: Sample::Box(look), text: text.into() };
        drawing.add_legend([entry(own, "one each"), entry(bad, "failed")]);
        assert_eq!(drawing.legend.len(), 1);
        assert_eq!(drawing.legend[0].text, "one each");
        assert!(drawing.height > 100.0);
    }

    #[test]
    fn shifting_moves_everything() {
        let mut mark = Mark::from(Group {
            marks: vec![
                Mark::line(0.0, 0.0, 1.0, 1.0, Look::default()),
                Mark::text(2.0, 3.0, "a", 11.0, Role::Ink).into(),
            ],
            ..Group::default()
        });
        mark.shift(10.0, 20.0);
        let Mark::Group(group) = mark else { panic!("still a group") };
        assert_eq!(group.marks[0], Mark::line(10.0, 20.0, 11.0, 21.0, Look::default()));
    }
}
