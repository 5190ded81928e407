//! Placing boxes: each group by itself, from the inside to the outside, on a grid.
//!
//! Connections are lifted to the children of the group in which they meet. Children are ranked by
//! the longest path, ordered by the middle of their neighbours, and set in rows or columns,
//! whichever comes nearer to a page.

use std::collections::{BTreeMap, BTreeSet};

use super::{Node, NodeRole, Topology};
use crate::figure::text::{self, Weight};

/// All places are multiples of this, in pixels; connections run along it.
pub(super) const GRID: i32 = 8;
/// The preferred width of a page, in pixels.
const PAGE: i32 = 1040;
/// Between boxes beside each other, and above each other.
const BESIDE: i32 = 40;
const ABOVE: i32 = 48;
/// Inside of a group: around, and for its title.
const INSIDE: i32 = 24;
pub(super) const TITLE: i32 = 32;
/// Deeper than this, one width is tried only.
const TRIED: usize = 3;
/// Deeper nesting than this is flattened.
const DEEPEST: usize = 24;

/// A box in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Rect {
    pub x: i32,
    pub y: i32,
    pub w: i32,
    pub h: i32,
}

impl Rect {
    pub(super) fn right(&self) -> i32 {
        self.x + self.w
    }

    pub(super) fn bottom(&self) -> i32 {
        self.y + self.h
    }

    /// Whether two boxes have more than an edge in common.
    pub(super) fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether another box lies within this one.
    pub(super) fn contains(&self, other: &Rect) -> bool {
        self.x <= other.x && self.y <= other.y && other.right() <= self.right() && other.bottom() <= self.bottom()
    }
}

/// A group or a node, by its number in the topology.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item {
    Group(usize),
    Node(usize),
}

/// Who stands in whom.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Tree {
    /// The group each item stands in; nothing at the top.
    pub parents: BTreeMap<Item, Option<usize>>,
    /// The ends of each edge; nothing where it is not drawn.
    pub edges: Vec<Option<(Item, Item)>>,
}

impl Tree {
    pub(super) fn new(topology: &Topology) -> Tree {
        let mut items: BTreeMap<&str, Item> = BTreeMap::new();
        for (i, node) in topology.nodes.iter().enumerate() {
            items.entry(&node.id).or_insert(Item::Node(i));
        }
        let mut groups: BTreeMap<&str, usize> = BTreeMap::new();
        for (i, group) in topology.groups.iter().enumerate() {
            groups.entry(&group.id).or_insert(i);
            items.entry(&group.id).or_insert(Item::Group(i));
        }
        let find = |id: &Option<String>| id.as_deref().and_then(|id| groups.get(id).copied());
        let mut tree = Tree::default();
        for (i, group) in topology.groups.iter().enumerate() {
            tree.parents.insert(Item::Group(i), find(&group.parent));
        }
        for i in 0..topology.groups.len() {
            // A group within itself, or too deep to be read, stands at the top.
            let path = tree.ancestors(Item::Group(i));
            if path.contains(&i) || path.len() >= DEEPEST {
                tree.parents.insert(Item::Group(i), None);
            }
        }
        for (i, node) in topology.nodes.iter().enumerate() {
            tree.parents.insert(Item::Node(i), find(&node.parent));
        }
        tree.edges = topology
            .edges
            .iter()
            .map(|edge| {
                let ends = (*items.get(edge.from.as_str())?, *items.get(edge.to.as_str())?);
                (ends.0 != ends.1).then_some(ends)
            })
            .collect();
        tree
    }

    /// The groups around an item, the nearest first.
    pub(super) fn ancestors(&self, item: Item) -> Vec<usize> {
        let mut out = Vec::new();
        let mut at = self.parents.get(&item).copied().flatten();
        while let Some(group) = at {
            if out.len() > DEEPEST || out.contains(&group) {
                break;
            }
            out.push(group);
            at = self.parents.get(&Item::Group(group)).copied().flatten();
        }
        out
    }

    /// What stands directly in a group, or at the top.
    fn children(&self, group: Option<usize>) -> Vec<Item> {
        self.parents.iter().filter(|(_, parent)| **parent == group).map(|(item, _)| *item).collect()
    }

    /// Connections between the children of a group, once each.
    fn lifted(&self, group: Option<usize>) -> BTreeSet<(Item, Item)> {
        let child = |item: Item| {
            let path = self.ancestors(item);
            match path.iter().position(|up| Some(*up) == group) {
                Some(0) => Some(item),
                Some(at) => path.get(at - 1).map(|up| Item::Group(*up)),
                None if group.is_none() => path.last().map_or(Some(item), |up| Some(Item::Group(*up))),
                None => None,
            }
        };
        let ends = self.edges.iter().flatten().filter_map(|(from, to)| Some((child(*from)?, child(*to)?)));
        ends.filter(|(from, to)| from != to).collect()
    }
}

