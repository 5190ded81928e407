//! `kind: stack`: layers from the ground up, the thing containers and virtual machines differ in.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

use super::names::{Name, TeamName};
use crate::design::quantity::{Bytes, Duration};
use crate::design::text::{Fact, Text, When};
use crate::said;
use crate::source::{Lang, Said, Show};

/// A stack of layers.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stack {
    /// Always `stack`.
    pub kind: StackKind,
    /// The stack's name.
    pub name: Name,
    /// The title, in one language or in several.
    pub title: Option<Text>,
    /// The layers from the ground up.
    pub layers: Vec<Layer>,
    /// What does not follow from the layers, with its source.
    #[serde(default)]
    #[schemars(schema_with = "named_facts")]
    pub facts: IndexMap<String, StackFact>,
}

fn named_facts(generator: &mut SchemaGenerator) -> Schema {
    // A range stands only under `value`: beside it, a mapping is the evidence.
    let value = generator.subschema_for::<FactValue>();
    let name = generator.subschema_for::<Name>();
    json_schema!({
        "type": "object",
        "propertyNames": name,
        "additionalProperties": {
            "type": ["string", "array", "object"],
            "items": {"type": "string"},
            "properties": {
                "value": value,
                "source": generator.subschema_for::<Text>(),
                "as_of": generator.subschema_for::<When>(),
                "conditions": generator.subschema_for::<Text>(),
            },
            "required": ["value"],
            "additionalProperties": false,
            "x-atomic": true,
        },
    })
}

/// The document kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StackKind {
    /// A stack of layers.
    Stack,
}

/// One layer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// What it is, in the field's terms.
    pub kind: LayerKind,
    /// What there is one of it for: this decides what is shared.
    pub per: Per,
    /// How many of it stand on one host, for a layer per VM.
    #[schemars(range(min = 1, max = 10_000))]
    pub per_host: Option<u32>,
    /// The product.
    pub product: Option<String>,
    /// The kernel it brings: a family such as `linux`, or `own`.
    pub kernel: Option<String>,
    /// What isolates the instances of this layer from each other.
    #[serde(default)]
    pub isolation: Vec<Isolation>,
    /// Memory that one instance takes before any application runs.
    pub memory: Option<Fact<Bytes>>,
    /// Time one instance takes to boot or start once it is there.
    pub boot: Option<Fact<Duration>>,
    /// Time it takes to be given one instance.
    pub provision: Option<Fact<Duration>>,
    /// Time it takes to fetch its image, where it is not local.
    pub image_pull: Option<Fact<Duration>>,
    /// Who patches it.
    pub patched_by: Option<TeamName>,
    /// Who operates it.
    pub operated_by: Option<TeamName>,
    /// Whether a hypervisor gives its guests fixed cores and memory, or schedules them.
    pub scheduling: Option<Scheduling>,
}

/// What a layer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LayerKind {
    /// The machine.
    Hardware,
    /// Firmware and boot loader.
    Firmware,
    /// The operating system of the machine.
    HostOs,
    /// What runs virtual machines.
    Hypervisor,
    /// A virtual machine.
    VirtualMachine,
    /// A minimal virtual machine made for one container.
    MicroVm,
    /// A static share of a SoC.
    Partition,
    /// The operating system inside a virtual machine or a partition.
    GuestOs,
    /// What starts containers.
    ContainerRuntime,
    /// A kernel in user space between container and kernel.
    Sandbox,
    /// What decides where containers run, and its agent on a node.
    Orchestrator,
    /// Containers that share a network and live together.
    Pod,
    /// A process with its own namespaces and control groups.
    Container,
    /// The application.
    Application,
}

impl LayerKind {
    /// What the layer is called.
    pub fn title(self) -> Said {
        match self {
            LayerKind::Hardware => said!("hardware", "matériel"),
            LayerKind::Firmware => said!("firmware", "micrologiciel"),
            LayerKind::HostOs => said!("host OS", "OS hôte"),
            LayerKind::Hypervisor => said!("hypervisor", "hyperviseur"),
            LayerKind::VirtualMachine => said!("VM", "VM"),
            LayerKind::MicroVm => said!("microVM", "microVM"),
            LayerKind::Partition => said!("partition", "partition"),
            LayerKind::GuestOs => said!("guest OS", "OS invité"),
            LayerKind::ContainerRuntime => said!("container runtime", "moteur de conteneurs"),
            LayerKind::Sandbox => said!("sandbox", "bac à sable"),
            LayerKind::Orchestrator => said!("orchestrator", "orchestrateur"),
            LayerKind::Pod => said!("pod", "pod"),
            LayerKind::Container => said!("container", "conteneur"),
            LayerKind::Application => said!("app", "app"),
        }
    }
}

