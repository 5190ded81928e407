use super::*;
use crate::figure::drawing::Mark;
use crate::figure::drawing::Text;

fn timeline() -> Timeline {
    let instants = |at: &[(f64, &str)]| {
        at.iter()
            .map(|(at_s, text)| Instant { at_s: *at_s, text: (*text).into(), known: Known::Observed, interval_s: None })
            .collect()
    };
    Timeline {
        from_s: 0.0,
        to_s: 420.0,
        due: vec![(120.0, "RTO 2 min".into()), (125.0, "FTTI 125 s".into())],
        due_later: vec!["RTO 2 h".into()],
        lanes: vec![
            Lane {
                label: "node/workers-1".into(),
                spans: vec![
                    Span {
                        from_s: 0.0,
                        to_s: 3.0,
                        text: "silent for a while".into(),
                        role: Role::Warn,
                        ..Span::default()
                    },
                    Span {
                        from_s: 47.0,
                        to_s: 600.0,
                        text: "NotReady".into(),
                        role: Role::Bad,
                        interval_s: Some((40.0, 55.0)),
                        ..Span::default()
                    },
                ],
                ..Lane::default()
            },
            Lane {
                label: "observed".into(),
                apart: true,
                instants: instants(&[
                    (345.0, "Pod deleted"),
                    (347.0, "Pod created"),
                    (350.0, "Pod scheduled"),
                    (358.0, "Ready"),
                ]),
                ..Lane::default()
            },
        ],
        causes: vec![
            Cause { at_s: 47.0, from_lane: None, to_lane: None, text: "grace 50 s: 40 to 55 s".into() },
            Cause { at_s: 50.0, from_lane: Some(0), to_lane: Some(1), text: "the taint is set".into() },
            Cause {
                at_s: 349.0,
                from_lane: None,
                to_lane: None,
                text: "toleration 300 s ends: ReplicaSet creates the replacement".into(),
            },
        ],
    }
}

fn texts(drawing: &Drawing) -> Vec<Text> {
    let mut out = Vec::new();
    drawing.each(|mark| {
        if let Mark::Text(text) = mark {
            out.push(text.clone());
        }
    });
    out
}

#[test]
fn no_text_lies_on_another_and_all_is_said() {
    let drawing = draw_timeline(&timeline(), Lang::En);
    let texts = texts(&drawing);
    for said in ["Pod deleted", "Pod created", "Pod scheduled", "Ready", "silent for a while", "the taint is set"] {
        assert!(texts.iter().any(|text| text.text == said), "{said}");
    }
    for (i, one) in texts.iter().enumerate() {
        let [left, top, right, bottom] = one.bounds();
        assert!(left >= 0.0 && top >= 0.0 && right <= drawing.width && bottom <= drawing.height, "{one:?}");
        for other in texts.iter().skip(i + 1) {
            let [l, t, r, b] = other.bounds();
            let apart = right <= l + 0.5 || r <= left + 0.5 || bottom <= t + 2.5 || b <= top + 2.5;
            assert!(apart, "{:?} on {:?}", one.text, other.text);
        }
    }
}

#[test]
fn ticks_are_round_and_written_in_the_language() {
    let axis = |to_s| places::Axis { from_s: 0.0, to_s, left: 0.0, right: 800.0 };
    let last = |to_s, lang| axis(to_s).ticks(lang).pop().unwrap();
    assert_eq!(last(420.0, Lang::En), (420.0, "7\u{a0}min".into()));
    assert_eq!(last(4.5, Lang::Fr), (4.5, "4,5\u{a0}s".into()));
    assert_eq!(last(7200.0, Lang::En).1, "120\u{a0}min");
    assert_eq!(last(3.0 * 86400.0, Lang::Fr).1, "72\u{a0}h");
    assert!(axis(1e9).ticks(Lang::En).len() < 12);
}

#[test]
fn an_empty_timeline_is_drawn_too() {
    assert!(draw_timeline(&Timeline::default(), Lang::Fr).height > 0.0);
}

#[test]
fn what_was_observed_at_nearly_one_time_is_staggered() {
    let mut crowded = timeline();
    let names =
        ["Terminating", "pod created", "pod scheduled", "image pulled", "Running", "Ready", "NotReady", "evicted"];
    crowded.lanes[1].instants = names
        .iter()
        .enumerate()
        .map(|(i, name)| Instant {
            at_s: 340.0 + i as f64,
            text: format!("{} s · {name}", 340 + i),
            known: Known::Observed,
            interval_s: None,
        })
        .collect();
    let drawing = draw_timeline(&crowded, Lang::En);
    let texts = texts(&drawing);
    for name in names {
        assert!(texts.iter().any(|text| text.text.ends_with(name)), "{name} is said");
    }
    let mut hairs = Vec::new();
    drawing.each(|mark| {
        if let Mark::Line { from, to, .. } = mark
            && from.x == to.x
            && from.y > 100.0
        {
            hairs.push((from.x, from.y, to.y));
        }
    });
    for (i, one) in texts.iter().enumerate() {
        let [left, top, right, bottom] = one.bounds();
        for other in texts.iter().skip(i + 1) {
            let [l, t, r, b] = other.bounds();
            let apart = right <= l + 0.5 || r <= left + 0.5 || bottom <= t + 2.5 || b <= top + 2.5;
            assert!(apart, "{:?} on {:?}", one.text, other.text);
        }
        let through = hairs.iter().any(|(x, y, end)| left < *x && *x < right && *y < bottom - 3.0 && *end > top + 3.0);
        assert!(!through, "a line leads through {:?}", one.text);
    }
    // What does not occur is not explained.
    assert_eq!(drawing.legend.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>(), ["observed"]);
}
