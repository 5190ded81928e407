//! Drawing a plan: frames, connections, boxes, names.

use std::collections::BTreeSet;

use super::plan::{Plan, SMALL};
use super::words::{BESIDE_SIGN, Words};
use super::{Change, Edge, Node, NodeRole, NodeState, Topology, Wire};
use crate::analysis::placement::kind_title;
use crate::design::model::component::ComponentKind;
use crate::figure::drawing::{
    self, Dash, Drawing, LegendEntry, Look, Mark, Paint, Role, Sample, Step, Thickness, arrow_head, at,
};
use crate::figure::layout::Rect;
use crate::figure::sign::{SIZE, sign};
use crate::said;
use crate::source::{Lang, Said};

pub(super) fn paint(topology: &Topology, plan: &Plan, lang: Lang) -> Drawing {
    let mut out = Drawing::new(plan.size.w, plan.size.h);
    let mut frames: Vec<(usize, usize)> = plan.depths.iter().copied().zip(0..).collect();
    frames.sort_unstable();
    for (depth, i) in &frames {
        if let (Some(group), Some(rect)) = (topology.groups.get(*i), plan.groups.get(*i)) {
            out.add(frame(group, rect, *depth, lang));
        }
    }
    for (edge, route) in topology.edges.iter().zip(&plan.routes) {
        out.marks.extend(connection(edge, route));
    }
    for (_, i) in &frames {
        if let (Some(group), Some(rect)) = (topology.groups.get(*i), plan.groups.get(*i)) {
            title(&mut out, group, rect, lang);
        }
    }
    for (node, (rect, [en, fr])) in topology.nodes.iter().zip(&plan.nodes) {
        out.add(component(node, rect, if lang == Lang::Fr { fr } else { en }, lang));
    }
    for (edge, label) in topology.edges.iter().zip(&plan.labels) {
        let Some((words, rect)) = label else { continue };
        let backing = Look::new(Role::Sheet, Paint::Fill);
        let Rect { x, y, w, h } = *rect;
        out.add(Mark::Rect { x, y, width: w, height: h, radius: 3.0, look: backing, tip: None });
        let is_open = edge.unencrypted || edge.wire == Wire::Plain;
        let role = if is_open { Role::Warn } else { Role::InkSecond };
        let mut text = Mark::text(x + w / 2.0, y + h / 2.0, words.clone(), SMALL, role).middle().centred();
        text.tip = Some(said_edge(edge));
        out.add(text);
    }
    out.add_legend(legend(topology, lang));
    out
}

fn frame(group: &super::Group, rect: &Rect, depth: usize, lang: Lang) -> Mark {
    let Rect { x, y, w: width, h: height } = *rect;
    let role = if depth.is_multiple_of(2) { Role::Frame } else { Role::FrameInner };
    let dash = if group.outside { Dash::Dashed } else { Dash::Solid };
    let look = Look::new(role, Paint::Box).dash(dash).thickness(Thickness::Hair);
    let mut marks = vec![Mark::Rect { x, y, width, height, radius: 6.0, look, tip: None }];
    if group.single_point {
        marks.push(Mark::Rect { x, y, width, height, radius: 6.0, look: single_look(), tip: None });
    }
    let kind = group.kind.get(lang);
    let label = if kind.is_empty() { group.title.clone() } else { format!("{} ({kind})", group.title) };
    drawing::Group { label, id: Some(group.id.clone()), fact: group.fact.clone(), marks, ..drawing::Group::default() }
        .into()
}

fn title(out: &mut Drawing, group: &super::Group, rect: &Rect, lang: Lang) {
    let Rect { x, y, w: width, .. } = *rect;
    let room = width - 24.0;
    let words = crate::figure::text::fit(&group.title, room, 12.0, crate::figure::text::Weight::SemiBold);
    let title = Mark::text(x + 12.0, y + 20.0, words, 12.0, Role::Ink).bold();
    let kind = Mark::text(x + 12.0 + title.width() + 4.0, y + 20.0, group.kind.get(lang), 11.0, Role::InkSecond);
    let fits = !group.kind.get(lang).is_empty() && kind.bounds()[2] <= x + width - 8.0;
    out.add(title);
    if fits {
        out.add(kind);
    }
}

fn look(edge: &Edge) -> Look {
    let role = if edge.unencrypted { Role::Warn } else { Role::InkSecond };
    let plain = || match edge.wire {
        Wire::NotAsked => Look::stroke(role).dash(if edge.hard { Dash::Solid } else { Dash::Dashed }),
        wire => wired(wire),
    };
    changed(edge.change).unwrap_or_else(plain)
}

