//! Credentials that stand in a document as they are.
//!
//! A caller gets the place of the value and never the value, so that whoever prints the line can mask it.

use super::view::View;
pub use crate::design::credential::looks_like_one;
use crate::source::{Said, Span};

/// A variable whose value looks like a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential<'a> {
    /// The component.
    pub component: &'a str,
    /// The variable's name.
    pub variable: &'a str,
    /// Why it is taken for a credential.
    pub because: Said,
    /// Where the value stands, to be masked wherever the line is shown.
    pub span: Option<Span>,
}

/// Every credential that stands in the `env` of a component.
pub fn credentials<'a>(view: &View<'a>) -> Vec<Credential<'a>> {
    let mut found = Vec::new();
    for (component, declared) in &view.design.components {
        for (variable, value) in &declared.env {
            if let Some(because) = looks_like_one(variable, value) {
                let block = view.workspace.at(&view.path(&format!("components.{component}.env")));
                let span = block.and_then(|block| block.get(variable)).map(|node| node.span);
                found.push(Credential { component, variable, because, span });
            }
        }
    }
    found
}
