//! Conversion of a registry schema (JSON Schema) to a [`ResourceType`].

use std::collections::{BTreeMap, BTreeSet};

use infra_schema::Shape;
use infra_schema::model::{Definition, Property, ResourceType, Rule, Text, Type};
use serde_json::{Map, Value};

use super::json::{strings, text};
use super::{facts, limits, rules};

/// Creates the model of a resource type from its registry schema.
///
/// Parts that the model cannot express are counted in `notes`.
pub(super) fn resource(schema: &Value, notes: &mut BTreeMap<&'static str, usize>) -> ResourceType {
    let empty = Map::new();
    let source = schema["definitions"].as_object().unwrap_or(&empty);
    let mut builder = Builder {
        source,
        definitions: BTreeMap::new(),
        inlining: Vec::new(),
        hoisted: BTreeMap::new(),
        notes,
    };
    for (name, node) in source {
        match builder.class(node) {
            Class::Object => builder.define(name, node),
            Class::Enumeration => {
                let mut shape = Shape::default();
                limits::apply(node, &mut shape);
                builder
                    .definitions
                    .insert(name.clone(), named_enum(name, shape));
            }
            Class::Inline => {}
        }
    }
    let (properties, rules) = builder.object(schema, "");
    let definitions = std::mem::take(&mut builder.definitions);
    let mut ty = ResourceType::new(text(&schema["typeName"]));
    ty.properties = properties;
    ty.rules = rules;
    ty.definitions = definitions.into_values().collect();
    ty.open = schema.get("patternProperties").is_some();
    facts::prune(&mut ty);
    facts::read(&mut ty, schema, builder.notes);
    ty
}

/// Representation of a schema definition in the model.
enum Class {
    /// A property type, for objects.
    Object,
    /// A named enumeration, for texts with listed values.
    Enumeration,
    /// Expanded at each place that refers to it.
    Inline,
}

struct Builder<'a> {
    source: &'a Map<String, Value>,
    definitions: BTreeMap<String, Definition>,
    /// Definitions that are being expanded, to detect recursion.
    inlining: Vec<String>,
    /// Names of anonymous objects, by their address in the source.
    hoisted: BTreeMap<usize, String>,
    notes: &'a mut BTreeMap<&'static str, usize>,
}

impl<'a> Builder<'a> {
    fn note(&mut self, what: &'static str) {
        *self.notes.entry(what).or_default() += 1;
    }

