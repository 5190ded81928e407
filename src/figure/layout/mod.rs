//! The layout of nested boxes and the connections between them.
//!
//! [`layout`] is the way in: it takes a [`Graph`] and [`Options`], knows nothing of what they mean,
//! and answers with a [`Drawing`]. The same input gives the same bytes.
//!
//! The phases, one file each: [`tree`](self) numbers the boxes, `rank` and `plan` set children in
//! rows, `place` gives first places, `channel` cuts the free space, `route` finds the ways, `bundle`
//! and `track` order them, `label` gives labels a piece of their way, `axis` with `sweep`, `solve`
//! and `relax` measures everything out, and `finish` writes the drawing.

mod align;
mod axis;
mod bundle;
mod channel;
mod field;
mod finish;
mod label;
mod model;
mod offer;
mod place;
mod plan;
mod rank;
mod refine;
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

/// Lays out a graph. Any graph is laid out: ends and parents that do not exist are left out.
pub fn layout(graph: &Graph, options: &Options) -> Drawing {
    let tree = tree::Tree::new(graph);
    let plan = search::best(graph, &tree, options);
    let mut rects = place::place(graph, &tree, &plan);
    align::align(&tree, &plan, &mut rects);
    let channels = channel::Channels::new(graph, &tree, &plan, &rects);
    let ways = route::Router::new(&tree, &channels, &rects).run(3);
    let ranks = bundle::bundle(&channels, &ways);
    let mut lines = track::lines(&channels, &ways, &ranks);
    track::tie(&mut lines, &rects);
    let mut scene = axis::Scene::new(graph, &tree, &plan, lines, rects);
    scene.labels = label::labels(graph, &scene);
    scene.settle(true, true, WIDE[0]);
    scene.settle(false, false, WIDE[0]);
    for ease in [WIDE[1], 1.0] {
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
