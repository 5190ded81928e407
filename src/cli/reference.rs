//! The pages of `docs/` that follow from the program: the language from the schema, the catalogues
//! of rules, measures, figures, codes and words from their registries. `tests/docs.rs` holds the committed
//! pages current.

use serde_json::{Map, Value};

use super::codes::codes;
use crate::analysis::measure::MEASURES as WORKED_OUT;
use crate::design::kinds;
use crate::design::quantity::MEASURES as QUANTITIES;
use crate::figure::catalogue::FIGURES;
use crate::figure::format::FORMATS;
use crate::report::{explained as pages, glossary::GLOSSARY};
use crate::said;
use crate::source::{Lang, Show};

mod rules;

/// Every generated page: its path under `docs/`, and its text.
pub fn pages() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = [
        ("stack", "The layers under an application, from the ground up, and what does not follow from them."),
        (
            "design",
            "A production design in its context: what it is for, where it stands, what runs, what talks to what.",
        ),
        ("comparison", "Stacks or designs held against criteria, and when which is preferred."),
        ("scenario", "What fails when, and what is expected then."),
        ("policy", "A rule of the workspace's own: a condition that must hold, and examples that test it."),
        ("report", "The front matter of a Markdown report; the narrative follows it."),
        ("fence", "A fenced block with the info string `epure` in a report: one figure."),
        ("epure", "`epure.yaml`: what holds for the whole workspace."),
    ]
    .into_iter()
    .filter_map(|(word, about)| Some((format!("reference/{word}.md"), kind_page(word, about)?)))
    .collect();
    all.push(("reference/quantities.md".into(), quantities()));
    for lang in [Lang::En, Lang::Fr] {
        let name = |en: &str, fr: &str| if lang == Lang::En { en.to_owned() } else { fr.to_owned() };
        all.extend(rules::pages(lang));
        all.push((name("measures.md", "mesures.md"), measures(lang)));
        all.push((name("figures.md", "figures.fr.md"), figures(lang)));
        all.push((name("diagnostics.md", "diagnostics.fr.md"), diagnostics(lang)));
        all.push((name("glossary.md", "glossaire.md"), glossary(lang)));
    }
    for (_, text) in &mut all {
        while text.ends_with('\n') {
            text.pop();
        }
        text.push('\n');
    }
    all
}

fn kind_page(word: &str, about: &str) -> Option<String> {
    let schema = &kinds::kind(word)?.schema();
    let title = match word {
        "epure" => "`epure.yaml`".to_owned(),
        "fence" => "The figure's block".to_owned(),
        "report" => "Front matter, `kind: report`".to_owned(),
        word => format!("`kind: {word}`"),
    };
    let none = Map::new();
    let defs = schema.get("$defs").and_then(Value::as_object).unwrap_or(&none);
    let mut writer = Writer { defs, out: format!("# {title}\n\n{about}\n"), queue: Vec::new() };
    writer.keys(schema);
    let mut written = Vec::new();
    while let Some(name) = (!writer.queue.is_empty()).then(|| writer.queue.remove(0)) {
        if written.contains(&name) {
            continue;
        }
        if let Some(def) = defs.get(&name) {
            writer.section(&name, def);
        }
        written.push(name);
    }
    Some(writer.out)
}

/// Writes the sections of one kind's page, each type once, in the order in which they are met.
struct Writer<'a> {
    defs: &'a Map<String, Value>,
    out: String,
    queue: Vec<String>,
}

