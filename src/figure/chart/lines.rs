//! Lines over a quantity, each named at its end.

use super::axis::Axis;
use super::{LineChart, Series};
use crate::figure::drawing::{
    Clock, DASHES, Dash, Drawing, Group, LegendEntry, Look, Mark, Point, Role, Sample, Thickness, at,
};
use crate::figure::moments;
use crate::figure::text::{self, Weight};
use crate::said;
use crate::source::Lang;

const WIDTH: f64 = 1040.0;
const PLOT: f64 = 320.0;
const TOP: f64 = 34.0;
const SMALL: f64 = 11.0;
const NAME: f64 = 12.0;

pub(super) fn draw(chart: &LineChart<'_>, lang: Lang) -> Drawing {
    let bottom = TOP + PLOT;
    let ys = chart.series.iter().flat_map(|line| line.points.iter().map(|point| point.1));
    let y_axis = Axis::over(ys.chain(chart.limits.iter().map(|limit| limit.0)), chart.zero, 6, bottom, TOP);
    let y_ticks: Vec<(f64, String)> = y_axis.ticks(6).into_iter().map(|tick| (tick, (chart.y_format)(tick))).collect();
    let wide = |texts: &mut dyn Iterator<Item = &String>, size| {
        texts.map(|text| text::width(text, size, Weight::Regular)).fold(0.0, f64::max)
    };
    let left = (wide(&mut y_ticks.iter().map(|tick| &tick.1), SMALL) + 14.0).ceil().max(40.0);
    let names = wide(&mut chart.series.iter().map(|line| &line.label), NAME).min(240.0);
    let right = (WIDTH - names - 20.0).floor();

    let xs: Vec<f64> = chart.series.iter().flat_map(|line| line.points.iter().map(|point| point.0)).collect();
    let first = xs.iter().copied().fold(f64::INFINITY, f64::min);
    let last = xs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // The horizontal axis ends where the data end, so that names stand at the ends of their lines.
    let x_axis = if last > first {
        Axis { from: first, to: last, start: left, end: right }
    } else {
        Axis::over(xs, false, 8, left, right)
    };

    let mut out = Drawing::new(WIDTH, bottom + 44.0);
    // A line that holds until the next value is one over time.
    if chart.steps {
        out.clock = Some(Box::new(Clock { from_s: x_axis.from, to_s: x_axis.to, left, right, top: TOP, bottom }));
    }
    out.add(Mark::text(0.0, 14.0, chart.y_label.clone(), 12.0, Role::InkSecond));
    for (tick, words) in &y_ticks {
        let y = y_axis.at(*tick);
        out.add(Mark::line(left, y, right, y, Look::stroke(Role::Grid).thickness(Thickness::Hair)));
        out.add(Mark::text(left - 8.0, y, words.clone(), SMALL, Role::InkSecond).end().centred());
    }
    out.add(Mark::line(left, bottom, right, bottom, Look::stroke(Role::InkSecond).thickness(Thickness::Hair)));
    let mut free_from = 0.0;
    for tick in if chart.x_time { moments::ticks(x_axis.from, x_axis.to, 9.0).0 } else { x_axis.ticks(9) } {
        let (x, words) = (x_axis.at(tick), (chart.x_format)(tick));
        out.add(Mark::line(x, bottom, x, bottom + 5.0, Look::stroke(Role::InkSecond).thickness(Thickness::Hair)));
        let label = Mark::text(x, bottom + 18.0, words, SMALL, Role::InkSecond).middle();
        if label.bounds()[0] > free_from {
            free_from = label.bounds()[2] + 6.0;
            out.add(label);
        }
    }
    out.add(Mark::text(right, bottom + 36.0, chart.x_label.clone(), 12.0, Role::InkSecond).end());

    draw_limits(&mut out, chart, &y_axis, left, right);
    let mut ends = Vec::new();
    for (i, line) in chart.series.iter().enumerate() {
        let look = look(line, i);
        let points: Vec<Point> = line
            .points
            .iter()
            .filter(|(x, y)| x.is_finite() && y.is_finite())
            .map(|(x, y)| at(x_axis.at(*x), y_axis.at(*y)))
            .collect();
        let Some(end) = points.last() else { continue };
        ends.push((*end, line, look));
        let mut marks = vec![Mark::path(&if chart.steps { stairs(&points) } else { points.clone() }, false, look)];
        if !chart.steps && points.len() <= 16 {
            for (point, (x, y)) in points.iter().zip(&line.points) {
                let tip = format!("{} · {}: {}", line.label, (chart.x_format)(*x), (chart.y_format)(*y));
                let dot = Look::new(look.role, crate::figure::drawing::Paint::Fill);
                marks.push(Mark::circle(point.x, point.y, 2.5, dot).tipped(tip));
            }
        }
        out.add(Group { label: line.label.clone(), marks, ..Group::default() });
    }
    draw_names(&mut out, ends, right, names);
    let limit = chart.limits.first().map(|_| LegendEntry {
        sample: Sample::Line(limit_look()),
        text: said!("limit", "limite").get(lang).to_owned(),
    });
    out.add_legend(limit);
    out
}

