//! Horizontal bars of parts, held against a limit.

use super::axis::Axis;
use super::{Bar, BarChart, BarRow};
use crate::figure::drawing::{Drawing, Group, LegendEntry, Look, Mark, Paint, Role, Sample, Thickness};
use crate::figure::text::{self, Weight};
use crate::said;
use crate::source::Lang;

const WIDTH: f64 = 1040.0;
const TOP: f64 = 12.0;
const BAR: f64 = 20.0;
const SMALL: f64 = 11.0;
const LABEL: f64 = 13.0;

pub(super) fn draw(chart: &BarChart<'_>, lang: Lang) -> Drawing {
    let widest = |texts: &mut dyn Iterator<Item = String>, size| {
        texts.map(|words| text::width(&words, size, Weight::Regular)).fold(0.0, f64::max)
    };
    let labels = widest(&mut chart.rows.iter().map(|row| row.label.clone()), LABEL).clamp(40.0, 220.0);
    let bars = || chart.rows.iter().flat_map(|row| &row.bars);
    let ends = widest(&mut bars().map(|bar| end_text(chart, bar)), SMALL).min(260.0);
    let left = (labels + 14.0).ceil();
    let right = (WIDTH - ends - 18.0).floor();
    let values = bars().map(total).chain(chart.rows.iter().filter_map(|row| row.limit));
    let axis = Axis::over(values, true, 8, left, right);

    let mut rows = Vec::new();
    let mut y = TOP;
    for row in &chart.rows {
        let high = row.bars.len().max(1) as f64 * (BAR + 4.0) + 12.0;
        rows.push(draw_row(chart, row, &axis, labels, y, high));
        y += high;
    }
    let mut out = Drawing::new(WIDTH, y + 44.0);
    let mut free_from = 0.0;
    for tick in axis.ticks(8) {
        let x = axis.at(tick);
        let label = Mark::text(x, y + 18.0, (chart.x_format)(tick), SMALL, Role::InkSecond).middle();
        out.add(Mark::line(x, TOP, x, y, Look::stroke(Role::Grid).thickness(Thickness::Hair)));
        if label.bounds()[0] > free_from {
            free_from = label.bounds()[2] + 6.0;
            out.add(label);
        }
    }
    out.add(Mark::line(left, TOP, left, y, Look::stroke(Role::InkSecond).thickness(Thickness::Hair)));
    out.add(Mark::text(right, y + 36.0, chart.x_label.clone(), 12.0, Role::InkSecond).end());
    out.marks.append(&mut rows);
    let entry = |sample, text: &str| LegendEntry { sample, text: text.to_owned() };
    let above = said!("above the limit", "au-delà de la limite");
    out.add_legend([
        entry(Sample::Line(limit_look()), &chart.limit_label),
        entry(Sample::Box(over_look()), above.get(lang)),
    ]);
    out
}

fn total(bar: &Bar) -> f64 {
    bar.parts.iter().map(|part| part.value).filter(|value| value.is_finite() && *value > 0.0).sum()
}

fn end_text(chart: &BarChart<'_>, bar: &Bar) -> String {
    let value = if bar.text.is_empty() { (chart.x_format)(total(bar)) } else { bar.text.clone() };
    if bar.label.is_empty() { value } else { format!("{} {value}", bar.label) }
}

fn limit_look() -> Look {
    Look::stroke(Role::Ink).thickness(Thickness::Strong)
}

fn over_look() -> Look {
    Look::new(Role::Bad, Paint::Box)
}

fn draw_row(chart: &BarChart<'_>, row: &BarRow, axis: &Axis, labels: f64, top: f64, high: f64) -> Mark {
    let mut marks = Vec::new();
    let middle = top + high / 2.0;
    let lines = text::wrap(&row.label, labels, LABEL, Weight::Regular, 2);
    let mut y = middle - (lines.len() as f64 - 1.0) * 7.5;
    for line in lines {
        marks.push(Mark::text(labels, y, line, LABEL, Role::Ink).end().centred().into());
        y += 15.0;
    }
    let mut said = row.label.clone();
    for (i, bar) in row.bars.iter().enumerate() {
        let y = top + 6.0 + i as f64 * (BAR + 4.0);
        let mut from = 0.0;
        for part in bar.parts.iter().filter(|part| part.value.is_finite() && part.value > 0.0) {
            let (left, right) = (axis.at(from), axis.at(from + part.value));
            from += part.value;
            let wide = (right - left - 1.0).max(1.0);
            let tip = format!("{}: {}", part.label, (chart.x_format)(part.value));
            let paint = if i == 0 { Paint::Strong } else { Paint::Tint };
            marks.push(Mark::Rect {
                x: left,
                y,
                width: wide,
                height: BAR,
                radius: 2.0,
                look: Look::new(part.role, paint),
                tip: Some(tip),
            });
            if text::width(&part.label, SMALL, Weight::Regular) + 10.0 <= wide {
                let label = Mark::text(left + 6.0, y + BAR / 2.0, part.label.clone(), SMALL, Role::Ink);
                marks.push(label.centred().into());
            }
        }
        let over = row.limit.filter(|limit| from > *limit);
        if let Some(limit) = over {
            // What is above the limit has an outline too, and a word.
            let (left, right) = (axis.at(limit), axis.at(from));
            marks.push(Mark::square(left, y + BAR - 4.0, right - left, 4.0, over_look()));
        }
        let words = end_text(chart, bar);
        let at = axis.at(from).max(if i == 0 { 0.0 } else { axis.start });
        // The stroke of the limit must not run through the words.
        let crossed = row
            .limit
            .map(|limit| axis.at(limit))
            .filter(|x| *x > at && *x < at + 8.0 + text::width(&words, SMALL, Weight::Regular));
        let x = crossed.map_or(at, |x| x) + 8.0;
        let role = if over.is_some() { Role::Bad } else { Role::InkSecond };
        said.push_str(&format!(" · {words}"));
        marks.push(Mark::text(x, y + BAR / 2.0, words, SMALL, role).centred().into());
    }
    if let Some(limit) = row.limit {
        let x = axis.at(limit);
        let tip = format!("{}: {}", chart.limit_label, (chart.x_format)(limit));
        marks.push(Mark::line(x, top + 2.0, x, top + high - 6.0, limit_look()).tipped(tip));
    }
    Group { label: said, fact: row.fact.clone(), marks, ..Group::default() }.into()
}
