//! `table: scenario`: what is set up, what happens, and what is expected beside what the simulation gives.

use super::{Request, title_of};
use crate::analysis::expectations::{Expected, Held, expectations};
use crate::analysis::rule::{Words, words};
use crate::design::model::Scenario;
use crate::design::model::scenario::{Event, How};
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "A scenario as it is stated: the design, the load, what happens when, and what is expected of each component, beside what the simulation gives.",
    "Un scénario tel qu’il est posé : la conception, la charge, ce qui arrive et quand, et ce qui est attendu de chaque composant, face à ce que donne la simulation.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let name = request.subject();
    let scenario = &request.workspace.scenarios.get(name)?.value;
    let view = request.runs.view(request.workspace, &scenario.design, request.today)?;
    let run = super::simulated::run(request);
    let expected = run.as_ref().map_or_else(Vec::new, |run| expectations(&run.view, run.scenario, &run.simulation));
    let mut rows = vec![Row::of(vec![
        request.cell(&said!("design", "conception")),
        request
            .cell(&title_of(&view))
            .derived(scenario.design.0.clone())
            .facts([format!("{name}.design"), view.path("title")]),
        Cell::default(),
    ])];
    rows.extend(load(request, &view, scenario));
    rows.extend(scenario.events.iter().enumerate().map(|(at, event)| happens(request, at, event)));
    rows.push(Row::of(vec![
        request.cell(&said!("until", "jusqu’à")),
        Cell::new(scenario.until.show(request.lang)).facts([format!("{name}.until")]),
        Cell::default(),
    ]));
    rows.extend(expected.iter().map(|expected| expectation(request, expected)));
    let title = scenario.title.as_ref().map_or_else(|| Said::same(name), |title| title.said());
    let title = said!("Set up and expected: {title}", "Posé et attendu : {title}", title = title);
    let columns = [said!("What", "Quoi"), said!("As stated", "Tel qu’énoncé"), said!("Simulated", "Simulé")];
    let note = said!(
        "Times of expectations are counted from the first event.",
        "Les délais attendus se comptent depuis le premier événement."
    );
    let body = request.compact(&columns, rows, &said!("Nothing is stated.", "Rien n’est énoncé."));
    let mut figure = request.figure("scenario", &title, &answer(&expected), &note, body);
    figure.cartouche.insert(1, (request.say(&said!("design", "conception")), scenario.design.0.clone()));
    Some(figure)
}

