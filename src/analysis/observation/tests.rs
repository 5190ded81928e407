//! What the formats read, what bad input gets, and what holds for any text.

use std::collections::BTreeMap;

use super::*;
use crate::source::Sources;

mod bad_input;
mod json;
mod sides;
mod tables;

/// The names of the sample design, as far as they matter here.
fn design() -> Names {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Names {
        components: owned(&["quote-app", "quote-db", "quote", "agent"]),
        nodes: owned(&["workers-1", "workers-2", "workers-3"]),
        given: BTreeMap::new(),
    }
}

/// A text read as evidence, with the file that it stands in.
fn read_as(text: &str, names: &Names, since: Option<&str>) -> (Reading, Sources) {
    let mut sources = Sources::default();
    let fence = sources.add("report.md", "observed: evidence/it");
    let file = sources.add("evidence/it", text);
    let asked = Span { file: fence, start: 10, end: 21 };
    let origin = Origin { asked, file, offset: 0 };
    (read(text, &origin, names, since.map(|since| (since, asked))), sources)
}

fn reading(text: &str) -> Reading {
    read_as(text, &design(), None).0
}

/// What was observed in lines: time, object or component, what.
fn told(reading: &Reading) -> Vec<String> {
    let line = |seen: &Observed| {
        let object = seen.component.as_deref().unwrap_or(&seen.object);
        format!("{:.2} {object} {}", seen.at_s, seen.what.said().en)
    };
    reading.observed.iter().map(line).collect()
}

fn codes(reading: &Reading) -> Vec<&str> {
    reading.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect()
}

#[test]
fn a_pod_belongs_to_the_longest_name_that_fits() {
    let of = |pod| component_of(pod, ["quote-app", "quote-db", "quote", "agent", "quote-app-canary"]);
    assert_eq!(of("quote-app-7d9c6b7f5-x2x1z"), Some("quote-app"));
    assert_eq!(of("quote-app-canary-7d9c6b7f5-x2x1z"), Some("quote-app-canary"));
    assert_eq!(of("quote-db-0"), Some("quote-db"));
    assert_eq!(of("quote-12"), Some("quote"));
    assert_eq!(of("agent-bcdfg"), Some("agent"), "a DaemonSet's five letters have no vowels");
    assert_eq!(of("quote-app-29431520-kx7w2"), Some("quote-app"), "a CronJob's");
    assert_eq!(of("quote-redis"), None, "a word is no hash");
    assert_eq!(of("quote-app-worker-7d9c6b7f5-x2x1z"), None, "another Deployment");
    assert_eq!(of("coredns-668d6bf9bc-2xk4v"), None);
    assert_eq!(of(""), None);
}

#[test]
fn nodes_are_given_or_of_the_same_name_or_in_order() {
    let mut names = design();
    names.given.insert("ip-10-0-1-7".into(), "workers-2".into());
    let found = machines_of(["ip-10-0-1-9", "workers-3", "ip-10-0-1-7", "ip-10-0-1-8", "ip-10-0-1-9"], &names);
    assert_eq!(found["ip-10-0-1-9"], "workers-1");
    assert_eq!(found["workers-3"], "workers-3");
    assert_eq!(found["ip-10-0-1-7"], "workers-2");
    assert!(!found.contains_key("ip-10-0-1-8"), "no machine is left for it");
}

#[test]
fn moments_are_read_as_clusters_shells_and_people_write_them() {
    use super::times::{Line, age, leading};
    let zoned = |text: &str| {
        let (moment, rest) = leading(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(rest, "x", "{text}");
        (moment.line, (moment.at_s % 86_400.0 * 1000.0).round() / 1000.0, moment.precision_s)
    };
    let noon = 12.0 * 3600.0 + 9.0 * 60.0 + 30.0;
    for text in [
        "2026-11-26T12:09:30Z x",
        "2026-11-26 13:09:30+01:00 x",
        "2026-11-26T07:09:30-0500 x",
        "Thu Nov 26 12:09:30 UTC 2026 x",
        "Thu Nov 26 12:09:30 PM UTC 2026 x",
        "Thu 26 Nov 2026 12:09:30 GMT x",
        "jeu. 26 nov. 2026 13:09:30 CET x",
        "mar. 3 mars 2026 13:09:30 CET x",
        "[2026-11-26T12:09:30Z] x",
    ] {
        assert_eq!(zoned(text), (Line::Zoned, noon, 1.0), "{text}");
    }
    assert_eq!(zoned("2026-11-26T12:09:30.123456Z x"), (Line::Zoned, noon + 0.123, 1e-6));
    assert_eq!(zoned("12:09:30 x"), (Line::OfDay, noon, 1.0));
    assert_eq!(zoned("12:09:30,98 x"), (Line::OfDay, noon + 0.98, 0.01));
    assert_eq!(zoned("Nov 26 12:09:30 x"), (Line::Local, noon, 1.0));
    assert_eq!(zoned("+43.98 s x"), (Line::Offset, 43.98, 0.01));
    assert_eq!(zoned("+5m49s x"), (Line::Offset, 349.0, 1.0));
    assert_eq!(zoned("+1 min 30 s x"), (Line::Offset, 90.0, 1.0));
    for text in ["25:00:00 x", "12:09 x", "2026-02-30T12:00:00Z x", "+x", "noon", "", "é", "12:09:30x", "1234567890"] {
        assert!(leading(text).is_none(), "{text}");
    }
    assert_eq!(age("47s"), Some((47.0, 1.0)));
    assert_eq!(age("5m2s"), Some((302.0, 1.0)));
    assert_eq!(age("5m"), Some((300.0, 1.0)));
    assert_eq!(age("12m"), Some((720.0, 60.0)));
    assert_eq!(age("3d4h"), Some((273_600.0, 3600.0)));
    assert_eq!([age(""), age("5"), age("s"), age("4h3d"), age("9999999s")], [None; 5]);
}

#[test]
fn words_of_every_kind_exist_in_both_languages() {
    for what in
        [What::PodCreated, What::PodPending("x".into()), What::ProbeFailed(Probe::Startup), What::PodRestarted(2)]
    {
        let said = what.said();
        assert!(!said.en.is_empty() && !said.fr.is_empty(), "{what:?}");
    }
    assert_eq!(What::from_words("pod", "Readiness probe failed"), What::ProbeFailed(Probe::Readiness));
    assert_eq!(What::from_words("pod", "restarted (2)"), What::PodRestarted(2));
    assert_eq!(What::from_words("pod", "Pending: 3 Insufficient cpu"), What::PodPending("3 insufficient cpu".into()));
    assert_eq!(What::from_words("node", "Not Ready."), What::NodeNotReady);
    assert_eq!(What::from_words("node", "power off"), What::Other("power off".into()));
}