/// The line of a connection in a drawing of who could read what.
fn wired(wire: Wire) -> Look {
    match wire {
        Wire::Encrypted => Look::stroke(Role::Good),
        Wire::Plain => Look::stroke(Role::Warn).dash(Dash::Long).thickness(Thickness::Strong),
        Wire::Unsaid => Look::stroke(Role::InkSecond).dash(Dash::Dotted).thickness(Thickness::Strong),
        Wire::Local | Wire::NotAsked => Look::stroke(Role::InkSecond).thickness(Thickness::Hair),
    }
}

/// The outline of what came, went or became otherwise: told apart by its pattern, not by colour alone.
fn changed(change: Change) -> Option<Look> {
    match change {
        Change::None => None,
        Change::Added => Some(Look::stroke(Role::Good).thickness(Thickness::Strong)),
        Change::Removed => Some(Look::stroke(Role::Bad).thickness(Thickness::Strong).dash(Dash::Dotted)),
        Change::Changed => Some(Look::stroke(Role::Warn).thickness(Thickness::Strong).dash(Dash::Long)),
    }
}

fn said_edge(edge: &Edge) -> String {
    let arrow = format!("{} → {}", edge.from, edge.to);
    if edge.label.is_empty() { arrow } else { format!("{arrow}: {}", edge.label) }
}

/// The way of an edge with rounded corners, and its arrow head.
fn connection(edge: &Edge, route: &[(f64, f64)]) -> Option<Mark> {
    let points: Vec<_> = route.iter().map(|(x, y)| at(*x, *y)).collect();
    let (first, [.., before, last]) = (points.first()?, points.as_slice()) else { return None };
    let mut steps = vec![Step::Move(*first)];
    for corner in points.windows(3) {
        let [a, b, c] = corner else { continue };
        let toward = |to: &drawing::Point| {
            let (dx, dy) = (to.x - b.x, to.y - b.y);
            let long = dx.abs() + dy.abs();
            let radius = 6.0_f64.min(long / 2.0) / long.max(0.01);
            at(b.x + dx * radius, b.y + dy * radius)
        };
        steps.push(Step::Line(toward(a)));
        steps.push(Step::Curve(*b, toward(c)));
    }
    let long = (last.x - before.x).abs() + (last.y - before.y).abs();
    let short = (long - 7.0).max(0.0) / long.max(0.01);
    // The line ends in its arrow head, not behind its point.
    steps.push(Step::Line(at(before.x + (last.x - before.x) * short, before.y + (last.y - before.y) * short)));
    let look = look(edge);
    let marks = vec![Mark::Path { steps, look, tip: None }, arrow_head(*before, *last, look.role)];
    let group = drawing::Group { label: said_edge(edge), fact: edge.fact.clone(), marks, ..drawing::Group::default() };
    Some(group.into())
}

fn node_look(node: &Node) -> Look {
    match node.role {
        NodeRole::Own | NodeRole::Data => Look::new(Role::Own, Paint::Box),
        NodeRole::Shared => Look::new(Role::Shared, Paint::Box),
        NodeRole::External | NodeRole::Person => Look::new(Role::Outside, Paint::Box).dash(Dash::Dashed),
    }
}

fn single_look() -> Look {
    Look::stroke(Role::Bad).thickness(Thickness::Strong)
}

