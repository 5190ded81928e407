//! `table: segments`: the network's trust zones, what stands in each and what may come in.

use super::cells::{ago, as_of, days_since};
use super::{Request, title_of};
use crate::analysis::View;
use crate::analysis::exposure::open_by_nature;
use crate::analysis::rule::{Words, words};
use crate::analysis::standing::home;
use crate::design::model::organisation::{
    Allowance, DefaultPolicy, ExerciseKind, Regulation, Segment, SegmentKind, Trust,
};
use crate::design::text::When;
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Every network segment: how far it is trusted, what stands in it, what it refuses and allows, and when its borders were last tried.",
    "Chaque segment réseau : la confiance qu’on lui accorde, ce qui s’y trouve, ce qu’il refuse et autorise, et le dernier essai de ses frontières.",
);

/// How often PCI DSS wants segmentation to be tried, in days.
const YEARLY: i64 = 366;

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let mut rows = Vec::new();
    for (name, segment) in &view.design.segments {
        let first = segment.allows.first().map(|allowance| (0, allowance));
        rows.push(Row::of(head(request, &view, name, segment).into_iter().chain(allows(&view, name, first)).collect()));
        for (at, allowance) in segment.allows.iter().enumerate().skip(1) {
            let blank = std::iter::repeat_n(Cell::default(), 6);
            rows.push(Row::of(blank.chain(allows(&view, name, Some((at, allowance)))).collect()));
        }
    }
    if rows.is_empty() {
        return None;
    }
    let title =
        said!("Trust zones of the network: {title}", "Zones de confiance du réseau : {title}", title = title_of(&view));
    let columns = [
        said!("Segment", "Segment"),
        said!("Trust", "Confiance"),
        said!("Stands in it", "S’y trouve"),
        said!("Lets in by default", "Laisse entrer par défaut"),
        said!("In scope of", "Dans le périmètre"),
        said!("Borders last tried", "Dernier essai des frontières"),
        said!("Lets in from", "Laisse entrer depuis"),
        said!("To port", "Vers le port"),
        said!("Through", "Par"),
    ];
    let body = request.compact(&columns, rows, &said!("No segment.", "Aucun segment."));
    Some(request.figure("segments", &title, &answer(&view), &Said::default(), body))
}

fn answer(view: &View<'_>) -> Said {
    let named = |wanted: &dyn Fn(&Segment) -> bool| -> Vec<&str> {
        let segments = view.design.segments.iter();
        segments.filter(|(_, segment)| wanted(segment)).map(|(name, _)| name.as_str()).collect()
    };
    let closed = |segment: &Segment| segment.default == Some(DefaultPolicy::Deny);
    let open = named(&|segment| !closed(segment) && (segment.default.is_some() || !open_by_nature(segment)));
    let shut = named(&closed);
    if open.is_empty() && shut.is_empty() {
        said!(
            "Anybody may enter every segment, by nature.",
            "N’importe qui peut entrer dans chaque segment, par nature."
        )
    } else if open.is_empty() {
        said!(
            "Nothing enters {shut} that is not allowed.",
            "Rien n’entre dans {shut} sans autorisation.",
            shut = Said::list(&shut)
        )
    } else {
        said!(
            "Nothing says that these refuse what is not allowed: {open}.",
            "Rien ne dit que ceux-ci refusent ce qui n’est pas autorisé : {open}.",
            open = Said::list(&open)
        )
    }
}