fn answer(expected: &[Expected<'_>]) -> Said {
    let held = |wanted: Held| -> Vec<Said> {
        let answered =
            expected.iter().filter(|expected| expected.answer.as_ref().is_some_and(|answer| answer.held == wanted));
        answered
            .map(|expected| {
                said!("{limit} ({who})", "{limit} ({who})", limit = expected.limit.title(), who = expected.component)
            })
            .collect()
    };
    let (missed, doubtful) = (held(Held::Never), held(Held::NotAlways));
    if expected.is_empty() {
        said!("Nothing is expected.", "Rien n’est attendu.")
    } else if !missed.is_empty() {
        said!("Does not hold: {missed}.", "Ne tient pas : {missed}.", missed = Said::list(&missed))
    } else if !doubtful.is_empty() {
        said!(
            "Holds only with luck: {doubtful}.",
            "Ne tient qu’avec de la chance : {doubtful}.",
            doubtful = Said::list(&doubtful)
        )
    } else {
        said!("Every expectation holds.", "Chaque attente tient.")
    }
}

fn load(request: &Request<'_>, view: &crate::analysis::View<'_>, scenario: &Scenario) -> Option<Row> {
    let load = scenario.load.as_ref()?;
    let path = |key: &str| format!("{}.load.{key}", request.subject());
    let flow = view.design.connections.get(load.into.0.as_str());
    let ends = flow.map_or_else(String::new, |flow| format!("{} → {}", flow.from, flow.to));
    let value = said!("{rate} on {into}", "{rate} sur {into}", rate = load.rate, into = load.into);
    Some(Row::of(vec![
        request.cell(&said!("load", "charge")),
        request.cell(&value).derived(ends).facts([path("into"), path("rate"), format!("{}.design", request.subject())]),
        Cell::default(),
    ]))
}

fn happens(request: &Request<'_>, at: usize, event: &Event) -> Row {
    let path = |key: &str| format!("{}.events.{at}.{key}", request.subject());
    let (verb, _) = event.what();
    let when = said!("after {time}", "après {time}", time = event.after);
    Row::of(vec![
        request.cell(&when).facts([path("after")]),
        request.cell(&in_words(event)).facts([path(verb), path("how"), path("rate"), path("takes"), path("to")]),
        Cell::default(),
    ])
}

/// An event as a sentence.
fn in_words(event: &Event) -> Said {
    let (verb, object) = event.what();
    let (name, what) = (object.rsplit('/').next().unwrap_or(object), object_title(object));
    match verb {
        "delete" => said!("{what} is deleted", "{what} est supprimé", what = what),
        "lose" if event.how == Some(How::Network) => {
            said!("{what} cannot be reached any more", "{what} n’est plus joignable", what = what)
        }
        "lose" if machines(object) => said!("{what} loses power", "{what} perd l’alimentation", what = what),
        "lose" => said!("{what} is lost", "{what} est perdu", what = what),
        "bring_back" => said!("{what} comes back", "{what} revient", what = what),
        "hang" => said!("the process of {name} hangs without ending", "le processus de {name} se fige sans s’arrêter"),
        "leak" => match &event.rate {
            Some(rate) => {
                said!("the memory of {name} grows by {rate}", "la mémoire de {name} croît de {rate}", rate = rate)
            }
            None => said!("the memory of {name} grows", "la mémoire de {name} croît"),
        },
        "crash" => said!("{what} crashes", "{what} plante", what = what),
        "corrupt" => said!("the data of {name} become wrong", "les données de {name} deviennent fausses"),
        "restore" => said!("{name} is restored from its backups", "{name} est restauré depuis ses sauvegardes"),
        "slow_start" => match &event.takes {
            Some(takes) => said!(
                "starts of {name} take {takes} from then on",
                "les démarrages de {name} durent {takes} désormais",
                takes = takes
            ),
            None => {
                said!("starts of {name} take longer from then on", "les démarrages de {name} s’allongent désormais")
            }
        },
        "noisy_neighbour" => said!(
            "{what} takes all the processor time it can get",
            "{what} prend tout le temps processeur qu’il peut",
            what = what
        ),
        "surge" => match &event.to {
            Some(to) => said!("{to} arrive on {name}", "{to} arrivent sur {name}", to = to),
            None => said!("more requests arrive on {name}", "davantage de requêtes arrivent sur {name}"),
        },
        "drain" => said!("{what} is drained", "{what} est vidé (drain)", what = what),
        "delete_node" => said!("the Node object of {name} is deleted", "l’objet Node de {name} est supprimé"),
        "taint_out_of_service" => {
            said!("{what} is declared out of service", "{what} est déclaré hors service", what = what)
        }
        _ => said!("{name} gets a new version", "{name} reçoit une nouvelle version"),
    }
}

/// Whether an object is a machine or a place full of them.
fn machines(object: &str) -> bool {
    let kind = object.split_once('/').map_or("node", |(kind, _)| kind);
    matches!(kind, "node" | "node-of" | "zone" | "site")
}

/// An object such as `node/workers-1` in words.
fn object_title(object: &str) -> Said {
    let (kind, name) = object.split_once('/').unwrap_or(("", object));
    match kind {
        "pod" => said!("pod {name}", "le pod {name}"),
        "node" => said!("node {name}", "le nœud {name}"),
        "node-of" => said!("the node of {name}", "le nœud de {name}"),
        "zone" => said!("zone {name}", "la zone {name}"),
        "site" => said!("site {name}", "le site {name}"),
        "partition" => said!("partition {name}", "la partition {name}"),
        "control-plane" => said!("control plane {name}", "le control plane {name}"),
        "volume" => said!("the volume of {name}", "le volume de {name}"),
        "link" => said!("link {name}", "la liaison {name}"),
        _ => Said::same(name),
    }
}

fn expectation(request: &Request<'_>, expected: &Expected<'_>) -> Row {
    let worked_out = match &expected.answer {
        Some(answer) => {
            let mark = match answer.held {
                Held::Always => Mark::Good,
                Held::NotAlways => Mark::Warn,
                Held::Never => Mark::Bad,
            };
            request.derived(&answer.value.value, &answer.value).marked(mark)
        }
        None => {
            request.cell(&said!("nothing of ours runs it", "rien à nous ne le fait tourner")).marked(Mark::Unanswered)
        }
    };
    let stated = match expected.limit {
        crate::analysis::expectations::Limit::Recovers => expected.stated.clone(),
        _ => said!("at most {limit}", "au plus {limit}", limit = expected.stated),
    };
    Row::of(vec![
        Cell::new(expected.component).derived(request.say(&expected.limit.title())),
        request.cell(&stated).facts([expected.path.clone()]),
        worked_out.facts([expected.path.clone(), format!("{}.design", request.subject())]),
    ])
}
