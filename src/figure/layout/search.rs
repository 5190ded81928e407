//! The plan made better as a whole: other rows for one group at a time, judged by the whole page.
//!
//! Setting boxes in place costs microseconds, so the page itself can be asked: how large it becomes
//! and how long all connections are if a group is set in other rows, or a box moves to another row.
//! What is changed must gain a clear share of the group's own area, so that a small change of the
//! model does not set a group anew. Directions stay as they are planned.

use super::model::{Direction, Graph, Options, Rect};
use super::place;
use super::plan::{self, Plan};
use super::refine;
use super::tree::Tree;

/// What a pixel of a connection costs, in pixels of area.
const TRACK: f64 = 20.0;
/// What a crossing of straight lines costs, in pixels of area.
const CROSSING: f64 = 8_000.0;
/// More connections than this are not compared in pairs.
const COMPARED: usize = 420;
/// With more connections than this a change is only looked at closely if it would do with this share of crossings.
const FEW: usize = 100;
const HOPED: f64 = 0.93;
/// The gain that a change needs, as a share of the area of the group.
const CLEAR: f64 = 0.4;
/// About how many boxes may be set in all.
const WORK: usize = 30_000;
/// What a page costs that does not have the shape that is aimed at, as a share of its area.
const OFF: f64 = 0.45;
/// From how far off its shape on, wider or higher, a page becomes dear, and how dear.
const WIDE: f64 = 1.3;
const HIGH: f64 = 2.0;
const MISSHAPEN: f64 = 8.0;
/// How much dearer a connection is that runs against the flow.
const AGAINST: f64 = 0.3;

struct Search<'a> {
    graph: &'a Graph,
    tree: &'a Tree,
    options: &'a Options,
    plan: &'a mut Plan,
    rects: Vec<Rect>,
    cost: f64,
    crossed: f64,
    work: usize,
}

/// The plan by ranks, with the rows of groups changed where the page becomes much better.
pub(super) fn best(graph: &Graph, tree: &Tree, options: &Options) -> Plan {
    let mut plan = plain(graph, tree, options);
    search(graph, tree, options, &mut plan);
    let mut rects = place::place(graph, tree, &plan);
    refine::refine(tree, &mut plan, &mut rects);
    plan
}

/// The plan by ranks alone, with rows put in order.
pub(super) fn plain(graph: &Graph, tree: &Tree, options: &Options) -> Plan {
    let mut plan = plan::plan(graph, tree, options);
    let mut rects = place::place(graph, tree, &plan);
    refine::refine(tree, &mut plan, &mut rects);
    plan
}

/// What the page costs: its area, and more the less it has the shape that is aimed at; much more where it is a
/// ribbon or a tower, so that rows are changed for that alone.
fn page(page: &Rect, options: &Options) -> f64 {
    let ratio = page.w / page.h.max(1.0) / options.aspect;
    let off = ratio.max(1.0 / ratio.max(0.001)) - 1.0;
    let far = ((ratio / WIDE).max(1.0 / (ratio * HIGH).max(0.001)) - 1.0).max(0.0);
    page.w * page.h * (1.0 + OFF * off + MISSHAPEN * far)
}

/// Changes the rows of groups while the page becomes clearly better.
fn search(graph: &Graph, tree: &Tree, options: &Options, plan: &mut Plan) {
    let rects = place::place(graph, tree, plan);
    let mut search = Search { graph, tree, options, plan, rects, cost: 0.0, crossed: 0.0, work: 0 };
    search.crossed = search.crossings(f64::MAX).unwrap_or(0.0);
    search.cost = search.judge() + CROSSING * search.crossed;
    let lifted = plan::lift(tree);
    for _ in 0..2 {
        let before = search.cost;
        for &group in tree.inner_first.iter().rev() {
            if tree.children[group].len() < 2 || search.work > WORK {
                continue;
            }
            if graph.groups.get(group).is_none_or(|group| group.order.is_empty()) {
                search.rows(group, &lifted[group]);
            }
        }
        if search.cost > before * 0.999 {
            break;
        }
    }
}

