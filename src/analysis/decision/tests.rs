//! Rankings small enough to be worked out on paper.

use super::*;

fn criterion(weight: f64, higher: bool, answers: &[Answer]) -> Criterion {
    Criterion { weight, higher, answers: answers.to_vec() }
}

use Answer::{AtLeast, Is, Open};

#[test]
fn the_weight_that_turns_it_is_where_the_sums_meet() {
    // A wins the first, B the second; at 2 to 1 A has two thirds.
    let matrix = Matrix {
        subjects: 2,
        criteria: vec![criterion(2.0, true, &[Is(5.0), Is(3.0)]), criterion(1.0, false, &[Is(9.0), Is(1.0)])],
    };
    let decision = decide(&matrix, 0.05);
    assert_eq!((decision.standings[0].subject, decision.verdict), (0, Verdict::Clear));
    assert!((decision.standings[0].score - 2.0 / 3.0).abs() < 1e-12);
    let [first, second] = decision.weights.as_slice() else { panic!("{decision:?}") };
    assert_eq!((first.from, first.to, first.below), (1.0, f64::INFINITY, Some(1)));
    assert_eq!((second.from, second.to, second.above), (0.0, 2.0, Some(1)));
    // B's 3 level with A's 5: then B has half of two and all of one.
    let level = |flip: &Flip| (flip.criterion, flip.subject, flip.reaches, flip.passes) == (0, 1, 0, false);
    assert!(decision.flips.iter().any(level), "{:?}", decision.flips);
    assert!(decision.dominated.is_empty());
}

#[test]
fn what_is_open_widens_the_range_and_may_leave_no_winner() {
    let matrix = Matrix {
        subjects: 2,
        criteria: vec![criterion(2.0, true, &[Is(5.0), Is(3.0)]), criterion(3.0, true, &[Is(1.0), Open])],
    };
    let decision = decide(&matrix, 0.05);
    // 2 + half of 3 of 5; from 2 to 5 of 5.
    let first = decision.standings[0];
    assert_eq!((first.subject, first.score, first.low, first.high), (0, 0.7, 0.4, 1.0));
    assert_eq!(decision.verdict, Verdict::Open);
    let flip = decision.flips.iter().find(|flip| flip.open).unwrap();
    assert_eq!((flip.criterion, flip.subject, flip.winner, flip.reaches), (1, 1, 1, 0));
}

#[test]
fn a_lower_bound_loses_on_what_is_known_and_never_wins() {
    let row = criterion(1.0, false, &[AtLeast(7.0), Is(5.0), Is(9.0)]);
    assert_eq!(points::pair(&row, 0, 1), Pair::Loses);
    assert_eq!(points::pair(&row, 0, 2), Pair::Open);
    let row = criterion(1.0, true, &[AtLeast(7.0), Is(5.0), Is(f64::INFINITY)]);
    assert_eq!(points::pair(&row, 0, 1), Pair::Wins);
    assert_eq!(points::pair(&row, 0, 2), Pair::Open);
}

#[test]
fn equals_have_no_clear_winner_and_nothing_ranks_nothing() {
    let level = Matrix { subjects: 2, criteria: vec![criterion(1.0, true, &[Is(1.0), Is(1.0)])] };
    assert_eq!(decide(&level, 0.0).verdict, Verdict::Narrow);
    let weightless = Matrix { subjects: 2, criteria: vec![criterion(0.0, true, &[Is(1.0), Is(2.0)])] };
    assert_eq!(decide(&weightless, 0.05).verdict, Verdict::Nothing);
    let dominated = Matrix {
        subjects: 2,
        criteria: vec![criterion(1.0, true, &[Is(2.0), Is(1.0)]), criterion(1.0, false, &[Is(4.0), Is(4.0)])],
    };
    assert_eq!(decide(&dominated, 0.05).dominated, [(0, 1)]);
}
