//! Names, and what each may refer to.

use std::fmt;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use crate::source::{Lang, Show};

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident $id:literal $refers:tt;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
        impl Show for $name {
            fn show(&self, _: Lang) -> String { self.0.clone() }
        }
        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { $id.into() }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "pattern": "^[a-z][a-z0-9-]*$", "x-name": true, "x-ref": $refers})
            }
        }
    )*};
}

names! {
    /// A name that is declared here.
    Name "name" [];
    /// A stack of the workspace.
    StackName "stack-name" ["stack"];
    /// A design of the workspace.
    DesignName "design-name" ["design"];
    /// A stack or a design of the workspace.
    SubjectName "subject-name" ["stack", "design"];
    /// A scenario of the workspace.
    ScenarioName "scenario-name" ["scenario"];
    /// A context: `cloud`, `automotive`, `finance`, `lab`, or a profile of `epure.yaml`.
    ContextName "context-name" ["contexts"];
    /// A team of `epure.yaml`.
    TeamName "team-name" ["teams"];
    /// A site or one of its zones.
    SiteName "site-name" ["sites", "zones"];
    /// A place that runs components: a cluster, a host group, a partition or a third party.
    PlaceName "place-name" ["clusters", "hosts", "partitions", "third_parties"];
    /// Something that is drawn as a box around others.
    FrameName "frame-name" ["sites", "clusters", "hosts", "partitions", "third_parties", "segments"];
    /// Something that is drawn as a box.
    BoxName "box-name" ["components", "sites", "clusters", "hosts", "partitions", "third_parties", "segments"];
    /// A host group.
    HostName "host-name" ["hosts"];
    /// A third party.
    ThirdPartyName "third-party-name" ["third_parties"];
    /// A segment.
    SegmentName "segment-name" ["segments"];
    /// A component.
    ComponentName "component-name" ["components"];
    /// A connection.
    ConnectionName "connection-name" ["connections"];
    /// A function.
    FunctionName "function-name" ["functions"];
    /// A namespace of a cluster.
    NamespaceName "namespace-name" ["namespaces"];
    /// A secret that some component or cluster of the design holds.
    SecretName "secret-name" ["secrets"];
    /// A function or a component.
    TargetName "target-name" ["functions", "components", "clusters", "hosts", "segments"];
}
