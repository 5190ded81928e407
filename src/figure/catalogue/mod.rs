//! The registry of figures that a report can place: one file each, one line each.
//!
//! A fence names a figure and what it is of; [`place`] finds both or says, at its place, which name
//! leads nowhere.

use std::collections::BTreeSet;

use super::{Body, Cell, Column, Facts, Figure, Row, Table};
use crate::analysis::Derived;
use crate::analysis::comparison::Compared;
use crate::analysis::rule::Words;
use crate::analysis::runs::Runs;
use crate::analysis::view::View;
use crate::design::Workspace;
use crate::design::model::report::Fence;
use crate::design::text::When;
use crate::said;
use crate::source::{Lang, Said, Show};

mod advice;
mod availability;
mod backups;
mod brief;
mod capacity;
mod cells;
mod changed;
mod clusters;
mod comparison;
mod coverage;
mod decisions;
mod delivery;
mod difference;
mod evidence;
mod exercises;
mod failure_domains;
mod findings;
mod flows;
mod growth;
mod hosts;
mod images;
mod layers;
mod links;
mod namespaces;
mod network;
mod objectives;
mod observability;
mod observed;
mod partitions;
mod placement;
mod preferences;
mod probes;
mod ranking;
mod resolve;
mod risks;
mod safety;
mod scenario;
mod secrets;
mod segments;
pub mod simulated;
mod stack_facts;
mod stack_layers;
mod stacks;
mod summary;
mod third_parties;
mod topology;
mod updates;
mod volumes;
mod waivers;

pub use changed::changed;
pub use observed::held;
pub use resolve::{find, place};

/// What a figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// One design.
    Design,
    /// One or more stacks.
    Stacks,
    /// A comparison.
    Comparison,
    /// A scenario.
    Scenario,
}