fn look(line: &Series, index: usize) -> Look {
    let dash = DASHES.get(index % DASHES.len()).copied().unwrap_or_default();
    Look::stroke(line.role).thickness(Thickness::Strong).dash(dash)
}

fn limit_look() -> Look {
    Look::stroke(Role::Bad).dash(Dash::Dashed)
}

/// A value holds until the next one.
fn stairs(points: &[Point]) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::with_capacity(points.len() * 2);
    for point in points {
        if let Some(before) = out.last().copied() {
            out.push(at(point.x, before.y));
        }
        out.push(*point);
    }
    out
}

fn draw_limits(out: &mut Drawing, chart: &LineChart<'_>, axis: &Axis, left: f64, right: f64) {
    let mut last = f64::INFINITY;
    let mut limits: Vec<&(f64, String)> = chart.limits.iter().collect();
    limits.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (value, name) in limits {
        let y = axis.at(*value);
        out.add(Mark::line(left, y, right, y, limit_look()).tipped(name.clone()));
        // The name stands on its line; on a line just above another, it stands higher still.
        let baseline = (y - 5.0).min(last - 14.0);
        last = baseline;
        let label = Mark::text(left + 8.0, baseline, name.clone(), SMALL, Role::Bad);
        let [l, t, r, b] = label.bounds();
        out.add(Mark::square(
            l - 3.0,
            t + 1.0,
            r - l + 6.0,
            b - t,
            Look::new(Role::Sheet, crate::figure::drawing::Paint::Fill),
        ));
        out.add(label);
    }
}

/// The names at the ends of the lines, nudged apart, each led to its line.
fn draw_names(out: &mut Drawing, mut ends: Vec<(Point, &Series, Look)>, right: f64, room: f64) {
    ends.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
    let mut places: Vec<f64> = Vec::new();
    for (end, _, _) in &ends {
        let lowest = places.last().map_or(f64::NEG_INFINITY, |last: &f64| last + 17.0);
        places.push(end.y.max(lowest));
    }
    // Pushed below the picture, they move back up together.
    let mut below = TOP + PLOT;
    for place in places.iter_mut().rev() {
        *place = place.min(below);
        below = *place - 17.0;
    }
    for ((end, line, look), y) in ends.iter().zip(places) {
        if (y - end.y).abs() > 1.0 || right - end.x > 1.0 {
            let lead = Look::stroke(Role::Line).thickness(Thickness::Hair);
            out.add(Mark::path(&[at(end.x + 3.0, end.y), at(right + 12.0, y)], false, lead));
        }
        let name = text::fit(&line.label, room, NAME, Weight::Regular);
        let mut label = Mark::text(right + 16.0, y, name, NAME, look.role).centred();
        label.tip = Some(line.label.clone());
        out.add(label);
    }
}
