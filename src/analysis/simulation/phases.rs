//! When loops beat and how long things take: in the middle, or drawn from a seed.

use std::collections::BTreeMap;

use super::engine::Time;

/// A time that falls between two bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Lapse {
    pub(super) least: Time,
    pub(super) most: Time,
}

impl Lapse {
    /// A time that is known.
    pub(super) const fn exactly(time: Time) -> Lapse {
        Lapse { least: time, most: time }
    }

    /// A time between two.
    pub(super) const fn between(least: Time, most: Time) -> Lapse {
        Lapse { least, most }
    }
}

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): one multiplication chain a number, no state beyond
/// a counter, and any seed is a good one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Random(u64);

impl Random {
    /// The numbers of one run of one seed; runs do not depend on each other.
    pub(super) fn of_run(seed: u64, run: u32) -> Random {
        let mut mixed = Random(seed ^ u64::from(run).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        Random(mixed.next())
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below a bound; 0 where the bound is 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 { 0 } else { self.next() % bound }
    }
}

/// What draws belong to. Each thing has a stream of its own, so that a pod more or less changes no
/// number that is drawn for anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stream {
    /// The plan's nth entry.
    Plan(usize),
    Machine(usize),
    Cluster(usize),
    Component(usize),
    Partition(usize),
    Volume(usize),
    /// A pod or member, by its component and the number in its name.
    Pod(usize, u32),
}

impl Stream {
    fn seed(self) -> u64 {
        let (kind, a, b) = match self {
            Stream::Plan(nth) => (1, nth, 0),
            Stream::Machine(at) => (2, at, 0),
            Stream::Cluster(at) => (3, at, 0),
            Stream::Component(at) => (4, at, 0),
            Stream::Partition(at) => (5, at, 0),
            Stream::Volume(at) => (6, at, 0),
            Stream::Pod(component, serial) => (7, component, serial),
        };
        (kind << 60) ^ ((a as u64) << 32) ^ u64::from(b)
    }
}

/// How a run decides what the design leaves open.
#[derive(Debug, Clone)]
pub(super) struct Phases {
    /// `None` in the run with fixed phases.
    random: Option<Random>,
    /// What the numbers of this run start from.
    run: u64,
    /// How far each stream is, and which one is drawn from.
    streams: BTreeMap<Stream, Random>,
    stream: Stream,
    /// When the first failure is; fixed phases put it half way between two beats.
    failed_at: Time,
}

impl Phases {
    pub(super) fn fixed(failed_at: Time) -> Phases {
        Phases { random: None, run: 0, streams: BTreeMap::new(), stream: Stream::Plan(0), failed_at }
    }

    pub(super) fn drawn(seed: u64, run: u32, failed_at: Time) -> Phases {
        let mut random = Random::of_run(seed, run);
        let run = random.next();
        Phases { random: Some(random), run, streams: BTreeMap::new(), stream: Stream::Plan(0), failed_at }
    }

    /// Draws for a thing from now on.
    pub(super) fn follow(&mut self, stream: Stream) {
        let Some(random) = &mut self.random else { return };
        if self.stream == stream {
            return;
        }
        self.streams.insert(self.stream, *random);
        self.stream = stream;
        *random = self.streams.get(&stream).copied().unwrap_or_else(|| {
            let mut mixed = Random(self.run ^ stream.seed().wrapping_mul(0xD6E8_FEB8_6659_FD93));
            Random(mixed.next())
        });
    }

    /// The phase of a loop: it beats at this time and every period after it.
    pub(super) fn phase(&mut self, period: Time) -> Time {
        if period == 0 {
            return 0;
        }
        match &mut self.random {
            Some(random) => random.below(period),
            None => (self.failed_at + period / 2) % period,
        }
    }

    /// A time between two bounds: the middle, or anywhere with equal chance.
    pub(super) fn lapse(&mut self, lapse: Lapse) -> Time {
        let width = lapse.most.saturating_sub(lapse.least);
        match &mut self.random {
            Some(random) => lapse.least + random.below(width + 1),
            None => lapse.least + width / 2,
        }
    }

    /// One of several; the first in the run with fixed phases.
    pub(super) fn one_of(&mut self, count: usize) -> usize {
        match &mut self.random {
            Some(random) => random.below(count as u64) as usize,
            None => 0,
        }
    }
}

/// The first beat at or after a time, of a loop with a phase and a period.
pub(super) fn beat(phase: Time, period: Time, from: Time) -> Time {
    if period == 0 || from <= phase {
        // The loop beats before its phase too: a phase is below one period, and time starts at 0.
        return if period == 0 { from } else { phase };
    }
    let since = from - phase;
    phase.saturating_add(since.div_ceil(period).saturating_mul(period))
}

/// The last beat at or before a time; the time itself less one period before the first beat.
pub(super) fn beat_before(phase: Time, period: Time, until: Time) -> Time {
    if until < phase || period == 0 {
        return until.saturating_sub(period.saturating_sub(phase.saturating_sub(until)));
    }
    phase + (until - phase) / period * period
}
