//! The simulations of one workspace on one day, each made once however many figures show it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::simulation::{Campaign, Options, Simulation, campaign, simulate};
use super::view::View;
use crate::design::Workspace;
use crate::design::text::When;

/// What was simulated so far. It belongs to one workspace and one day: another needs another.
#[derive(Debug, Default)]
pub struct Runs {
    /// How many runs a scenario has; 1 has fixed phases alone.
    each: u32,
    scenarios: RefCell<BTreeMap<String, Option<Rc<Simulation>>>>,
    campaigns: RefCell<BTreeMap<String, Rc<Campaign>>>,
}

/// How many runs intervals are taken from: enough for a twentieth on either side, and few enough
/// that a page is made in milliseconds.
const SPREAD: u32 = 100;

impl Runs {
    /// With fixed phases alone: what happens, and when.
    pub fn fixed() -> Runs {
        Runs { each: 1, ..Runs::default() }
    }

    /// With drawn phases too: between what and what everything stays.
    pub fn spread() -> Runs {
        Runs { each: SPREAD, ..Runs::default() }
    }

    /// A scenario of the workspace, simulated; `None` where what it asks cannot happen to its design.
    pub fn scenario(&self, workspace: &Workspace, name: &str, today: When) -> Option<Rc<Simulation>> {
        if let Some(made) = self.scenarios.borrow().get(name) {
            return made.clone();
        }
        let scenario = &workspace.scenarios.get(name)?.value;
        let view = View::of(workspace, &scenario.design, today)?;
        let options = Options { runs: self.each.max(1), ..Options::default() };
        let made = simulate(&view, scenario, &options).ok().map(Rc::new);
        self.scenarios.borrow_mut().insert(name.to_owned(), made.clone());
        made
    }

    /// Every single failure of a design, simulated with fixed phases.
    pub fn campaign(&self, view: &View<'_>) -> Rc<Campaign> {
        if let Some(made) = self.campaigns.borrow().get(view.name) {
            return Rc::clone(made);
        }
        let made = Rc::new(campaign(view, &Options::default()));
        self.campaigns.borrow_mut().insert(view.name.to_owned(), Rc::clone(&made));
        made
    }
}
