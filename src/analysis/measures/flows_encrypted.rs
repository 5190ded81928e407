//! `flows-encrypted`

use crate::analysis::derived::Derived;
use crate::analysis::exposure::{Privacy, privacy_of};
use crate::analysis::measure::{Measure, Value, Work, names, not_applicable, parts};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::design::quantity::Share;
use crate::said;
use crate::source::{Said, Show};

/// How many of the flows nobody on the wire can read.
pub static MEASURE: Measure = Measure {
    id: "flows-encrypted",
    title: words("Flows encrypted", "Flux chiffrés"),
    explains: words(
        "Of the flows that cross a network and are not public by nature (names, the time of day), the share that is encrypted: the protocol encrypts, or the design says so. A flow whose protocol can be spoken both ways and of which nobody says how is named, and makes the share a lower bound.",
        "Parmi les flux qui traversent un réseau et ne sont pas publics par nature (noms, heure), la part qui est chiffrée : le protocole chiffre, ou la conception le dit. Un flux dont le protocole se parle des deux façons et dont personne ne dit laquelle est nommé, et la part devient un minorant.",
    ),
    better: Some(Better::Higher),
    unit: "share",
    sources: &["PCI DSS v4.0.1, 4.2.1", "NIST SP 800-207, Zero Trust Architecture, 2020, 2.1"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let (mut encrypted, mut all) = (0u32, 0u32);
    let (mut plain, mut unsaid): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut derived = Derived::new((), Said::default());
    for name in view.design.connections.keys() {
        let Some(privacy) = privacy_of(view, name) else { continue };
        match privacy.value {
            Privacy::Public | Privacy::Link => {}
            Privacy::Encrypted => (encrypted, all) = (encrypted + 1, all + 1),
            Privacy::Plain | Privacy::Contradicted => {
                all += 1;
                plain.push(name);
            }
            Privacy::Unsaid => {
                all += 1;
                unsaid.push(name);
            }
        }
        derived = derived.from_facts(privacy.facts);
    }
    if all == 0 {
        return not_applicable(said!("no flow crosses a network", "aucun flux ne traverse un réseau"));
    }
    let share = f64::from(encrypted) / f64::from(all);
    let mut said =
        vec![said!("{encrypted} of {all} flows", "{encrypted} flux sur {all}", encrypted = encrypted, all = all)];
    if !plain.is_empty() {
        said.push(said!("in plain text: {who}", "en clair : {who}", who = names(&plain)));
    }
    let text = Said::by(|lang| Share::of((share * 100.0).round() / 100.0).show(lang));
    let mut value = Value::number(share, text);
    if !unsaid.is_empty() {
        let who = names(&unsaid);
        said.push(said!("not said: {who}", "non dit : {who}", who = who));
        value = value.without(vec![who]);
    }
    derived.formula = parts(&said);
    derived.map(|()| value)
}
