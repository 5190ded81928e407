//! The layout of nested boxes and the connections between them.
//!
//! [`layout`] is the way in: it takes a [`Graph`] and [`Options`], knows nothing of what they mean,
//! and answers with a [`Drawing`]. The same input gives the same bytes.
//!
//! The phases, one file each: [`tree`](self) numbers the boxes, `rank` and `plan` set children in
//! rows, `place` gives first places, `refine`, `search` and
//! `align` make them better, `channel` cuts the free space, `route` finds the ways (those of a `fan` as one tree), `bundle`
//! and `track` order them, `label` gives labels a piece of their way, `axis` with `sweep`,
//! `bounds`, `solve`, `links` and `relax` measures everything out, `shorten` makes ways
//! plainer, `finish` writes the drawing, and `check` looks whether all of it is true.

mod align;
mod axis;
mod bounds;
mod bundle;
mod channel;
mod check;
mod fan;
mod field;
mod finish;
mod label;
mod links;
mod model;
mod offer;
mod place;
mod plan;
mod rank;
mod refine;
mod relabel;
mod relax;
mod route;
mod search;
mod shorten;
mod solve;
mod sweep;
mod track;
mod tree;

pub use model::{Direction, Drawing, Edge, End, Graph, Group, Leaf, Options, Rect, Route, Size};

/// How much further than needed lines keep apart while ways are made plainer: room to change in.
const WIDE: [f64; 2] = [6.0, 4.0];

/// How often all ways are laid again, given all others.
const ROUNDS: usize = 5;

/// With more connections than this ways are laid again only once, and less is dared.
const MANY: usize = 800;

/// Which plan is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Planned {
    /// Rows were searched for.
    Searched,
    /// Rows are those of the first plan.
    Plain,
    /// The first plan, read the other way: another drawing altogether.
    Turned,
}

/// How much is dared.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Dare {
    /// The plan that is drawn.
    planned: Planned,
    /// How much wider lines keep apart while ways are made plainer.
    wide: [f64; 2],
    /// Whether boxes move along their rows before ways are laid.
    is_aligned: bool,
    /// Whether the ways into one side lie on each other beyond its end pieces.
    is_joined: bool,
}

/// What is tried in turn until a drawing breaks no hard fact.
const DARES: [Dare; 6] = [
    Dare { planned: Planned::Searched, wide: WIDE, is_aligned: true, is_joined: true },
    Dare { planned: Planned::Searched, wide: [3.0, 2.0], is_aligned: true, is_joined: true },
    Dare { planned: Planned::Searched, wide: WIDE, is_aligned: false, is_joined: false },
    Dare { planned: Planned::Plain, wide: WIDE, is_aligned: false, is_joined: false },
    Dare { planned: Planned::Plain, wide: [1.0, 1.0], is_aligned: false, is_joined: false },
    Dare { planned: Planned::Turned, wide: WIDE, is_aligned: false, is_joined: false },
];

/// Lays out a graph. Any graph is laid out: ends and parents that do not exist are left out.
pub fn layout(graph: &Graph, options: &Options) -> Drawing {
    let tree = tree::Tree::new(graph);
    let plan = search::best(graph, &tree, options);
    let mut best: Option<(usize, Drawing)> = None;
    // Very large graphs are tried two or three times at most, the safer ways first, so that the time stays bounded.
    let is_fanned = || fan::fans(graph, &tree).iter().any(|fan| *fan != channel::NONE);
    let dares = match tree.ends.len() > MANY {
        true if is_fanned() => &DARES[..3],
        true => &DARES[2..4],
        false => &DARES[..],
    };
    for &dare in dares {
        let drawing = match dare.planned {
            Planned::Searched => draw(graph, &tree, &plan, options, dare),
            Planned::Plain => draw(graph, &tree, &search::plain(graph, &tree, options), options, dare),
            Planned::Turned => {
                let turned = Options { flow: options.flow.turned(), ..options.clone() };
                draw(graph, &tree, &search::plain(graph, &tree, &turned), options, dare)
            }
        };
        // Where there are very many labels one of them is not worth another plan.
        let astray = if tree.ends.len() > MANY { 0 } else { check::astray(&drawing) };
        let faults = check::faults(&tree, &drawing) + astray;
        if best.as_ref().is_none_or(|(least, _)| faults < *least) {
            best = Some((faults, drawing));
        }
        if faults == 0 {
            break;
        }
    }
    best.map(|pair| pair.1).unwrap_or_default()
}

/// Draws a plan.
fn draw(graph: &Graph, tree: &tree::Tree, plan: &plan::Plan, options: &Options, dare: Dare) -> Drawing {
    let mut rects = place::place(graph, tree, plan);
    if dare.is_aligned {
        align::align(tree, plan, &mut rects);
    }
    let channels = channel::Channels::new(graph, tree, plan, &rects);
    let fans = if dare.is_joined { fan::fans(graph, tree) } else { vec![channel::NONE; tree.ends.len()] };
    let ways = route::Router::new(tree, &channels, &rects, &fans).run(if tree.ends.len() > MANY { 1 } else { ROUNDS });
    let ranks = bundle::bundle(&channels, &ways);
    let mut lines = track::lines(&channels, &ways, &ranks);
    fan::tie(&mut lines, &fans);
    track::tie(&mut lines, &rects, dare.is_joined);
    let mut scene = axis::Scene::new(graph, tree, plan, lines, rects);
    scene.fans = fans;
    scene.labels = label::labels(graph, &scene);
    scene.settle(true, true, dare.wide[0]);
    scene.settle(false, false, dare.wide[0]);
    for ease in [dare.wide[1], 1.0] {
        shorten::Shortener::new(&mut scene).run(1);
        scene.settle(true, false, ease);
        scene.settle(false, false, ease);
    }
    shorten::Shortener::new(&mut scene).run(1);
    if scene.house() {
        // Labels that found no place are given room by force.
        scene.settle(true, true, 1.0);
        scene.settle(false, false, 1.0);
    }
    shorten::Shortener::new(&mut scene).place_labels();
    finish::finish(&scene, options)
}
