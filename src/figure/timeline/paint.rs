//! Drawing a timeline's lanes, marks and causes.

use super::places::{Axis, Taken};
use super::{Cause, Instant, Known, Lane, Span, Timeline};
use crate::figure::drawing::{
    Anchor, Clock, Dash, Drawing, Group, LegendEntry, Look, Mark, Paint, Role, Sample, Thickness, arrow_head, at, ring,
    triangle,
};
use crate::figure::text::{self, Weight};
use crate::said;
use crate::source::{Lang, Said};

const WIDTH: f64 = 1040.0;
const TOP: f64 = 36.0;
const BAR: f64 = 22.0;
const LINE: f64 = 16.0;
const SMALL: f64 = 11.0;
const LABEL: f64 = 13.0;
/// How far below its mark a text may stand, in rows.
const ROWS: usize = 14;
/// To the right of its mark, else to the left.
const BOTH: &[Anchor] = &[Anchor::Start, Anchor::End];
/// To the left of its mark, else to the right.
const BACK: &[Anchor] = &[Anchor::End, Anchor::Start];
/// From so many marks on a lane is crowded.
const CROWDED: usize = 5;

pub(super) fn paint(timeline: &Timeline, lang: Lang) -> Drawing {
    let labels = timeline
        .lanes
        .iter()
        .map(|lane| text::width(&lane.label, LABEL, Weight::Regular))
        .fold(60.0, f64::max)
        .min(200.0);
    let to_s = if timeline.to_s > timeline.from_s { timeline.to_s } else { timeline.from_s + 1.0 };
    let axis = Axis { from_s: timeline.from_s, to_s, left: (labels + 16.0).ceil(), right: WIDTH - aside(timeline) };

    // Causes are told below the lanes of the simulation, above what was observed.
    let told_after =
        timeline.lanes.iter().position(|lane| lane.apart).filter(|at| *at > 0).unwrap_or(timeline.lanes.len());
    let causes = placed_causes(timeline, &axis);
    let mut middles = Vec::new();
    let head = due_rows(timeline, &axis, lang) as f64 * LINE;
    let (mut lanes, mut y, mut told) = (Vec::new(), TOP + head, None);
    for (i, lane) in timeline.lanes.iter().enumerate() {
        if i == told_after {
            told = Some(y);
            y += causes_height(&causes);
        }
        if lane.apart {
            lanes.push(Mark::line(0.0, y + 2.0, WIDTH, y + 2.0, Look::stroke(Role::Line).thickness(Thickness::Hair)));
            y += 8.0;
        }
        let (mark, middle, height) = draw_lane(lane, &axis, labels, y);
        lanes.push(mark);
        middles.push(middle);
        y += height;
    }
    let told = told.unwrap_or_else(|| {
        y += causes_height(&causes);
        y - causes_height(&causes)
    });

    let mut out = Drawing::new(WIDTH, y);
    let Axis { from_s, to_s, left, right } = axis;
    out.clock = Some(Box::new(Clock { from_s, to_s, left, right, top: TOP - 6.0, bottom: y }));
    for (second, words) in axis.ticks(lang) {
        let x = axis.x(second);
        out.add(Mark::line(x, TOP - 6.0, x, y, Look::stroke(Role::Grid).thickness(Thickness::Hair)));
        let place = Mark::text(x, 18.0, words, SMALL, Role::InkSecond);
        out.add(if x + 24.0 > WIDTH { place.end() } else { place.middle() });
    }
    // What is due concerns what lasts: down to the first lane of what happens at once.
    let lasting = middles.iter().zip(&timeline.lanes).take_while(|(_, lane)| !lane.spans.is_empty());
    draw_due(&mut out, timeline, &axis, &lasting.map(|(middle, _)| *middle).collect::<Vec<f64>>(), lang);
    let mut arrows = Vec::new();
    for cause in &causes {
        draw_cause(&mut out, &mut arrows, cause, &middles, told);
    }
    out.marks.append(&mut lanes);
    out.marks.append(&mut arrows);
    out.add_legend(legend(timeline, lang));
    out
}

/// The words for what is due after the axis' end.
fn later(timeline: &Timeline, lang: Lang) -> Option<crate::figure::drawing::Text> {
    let names = timeline.due_later.join(", ");
    let words = said!("later: {names} →", "plus tard : {names} →");
    (!names.is_empty()).then(|| Mark::text(WIDTH, TOP + 4.0, words.get(lang), SMALL, Role::Bad).end().centred())
}

