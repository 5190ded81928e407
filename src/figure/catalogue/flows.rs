//! `table: flows`: who asks whom, what somebody on the wire could read, and which borders are crossed.

use super::cells::{as_of, asil};
use super::{Request, not_said, title_of, yes_no};
use crate::analysis::View;
use crate::analysis::exposure::{Passage, Privacy, crossing, is_sensitive, privacy, privacy_of, segments};
use crate::analysis::rule::{Words, words};
use crate::analysis::standing::home;
use crate::analysis::vehicle::asil_of;
use crate::analysis::waiver;
use crate::design::model::component::{Connection, Needs, Protection};
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Lang, Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Every flow: who asks whom and how, whether it is encrypted and authenticated, which border it crosses and through what, and what stops without it.",
    "Chaque flux : qui interroge qui et comment, s’il est chiffré et authentifié, quelle frontière il franchit et par où, et ce qui s’arrête sans lui.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let mut rows = Vec::new();
    for (name, connection) in &view.design.connections {
        let path = |key: &str| view.path(&format!("connections.{name}.{key}"));
        let port = connection.port.map(|port| format!(" {port}")).unwrap_or_default();
        rows.push(Row::of(vec![
            Cell::new(name.clone()),
            Cell::new(connection.from.0.clone()).facts([path("from")]),
            Cell::new(connection.to.0.clone()).facts([path("to")]),
            Cell::new(format!("{}{port}", connection.protocol)).facts([path("protocol"), path("port")]),
            encrypted(request, &view, name)?,
            authenticated(request, &view, name, connection),
            crosses(request, &view, name, connection),
            request.stated(connection.needs.map(without).as_ref(), path("needs")),
            between_levels(request, &view, name, connection),
        ]));
    }
    if rows.is_empty() {
        return None;
    }
    let title = said!("Who asks whom: {title}", "Qui interroge qui : {title}", title = title_of(&view));
    let columns = [
        said!("Flow", "Flux"),
        said!("From", "De"),
        said!("To", "Vers"),
        said!("Protocol and port", "Protocole et port"),
        said!("Encrypted", "Chiffré"),
        said!("Authenticated", "Authentifié"),
        said!("Border", "Frontière"),
        said!("Without it, who asks", "Sans lui, le demandeur"),
        said!("Between safety levels", "Entre niveaux de sûreté"),
    ];
    let body = request.compact(&columns, rows, &said!("No flow.", "Aucun flux."));
    Some(request.figure("flows", &title, &answer(&view), &Said::default(), body))
}

fn answer(view: &View<'_>) -> Said {
    let named = |wanted: &dyn Fn(&Connection) -> bool| -> Vec<&str> {
        let flows = view.design.connections.iter();
        flows.filter(|(_, connection)| wanted(connection)).map(|(name, _)| name.as_str()).collect()
    };
    let passage = |connection: &Connection| crossing(view, connection).map(|crossing| crossing.passage);
    let refused = named(&|connection| matches!(passage(connection), Some(Passage::Refused | Passage::Bypassed(..))));
    let open = named(&|connection| matches!(passage(connection), Some(Passage::Unsaid | Passage::NoPort)));
    let clear = named(&|connection| matches!(privacy(connection), Privacy::Plain | Privacy::Contradicted));
    let unsaid = named(&|connection| privacy(connection) == Privacy::Unsaid);
    let mut parts = Vec::new();
    // What is wrong comes before what is not known, and what is known to be right says so alone.
    if !refused.is_empty() {
        let refused = Said::list(&refused);
        parts.push(said!(
            "no border lets in {refused}",
            "aucune frontière ne laisse passer {refused}",
            refused = refused
        ));
    }
    if !clear.is_empty() {
        let (n, all) = (clear.len(), view.design.connections.len());
        let clear = Said::list(&clear);
        parts.push(said!(
            "{n} of {all} flows in clear: {clear}",
            "{n} flux sur {all} en clair : {clear}",
            n = n,
            all = all,
            clear = clear
        ));
    }
    if !unsaid.is_empty() {
        let unsaid = Said::list(&unsaid);
        parts.push(said!(
            "not said whether encrypted: {unsaid}",
            "chiffrement non précisé : {unsaid}",
            unsaid = unsaid
        ));
    }
    if !open.is_empty() {
        let open = Said::list(&open);
        parts.push(said!("not said what lets it in: {open}", "passage non précisé : {open}", open = open));
    }
    if parts.is_empty() {
        return if named(&|connection| passage(connection).is_some()).is_empty() {
            said!(
                "No flow is in clear, and none crosses a border.",
                "Aucun flux ne circule en clair, et aucun ne franchit de frontière."
            )
        } else {
            said!(
                "No flow is in clear, and every border that one crosses lets it in.",
                "Aucun flux ne circule en clair, et chaque frontière franchie laisse passer."
            )
        };
    }
    Said::by(|lang| {
        let separator = if lang == Lang::Fr { " ; " } else { "; " };
        let text = parts.iter().map(|part| part.show(lang)).collect::<Vec<_>>().join(separator);
        let mut letters = text.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}.", letters.as_str())
    })
}

