//! A replay as the page's template sees it.

use serde::Serialize;

use crate::figure::{Body, replay::Replay, topology::NodeState, typeset::plain};
use crate::report::{
    drawn,
    linked::Linked,
    sheet::{Names, broad},
};

/// A failure that the page can play; the script reads it from the list of moments.
#[derive(Debug, Serialize)]
pub(super) struct Playing {
    title: String,
    /// The start of every id in the drawing.
    prefix: String,
    drawing: String,
    /// Whether the drawing is too wide to be made smaller on a screen.
    broad: bool,
    until: String,
    worst: String,
    moments: Vec<Moment>,
    components: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Moment {
    t: String,
    when: String,
    says: Vec<(String, String)>,
    /// `component:state:ready:wanted:served`, blanks between.
    states: String,
}

impl Playing {
    pub(super) fn new(replay: &Replay, linked: &Linked<'_>, names: &mut Names) -> Option<Playing> {
        let Body::Drawing(_) = &replay.topology.body else { return None };
        let prefix = names.unique("replay-drawing");
        let drawing = drawn::inline(&replay.topology, &prefix, linked)?;
        let mut components: Vec<String> = Vec::new();
        let moments = replay.moments.iter().map(|moment| {
            let mut states = Vec::new();
            for change in &moment.changes {
                if !components.contains(&change.component) {
                    components.push(change.component.clone());
                }
                let state = match change.state {
                    NodeState::Normal => "ok",
                    NodeState::Degraded => "less",
                    NodeState::Down => "down",
                };
                let served = (change.served * 100.0).round();
                states.push(format!("{}:{state}:{}:{}:{served}", change.component, change.ready, change.wanted));
            }
            Moment {
                t: short(moment.t_s),
                when: moment.when.clone(),
                says: moment.says.iter().map(|(who, what)| (who.clone(), plain(what).into_owned())).collect(),
                states: states.join(" "),
            }
        });
        let moments = moments.collect();
        let title = replay.topology.title.clone();
        Some(Playing {
            title,
            prefix,
            drawing,
            broad: broad(&replay.topology),
            until: short(replay.until_s),
            worst: short(replay.worst_s),
            moments,
            components,
        })
    }
}

/// Seconds with at most three decimals.
fn short(seconds: f64) -> String {
    let text = format!("{seconds:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
