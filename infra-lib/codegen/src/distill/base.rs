//! Conversion of a registry schema (JSON Schema) to a [`ResourceType`].

use std::collections::{BTreeMap, BTreeSet};

use infra_schema::Shape;
use infra_schema::model::{Definition, Property, ResourceType, Rule, Text, Type};
use serde_json::{Map, Value};

use super::json::{string_items, text_value};
use super::{facts, limits, rules};

/// Creates the model of a resource type from its registry schema.
///
/// Parts that the model cannot express are counted in `notes`.
pub(super) fn convert_schema(
    schema: &Value,
    notes: &mut BTreeMap<&'static str, usize>,
) -> ResourceType {
    convert(schema, Alternatives::Merged, notes)
}

/// Creates the model of a resource type of the serverless transform, whose alternatives are different objects.
pub(super) fn convert_serverless_schema(
    schema: &Value,
    notes: &mut BTreeMap<&'static str, usize>,
) -> ResourceType {
    convert(schema, Alternatives::Separate, notes)
}

/// Meaning of several objects in `anyOf` or `oneOf`.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Alternatives {
    /// Combinations of the properties of one object, as the registry uses them.
    Merged,
    /// Different objects, of which a value is one.
    Separate,
}

fn convert(
    schema: &Value,
    alternatives: Alternatives,
    notes: &mut BTreeMap<&'static str, usize>,
) -> ResourceType {
    let empty = Map::new();
    let source = schema["definitions"].as_object().unwrap_or(&empty);
    let mut builder = Builder {
        source,
        alternatives,
        definitions: BTreeMap::new(),
        inlining: Vec::new(),
        hoisted: BTreeMap::new(),
        notes,
    };
    for (name, node) in source {
        match builder.classify_node(node) {
            Class::Object => builder.define_object(name, node),
            Class::Enumeration => {
                let mut shape = Shape::default();
                limits::apply_limits(node, &mut shape);
                builder
                    .definitions
                    .insert(name.clone(), named_enum(name, shape));
            }
            Class::Inline => {}
        }
    }
    let (properties, rules) = builder.convert_object(schema, "");
    let definitions = std::mem::take(&mut builder.definitions);
    let mut ty = ResourceType::new(text_value(&schema["typeName"]));
    ty.properties = properties;
    ty.rules = rules;
    ty.definitions = definitions.into_values().collect();
    ty.open = schema.get("patternProperties").is_some();
    facts::prune_definitions(&mut ty);
    facts::read_facts(&mut ty, schema, builder.notes);
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
    alternatives: Alternatives,
    definitions: BTreeMap<String, Definition>,
    /// Definitions that are being expanded, to detect recursion.
    inlining: Vec<String>,
    /// Names of anonymous objects, by their address in the source.
    hoisted: BTreeMap<usize, String>,
    notes: &'a mut BTreeMap<&'static str, usize>,
}

impl<'a> Builder<'a> {
    fn count_note(&mut self, what: &'static str) {
        *self.notes.entry(what).or_default() += 1;
    }

    fn classify_node(&self, node: &Value) -> Class {
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
            && list_alternatives(node).next().is_none()
        {
            return true;
        }
        if self.alternatives == Alternatives::Separate {
            return false;
        }
        let mut any = false;
        for (_, alternative) in list_alternatives(node) {
            let alternative = self.follow_reference(alternative);
            if alternative.get("properties").is_none() && !self.is_object(alternative) {
                return false;
            }
            any = true;
        }
        any
    }

