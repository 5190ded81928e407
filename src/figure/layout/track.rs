//! Lines: the straight pieces of every way, and their order within each region.
//!
//! A gate gives a piece across its border; two gates on the long sides of a region are joined by a
//! track. Tracks of a region are ordered so that few lines cross. All places here are mere order:
//! pieces of one gate or one region lie a hair apart.

use std::collections::BTreeMap;

use super::bundle::Ranks;
use super::channel::{Channels, NONE, RIGHT, TOP};
use super::model::Rect;
use super::route::{Ways, common};

/// A hair: what keeps two pieces apart before there is room for them.
const HAIR: f64 = 0.01;
/// What keeps pieces of different edges apart that would lie in the very same place.
const TIE: f64 = 1e-6;
/// More tracks than this in one region are ordered by a key instead of in pairs.
const PAIRED: usize = 260;

/// One straight piece of a way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub edge: usize,
    /// Whether it runs from above to below.
    pub upright: bool,
    /// Its place across its direction.
    pub at: f64,
    /// The region in which it is a track, or comes from an end.
    pub home: usize,
    /// The box and its side where its way begins and where it ends, if this piece does that.
    pub first: Option<(usize, usize)>,
    pub last: Option<(usize, usize)>,
    /// Pieces with the same number lie on each other: a bus into a side that has no room for more.
    pub bus: usize,
}

/// What pieces pass: a gate, or a region along its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Course {
    Gate(usize),
    Region(usize),
}

/// All pieces; and those of each edge in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Lines {
    pub lines: Vec<Line>,
    pub of: Vec<Vec<usize>>,
    /// What each piece passes; empty once places are measured.
    pub courses: Vec<(Course, usize)>,
}

/// What is known of a piece in its home.
struct Track {
    line: usize,
    low: f64,
    high: f64,
    /// Where it meets pieces from the first long side of the region and from the other one.
    before: Vec<f64>,
    after: Vec<f64>,
    /// Its rank at the low and at the high end of the region.
    ends: [Option<f64>; 2],
}

/// Cuts ways into pieces.
pub(super) fn lines(channels: &Channels, ways: &Ways, ranks: &Ranks) -> Lines {
    let mut made = Lines { lines: Vec::new(), of: vec![Vec::new(); ways.gates.len()], courses: Vec::new() };
    let mut homes: Vec<Vec<Track>> = channels.regions.iter().map(|_| Vec::new()).collect();
    for (edge, way) in ways.gates.iter().enumerate() {
        let place = |at: usize| {
            let gate = &channels.gates[way[at]];
            let middle = if gate.upright { gate.x } else { gate.y };
            middle + HAIR * ranks.of[edge][at] + TIE * edge as f64
        };
        let piece =
            |upright: bool, at: f64, home: usize| Line { edge, upright, at, home, first: None, last: None, bus: NONE };
        let Some(&start) = way.first() else { continue };
        made.lines.push(piece(channels.gates[start].upright, place(0), NONE));
        made.of[edge].push(made.lines.len() - 1);
        made.courses.push((Course::Gate(start), made.lines.len() - 1));
        for index in 0..way.len() - 1 {
            let (a, b) = (&channels.gates[way[index]], &channels.gates[way[index + 1]]);
            let Some((i, j)) = common(a, b) else { continue };
            let number = a.regions[i];
            let level = channels.regions[number].level;
            let (is_end, is_next_end) = (a.upright != level, b.upright != level);
            let current = made.lines.len() - 1;
            let (first, second) = (place(index), place(index + 1));
            let (rank, next_rank) = (ranks.of[edge][index], ranks.of[edge][index + 1]);
            let end = |side: usize| usize::from(side == RIGHT || side == 2);
            let mut track = Track {
                line: current,
                low: f64::MAX,
                high: f64::MIN,
                before: Vec::new(),
                after: Vec::new(),
                ends: [None; 2],
            };
            let first_side = if level { TOP } else { 3 };
            for (is_end, side, at, rank) in
                [(is_end, a.sides[i], first, rank), (is_next_end, b.sides[j], second, next_rank)]
            {
                if is_end {
                    track.ends[end(side)] = Some(rank);
                    (track.low, track.high) =
                        if end(side) == 0 { (f64::MIN, track.high) } else { (track.low, f64::MAX) };
                } else {
                    if side == first_side { &mut track.before } else { &mut track.after }.push(at);
                    (track.low, track.high) = (track.low.min(at), track.high.max(at));
                }
            }
            match (is_end, is_next_end) {
                (true, true) => made.lines[current].home = number,
                (true, false) => {
                    made.lines[current].home = number;
                    made.lines.push(piece(b.upright, second, NONE));
                }
                (false, true) => made.lines.push(piece(b.upright, second, number)),
                (false, false) => {
                    made.lines.push(piece(!level, 0.0, number));
                    track.line = made.lines.len() - 1;
                    made.of[edge].push(track.line);
                    made.lines.push(piece(b.upright, second, NONE));
                }
            }
            if !is_end && is_next_end {
                track.line = made.lines.len() - 1;
            }
            if made.of[edge].last() != Some(&(made.lines.len() - 1)) {
                made.of[edge].push(made.lines.len() - 1);
            }
            made.courses.push((Course::Region(number), track.line));
            made.courses.push((Course::Gate(way[index + 1]), made.lines.len() - 1));
            homes[number].push(track);
        }
        let end = |gate: Option<&usize>| gate.map(|gate| (channels.gates[*gate].owner, channels.side(*gate)));
        if let (Some(first), Some(last)) = (made.of[edge].first(), made.of[edge].last()) {
            made.lines[*first].first = end(way.first());
            made.lines[*last].last = end(way.last());
        }
    }
    for (region, tracks) in channels.regions.iter().zip(homes) {
        let middle =
            if region.level { region.rect.y + region.rect.h / 2.0 } else { region.rect.x + region.rect.w / 2.0 };
        let count = tracks.len() as f64;
        for (rank, index) in sorted(&tracks).into_iter().enumerate() {
            made.lines[tracks[index].line].at = middle + HAIR * (rank as f64 - (count - 1.0) / 2.0);
        }
    }
    made
}

