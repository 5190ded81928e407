//! `diagram: network`: the network's segments, the flows between them, and what is encrypted.

use std::collections::BTreeSet;

use super::topology::{pin, topology};
use super::{Request, title_of};
use crate::analysis::View;
use crate::analysis::exposure::{Privacy, privacy};
use crate::analysis::rule::{Words, words};
use crate::design::model::organisation::{Segment, SegmentKind, Trust};
use crate::figure::topology::{Edge, Group, Node, NodeState, Topology, Wire, layout_topology};
use crate::figure::{Body, Figure};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "The segments of the network with what stands in them, and every flow: encrypted, not encrypted, or not said.",
    "Les segments du réseau avec ce qui s’y trouve, et chaque flux : chiffré, non chiffré, ou non précisé.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    if view.design.connections.is_empty() {
        return None;
    }
    let drawing = layout_topology(&segmented(&view), request.lang);
    let title = said!(
        "Who can talk to whom, and who could listen: {title}",
        "Qui peut parler à qui, et qui pourrait écouter : {title}",
        title = title_of(&view)
    );
    let mut figure = request.figure("network", &title, &answer(&view), &Said::default(), Body::Drawing(drawing));
    figure.facts = facts(&view);
    Some(figure)
}

fn wire(privacy: Privacy) -> Wire {
    match privacy {
        Privacy::Encrypted => Wire::Encrypted,
        Privacy::Plain | Privacy::Contradicted => Wire::Plain,
        Privacy::Unsaid => Wire::Unsaid,
        Privacy::Public | Privacy::Link => Wire::Local,
    }
}

/// The design by its segments instead of its sites.
fn segmented(view: &View<'_>) -> Topology {
    let whole = topology(view, &|_| NodeState::Normal);
    let segment = |name: &str| view.design.components.get(name).and_then(|component| view.segment(component));
    let nodes: Vec<Node> = whole
        .nodes
        .into_iter()
        .map(|node| Node { parent: segment(&node.id).map(home), single_point: None, ..node })
        .collect();
    let used: BTreeSet<&str> = nodes.iter().filter_map(|node| node.parent.as_deref()).collect();
    let segments = view.design.segments.iter().filter(|(name, _)| used.contains(home(name).as_str()));
    let groups = segments.map(|(name, segment)| group(view, name, segment)).collect();
    let edges = whole
        .edges
        .into_iter()
        .map(|edge| {
            let wire = view.design.connections.get(&edge.id).map(|connection| wire(privacy(connection)));
            Edge { wire: wire.unwrap_or_default(), unencrypted: false, ..edge }
        })
        .collect();
    let mut segmented = Topology { groups, nodes, edges };
    pin(view, &mut segmented);
    segmented
}

/// A segment may be called like a component.
fn home(segment: &str) -> String {
    format!("segment:{segment}")
}

fn group(view: &View<'_>, name: &str, segment: &Segment) -> Group {
    let trust = match segment.trust {
        Trust::Untrusted => said!("untrusted", "sans confiance"),
        Trust::Internal => said!("internal", "interne"),
        Trust::Restricted => said!("restricted", "restreint"),
    };
    let kind = match segment.kind {
        Some(SegmentKind::Dmz) => said!("DMZ, {trust}", "DMZ, {trust}", trust = trust),
        None => trust,
    };
    Group {
        id: home(name),
        title: name.to_owned(),
        kind,
        outside: segment.trust == Trust::Untrusted,
        fact: Some(view.path(&format!("segments.{name}"))),
        ..Group::default()
    }
}

fn answer(view: &View<'_>) -> Said {
    let named = |wanted: fn(Privacy) -> bool| -> Vec<&str> {
        let flows = view.design.connections.iter();
        flows.filter(|(_, connection)| wanted(privacy(connection))).map(|(name, _)| name.as_str()).collect()
    };
    let plain = named(|privacy| wire(privacy) == Wire::Plain);
    let unsaid = named(|privacy| wire(privacy) == Wire::Unsaid);
    let public = named(|privacy| privacy == Privacy::Public);
    match (plain.is_empty(), unsaid.is_empty()) {
        (true, true) => {
            if public.is_empty() {
                said!("Every flow over a network is encrypted.", "Chaque flux qui passe par un réseau est chiffré.")
            } else {
                said!(
                    "Every flow over a network is encrypted, but for {list}, which tells only what is public.",
                    "Chaque flux qui passe par un réseau est chiffré, sauf {list}, qui ne dit que ce qui est public.",
                    list = Said::list(&public)
                )
            }
        }
        (false, true) => said!("Not encrypted: {plain}.", "Non chiffrés : {plain}.", plain = Said::list(&plain)),
        (true, false) => said!(
            "The design does not say whether these are encrypted: {unsaid}.",
            "La conception ne dit pas si ceux-ci sont chiffrés : {unsaid}.",
            unsaid = Said::list(&unsaid)
        ),
        (false, false) => said!(
            "Not encrypted: {plain}; not said of {unsaid}.",
            "Non chiffrés : {plain} ; non précisé pour {unsaid}.",
            plain = Said::list(&plain),
            unsaid = Said::list(&unsaid)
        ),
    }
}

fn facts(view: &View<'_>) -> BTreeSet<String> {
    let design = view.design;
    let of = |block: &str, name: &str, keys: &[&str]| -> Vec<String> {
        keys.iter().map(|key| view.path(&format!("{block}.{name}.{key}"))).collect()
    };
    let segments = design.segments.keys().flat_map(|name| of("segments", name, &["kind", "trust"]));
    let shown = ["segment", "runs_on", "product", "kind", "replicas", "members", "replication.members"];
    let components = design.components.keys().flat_map(|name| of("components", name, &shown));
    let flows = design
        .connections
        .keys()
        .flat_map(|name| of("connections", name, &["from", "to", "protocol", "port", "encrypted"]));
    segments.chain(components).chain(flows).filter(|path| view.workspace.at(path).is_some()).collect()
}
