//! The plan: for each box the direction it is read in and the rows of its children.
//!
//! Plans are made from the inside to the outside. First a box gets its direction: that of the page,
//! unless the other one is far cheaper. A drawing of which everything is read the same way is the
//! easier to read, and a direction that is taken only for a strong reason does not turn when the
//! model changes a little; rows give a box its shape just as well. Then each box keeps three plans,
//! a tall one, an even one and a wide one, and the box around it takes whichever make the best page.
//! Sizes are rounded before they are compared, so that a letter more or less does not turn a
//! picture around.

use super::model::{Direction, Graph, Options, Size};
use super::rank::{self, Lifted};
use super::tree::Tree;

/// Between boxes beside each other in a plan.
const BESIDE: f64 = 40.0;
/// Between rows.
const STREET: f64 = 40.0;
/// Around the content of a group.
const AROUND: f64 = 22.0;
/// With at most so many boxes, rows may hold several ranks: a small drawing is taken in at once.
const SMALL: usize = 24;
/// From so many boxes on a drawing is one that a reader knows their way around in.
const LARGE: usize = 60;
/// What share of the cost of the flow's direction the other one may have to be taken, in a drawing that is
/// small and in one that is large; for what lies between, what lies between. Where shares of real boxes are
/// counted, few are less than a half and most are near one: a half is where a change turns the fewest.
const TURN: [f64; 2] = [0.92, 0.45];
/// What a shape costs that is not the one aimed at, as a share of the area, by how much wider or higher it is.
const MISSHAPEN: f64 = 0.7;
/// The same where directions are weighed: rows can still give a box its shape.
const SHAPED: f64 = 0.45;
/// What a pixel of a connection costs, in pixels of area: about as much as a track of its length.
const TRACK: f64 = 18.0;
/// What share of the cost of the rows tried so far other rows may have to be taken: clearly less, so that a
/// small change of the model does not take others.
const CLEAR: f64 = 0.9;
/// Width over height of the plans that are kept.
const SHAPES: [f64; 3] = [0.55, 1.2, 2.4];

/// How the inside of every box is set.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Plan {
    /// The direction, by box.
    pub down: Vec<bool>,
    /// Rows (or columns, if read to the right) of children, by box.
    pub rows: Vec<Vec<Vec<usize>>>,
}

#[derive(Debug, Clone, Default)]
struct Variant {
    down: bool,
    rows: Vec<Vec<usize>>,
    /// Which variant of the children is used.
    inner: usize,
    size: Size,
    cost: f64,
}

/// Connections lifted to the children of the box in which they meet, by box and by child number.
pub(super) fn lift(tree: &Tree) -> Vec<Lifted> {
    let mut place = vec![0; tree.root + 1];
    for children in &tree.children {
        for (at, child) in children.iter().enumerate() {
            place[*child] = at;
        }
    }
    let mut out: Vec<std::collections::BTreeMap<(usize, usize), f64>> = vec![Default::default(); tree.root + 1];
    for &(from, to) in tree.ends.iter().flatten() {
        let meet = tree.meet(from, to);
        if meet == from || meet == to || from == to {
            continue;
        }
        let (a, b) = (tree.child_towards(meet, from), tree.child_towards(meet, to));
        *out[meet].entry((place[a], place[b])).or_insert(0.0) += 1.0;
    }
    out.into_iter().map(|map| map.into_iter().map(|((a, b), weight)| (a, b, weight)).collect()).collect()
}

/// Makes the plan of a graph.
pub(super) fn plan(graph: &Graph, tree: &Tree, options: &Options) -> Plan {
    let is_free = tree.root <= SMALL;
    let lifted = lift(tree);
    let mut made: Vec<Vec<Variant>> = vec![Vec::new(); tree.root + 1];
    for &at in &tree.inner_first {
        made[at] = variants(graph, tree, options, &made, at, &lifted[at], is_free);
    }
    let mut plan = Plan { down: vec![true; tree.root + 1], rows: vec![Vec::new(); tree.root + 1] };
    let mut open = vec![(tree.root, 0)];
    while let Some((at, index)) = open.pop() {
        let Some(variant) = made[at].get(index) else { continue };
        plan.down[at] = variant.down;
        plan.rows[at].clone_from(&variant.rows);
        open.extend(tree.children[at].iter().filter(|child| tree.holds(**child)).map(|child| (*child, variant.inner)));
    }
    plan
}

/// The share that the direction against the flow may cost in a drawing of so many boxes.
fn turn(boxes: usize) -> f64 {
    let share = (boxes as f64 - SMALL as f64) / (LARGE - SMALL) as f64;
    TURN[0] + (TURN[1] - TURN[0]) * share.clamp(0.0, 1.0)
}

