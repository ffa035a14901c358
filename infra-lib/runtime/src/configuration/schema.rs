//! Checks values against the part of JSON Schema that schemars generates, and reports all problems at once.

use serde_json::{Map, Value as JsonValue};

use super::path::{Path, Step};
use super::problem::{Problem, ProblemKind, one_of};

/// The JSON Schema of a configuration.
#[derive(Debug)]
pub(super) struct Schema {
    root: JsonValue,
}

impl Schema {
    pub(super) fn new(root: JsonValue) -> Self {
        Self { root }
    }

    /// Returns all problems of a configuration.
    pub(super) fn check_value(&self, value: &JsonValue) -> Vec<Problem> {
        self.find_problems(&self.root, value, &Path::default())
    }

    /// Returns true if a value is allowed at a path.
    pub(super) fn accepts_value(&self, path: &Path, value: &JsonValue) -> bool {
        self.find_schema(path)
            .is_some_and(|schema| self.find_problems(schema, value, path).is_empty())
    }

    /// Returns the schema of the value at a path.
    pub(super) fn find_schema(&self, path: &Path) -> Option<&JsonValue> {
        path.steps()
            .iter()
            .try_fold(&self.root, |schema, step| self.find_subschema(schema, step))
    }

    /// Returns the dotted path of every key, in the order of the schema.
    pub(super) fn list_keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        self.add_keys(&self.root, &Path::default(), &mut keys);
        keys
    }

    fn add_keys(&self, schema: &JsonValue, path: &Path, keys: &mut Vec<String>) {
        // Deep enough for people; this also ends the recursion of a type that contains itself.
        if path.steps().len() > 8 {
            return;
        }
        for variant in self.list_variants(schema) {
            for (key, below) in list_properties(variant) {
                let path = path.join_key(key);
                keys.push(path.to_string());
                self.add_keys(below, &path, keys);
            }
        }
    }

    fn find_subschema<'s>(&'s self, schema: &'s JsonValue, step: &Step) -> Option<&'s JsonValue> {
        self.list_variants(schema)
            .into_iter()
            .find_map(|variant| match step {
                Step::Key(key) => variant["properties"].get(key).or_else(|| {
                    variant
                        .get("additionalProperties")
                        .filter(|s| s.is_object())
                }),
                Step::Item(_) => variant.get("items"),
            })
    }

    /// Returns the schema, or its alternatives, with references resolved.
    fn list_variants<'s>(&'s self, schema: &'s JsonValue) -> Vec<&'s JsonValue> {
        let schema = self.resolve_reference(schema);
        match find_alternatives(schema) {
            Some(list) => list
                .iter()
                .flat_map(|one| self.list_variants(one))
                .collect(),
            None => vec![schema],
        }
    }

    fn resolve_reference<'s>(&'s self, schema: &'s JsonValue) -> &'s JsonValue {
        let name = schema["$ref"]
            .as_str()
            .and_then(|r| r.strip_prefix("#/$defs/"));
        match name.and_then(|name| self.root["$defs"].get(name)) {
            Some(found) => self.resolve_reference(found),
            None => schema,
        }
    }

    fn find_problems(&self, schema: &JsonValue, value: &JsonValue, path: &Path) -> Vec<Problem> {
        let schema = self.resolve_reference(schema);
        if let Some(list) = find_alternatives(schema) {
            return self.problems_of_alternatives(list, value, path);
        }
        if !has_type(schema, value) || !in_bounds(schema, value) {
            return vec![wrong_value(&[schema], path)];
        }
        match value {
            JsonValue::Object(map) => self.problems_of_map(schema, map, path),
            JsonValue::Array(items) => {
                let below = |(at, item)| {
                    self.find_problems(&schema["items"], item, &path.join_step(Step::Item(at)))
                };
                items.iter().enumerate().flat_map(below).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns no problems if an alternative fits, and those of the most likely alternative otherwise.
    fn problems_of_alternatives(
        &self,
        list: &[JsonValue],
        value: &JsonValue,
        path: &Path,
    ) -> Vec<Problem> {
        let mut best: Option<Vec<Problem>> = None;
        for one in list {
            let found = self.find_problems(one, value, path);
            if found.is_empty() {
                return found;
            }
            // Problems only below the path mean that the alternative has the right type.
            let inside = found.iter().all(|problem| problem.path != *path);
            if inside && best.as_ref().is_none_or(|best| found.len() < best.len()) {
                best = Some(found);
            }
        }
        best.unwrap_or_else(|| {
            let all: Vec<&JsonValue> = list
                .iter()
                .flat_map(|one| self.list_variants(one))
                .collect();
            vec![wrong_value(&all, path)]
        })
    }

    fn problems_of_map(
        &self,
        schema: &JsonValue,
        map: &Map<String, JsonValue>,
        path: &Path,
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (key, value) in map {
            let below = path.join_key(key);
            match self.find_subschema(schema, &Step::Key(key.clone())) {
                Some(found) => problems.extend(self.find_problems(found, value, &below)),
                None if schema["additionalProperties"] == false => problems.push(Problem {
                    path: below,
                    kind: ProblemKind::UnknownKey {
                        known: list_properties(schema)
                            .map(|(key, _)| key.clone())
                            .collect(),
                    },
                }),
                None => {}
            }
        }
        let lacking: Vec<&str> = {
            // A misspelt key is reported once, not also as a missing one.
            let meant: Vec<&str> = problems.iter().filter_map(Problem::suggest_key).collect();
            let required = schema["required"].as_array().into_iter().flatten();
            required
                .filter_map(JsonValue::as_str)
                .filter(|key| !map.contains_key(*key) && !meant.contains(key))
                .collect()
        };
        for key in lacking {
            let description = self
                .find_subschema(schema, &Step::Key(key.to_owned()))
                .and_then(|found| self.find_description(found));
            problems.push(Problem {
                path: path.join_key(key),
                kind: ProblemKind::MissingKey { description },
            });
        }
        problems
    }

    /// Returns the first sentence of a key's description.
    fn find_description(&self, schema: &JsonValue) -> Option<String> {
        let text = schema["description"]
            .as_str()
            .or_else(|| self.resolve_reference(schema)["description"].as_str())?;
        let text = text.replace('\n', " ");
        Some(
            text.split(". ")
                .next()
                .unwrap_or(&text)
                .trim_end_matches('.')
                .to_owned(),
        )
    }
}

/// Creates the problem for a value that fits none of these schemas.
fn wrong_value(variants: &[&JsonValue], path: &Path) -> Problem {
    let allowed: Vec<String> = variants
        .iter()
        .flat_map(|one| allowed_values(one))
        .collect();
    let mut expected: Vec<String> = Vec::new();
    if !allowed.is_empty() {
        expected.push(one_of(allowed.iter().map(String::as_str)));
    }
    for one in variants.iter().filter(|one| allowed_values(one).is_empty()) {
        let words = describe_schema(one);
        if !expected.contains(&words) {
            expected.push(words);
        }
    }
    Problem {
        path: path.clone(),
        kind: ProblemKind::WrongValue {
            expected: expected.join(", or "),
            allowed,
        },
    }
}

fn find_alternatives(schema: &JsonValue) -> Option<&Vec<JsonValue>> {
    schema
        .get("anyOf")
        .or_else(|| schema.get("oneOf"))?
        .as_array()
}

fn list_properties(schema: &JsonValue) -> impl Iterator<Item = (&String, &JsonValue)> {
    schema["properties"].as_object().into_iter().flatten()
}

/// Returns the values of an enumeration.
fn allowed_values(schema: &JsonValue) -> Vec<String> {
    let listed = schema["enum"].as_array().into_iter().flatten();
    listed
        .chain(schema.get("const"))
        .map(|value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        })
        .collect()
}

fn type_names(schema: &JsonValue) -> Vec<&str> {
    match &schema["type"] {
        JsonValue::String(only) => vec![only],
        JsonValue::Array(several) => several.iter().filter_map(JsonValue::as_str).collect(),
        _ => Vec::new(),
    }
}

fn has_type(schema: &JsonValue, value: &JsonValue) -> bool {
    let types = type_names(schema);
    types.is_empty()
        || types.iter().any(|name| match *name {
            "null" => value.is_null(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "string" => value.is_string(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            _ => true,
        })
}

fn in_bounds(schema: &JsonValue, value: &JsonValue) -> bool {
    let number = |key: &str| schema[key].as_f64();
    let listed = schema["enum"].as_array();
    if listed.is_some_and(|list| !value.is_null() && !list.contains(value)) {
        return false;
    }
    if schema.get("const").is_some_and(|only| only != value) {
        return false;
    }
    if let Some(given) = value.as_f64() {
        return number("minimum").is_none_or(|least| given >= least)
            && number("maximum").is_none_or(|most| given <= most);
    }
    let length = match value {
        JsonValue::String(text) => Some((text.chars().count(), "minLength", "maxLength")),
        JsonValue::Array(items) => Some((items.len(), "minItems", "maxItems")),
        _ => None,
    };
    if let Some((length, least, most)) = length {
        let bound = |key: &str| schema[key].as_u64().and_then(|n| usize::try_from(n).ok());
        if bound(least).is_some_and(|least| length < least)
            || bound(most).is_some_and(|most| length > most)
        {
            return false;
        }
    }
    match (value.as_str(), schema["pattern"].as_str()) {
        // A pattern that is not a valid regular expression here is checked by the type.
        (Some(text), Some(pattern)) => {
            regex_lite::Regex::new(pattern).map_or(true, |regex| regex.is_match(text))
        }
        _ => true,
    }
}

/// Describes the values that a schema accepts, in words.
fn describe_schema(schema: &JsonValue) -> String {
    let types = type_names(schema);
    let nothing = if types.len() > 1 && types.contains(&"null") {
        ", or nothing"
    } else {
        ""
    };
    let kinds: Vec<&str> = types
        .iter()
        .filter(|name| nothing.is_empty() || **name != "null")
        .filter_map(|name| describe_type(name))
        .collect();
    let has = |name: &str| types.contains(&name);
    let range = |least: &str, most: &str, unit: &str| {
        describe_range(schema.get(least), schema.get(most), unit)
    };
    let bounds = if let Some(pattern) = schema["pattern"].as_str() {
        format!(" that matches `{pattern}`")
    } else if has("integer") || has("number") {
        range("minimum", "maximum", "")
    } else if has("array") {
        range("minItems", "maxItems", " items")
    } else if has("string") {
        range("minLength", "maxLength", " characters")
    } else {
        String::new()
    };
    let example = match &schema["examples"][0] {
        JsonValue::Null => String::new(),
        JsonValue::String(text) => format!(", such as `{text}`"),
        other => format!(", such as `{other}`"),
    };
    format!("{}{bounds}{example}{nothing}", kinds.join(" or "))
}

fn describe_type(type_name: &str) -> Option<&'static str> {
    Some(match type_name {
        "null" => "nothing",
        "boolean" => "`true` or `false`",
        "integer" => "a whole number",
        "number" => "a number",
        "string" => "a string",
        "array" => "a list",
        "object" => "a map",
        _ => return None,
    })
}

fn describe_range(least: Option<&JsonValue>, most: Option<&JsonValue>, unit: &str) -> String {
    match (least, most) {
        (Some(least), Some(most)) if least == most => format!(" of {least}{unit}"),
        (Some(least), Some(most)) => format!(" from {least} to {most}{unit}"),
        (Some(least), None) => format!(" of at least {least}{unit}"),
        (None, Some(most)) => format!(" of at most {most}{unit}"),
        (None, None) => String::new(),
    }
}