/// Ties the ends at every side that has room for fewer, neighbours with neighbours; and what leads
/// to them through the same region, so that they share a trunk.
pub(super) fn tie(made: &mut Lines, rects: &[Rect], is_joined: bool) {
    let mut sides: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (number, line) in made.lines.iter().enumerate().filter(|(_, line)| line.bus == NONE) {
        for end in line.first.into_iter().chain(line.last) {
            sides.entry(end).or_default().push(number);
        }
    }
    let mut count = made.lines.iter().map(|line| line.bus).filter(|bus| *bus != NONE).max().map_or(0, |bus| bus + 1);
    for ((owner, side), mut list) in sides {
        let size = if side == TOP || side == 2 { rects[owner].w } else { rects[owner].h };
        let room = ((size - 20.0).max(0.0) / 11.0) as usize + 1;
        if list.len() <= room {
            continue;
        }
        list.sort_by(|a, b| made.lines[*a].at.total_cmp(&made.lines[*b].at));
        let whole = list.len();
        for (at, number) in list.into_iter().enumerate() {
            made.lines[number].bus = count + at * room / whole;
        }
        count += room;
    }
    if is_joined {
        join(made, count);
    }
}

/// Ties the tracks next to tied ends: those of one bus in one region lie on each other.
fn join(made: &mut Lines, first: usize) {
    let mut groups: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for list in &made.of {
        let (start, end) = (list.iter().take(2), list.iter().rev().take(2));
        for two in [start.copied().collect::<Vec<usize>>(), end.copied().collect()] {
            let [end, next] = two[..] else { continue };
            let (end, track) = (&made.lines[end], &made.lines[next]);
            let is_free = track.bus == NONE && track.first.is_none() && track.last.is_none();
            if end.bus != NONE && is_free && track.home != NONE {
                groups.entry((end.bus, track.home)).or_default().push(next);
            }
        }
    }
    for (bus, list) in groups.values().enumerate().filter(|(_, list)| list.len() > 2) {
        let at = list.iter().map(|line| made.lines[*line].at).sum::<f64>() / list.len() as f64;
        for line in list {
            (made.lines[*line].bus, made.lines[*line].at) = (first + bus, at);
        }
    }
}

/// What it costs to have one track before another one: crossings, and far more where an end forbids it.
fn cost(a: &Track, b: &Track) -> f64 {
    let within = |track: &Track, at: f64| track.low < at && at < track.high;
    let mut sum = b.before.iter().filter(|at| within(a, **at)).count() as f64;
    sum += a.after.iter().filter(|at| within(b, **at)).count() as f64;
    for (first, second) in a.ends.iter().zip(&b.ends) {
        if let (Some(first), Some(second)) = (first, second)
            && first > second
        {
            sum += 1000.0;
        }
    }
    sum
}

/// The order of the tracks of a region.
fn sorted(tracks: &[Track]) -> Vec<usize> {
    // What comes from the first side and goes back to it lies nearest to it, the short ones before the long ones.
    let key = |track: &Track| {
        let lean = track.after.len() as f64 - track.before.len() as f64;
        (lean, (track.high.min(1e7) - track.low.max(-1e7)) * if lean > 0.0 { -1.0 } else { 1.0 })
    };
    let mut order: Vec<usize> = (0..tracks.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (key(&tracks[*a]), key(&tracks[*b]));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    if tracks.len() > PAIRED {
        // Only what ends demand is settled then.
        order.sort_by(|a, b| {
            let rank = |at: &usize| tracks[*at].ends[0].or(tracks[*at].ends[1]).unwrap_or(0.0);
            rank(a).total_cmp(&rank(b))
        });
        return order;
    }
    // Sifting: every track to its best place, until nothing moves.
    for _ in 0..6 {
        let mut is_moved = false;
        for track in 0..tracks.len() {
            let Some(from) = order.iter().position(|other| *other == track) else { continue };
            order.remove(from);
            let mut here = order.iter().map(|other| cost(&tracks[track], &tracks[*other])).sum::<f64>();
            let mut best = (f64::MAX, 0);
            for place in 0..=order.len() {
                // Where it was wins ties.
                let tried = here - if place == from { 0.5 } else { 0.0 };
                if tried < best.0 {
                    best = (tried, place);
                }
                if let Some(other) = order.get(place) {
                    here += cost(&tracks[*other], &tracks[track]) - cost(&tracks[track], &tracks[*other]);
                }
            }
            order.insert(best.1, track);
            is_moved |= best.1 != from;
        }
        if !is_moved {
            break;
        }
    }
    order
}