/// The place of a direction in lists of both.
fn index(direction: Direction) -> usize {
    usize::from(direction == Direction::Right)
}

/// The direction a box is read in, given the least costs of each by the shapes that are kept.
fn direction(least: &[Vec<f64>; 2], flow: Direction, boxes: usize) -> Direction {
    let other = flow.turned();
    // The middle of the ratios: no single shape decides. By products alone, which are the same on every machine.
    let pairs = least[index(other)].iter().zip(&least[index(flow)]);
    let ratio: f64 = pairs.map(|(other, flow)| other.max(1.0) / flow.max(1.0)).product();
    let most: f64 = least[index(flow)].iter().map(|_| turn(boxes)).product();
    if ratio < most { other } else { flow }
}

fn variants(
    graph: &Graph,
    tree: &Tree,
    options: &Options,
    made: &[Vec<Variant>],
    at: usize,
    lifted: &Lifted,
    is_free: bool,
) -> Vec<Variant> {
    let shapes: &[f64] = if at == tree.root { &[options.aspect] } else { &SHAPES };
    let children = &tree.children[at];
    let group = graph.groups.get(at);
    let title = group.map_or(Size::default(), |group| group.title);
    let is_ordered = group.is_some_and(|group| !group.order.is_empty());
    let (ranked, loose) =
        if is_ordered { (Vec::new(), (0..children.len()).collect()) } else { rank::rows(children.len(), lifted) };
    let pinned = group.and_then(|group| group.direction);
    let mut best = [vec![None::<Variant>; shapes.len()], vec![None; shapes.len()]];
    let mut least = [vec![f64::MAX; shapes.len()], vec![f64::MAX; shapes.len()]];
    let holders = || children.iter().filter(|child| tree.holds(**child));
    let inners = if holders().next().is_some() { SHAPES.len() } else { 1 };
    for inner in 0..inners {
        let sizes: Vec<Size> = children.iter().map(|child| size(graph, tree, made, *child, inner)).collect();
        // What the plans of the children cost beyond their areas, which are counted here.
        let over = |child: &usize| {
            made[*child].get(inner).map_or(0.0, |variant| variant.cost - variant.size.w * variant.size.h)
        };
        let inside = holders().map(over).sum::<f64>().max(0.0);
        for tried in [Direction::Down, Direction::Right] {
            if pinned.is_some_and(|pinned| pinned != tried) {
                continue;
            }
            let down = tried == Direction::Down;
            let along = |child: &usize| if down { sizes[*child].w } else { sizes[*child].h };
            for rows in wraps(&ranked, &loose, &along, is_free) {
                let (size, length) = measure(&rows, &sizes, down, title, lifted);
                let area = size.w * size.h + TRACK * length;
                for (slot, shape) in shapes.iter().enumerate() {
                    let ratio = size.w / size.h.max(1.0) / shape;
                    let off = ratio.max(1.0 / ratio.max(0.001)) - 1.0;
                    let (least, best) = (&mut least[index(tried)][slot], &mut best[index(tried)][slot]);
                    *least = least.min(area * (1.0 + SHAPED * off));
                    let cost = area * (1.0 + MISSHAPEN * off) + inside;
                    if best.as_ref().is_none_or(|held| cost < held.cost * CLEAR) {
                        let rows = rows.iter().map(|row| row.iter().map(|child| children[*child]).collect()).collect();
                        *best = Some(Variant { down, rows, inner, size, cost });
                    }
                }
            }
        }
    }
    let direction = pinned.unwrap_or_else(|| direction(&least, options.flow, tree.root));
    let [down, right] = best;
    let best = if direction == Direction::Down { down } else { right };
    best.into_iter().map(Option::unwrap_or_default).collect()
}

fn rounded(value: f64, step: f64) -> f64 {
    (value / step).ceil() * step
}

fn size(graph: &Graph, tree: &Tree, made: &[Vec<Variant>], child: usize, inner: usize) -> Size {
    if tree.holds(child) {
        return made[child].get(inner).map_or(Size::default(), |variant| variant.size);
    }
    let size = graph.leaves.get(child - tree.groups).map_or(Size::default(), |leaf| leaf.size);
    Size { w: rounded(size.w, 30.0), h: rounded(size.h, 16.0) }
}

/// All the rows that might be for the children of a box.
pub(super) fn ways(count: usize, lifted: &Lifted, along: &dyn Fn(&usize) -> f64) -> Vec<Vec<Vec<usize>>> {
    let (ranked, loose) = rank::rows(count, lifted);
    wraps(&ranked, &loose, along, true)
}

