//! Ranking, dominance and sensitivity against an independent computation, `tests/ranking/ranking.py`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod support;

use std::io::Write;
use std::process::{Command, Stdio};

use epure::analysis::decision::{Answer, Criterion, Decision, Matrix, Verdict, decide};
use serde_json::{Value, json};

/// A small generator of its own, so that the matrices are the same everywhere.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// Two to six subjects on one to nine criteria; ties, lower bounds and open answers among them.
fn matrix(draw: &mut Draw) -> Matrix {
    let subjects = 2 + draw.below(5) as usize;
    let criteria = (0..1 + draw.below(9))
        .map(|_| Criterion {
            weight: [0.5, 1.0, 1.0, 2.0, 3.0][draw.below(5) as usize],
            higher: draw.below(2) == 0,
            answers: (0..subjects)
                .map(|_| {
                    let number = draw.below(8) as f64 - 2.0;
                    match draw.below(8) {
                        0 => Answer::Open,
                        1 => Answer::AtLeast(number),
                        _ => Answer::Is(number),
                    }
                })
                .collect(),
        })
        .collect();
    Matrix { subjects, criteria }
}

fn as_json(matrix: &Matrix, margin: f64) -> Value {
    let answer = |answer: &Answer| match answer {
        Answer::Is(number) => json!(number),
        Answer::AtLeast(number) => json!({"at_least": number}),
        Answer::Open => Value::Null,
    };
    let criteria: Vec<Value> = matrix
        .criteria
        .iter()
        .map(|criterion| {
            let answers: Vec<Value> = criterion.answers.iter().map(answer).collect();
            json!({"weight": criterion.weight, "higher": criterion.higher, "answers": answers})
        })
        .collect();
    json!({"margin": margin, "criteria": criteria})
}

fn near(ours: f64, theirs: &Value, what: &str) {
    let theirs = theirs.as_f64().unwrap_or(f64::INFINITY);
    assert!(ours == theirs || (ours - theirs).abs() < 1e-7, "{what}: {ours} here, {theirs} there");
}

fn compare(number: usize, ours: &Decision, theirs: &Value) {
    let what = format!("matrix {number}");
    let order: Vec<Value> = ours.standings.iter().map(|standing| json!(standing.subject)).collect();
    assert_eq!(json!(order), theirs["order"], "{what}");
    for standing in &ours.standings {
        near(standing.score, &theirs["scores"][standing.subject], &what);
        near(standing.low, &theirs["low"][standing.subject], &what);
        near(standing.high, &theirs["high"][standing.subject], &what);
    }
    let verdict = match ours.verdict {
        Verdict::Clear => "clear",
        Verdict::Open => "open",
        Verdict::Narrow => "narrow",
        Verdict::Nothing => "nothing",
    };
    assert_eq!(verdict, theirs["verdict"], "{what}");
    let dominated: Vec<Value> = ours.dominated.iter().map(|(a, b)| json!([a, b])).collect();
    assert_eq!(json!(dominated), theirs["dominated"], "{what}");
    for (range, other) in ours.weights.iter().zip(theirs["weights"].as_array().unwrap()) {
        near(range.from, &other["from"], &what);
        near(range.to, &other["to"], &what);
        assert_eq!(json!(range.below), other["below"], "{what}");
        assert_eq!(json!(range.above), other["above"], "{what}");
    }
    let flips: Vec<Value> = ours
        .flips
        .iter()
        .map(|flip| json!([flip.criterion, flip.subject, flip.better, flip.reaches, flip.passes, flip.winner]))
        .collect();
    assert_eq!(json!(flips), theirs["flips"], "{what}");
}

#[test]
fn fifty_random_matrices_agree_with_an_independent_computation() {
    let script = support::root().join("tests/ranking/ranking.py");
    let started = Command::new("python3")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn();
    let Ok(mut python) = started else {
        eprintln!("skipped: there is no python3 to compare with");
        return;
    };
    let mut draw = Draw(20_261_122);
    let matrices: Vec<Matrix> = (0..50).map(|_| matrix(&mut draw)).collect();
    let input: Vec<Value> = matrices.iter().map(|matrix| as_json(matrix, 0.05)).collect();
    python.stdin.take().unwrap().write_all(json!(input).to_string().as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success());
    let theirs: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(theirs.len(), 50);
    let (mut flips, mut dominated, mut open) = (0, 0, 0);
    for (number, (matrix, theirs)) in matrices.iter().zip(&theirs).enumerate() {
        let ours = decide(matrix, 0.05);
        compare(number, &ours, theirs);
        flips += ours.flips.len();
        dominated += ours.dominated.len();
        open += usize::from(ours.verdict == Verdict::Open);
    }
    // The matrices are worth comparing: each kind of outcome is among them.
    assert!(flips > 100 && dominated > 10 && open > 3, "{flips} flips, {dominated} dominated, {open} open");
}