impl Search<'_> {
    /// What the page costs as it is planned.
    fn judge(&mut self) -> f64 {
        self.work += self.tree.root + 1;
        self.rects = place::place(self.graph, self.tree, self.plan);
        let page = self.rects[self.tree.root];
        let middle = |at: usize| {
            let rect = &self.rects[at];
            (rect.x + rect.w / 2.0, rect.y + rect.h / 2.0)
        };
        let mut length = 0.0;
        for &(from, to) in self.tree.ends.iter().flatten() {
            let (a, b) = (middle(from), middle(to));
            let (along, across) =
                if self.options.flow == Direction::Down { (b.1 - a.1, b.0 - a.0) } else { (b.0 - a.0, b.1 - a.1) };
            length += across.abs() + along.abs() + (-along).max(0.0) * AGAINST;
        }
        self::page(&page, self.options) + TRACK * length
    }

    /// How often the straight lines between the middles of connected boxes cross; nothing if it is not less than a limit.
    fn crossings(&mut self, most: f64) -> Option<f64> {
        if self.tree.ends.len() > COMPARED {
            return Some(0.0);
        }
        let middle = |at: usize| {
            let rect = &self.rects[at];
            (rect.x + rect.w / 2.0, rect.y + rect.h / 2.0)
        };
        let line = |(from, to): &(usize, usize)| {
            let (a, b) = (middle(*from), middle(*to));
            // From left to right, so that those beside each other are soon told apart.
            if a.0 <= b.0 { (a, b, *from, *to) } else { (b, a, *from, *to) }
        };
        let mut lines: Vec<_> = self.tree.ends.iter().flatten().map(line).collect();
        self.work += lines.len() * lines.len() / 64;
        lines.sort_by(|one, other| one.0.0.total_cmp(&other.0.0).then(one.0.1.total_cmp(&other.0.1)));
        let turn = |a: (f64, f64), b: (f64, f64), c: (f64, f64)| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
        let mut count = 0.0;
        for (index, (a, b, from, to)) in lines.iter().enumerate() {
            let (low, high) = (a.1.min(b.1), a.1.max(b.1));
            for (c, d, other_from, other_to) in lines[index + 1..].iter().take_while(|other| other.0.0 < b.0) {
                if c.1.max(d.1) <= low || c.1.min(d.1) >= high {
                    continue;
                }
                let is_joined = from == other_from || to == other_to || from == other_to || to == other_from;
                if !is_joined && turn(*a, *b, *c) * turn(*a, *b, *d) < 0.0 && turn(*c, *d, *a) * turn(*c, *d, *b) < 0.0
                {
                    count += 1.0;
                    if count >= most {
                        return None;
                    }
                }
            }
        }
        Some(count)
    }

    /// Takes rows for a group if the page gains enough, else leaves what is there.
    fn attempt(&mut self, group: usize, rows: Vec<Vec<usize>>) -> bool {
        if self.plan.rows[group] == rows {
            return false;
        }
        let area = self.rects[group].w * self.rects[group].h;
        let before = std::mem::replace(&mut self.plan.rows[group], rows);
        let (plain, least) = (self.judge(), self.cost - CLEAR * area);
        // Crossings cost the most to count; where hardly any less would still not do, they need not be.
        let hoped = if self.tree.ends.len() > FEW { HOPED * self.crossed } else { 0.0 };
        let most = (least - plain) / CROSSING;
        if hoped < most
            && let Some(crossed) = self.crossings(most)
        {
            (self.cost, self.crossed) = (plain + CROSSING * crossed, crossed);
            return true;
        }
        self.plan.rows[group] = before;
        false
    }

    fn rows(&mut self, group: usize, lifted: &super::rank::Lifted) {
        let children = &self.tree.children[group];
        let along = |at: &usize| if self.plan.down[group] { self.rects[*at].w } else { self.rects[*at].h };
        let sizes: Vec<f64> = children.iter().map(along).collect();
        for rows in plan::ways(children.len(), lifted, &|child| sizes[*child]) {
            let rows = rows.iter().map(|row| row.iter().map(|at| children[*at]).collect()).collect();
            self.attempt(group, rows);
        }
        // Single boxes to other rows.
        for &child in &self.tree.children[group] {
            for to in 0..=self.plan.rows[group].len() {
                if self.work > WORK {
                    return;
                }
                let mut rows = self.plan.rows[group].clone();
                rows.iter_mut().for_each(|row| row.retain(|other| *other != child));
                match rows.get_mut(to) {
                    Some(row) => row.push(child),
                    None => rows.push(vec![child]),
                }
                rows.retain(|row| !row.is_empty());
                self.attempt(group, rows);
            }
        }
    }
}
