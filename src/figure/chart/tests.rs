use super::*;
use crate::figure::drawing::{Look, Mark, Text};

fn texts(drawing: &Drawing) -> Vec<Text> {
    let mut out = Vec::new();
    drawing.each(|mark| {
        if let Mark::Text(text) = mark {
            out.push(text.clone());
        }
    });
    out
}

fn apart(drawing: &Drawing) {
    let texts = texts(drawing);
    for (i, one) in texts.iter().enumerate() {
        let [left, top, right, bottom] = one.bounds();
        assert!(left >= 0.0 && top >= 0.0 && right <= drawing.width && bottom <= drawing.height, "{one:?}");
        for other in texts.iter().skip(i + 1) {
            let [l, t, r, b] = other.bounds();
            assert!(right <= l + 0.5 || r <= left + 0.5 || bottom <= t + 2.5 || b <= top + 2.5, "{one:?} on {other:?}");
        }
    }
}

fn series(label: &str, slope: f64) -> Series {
    Series {
        label: label.into(),
        points: (1..=10).map(|n| (f64::from(n) * 5.0, f64::from(n) * slope)).collect(),
        role: Role::Accent,
    }
}

#[test]
fn lines_that_end_together_have_names_apart() {
    let number = |value: f64| Lang::Fr.number(value, 1);
    let chart = LineChart {
        x_label: "applications".into(),
        y_label: "mémoire avant toute application, GiB".into(),
        series: vec![series("conteneurs", 0.1), series("machines virtuelles", 1.3), series("Kubernetes sur VM", 0.11)],
        zero: true,
        x_format: &number,
        x_time: false,
        y_format: &number,
        limits: vec![(6.0, "une machine".into())],
        due: vec![(49.5, "RTO 49 s".into()), (50.0, "RTO 50 s".into())],
        due_later: vec!["RTO 2 h".into()],
        steps: false,
    };
    let drawing = draw_lines(&chart, Lang::Fr);
    apart(&drawing);
    let mut dashes = std::collections::BTreeSet::new();
    drawing.each(|mark| {
        if let Mark::Path {
            look: Look { role: Role::Accent, dash, thickness: crate::figure::drawing::Thickness::Strong, .. },
            ..
        } = mark
        {
            dashes.insert(*dash);
        }
    });
    assert_eq!(dashes.len(), 3, "lines differ by more than colour");
    for words in ["Kubernetes sur VM", "RTO 49 s", "RTO 50 s", "plus tard : RTO 2 h →"] {
        assert!(texts(&drawing).iter().any(|text| text.text == words), "{words}");
    }
}

#[test]
fn bars_say_what_is_above_the_limit() {
    let format = |value: f64| format!("{} GiB", Lang::En.number(value, 1));
    let part = |label: &str, value| Part { label: label.into(), value, role: Role::Accent };
    let bar = |label: &str, parts| Bar { label: label.into(), parts, text: String::new() };
    let chart = BarChart {
        x_label: "memory".into(),
        rows: vec![BarRow {
            label: "workers-1".into(),
            bars: vec![
                bar("requests", vec![part("quote-app", 4.0), part("loki", 2.0)]),
                bar("limits", vec![part("all", 20.0)]),
            ],
            limit: Some(15.0),
            fact: None,
        }],
        x_format: &format,
        limit_label: "allocatable".into(),
    };
    let drawing = draw_bars(&chart, Lang::En);
    apart(&drawing);
    assert_eq!(drawing.legend.len(), 2);
    assert!(texts(&drawing).iter().any(|text| text.text == "limits 20 GiB" && text.role == Role::Bad));
}

#[test]
fn axes_end_on_round_values() {
    let axis = axis::Axis::over([0.3, 13.4], true, 6, 0.0, 100.0);
    assert_eq!((axis.from, axis.to), (0.0, 15.0));
    assert_eq!(axis.ticks(6).first(), Some(&0.0));
    assert!((axis.at(7.5) - 50.0).abs() < 0.02);
    let nothing = axis::Axis::over([], true, 6, 0.0, 100.0);
    assert!(nothing.to > nothing.from);
    let same = axis::Axis::over([5.0, 5.0], false, 6, 0.0, 100.0);
    assert!(same.at(5.0).is_finite());
}

#[test]
fn nothing_to_draw_is_drawn_without_failing() {
    let format = |value: f64| value.to_string();
    let empty = LineChart {
        x_label: String::new(),
        y_label: String::new(),
        series: vec![],
        zero: false,
        x_format: &format,
        x_time: false,
        y_format: &format,
        limits: vec![],
        due: vec![(3.0, "RTO".into())],
        due_later: vec![],
        steps: true,
    };
    assert!(draw_lines(&empty, Lang::En).height > 0.0);
    let bars = BarChart { x_label: String::new(), rows: vec![], x_format: &format, limit_label: String::new() };
    assert!(draw_bars(&bars, Lang::En).height > 0.0);
}