/// Every box in its place.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Placed {
    pub width: i32,
    pub height: i32,
    pub groups: Vec<Rect>,
    pub nodes: Vec<Rect>,
}

/// A group's inside, laid out: its size and where its children stand in it.
#[derive(Debug, Clone, Default)]
struct Inside {
    w: i32,
    h: i32,
    children: Vec<(Item, Rect, Inside)>,
}

pub(super) fn place(topology: &Topology, tree: &Tree) -> Placed {
    let mut placed = Placed {
        groups: vec![Rect::default(); topology.groups.len()],
        nodes: vec![Rect::default(); topology.nodes.len()],
        ..Placed::default()
    };
    let room = PAGE - 2 * BESIDE;
    let inside = lay(topology, tree, None, room, 0);
    set(&mut placed, &inside, BESIDE, BESIDE);
    placed.width = inside.w + 2 * BESIDE;
    placed.height = inside.h + 2 * BESIDE;
    placed
}

fn set(placed: &mut Placed, inside: &Inside, x: i32, y: i32) {
    for (item, rect, within) in &inside.children {
        let rect = Rect { x: rect.x + x, y: rect.y + y, ..*rect };
        match item {
            Item::Group(i) => {
                placed.groups.get_mut(*i).into_iter().for_each(|slot| *slot = rect);
                // A group made as high as its neighbours keeps its content under its title.
                set(placed, within, rect.x + (rect.w - within.w) / 2 / GRID * GRID, rect.y + TITLE);
            }
            Item::Node(i) => placed.nodes.get_mut(*i).into_iter().for_each(|slot| *slot = rect),
        }
    }
}

fn up(value: f64) -> i32 {
    (value / f64::from(2 * GRID)).ceil() as i32 * 2 * GRID
}

/// What is written in a node, and how large its box is.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Words {
    pub title: Vec<String>,
    pub subtitle: Vec<String>,
    pub tags: Vec<String>,
    pub w: i32,
    pub h: i32,
}

pub(super) fn words(node: &Node) -> Words {
    let title = text::balance(&node.title, 176.0, 13.0, Weight::SemiBold, 2);
    let subtitle = text::balance(&node.subtitle, 176.0, 11.0, Weight::Regular, 2);
    let mut tags: Vec<String> = Vec::new();
    tags.extend(node.single_point.iter().map(|words| text::fit(&format!("⚠ {words}"), 176.0, 11.0, Weight::SemiBold)));
    tags.extend(node.badges.iter().map(|badge| text::fit(badge, 176.0, 11.0, Weight::Regular)));
    let widths = title.iter().map(|line| text::width(line, 13.0, Weight::SemiBold));
    let widths = widths.chain(subtitle.iter().map(|line| text::width(line, 11.0, Weight::Regular)));
    let widths = widths.chain(tags.iter().map(|tag| text::width(tag, 11.0, Weight::SemiBold)));
    let sides = if node.role == NodeRole::Person { 52.0 } else { 24.0 };
    let w = up(widths.fold(64.0, f64::max) + sides);
    let h = title.len() as f64 * 17.0 + subtitle.len() as f64 * 14.0 + tags.len() as f64 * 15.0 + 18.0;
    Words { title, subtitle, tags, w, h: up(h.max(40.0)) }
}

