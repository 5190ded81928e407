//! What somebody observed of a failure, read from what `kubectl` printed or from a list by hand.
//!
//! [`read`] takes a text and the names of a design and gives what was seen, in the order of time,
//! counted from the first sign of the failure or from the moment that the author gives; beside it,
//! everything that is wrong with the text. [`differences`] lays it beside what was simulated.
//!
//! A format is told by what stands in the text, never by a file's name. Whatever the text is, the
//! time and memory that it costs are bounded; values that may be secret are never kept.

mod differences;
mod events;
mod json;
mod lines;
mod list;
mod log;
mod names;
mod nodes;
mod objects;
mod order;
mod pods;
mod reasons;
#[cfg(test)]
mod tests;
mod times;
mod what;

use lines::Row;
use log::Log;

use super::rule::{Words, words};
use crate::said;
use crate::source::{Diagnostic, FileId, Said, Severity, Span};
pub use differences::{Difference, How, Simulated, differences};
pub use names::{Names, component_of, machines_of};
pub use what::{Probe, What};

/// The largest text that is read, in bytes: the events and pods of a thousand nodes.
pub const MAX_BYTES: usize = 64 << 20;

/// Something that was observed.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// Seconds since the moment that is counted from; negative before it.
    pub at_s: f64,
    /// How far off it may be, either way, in seconds.
    pub precision_s: f64,
    /// What it happened to: `pod/…` as the cluster calls it, `node/…` as the design does.
    pub object: String,
    /// The component that a pod belongs to.
    pub component: Option<String>,
    /// What happened.
    pub what: What,
    /// Where the text says so.
    pub place: Span,
}

/// Where a text stands, for the places of what is wrong with it.
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    /// Where it was asked for: what concerns the whole text is said there.
    pub asked: Span,
    /// The file that the text stands in.
    pub file: FileId,
    /// The byte of that file at which the text starts.
    pub offset: usize,
}

/// What was read from a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What was observed, in the order of time.
    pub observed: Vec<Observed>,
    /// What times are counted from.
    pub since: Since,
    /// What is wrong with the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// What times are counted from.
#[derive(Debug, Clone, PartialEq)]
pub enum Since {
    /// The moment that the author gives, or at which an author's own list begins.
    Given,
    /// The first sign of the failure, which the failure itself may precede.
    FirstSign(String, What),
    /// The first thing that was seen: nothing of it is a sign of a failure.
    First,
}

/// One format of observations.
#[derive(Debug)]
pub struct Format {
    /// What it is.
    pub what: Words,
    takes: Takes,
}