/// The cells that are of the segment, and stand in its first row only.
fn head(request: &Request<'_>, view: &View<'_>, name: &str, segment: &Segment) -> Vec<Cell> {
    let path = |key: &str| view.path(&format!("segments.{name}.{key}"));
    let kind = match segment.kind {
        Some(SegmentKind::Dmz) => said!("DMZ", "DMZ"),
        None => Said::default(),
    };
    let (trust, who) = match segment.trust {
        Trust::Untrusted => (said!("untrusted", "aucune"), said!("anybody may be there", "n’importe qui peut y être")),
        Trust::Internal => (said!("internal", "interne"), said!("ours", "à nous")),
        Trust::Restricted => {
            (said!("restricted", "restreinte"), said!("ours, and for few", "à nous, et pour peu de monde"))
        }
    };
    let default = match segment.default {
        Some(DefaultPolicy::Deny) => request.cell(&said!("nothing", "rien")).marked(Mark::Good),
        Some(DefaultPolicy::Allow) => request.cell(&said!("everything", "tout")).marked(Mark::Warn),
        None if open_by_nature(segment) => request.cell(&said!("everything, by nature", "tout, par nature")),
        None => request.unanswered(),
    };
    let design = view.design;
    let inside: Vec<&str> = design
        .components
        .iter()
        .filter(|(_, component)| view.segment(component) == Some(name))
        .map(|(component, _)| component.as_str())
        .collect();
    let standing = inside.iter().flat_map(|component| home(view, component));
    // Control planes are no components, and stand in a segment all the same.
    let planes = control_planes(view, name);
    let governs = planes.iter().map(|(cluster, _)| {
        request.say(&said!("control plane of {cluster}", "control plane de {cluster}", cluster = cluster))
    });
    let standing_here: Vec<String> = inside.iter().map(|component| (*component).to_owned()).chain(governs).collect();
    let standing = standing.chain(planes.iter().flat_map(|(_, facts)| facts.clone()));
    let scope: Vec<&str> = segment
        .scope
        .iter()
        .map(|regulation| match regulation {
            Regulation::Pci => "PCI DSS",
        })
        .collect();
    vec![
        Cell::new(name).derived(request.say(&kind)).facts([path("kind")]),
        request.cell(&trust).derived(request.say(&who)).facts([path("trust")]),
        Cell::new(standing_here.join(", ")).facts(standing),
        default.facts(["default", "trust", "kind"].map(path)),
        if scope.is_empty() { Cell::default() } else { Cell::new(scope.join(", ")).facts([path("scope")]) },
        tried(request, view, name, segment),
    ]
}

/// The clusters whose control plane stands in a segment, with the facts that say so.
fn control_planes<'a>(view: &View<'a>, segment: &str) -> Vec<(&'a str, Vec<String>)> {
    let ours = view.design.clusters.iter().filter_map(|(name, cluster)| Some((name, cluster.control_plane.as_ref()?)));
    ours.filter_map(|(name, plane)| {
        let stands = |group: &&str| {
            view.design.hosts.get(*group).and_then(|hosts| hosts.segment.as_deref()).is_some_and(|own| own == segment)
        };
        let group = plane.hosts.iter().map(|group| group.0.as_str()).find(stands)?;
        let facts = vec![
            view.path(&format!("clusters.{name}.control_plane.hosts")),
            view.path(&format!("hosts.{group}.segment")),
        ];
        Some((name.as_str(), facts))
    })
    .collect()
}

/// When the borders were last tried: as the segment says, or as an exercise does.
fn tried(request: &Request<'_>, view: &View<'_>, name: &str, segment: &Segment) -> Cell {
    let path = view.path(&format!("segments.{name}.tested"));
    let exercise = view
        .design
        .exercises
        .iter()
        .filter(|(_, exercise)| exercise.kind == ExerciseKind::SegmentationTest)
        .filter(|(_, exercise)| exercise.of.iter().any(|target| **target == *name))
        .max_by_key(|(_, exercise)| exercise.date.last_day());
    let dates = [segment.tested, exercise.map(|(_, exercise)| exercise.date)];
    let last: Option<When> = dates.into_iter().flatten().max_by_key(|when| when.last_day());
    let cards = segment.scope.contains(&Regulation::Pci);
    let Some(last) = last else {
        return if cards {
            request.cell(&said!("never", "jamais")).marked(Mark::Bad).facts([path])
        } else {
            Cell::default()
        };
    };
    let mark = match (cards, days_since(view.today, last) <= YEARLY) {
        (false, _) => Mark::None,
        (true, true) => Mark::Good,
        (true, false) => Mark::Bad,
    };
    let by = exercise.map_or_else(Said::default, |(exercise, _)| Said::same(exercise.clone()));
    let facts = exercise
        .iter()
        .flat_map(|(exercise, _)| ["kind", "of", "date"].map(|key| view.path(&format!("exercises.{exercise}.{key}"))));
    let cell = Cell::new(last.show(request.lang)).derived(request.small(&[ago(view.today, last), by])).marked(mark);
    let sources = if cards { vec!["PCI DSS v4.0.1, 11.4.5".to_owned()] } else { Vec::new() };
    Cell { sources, ..cell }.facts([path, view.path(&format!("segments.{name}.scope"))]).facts(facts).facts(as_of())
}

fn allows(view: &View<'_>, name: &str, allowance: Option<(usize, &Allowance)>) -> [Cell; 3] {
    let Some((at, allowance)) = allowance else { return [Cell::default(), Cell::default(), Cell::default()] };
    let path = |key: &str| view.path(&format!("segments.{name}.allows.{at}.{key}"));
    let through = allowance.through.as_ref().map_or_else(String::new, |point| point.0.clone());
    [
        Cell::new(allowance.from.0.clone()).facts([path("from")]),
        Cell::new(allowance.port.to_string()).facts([path("port")]),
        Cell::new(through).facts([path("through")]),
    ]
}
