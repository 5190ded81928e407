//! What the formats write down while they read: who was seen doing what, when and where.

use std::collections::BTreeMap;

use super::Origin;
use super::pods::Seen;
use super::times::{Line, Moment};
use super::what::What;
use crate::source::{Diagnostic, Span};

/// The most that is kept of one file. A day of a busy cluster has fewer events.
const MAX_SIGHTINGS: usize = 50_000;
/// The longest name that is kept; Kubernetes allows 253 characters.
const MAX_NAME: usize = 260;

/// Something that was seen, before names and times are worked out.
#[derive(Debug, Clone)]
pub(super) struct Sighting {
    pub moment: Moment,
    /// `pod/…`, `node/…`, as the cluster calls it.
    pub object: String,
    pub what: What,
    pub span: Span,
    /// Whether it stands in the order of time, so that a step back is a mistake.
    pub in_order: bool,
}

/// What was read so far.
#[derive(Debug)]
pub(super) struct Log<'o> {
    pub origin: &'o Origin,
    pub sightings: Vec<Sighting>,
    pub diagnostics: Vec<Diagnostic>,
    /// How many objects of Kubernetes there were, of whatever kind.
    pub objects: usize,
    /// Whether there was more than is kept.
    pub too_much: bool,
    /// Whether an author wrote it, so that its first line is where it begins.
    pub by_hand: bool,
    /// Each pod and node of a table as it was last seen.
    pub seen: BTreeMap<String, Seen>,
    /// Whether the first rows of a watch are still being read, which tell a state and no change.
    pub listing: bool,
    /// The latest moment of a table without times, since it was printed, and how far off it may be.
    pub now: (f64, f64),
}

impl<'o> Log<'o> {
    pub(super) fn new(origin: &'o Origin) -> Log<'o> {
        Log {
            origin,
            sightings: Vec::new(),
            diagnostics: Vec::new(),
            objects: 0,
            too_much: false,
            by_hand: false,
            seen: BTreeMap::new(),
            listing: true,
            now: (0.0, 0.0),
        }
    }

    /// Bytes of the text as a place in its file.
    pub(super) fn place(&self, from: usize, to: usize) -> Span {
        let at = |byte: usize| (byte + self.origin.offset) as u32;
        Span { file: self.origin.file, start: at(from), end: at(to) }
    }

    /// Writes down what was seen, as long as there is room.
    pub(super) fn see(&mut self, sighting: Sighting) {
        let names_something = sighting.object.split_once('/').is_some_and(|(_, name)| !name.is_empty());
        if self.sightings.len() >= MAX_SIGHTINGS {
            self.too_much = true;
        } else if names_something && sighting.object.len() <= MAX_NAME && sighting.moment.at_s.is_finite() {
            self.sightings.push(sighting);
        }
    }

    /// A moment of a table that tells only ages, counted from when it was printed.
    pub(super) fn watched(at_s: f64, precision_s: f64) -> Moment {
        Moment { at_s, precision_s, line: Line::Watch }
    }
}