/// What is due within the axis, the last one first.
fn due<'a>(timeline: &'a Timeline, axis: &Axis) -> impl Iterator<Item = &'a (f64, String)> {
    let (from_s, to_s) = (axis.from_s, axis.to_s);
    timeline.due.iter().rev().filter(move |(due, _)| (from_s..=to_s).contains(due))
}

/// How many rows the names of what is due take: what is due later has one of its own where it would push
/// others away from their lines.
fn due_rows(timeline: &Timeline, axis: &Axis, lang: Lang) -> usize {
    let named = |words: &str| Mark::text(0.0, 0.0, words, SMALL, Role::Bad).width();
    let last = due(timeline, axis).next().map(|(moment, name)| axis.x(*moment) + named(name) / 2.0);
    match (last, later(timeline, lang)) {
        (None, None) => 0,
        (Some(last), Some(later)) if last + 12.0 > WIDTH - later.width() => 2,
        _ => 1,
    }
}

/// What is due, each at its moment, named below the ticks; what is due later, at the axis' end.
fn draw_due(out: &mut Drawing, timeline: &Timeline, axis: &Axis, bars: &[f64], lang: Lang) {
    let look = Look::stroke(Role::Bad).thickness(Thickness::Strong);
    let rows = due_rows(timeline, axis, lang).max(1);
    let y = TOP + 4.0 + (rows - 1) as f64 * LINE;
    let label = |x: f64, words: &str| Mark::text(x, y, words, SMALL, Role::Bad).centred();
    // From the right, so that each keeps clear of the one after it.
    let mut free_to = WIDTH;
    let mut put = |out: &mut Drawing, x: f64, words: &str| {
        let text = label(0.0, words);
        let from = (x - text.width() / 2.0).min(free_to - text.width()).max(0.0);
        free_to = from - 12.0;
        out.add(label(from, words));
    };
    if let Some(later) = later(timeline, lang) {
        out.add(later);
    }
    for (moment, name) in due(timeline, axis) {
        let x = axis.x(*moment);
        // It passes behind the bars, so that it strikes no text in them.
        let mut from = y + 8.0;
        for middle in bars {
            out.add(Mark::line(x, from, x, middle - BAR / 2.0, look).tipped(name.clone()));
            from = middle + BAR / 2.0;
        }
        out.add(Mark::line(x, from, x, from + 6.0, look).tipped(name.clone()));
        put(out, x, name);
    }
}

/// What the axis leaves free at its end. Where a lane is crowded its texts hang to the right of their
/// marks like stairs, the last one too: so none stands in the way of a line down to another.
fn aside(timeline: &Timeline) -> f64 {
    let crowded = timeline.lanes.iter().filter(|lane| lane.instants.len() >= CROWDED);
    let last = crowded.filter_map(|lane| lane.instants.iter().max_by(|a, b| a.at_s.total_cmp(&b.at_s)));
    let wide = last.map(|instant| text::width(&instant.text, SMALL, Weight::Regular) + 14.0);
    wide.fold(24.0, f64::max).min(220.0)
}

