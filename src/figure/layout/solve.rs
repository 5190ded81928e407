//! The least places that keep all distances.
//!
//! Distances are a system of differences; the least solution is a longest path. Where the system
//! contradicts itself (more ports than a side has room for), the softest distances of the cycle
//! that cannot be are shortened until it can.

/// How much a distance may be shortened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Firm {
    /// Keeps a label apart or gives it room.
    Label,
    /// Keeps two lines apart.
    Line,
    /// Keeps a line clear of a box.
    Near,
    /// Keeps boxes apart or in each other.
    Fixed,
}

/// One place is at least this much after another one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bound {
    pub from: usize,
    pub to: usize,
    pub least: f64,
    pub firm: Firm,
}

/// The system for one axis.
#[derive(Debug, Clone, Default)]
pub(super) struct Problem {
    /// Where each variable was, which only serves as an order.
    pub keys: Vec<f64>,
    pub bounds: Vec<Bound>,
}

/// How often a contradiction is mended before distances are dropped outright.
const PATIENT: usize = 300;
/// After so many, lines may lie on each other.
const HASTY: usize = 40;
const EXACT: f64 = 1e-7;
/// After so many sweeps contradictions are looked for.
const LOOK: usize = 4;

/// The least places as far as they are known.
struct Places {
    at: Vec<f64>,
    /// The distance that set each place.
    by: Vec<Option<usize>>,
    /// Whether a place has changed since its distances were looked at.
    is_open: Vec<bool>,
}

impl Places {
    /// Goes once through all places that have changed; whether any other one had to move.
    fn push(&mut self, order: &[usize], spans: &[std::ops::Range<usize>], bounds: &[Bound]) -> bool {
        let mut is_moved = false;
        for &var in order {
            if !std::mem::take(&mut self.is_open[var]) {
                continue;
            }
            for index in spans[var].clone() {
                let bound = &bounds[index];
                let least = self.at[var] + bound.least;
                if self.at[bound.to] + EXACT < least {
                    self.at[bound.to] = least;
                    self.by[bound.to] = Some(index);
                    self.is_open[bound.to] = true;
                    is_moved = true;
                }
            }
        }
        is_moved
    }

    /// Takes back what followed from contradictions; all other places stay true.
    fn forget(&mut self, cycles: &[Vec<usize>], bounds: &[Bound]) {
        let mut is_stale: Vec<Option<bool>> = vec![None; self.at.len()];
        for index in cycles.iter().flatten() {
            is_stale[bounds[*index].to] = Some(true);
        }
        for start in 0..is_stale.len() {
            let (mut path, mut at) = (vec![start], start);
            let found = loop {
                match (is_stale[at], self.by[at]) {
                    (Some(known), _) => break known,
                    (None, None) => break false,
                    (None, Some(index)) => at = bounds[index].from,
                }
                path.push(at);
            };
            path.into_iter().for_each(|var| is_stale[var] = Some(found));
        }
        for var in (0..is_stale.len()).filter(|var| is_stale[*var] == Some(true)) {
            (self.at[var], self.by[var], self.is_open[var]) = (0.0, None, true);
        }
        for bound in bounds.iter().filter(|bound| is_stale[bound.to] == Some(true)) {
            self.is_open[bound.from] = true;
        }
    }
}

impl Problem {
    pub(super) fn var(&mut self, key: f64) -> usize {
        self.keys.push(key);
        self.keys.len() - 1
    }

    pub(super) fn add(&mut self, from: usize, to: usize, least: f64, firm: Firm) {
        if from != to {
            self.bounds.push(Bound { from, to, least, firm });
        }
    }

    /// Puts distances in the order of their places, and tells where those that begin at each variable are.
    fn sort(&mut self, order: &[usize]) -> Vec<std::ops::Range<usize>> {
        // The place of each variable in the order, and the same with those at one place told as one.
        let (mut place, mut level) = (vec![0; self.keys.len()], vec![0; self.keys.len()]);
        for (at, var) in order.iter().enumerate() {
            place[*var] = at;
            level[*var] = match at.checked_sub(1).map(|before| order[before]) {
                Some(before) if self.keys[before].total_cmp(&self.keys[*var]).is_eq() => level[before],
                _ => at,
            };
        }
        self.bounds.sort_by_key(|bound| (place[bound.from], level[bound.to]));
        let mut spans = vec![0..0; self.keys.len()];
        for (index, bound) in self.bounds.iter().enumerate() {
            let span = &mut spans[bound.from];
            *span = if span.start == span.end { index..index + 1 } else { span.start..index + 1 };
        }
        spans
    }

