//! Lays out a graph file and writes its geometry: `layout GRAPH.json GEOM.json`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]

use std::time::Instant;

use epure::figure::layout::{Direction, Options, Rect, layout};
use serde_json::{Value, json};

/// The allocator of the program, so that what is timed is what people wait for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[path = "support/graph.rs"]
mod graph;

use graph::{list, read, text};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let ([_, from, to] | [_, from, to, _]) = &arguments[..] else {
        eprintln!("layout GRAPH.json GEOM.json [page]");
        std::process::exit(2);
    };
    let is_page = arguments.len() == 4;
    let file: Value = serde_json::from_str(&std::fs::read_to_string(from).unwrap_or_default()).unwrap_or_default();
    let graph = read(&file);
    let mut options = Options::default();
    if is_page {
        // As a page of 1,360 pixels asks for it: the first shape that fits.
        for aspect in [1.45, 1.2, 1.0, 0.85, 0.72, 0.6] {
            options.aspect = aspect;
            let size = layout(&graph, &options).size;
            if std::env::var_os("SAY").is_some() {
                eprintln!("{aspect}: {}x{}", size.w, size.h);
            }
            if size.w <= 1360.0 {
                break;
            }
        }
    }
    let mut times = Vec::new();
    let mut drawing = layout(&graph, &options);
    let started = Instant::now();
    let most = if std::env::var_os("ONCE").is_some() { 1 } else { 9 };
    while times.len() < most && (times.len() < 3 || started.elapsed().as_secs_f64() < 3.0) {
        let start = Instant::now();
        drawing = layout(&graph, &options);
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let rect = |rect: &Rect| json!({"x": rect.x, "y": rect.y, "w": rect.w, "h": rect.h});
    let mut nodes = Vec::new();
    for (index, group) in list(&file, "groups").iter().enumerate() {
        let mut node = rect(&drawing.groups[index]);
        node["id"] = group["id"].clone();
        node["parent"] = group["parent"].clone();
        node["group"] = json!(true);
        node["title"] = rect(&drawing.titles[index]);
        nodes.push(node);
    }
    for (index, leaf) in list(&file, "nodes").iter().enumerate() {
        let mut node = rect(&drawing.leaves[index]);
        node["id"] = leaf["id"].clone();
        node["parent"] = leaf["parent"].clone();
        node["group"] = json!(false);
        nodes.push(node);
    }
    let mut edges = Vec::new();
    for (index, edge) in list(&file, "edges").iter().enumerate() {
        let route = &drawing.edges[index];
        let points: Vec<[f64; 2]> = route.points.iter().map(|at| [at.0, at.1]).collect();
        let mut made = json!({"id": edge["id"], "source": edge["source"], "target": edge["target"], "points": points});
        if let Some(label) = &route.label {
            made["label"] = rect(label);
        }
        edges.push(made);
    }
    let name = std::path::Path::new(from).file_stem().and_then(|name| name.to_str()).unwrap_or("");
    let time = (times[times.len() / 2] * 100.0).round() / 100.0;
    let mut directions = json!({});
    for (index, group) in list(&file, "groups").iter().enumerate() {
        if let Some(id) = text(group, "id") {
            directions[id] = json!(drawing.directions[index] == Direction::Down);
        }
    }
    let made = json!({
        "directions": directions, "engine": "epure", "graph": name, "time_ms": time, "w": drawing.size.w, "h": drawing.size.h,
        "nodes": nodes, "edges": edges,
    });
    if std::fs::write(to, made.to_string()).is_err() {
        std::process::exit(1);
    }
}
