//! What may stand in a scalar, and what is said when something else does.

use super::shape::Scalar;
use crate::design::quantity::{MEASURES, read};
use crate::design::text::When;
use crate::said;
use crate::source::{Diagnostic, Said, Span, nearest};

/// What is wrong with a scalar, if anything.
pub fn check(scalar: &Scalar, text: &str, quoted: bool, span: Span) -> Option<Diagnostic> {
    let is_text = quoted || !(is_number(text) || is_bool(text));
    match scalar {
        Scalar::Any => None,
        Scalar::Text if is_text => None,
        Scalar::Name if is_text && is_name(text) => None,
        Scalar::Name if is_text => Some(bad_name(text, span)),
        Scalar::Text | Scalar::Name => Some(
            wrong_type(scalar, text, span)
                .help(said!("put it in quotes: \"{text}\"", "mettez-le entre guillemets : \"{text}\""))
                .fix(span, format!("\"{text}\"")),
        ),
        Scalar::Bool if !quoted && matches!(text, "true" | "false") => None,
        Scalar::Bool => {
            let meant = match text.to_lowercase().as_str() {
                "yes" | "y" | "oui" | "on" | "vrai" | "true" => Some("true"),
                "no" | "n" | "non" | "off" | "faux" | "false" => Some("false"),
                _ => None,
            };
            Some(with_suggestion(wrong_type(scalar, text, span), meant, span))
        }
        Scalar::Integer { min, max } => match text.parse::<i64>() {
            Ok(number) if !quoted && (*min..=*max).contains(&number) => None,
            Ok(number) if !quoted => Some(Diagnostic::error(
                "schema/out-of-range",
                span,
                if number < *min {
                    said!("{number} is less than {min}", "{number} est inférieur à {min}", number = number, min = *min)
                } else {
                    said!("{number} is more than {max}", "{number} est supérieur à {max}", number = number, max = *max)
                },
            )),
            _ => Some(with_suggestion(
                wrong_type(scalar, text, span),
                (quoted && text.parse::<i64>().is_ok()).then_some(text),
                span,
            )),
        },
        Scalar::Number if !quoted && is_number(text) => None,
        Scalar::Number => Some(wrong_type(scalar, text, span)),
        Scalar::Word(words) if words.iter().any(|word| word == text) => None,
        Scalar::Word(words) => {
            let list = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            let message = said!("`{text}` is not a word that is known here", "`{text}` n’est pas un mot connu ici");
            let diagnostic = Diagnostic::error("schema/unknown-word", span, message);
            Some(match nearest(text, words.iter().map(String::as_str)) {
                Some(near) => with_suggestion(diagnostic, Some(near), span),
                None => diagnostic.help(said!("known: {list}", "mots connus : {list}")),
            })
        }
        Scalar::Quantity(id) => quantity(id, text, span),
    }
}

fn quantity(id: &str, text: &str, span: Span) -> Option<Diagnostic> {
    match id {
        "version" => {
            let good = text.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit());
            (!good).then(|| {
                bad_quantity(
                    said!("`{text}` is not a version, such as `1.33`", "`{text}` n’est pas une version, comme `1.33`"),
                    span,
                )
            })
        }
        "date" => When::parse(text).is_none().then(|| {
            bad_quantity(
                said!(
                    "`{text}` is not a date of the calendar, such as `2026-10-04`",
                    "`{text}` n’est pas une date du calendrier, comme `2026-10-04`"
                ),
                span,
            )
        }),
        _ => {
            let measure = MEASURES.iter().find(|measure| measure.id == id)?;
            let unreadable = read(measure, text).err()?;
            Some(with_suggestion(bad_quantity(unreadable.message, span), unreadable.instead.as_deref(), span))
        }
    }
}

fn bad_quantity(message: Said, span: Span) -> Diagnostic {
    Diagnostic::error("schema/bad-quantity", span, message)
}

fn with_suggestion(diagnostic: Diagnostic, near: Option<&str>, span: Span) -> Diagnostic {
    match near {
        Some(near) => diagnostic.help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?")).fix(span, near),
        None => diagnostic,
    }
}

fn wrong_type(scalar: &Scalar, text: &str, span: Span) -> Diagnostic {
    let expected = expected(scalar);
    Diagnostic::error(
        "schema/wrong-type",
        span,
        said!("`{text}` stands where {expected} is read", "`{text}` là où {expected} est attendu", expected = expected),
    )
}

/// What is read at a place, in words.
pub fn expected(scalar: &Scalar) -> Said {
    match scalar {
        Scalar::Any => said!("a value", "une valeur"),
        Scalar::Text => said!("a text", "un texte"),
        Scalar::Name => said!("a name", "un nom"),
        Scalar::Integer { .. } => said!("a whole number", "un nombre entier"),
        Scalar::Number => said!("a number", "un nombre"),
        Scalar::Bool => said!("`true` or `false`", "`true` ou `false`"),
        Scalar::Word(words) => {
            let list = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            said!("one of {list}", "un mot parmi {list}")
        }
        Scalar::Quantity(id) => match MEASURES.iter().find(|measure| measure.id == id) {
            Some(measure) => {
                let ((en, fr), example) = (measure.title, measure.examples[0]);
                said!("{en} (`{example}`)", "{fr} (`{example}`)")
            }
            None if id == "date" => said!("a date (`2026-10-04`)", "une date (`2026-10-04`)"),
            None => said!("a version (`1.33`)", "une version (`1.33`)"),
        },
    }
}

/// Whether a text is a kebab-case name: a letter, then letters, digits and hyphens.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// What is said of a name that is none.
pub fn bad_name(text: &str, span: Span) -> Diagnostic {
    let kebab: String = text
        .trim()
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '-' })
        .collect();
    let diagnostic = Diagnostic::error(
        "schema/bad-name",
        span,
        said!(
            "`{text}` is not a name: small letters, digits and hyphens, a letter first",
            "`{text}` n’est pas un nom : minuscules, chiffres et tirets, une lettre d’abord"
        ),
    );
    with_suggestion(diagnostic, Some(kebab.as_str()).filter(|name| is_name(name)), span)
}

/// Whether YAML 1.2 reads a plain scalar as a number.
pub fn is_number(text: &str) -> bool {
    let body = text.strip_prefix(['-', '+']).unwrap_or(text);
    if let Some(hex) = body.strip_prefix("0x") {
        return !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit());
    }
    body.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && body.bytes().any(|b| b.is_ascii_digit())
        && body.parse::<f64>().is_ok()
}

fn is_bool(text: &str) -> bool {
    matches!(text, "true" | "false" | "True" | "False" | "TRUE" | "FALSE")
}
