//! How a design is drawn, where the author pins it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::BoxName;

/// How the content of a site, a cluster, a host group, a partition, a third party or a segment is set.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// Whether what follows stands below or to the right.
    pub direction: Option<Way>,
    /// What stands in it, the first one first; what is left out follows.
    #[serde(default)]
    pub order: Vec<BoxName>,
}

/// The way in which a drawing is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// What follows stands below.
    Down,
    /// What follows stands to the right.
    Right,
}
