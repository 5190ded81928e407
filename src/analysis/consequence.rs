//! What follows if a finding is left as it is: the order in which findings are told.

use super::rule::{Words, words};

/// What is at stake, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Consequence {
    /// The description contradicts itself, or the next change is harder.
    Upkeep,
    /// A failure is noticed late, or not at all.
    Blindness,
    /// A failure takes longer to mend, or a change cannot be taken back.
    Recovery,
    /// Somebody may read, change or reach what is not theirs.
    Exposure,
    /// Users lose service or data, or somebody is hurt.
    Loss,
}

impl Consequence {
    /// What it is called.
    pub fn title(self) -> Words {
        match self {
            Consequence::Loss => words("service or data lost", "service ou données perdus"),
            Consequence::Exposure => words("open to others", "ouvert à d’autres"),
            Consequence::Recovery => words("slow to mend", "long à rétablir"),
            Consequence::Blindness => words("noticed late", "remarqué tard"),
            Consequence::Upkeep => words("hard to keep true", "difficile à tenir à jour"),
        }
    }
}

/// Rules whose consequence is not that of their family.
const RULES: [(&str, Consequence); 18] = [
    ("availability/budget-blocks-drains", Consequence::Recovery),
    ("availability/budget-keeps-broken-pods", Consequence::Recovery),
    ("availability/budget-targets-nothing", Consequence::Recovery),
    ("availability/images-in-one-place", Consequence::Recovery),
    ("availability/objective-contradicts", Consequence::Upkeep),
    ("data/backup-store-unprotected", Consequence::Exposure),
    ("data/unencrypted-volume", Consequence::Exposure),
    ("delivery/deprecated-field", Consequence::Upkeep),
    ("delivery/job-never-removed", Consequence::Upkeep),
    ("finance/no-dmz", Consequence::Exposure),
    ("finance/segmentation-not-tested", Consequence::Exposure),
    ("network/route-targets-nothing", Consequence::Loss),
    ("network/service-targets-nothing", Consequence::Loss),
    ("network/target-port-not-there", Consequence::Loss),
    ("network/unused-allowance", Consequence::Upkeep),
    ("secrets/account-not-found", Consequence::Recovery),
    ("stack/below-kubernetes-support", Consequence::Exposure),
    ("stack/provisioned-by-hand", Consequence::Recovery),
];

/// Families by what their rules mostly keep from happening.
const FAMILIES: [(&str, Consequence); 12] = [
    ("automotive", Consequence::Loss),
    ("availability", Consequence::Loss),
    ("capacity", Consequence::Loss),
    ("data", Consequence::Loss),
    ("probes", Consequence::Loss),
    ("simulation", Consequence::Loss),
    ("network", Consequence::Exposure),
    ("policy", Consequence::Exposure),
    ("secrets", Consequence::Exposure),
    ("delivery", Consequence::Recovery),
    ("finance", Consequence::Recovery),
    ("observability", Consequence::Blindness),
];

/// What is at stake where a rule is broken.
pub fn of(code: &str) -> Consequence {
    let family = code.split('/').next().unwrap_or(code);
    let rule = RULES.iter().find(|(rule, _)| *rule == code);
    rule.or_else(|| FAMILIES.iter().find(|(name, _)| *name == family))
        .map_or(if family == "stack" { Consequence::Exposure } else { Consequence::Upkeep }, |(_, consequence)| {
            *consequence
        })
}

/// Whether what is at stake is only felt through those who call the thing: an outage of what nobody
/// calls is none, lost data and a readable credential are.
pub fn needs_callers(code: &str) -> bool {
    of(code) == Consequence::Loss
        && ["availability/", "capacity/", "probes/"].iter().any(|family| code.starts_with(family))
}