fn draw_lane(lane: &Lane, axis: &Axis, labels: f64, top: f64) -> (Mark, f64, f64) {
    let mut marks = Vec::new();
    let mut taken = Taken::default();
    let brackets = lane.spans.iter().any(|span| span.interval_s.is_some())
        || lane.instants.iter().any(|it| it.interval_s.is_some());
    let high = if lane.spans.is_empty() { 20.0 } else { BAR };
    let middle = top + if brackets { 8.0 } else { 4.0 } + high / 2.0;
    let lines = text::wrap(&lane.label, labels, LABEL, Weight::Regular, 2);
    let mut y = middle - (lines.len() as f64 - 1.0) * 7.5;
    for line in lines {
        marks.push(Mark::text(labels, y, line, LABEL, Role::Ink).end().centred().into());
        y += 15.0;
    }
    for span in &lane.spans {
        taken.take(0, axis.x(span.from_s), axis.x(span.to_s));
    }
    for instant in &lane.instants {
        taken.take(0, axis.x(instant.at_s) - 5.0, axis.x(instant.at_s) + 5.0);
    }
    for span in &lane.spans {
        draw_span(&mut marks, &mut taken, span, axis, middle);
    }
    // From the right: a text hangs to the right of its mark, so that the line down to it is left of
    // every text that was placed before it. Where that has no room, the same from the left.
    let stairs = |is_right: bool| {
        let mut order: Vec<&Instant> = lane.instants.iter().collect();
        order.sort_by(|a, b| if is_right { b.at_s.total_cmp(&a.at_s) } else { a.at_s.total_cmp(&b.at_s) });
        let (mut drawn, mut taken, mut struck): (Vec<Vec<Mark>>, Taken, usize) = (Vec::new(), taken.clone(), 0);
        let anchors = if is_right { BOTH } else { BACK };
        for instant in order {
            let mut here = Vec::new();
            struck += usize::from(!draw_instant(&mut here, &mut taken, instant, axis, middle, anchors));
            drawn.push(here);
        }
        if is_right {
            drawn.reverse();
        }
        (struck, drawn, taken)
    };
    let mut best = stairs(true);
    if best.0 > 0 {
        let other = stairs(false);
        if other.0 < best.0 {
            best = other;
        }
    }
    let (_, drawn, taken) = best;
    marks.extend(drawn.into_iter().flatten());
    let below = taken.rows().saturating_sub(1) as f64 * LINE;
    let group = Group { label: said_lane(lane), fact: lane.fact.clone(), marks, ..Group::default() };
    (group.into(), middle, (middle - top) + high / 2.0 + below + 12.0)
}

fn said_lane(lane: &Lane) -> String {
    let texts = lane.spans.iter().map(|span| &span.text).chain(lane.instants.iter().map(|instant| &instant.text));
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).map(String::as_str).collect();
    if texts.is_empty() { lane.label.clone() } else { format!("{}: {}", lane.label, texts.join(", ")) }
}

fn draw_span(out: &mut Vec<Mark>, taken: &mut Taken, span: &Span, axis: &Axis, middle: f64) {
    if span.to_s < axis.from_s || span.from_s > axis.to_s {
        return;
    }
    let (left, right) = (axis.x(span.from_s), axis.x(span.to_s));
    let wide = (right - left).max(2.0);
    let (top, bottom) = (middle - BAR / 2.0, middle + BAR / 2.0);
    let look = Look::new(span.role, if span.strong { Paint::Strong } else { Paint::Tint });
    if span.to_s > axis.to_s {
        // An open end: it goes on beyond the axis.
        let points = [at(left, top), at(right, top), at(right + 7.0, middle), at(right, bottom), at(left, bottom)];
        out.push(Mark::path(&points, true, look).tipped(span.text.clone()));
    } else {
        let bar = Mark::Rect { x: left, y: top, width: wide, height: BAR, radius: 2.0, look, tip: None };
        out.push(if span.text.is_empty() { bar } else { bar.tipped(span.text.clone()) });
    }
    // The edge says the role once more, in its full colour.
    out.push(Mark::square(left, top, 2.0_f64.min(wide), BAR, Look::new(span.role, Paint::Fill)));
    if let Some(interval) = span.interval_s {
        bracket(out, interval, axis, top - 4.0);
    }
    if text::width(&span.text, SMALL, Weight::Regular) + 14.0 <= wide {
        out.push(Mark::text(left + 8.0, middle, span.text.clone(), SMALL, Role::Ink).centred().into());
    } else if !span.text.is_empty() {
        place_beside(out, taken, &span.text, (left, left + wide), axis, middle, BOTH);
    }
}

/// Draws a mark with its text; whether nothing strikes the text and all of it is there.
fn draw_instant(
    out: &mut Vec<Mark>,
    taken: &mut Taken,
    instant: &Instant,
    axis: &Axis,
    middle: f64,
    anchors: &'static [Anchor],
) -> bool {
    if instant.at_s < axis.from_s || instant.at_s > axis.to_s {
        return true;
    }
    let x = axis.x(instant.at_s);
    let mark = match instant.known {
        Known::Simulated => Mark::circle(x, middle, 4.5, Look::new(Role::Accent, Paint::Fill)),
        Known::Observed => ring(x, middle, Role::Observed),
        Known::Predicted => triangle(x, middle, Role::Predicted),
    };
    out.push(if instant.text.is_empty() { mark } else { mark.tipped(instant.text.clone()) });
    if let Some(interval) = instant.interval_s {
        bracket(out, interval, axis, middle - 11.0);
    }
    instant.text.is_empty() || place_beside(out, taken, &instant.text, (x - 5.0, x + 5.0), axis, middle, anchors)
}