fn component(node: &Node, rect: &Rect, words: &Words, lang: Lang) -> Mark {
    let Rect { x, y, w: width, h: height } = *rect;
    let radius = if node.role == NodeRole::Person { 14.0 } else { 4.0 };
    let outline = |look| Mark::Rect { x, y, width, height, radius, look, tip: None };
    let mut marks = vec![outline(node_look(node))];
    if node.state != NodeState::Normal {
        // A tint over the sheet, as in the legend, and not over another tint.
        marks.push(outline(Look::new(Role::Sheet, Paint::Fill)));
        let role = if node.state == NodeState::Down { Role::Bad } else { Role::Warn };
        marks.push(outline(Look::stroke(role).dash(node_look(node).dash)));
    }
    if node.role == NodeRole::Data {
        let rim = vec![Step::Move(at(x, y + 4.0)), Step::Curve(at(x + width / 2.0, y + 13.0), at(x + width, y + 4.0))];
        marks.push(Mark::Path { steps: rim, look: Look::stroke(Role::Own).thickness(Thickness::Hair), tip: None });
    }
    match node.state {
        NodeState::Normal => {}
        NodeState::Degraded => {
            marks.push(outline(Look::new(Role::Warn, Paint::Tint)));
            // An arrow down in the corner: colour alone would say nothing to some.
            let arrow = Look::stroke(Role::Warn).thickness(Thickness::Strong);
            marks.push(Mark::line(x + width - 10.0, y + 5.0, x + width - 10.0, y + 14.0, arrow));
            let head = [at(x + width - 14.0, y + 10.5), at(x + width - 10.0, y + 14.5), at(x + width - 6.0, y + 10.5)];
            marks.push(Mark::path(&head, false, arrow));
        }
        NodeState::Down => {
            marks.push(outline(Look::new(Role::Bad, Paint::Tint)));
            // A cross in the corner, so that the words stay readable.
            let cross = Look::stroke(Role::Bad).thickness(Thickness::Strong);
            marks.push(Mark::line(x + width - 14.0, y + 6.0, x + width - 6.0, y + 14.0, cross));
            marks.push(Mark::line(x + width - 14.0, y + 14.0, x + width - 6.0, y + 6.0, cross));
        }
    }
    if node.single_point.is_some() {
        // What became otherwise has a border of its own, and this one stands within it.
        let inset = if node.change == Change::None { 0.0 } else { 4.0 };
        let (width, height) = (width - 2.0 * inset, height - 2.0 * inset);
        marks.push(Mark::Rect {
            x: x + inset,
            y: y + inset,
            width,
            height,
            radius: (radius - inset).max(2.0),
            look: single_look(),
            tip: None,
        });
    }
    marks.extend(changed(node.change).map(outline));
    let mut middle = x + width / 2.0;
    if node.role == NodeRole::Person {
        let (px, py) = (x + 22.0, y + height / 2.0);
        let line = Look::stroke(Role::Outside);
        marks.push(Mark::circle(px, py - 5.0, 4.0, line));
        let shoulders = vec![Step::Move(at(px - 8.0, py + 9.0)), Step::Curve(at(px, py - 6.0), at(px + 8.0, py + 9.0))];
        marks.push(Mark::Path { steps: shoulders, look: line, tip: None });
        middle += 10.0;
    }
    let used = words.title.len() as f64 * 17.0 + words.subtitle.len() as f64 * 14.0 + words.tags.len() as f64 * 15.0;
    let rim = if node.role == NodeRole::Data { 3.0 } else { 0.0 };
    let mut top = y + (height - used) / 2.0 + rim;
    for (i, line) in words.title.iter().enumerate() {
        let mut name = Mark::text(middle, top + 8.5, line.clone(), 13.0, Role::Ink).bold().middle().centred();
        if let Some(kind) = node.kind.filter(|_| i == 0) {
            name.x += BESIDE_SIGN / 2.0;
            let left = (name.bounds()[0] - BESIDE_SIGN).round();
            let role = if node.state == NodeState::Normal { Role::InkSecond } else { Role::Ink };
            marks.extend(sign(kind, left, (top + 8.5 - SIZE / 2.0).round(), role));
        }
        marks.push(name.into());
        top += 17.0;
    }
    for line in &words.subtitle {
        // On a tint, second ink would be too pale.
        let ink = if node.state == NodeState::Normal { Role::InkSecond } else { Role::Ink };
        marks.push(Mark::text(middle, top + 7.0, line.clone(), 11.0, ink).middle().centred().into());
        top += 14.0;
    }
    for (i, tag) in words.tags.iter().enumerate() {
        let single = i == 0 && node.single_point.is_some();
        let text = Mark::text(
            middle,
            top + 7.5,
            tag.clone(),
            11.0,
            match (single, node.state) {
                (true, NodeState::Normal) => Role::Bad,
                (false, NodeState::Normal) => Role::InkSecond,
                // On a tint, red and second ink would be too pale.
                _ => Role::Ink,
            },
        );
        marks.push(if single { text.bold().middle().centred() } else { text.middle().centred() }.into());
        top += 15.0;
    }
    let mut label = node.title.clone();
    // A box that calls its product leaves the kind to its sign, which says nothing to who does not see it.
    let kind = by_product(node).map(|kind| kind_title(kind).get(lang).to_owned());
    for part in kind.iter().chain(&words.subtitle).chain(&words.tags) {
        label.push_str(" · ");
        label.push_str(part);
    }
    drawing::Group { label, id: Some(node.id.clone()), href: node.href.clone(), fact: node.fact.clone(), marks }.into()
}