impl Writer<'_> {
    fn section(&mut self, name: &str, def: &Value) {
        self.out.push_str(&format!("\n## {}\n", heading(name)));
        let description = description(def);
        if !description.is_empty() {
            self.out.push_str(&format!("\n{description}\n"));
        }
        if let Some(words) = def.get("enum").and_then(Value::as_array) {
            let meanings = def.get("enumDescriptions").and_then(Value::as_array);
            self.out.push_str("\n| word | meaning |\n| --- | --- |\n");
            for (i, word) in words.iter().enumerate() {
                let meaning = meanings.and_then(|all| all.get(i)).and_then(Value::as_str).unwrap_or("");
                self.out.push_str(&format!("| `{}` | {} |\n", text(word), cell(meaning)));
            }
            return;
        }
        self.keys(def);
    }

    fn keys(&mut self, def: &Value) {
        // A mapping may be one of several shapes.
        let shapes =
            def.get("anyOf").and_then(Value::as_array).map_or_else(|| vec![def], |branches| branches.iter().collect());
        for shape in shapes {
            let shape = match shape.get("$ref").and_then(Value::as_str).and_then(target) {
                Some(name) => self.defs.get(name).unwrap_or(shape),
                None => shape,
            };
            let Some(properties) = shape.get("properties").and_then(Value::as_object) else { continue };
            let required: Vec<&str> = strings(shape.get("required"));
            self.out.push_str("\n| key | value | meaning |\n| --- | --- | --- |\n");
            for (key, field) in properties {
                let must = if required.contains(&key.as_str()) { " (required)" } else { "" };
                let value = self.value(field);
                let mut meaning = description(field);
                let kinds = strings(field.get("x-kinds"));
                if !kinds.is_empty() {
                    meaning.push_str(&format!(" Only for {}.", listed(&kinds)));
                }
                self.out.push_str(&format!("| `{key}`{must} | {value} | {} |\n", cell(&meaning)));
            }
            let exactly_one = strings(shape.get("x-exactly-one"));
            if !exactly_one.is_empty() {
                self.out.push_str(&format!("\nExactly one of {} must stand.\n", listed(&exactly_one)));
            }
        }
    }

    /// What may stand at a place, in words with links.
    fn value(&mut self, schema: &Value) -> String {
        if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(target) {
            return self.named(name);
        }
        if let Some(branches) = schema.get("anyOf").and_then(Value::as_array) {
            let parts: Vec<String> =
                branches.iter().map(|branch| self.value(branch)).filter(|part| !part.is_empty()).collect();
            return parts.join(", or ");
        }
        if let Some(words) = schema.get("enum") {
            return listed(&strings(Some(words)));
        }
        let types = match schema.get("type") {
            Some(Value::String(kind)) => vec![kind.as_str()],
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let parts: Vec<String> = types.iter().map(|kind| self.plain(schema, kind)).collect();
        parts.join(", or ")
    }

    fn plain(&mut self, schema: &Value, kind: &str) -> String {
        match kind {
            "array" => format!("list of {}", schema.get("items").map_or_else(String::new, |items| self.value(items))),
            "object" => match schema.get("additionalProperties") {
                Some(value @ Value::Object(_)) => {
                    let keys = schema.get("propertyNames").map_or_else(|| "name".to_owned(), |names| self.value(names));
                    format!("{keys} to {}", self.value(value))
                }
                _ => match schema.get("properties").and_then(Value::as_object) {
                    Some(properties) => {
                        let keys: Vec<&str> = properties.keys().map(String::as_str).collect();
                        format!("mapping of {}", listed(&keys))
                    }
                    None => "mapping".to_owned(),
                },
            },
            "boolean" => "`true` or `false`".to_owned(),
            "integer" | "number" => {
                let word = if kind == "integer" { "whole number" } else { "number" };
                let bound =
                    |key: &str| schema.get(key).filter(|bound| bound.as_f64() != Some(0.0)).map(Value::to_string);
                match (bound("minimum"), bound("maximum")) {
                    (Some(min), Some(max)) => format!("{word}, {min} to {max}"),
                    (Some(min), None) => format!("{word} from {min}"),
                    (None, Some(max)) => format!("{word} up to {max}"),
                    (None, None) => word.to_owned(),
                }
            }
            _ => "text".to_owned(),
        }
    }

    fn named(&mut self, name: &str) -> String {
        let Some(def) = self.defs.get(name) else { return name.to_owned() };
        if let Some(quantity) = def.get("x-quantity").and_then(Value::as_str) {
            return format!("[{quantity}](quantities.md#{quantity})");
        }
        if def.get("x-name").is_some() {
            let refers = strings(def.get("x-ref"));
            return if refers.is_empty() { "name".to_owned() } else { format!("name among {}", listed(&refers)) };
        }
        match name {
            "text" => return "text, or a text for each language".to_owned(),
            "names" => return "name, or list of names".to_owned(),
            "fact-value" => return "word, quantity, range (`{from, to}`) or list of words".to_owned(),
            _ => {}
        }
        // A fact is its value, or the value with its evidence.
        if name.starts_with("fact-") {
            let value = def.pointer("/anyOf/0").map_or_else(String::new, |value| self.value(value));
            return format!("{value}, [with evidence](quantities.md#evidence) or without");
        }
        let words = strings(def.get("enum"));
        if let [only] = words.as_slice() {
            return format!("`{only}`");
        }
        self.queue.push(name.to_owned());
        format!("[{}](#{})", heading(name), heading(name).replace(' ', "-"))
    }
}

/// `DisruptionBudget` as `disruption budget`.
fn heading(name: &str) -> String {
    let mut out = String::new();
    for c in name.trim_end_matches("Fields").chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(if c == '-' { ' '.to_lowercase() } else { c.to_lowercase() });
    }
    out
}

fn target(reference: &str) -> Option<&str> {
    reference.strip_prefix("#/$defs/")
}

fn description(schema: &Value) -> String {
    schema
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or("")
        .split('\n')
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ")
}