/// A text on one side of something, else on the other, else below it, where it lies on nothing. Whether no
/// line strikes it and all of it is there.
fn place_beside(
    out: &mut Vec<Mark>,
    taken: &mut Taken,
    words: &str,
    (left, right): (f64, f64),
    axis: &Axis,
    middle: f64,
    sides: &'static [Anchor],
) -> bool {
    let ends = WIDTH - 2.0;
    let mark = (left + right) / 2.0;
    // Under a mark the text stands beside the line that leads to it, under a bar below it.
    let narrow = right - left <= 10.0;
    // No text is longer than the wider side has room for: below the others there is always a place then.
    let room = if narrow { (ends - mark).max(mark - axis.left) - 8.0 } else { (ends - left).max(right - axis.left) };
    let whole = words;
    let words = text::fit(words, room, SMALL, Weight::Regular);
    let wide = text::width(&words, SMALL, Weight::Regular);
    // Beside it; else below it on the first side, where the lines to texts placed before are out of the way;
    // else on the other; and only where there is no such place, with a line through another text.
    let below = |anchors: &'static [Anchor], strict| (1..ROWS).map(move |row| (row, anchors, strict));
    let places = std::iter::once((0, sides, true)).chain(below(&sides[..1], true)).chain(below(&sides[1..], true));
    for (row, anchors, strict) in places.chain(below(sides, false)) {
        let drop = if row == 0 { 0.0 } else { 6.0 + row as f64 * LINE };
        let (after, before) = match (row, narrow) {
            (0, _) => (right + 5.0, left - 5.0),
            (_, true) => (mark + 8.0, mark - 8.0),
            _ => (left, right),
        };
        let free = |from: f64, to: f64| {
            let alone =
                row == 0 || !taken.crossed(row, from, to) && (1..row).all(|above| taken.free(above, mark, mark));
            taken.free(row, from, to) && (alone || !strict)
        };
        let place = anchors.iter().find_map(|anchor| match anchor {
            Anchor::Start if after + wide <= ends && free(after, after + wide) => Some((after, Anchor::Start, after)),
            Anchor::End if before - wide >= axis.left && free(before - wide, before) => {
                Some((before, Anchor::End, before - wide))
            }
            _ => None,
        });
        let Some((x, anchor, from)) = place else { continue };
        taken.take(row, from, from + wide);
        if row > 0 {
            taken.lead(row, mark);
            let look = Look::stroke(Role::InkSecond).thickness(Thickness::Hair);
            if narrow {
                // It turns towards its text, so that it is seen which of two texts it leads to.
                let y = middle + drop;
                let aside = if anchor == Anchor::Start { x - 2.0 } else { x + 2.0 };
                out.push(Mark::path(&[at(mark, middle + 6.0), at(mark, y), at(aside, y)], false, look));
            } else {
                out.push(Mark::line(mark, middle + BAR / 2.0, mark, middle + drop - 6.0, look));
            }
            // What passes behind does not strike it.
            let backing = Look::new(Role::Sheet, Paint::Fill);
            out.push(Mark::square(from - 1.0, middle + drop - 7.0, wide + 2.0, 14.0, backing));
        }
        out.push(Mark::text(x, middle + drop, words.as_str(), SMALL, Role::InkSecond).anchor(anchor).centred().into());
        return strict && words == whole;
    }
    false
}

/// From the earliest to the latest, over all runs.
fn bracket(out: &mut Vec<Mark>, (from, to): (f64, f64), axis: &Axis, y: f64) {
    let (left, right) = (axis.x(from), axis.x(to));
    let points = [at(left, y + 3.0), at(left, y), at(right, y), at(right, y + 3.0)];
    out.push(Mark::path(&points, false, Look::stroke(Role::InkSecond)));
}

/// A cause with a place for its sentence.
struct Placed<'a> {
    cause: &'a Cause,
    x: f64,
    row: usize,
    lines: Vec<String>,
    anchor: Anchor,
}