#[derive(Debug)]
enum Takes {
    /// The text as a whole: whether it looks like the format, and its reader.
    Whole(fn(&str) -> bool, fn(&str, &mut Log<'_>)),
    /// A line; `true` where it is one of the format's.
    Lines(fn(&Row<'_>, &mut Log<'_>) -> bool),
}

/// Every format. Lines of several may stand in one text; the first that takes a line has it.
pub static FORMATS: &[Format] = &[
    Format {
        what: words(
            "`kubectl get events,pods,nodes -o json`, also with `--watch`",
            "`kubectl get events,pods,nodes -o json`, aussi avec `--watch`",
        ),
        takes: Takes::Whole(json::looks_like, objects::read),
    },
    Format {
        what: words("the table of `kubectl get pods -w`", "le tableau de `kubectl get pods -w`"),
        takes: Takes::Lines(pods::take),
    },
    Format {
        what: words("the table of `kubectl get nodes -w`", "le tableau de `kubectl get nodes -w`"),
        takes: Takes::Lines(nodes::take),
    },
    Format {
        what: words("the table of `kubectl get events`", "le tableau de `kubectl get events`"),
        takes: Takes::Lines(events::take),
    },
    Format {
        what: words(
            "a list of lines such as `11:35:06 node/worker-3 NotReady`",
            "une liste de lignes comme `11:35:06 node/worker-3 NotReady`",
        ),
        takes: Takes::Lines(list::take),
    },
];

/// Reads what a text observed of a cluster that a design describes. `since` is the moment that the
/// author counts from, with its place.
pub fn read(text: &str, origin: &Origin, names: &Names, since: Option<(&str, Span)>) -> Reading {
    let mut log = Log::new(origin);
    if text.len() > MAX_BYTES {
        return failed(too_large(origin.asked));
    }
    if text.trim().is_empty() {
        return failed(nothing(origin.asked, &said!("this evidence is empty", "ce relevé est vide")));
    }
    let whole = FORMATS.iter().find_map(|format| match format.takes {
        Takes::Whole(looks_like, read) if looks_like(text) => Some(read),
        _ => None,
    });
    let known = match whole {
        Some(read) => {
            read(text, &mut log);
            log.objects > 0
        }
        None => lines::read(text, &mut log),
    };
    if !known {
        return failed(unknown_format(origin.asked, text));
    }
    if log.sightings.is_empty() {
        let message = said!(
            "this evidence holds no pod, node or event that tells of a failure",
            "ce relevé ne contient aucun pod, nœud ou événement qui raconte une panne"
        );
        let mut reading = failed(nothing(origin.asked, &message));
        reading.diagnostics.splice(0..0, log.diagnostics);
        return reading;
    }
    if log.too_much {
        log.diagnostics.push(too_much(origin.asked));
    }
    order::order(log, names, since)
}

/// The bytes of a file as text: UTF-8, or UTF-16 as PowerShell writes what it redirects; `None` where
/// they are no text.
pub fn decode(bytes: &[u8]) -> Option<String> {
    let wide = |pair: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|two| pair([two[0], two[1]])).collect();
        String::from_utf16(&units).ok()
    };
    let text = match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes)?,
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes)?,
        _ => std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}').to_owned(),
    };
    (!text.contains('\0')).then_some(text)
}

/// The text as it may be shown beside a diagnostic: what may be secret is dots, as long as it was.
pub fn masked(text: &str) -> String {
    if json::looks_like(text) {
        return json::masked(text);
    }
    let here = Span { file: FileId(0), start: 0, end: 0 };
    let origin = Origin { asked: here, file: FileId(0), offset: 0 };
    lines::masked(text, &mut Log::new(&origin))
}

fn failed(diagnostic: Diagnostic) -> Reading {
    Reading { observed: Vec::new(), since: Since::First, diagnostics: vec![diagnostic] }
}

/// A text over the limit; also said of a file that is not even read for that.
pub fn too_large(place: Span) -> Diagnostic {
    let message = said!(
        "this evidence is larger than {mib} MiB and was not read",
        "ce relevé dépasse {mib} Mio et n’a pas été lu",
        mib = MAX_BYTES >> 20
    );
    Diagnostic::error("observed/too-large", place, message).help(record())
}

fn too_much(place: Span) -> Diagnostic {
    let message = said!(
        "this evidence tells more than is kept; its end was not read",
        "ce relevé raconte plus que ce qui est gardé ; sa fin n’a pas été lue"
    );
    Diagnostic::error("observed/too-large", place, message).severity(Severity::Warning).help(record())
}

fn record() -> Said {
    said!(
        "record the namespace of the design, from shortly before the failure until it is over",
        "enregistrez le namespace de la conception, de peu avant la panne jusqu’à son terme"
    )
}

fn nothing(place: Span, message: &Said) -> Diagnostic {
    Diagnostic::error("observed/nothing-in-it", place, message.clone()).help(said!(
        "record with `kubectl get events,pods -o json` while it can still be seen: events are kept for an hour",
        "enregistrez avec `kubectl get events,pods -o json` tant que cela se voit : les événements sont gardés une heure"
    ))
}

fn unknown_format(place: Span, text: &str) -> Diagnostic {
    let message = said!("this is in no format that is read as evidence", "ce relevé n’est dans aucun format connu");
    let is_yaml = text.lines().take(50).any(|line| line.starts_with("apiVersion:"));
    let help = if is_yaml {
        said!("record with `-o json` instead of `-o yaml`", "enregistrez avec `-o json` plutôt que `-o yaml`")
    } else {
        let formats: Vec<Said> = FORMATS.iter().map(|format| format.what.said()).collect();
        said!("formats: {list}", "formats : {list}", list = Said::join(&formats, "; "))
    };
    Diagnostic::error("observed/unknown-format", place, message).help(help)
}
