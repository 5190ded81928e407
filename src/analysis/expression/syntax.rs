//! The CEL parser's messages in people's words; the raw ones are never printed.

use cel::ParseErrors;

use super::Place;
use crate::said;
use crate::source::{Diagnostic, Said};

/// What is wrong with the syntax of an expression. The first mistake only: the parser's later ones
/// mostly follow from it.
pub(super) fn translate(errors: &ParseErrors, at: &Place<'_>) -> Vec<Diagnostic> {
    let Some(error) = errors.errors.first() else {
        let message = said!("this is no expression", "ce n’est pas une expression");
        return vec![Diagnostic::error("expression/syntax", at.node.span, message)];
    };
    let (line, column) = error.pos;
    let start = if line <= 1 { usize::try_from(column).unwrap_or(1).saturating_sub(1) } else { at.text.len() };
    let found = token(&error.msg).unwrap_or_default();
    let (message, help) = explain(at.text, &error.msg, &found);
    let length = if found.is_empty() || found == "<EOF>" { 1 } else { found.len() };
    // What is missing at the end is pointed at by the last character.
    let start = start.min(at.text.len().saturating_sub(1));
    let end = (start + length).min(at.text.len());
    let mut diagnostic = Diagnostic::error("expression/syntax", at.span(start, end), message);
    if let Some(help) = help {
        diagnostic = diagnostic.help(help);
    }
    vec![diagnostic]
}

/// The token between the first quotes of a message: `mismatched input '<EOF>' expecting …`.
fn token(message: &str) -> Option<String> {
    let (_, rest) = message.split_once('\'')?;
    let (token, _) = rest.split_once('\'')?;
    Some(token.to_owned())
}

fn explain(text: &str, message: &str, found: &str) -> (Said, Option<Said>) {
    let help = if text.contains(" and ") || text.contains(" or ") || text.contains(" not ") {
        Some(said!(
            "CEL writes `&&` for and, `||` for or, `!` for not",
            "CEL écrit `&&` pour et, `||` pour ou, `!` pour non"
        ))
    } else if text.contains('=')
        && !text.contains("==")
        && !text.contains("!=")
        && !text.contains(">=")
        && !text.contains("<=")
    {
        Some(said!("CEL compares with `==`", "CEL compare avec `==`"))
    } else {
        None
    };
    let said = if text.trim().is_empty() {
        said!("this condition is empty", "cette condition est vide")
    } else if found == "<EOF>" {
        said!("this condition is not finished", "cette condition n’est pas finie")
    } else if message.contains("token recognition error") {
        let shown = found.trim();
        said!("`{shown}` does not belong in a condition", "`{shown}` n’a pas sa place dans une condition")
    } else if found.is_empty() {
        said!("this is no expression of CEL", "ce n’est pas une expression CEL")
    } else {
        said!("`{found}` was not expected here", "`{found}` n’était pas attendu ici")
    };
    (said, help)
}