fn causes_height(causes: &[Placed<'_>]) -> f64 {
    causes.iter().map(|cause| cause.row + cause.lines.len()).max().map_or(0.0, |rows| rows as f64 * LINE + 10.0)
}

fn placed_causes<'a>(timeline: &'a Timeline, axis: &Axis) -> Vec<Placed<'a>> {
    let mut order: Vec<&Cause> =
        timeline.causes.iter().filter(|it| (axis.from_s..=axis.to_s).contains(&it.at_s)).collect();
    order.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
    let mut texts = Taken::default();
    let mut out: Vec<Placed<'a>> = Vec::new();
    for cause in order {
        let x = axis.x(cause.at_s);
        let (after, before) = (axis.right + 22.0 - x - 6.0, x - 6.0 - axis.left);
        let lines = text::wrap(&cause.text, 420.0_f64.min(after.max(before)), SMALL, Weight::Regular, 3);
        let wide = lines.iter().map(|line| text::width(line, SMALL, Weight::Regular)).fold(0.0, f64::max);
        let free = |row: usize, anchor: Anchor| {
            let (from, to) =
                if anchor == Anchor::Start { (x + 6.0, x + 6.0 + wide) } else { (x - 6.0 - wide, x - 6.0) };
            let rows = row..row + lines.len().max(1);
            from >= axis.left - 1.0
                && to <= axis.right + 23.0
                && rows.clone().all(|row| texts.free(row, from, to))
                // Neither on the line of another cause, nor with its own line through another's text.
                && (0..row).all(|row| texts.free(row, x, x))
                && out.iter().all(|other| rows.start >= other.row + other.lines.len() || other.x + 3.0 < from || other.x - 3.0 > to)
        };
        let places = (0..30).flat_map(|row| [(row, Anchor::Start), (row, Anchor::End)]);
        let (row, anchor) = { places }.find(|(row, anchor)| free(*row, *anchor)).unwrap_or((30, Anchor::Start));
        let from = if anchor == Anchor::Start { x + 6.0 } else { x - 6.0 - wide };
        (row..row + lines.len()).for_each(|row| texts.take(row, from, from + wide));
        out.push(Placed { cause, x, row, lines, anchor });
    }
    out
}

fn draw_cause(out: &mut Drawing, front: &mut Vec<Mark>, placed: &Placed<'_>, middles: &[f64], told: f64) {
    let x = placed.x;
    let lane = |index: Option<usize>| index.and_then(|index| middles.get(index).copied());
    let top = match (lane(placed.cause.from_lane), lane(placed.cause.to_lane)) {
        (Some(from), Some(to)) => {
            front.push(Mark::line(x, from, x, to, Look::stroke(Role::InkSecond)));
            front.push(arrow_head(at(x, from), at(x, to), Role::InkSecond));
            from.max(to).min(told)
        }
        _ => TOP - 2.0,
    };
    let first = told + 6.0 + placed.row as f64 * LINE + LINE / 2.0;
    let look = Look::stroke(Role::InkSecond).dash(Dash::Dotted).thickness(Thickness::Hair);
    front.push(Mark::line(x, top, x, first + 4.0, look).tipped(placed.cause.text.clone()));
    let aside = if placed.anchor == Anchor::Start { 6.0 } else { -6.0 };
    for (i, line) in placed.lines.iter().enumerate() {
        let y = first + i as f64 * LINE;
        out.add(Mark::text(x + aside, y, line.clone(), SMALL, Role::InkSecond).anchor(placed.anchor).centred());
    }
}

fn legend(timeline: &Timeline, lang: Lang) -> Vec<LegendEntry> {
    let entry = |sample, words: Said| LegendEntry { sample, text: words.get(lang).to_owned() };
    let known = |known| timeline.lanes.iter().flat_map(|lane| &lane.instants).any(|instant| instant.known == known);
    // Where everything is simulated, nothing needs to say so.
    if !known(Known::Observed) && !known(Known::Predicted) {
        return Vec::new();
    }
    let simulated = if known(Known::Simulated) {
        Sample::Dot(Role::Accent)
    } else {
        Sample::Box(Look::new(Role::Accent, Paint::Tint))
    };
    vec![
        entry(simulated, said!("worked out", "calculé")),
        entry(Sample::Ring(Role::Observed), said!("observed", "observé")),
        entry(Sample::Triangle(Role::Predicted), said!("predicted", "prédit")),
    ]
}