fn encrypted(request: &Request<'_>, view: &View<'_>, name: &str) -> Option<Cell> {
    let derived = privacy_of(view, name)?;
    let (value, mark) = match derived.value {
        Privacy::Encrypted => (said!("yes", "oui"), Mark::Good),
        Privacy::Plain => (said!("no", "non"), Mark::Bad),
        Privacy::Contradicted => (said!("contradicted", "contradictoire"), Mark::Bad),
        Privacy::Unsaid => (not_said(), Mark::Unanswered),
        Privacy::Public => (said!("public anyway", "public de toute façon"), Mark::None),
        Privacy::Link => (said!("no network", "pas de réseau"), Mark::None),
    };
    let mut cell = request.derived(&value, &derived).marked(mark);
    let address = format!("connections.{name}");
    if mark == Mark::Bad
        && let Some((waiver_name, waiver)) = waiver::of(view, "network/unencrypted-flow", &address)
        && view.today <= waiver.until
    {
        let until = said!("accepted until {until}", "accepté jusqu’au {until}", until = waiver.until);
        cell.derivation = request.small(&[derived.formula, until]);
        let path = |key: &str| view.path(&format!("waivers.{waiver_name}.{key}"));
        cell = cell.facts(["rule", "target", "until"].map(path)).facts(as_of());
    }
    Some(cell)
}

fn authenticated(request: &Request<'_>, view: &View<'_>, name: &str, connection: &Connection) -> Cell {
    let path = view.path(&format!("connections.{name}.authenticated"));
    let answerer = view.design.components.get(&connection.to.0);
    let segment = answerer.and_then(|answerer| view.segment(answerer)).unwrap_or_default();
    let facts = ["trust", "scope"].map(|key| view.path(&format!("segments.{segment}.{key}")));
    // Who asks has to prove it where data or secrets are kept, and where few may be.
    let asked = answerer.is_some_and(|answerer| is_sensitive(view, answerer))
        && !matches!(privacy(connection), Privacy::Link | Privacy::Public);
    let cell = match connection.authenticated {
        None if !asked => Cell::default(),
        Some(false) if asked => request.cell(&yes_no(false)).marked(Mark::Bad),
        value => request.stated(value.map(yes_no).as_ref(), path.clone()),
    };
    cell.facts([path]).facts(facts)
}

