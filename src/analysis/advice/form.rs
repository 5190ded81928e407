//! The forms in which a component can be run, and which of them a design chose.

use crate::analysis::view::{Home, View};
use crate::design::model::Stack;
use crate::design::model::component::Component;
use crate::design::model::stack::LayerKind;
use crate::said;
use crate::source::Said;

/// In which form something is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// In a container.
    Container,
    /// On a machine of its own: virtual, a box, or a static partition.
    VirtualMachine,
    /// In a container on virtual machines: Kubernetes on VMs, containers in a partition.
    Both,
    /// In a container with a small virtual machine around each.
    MicroVm,
    /// By somebody else.
    Managed,
}

impl Form {
    /// The word of machine output.
    pub fn word(self) -> &'static str {
        match self {
            Form::Container => "container",
            Form::VirtualMachine => "virtual-machine",
            Form::Both => "both",
            Form::MicroVm => "micro-vm",
            Form::Managed => "managed",
        }
    }

    /// What it is called.
    pub fn title(self) -> Said {
        match self {
            Form::Container => said!("container", "conteneur"),
            Form::VirtualMachine => said!("machine of its own (VM)", "machine dédiée (VM)"),
            Form::Both => said!("both: containers on VMs", "les deux : conteneurs sur VM"),
            Form::MicroVm => said!("microVM", "microVM"),
            Form::Managed => said!("managed", "géré par un tiers"),
        }
    }

    /// The form that a design chose for a component; nothing where nothing runs it, or where the
    /// design does not say what it stands on.
    pub fn chosen(view: &View<'_>, component: &Component) -> Option<Form> {
        match view.home(component) {
            Home::ThirdParty(..) => Some(Form::Managed),
            Home::Partition(..) => Some(if component.image.is_some() { Form::Both } else { Form::VirtualMachine }),
            Home::Cluster(_, cluster) => {
                let hosts = view.design.hosts.get(&cluster.workers.first()?.0)?;
                if hosts.runs_on.is_some() {
                    return Some(Form::Both);
                }
                let (_, stack) = view.stack(hosts)?;
                Some(if has(stack, &[LayerKind::MicroVm, LayerKind::Sandbox]) {
                    Form::MicroVm
                } else if has(stack, &[LayerKind::VirtualMachine, LayerKind::GuestOs]) {
                    Form::Both
                } else {
                    Form::Container
                })
            }
            Home::Hosts(_, hosts) => {
                let Some((_, stack)) = view.stack(hosts) else {
                    return hosts.runs_on.is_some().then_some(Form::VirtualMachine);
                };
                Some(
                    match (
                        has(stack, &[LayerKind::Container]),
                        has(stack, &[LayerKind::VirtualMachine, LayerKind::GuestOs]),
                    ) {
                        _ if has(stack, &[LayerKind::MicroVm]) => Form::MicroVm,
                        (true, true) => Form::Both,
                        (true, false) => Form::Container,
                        (false, _) => Form::VirtualMachine,
                    },
                )
            }
            Home::Nowhere => None,
        }
    }
}

fn has(stack: &Stack, kinds: &[LayerKind]) -> bool {
    stack.layers.iter().any(|layer| kinds.contains(&layer.kind))
}