fn strings(value: Option<&Value>) -> Vec<&str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// A text in a table's cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn quantities() -> String {
    let mut out = String::from(
        "# Quantities, dates, names and evidence\n\n\
         A quantity is written as people write it, a number and a unit with a blank between them or none, and reads back the same way.\n\n\
         | quantity | units | examples |\n| --- | --- | --- |\n",
    );
    for quantity in QUANTITIES {
        let units: Vec<&str> = quantity.units.iter().flat_map(|unit| unit.names.iter().copied()).collect();
        let bare = if quantity.bare { format!(", or none for {}s", quantity.base) } else { String::new() };
        let title = quantity.title.0.trim_start_matches("a ").trim_start_matches("an ");
        out.push_str(&format!(
            "| <a id=\"{}\"></a>{title} | {}{bare} | {} |\n",
            quantity.id,
            listed(&units),
            listed(quantity.examples)
        ));
    }
    out.push_str(
        "\n<a id=\"date\"></a>**A date** is a year, a month or a day: `2026`, `2026-10`, `2026-10-04`. \
         An expiry given as a month ends with its last day.\n\n\
         <a id=\"version\"></a>**A version** is read as it is written: `1.30` is not `1.3`, with quotes or without.\n\n\
         **A name** is small letters, digits and hyphens, a letter first; unique where it is declared. Names become addresses, file names and anchors.\n\n\
         **A text** is a string, or one for each language: `{en: The shop, fr: La boutique}`. What looks like a number or a truth value needs quotes.\n\n\
         ## Evidence\n\n\
         A measured or promised value may carry where it comes from, and a cell that shows it shows that too:\n\n\
         ```yaml\nmemory: 300 MiB\nmemory: {value: 300 MiB, source: own measure, as_of: 2026-10, conditions: idle minimal server}\n```\n\n\
         | key | meaning |\n| --- | --- |\n\
         | `value` (required) | The value. |\n\
         | `source` | Who says so: a page, a paper, a measurement, `assumption`. |\n\
         | `as_of` | When it was said or measured. |\n\
         | `conditions` | Under which conditions it holds; values of different conditions are never merged. |\n",
    );
    out
}

fn measures(lang: Lang) -> String {
    let mut out = said!(
        "# Measures\n\nWhat a comparison works out by itself. Every cell shows what it was worked out from; what the facts do not answer is shown as unanswered, never as zero.\n",
        "# Mesures\n\nCe qu’une comparaison calcule elle-même. Chaque cellule montre ce dont elle découle ; ce que les faits ne disent pas est montré sans réponse, jamais comme zéro.\n"
    )
    .show(lang);
    for measure in WORKED_OUT {
        out.push_str(&format!("\n{}", pages::measure(measure, lang, 2)));
    }
    out
}

fn figures(lang: Lang) -> String {
    let mut out = said!(
        "# Figures\n\nWhat a report can place, in a fenced block with the info string `epure`. [The block's keys](reference/fence.md) say more.\n",
        "# Figures\n\nCe qu’un rapport peut placer, dans un bloc de code marqué `epure`. [Les clés du bloc](reference/fence.md) en disent plus.\n"
    )
    .show(lang);
    for entry in FIGURES {
        out.push_str(&format!("\n{}", pages::figure(entry, lang, 2)));
    }
    let formats = said!(
        "\n## Formats\n\nWhat `epure draw` writes, by `--format` or by how the name of `--output` ends. [The gallery](gallery.md) shows drawings.\n\n",
        "\n## Formats\n\nCe qu’écrit `epure draw`, selon `--format` ou la fin du nom de `--output`. [La galerie](galerie.md) montre des dessins.\n\n"
    );
    out.push_str(formats.get(lang));
    for format in FORMATS {
        let explains = format.explains.said().show(lang);
        out.push_str(&format!("- `{}` (`.{}`): {explains}\n", format.name, format.ending));
    }
    out
}

fn diagnostics(lang: Lang) -> String {
    let mut out = said!(
        "# Diagnostics\n\nWhat is said of a text that cannot be read, or that refers to nothing. Findings of the review have [pages of their own](rules.md).\n",
        "# Diagnostics\n\nCe qui est dit d’un texte qui ne se lit pas, ou qui ne désigne rien. Les constats de la revue ont [leurs propres pages](regles.md).\n"
    )
    .show(lang);
    for code in codes() {
        out.push_str(&format!("\n{}", pages::code(code, lang, 2)));
    }
    out
}

fn glossary(lang: Lang) -> String {
    let mut out =
        said!("# Glossary\n\nWhat each word means here.\n", "# Glossaire\n\nCe que chaque mot veut dire ici.\n")
            .show(lang);
    let mut terms: Vec<_> = GLOSSARY.iter().collect();
    terms.sort_by_key(|term| term.title.show(lang).to_lowercase());
    for term in terms {
        out.push_str(&format!("\n{}", pages::term(term, lang, 2)));
    }
    out
}