/// The kind of a box that says its product instead.
fn by_product(node: &Node) -> Option<ComponentKind> {
    node.kind.filter(|kind| !node.subtitle.get(Lang::En).contains(kind_title(*kind).get(Lang::En)))
}

fn legend(topology: &Topology, lang: Lang) -> Vec<LegendEntry> {
    let (nodes, edges) = (&topology.nodes, &topology.edges);
    let is_wired = edges.iter().any(|edge| edge.wire != Wire::NotAsked);
    // Only what occurs is explained. Marks would not tell: a sign may be drawn like a line, and a state
    // like a single point of failure.
    let entry =
        |occurs: bool, sample, words: Said| occurs.then(|| LegendEntry { sample, text: words.get(lang).to_owned() });
    let role = |wanted: &[NodeRole]| nodes.iter().any(|node| wanted.contains(&node.role));
    let boxed = |role| Sample::Box(node_look(&Node { role, ..Node::default() }));
    let state = |wanted| nodes.iter().any(|node| node.state == wanted);
    let tint = |role| Sample::Box(Look::new(role, Paint::Tint));
    let single =
        nodes.iter().any(|node| node.single_point.is_some()) || topology.groups.iter().any(|it| it.single_point);
    let became =
        |wanted| nodes.iter().any(|node| node.change == wanted) || edges.iter().any(|edge| edge.change == wanted);
    let change = |wanted, words| entry(became(wanted), Sample::Box(changed(wanted).unwrap_or_default()), words);
    let mut out = vec![
        entry(role(&[NodeRole::Own, NodeRole::Data]), boxed(NodeRole::Own), said!("ours", "à nous")),
        entry(
            role(&[NodeRole::Shared]),
            boxed(NodeRole::Shared),
            said!("shared by several applications", "partagé par plusieurs applications"),
        ),
        entry(
            role(&[NodeRole::External, NodeRole::Person]),
            boxed(NodeRole::External),
            said!("people, outside systems", "personnes, systèmes extérieurs"),
        ),
        entry(single, Sample::Box(single_look()), said!("⚠ single point of failure", "⚠ point unique de défaillance")),
        entry(state(NodeState::Down), tint(Role::Bad), said!("✗ down", "✗ à l’arrêt")),
        entry(state(NodeState::Degraded), tint(Role::Warn), said!("↓ degraded", "↓ dégradé")),
        change(Change::Added, said!("+ added", "+ ajouté")),
        change(Change::Removed, said!("− removed", "− retiré")),
        change(Change::Changed, said!("~ changed", "~ changé")),
    ];
    let kinds: BTreeSet<ComponentKind> = nodes.iter().filter_map(by_product).collect();
    out.extend(kinds.into_iter().map(|kind| entry(true, Sample::Sign(kind), kind_title(kind))));
    // A line that became otherwise is drawn as such.
    let lines = edges.iter().filter(|edge| edge.change == Change::None);
    if is_wired {
        let wire = |wire, words| entry(lines.clone().any(|edge| edge.wire == wire), Sample::Line(wired(wire)), words);
        out.push(wire(Wire::Encrypted, said!("✓ encrypted", "✓ chiffré")));
        out.push(wire(Wire::Plain, said!("⚠ not encrypted", "⚠ non chiffré")));
        out.push(wire(Wire::Unsaid, said!("? not said", "? non précisé")));
        out.push(wire(Wire::Local, said!("no network, or public", "sans réseau, ou public")));
    } else {
        let line = |hard, unencrypted, words| {
            let occurs = lines.clone().any(|edge| (edge.hard, edge.unencrypted) == (hard, unencrypted));
            entry(occurs, Sample::Line(look(&Edge { hard, unencrypted, ..Edge::default() })), words)
        };
        out.push(line(true, false, said!("cannot work without it", "ne peut s’en passer")));
        out.push(line(false, false, said!("can work without it", "peut s’en passer")));
        let both = said!("⚠ not encrypted, cannot work without it", "⚠ non chiffré, ne peut s’en passer");
        out.push(line(true, true, both));
        out.push(line(false, true, said!("⚠ not encrypted", "⚠ non chiffré")));
    }
    out.into_iter().flatten().collect()
}
