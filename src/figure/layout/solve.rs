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

    fn sort(&mut self) {
        self.bounds.sort_by(|a, b| {
            let key = |bound: &Bound| (self.keys[bound.from], self.keys[bound.to]);
            let (a, b) = (key(a), key(b));
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
    }

    /// Solves the system, mending it where need be. Before anything is mended the distances are added
    /// that so far followed from those which may be given up.
    pub(super) fn solve(&mut self, more: &mut dyn FnMut(&mut Problem)) -> Vec<f64> {
        self.sort();
        let count = self.keys.len();
        for mending in 0..PATIENT + 40 {
            let mut at = vec![0.0_f64; count];
            let mut by: Vec<Option<usize>> = vec![None; count];
            let mut sweep = 0;
            let cycles = loop {
                let mut is_moved = false;
                for (index, bound) in self.bounds.iter().enumerate() {
                    let least = at[bound.from] + bound.least;
                    if at[bound.to] + EXACT < least {
                        at[bound.to] = least;
                        by[bound.to] = Some(index);
                        is_moved = true;
                    }
                }
                if !is_moved {
                    return at;
                }
                sweep += 1;
                if sweep % 6 == 0 {
                    let cycles = self.cycles(&by);
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
                self.sort();
                continue;
            }
            for cycle in &cycles {
                self.mend(cycle, mending > HASTY, mending >= PATIENT);
            }
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
