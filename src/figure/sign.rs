//! Signs: what kind of component a box stands for, as a small drawing of strokes.
//!
//! Every kind has one, and it never stands alone: the box says the kind in words, or the legend does
//! where the box calls its product instead. They are drawn here, on a field of 14 by 14.

use super::drawing::{Look, Mark, Paint, Point, Role, Step, Thickness, at};
use crate::design::model::component::ComponentKind as Kind;

/// The width and height of a sign, in pixels.
pub const SIZE: f64 = 14.0;

/// The strokes of a sign: `M` goes somewhere, `L` draws a line there, `Q` a curve by way of a point,
/// `Z` back to the beginning; `O` is a circle around a point with a radius.
fn strokes(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "O 7 4 3 M 1 13 Q 7 3 13 13",
        Kind::ExternalSystem => "M 6 3 L 1 3 L 1 13 L 11 13 L 11 8 M 6 8 L 13 1 M 8 1 L 13 1 L 13 6",
        Kind::Service => "M 7 1 L 12.5 4 L 12.5 10 L 7 13 L 1.5 10 L 1.5 4 Z O 7 7 1.6",
        Kind::Gateway => "M 9 1 L 13 1 L 13 13 L 9 13 M 1 7 L 9 7 M 6 4 L 9 7 L 6 10",
        Kind::LoadBalancer => "O 2.5 7 1.5 M 4 7 L 12.5 2 M 4 7 L 13 7 M 4 7 L 12.5 12",
        Kind::Dns => "O 7 7 6 M 1 7 L 13 7 M 7 1 Q 2 7 7 13 Q 12 7 7 1",
        Kind::Waf => "M 7 1 L 12.5 3 L 12.5 7 Q 12 11 7 13 Q 2 11 1.5 7 L 1.5 3 Z M 4.5 7 L 6.5 9 L 9.5 5",
        Kind::Firewall => {
            "M 1 2 L 13 2 L 13 12 L 1 12 Z M 1 5.3 L 13 5.3 M 1 8.7 L 13 8.7 \
             M 7 2 L 7 5.3 M 4 5.3 L 4 8.7 M 10 5.3 L 10 8.7 M 7 8.7 L 7 12"
        }
        Kind::Database => {
            "M 2 3 Q 2 1 7 1 Q 12 1 12 3 Q 12 5 7 5 Q 2 5 2 3 L 2 11 Q 2 13 7 13 Q 12 13 12 11 L 12 3 \
             M 2 7 Q 2 9 7 9 Q 12 9 12 7"
        }
        Kind::ConsensusStore => {
            "O 7 2.5 1.8 O 2.5 11 1.8 O 11.5 11 1.8 M 6.1 4.1 L 3.4 9.4 M 7.9 4.1 L 10.6 9.4 M 4.3 11 L 9.7 11"
        }
        Kind::MessageBroker => "M 1 3 L 13 3 L 13 11 L 1 11 Z M 1 3 L 7 8 L 13 3",
        Kind::Cache => "M 8 1 L 2.5 8 L 6.5 8 L 6 13 L 11.5 6 L 7.5 6 Z",
        Kind::ObjectStorage => "M 1.5 3 L 3 12 Q 7 14 11 12 L 12.5 3 M 1.5 3 Q 7 6 12.5 3 Q 7 0 1.5 3",
        Kind::Registry => {
            "M 1 1 L 6 1 L 6 6 L 1 6 Z M 8 1 L 13 1 L 13 6 L 8 6 Z M 1 8 L 6 8 L 6 13 L 1 13 Z M 8 8 L 13 8 L 13 13 L 8 13 Z"
        }
        Kind::SecretStore => "O 4 7 2.8 M 6.8 7 L 13 7 L 13 10.5 M 10 7 L 10 9.5",
        Kind::IdentityProvider => "M 2 1 L 12 1 L 12 13 L 2 13 Z O 7 5 2 M 4 11 Q 7 6.5 10 11",
        Kind::Directory => "O 2.5 3 1.2 O 2.5 7 1.2 O 2.5 11 1.2 M 6 3 L 13 3 M 6 7 L 13 7 M 6 11 L 13 11",
        Kind::Delivery => "M 1 3 L 4.5 7 L 1 11 M 5.2 3 L 8.7 7 L 5.2 11 M 9.4 3 L 12.9 7 L 9.4 11",
        Kind::Monitoring => "M 1 7 L 4 7 L 6 2 L 8.5 12 L 10.5 7 L 13 7",
        Kind::Logging => "M 2 1 L 12 1 L 12 13 L 2 13 Z M 4.5 4.5 L 9.5 4.5 M 4.5 7 L 9.5 7 M 4.5 9.5 L 8 9.5",
        Kind::Sensor => "O 3 11 1.5 M 2 6 Q 8 6 8 12 M 2 2 Q 12 2 12 12",
        Kind::Actuator => {
            "O 7 7 2.6 M 7 1 L 7 3 M 7 11 L 7 13 M 1 7 L 3 7 M 11 7 L 13 7 \
             M 2.8 2.8 L 4.2 4.2 M 9.8 9.8 L 11.2 11.2 M 2.8 11.2 L 4.2 9.8 M 9.8 4.2 L 11.2 2.8"
        }
    }
}

