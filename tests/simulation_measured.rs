//! Outages that people measured, against what the simulator says of the same failure.
//!
//! `UPDATE_DOCS=1 cargo test --test simulation_measured` writes the table of `docs/simulator.md` anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use epure::analysis::View;
use epure::analysis::simulation::{Options, Simulation, Spread, What, simulate};
use epure::design::text::When;
use epure::design::{Input, Workspace, load};

/// Seeded runs that the spreads are taken from.
const RUNS: u32 = 401;

/// What was measured of an outage.
enum Of {
    /// The first time that something happens to a thing.
    Moment(&'static str, What),
    /// The time in which a component does not answer.
    Outage(&'static str),
    /// When all its pods are ready again.
    Back(&'static str),
}

/// One measured outage.
struct Row {
    id: &'static str,
    scenario: &'static str,
    /// What was measured, and how it failed.
    what: &'static str,
    of: Of,
    /// From and to, in seconds: a single number twice, a bound from nothing, a poll from one poll earlier.
    measured: (f64, f64),
    /// Why it lies outside, where it does.
    outside: Option<&'static str>,
}

const fn row(id: &'static str, scenario: &'static str, what: &'static str, of: Of, measured: (f64, f64)) -> Row {
    Row { id, scenario, what, of, measured, outside: None }
}

fn rows() -> Vec<Row> {
    let node = "node/workers-1";
    vec![
        row("M1", "m1", "node NotReady, power off", Of::Moment(node, What::NodeNotReady), (43.98, 43.98)),
        row("M1", "m1", "new pods running, power off: typically below", Of::Back("app"), (43.98, 50.0)),
        row(
            "M2",
            "m2",
            "node condition, network cut: in the API, seen by the test",
            Of::Moment(node, What::NodeNotReady),
            (36.0, 40.0),
        ),
        row("M5", "m5", "virtual machine running elsewhere, power off: below", Of::Back("app"), (0.0, 180.0)),
        Row {
            outside: Some("a person's estimate; k3s sets none of the constants, which add up to less than six minutes"),
            ..row(
                "M7",
                "m7",
                "pods Terminating, node down: only after about",
                Of::Moment("component/app", What::MarkedForDeletion),
                (480.0, 480.0),
            )
        },
        row(
            "M10",
            "m10",
            "primary elected, process killed: the test's threshold",
            Of::Moment("component/db", What::Promoted),
            (0.0, 20.0),
        ),
        row("M12", "m12", "writes again, leader stopped, lock given back", Of::Outage("db"), (11.0, 11.0)),
        row("M13", "m13", "writes again, process killed: 10 to 20 s, polled every 10 s", Of::Outage("db"), (0.0, 20.0)),
        row("M14", "m14", "new leader, consensus store away", Of::Moment("component/db", What::Promoted), (53.0, 53.0)),
        row("M15", "m15", "new master, process killed: about", Of::Moment("component/db", What::Promoted), (4.5, 5.5)),
    ]
}

fn workspace() -> Workspace {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/measured");
    let inputs: Vec<Input> = ["databases.yaml", "nodes.yaml"]
        .iter()
        .map(|name| Input { path: (*name).to_owned(), bytes: std::fs::read(folder.join(name)).unwrap() })
        .collect();
    let (workspace, problems) = load(&inputs);
    let said: Vec<&str> = problems.iter().map(|problem| problem.message.en.as_str()).collect();
    assert!(problems.is_empty(), "{said:?}");
    workspace
}

fn run(workspace: &Workspace, name: &str) -> Simulation {
    let scenario = &workspace.scenarios[name].value;
    let today = When { year: 2026, month: Some(11), day: Some(26) };
    let view = View::of(workspace, &scenario.design, today).unwrap();
    simulate(&view, scenario, &Options { runs: RUNS, seed: 1, ..Options::default() }).unwrap()
}

fn spread(simulation: &Simulation, of: &Of) -> Spread {
    match of {
        Of::Moment(label, what) => {
            let known: Vec<&str> = simulation.milestones.iter().map(|milestone| milestone.object.as_str()).collect();
            simulation.milestone(label, *what).unwrap_or_else(|| panic!("no {what:?} of {label} in {known:?}")).at_s
        }
        Of::Outage(component) => simulation.component(component).unwrap().outcome.outage_s,
        Of::Back(component) => simulation.component(component).unwrap().replicas_back_s,
    }
}

fn number(value: Option<f64>) -> String {
    value.map_or("–".to_owned(), |value| format!("{value:.1}"))
}

#[test]
fn measured_outages_lie_inside() {
    let workspace = workspace();
    let mut inside = 0;
    let rows = rows();
    let mut table = String::from(
        "| row | what was measured, and how it failed | measured (s) | simulated p5 – p50 – p95 (s) | min – max (s) | inside |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    let mut wrong = Vec::new();
    for row in &rows {
        let simulation = run(&workspace, row.scenario);
        let all = spread(&simulation, &row.of);
        let (p5, p95) = (all.p5.unwrap(), all.p95.unwrap());
        let (min, max) = (all.min.unwrap(), all.max.unwrap());
        let (from, to) = row.measured;
        let within = from <= p95 && to >= p5;
        inside += usize::from(within);
        if !(from <= max && to >= min) && row.outside.is_none() {
            wrong.push(format!("{} {}: measured {from} to {to}, simulated {min} to {max}", row.id, row.what));
        }
        // Widening cannot pass: a node loss spreads by no more than a factor of two.
        if ["m1", "m2", "m5", "m7"].contains(&row.scenario) {
            assert!(p95 / p5 <= 2.0, "{}: {p5} to {p95}", row.id);
        }
        let measured = match row.measured {
            (from, to) if from == to => format!("{from}"),
            (0.0, to) => format!("≤ {to}"),
            (from, to) => format!("{from} to {to}"),
        };
        let verdict = match row.outside {
            Some(why) => format!("no: {why}"),
            None if within => "yes".to_owned(),
            None => "between min and max".to_owned(),
        };
        table += &format!(
            "| {} | {} | {measured} | {} – {} – {} | {} – {} | {verdict} |\n",
            row.id,
            row.what,
            number(all.p5),
            number(all.p50),
            number(all.p95),
            number(all.min),
            number(all.max)
        );
    }
    assert!(wrong.is_empty(), "{}\n{table}", wrong.join("\n"));
    assert!(inside * 5 >= rows.len() * 4, "only {inside} of {} lie within p5 to p95\n{table}", rows.len());
    written(&table);
}

/// The table stands in the documentation as it is simulated.
fn written(table: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/simulator.md");
    let text = std::fs::read_to_string(&file).unwrap();
    let (start, end) = ("<!-- measured -->\n", "<!-- /measured -->\n");
    let (before, rest) = text.split_once(start).expect("the table's place");
    let (old, after) = rest.split_once(end).expect("the table's end");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, format!("{before}{start}{table}{end}{after}")).unwrap();
        return;
    }
    assert_eq!(old, table, "docs/simulator.md is not current: UPDATE_DOCS=1 cargo test --test simulation_measured");
}
