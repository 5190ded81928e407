//! One container of a pod.

use crate::source::{Node, Span};

/// A container as it stands in a pod's specification.
#[derive(Debug, Clone, Copy)]
pub struct Container<'a> {
    /// Its tree.
    pub node: &'a Node,
    /// Whether it only prepares the pod.
    pub prepares: bool,
}

/// Whether a value is YAML's `true`, as the tools that read these files take it.
pub fn is_true(node: Option<&Node>) -> bool {
    matches!(node.and_then(Node::scalar), Some("true" | "True" | "TRUE" | "yes" | "on"))
}

/// Whether a value is YAML's `false`.
pub fn is_false(node: Option<&Node>) -> bool {
    matches!(node.and_then(Node::scalar), Some("false" | "False" | "FALSE" | "no" | "off"))
}

/// A variable of a container's environment.
#[derive(Debug, Clone, Copy)]
pub struct Variable<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where its name stands.
    pub span: Span,
    /// Its value, where it stands here.
    pub value: Option<&'a Node>,
    /// Where its value comes from otherwise.
    pub from: Option<&'a Node>,
}

impl<'a> Container<'a> {
    /// Its name.
    pub fn name(&self) -> &'a str {
        self.node.get("name").and_then(Node::scalar).unwrap_or("?")
    }

    /// Its image.
    pub fn image(&self) -> Option<&'a str> {
        self.node.get("image")?.scalar().filter(|image| !image.is_empty())
    }

    /// Where it is named.
    pub fn place(&self) -> Span {
        let start = self.node.entries().first().map_or(self.node.span, |entry| entry.key_span);
        self.node.get("name").map_or(start, |name| name.span)
    }

    /// The key that something is said under, else where the container is named.
    pub fn key(&self, key: &str) -> Span {
        self.node.entry(key).map_or_else(|| self.place(), |entry| entry.key_span)
    }

    /// The value at a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<&'a Node> {
        path.iter().try_fold(self.node, |node, key| node.get(key)).filter(|node| !node.is_null())
    }

    /// The text at a path of keys.
    pub fn text(&self, path: &[&str]) -> Option<&'a str> {
        self.at(path)?.scalar()
    }

    /// What is requested or limited: `resource("requests", "cpu")`.
    pub fn resource(&self, which: &str, what: &str) -> Option<&'a Node> {
        self.at(&["resources", which, what])
    }

    /// Its variables.
    pub fn environment(&self) -> Vec<Variable<'a>> {
        let items = self.node.get("env").map(Node::items).unwrap_or_default();
        let variable = |node: &'a Node| {
            let name = node.get("name")?;
            Some(Variable {
                name: name.scalar()?,
                span: name.span,
                value: node.get("value").filter(|value| !value.is_null()),
                from: node.get("valueFrom"),
            })
        };
        items.iter().filter_map(variable).collect()
    }

    /// Where its volumes are mounted: the volume's name, and the path.
    pub fn mounts(&self) -> Vec<(&'a str, &'a Node)> {
        let items = self.node.get("volumeMounts").map(Node::items).unwrap_or_default();
        items.iter().filter_map(|node| Some((node.get("name")?.scalar()?, node.get("mountPath")?))).collect()
    }

    /// Something of its security context, else of its pod's.
    pub fn security(&self, pod: Option<&'a Node>, key: &str) -> Option<&'a Node> {
        self.at(&["securityContext", key]).or_else(|| pod?.get("securityContext")?.get(key))
    }
}
