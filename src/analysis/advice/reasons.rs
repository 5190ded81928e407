//! The reasons for which a component is better run in one form than in another.
//!
//! Each is a condition over one component and its surroundings, in the language in which a
//! comparison states its own (`prefer`). They stand from the strongest to the weakest: the first
//! that holds decides, those after it that ask for another form are said beside it.

use super::Form;
use crate::analysis::rule::{Words, words};

/// A reason for a form.
#[derive(Debug)]
pub struct Reason {
    /// The form that it asks for.
    pub form: Form,
    /// Whether a third party's service does as well: it brings machines of its own.
    pub or_managed: bool,
    /// The condition, in CEL.
    pub when: &'static str,
    /// Why.
    pub because: Words,
    /// Who says so.
    pub source: &'static str,
}

const fn reason(form: Form, when: &'static str, because: Words, source: &'static str) -> Reason {
    Reason { form, or_managed: false, when, because, source }
}

/// What stands outside a cluster, because a cluster starts from it or is reached through it.
macro_rules! outside {
    () => {
        "kind in [\"load-balancer\", \"dns\", \"directory\", \"object-storage\", \"identity-provider\", \"registry\", \"delivery\", \"secret-store\"]"
    };
}

/// Every reason, the strongest first.
pub static REASONS: &[Reason] = &[
    reason(
        Form::VirtualMachine,
        "containerizable == false",
        words("it cannot be put in a container", "il n’est pas conteneurisable"),
        "NIST SP 800-190, 2017, 2.1",
    ),
    reason(
        Form::VirtualMachine,
        "kernel != host_kernel",
        words(
            "it needs another kernel than the one that containers share there",
            "il lui faut un autre noyau que celui que les conteneurs y partagent",
        ),
        "NIST SP 800-190, 2017, 2.1",
    ),
    reason(
        Form::VirtualMachine,
        "vm_required_per in [\"client\", \"application\"]",
        words("regulation asks for a virtual machine of its own", "la réglementation impose une VM dédiée"),
        "PCI DSS v4.0.1, 2.2.3",
    ),
    reason(
        Form::VirtualMachine,
        "asil in [\"A\", \"B\", \"C\", \"D\"]",
        words(
            "its safety level asks for memory and time that nothing else can take",
            "son niveau de sûreté demande une mémoire et un temps que rien d’autre ne peut prendre",
        ),
        "ISO 26262-6:2018, annex D",
    ),
    reason(
        Form::MicroVm,
        "tenancy == \"hostile\" && packaged",
        words(
            "hostile tenants must not share a kernel, and it is a container already",
            "des locataires hostiles ne partagent pas un noyau, et il est déjà un conteneur",
        ),
        "Agache et al., Firecracker, NSDI 2020; CVE-2019-5736, CVE-2024-21626",
    ),
    reason(
        Form::VirtualMachine,
        "tenancy == \"hostile\"",
        words("hostile tenants must not share a kernel", "des locataires hostiles ne partagent pas un noyau"),
        "CVE-2019-5736, CVE-2024-21626",
    ),
    reason(
        Form::VirtualMachine,
        "kind in [\"firewall\", \"waf\"]",
        words(
            "it separates networks, and must not share a kernel with what it separates",
            "il sépare des réseaux, et ne doit pas partager un noyau avec ce qu’il sépare",
        ),
        "NIST SP 800-41 rev. 1, 2009, 3.1",
    ),
    reason(
        Form::VirtualMachine,
        "segment_kind == \"dmz\" && runs_in != \"third-party\"",
        words(
            "it stands in the DMZ: whoever breaks out of it must not land on what runs inside",
            "il est dans la DMZ : qui s’en échappe ne doit pas tomber sur ce qui tourne à l’intérieur",
        ),
        "NIST SP 800-190, 2017, 4.3.3",
    ),
    Reason {
        form: Form::VirtualMachine,
        or_managed: true,
        when: "kind == \"database\" && critical",
        because: words(
            "the institution stops without it: its data, backups and service level deserve a perimeter of their own",
            "l’institution s’arrête sans elle : ses données, ses sauvegardes et son niveau de service méritent leur propre périmètre",
        ),
        source: "Kubernetes documentation, StatefulSet Basics; DORA (EU) 2022/2554, art. 12",
    },
    reason(
        Form::Managed,
        concat!(outside!(), " && !(context in [\"finance\", \"automotive\"])"),
        words(
            "a cluster starts from it or is reached through it: it stands outside, and others run it for a living",
            "un cluster démarre à partir de lui ou s’atteint à travers lui : il reste dehors, et d’autres en font métier",
        ),
        "Kubernetes documentation, Production environment",
    ),
    Reason {
        form: Form::VirtualMachine,
        or_managed: true,
        when: concat!(outside!(), " && context in [\"finance\", \"automotive\"]"),
        because: words(
            "a cluster starts from it or is reached through it: it stands outside, on machines whose owner is accountable for it",
            "un cluster démarre à partir de lui ou s’atteint à travers lui : il reste dehors, sur des machines dont le propriétaire répond",
        ),
        source: "DORA (EU) 2022/2554, art. 28 and 30",
    },
    Reason {
        form: Form::VirtualMachine,
        or_managed: true,
        when: "kind in [\"monitoring\", \"logging\"] && tenancy == \"shared\"",
        because: words(
            "others use it too: it must outlive the cluster that it watches",
            "d’autres s’en servent aussi : il doit survivre au cluster qu’il surveille",
        ),
        source: "Beyer et al., Site Reliability Engineering, 2016, ch. 6",
    },
    Reason {
        form: Form::VirtualMachine,
        or_managed: true,
        // 8 GiB: half of a usual node, beside which little else fits.
        when: "kind in [\"monitoring\", \"logging\"] && has(requests.memory) && requests.memory >= 8589934592.0",
        because: words(
            "it is too heavy for a node that it shares with what it watches",
            "il est trop lourd pour un nœud partagé avec ce qu’il surveille",
        ),
        source: "Kubernetes documentation, Resource Management for Pods and Containers",
    },
    reason(
        Form::Both,
        "packaged && runs_in == \"partition\"",
        words(
            "a container in a partition: the image is replaced alone, and the partition keeps it from the rest",
            "un conteneur dans une partition : l’image se remplace seule, et la partition le sépare du reste",
        ),
        "Eclipse SDV, Ankaios documentation; ISO 26262-6:2018, annex D",
    ),
    reason(
        Form::Both,
        "containerizable && workload != \"none\" && cluster_nodes > 1 && nodes_are_vms",
        words(
            "on several nodes an orchestrator keeps it alive, and nodes that are VMs are made, patched and fenced one by one",
            "sur plusieurs nœuds un orchestrateur le maintient en vie, et des nœuds qui sont des VM se créent, se corrigent et s’isolent un par un",
        ),
        "Kubernetes documentation, Nodes; ReplicaSet",
    ),
    reason(
        Form::Managed,
        "runs_in == \"third-party\"",
        words(
            "a third party runs it, and nothing asks for anything else",
            "un tiers l’exploite, et rien ne demande autre chose",
        ),
        "",
    ),
    reason(
        Form::Container,
        "containerizable",
        words(
            "nothing asks for a kernel of its own: a container starts faster and takes less",
            "rien ne demande un noyau à lui : un conteneur démarre plus vite et prend moins",
        ),
        "arXiv 2602.15214; NIST SP 800-190, 2017, 2.1",
    ),
];
