//! The schema as the check walks it: one shape for each place, resolved once per process.
//!
//! A place in a document has one shape, or alternatives that differ in shape (scalar, list,
//! mapping); so the check picks the alternative by what was written and never has branches to
//! explain.

use indexmap::IndexMap;
use serde_json::Value;

/// Which shape in a [`Shapes`].
pub type ShapeId = usize;

/// Every shape of one document kind.
#[derive(Debug)]
pub struct Shapes {
    shapes: Vec<Shape>,
    /// The shape of the whole document.
    pub root: ShapeId,
}

/// What may stand at a place.
#[derive(Debug, Default, Clone)]
pub struct Shape {
    /// A word, number, text or quantity.
    pub scalar: Option<Scalar>,
    /// A list of values of one shape.
    pub list: Option<ShapeId>,
    /// The least and the greatest number of values in that list, where it has such limits.
    pub count: (Option<usize>, Option<usize>),
    /// A mapping.
    pub map: Option<Mapping>,
    /// What the scalar refers to: names of blocks, see [`super::scope`].
    pub refers: Vec<String>,
    /// Whether a variant replaces it as a whole instead of merging into it.
    pub atomic: bool,
}

/// What a scalar may be.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// Any text.
    Text,
    /// A kebab-case name.
    Name,
    /// A whole number within bounds.
    Integer {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// One of these words.
    Word(Vec<String>),
    /// A text, number or truth value: what it may be is known to who reads it.
    Any,
    /// A quantity, version or date, by its mark.
    Quantity(String),
}

/// What a mapping may hold.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    /// The keys it has by type.
    pub fields: IndexMap<String, Field>,
    /// The shape of values under the author's own names, where there are any.
    pub named: Option<ShapeId>,
    /// Whether those names must be kebab-case.
    pub kebab: bool,
    /// What those names refer to, if they refer to anything.
    pub key_refers: Vec<String>,
    /// Of each group exactly one key must stand.
    pub exactly_one: Vec<String>,
    /// The least number of entries.
    pub at_least: usize,
}

/// One key of a mapping.
#[derive(Debug, Clone)]
pub struct Field {
    /// The shape of its value.
    pub shape: ShapeId,
    /// Whether it must stand.
    pub required: bool,
    /// The kinds (value of the sibling key `kind`) to which it belongs; every kind where empty.
    pub kinds: Vec<String>,
    /// What it means.
    pub description: String,
}

impl Shapes {
    /// Resolves a tidied schema.
    pub fn new(schema: &Value) -> Shapes {
        let mut builder = Builder { schema, shapes: Vec::new(), known: IndexMap::new() };
        let root = builder.shape(schema);
        Shapes { shapes: builder.shapes, root }
    }

    /// A shape by its number.
    pub fn get(&self, id: ShapeId) -> &Shape {
        &self.shapes[id]
    }

    /// The shape at a path of keys, from the root.
    pub fn at<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> Option<&Shape> {
        let mut shape = self.get(self.root);
        for step in path {
            let next = match (&shape.map, shape.list) {
                (Some(map), _) => map.fields.get(step).map(|field| field.shape).or(map.named),
                (None, Some(item)) => Some(item),
                (None, None) => None,
            };
            shape = self.get(next?);
        }
        Some(shape)
    }
}

struct Builder<'a> {
    schema: &'a Value,
    shapes: Vec<Shape>,
    known: IndexMap<String, ShapeId>,
}