/// The ways to break rows: not at all, or where they get longer than a limit. Where rows are far
/// shorter than a limit, those after each other are also tried as one, like words on a page.
fn wraps(ranked: &[Vec<usize>], loose: &[usize], along: &dyn Fn(&usize) -> f64, is_all: bool) -> Vec<Vec<Vec<usize>>> {
    let length = |row: &[usize]| row.iter().map(|child| along(child) + BESIDE).sum::<f64>();
    if ranked.is_empty() {
        let most = loose.len().clamp(1, 9);
        let even = (loose.len() as f64).sqrt();
        let more = [(even * 0.7) as usize, even.round() as usize, (even * 1.5) as usize, loose.len()];
        let mut counts: Vec<usize> = (1..=most).chain(more.into_iter().filter(|count| *count > most)).collect();
        counts.dedup();
        return counts
            .into_iter()
            .map(|count| {
                let rows = loose.len().div_ceil(count).max(1);
                loose.chunks(loose.len().div_ceil(rows).max(1)).map(<[usize]>::to_vec).collect()
            })
            .collect();
    }
    let longest = ranked.iter().map(|row| length(row)).fold(0.0, f64::max);
    let whole = ranked.iter().map(|row| length(row)).sum::<f64>() + length(loose);
    let mut out: Vec<Vec<Vec<usize>>> = Vec::new();
    for parts in [1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0] {
        let limit = longest / parts + 1.0;
        let mut rows = Vec::new();
        for row in ranked {
            let pieces = (length(row) / limit).ceil().max(1.0) as usize;
            rows.extend(row.chunks(row.len().div_ceil(pieces.min(row.len())).max(1)).map(<[usize]>::to_vec));
        }
        fill(&mut rows, loose, limit, along);
        if out.last() != Some(&rows) {
            out.push(rows);
        }
    }
    for parts in [1.0, 2.0, 3.0, 4.0, 5.0, 6.0] {
        let limit = whole / parts + 1.0;
        if limit <= longest * 1.05 || !is_all {
            break;
        }
        let mut rows: Vec<Vec<usize>> = ranked.to_vec();
        fill(&mut rows, loose, limit, along);
        if !out.contains(&rows) {
            out.push(rows);
        }
        let mut rows: Vec<Vec<usize>> = Vec::new();
        for row in ranked {
            match rows.last_mut() {
                Some(last) if length(last) + length(row) <= limit * 1.05 => last.extend(row),
                _ => rows.push(row.clone()),
            }
        }
        fill(&mut rows, loose, limit, along);
        if !out.contains(&rows) {
            out.push(rows);
        }
    }
    out
}

/// Adds what is connected with nothing beside it: to the shortest rows, as far as there is room.
fn fill(rows: &mut Vec<Vec<usize>>, loose: &[usize], limit: f64, along: &dyn Fn(&usize) -> f64) {
    let length = |row: &[usize]| row.iter().map(|child| along(child) + BESIDE).sum::<f64>();
    for child in loose {
        let shortest = (0..rows.len()).min_by(|a, b| length(&rows[*a]).total_cmp(&length(&rows[*b])));
        match shortest {
            Some(at) if length(&rows[at]) + along(child) <= limit.max(along(child) * 1.5) => rows[at].push(*child),
            _ => rows.push(vec![*child]),
        }
    }
}

/// The size of a group set in rows, and the length of the connections in it.
fn measure(rows: &[Vec<usize>], sizes: &[Size], down: bool, title: Size, lifted: &Lifted) -> (Size, f64) {
    let turned = |size: Size| if down { (size.w, size.h) } else { (size.h, size.w) };
    let mut middle = vec![(0.0, 0.0); sizes.len()];
    let lengths: Vec<f64> = rows.iter().map(|row| row.iter().map(|at| turned(sizes[*at]).0 + BESIDE).sum()).collect();
    let longest = lengths.iter().copied().fold(0.0, f64::max);
    let mut across = 0.0;
    for (row, length) in rows.iter().zip(&lengths) {
        let thick = row.iter().map(|at| turned(sizes[*at]).1).fold(0.0, f64::max);
        let mut along = (longest - length) / 2.0;
        for at in row {
            let long = turned(sizes[*at]).0;
            middle[*at] = (along + long / 2.0, across + thick / 2.0);
            along += long + BESIDE;
        }
        across += thick + STREET;
    }
    let far = |(a, b, weight): &(usize, usize, f64)| {
        ((middle[*a].0 - middle[*b].0).abs() + (middle[*a].1 - middle[*b].1).abs()) * weight
    };
    let length = lifted.iter().map(far).sum();
    let (w, h) = ((longest - BESIDE).max(0.0), (across - STREET).max(0.0));
    let (w, h) = if down { (w, h) } else { (h, w) };
    let w = (w + 2.0 * AROUND).max(rounded(title.w, 30.0) + 60.0);
    (Size { w, h: h + 2.0 * AROUND + title.h }, length)
}