    /// Solves the system, mending it where need be. Before anything is mended the distances are added
    /// that so far followed from those which may be given up.
    pub(super) fn solve(&mut self, more: &mut dyn FnMut(&mut Problem)) -> Vec<f64> {
        let count = self.keys.len();
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by(|a, b| self.keys[*a].total_cmp(&self.keys[*b]).then(a.cmp(b)));
        let mut spans = self.sort(&order);
        let mut places = Places { at: vec![0.0; count], by: vec![None; count], is_open: vec![true; count] };
        for mending in 0..PATIENT + 40 {
            let mut sweep = 0;
            let cycles = loop {
                if !places.push(&order, &spans, &self.bounds) {
                    return places.at;
                }
                sweep += 1;
                if sweep % LOOK == 0 {
                    let cycles = self.cycles(&places.by);
                    if !cycles.is_empty() {
                        break cycles;
                    }
                }
                if sweep > count + 8 {
                    return self.places();
                }
            };
            if mending == 0 {
                more(self);
                spans = self.sort(&order);
                places = Places { at: vec![0.0; count], by: vec![None; count], is_open: vec![true; count] };
                continue;
            }
            for cycle in &cycles {
                self.mend(cycle, mending > HASTY, mending >= PATIENT);
            }
            places.forget(&cycles, &self.bounds);
        }
        self.places()
    }

    /// Where everything was, which is possible if nothing else is.
    fn places(&self) -> Vec<f64> {
        self.keys.iter().map(|key| if key.abs() < 1e12 { *key } else { 0.0 }).collect()
    }

    /// The cycles among the distances that set the places.
    fn cycles(&self, by: &[Option<usize>]) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        let mut seen = vec![0_usize; by.len()];
        for start in 0..by.len() {
            let mut at = start;
            while seen[at] == 0 {
                seen[at] = start + 1;
                match by[at] {
                    Some(index) => at = self.bounds[index].from,
                    None => break,
                }
            }
            if seen[at] != start + 1 || by[at].is_none() {
                continue;
            }
            let mut cycle = Vec::new();
            let stop = at;
            while let Some(index) = by[at] {
                cycle.push(index);
                at = self.bounds[index].from;
                if at == stop {
                    break;
                }
            }
            found.push(cycle);
        }
        found
    }

    /// Shortens what is soft in a cycle until the cycle fits.
    fn mend(&mut self, cycle: &[usize], is_hasty: bool, is_dropped: bool) {
        let mut excess: f64 = cycle.iter().map(|index| self.bounds[*index].least).sum::<f64>() + 1e-3;
        let steps = [
            (Firm::Label, -4000.0),
            (Firm::Line, if is_hasty { -9000.0 } else { 5.0 }),
            (Firm::Near, 6.0),
            (Firm::Line, 1.5),
            (Firm::Near, 3.0),
            (Firm::Line, -9000.0),
            (Firm::Near, -9000.0),
            (Firm::Fixed, f64::MIN),
        ];
        for (firm, floor) in steps {
            let soft = |bound: &Bound| bound.firm == firm && bound.least > floor && (firm != Firm::Fixed || is_dropped);
            let mut open: Vec<usize> = cycle.iter().copied().filter(|index| soft(&self.bounds[*index])).collect();
            while excess > 0.0 && !open.is_empty() {
                let share = excess / open.len() as f64;
                for index in &open {
                    let bound = &mut self.bounds[*index];
                    let cut = share.min(bound.least - floor);
                    bound.least -= cut;
                    excess -= cut;
                }
                open.retain(|index| soft(&self.bounds[*index]));
                if excess < 1e-6 {
                    return;
                }
            }
        }
    }
}