/// The sign of a kind with its upper left corner at a place.
pub fn sign(kind: Kind, x: f64, y: f64, role: Role) -> Vec<Mark> {
    let look = Look::new(role, Paint::Stroke).thickness(Thickness::Normal);
    let (mut marks, mut steps): (Vec<Mark>, Vec<Step>) = (Vec::new(), Vec::new());
    let mut words = strokes(kind).split_whitespace();
    let place = |a: f64, b: f64| at(x + a, y + b);
    while let Some(word) = words.next() {
        let mut number = || words.next().and_then(|word| word.parse::<f64>().ok()).unwrap_or_default();
        match word {
            "M" => steps.push(Step::Move(place(number(), number()))),
            "L" => steps.push(Step::Line(place(number(), number()))),
            "Q" => {
                let by: Point = place(number(), number());
                steps.push(Step::Curve(by, place(number(), number())));
            }
            "O" => {
                let centre = place(number(), number());
                marks.push(Mark::circle(centre.x, centre.y, number(), look));
            }
            _ => steps.push(Step::Close),
        }
    }
    if !steps.is_empty() {
        marks.push(Mark::Path { steps, look, tip: None });
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Kind; 22] = [
        Kind::Person,
        Kind::ExternalSystem,
        Kind::Service,
        Kind::Gateway,
        Kind::LoadBalancer,
        Kind::Dns,
        Kind::Waf,
        Kind::Firewall,
        Kind::Database,
        Kind::ConsensusStore,
        Kind::MessageBroker,
        Kind::Cache,
        Kind::ObjectStorage,
        Kind::Registry,
        Kind::SecretStore,
        Kind::IdentityProvider,
        Kind::Directory,
        Kind::Delivery,
        Kind::Monitoring,
        Kind::Logging,
        Kind::Sensor,
        Kind::Actuator,
    ];

    #[test]
    fn every_kind_has_a_sign_of_its_own_within_its_field() {
        let mut known = Vec::new();
        for kind in KINDS {
            let marks = sign(kind, 0.0, 0.0, Role::Ink);
            assert!(!marks.is_empty() && !known.contains(&marks), "{kind:?}");
            for mark in &marks {
                let inside =
                    |point: &Point| (-0.5..=SIZE + 0.5).contains(&point.x) && (-0.5..=SIZE + 0.5).contains(&point.y);
                match mark {
                    Mark::Path { steps, .. } => assert!(
                        steps.iter().all(|step| match step {
                            Step::Move(to) | Step::Line(to) | Step::Curve(_, to) => inside(to),
                            Step::Close => true,
                        }),
                        "{kind:?}"
                    ),
                    Mark::Circle { centre, radius, .. } => {
                        assert!(inside(&at(centre.x - radius, centre.y - radius)), "{kind:?}");
                        assert!(inside(&at(centre.x + radius, centre.y + radius)), "{kind:?}");
                    }
                    _ => panic!("{kind:?}"),
                }
            }
            known.push(marks);
        }
    }
}
