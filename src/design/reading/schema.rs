//! The JSON Schema of a document kind, tidied: as `epure schema` publishes it.
//!
//! `schemars` writes an optional field as "this or null" and a documented word as a branch of its
//! own. Neither is what an author may write, and both turn one mistake into a list of branches; so
//! the null goes and words become a plain `enum` before anyone sees the schema.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Map, Value, json};

/// The tidied schema of a type.
pub fn schema_of<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    tidy(&mut schema);
    schema
}

fn tidy(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(object) => {
            object.values_mut().for_each(tidy);
            drop_null(object);
            words_as_enum(object);
        }
        _ => {}
    }
}

/// Spells the marks that the program's own check reads (`x-exactly-one`, `x-kinds`) out in plain JSON
/// Schema, so that an editor's validator finds the same mistakes.
pub fn spell_out(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(spell_out),
        Value::Object(object) => {
            object.values_mut().for_each(spell_out);
            let exactly_one = object.get("x-exactly-one").and_then(Value::as_array).cloned();
            if let Some(keys) = exactly_one {
                let branches = keys.iter().map(|key| json!({"required": [key]})).collect();
                object.insert("oneOf".into(), Value::Array(branches));
            }
            let conditions = kinds_of_keys(object);
            if !conditions.is_empty() {
                object.insert("allOf".into(), Value::Array(conditions));
            }
        }
        _ => {}
    }
}

/// For each set of kinds: for any other kind, the keys that belong to them may not stand.
fn kinds_of_keys(object: &Map<String, Value>) -> Vec<Value> {
    let mut keys_by_kinds: Vec<(&Value, Map<String, Value>)> = Vec::new();
    for (key, field) in object.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let Some(kinds) = field.get("x-kinds") else { continue };
        match keys_by_kinds.iter_mut().find(|(other, _)| *other == kinds) {
            Some((_, keys)) => drop(keys.insert(key.clone(), Value::Bool(false))),
            None => keys_by_kinds.push((kinds, Map::from_iter([(key.clone(), Value::Bool(false))]))),
        }
    }
    keys_by_kinds
        .into_iter()
        .map(|(kinds, keys)| json!({"if": {"properties": {"kind": {"enum": kinds}}}, "else": {"properties": keys}}))
        .collect()
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "null")
}

fn drop_null(object: &mut Map<String, Value>) {
    if let Some(Value::Array(kinds)) = object.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [only] = kinds.as_slice() {
            let only = only.clone();
            object.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(words)) = object.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
    if object.get("default").is_some_and(Value::is_null) {
        object.shift_remove("default");
    }
    let Some(Value::Array(branches)) = object.get_mut("anyOf") else { return };
    branches.retain(|branch| !is_null(branch));
    if let [Value::Object(_)] = branches.as_slice() {
        let Some(Value::Array(mut branches)) = object.shift_remove("anyOf") else { return };
        if let Some(Value::Object(branch)) = branches.pop() {
            for (key, value) in branch {
                object.entry(key).or_insert(value);
            }
        }
    }
}

fn words_as_enum(object: &mut Map<String, Value>) {
    let Some(Value::Array(branches)) = object.get("oneOf") else { return };
    let mut words = Vec::new();
    let mut descriptions = Vec::new();
    for branch in branches {
        let description = branch.get("description").cloned().unwrap_or_else(|| Value::String(String::new()));
        if let Some(word) = branch.get("const") {
            words.push(word.clone());
            descriptions.push(description);
        } else if let Some(Value::Array(several)) = branch.get("enum") {
            words.extend(several.iter().cloned());
            descriptions.extend(several.iter().map(|_| Value::String(String::new())));
        } else {
            return;
        }
    }
    object.shift_remove("oneOf");
    object.insert("type".into(), Value::String("string".into()));
    object.insert("enum".into(), Value::Array(words));
    object.insert("enumDescriptions".into(), Value::Array(descriptions));
}