/// The border between the segments of both ends, and what lets the flow through.
fn crosses(request: &Request<'_>, view: &View<'_>, name: &str, connection: &Connection) -> Cell {
    let (from, to) = (connection.from.0.as_str(), connection.to.0.as_str());
    let mut facts: Vec<String> = [from, to].iter().flat_map(|end| home(view, end)).collect();
    let Some(crossing) = crossing(view, connection) else {
        let outside = |end: &str| said!("{end} stands in no segment", "{end} n’est dans aucun segment");
        let cell = match segments(view, connection) {
            (Some(left), Some(_)) => request.cell(&said!("stays in {left}", "reste dans {left}")),
            (Some(left), None) => {
                request.cell(&said!("leaves {left}", "quitte {left}")).derived(request.say(&outside(to)))
            }
            (None, Some(entered)) => {
                request.cell(&said!("enters {entered}", "entre dans {entered}")).derived(request.say(&outside(from)))
            }
            (None, None) => Cell::default(),
        };
        return cell.facts(facts);
    };
    let (left, entered) = (crossing.from, crossing.to);
    let segment = |key: &str| view.path(&format!("segments.{entered}.{key}"));
    facts.extend(["default", "trust", "kind", "allows"].map(segment));
    let allowance = |at: usize| ["from", "port", "through"].map(|key| segment(&format!("allows.{at}.{key}")));
    let (how, mark) = match crossing.passage {
        Passage::Open => (said!("{entered} refuses nothing", "{entered} ne refuse rien"), Mark::None),
        Passage::Unsaid => (said!("what does {entered} refuse?", "que refuse {entered} ?"), Mark::Unanswered),
        Passage::NoPort => (said!("at which port?", "sur quel port ?"), Mark::Unanswered),
        Passage::Allowed(at, point) => {
            facts.extend(allowance(at));
            let how = match point {
                Some(point) => said!("through {point}", "par {point}"),
                None => said!("allowed, through no named point", "autorisé, sans point de contrôle nommé"),
            };
            (how, Mark::Good)
        }
        Passage::Bypassed(at, point) => {
            facts.extend(allowance(at));
            (
                said!("goes round {point}, through which it is allowed", "contourne {point}, par où il est autorisé"),
                Mark::Bad,
            )
        }
        Passage::Refused => (said!("nothing lets it in", "rien ne le laisse entrer"), Mark::Bad),
    };
    facts.push(view.path(&format!("connections.{name}.port")));
    if let Passage::Allowed(_, Some(point)) | Passage::Bypassed(_, point) = crossing.passage {
        // A firewall that no flow starts or ends at routes; every flow has a say in that.
        facts.push(view.path(&format!("components.{point}.kind")));
        for flow in view.design.connections.keys() {
            facts.extend(["from", "to"].map(|key| view.path(&format!("connections.{flow}.{key}"))));
        }
    }
    Cell::new(format!("{left} → {entered}")).derived(request.say(&how)).marked(mark).facts(facts)
}

fn without(needs: Needs) -> Said {
    match needs {
        Needs::Hard => said!("stops", "s’arrête"),
        Needs::Soft => said!("goes on with less", "continue en réduit"),
        Needs::AtStart => said!("goes on, and cannot start", "continue, mais ne démarre plus"),
    }
}

/// From a lower safety level to a higher one, messages have to be protected.
fn between_levels(request: &Request<'_>, view: &View<'_>, name: &str, connection: &Connection) -> Cell {
    let path = view.path(&format!("connections.{name}.protection"));
    let protected = connection.protection.map(|protection| match protection {
        Protection::E2e => said!("end-to-end protected (E2E)", "protégé de bout en bout (E2E)"),
        Protection::None => said!("unprotected", "sans protection"),
    });
    let level = |end: &str| asil_of(view, end, view.design.components.get(end)?);
    let (Some((from, from_path)), Some((to, to_path))) = (level(&connection.from), level(&connection.to)) else {
        return request.optional(protected.as_ref(), path);
    };
    let value = if from == to {
        said!("same level, {level}", "même niveau, {level}", level = asil(from))
    } else {
        said!("{from} → {to}", "{from} → {to}", from = asil(from), to = asil(to))
    };
    let mark = match connection.protection {
        _ if from >= to => Mark::None,
        Some(Protection::E2e) => Mark::Good,
        Some(Protection::None) => Mark::Bad,
        None => Mark::Unanswered,
    };
    let how = protected.unwrap_or_default();
    let facts = [path, view.path(&from_path), view.path(&to_path)];
    request.cell(&value).derived(request.say(&how)).marked(mark).facts(facts)
}