    /// Returns the node, or the definition that it refers to.
    fn follow_reference<'n>(&self, mut node: &'n Value) -> &'n Value
    where
        'a: 'n,
    {
        for _ in 0..8 {
            match node["$ref"]
                .as_str()
                .and_then(|name| self.source.get(local_name(name)))
            {
                Some(next) => node = next,
                None => break,
            }
        }
        node
    }

    fn define_object(&mut self, name: &str, node: &Value) {
        // Inserted first, so that the expansion of a recursive type ends.
        self.definitions.insert(
            name.to_owned(),
            Definition::new_object(name.to_owned(), Vec::new(), Vec::new()),
        );
        let (properties, rules) = self.convert_object(node, name);
        let definition = Definition::new_object(name.to_owned(), properties, rules);
        self.definitions.insert(name.to_owned(), definition);
    }

    /// Returns the members and rules of an object; alternatives are merged into one set of optional members.
    fn convert_object(&mut self, node: &Value, owner: &str) -> (Vec<Property>, Vec<Rule>) {
        let mut members: BTreeMap<String, Property> = BTreeMap::new();
        let mut rules = Vec::new();
        self.merge_members(node, owner, &mut members, &mut rules, 0);
        let mut seen: Vec<Rule> = Vec::new();
        rules.retain(|rule| {
            let keep = rules::mentions_only(rule, &members) && !seen.contains(rule);
            seen.push(rule.clone());
            keep
        });
        (members.into_values().collect(), rules)
    }

    fn merge_members(
        &mut self,
        node: &Value,
        owner: &str,
        members: &mut BTreeMap<String, Property>,
        rules: &mut Vec<Rule>,
        depth: usize,
    ) {
        let required: BTreeSet<String> = string_items(&node["required"]).into_iter().collect();
        if let Some(properties) = node["properties"].as_object() {
            for (name, node) in properties {
                if members.contains_key(name) {
                    continue;
                }
                let hint = format!("{owner}{}", capitalise_name(name));
                let shape = self.convert_shape(node, &hint);
                members.insert(name.clone(), Property::new(name.clone(), shape));
            }
        }
        for name in required {
            if let Some(member) = members.get_mut(&name) {
                member.required = true;
            }
        }
        rules.extend(rules::simple_rules(node));
        if depth > 3 {
            return;
        }
        for key in ["oneOf", "anyOf"] {
            let Some(list) = node[key].as_array() else {
                continue;
            };
            let list: Vec<&Value> = list
                .iter()
                .map(|alternative| self.follow_reference(alternative))
                .collect();
            let mut sets = Vec::new();
            for &alternative in &list {
                let before: BTreeSet<String> = required_names(members);
                self.merge_members(alternative, owner, members, &mut Vec::new(), depth + 1);
                for (name, member) in members.iter_mut() {
                    member.required = before.contains(name);
                }
                sets.push(
                    string_items(&alternative["required"])
                        .into_iter()
                        .map(Text::from)
                        .collect::<Vec<_>>(),
                );
            }
            if let Some(rule) = rules::choice_rule(key, &list, sets) {
                rules.push(rule);
            } else {
                self.count_note("choices without a rule");
            }
        }
        for part in node["allOf"].as_array().into_iter().flatten() {
            let part = self.follow_reference(part);
            if part.get("if").is_some() {
                self.count_note("conditions (if/then) left out");
            } else {
                self.merge_members(part, owner, members, rules, depth + 1);
            }
        }
        for key in ["if", "not"] {
            if node.get(key).is_some() {
                self.count_note("conditions (if/then) left out");
            }
        }
    }

    /// Returns the type and constraints of a node; `hint` is the name for an anonymous type.
    fn convert_shape(&mut self, node: &Value, hint: &str) -> Shape {
        if let Some(name) = node["$ref"].as_str().map(local_name) {
            return self.convert_reference(name, node);
        }
        if let Some(parts) = node["allOf"].as_array()
            && let Some(reference) = parts.iter().find(|part| part.get("$ref").is_some())
        {
            return self.convert_shape(reference, hint);
        }
        let mut shape = Shape::from_type(self.convert_type(node, hint));
        limits::apply_limits(node, &mut shape);
        shape
    }

    fn convert_reference(&mut self, name: &str, node: &Value) -> Shape {
        let Some(target) = self.source.get(name) else {
            self.count_note("references to nothing");
            return Shape::from_type(Type::Json);
        };
        match self.classify_node(target) {
            Class::Inline => {
                if self.inlining.iter().any(|outer| outer == name) {
                    self.count_note("lists or maps that contain themselves, taken as JSON");
                    return Shape::from_type(Type::Json);
                }
                self.inlining.push(name.to_owned());
                let mut shape = self.convert_shape(target, name);
                self.inlining.pop();
                limits::apply_limits(node, &mut shape);
                shape
            }
            _ => Shape::from_type(Type::Definition(Text::from(name.to_owned()))),
        }
    }

    fn convert_type(&mut self, node: &Value, hint: &str) -> Type {
        if node["format"] == "json" {
            return Type::Json;
        }
        if let Some(list) = node["type"].as_array() {
            return union_of_names(list);
        }
        if self.is_object(node) && !is_bare_object(node) {
            return self.hoist_object(node, hint);
        }
        match node["type"].as_str() {
            Some("string") => Type::String,
            Some("integer") => Type::Integer,
            Some("number") => Type::Number,
            Some("boolean") => Type::Boolean,
            Some("array") => self.convert_list(node, hint),
            Some("object") => self.convert_map(node, hint),
            Some(_) => Type::Json,
            None => self.guess_type(node, hint),
        }
    }

    fn guess_type(&mut self, node: &Value, hint: &str) -> Type {
        let has = |key: &str| node.get(key).is_some();
        if has("patternProperties") {
            self.convert_map(node, hint)
        } else if has("items") {
            self.convert_list(node, hint)
        } else if let Some(values) = node["enum"].as_array() {
            match values.first() {
                Some(Value::Number(_)) => Type::Integer,
                Some(Value::Bool(_)) => Type::Boolean,
                _ => Type::String,
            }
        } else if has("oneOf") || has("anyOf") {
            self.convert_union(node, hint)
        } else if has("pattern") || has("maxLength") || has("format") || has("const") {
            Type::String
        } else {
            Type::Json
        }
    }

    fn convert_list(&mut self, node: &Value, hint: &str) -> Type {
        let item = match node.get("items") {
            Some(items) => self.convert_shape(items, hint),
            None => Shape::from_type(Type::Json),
        };
        Type::List(Box::new(item))
    }

    fn convert_map(&mut self, node: &Value, hint: &str) -> Type {
        let mut values: Vec<Shape> = Vec::new();
        let nodes = node["patternProperties"]
            .as_object()
            .into_iter()
            .flat_map(Map::values);
        for node in nodes.chain(
            node.get("additionalProperties")
                .filter(|value| value.is_object()),
        ) {
            let shape = self.convert_shape(node, hint);
            if !values.contains(&shape) {
                values.push(shape);
            }
        }
        if values.windows(2).any(|pair| pair[0].ty != pair[1].ty) {
            return Type::Json;
        }
        match values.into_iter().next() {
            // Free-form JSON below arbitrary keys is free-form JSON.
            Some(value) if value.ty == Type::Json && value == Shape::from_type(Type::Json) => {
                Type::Json
            }
            Some(value) => Type::Map(Box::new(value)),
            None => Type::Json,
        }
    }

    fn convert_union(&mut self, node: &Value, hint: &str) -> Type {
        if self.alternatives == Alternatives::Separate {
            return self.convert_alternatives(node, hint);
        }
        let mut shapes: Vec<Shape> = Vec::new();
        for (_, alternative) in list_alternatives(node) {
            let shape = self.convert_shape(alternative, hint);
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
                    .map(|shape| Shape::from_type(shape.ty))
                    .collect(),
            ),
            _ => Type::Json,
        }
    }

    /// Returns a union of all alternatives with their constraints, or free-form JSON if one of them is that.
    fn convert_alternatives(&mut self, node: &Value, hint: &str) -> Type {
        let shapes: Vec<Shape> = list_alternatives(node)
            .map(|(_, alternative)| self.convert_shape(alternative, hint))
            .collect();
        if shapes.iter().any(|shape| shape.ty == Type::Json) {
            return Type::Json;
        }
        Type::Union(shapes)
    }

    /// Names an anonymous object after the property that contains it.
    fn hoist_object(&mut self, node: &Value, hint: &str) -> Type {
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
        self.define_object(&name, node);
        Type::Definition(Text::from(name))
    }
}

/// Returns `true` for an anonymous object without members.
fn is_bare_object(node: &Value) -> bool {
    node.get("properties").is_none() && list_alternatives(node).next().is_none()
}

fn named_enum(name: &str, shape: Shape) -> Definition {
    Definition::new_enumeration(name.to_owned(), shape)
}

fn local_name(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

fn capitalise_name(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn required_names(members: &BTreeMap<String, Property>) -> BTreeSet<String> {
    let required = members.iter().filter(|(_, member)| member.required);
    required.map(|(name, _)| name.clone()).collect()
}

fn list_alternatives(node: &Value) -> impl Iterator<Item = (&'static str, &Value)> {
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
        members.push(Shape::from_type(ty));
    }
    match members.len() {
        1 => members.remove(0).ty,
        _ => Type::Union(members),
    }
}
