//! What is worked out once for one workspace on one day, however many figures and languages show it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::comparison::{Compared, compare_in};
use super::simulation::{Options, Simulation, simulate};
use super::view::{Memo, View};
use crate::design::Workspace;
use crate::design::text::When;
use crate::source::Diagnostic;

/// What was simulated, reviewed and compared so far. It belongs to one workspace and one day: another needs
/// another. Threads may share it: who comes second waits for the first.
#[derive(Debug, Default)]
pub struct Runs {
    /// How many runs a scenario has; 1 has fixed phases alone.
    each: u32,
    scenarios: Kept<OnceLock<Option<Arc<Simulation>>>>,
    designs: Kept<Memo>,
    comparisons: Kept<OnceLock<Arc<WorkedOut>>>,
}

/// A comparison, and everything that is wrong with it.
pub type WorkedOut = (Compared, Vec<Diagnostic>);

/// By name, each worked out by who asks first.
type Kept<T> = Mutex<BTreeMap<String, Arc<T>>>;

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

    /// The view of a design of the workspace, with what earlier views of it have worked out.
    pub fn view<'a>(&self, workspace: &'a Workspace, name: &str, today: When) -> Option<View<'a>> {
        Some(View::of(workspace, name, today)?.sharing(kept(&self.designs, name)))
    }

    /// A scenario of the workspace, simulated; `None` where what it asks cannot happen to its design.
    pub fn scenario(&self, workspace: &Workspace, name: &str, today: When) -> Option<Arc<Simulation>> {
        let scenario = &workspace.scenarios.get(name)?.value;
        let made = || {
            let view = self.view(workspace, &scenario.design, today)?;
            let options = Options { runs: self.each.max(1), ..Options::default() };
            simulate(&view, scenario, &options).ok().map(Arc::new)
        };
        kept(&self.scenarios, name).get_or_init(made).clone()
    }

    /// A comparison of the workspace, worked out.
    pub fn compared(&self, workspace: &Workspace, name: &str, today: When) -> Option<Arc<WorkedOut>> {
        let doc = workspace.comparisons.get(name)?;
        let made = || Arc::new(compare_in(workspace, &doc.value, &doc.root, today, self));
        Some(kept(&self.comparisons, name).get_or_init(made).clone())
    }
}

/// What is kept under a name. A thread that panicked leaves a map that is whole all the same.
fn kept<T: Default>(map: &Kept<T>, name: &str) -> Arc<T> {
    let mut map = map.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = map.get(name) {
        return Arc::clone(found);
    }
    Arc::clone(map.entry(name.to_owned()).or_default())
}
