//! OpenShift's images: a DeploymentConfig leaves a container's image blank and names a tag of an
//! ImageStream, which says what stands behind it.

use super::{Container, Object, Unit};
use crate::source::Node;

/// The image of a container, whoever says it.
pub fn image<'a>(unit: &'a Unit, object: &'a Object, container: &Container<'a>) -> Option<&'a Node> {
    let own = container.at(&["image"]).filter(|node| node.scalar().is_some_and(|text| !text.trim().is_empty()));
    own.or_else(|| triggered(unit, object, container.name()))
}

fn triggered<'a>(unit: &'a Unit, object: &'a Object, container: &str) -> Option<&'a Node> {
    let triggers = object.at(&["spec", "triggers"]).map(Node::items).unwrap_or_default();
    let params = triggers.iter().filter_map(|trigger| trigger.get("imageChangeParams"));
    let names = |node: &&Node| {
        let listed = node.get("containerNames").map(Node::items).unwrap_or_default();
        listed.iter().any(|name| name.scalar() == Some(container))
    };
    let mut params = params.filter(names);
    let (stream, tag) = params.find_map(|node| node.get("from")?.get("name")?.scalar()?.split_once(':'))?;
    let (_, stream) = unit
        .of_kind("ImageStream")
        .find(|(_, other)| other.name == stream && other.namespace() == object.namespace())?;
    let tags = stream.at(&["spec", "tags"]).map(Node::items).unwrap_or_default();
    let tag = tags.iter().find(|node| node.get("name").and_then(Node::scalar) == Some(tag))?;
    tag.get("from")?.get("name").filter(|node| node.scalar().is_some())
}
