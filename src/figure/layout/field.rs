//! What is where, for asking whether a line would be in the way.
//!
//! Boxes, titles, labels and lines are entered in square cells, so that a question costs about as
//! much as there is near the line it asks about.

use super::model::Rect;
use super::tree::Tree;

/// The side of a cell.
const CELL: f64 = 48.0;
/// How many cells there are on one axis at most, times the root of the number of things entered.
const MOST: f64 = 2.0;

/// A straight line of an edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Seg {
    pub edge: usize,
    pub upright: bool,
    pub at: f64,
    pub low: f64,
    pub high: f64,
}

/// What a box is to the edge that asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Not to be touched.
    Foreign,
    /// Holds an end, so its border may be crossed.
    Around,
    /// Is the source, or the target.
    End,
}

/// What stands in each cell and stays there, cell after cell.
#[derive(Debug)]
struct Cells<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Cells<T> {
    fn default() -> Cells<T> {
        Cells { starts: Vec::new(), items: Vec::new() }
    }
}

impl<T: Copy> Cells<T> {
    fn new(count: usize, mut entries: Vec<(usize, T)>) -> Cells<T> {
        entries.sort_by_key(|entry| entry.0);
        let mut starts = vec![0_u32; count + 1];
        entries.iter().for_each(|entry| starts[entry.0 + 1] += 1);
        for cell in 0..count {
            starts[cell + 1] += starts[cell];
        }
        Cells { starts, items: entries.into_iter().map(|entry| entry.1).collect() }
    }

    fn of(&self, cell: usize) -> &[T] {
        &self.items[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }
}

/// All that is drawn, by cells.
pub(super) struct Field {
    cell: f64,
    wide: usize,
    high: usize,
    left: f64,
    top: f64,
    boxes: Cells<usize>,
    titles: Cells<Rect>,
    /// Level lines and upright ones.
    lines: [Vec<Vec<Seg>>; 2],
    labels: Vec<Vec<(usize, Rect)>>,
    rects: Vec<Rect>,
    is_group: Vec<bool>,
}

fn touches(rect: &Rect, seg: &Seg, by: f64) -> bool {
    let (x0, x1, y0, y1) = seg.bounds();
    x1 > rect.x - by && x0 < rect.x + rect.w + by && y1 > rect.y - by && y0 < rect.y + rect.h + by
}

/// Whether two boxes come closer than a distance.
pub(super) fn meets(a: &Rect, b: &Rect, by: f64) -> bool {
    a.x < b.x + b.w + by && b.x < a.x + a.w + by && a.y < b.y + b.h + by && b.y < a.y + a.h + by
}

impl Seg {
    /// The line between two points.
    pub(super) fn new(edge: usize, a: (f64, f64), b: (f64, f64)) -> Seg {
        let upright = (a.0 - b.0).abs() < (a.1 - b.1).abs();
        let (at, p, q) = if upright { (a.0, a.1, b.1) } else { (a.1, a.0, b.0) };
        Seg { edge, upright, at, low: p.min(q), high: p.max(q) }
    }

    fn bounds(&self) -> (f64, f64, f64, f64) {
        if self.upright { (self.at, self.at, self.low, self.high) } else { (self.low, self.high, self.at, self.at) }
    }
}

impl Field {
    /// Enters the boxes and titles.
    pub(super) fn new(tree: &Tree, rects: &[Rect], titles: &[Rect], reach: Rect, count: usize) -> Field {
        let most = MOST * (count as f64).sqrt();
        let cell = CELL.max(reach.w / most).max(reach.h / most);
        let wide = (reach.w / cell) as usize + 3;
        let high = (reach.h / cell) as usize + 3;
        let count = wide * high;
        let mut field = Field {
            cell,
            wide,
            high,
            left: reach.x - cell,
            top: reach.y - cell,
            boxes: Cells::default(),
            titles: Cells::default(),
            lines: [vec![Vec::new(); count], vec![Vec::new(); count]],
            labels: vec![Vec::new(); count],
            rects: rects.to_vec(),
            is_group: (0..rects.len()).map(|at| tree.holds(at)).collect(),
        };
        let mut boxes: Vec<(usize, usize)> = Vec::new();
        for (number, rect) in rects.iter().enumerate().take(tree.root) {
            let (x0, x1, y0, y1) = (rect.x, rect.x + rect.w, rect.y, rect.y + rect.h);
            if field.is_group[number] {
                // Whoever is within a group has crossed its border, so the border is enough.
                let sides = [(x0, x1, y0, y0), (x0, x1, y1, y1), (x0, x0, y0, y1), (x1, x1, y0, y1)];
                let mut cells: Vec<usize> = sides.into_iter().flat_map(|side| field.cells(side, 0.0)).collect();
                cells.sort_unstable();
                cells.dedup();
                boxes.extend(cells.into_iter().map(|cell| (cell, number)));
            } else {
                boxes.extend(field.cells((x0, x1, y0, y1), 0.0).map(|cell| (cell, number)));
            }
        }
        let mut written: Vec<(usize, Rect)> = Vec::new();
        for title in titles.iter().filter(|title| title.w > 0.0) {
            let bounds = (title.x, title.x + title.w, title.y, title.y + title.h);
            written.extend(field.cells(bounds, 0.0).map(|cell| (cell, *title)));
        }
        (field.boxes, field.titles) = (Cells::new(count, boxes), Cells::new(count, written));
        field
    }

