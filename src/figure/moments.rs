//! Ticks of axes that count time: at steps that people read well, never at 8 min 20 s.

/// Steps between ticks, in seconds.
const STEPS: [f64; 23] = [
    0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 14400.0,
    21600.0, 43200.0, 86400.0, 172_800.0, 604_800.0,
];

/// The moments in seconds at which ticks stand, of which there are about so many at most, and their step.
pub(super) fn ticks(from: f64, to: f64, most: f64) -> (Vec<f64>, f64) {
    let long = (to - from).max(0.0);
    let fallback = (long / most / 604_800.0).ceil().max(1.0) * 604_800.0;
    let step = STEPS.into_iter().find(|step| long / step <= most).unwrap_or(fallback);
    let (first, last) = ((from / step - 1e-9).ceil() as i64, (to / step + 1e-9).floor() as i64);
    ((first..=last).map(|at| at as f64 * step).collect(), step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_stand_where_people_expect_them() {
        let minutes = |from, to, most| ticks(from, to, most).0.into_iter().map(|at| at / 60.0).collect::<Vec<f64>>();
        assert_eq!(minutes(0.0, 2_750.0, 9.0), [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(minutes(-60.0, 400.0, 9.0), [-1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(ticks(0.0, 40.0 * 604_800.0, 9.0).1, 5.0 * 604_800.0);
        assert_eq!(ticks(3.0, 3.0, 9.0).0, [3.0]);
    }
}