/// What there is one of a layer for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// One for each physical machine.
    Host,
    /// One for each virtual machine or partition.
    Vm,
    /// One for each application.
    Application,
}

impl Per {
    /// In words: one for each …
    pub fn title(self) -> Said {
        match self {
            Per::Host => said!("host", "hôte"),
            Per::Vm => said!("VM", "VM"),
            Per::Application => said!("application", "application"),
        }
    }
}

/// What keeps instances apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Isolation {
    /// Kernel namespaces.
    Namespaces,
    /// Control groups.
    Cgroups,
    /// A filter of system calls.
    Seccomp,
    /// A kernel in user space.
    UserSpaceKernel,
    /// The processor's virtualisation.
    HardwareVirtualisation,
    /// Cores that belong to one instance.
    PinnedCores,
    /// Memory that is fixed at boot.
    StaticMemory,
}

impl Isolation {
    /// What the mechanism is called.
    pub fn title(self) -> Said {
        match self {
            Isolation::Namespaces => said!("namespaces", "namespaces"),
            Isolation::Cgroups => said!("cgroups", "cgroups"),
            Isolation::Seccomp => said!("seccomp", "seccomp"),
            Isolation::UserSpaceKernel => said!("user-space kernel", "noyau en espace utilisateur"),
            Isolation::HardwareVirtualisation => said!("hardware virtualisation", "virtualisation matérielle"),
            Isolation::PinnedCores => said!("pinned cores", "cœurs réservés"),
            Isolation::StaticMemory => said!("static memory", "mémoire figée"),
        }
    }
}

/// How a hypervisor shares the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scheduling {
    /// Fixed at boot.
    Static,
    /// Decided while running.
    Dynamic,
}

/// A fact about a stack that does not follow from its layers.
pub type StackFact = Fact<FactValue>;

/// A word, a quantity, a range of quantities, or several words.
#[derive(Debug, Clone, PartialEq)]
pub enum FactValue {
    /// A word or a quantity, as written.
    One(String),
    /// From a quantity to another.
    Range(String, String),
    /// Several words.
    Several(Vec<String>),
}

impl Show for FactValue {
    fn show(&self, lang: Lang) -> String {
        match self {
            FactValue::One(text) => show_scalar(text, lang),
            FactValue::Range(from, to) => {
                let to_word = if lang == Lang::En { "to" } else { "à" };
                format!("{} {to_word} {}", show_scalar(from, lang), show_scalar(to, lang))
            }
            FactValue::Several(words) => words.join(", "),
        }
    }
}

/// A typed-in scalar: a quantity in the language's own way, a known word, or the text itself.
pub fn show_scalar(text: &str, lang: Lang) -> String {
    use crate::design::quantity::{BytesTag, Cpu, DurationTag, Quantity, ShareTag};
    if let Ok(value) = Quantity::<BytesTag>::parse(text) {
        return value.show(lang);
    }
    if let Ok(value) = Quantity::<DurationTag>::parse(text) {
        return value.show(lang);
    }
    if let Ok(value) = Quantity::<ShareTag>::parse(text) {
        return value.show(lang);
    }
    if let Ok(value) = Cpu::parse(text) {
        return value.show(lang);
    }
    let french = match text {
        "supported" => "possible",
        "unsupported" => "impossible",
        "host-devices" => "périphériques de l’hôte",
        "passthrough" => "accès direct (passthrough)",
        "none" => "aucun",
        "basic" => "notions",
        "solid" => "solide",
        "expert" => "expert",
        "partial" => "partiel",
        other => other,
    };
    if lang == Lang::Fr { french.to_owned() } else { text.replace("host-devices", "host devices") }
}

impl<'de> Deserialize<'de> for FactValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FactValue, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = FactValue;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a word, a quantity, a range or a list of words")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<FactValue, E> {
                Ok(FactValue::One(text.to_owned()))
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<FactValue, A::Error> {
                let mut words = Vec::new();
                while let Some(word) = items.next_element()? {
                    words.push(word);
                }
                Ok(FactValue::Several(words))
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<FactValue, A::Error> {
                #[derive(Deserialize)]
                struct Range {
                    from: String,
                    to: String,
                }
                let Range { from, to } = Range::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(FactValue::Range(from, to))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for FactValue {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "fact-value".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A word, a quantity, a range (`{from, to}`) or a list of words.",
            "type": ["string", "array", "object"],
            "items": {"type": "string"},
            "properties": {"from": {"type": "string"}, "to": {"type": "string"}},
            "required": ["from", "to"],
            "additionalProperties": false,
        })
    }
}