    fn cells(&self, (x0, x1, y0, y1): (f64, f64, f64, f64), by: f64) -> impl Iterator<Item = usize> + use<> {
        let column = |x: f64| (((x - self.left) / self.cell).max(0.0) as usize).min(self.wide - 1);
        let row = |y: f64| (((y - self.top) / self.cell).max(0.0) as usize).min(self.high - 1);
        let (first, last, wide) = (column(x0 - by), column(x1 + by), self.wide);
        (row(y0 - by)..=row(y1 + by)).flat_map(move |y| (first..=last).map(move |x| y * wide + x))
    }

    fn cell(&self, x: f64, y: f64) -> usize {
        self.cells((x, x, y, y), 0.0).next().unwrap_or(0)
    }

    /// Enters a way, or takes it out.
    pub(super) fn count(&mut self, edge: usize, points: &[(f64, f64)], is_added: bool) {
        for pair in points.windows(2) {
            let [a, b] = *pair else { continue };
            let seg = Seg::new(edge, a, b);
            for cell in self.cells(seg.bounds(), 0.0) {
                let lines = &mut self.lines[usize::from(seg.upright)][cell];
                if is_added {
                    lines.push(seg);
                } else {
                    lines.retain(|other| other.edge != edge);
                }
            }
        }
    }

    /// Enters a label, or takes it out.
    pub(super) fn count_label(&mut self, edge: usize, label: &Rect, is_added: bool) {
        for cell in self.cells((label.x, label.x + label.w, label.y, label.y + label.h), 0.0) {
            if is_added {
                self.labels[cell].push((edge, *label));
            } else {
                self.labels[cell].retain(|other| other.0 != edge);
            }
        }
    }

    /// How many lines a line would cross; nothing if it cannot be where it is, or if there are more than asked for.
    pub(super) fn judge(&self, seg: &Seg, own: &[usize], role: &dyn Fn(usize) -> Role, most: usize) -> Option<usize> {
        for cell in self.cells(seg.bounds(), 12.0) {
            for &number in self.boxes.of(cell) {
                let rect = &self.rects[number];
                let is_bad = match role(number) {
                    Role::Foreign => touches(rect, seg, if self.is_group[number] { 8.0 } else { 9.0 }),
                    Role::End => !own.contains(&number) && touches(rect, seg, 9.0),
                    Role::Around => {
                        let (low, high, from, to) = if seg.upright {
                            (rect.x, rect.x + rect.w, rect.y, rect.y + rect.h)
                        } else {
                            (rect.y, rect.y + rect.h, rect.x, rect.x + rect.w)
                        };
                        let is_near = (seg.at - low).abs() < 8.0 || (seg.at - high).abs() < 8.0;
                        is_near && seg.low < to + 5.0 && from - 5.0 < seg.high
                    }
                };
                if is_bad {
                    return None;
                }
            }
            if self.titles.of(cell).iter().any(|title| touches(title, seg, 5.0)) {
                return None;
            }
            if self.labels[cell].iter().any(|(edge, label)| *edge != seg.edge && touches(label, seg, 5.5)) {
                return None;
            }
        }
        self.crossings(seg, most)
    }

    /// How many lines a line would cross; nothing if it comes too close to one, or if there are more than asked for.
    fn crossings(&self, seg: &Seg, most: usize) -> Option<usize> {
        let mut crossings = 0;
        let (along, across) = (usize::from(seg.upright), usize::from(!seg.upright));
        for cell in self.cells(seg.bounds(), 12.0) {
            for other in &self.lines[along][cell] {
                let is_near = (other.at - seg.at).abs() < 9.0;
                if is_near && other.low < seg.high + 9.5 && seg.low < other.high + 9.5 && other.edge != seg.edge {
                    return None;
                }
            }
            for other in self.lines[across][cell].iter().filter(|other| other.edge != seg.edge) {
                let within = |seg: &Seg, at: f64, by: f64| seg.low - by < at && at < seg.high + by;
                if within(seg, other.at, 5.5) && within(other, seg.at, 5.5) {
                    if !within(seg, other.at, -5.5) || !within(other, seg.at, -5.5) {
                        return None;
                    }
                    let (x, y) = if seg.upright { (seg.at, other.at) } else { (other.at, seg.at) };
                    crossings += usize::from(self.cell(x, y) == cell);
                    if crossings > most {
                        return None;
                    }
                }
            }
        }
        Some(crossings)
    }

    /// Whether a label could be somewhere.
    pub(super) fn is_free(&self, edge: usize, label: &Rect) -> bool {
        let bounds = (label.x, label.x + label.w, label.y, label.y + label.h);
        self.cells(bounds, 8.0).all(|cell| {
            let boxes = self.boxes.of(cell).iter().all(|number| {
                let rect = &self.rects[*number];
                let is_within = label.x > rect.x + 5.0
                    && label.x + label.w < rect.x + rect.w - 5.0
                    && label.y > rect.y + 5.0
                    && label.y + label.h < rect.y + rect.h - 5.0;
                (self.is_group[*number] && is_within) || !meets(rect, label, 5.0)
            });
            boxes
                && self.titles.of(cell).iter().all(|title| !meets(title, label, 5.0))
                && self.labels[cell].iter().all(|(other, rect)| *other == edge || !meets(rect, label, 6.0))
                && self
                    .lines
                    .iter()
                    .flat_map(|lines| &lines[cell])
                    .all(|other| other.edge == edge || !touches(label, other, 6.0))
        })
    }
}
