//! What a design is for and how it is kept: functions, exercises, decisions, risks, waivers.

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::{ComponentName, FunctionName, SegmentName, TargetName, TeamName};
use crate::design::quantity::{Duration, Period, Rate, Share};
use crate::design::text::{Text, When};

/// What the design is for, and what its loss may cost.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// The components it needs.
    #[schemars(length(min = 1))]
    pub uses: Vec<ComponentName>,
    /// How much it matters to the institution (DORA's words).
    pub criticality: Option<Criticality>,
    /// The most requests that arrive.
    pub peak_load: Option<Rate>,
    /// The share of time in which it works.
    pub availability: Option<Share>,
    /// The time under which 99 of 100 requests are answered.
    pub latency_p99: Option<Duration>,
    /// The maximum tolerable period of disruption (ISO 22301).
    pub tolerable: Option<Duration>,
    /// What is promised for each disruption.
    pub recovery: Option<Recovery>,
}

/// DORA's two classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Criticality {
    /// Its disruption would materially impair the institution.
    CriticalOrImportant,
    /// Any other function.
    Ordinary,
}

/// What is promised for each disruption.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recovery {
    /// A process or pod fails.
    pub software: Option<Objective>,
    /// A machine fails.
    pub node: Option<Objective>,
    /// A zone or a room fails.
    pub zone: Option<Objective>,
    /// A datacentre fails.
    pub site: Option<Objective>,
    /// A region fails.
    pub region: Option<Objective>,
    /// Data become wrong, and replication copies the mistake.
    pub corruption: Option<Objective>,
}

impl Recovery {
    /// The objectives that are stated, with the word of their disruption.
    pub fn stated(&self) -> impl Iterator<Item = (Disruption, &Objective)> {
        [
            (Disruption::Software, &self.software),
            (Disruption::Node, &self.node),
            (Disruption::Zone, &self.zone),
            (Disruption::Site, &self.site),
            (Disruption::Region, &self.region),
            (Disruption::Corruption, &self.corruption),
        ]
        .into_iter()
        .filter_map(|(word, objective)| Some((word, objective.as_ref()?)))
    }
}

/// What fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Disruption {
    /// A process or pod.
    Software,
    /// A machine.
    Node,
    /// A zone or a room.
    Zone,
    /// A datacentre.
    Site,
    /// A region.
    Region,
    /// The data.
    Corruption,
}

impl Disruption {
    /// The word as it is written.
    pub fn word(self) -> &'static str {
        match self {
            Disruption::Software => "software",
            Disruption::Node => "node",
            Disruption::Zone => "zone",
            Disruption::Site => "site",
            Disruption::Region => "region",
            Disruption::Corruption => "corruption",
        }
    }
}

/// Recovery objectives (ISO 22301).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-atomic" = true))]
pub struct Objective {
    /// The time after which it works again (recovery time objective).
    pub rto: Duration,
    /// The data that may be lost, as a time (recovery point objective).
    pub rpo: Duration,
}

/// Something that was tried for real.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exercise {
    /// What was tried.
    pub kind: ExerciseKind,
    /// On what.
    pub of: Vec<TargetName>,
    /// For which disruption's objective it counts.
    pub disruption: Option<Disruption>,
    /// When.
    pub date: When,
    /// How long it took.
    pub took: Option<Duration>,
    /// How much data were lost, as a time.
    pub lost: Option<Duration>,
    /// Whether it ran on systems that are segregated from the source.
    pub segregated: Option<bool>,
    /// Where the record is kept.
    pub evidence: Option<String>,
}

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExerciseKind {
    /// A backup was restored.
    Restore,
    /// Service moved to the other site.
    SiteSwitch,
    /// Everything was built anew elsewhere.
    Rebuild,
    /// A segment's borders were tried.
    SegmentationTest,
    /// An update was taken back.
    Rollback,
    /// A fault was injected.
    FaultInjection,
}

/// A decision, in the words of MADR.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The title.
    pub title: Text,
    /// What was considered.
    pub options: Vec<String>,
    /// What was chosen.
    pub chosen: String,
    /// Why.
    pub because: Text,
    /// Where it stands.
    pub status: DecisionStatus,
    /// When it was decided.
    pub date: Option<When>,
}

/// Where a decision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionStatus {
    /// Not decided yet.
    Proposed,
    /// Decided.
    Accepted,
    /// Decided against.
    Rejected,
    /// No longer in force.
    Superseded,
}

/// A risk that is known.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// The title.
    pub title: Text,
    /// What it threatens.
    pub of: Vec<FunctionName>,
    /// How likely it is.
    pub likelihood: Level,
    /// How much it would hurt.
    pub impact: Level,
    /// What is done about it.
    pub response: Response,
    /// Through what: addresses of exercises, waivers or components.
    #[serde(default)]
    pub through: Vec<String>,
    /// Who answers for it.
    pub owner: Option<TeamName>,
}

/// Low to high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
}

/// What is done about a risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Response {
    /// It is made smaller.
    Mitigate,
    /// It is borne.
    Accept,
    /// Somebody else bears it.
    Transfer,
    /// What causes it is not done.
    Avoid,
}

/// A finding that is accepted, in writing, for a time.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The rule's code; `*` stands for any part, as in `probes/*`.
    pub rule: String,
    /// What it is waived for: an address within the design, such as `connections.serve`, and all that is
    /// under it; `*` stands for any name, `**` for anything.
    pub target: String,
    /// Why it is accepted.
    pub reason: Text,
    /// Who answers for it.
    pub owner: TeamName,
    /// The last day on which it is accepted.
    pub until: When,
}

/// A network trust zone.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// What kind of segment it is.
    pub kind: Option<SegmentKind>,
    /// How far what stands in it is trusted.
    pub trust: Trust,
    /// What happens to a flow that nothing allows.
    pub default: Option<DefaultPolicy>,
    /// What may come in.
    #[serde(default)]
    pub allows: Vec<Allowance>,
    /// The regulations in whose scope it is.
    #[serde(default)]
    pub scope: Vec<Regulation>,
    /// When its borders were last tried.
    pub tested: Option<When>,
}

/// What kind of segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SegmentKind {
    /// Between outside and inside.
    Dmz,
}

/// How far a segment is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    /// Anybody may be there.
    Untrusted,
    /// Ours.
    Internal,
    /// Ours, and for few.
    Restricted,
}

/// What happens to a flow that nothing allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DefaultPolicy {
    /// It is refused.
    Deny,
    /// It passes.
    Allow,
}

/// A flow that may come in.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// From which segment.
    pub from: SegmentName,
    /// To which port.
    #[schemars(range(min = 1, max = 65_535))]
    pub port: u16,
    /// Through which enforcement point.
    pub through: Option<ComponentName>,
}

/// A regulation's scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Regulation {
    /// Card data (PCI DSS).
    Pci,
}

/// How a design can be left (DORA art. 28).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exit {
    /// Where the plan is kept.
    pub plan: String,
    /// How long leaving takes.
    pub takes: Period,
    /// When it was last tried.
    pub tested: Option<When>,
}