/// A figure that can be placed.
#[derive(Debug)]
pub struct Entry {
    /// The fence's key: `table`, `diagram`, `chart`, `timeline`, `findings`.
    pub key: &'static str,
    /// The word after it; empty where the name of what is shown stands there.
    pub word: &'static str,
    /// What it is of.
    pub of: Of,
    /// What it shows, for the reference.
    pub explains: Words,
    /// Works it out, texts as they were written; [`Entry::draw`] is what everybody calls.
    pub make: fn(&Request<'_>) -> Option<Figure>,
}

/// Every figure.
pub static FIGURES: &[Entry] = &[
    Entry { key: "table", word: "placement", of: Of::Design, explains: placement::EXPLAINS, make: placement::make },
    Entry {
        key: "table",
        word: "failure-domains",
        of: Of::Design,
        explains: failure_domains::EXPLAINS,
        make: failure_domains::make,
    },
    Entry { key: "table", word: "layers", of: Of::Design, explains: layers::EXPLAINS, make: layers::make },
    Entry { key: "table", word: "probes", of: Of::Design, explains: probes::EXPLAINS, make: probes::make },
    Entry { key: "table", word: "volumes", of: Of::Design, explains: volumes::EXPLAINS, make: volumes::make },
    Entry { key: "table", word: "backups", of: Of::Design, explains: backups::EXPLAINS, make: backups::make },
    Entry { key: "table", word: "objectives", of: Of::Design, explains: objectives::EXPLAINS, make: objectives::make },
    Entry {
        key: "table",
        word: "availability",
        of: Of::Design,
        explains: availability::EXPLAINS,
        make: availability::make,
    },
    Entry { key: "table", word: "coverage", of: Of::Design, explains: coverage::EXPLAINS, make: coverage::make },
    Entry { key: "table", word: "capacity", of: Of::Design, explains: capacity::EXPLAINS, make: capacity::make },
    Entry { key: "chart", word: "capacity", of: Of::Design, explains: capacity::EXPLAINS_CHART, make: capacity::chart },
    Entry { key: "table", word: "secrets", of: Of::Design, explains: secrets::EXPLAINS, make: secrets::make },
    Entry {
        key: "chart",
        word: "memory-overhead",
        of: Of::Comparison,
        explains: growth::EXPLAINS_MEMORY,
        make: growth::memory,
    },
    Entry {
        key: "chart",
        word: "operating-systems",
        of: Of::Comparison,
        explains: growth::EXPLAINS_SYSTEMS,
        make: growth::systems,
    },
    Entry { key: "table", word: "advice", of: Of::Design, explains: advice::EXPLAINS, make: advice::make },
    Entry { key: "table", word: "", of: Of::Comparison, explains: comparison::EXPLAINS, make: comparison::make },
    Entry { key: "table", word: "ranking", of: Of::Comparison, explains: ranking::EXPLAINS, make: ranking::make },
    Entry { key: "table", word: "brief", of: Of::Comparison, explains: brief::EXPLAINS, make: brief::make },
    Entry { key: "table", word: "summary", of: Of::Design, explains: summary::EXPLAINS, make: summary::make },
    Entry { key: "table", word: "flows", of: Of::Design, explains: flows::EXPLAINS, make: flows::make },
    Entry { key: "table", word: "links", of: Of::Design, explains: links::EXPLAINS, make: links::make },
    Entry { key: "table", word: "segments", of: Of::Design, explains: segments::EXPLAINS, make: segments::make },
    Entry { key: "table", word: "safety", of: Of::Design, explains: safety::EXPLAINS, make: safety::make },
    Entry { key: "table", word: "partitions", of: Of::Design, explains: partitions::EXPLAINS, make: partitions::make },
    Entry { key: "table", word: "updates", of: Of::Design, explains: updates::EXPLAINS, make: updates::make },
    Entry { key: "table", word: "decisions", of: Of::Design, explains: decisions::EXPLAINS, make: decisions::make },
    Entry { key: "table", word: "risks", of: Of::Design, explains: risks::EXPLAINS, make: risks::make },
    Entry {
        key: "table",
        word: "third-parties",
        of: Of::Design,
        explains: third_parties::EXPLAINS,
        make: third_parties::make,
    },
    Entry { key: "table", word: "exercises", of: Of::Design, explains: exercises::EXPLAINS, make: exercises::make },
    Entry { key: "table", word: "waivers", of: Of::Design, explains: waivers::EXPLAINS, make: waivers::make },
    Entry { key: "table", word: "delivery", of: Of::Design, explains: delivery::EXPLAINS, make: delivery::make },
    Entry { key: "table", word: "images", of: Of::Design, explains: images::EXPLAINS, make: images::make },
    Entry {
        key: "table",
        word: "observability",
        of: Of::Design,
        explains: observability::EXPLAINS,
        make: observability::make,
    },
    Entry { key: "table", word: "hosts", of: Of::Design, explains: hosts::EXPLAINS, make: hosts::make },
    Entry { key: "table", word: "clusters", of: Of::Design, explains: clusters::EXPLAINS, make: clusters::make },
    Entry { key: "table", word: "namespaces", of: Of::Design, explains: namespaces::EXPLAINS, make: namespaces::make },
    Entry {
        key: "table",
        word: "stack-layers",
        of: Of::Stacks,
        explains: stack_layers::EXPLAINS,
        make: stack_layers::make,
    },
    Entry {
        key: "table",
        word: "stack-facts",
        of: Of::Stacks,
        explains: stack_facts::EXPLAINS,
        make: stack_facts::make,
    },
    Entry {
        key: "table",
        word: "preferences",
        of: Of::Comparison,
        explains: preferences::EXPLAINS,
        make: preferences::make,
    },
    Entry {
        key: "table",
        word: "steps",
        of: Of::Scenario,
        explains: simulated::EXPLAINS_STEPS,
        make: simulated::steps,
    },
    Entry { key: "table", word: "scenario", of: Of::Scenario, explains: scenario::EXPLAINS, make: scenario::make },
    Entry { key: "diagram", word: "stack", of: Of::Stacks, explains: stacks::EXPLAINS, make: stacks::make },
    Entry { key: "diagram", word: "topology", of: Of::Design, explains: topology::EXPLAINS, make: topology::make },
    Entry { key: "diagram", word: "network", of: Of::Design, explains: network::EXPLAINS, make: network::make },
    Entry {
        key: "diagram",
        word: "difference",
        of: Of::Design,
        explains: difference::EXPLAINS,
        make: difference::make,
    },
    Entry {
        key: "timeline",
        word: "",
        of: Of::Scenario,
        explains: simulated::EXPLAINS_TIMELINE,
        make: simulated::timeline,
    },
    Entry {
        key: "table",
        word: "outcomes",
        of: Of::Scenario,
        explains: simulated::EXPLAINS_OUTCOMES,
        make: simulated::outcomes,
    },
    Entry {
        key: "chart",
        word: "served",
        of: Of::Scenario,
        explains: simulated::EXPLAINS_SERVED,
        make: simulated::served,
    },
    Entry {
        key: "diagram",
        word: "failure",
        of: Of::Scenario,
        explains: simulated::EXPLAINS_OVERLAY,
        make: simulated::overlay,
    },
    Entry {
        key: "table",
        word: "campaign",
        of: Of::Design,
        explains: simulated::EXPLAINS_CAMPAIGN,
        make: simulated::campaign,
    },
    Entry { key: "table", word: "stuck", of: Of::Design, explains: simulated::EXPLAINS_STUCK, make: simulated::stuck },
    Entry {
        key: "table",
        word: "planned",
        of: Of::Design,
        explains: simulated::EXPLAINS_PLANNED,
        make: simulated::planned,
    },
    Entry { key: "findings", word: "", of: Of::Design, explains: findings::EXPLAINS, make: findings::make },
];

impl Entry {
    /// Makes the figure, its texts set as the reader's language does; `None` where there is nothing
    /// to show.
    pub fn draw(&self, request: &Request<'_>) -> Option<Figure> {
        (self.make)(request).map(|figure| figure.typeset(request.lang))
    }
}

/// A comparison that is made up on the spot, as a table.
pub fn ad_hoc(request: &Request<'_>, compared: &Compared) -> Figure {
    comparison::draw(request, compared).typeset(request.lang)
}

/// Who comes first in a comparison that is made up on the spot, with weights and sensitivity.
pub fn ad_hoc_ranking(request: &Request<'_>, compared: &Compared) -> Option<Figure> {
    Some(ranking::draw(request, compared)?.typeset(request.lang))
}

/// What is asked for, with every name found.
#[derive(Debug)]
pub struct Request<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// The day on which ages and expiries are judged.
    pub today: When,
    /// The reader's language.
    pub lang: Lang,
    /// The names of what it is of; at least one.
    pub subjects: Vec<String>,
    /// The fence, for its options.
    pub fence: &'a Fence,
    /// What was simulated so far.
    pub runs: &'a Runs,
}

