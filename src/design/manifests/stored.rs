//! Where data lives: from where a claim's volume can be attached, as its StorageClass or its
//! PersistentVolume tell.

use super::pieces::{said, text};
use super::{Object, Unit};
use crate::source::Node;

/// Kinds of volumes that only one machine has.
const OF_A_NODE: [&str; 5] = ["local", "no-provisioner", "hostpath", "hostPath", "topolvm"];
/// Kinds of volumes that every machine of a zone can attach.
const OF_A_ZONE: [&str; 8] =
    ["ebs", "gce-pd", "pd.csi", "azure-disk", "disk.csi", "cinder", "awsElasticBlockStore", "gcePersistentDisk"];
/// Kinds of volumes that every machine of a site can attach.
const OF_A_SITE: [&str; 9] =
    ["efs", "nfs", "filestore", "azure-file", "file.csi", "cephfs", "rbd", "azureFile", "glusterfs"];

/// From where the volume of a workload's claim can be attached.
pub fn reach(unit: &Unit, object: &Object, claim: &Node) -> Option<Node> {
    let class = claim.get("storageClassName").and_then(Node::scalar).filter(|text| !text.is_empty());
    let provisioner = class.and_then(|class| {
        let (_, class) = unit.of_kind("StorageClass").find(|(_, object)| object.name == class)?;
        class.root.get("provisioner")
    });
    if let Some(node) = provisioner
        && let Some(word) = word(node.scalar().unwrap_or(""))
    {
        return Some(said(node, word));
    }
    let volume = volume(unit, object, claim)?;
    let spec = volume.root.get("spec")?;
    if let Some(driver) = spec.get("csi").and_then(|csi| csi.get("driver")) {
        return Some(said(driver, word(driver.scalar()?)?));
    }
    let source = spec.entries().iter().find(|entry| word(&entry.key).is_some())?;
    Some(text(source.key_span, word(&source.key)?))
}

fn word(words: &str) -> Option<&'static str> {
    let says = |marks: &[&str]| marks.iter().any(|mark| words.contains(mark));
    if says(&OF_A_NODE) {
        Some("node")
    } else if says(&OF_A_ZONE) {
        Some("zone")
    } else if says(&OF_A_SITE) {
        Some("region")
    } else {
        None
    }
}

/// The volume that a claim of a workload is bound to: by the claim's word, or by the volume's, which names
/// the claims of a StatefulSet after their template, the set and a number.
fn volume<'a>(unit: &'a Unit, object: &Object, claim: &Node) -> Option<&'a Object> {
    if let Some(name) = claim.get("volumeName").and_then(Node::scalar) {
        return unit.of_kind("PersistentVolume").map(|(_, volume)| volume).find(|volume| volume.name == name);
    }
    let templates = object.at(&["spec", "volumeClaimTemplates"]).map(Node::items).unwrap_or_default();
    let first = templates.first().and_then(|template| template.at(["metadata", "name"])).and_then(Node::scalar)?;
    let start = format!("{first}-{}-", object.name);
    unit.of_kind("PersistentVolume").map(|(_, volume)| volume).find(|volume| {
        volume.text(&["spec", "claimRef", "namespace"]) == Some(object.namespace())
            && volume.text(&["spec", "claimRef", "name"]).is_some_and(|name| {
                name.strip_prefix(&start).is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
            })
    })
}