impl Builder<'_> {
    fn shape(&mut self, schema: &Value) -> ShapeId {
        let reference = schema.get("$ref").and_then(Value::as_str);
        if let Some(reference) = reference {
            let id = match self.known.get(reference) {
                Some(id) => *id,
                None => {
                    let id = self.shapes.len();
                    self.shapes.push(Shape::default());
                    self.known.insert(reference.to_owned(), id);
                    if let Some(target) = reference.strip_prefix('#').and_then(|pointer| self.schema.pointer(pointer)) {
                        let shape = self.build(target);
                        self.shapes[id] = shape;
                    }
                    id
                }
            };
            return id;
        }
        let shape = self.build(schema);
        self.shapes.push(shape);
        self.shapes.len() - 1
    }

    fn build(&mut self, schema: &Value) -> Shape {
        let mut shape = Shape {
            refers: strings(schema.get("x-ref")),
            atomic: schema.get("x-atomic") == Some(&Value::Bool(true)),
            ..Shape::default()
        };
        for branch in schema.get("anyOf").and_then(Value::as_array).into_iter().flatten() {
            let id = self.shape(branch);
            let branch = self.shapes[id].clone();
            shape.scalar = shape.scalar.or(branch.scalar);
            shape.count = if shape.list.is_some() { shape.count } else { branch.count };
            shape.list = shape.list.or(branch.list);
            shape.map = shape.map.or(branch.map);
            shape.atomic |= branch.atomic;
            shape.refers.extend(branch.refers);
        }
        if schema.get("anyOf").is_some() {
            return shape;
        }
        if let Some(id) = schema.get("$ref").map(|_| self.shape(schema)) {
            return self.shapes[id].clone();
        }
        let kinds = match schema.get("type") {
            Some(Value::String(kind)) => vec![kind.as_str()],
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        for kind in &kinds {
            match *kind {
                "array" => {
                    let limit = |key: &str| schema.get(key).and_then(Value::as_u64).map(|n| n as usize);
                    shape.count = (limit("minItems"), limit("maxItems"));
                    shape.list = Some(self.shape(schema.get("items").unwrap_or(&Value::Null)));
                }
                "object" => shape.map = Some(self.mapping(schema)),
                _ => shape.scalar = shape.scalar.take().or_else(|| scalar(schema, kind)),
            }
        }
        shape
    }

    fn mapping(&mut self, schema: &Value) -> Mapping {
        let required = strings(schema.get("required"));
        let mut mapping = Mapping {
            exactly_one: strings(schema.get("x-exactly-one")),
            at_least: schema.get("minProperties").and_then(Value::as_u64).unwrap_or(0) as usize,
            ..Mapping::default()
        };
        for (key, field) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let shape = self.shape(field);
            mapping.fields.insert(
                key.clone(),
                Field {
                    shape,
                    required: required.contains(key),
                    kinds: strings(field.get("x-kinds")),
                    description: field.get("description").and_then(Value::as_str).unwrap_or("").to_owned(),
                },
            );
        }
        if let Some(Value::Object(named)) = schema.get("additionalProperties") {
            mapping.named = Some(self.shape(&Value::Object(named.clone())));
        }
        if let Some(names) = schema.get("propertyNames") {
            let id = self.shape(names);
            let names = &self.shapes[id];
            mapping.kebab = names.scalar == Some(Scalar::Name);
            mapping.key_refers = names.refers.clone();
        }
        mapping
    }
}

fn scalar(schema: &Value, kind: &str) -> Option<Scalar> {
    if schema.get("x-any") == Some(&Value::Bool(true)) {
        return matches!(kind, "string" | "number" | "boolean").then_some(Scalar::Any);
    }
    if let Some(quantity) = schema.get("x-quantity").and_then(Value::as_str) {
        return Some(Scalar::Quantity(quantity.to_owned()));
    }
    if let Some(words) = schema.get("enum") {
        return Some(Scalar::Word(strings(Some(words))));
    }
    let bound = |key: &str, default: i64| {
        schema.get(key).and_then(|n| n.as_i64().or_else(|| n.as_f64().map(|n| n as i64))).unwrap_or(default)
    };
    Some(match kind {
        "integer" => Scalar::Integer { min: bound("minimum", i64::MIN), max: bound("maximum", i64::MAX) },
        "number" => Scalar::Number,
        "boolean" => Scalar::Bool,
        "string" if schema.get("x-name") == Some(&Value::Bool(true)) => Scalar::Name,
        "string" => Scalar::Text,
        _ => return None,
    })
}

fn strings(value: Option<&Value>) -> Vec<String> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
