//! Lines over a quantity, each named at its end.

use super::axis::Axis;
use super::{LineChart, Series};
use crate::figure::drawing::{Clock, DASHES, Dash, Drawing, Group, Look, Mark, Point, Role, Thickness, at};
use crate::figure::moments;
use crate::figure::text::{self, Weight};
use crate::said;
use crate::source::Lang;

const WIDTH: f64 = 1040.0;
const PLOT: f64 = 320.0;
const TOP: f64 = 34.0;
const SMALL: f64 = 11.0;
const NAME: f64 = 12.0;
/// The longest line of a name at the end of a line, and the height of one, in pixels.
const LONGEST: f64 = 200.0;
const LINE: f64 = 15.0;

pub(super) fn draw(chart: &LineChart<'_>, lang: Lang) -> Drawing {
    let bottom = TOP + PLOT;
    let ys = chart.series.iter().flat_map(|line| line.points.iter().map(|point| point.1));
    let y_axis = Axis::over(ys.chain(chart.limits.iter().map(|limit| limit.0)), chart.zero, 6, bottom, TOP);
    let y_ticks: Vec<(f64, String)> = y_axis.ticks(6).into_iter().map(|tick| (tick, (chart.y_format)(tick))).collect();
    let wide = |texts: &mut dyn Iterator<Item = &String>, size| {
        texts.map(|text| text::width(text, size, Weight::Regular)).fold(0.0, f64::max)
    };
    let left = (wide(&mut y_ticks.iter().map(|tick| &tick.1), SMALL) + 14.0).ceil().max(40.0);
    let names: Vec<Vec<String>> =
        chart.series.iter().map(|line| text::balance(&line.label, LONGEST, NAME, Weight::Regular, 2)).collect();
    let room = wide(&mut names.iter().flatten(), NAME);
    let right = (WIDTH - room - 20.0).floor();

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
    draw_due(&mut out, chart, &x_axis, lang);
    let mut ends = Vec::new();
    for (i, (line, name)) in chart.series.iter().zip(&names).enumerate() {
        let look = look(line, i);
        let points: Vec<Point> = line
            .points
            .iter()
            .filter(|(x, y)| x.is_finite() && y.is_finite())
            .map(|(x, y)| at(x_axis.at(*x), y_axis.at(*y)))
            .collect();
        let Some(end) = points.last() else { continue };
        ends.push((*end, line, look, name.as_slice()));
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
    draw_names(&mut out, ends, right);
    out
}

/// What is due, each at its moment, named above the picture; what is due later, at its end.
fn draw_due(out: &mut Drawing, chart: &LineChart<'_>, axis: &Axis, lang: Lang) {
    let label = |x: f64, words: &str| Mark::text(x, TOP - 20.0, words, SMALL, Role::Bad);
    // From the right: what is due later has its place at the end, and the others keep clear of it.
    let mut free_to = WIDTH;
    let mut put = |out: &mut Drawing, x: f64, words: &str| {
        let text = label(0.0, words);
        let from = (x - text.width() / 2.0)
            .min(free_to - text.width())
            .max(text::width(&chart.y_label, NAME, Weight::Regular) + 12.0);
        free_to = from - 12.0;
        out.add(label(from, words));
    };
    if !chart.due_later.is_empty() {
        let names = chart.due_later.join(", ");
        put(out, WIDTH, said!("later: {names} →", "plus tard : {names} →").get(lang));
    }
    for (moment, name) in chart.due.iter().rev() {
        let x = axis.at(*moment);
        out.add(Mark::line(x, TOP - 14.0, x, TOP + PLOT, limit_look()).tipped(name.clone()));
        put(out, x, name);
    }
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
fn draw_names(out: &mut Drawing, mut ends: Vec<(Point, &Series, Look, &[String])>, right: f64) {
    ends.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
    let half = |lines: &[String]| (lines.len() as f64 * LINE + 2.0) / 2.0;
    let mut places: Vec<f64> = Vec::new();
    let mut lowest = f64::NEG_INFINITY;
    for (end, _, _, lines) in &ends {
        let place = end.y.max(lowest + half(lines));
        lowest = place + half(lines);
        places.push(place);
    }
    // Pushed below the picture, they move back up together.
    let mut below = TOP + PLOT + LINE / 2.0;
    for (place, (.., lines)) in places.iter_mut().zip(&ends).rev() {
        *place = place.min(below - half(lines));
        below = *place - half(lines);
    }
    for ((end, line, look, lines), y) in ends.iter().zip(places) {
        if (y - end.y).abs() > 1.0 || right - end.x > 1.0 {
            let lead = Look::stroke(Role::Line).thickness(Thickness::Hair);
            out.add(Mark::path(&[at(end.x + 3.0, end.y), at(right + 12.0, y)], false, lead));
        }
        let first = y - (lines.len() as f64 - 1.0) * LINE / 2.0;
        for (i, words) in lines.iter().enumerate() {
            let at = first + i as f64 * LINE;
            let mut label = Mark::text(right + 16.0, at, words.clone(), NAME, look.role).centred();
            label.tip = Some(line.label.clone());
            out.add(label);
        }
    }
}
