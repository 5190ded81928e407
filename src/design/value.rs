//! A fact as a reader of a language writes it, found by its address.

use super::kinds;
use super::model::stack::show_scalar;
use super::quantity::{
    BYTE_RATE, BYTES, ByteRateTag, BytesTag, CPU, CpuTag, DURATION, DurationTag, ENDURANCE, EnduranceTag, PERIOD,
    PRICE, PeriodTag, PriceTag, Quantity, RATE, RateTag, SHARE, ShareTag,
};
use super::reading::shape::{Scalar, Shape};
use super::workspace::Workspace;
use crate::source::{Kind, Lang, Node, Show};

/// Why there is no value at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoValue {
    /// No document has this name; the names there are.
    Document(Vec<String>),
    /// This step of the path leads nowhere; what stands there instead.
    Step(String, Vec<String>),
    /// A block stands there; what is in it.
    Block(Vec<String>),
}

/// The fact at an address, as a reader of the language writes it.
///
/// # Errors
/// Why there is no value.
pub fn value(workspace: &Workspace, path: &str, lang: Lang) -> Result<String, NoValue> {
    let mut steps = path.split('.');
    let document = steps.next().unwrap_or("");
    let Some(root) = workspace.root(document) else {
        return Err(NoValue::Document(workspace.roots.keys().cloned().collect()));
    };
    let mut node = root;
    for step in steps.clone() {
        let Some(next) = node.at([step]) else { return Err(NoValue::Step(step.to_owned(), children(node))) };
        node = next;
    }
    let word = root.get("kind").and_then(Node::scalar).unwrap_or("epure");
    let shape = kinds::kind(word).and_then(|kind| kind.shapes.at(steps));
    show(node, shape, lang).ok_or_else(|| NoValue::Block(children(node)))
}

fn children(node: &Node) -> Vec<String> {
    match &node.kind {
        Kind::Map(entries) => entries.iter().map(|entry| entry.key.clone()).collect(),
        Kind::List(items) => items.iter().enumerate().map(|(i, item)| item.address(i)).collect(),
        Kind::Scalar { .. } => Vec::new(),
    }
}

fn show(node: &Node, shape: Option<&Shape>, lang: Lang) -> Option<String> {
    match &node.kind {
        Kind::Scalar { text, .. } => Some(scalar(text, shape.and_then(|shape| shape.scalar.as_ref()), lang)),
        Kind::List(items) => {
            let words: Option<Vec<String>> = items.iter().map(|item| item.scalar().map(str::to_owned)).collect();
            Some(crate::source::Said::list(&words?).show(lang))
        }
        // A fact with its evidence prints as its value; a text for each language, as the reader's.
        Kind::Map(_) => {
            if let Some(value) = node.get("value") {
                return show(value, shape, lang).or_else(|| range(value, lang));
            }
            let localised = node.entries().iter().all(|entry| Lang::from_code(&entry.key).is_some());
            let text = node
                .get(lang.code())
                .or_else(|| node.entries().first().map(|entry| &entry.value))
                .filter(|_| localised)?;
            text.scalar().map(str::to_owned)
        }
    }
}

fn range(node: &Node, lang: Lang) -> Option<String> {
    let (from, to) = (node.get("from")?.scalar()?, node.get("to")?.scalar()?);
    let word = if lang == Lang::En { "to" } else { "à" };
    Some(format!("{} {word} {}", show_scalar(from, lang), show_scalar(to, lang)))
}

fn scalar(text: &str, shape: Option<&Scalar>, lang: Lang) -> String {
    fn read<M: super::quantity::Measured>(text: &str, lang: Lang) -> Option<String> {
        Quantity::<M>::parse(text).ok().map(|quantity| quantity.show(lang))
    }
    let shown = match shape {
        Some(Scalar::Quantity(id)) => {
            let id = id.as_str();
            if id == CPU.id {
                read::<CpuTag>(text, lang)
            } else if id == BYTES.id {
                read::<BytesTag>(text, lang)
            } else if id == DURATION.id {
                read::<DurationTag>(text, lang)
            } else if id == PERIOD.id {
                read::<PeriodTag>(text, lang)
            } else if id == SHARE.id {
                read::<ShareTag>(text, lang)
            } else if id == RATE.id {
                read::<RateTag>(text, lang)
            } else if id == BYTE_RATE.id {
                read::<ByteRateTag>(text, lang)
            } else if id == ENDURANCE.id {
                read::<EnduranceTag>(text, lang)
            } else if id == PRICE.id {
                read::<PriceTag>(text, lang)
            } else {
                None
            }
        }
        Some(Scalar::Integer { .. } | Scalar::Number) => text.parse::<f64>().ok().map(|number| number.show(lang)),
        Some(_) => None,
        // Facts of a stack are words or quantities; the text itself tells which.
        None => Some(show_scalar(text, lang)),
    };
    shown.unwrap_or_else(|| text.to_owned())
}