    fn class(&self, node: &Value) -> Class {
        if self.is_object(node) {
            return Class::Object;
        }
        let is_text = matches!(node["type"].as_str(), Some("string") | None);
        let valued = node.get("enum").is_some_and(|values| {
            values
                .as_array()
                .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_string))
        });
        if is_text && valued && node.get("anyOf").is_none() {
            Class::Enumeration
        } else {
            Class::Inline
        }
    }

    /// Returns `true` if the node has named members, directly or in its alternatives.
    fn is_object(&self, node: &Value) -> bool {
        if node.get("items").is_some()
            || matches!(node["type"].as_str(), Some(ty) if ty != "object")
        {
            return false;
        }
        if node.get("properties").is_some() {
            return true;
        }
        if node["type"] == "object"
            && node["additionalProperties"] == Value::Bool(false)
            && node.get("patternProperties").is_none()
            && alternatives(node).next().is_none()
        {
            return true;
        }
        let mut any = false;
        for (_, alternative) in alternatives(node) {
            let alternative = self.follow(alternative);
            if alternative.get("properties").is_none() && !self.is_object(alternative) {
                return false;
            }
            any = true;
        }
        any
    }

    /// Returns the node, or the definition that it refers to.
    fn follow<'n>(&self, mut node: &'n Value) -> &'n Value
    where
        'a: 'n,
    {
        for _ in 0..8 {
            match node["$ref"]
                .as_str()
                .and_then(|name| self.source.get(local(name)))
            {
                Some(next) => node = next,
                None => break,
            }
        }
        node
    }

    fn define(&mut self, name: &str, node: &Value) {
        // Inserted first, so that the expansion of a recursive type ends.
        self.definitions.insert(
            name.to_owned(),
            Definition::object(name.to_owned(), Vec::new(), Vec::new()),
        );
        let (properties, rules) = self.object(node, name);
        let definition = Definition::object(name.to_owned(), properties, rules);
        self.definitions.insert(name.to_owned(), definition);
    }

    /// Returns the members and rules of an object; alternatives are merged into one set of optional members.
    fn object(&mut self, node: &Value, owner: &str) -> (Vec<Property>, Vec<Rule>) {
        let mut members: BTreeMap<String, Property> = BTreeMap::new();
        let mut rules = Vec::new();
        self.merge(node, owner, &mut members, &mut rules, 0);
        let mut seen: Vec<Rule> = Vec::new();
        rules.retain(|rule| {
            let keep = rules::mentions_only(rule, &members) && !seen.contains(rule);
            seen.push(rule.clone());
            keep
        });
        (members.into_values().collect(), rules)
    }

    fn merge(
        &mut self,
        node: &Value,
        owner: &str,
        members: &mut BTreeMap<String, Property>,
        rules: &mut Vec<Rule>,
        depth: usize,
    ) {
        let required: BTreeSet<String> = strings(&node["required"]).into_iter().collect();
        if let Some(properties) = node["properties"].as_object() {
            for (name, node) in properties {
                if members.contains_key(name) {
                    continue;
                }
                let hint = format!("{owner}{}", capitalised(name));
                let shape = self.shape(node, &hint);
                members.insert(name.clone(), Property::new(name.clone(), shape));
            }
        }
        for name in required {
            if let Some(member) = members.get_mut(&name) {
                member.required = true;
            }
        }
        rules.extend(rules::simple(node));
        if depth > 3 {
            return;
        }
        for key in ["oneOf", "anyOf"] {
            let Some(list) = node[key].as_array() else {
                continue;
            };
            let list: Vec<&Value> = list
                .iter()
                .map(|alternative| self.follow(alternative))
                .collect();
            let mut sets = Vec::new();
            for &alternative in &list {
                let before: BTreeSet<String> = required_names(members);
                self.merge(alternative, owner, members, &mut Vec::new(), depth + 1);
                for (name, member) in members.iter_mut() {
                    member.required = before.contains(name);
                }
                sets.push(
                    strings(&alternative["required"])
                        .into_iter()
                        .map(Text::from)
                        .collect::<Vec<_>>(),
                );
            }
            if let Some(rule) = rules::choice(key, &list, sets) {
                rules.push(rule);
            } else {
                self.note("choices without a rule");
            }
        }
        for part in node["allOf"].as_array().into_iter().flatten() {
            let part = self.follow(part);
            if part.get("if").is_some() {
                self.note("conditions (if/then) left out");
            } else {
                self.merge(part, owner, members, rules, depth + 1);
            }
        }
        for key in ["if", "not"] {
            if node.get(key).is_some() {
                self.note("conditions (if/then) left out");
            }
        }
    }

    /// Returns the type and constraints of a node; `hint` is the name for an anonymous type.
    fn shape(&mut self, node: &Value, hint: &str) -> Shape {
        if let Some(name) = node["$ref"].as_str().map(local) {
            return self.reference(name, node);
        }
        if let Some(parts) = node["allOf"].as_array()
            && let Some(reference) = parts.iter().find(|part| part.get("$ref").is_some())
        {
            return self.shape(reference, hint);
        }
        let mut shape = Shape::of(self.ty(node, hint));
        limits::apply(node, &mut shape);
        shape
    }

    fn reference(&mut self, name: &str, node: &Value) -> Shape {
        let Some(target) = self.source.get(name) else {
            self.note("references to nothing");
            return Shape::of(Type::Json);
        };
        match self.class(target) {
            Class::Inline => {
                if self.inlining.iter().any(|outer| outer == name) {
                    self.note("lists or maps that contain themselves, taken as JSON");
                    return Shape::of(Type::Json);
                }
                self.inlining.push(name.to_owned());
                let mut shape = self.shape(target, name);
                self.inlining.pop();
                limits::apply(node, &mut shape);
                shape
            }
            _ => Shape::of(Type::Definition(Text::from(name.to_owned()))),
        }
    }

    fn ty(&mut self, node: &Value, hint: &str) -> Type {
        if node["format"] == "json" {
            return Type::Json;
        }
        if let Some(list) = node["type"].as_array() {
            return union_of_names(list);
        }
        if self.is_object(node) && !is_bare_object(node) {
            return self.hoist(node, hint);
        }
        match node["type"].as_str() {
            Some("string") => Type::String,
            Some("integer") => Type::Integer,
            Some("number") => Type::Number,
            Some("boolean") => Type::Boolean,
            Some("array") => self.list(node, hint),
            Some("object") => self.map(node, hint),
            Some(_) => Type::Json,
            None => self.guess(node, hint),
        }
    }

    fn guess(&mut self, node: &Value, hint: &str) -> Type {
        let has = |key: &str| node.get(key).is_some();
        if has("patternProperties") {
            self.map(node, hint)
        } else if has("items") {
            self.list(node, hint)
        } else if let Some(values) = node["enum"].as_array() {
            match values.first() {
                Some(Value::Number(_)) => Type::Integer,
                Some(Value::Bool(_)) => Type::Boolean,
                _ => Type::String,
            }
        } else if has("oneOf") || has("anyOf") {
            self.union(node, hint)
        } else if has("pattern") || has("maxLength") || has("format") || has("const") {
            Type::String
        } else {
            Type::Json
        }
    }

    fn list(&mut self, node: &Value, hint: &str) -> Type {
        let item = match node.get("items") {
            Some(items) => self.shape(items, hint),
            None => Shape::of(Type::Json),
        };
        Type::List(Box::new(item))
    }

    fn map(&mut self, node: &Value, hint: &str) -> Type {
        let mut values: Vec<Shape> = Vec::new();
        let nodes = node["patternProperties"]
            .as_object()
            .into_iter()
            .flat_map(Map::values);
        for node in nodes.chain(
            node.get("additionalProperties")
                .filter(|value| value.is_object()),
        ) {
            let shape = self.shape(node, hint);
            if !values.contains(&shape) {
                values.push(shape);
            }
        }
        if values.windows(2).any(|pair| pair[0].ty != pair[1].ty) {
            return Type::Json;
        }
        match values.into_iter().next() {
            // Free-form JSON below arbitrary keys is free-form JSON.
            Some(value) if value.ty == Type::Json && value == Shape::of(Type::Json) => Type::Json,
            Some(value) => Type::Map(Box::new(value)),
            None => Type::Json,
        }
    }

    fn union(&mut self, node: &Value, hint: &str) -> Type {
        let mut shapes: Vec<Shape> = Vec::new();
        for (_, alternative) in alternatives(node) {
            let shape = self.shape(alternative, hint);
            if shape.ty != Type::Json && !shapes.iter().any(|other| other.ty == shape.ty) {
                shapes.push(shape);
            }
        }
        let scalar = |shape: &Shape| {
            matches!(
                shape.ty,
                Type::String | Type::Integer | Type::Number | Type::Boolean
            )
        };
        match shapes.len() {
            1 => shapes.remove(0).ty,
            n if n > 1 && shapes.iter().all(scalar) => Type::Union(
                shapes
                    .into_iter()
                    .map(|shape| Shape::of(shape.ty))
                    .collect(),
            ),
            _ => Type::Json,
        }
    }

    /// Names an anonymous object after the property that contains it.
    fn hoist(&mut self, node: &Value, hint: &str) -> Type {
        let address = std::ptr::from_ref(node).addr();
        if let Some(name) = self.hoisted.get(&address) {
            return Type::Definition(Text::from(name.clone()));
        }
        let mut name = hint.to_owned();
        // A named definition has the name already, typically the list or map that contains this object.
        while self.definitions.contains_key(&name) || self.source.contains_key(&name) {
            name.push_str("Item");
        }
        self.hoisted.insert(address, name.clone());
        self.define(&name, node);
        Type::Definition(Text::from(name))
    }
}

/// Returns `true` for an anonymous object without members.
fn is_bare_object(node: &Value) -> bool {
    node.get("properties").is_none() && alternatives(node).next().is_none()
}

fn named_enum(name: &str, shape: Shape) -> Definition {
    Definition::enumeration(name.to_owned(), shape)
}

fn local(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn required_names(members: &BTreeMap<String, Property>) -> BTreeSet<String> {
    let required = members.iter().filter(|(_, member)| member.required);
    required.map(|(name, _)| name.clone()).collect()
}

fn alternatives(node: &Value) -> impl Iterator<Item = (&'static str, &Value)> {
    ["oneOf", "anyOf"].into_iter().flat_map(move |key| {
        let list = node[key].as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter().map(move |alternative| (key, alternative))
    })
}

fn union_of_names(list: &[Value]) -> Type {
    let mut members = Vec::new();
    for name in list {
        let ty = match name.as_str() {
            Some("string") => Type::String,
            Some("integer") => Type::Integer,
            Some("number") => Type::Number,
            Some("boolean") => Type::Boolean,
            Some("null") => continue,
            _ => return Type::Json,
        };
        members.push(Shape::of(ty));
    }
    match members.len() {
        1 => members.remove(0).ty,
        _ => Type::Union(members),
    }
}
