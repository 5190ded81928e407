use super::*;
use crate::figure::drawing::{Drawing, Look as Marked, Mark, Paint, Role};
use crate::figure::topology::{Edge, Group, Node, NodeRole, layout_topology};

fn topology() -> Topology {
    let group = |id: &str, parent: Option<&str>| Group {
        id: id.into(),
        title: format!("zone \"{id}\""),
        kind: Said { en: "zone".into(), fr: "zone".into() },
        parent: parent.map(str::to_owned),
        ..Group::default()
    };
    let node = |id: &str, parent: Option<&str>, role| Node {
        id: id.into(),
        title: id.into(),
        subtitle: Said { en: "3 × <b>".into(), fr: "3 × <b>".into() },
        parent: parent.map(str::to_owned),
        role,
        ..Node::default()
    };
    let edge = |from: &str, to: &str, unencrypted| Edge {
        from: from.into(),
        to: to.into(),
        label: "https 443; a \"b\"".into(),
        unencrypted,
        hard: !unencrypted,
        ..Edge::default()
    };
    Topology {
        groups: vec![group("a", None), group("b", Some("a")), group("end", Some("end"))],
        nodes: vec![
            node("web app", Some("b"), NodeRole::Own),
            node("db", Some("a"), NodeRole::Data),
            node("user", None, NodeRole::Person),
        ],
        edges: vec![
            edge("user", "web app", false),
            edge("web app", "db", true),
            edge("user", "b", false),
            edge("db", "gone", false),
        ],
    }
}

fn figure(drawing: Drawing) -> Figure {
    Figure {
        id: "x.topology".into(),
        title: "What \"runs\" where".into(),
        answer: "One answer.".into(),
        note: String::new(),
        cartouche: vec![("design".into(), "x".into())],
        body: Body::Drawing(drawing),
        facts: Default::default(),
    }
}

const LOOK: Look = Look { dark: None, scale: 1.0, lang: Lang::En };

fn written(name: &str) -> String {
    let drawn = figure(layout_topology(&topology(), Lang::En));
    let bytes = (named(name).unwrap().write)(&drawn, &LOOK).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn mermaid_says_boxes_and_flows_in_its_own_words() {
    let text = written("mermaid");
    assert!(text.contains("subgraph g0[\"zone #34;a#34; (zone)\"]"), "{text}");
    assert!(text.contains("n0[\"web app<br/>3 × #60;b#62;\"]"), "{text}");
    assert!(text.contains("n2 -->|\"https 443#59; a #34;b#34;\"| n0"), "{text}");
    assert!(text.contains("n0 -.->|\"⚠ https"), "{text}");
    assert!(text.contains("n2 -->|\"https 443#59; a #34;b#34;\"| g1"), "a flow may end at a group: {text}");
    let arrows = text.lines().filter(|line| line.contains("-->") || line.contains("-.->")).count();
    assert_eq!(arrows, 3, "nothing leads to what is not there: {text}");
}

#[test]
fn d2_and_dot_nest_as_the_drawing_does() {
    let (d2, dot) = (written("d2"), written("dot"));
    assert!(d2.contains("n2 -> g0.g1.n0: \"https 443; a \\\"b\\\"\""), "{d2}");
    assert!(dot.contains("n2 -> n0 [label=\"https 443; a \\\"b\\\"\", lhead=cluster_g1]"), "{dot}");
    assert_eq!(dot.matches('{').count(), dot.matches('}').count());
    assert_eq!(d2.matches('{').count(), d2.matches('}').count());
}

#[test]
fn what_has_no_boxes_says_so() {
    let chart = figure(Drawing::new(100.0, 50.0));
    for name in ["mermaid", "d2", "dot"] {
        assert!((named(name).unwrap().write)(&chart, &LOOK).is_err());
    }
    assert!((named("svg").unwrap().write)(&chart, &LOOK).is_ok());
}

fn pixels(drawing: Drawing, look: &Look) -> tiny_skia::Pixmap {
    let bytes = (named("png").unwrap().write)(&figure(drawing), look).unwrap();
    tiny_skia::Pixmap::decode_png(&bytes).unwrap()
}

#[test]
fn a_raster_shows_marks_where_they_are_in_the_colours_of_the_theme() {
    let mut drawing = Drawing::new(600.0, 100.0);
    drawing.add(Mark::square(100.0, 20.0, 50.0, 40.0, Marked::new(Role::Bad, Paint::Fill)));
    drawing.add(Mark::text(300.0, 60.0, "HHHH", 24.0, Role::Ink));
    let light = pixels(drawing.clone(), &LOOK);
    // The sheet's margin is 20 px.
    let at = |map: &tiny_skia::Pixmap, x, y| {
        map.pixel(x, y).map(|pixel| (pixel.red(), pixel.green(), pixel.blue())).unwrap()
    };
    assert_eq!(at(&light, 145, 60), (0xb4, 0x23, 0x18));
    assert_eq!(at(&light, 250, 60), (0xff, 0xff, 0xff));
    let is_ink = |x: u32| (60..80).any(|y| at(&light, x, y) == (0x14, 0x21, 0x3d));
    assert!((320..400).any(is_ink), "no glyph was drawn");
    let dark = pixels(drawing, &Look { dark: Some(true), scale: 2.0, ..LOOK });
    assert_eq!(dark.width(), light.width() * 2);
    assert_eq!(at(&dark, 290, 120), (0xff, 0x9b, 0x8f));
    assert_eq!(at(&dark, 500, 120), (0x0d, 0x21, 0x40));
}

#[test]
fn files_tell_their_format_by_their_ending() {
    assert_eq!(of_file("a.b.PNG").map(|format| format.name), Some("png"));
    assert_eq!(of_file("a.mmd").map(|format| format.name), Some("mermaid"));
    assert!(of_file("a.jpeg").is_none() && of_file("a").is_none());
}