impl<'a> Request<'a> {
    /// The first subject.
    fn subject(&self) -> &str {
        self.subjects.first().map_or("", String::as_str)
    }

    /// The design it is of, expanded.
    fn view(&self) -> Option<View<'a>> {
        self.runs.view(self.workspace, self.subject(), self.today)
    }

    /// A text in the reader's language.
    fn say(&self, text: &Said) -> String {
        text.show(self.lang)
    }

    /// A figure of a design: its title names the design, its cartouche the document and the day.
    fn figure(&self, word: &str, title: &Said, answer: &Said, note: &Said, body: Body) -> Figure {
        let label = match FIGURES.iter().find(|entry| entry.word == word).map(|entry| entry.of) {
            Some(Of::Scenario) => said!("scenario", "scénario"),
            Some(Of::Stacks) => said!("stacks", "stacks"),
            Some(Of::Comparison) => said!("comparison", "comparaison"),
            _ => said!("design", "conception"),
        };
        let facts = match &body {
            Body::Table(table) => {
                let mut facts: BTreeSet<String> = BTreeSet::new();
                let mut last: Option<&Facts> = None;
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    if !last.is_some_and(|last| last.shared_with(&cell.facts)) {
                        facts.extend(cell.facts.iter().cloned());
                    }
                    last = Some(&cell.facts);
                }
                facts
            }
            Body::Drawing(_) => BTreeSet::new(),
        };
        Figure {
            id: format!("{}.{word}", self.subjects.join("-")),
            title: self.say(title),
            answer: self.say(answer),
            note: self.say(note),
            cartouche: vec![
                (self.say(&label), self.subjects.join(", ")),
                (self.say(&said!("as of", "au")), self.today.show(self.lang)),
            ],
            body,
            facts,
        }
    }

    /// A table from column titles and rows.
    fn table(&self, columns: &[Said], rows: Vec<Row>, empty: &Said) -> Body {
        Body::Table(Table {
            columns: columns.iter().map(|title| Column { title: self.say(title), numeric: false }).collect(),
            rows,
            empty: self.say(empty),
        })
    }

    /// A cell that says something.
    fn cell(&self, value: &Said) -> Cell {
        Cell::new(self.say(value))
    }

    /// A cell that says something worked out, with its formula, its sources and its facts.
    fn derived<T>(&self, value: &Said, derived: &Derived<T>) -> Cell {
        let formula = self.say(&derived.formula);
        let value = self.say(value);
        Cell {
            derivation: if formula == value { String::new() } else { formula },
            value,
            sources: derived.sources.iter().map(|source| self.say(source)).collect(),
            facts: derived.facts.clone().into(),
            ..Cell::default()
        }
    }
}

impl Cell {
    /// The same with the addresses of facts that it was worked out from.
    fn facts(mut self, paths: impl IntoIterator<Item = String>) -> Cell {
        self.facts.extend(paths);
        self
    }

    /// The same with facts that many cells rest on, which they share.
    fn behind(mut self, facts: &Facts) -> Cell {
        if self.facts.is_empty() {
            self.facts = facts.clone();
            self
        } else {
            self.facts(facts.iter().cloned())
        }
    }
}

impl Row {
    /// A row whose every cell was worked out from all of the facts behind the row.
    fn of(cells: Vec<Cell>) -> Row {
        let mut facts =
            cells.iter().map(|cell| &cell.facts).max_by_key(|facts| facts.len()).cloned().unwrap_or_default();
        for cell in &cells {
            if cell.facts.shared_with(&facts) {
                continue;
            }
            let more: Vec<String> = cell.facts.iter().filter(|fact| !facts.contains(*fact)).cloned().collect();
            facts.extend(more);
        }
        Row { cells: cells.into_iter().map(|cell| Cell { facts: facts.clone(), ..cell }).collect() }
    }
}

/// The title of a design, or its name.
fn title_of(view: &View<'_>) -> Said {
    view.design.title.as_ref().map_or_else(|| Said::same(view.name), |title| title.said())
}

/// Words for a yes and a no.
fn yes_no(yes: bool) -> Said {
    if yes { said!("yes", "oui") } else { said!("no", "non") }
}

/// What stands in a cell where the design does not say.
fn not_said() -> Said {
    said!("not said", "non précisé")
}

#[cfg(test)]
mod tests;