fn lay(topology: &Topology, tree: &Tree, group: Option<usize>, room: i32, depth: usize) -> Inside {
    let children = tree.children(group);
    let edges = tree.lifted(group);
    let leaves_only = children.iter().all(|child| matches!(child, Item::Node(_)));
    let shares: &[i32] = if leaves_only || depth >= TRIED { &[1] } else { &[1, 2, 3, 4] };
    // Columns stand far enough apart for the names of what runs between them.
    let names = topology.edges.iter().map(|edge| text::width(&edge.label, 11.0, Weight::Regular)).fold(0.0, f64::max);
    let aside = if edges.is_empty() { BESIDE } else { up(names.min(120.0) + 40.0) };
    let mut best: Option<(i64, Inside)> = None;
    for share in shares {
        let within = ((room - (share - 1) * BESIDE) / share - 2 * INSIDE) / GRID * GRID;
        let boxes: BTreeMap<Item, (i32, i32, Inside)> = children
            .iter()
            .map(|child| {
                let made = match child {
                    Item::Node(i) => topology
                        .nodes
                        .get(*i)
                        .map(words)
                        .map_or((0, 0, Inside::default()), |words| (words.w, words.h, Inside::default())),
                    Item::Group(i) => {
                        let inside = lay(topology, tree, Some(*i), within.max(200), depth + 1);
                        let title = topology.groups.get(*i).map_or(0.0, |group| title_width(&group.title, &group.kind));
                        let w = (inside.w + 2 * INSIDE).max(up(title.min(320.0) + 24.0)).max(112);
                        let h = inside.h + TITLE + INSIDE;
                        (w, h, inside)
                    }
                };
                (*child, made)
            })
            .collect();
        let widths = boxes.iter().map(|(item, made)| (*item, made.0)).collect();
        let mut arrangements = super::rank::arrangements(&children, &edges, &widths, room);
        if peers(topology, &children) {
            // Zones stand beside each other in their own order, whoever calls whom.
            arrangements = super::rank::arrangements(&children, &BTreeSet::new(), &widths, room);
        }
        for rows in arrangements {
            for columns in [false, true] {
                let tried = arrange(&rows, &boxes, columns, aside);
                let cost = cost(&tried, room, depth) + super::rank::cost(&rows, &edges);
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, tried));
                }
            }
        }
    }
    best.map(|(_, inside)| inside).unwrap_or_default()
}

/// Whether all children are groups of one kind: the zones of a region, the nodes of a zone.
fn peers(topology: &Topology, children: &[Item]) -> bool {
    let kind = |item: &Item| match item {
        Item::Group(i) => topology.groups.get(*i).map(|group| group.kind.as_str()).filter(|kind| !kind.is_empty()),
        Item::Node(_) => None,
    };
    let kinds: BTreeSet<Option<&str>> = children.iter().map(kind).collect();
    children.len() > 1 && kinds.len() == 1 && !kinds.contains(&None)
}

/// How wide the title of a group is.
pub(super) fn title_width(title: &str, kind: &str) -> f64 {
    let kind = if kind.is_empty() { 0.0 } else { text::width(kind, 11.0, Weight::Regular) + 8.0 };
    text::width(title, 12.0, Weight::SemiBold) + kind + 12.0
}

/// Sets rows of items below each other, or columns beside each other.
fn arrange(rows: &[Vec<Item>], boxes: &BTreeMap<Item, (i32, i32, Inside)>, columns: bool, aside: i32) -> Inside {
    let turned = |w: i32, h: i32| if columns { (h, w) } else { (w, h) };
    let (along, across) = if columns { (ABOVE, aside) } else { (BESIDE, ABOVE) };
    let size = |item: &Item| boxes.get(item).map_or((0, 0), |made| turned(made.0, made.1));
    let length = |row: &[Item]| row.iter().map(|item| size(item).0 + along).sum::<i32>() - along;
    let longest = rows.iter().map(|row| length(row)).max().unwrap_or(0);
    let (mut children, mut start) = (Vec::new(), 0);
    for row in rows {
        let thick = row.iter().map(|item| size(item).1).max().unwrap_or(0);
        let mut at = (longest - length(row)) / 2 / GRID * GRID;
        for item in row {
            let (long, wide) = size(item);
            let is_group = matches!(item, Item::Group(_));
            // Groups of a row are equally thick; nodes stand in its middle.
            let (off, wide) = if is_group { (0, thick) } else { ((thick - wide) / 2 / GRID * GRID, wide) };
            let ((x, y), (w, h)) = (turned(at, start + off), turned(long, wide));
            let within = boxes.get(item).map(|made| made.2.clone()).unwrap_or_default();
            children.push((*item, Rect { x, y, w, h }, within));
            at += long + along;
        }
        start += thick + across;
    }
    let (w, h) = turned(longest.max(0), (start - across).max(0));
    Inside { w, h, children }
}

/// What speaks against an arrangement: being wider than there is room, area, and a shape that is no page's.
fn cost(inside: &Inside, room: i32, depth: usize) -> i64 {
    let (w, h) = (i64::from(inside.w.max(1)), i64::from(inside.h.max(1)));
    let over = (w - i64::from(room)).max(0);
    let (low, high) = if depth == 0 { (70, 210) } else { (70, 260) };
    let ratio = w * 100 / h;
    let off = if ratio < low {
        low * 100 / ratio.max(1) - 100
    } else if ratio > high {
        ratio * 100 / high - 100
    } else {
        0
    };
    // White space counts once more: what is spread out reads badly.
    let filled: i64 = inside.children.iter().map(|(_, rect, _)| i64::from(rect.w) * i64::from(rect.h)).sum();
    let area = (w * h + (w * h - filled) * 6 / 10) / 100;
    area + area * off.min(1000) / 100 + over * 400
}
