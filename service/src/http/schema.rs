//! Validates a JSON value against a schema of the OpenAPI document, and reports every violation with its location.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::error::FieldError;

/// Maximum number of violations that are reported for one value.
const MAX_VIOLATIONS: usize = 50;

/// Keywords of schemas that are checked, besides those with schemas in them. Others, such as descriptions and examples, are not kept.
const KEYWORDS: [&str; 14] = [
    "$ref",
    "additionalProperties",
    "enum",
    "format",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "nullable",
    "pattern",
    "required",
    "type",
];

/// Prefix of references to schemas in the document.
const REFERENCE: &str = "#/components/schemas/";

/// The schemas of a document by name, reduced to what is checked.
pub(crate) struct Schemas(BTreeMap<String, Value>);

impl Schemas {
    /// Copies the schemas of a document.
    pub(crate) fn from_document(document: &Value) -> Self {
        let all = document["components"]["schemas"].as_object();
        let all = all.into_iter().flatten();
        Self(
            all.map(|(name, schema)| (name.clone(), reduce_schema(schema)))
                .collect(),
        )
    }

    /// Returns the violations of the schema with this name; none if the document has no such schema.
    pub(crate) fn find_violations(&self, name: &str, value: &Value) -> Vec<FieldError> {
        let mut check = SchemaChecker {
            schemas: self,
            found: Vec::new(),
        };
        if let Some(schema) = self.0.get(name) {
            check.check_value(schema, value, "");
        }
        check.found
    }
}

/// Returns a copy of a schema with the keywords that are checked.
fn reduce_schema(schema: &Value) -> Value {
    let Value::Object(fields) = schema else {
        return schema.clone();
    };
    let kept = fields.iter().filter_map(|(name, value)| {
        let value = match (name.as_str(), value) {
            ("properties", Value::Object(properties)) => properties
                .iter()
                .map(|(name, schema)| (name.clone(), reduce_schema(schema)))
                .collect(),
            ("items", schema) => reduce_schema(schema),
            ("allOf", Value::Array(parts)) => parts.iter().map(reduce_schema).collect(),
            (name, value) if KEYWORDS.contains(&name) => value.clone(),
            _ => return None,
        };
        Some((name.clone(), value))
    });
    kept.collect()
}

struct SchemaChecker<'a> {
    schemas: &'a Schemas,
    found: Vec<FieldError>,
}

impl<'a> SchemaChecker<'a> {
    fn add_violation(&mut self, at: &str, code: &'static str, message: String) {
        if self.found.len() < MAX_VIOLATIONS {
            self.found.push(FieldError {
                field: at.to_owned(),
                code,
                message,
            });
        }
    }

    fn check_value(&mut self, schema: &'a Value, value: &Value, at: &str) {
        if let Some(schema) = schema.get("$ref").and_then(Value::as_str) {
            let name = schema.trim_start_matches(REFERENCE);
            if let Some(schema) = self.schemas.0.get(name) {
                self.check_value(schema, value, at);
            }
            return;
        }
        if value.is_null() && schema.get("nullable") == Some(&Value::Bool(true)) {
            return;
        }
        for part in schema
            .get("allOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            self.check_value(part, value, at);
        }
        let Some(wanted) = schema.get("type").and_then(Value::as_str) else {
            return;
        };
        match (wanted, value) {
            ("object", Value::Object(_)) => self.check_object(schema, value, at),
            ("array", Value::Array(items)) => self.check_array(schema, items, at),
            ("string", Value::String(text)) => self.check_string(schema, text, at),
            ("integer", Value::Number(number)) if number.is_i64() || number.is_u64() => {
                self.check_number(schema, number.as_f64(), at);
            }
            ("number", Value::Number(number)) => self.check_number(schema, number.as_f64(), at),
            ("boolean", Value::Bool(_)) => {}
            _ => self.add_violation(
                at,
                "wrong_type",
                format!(
                    "is {}, and must be {}",
                    describe_kind(value),
                    with_article(wanted)
                ),
            ),
        }
    }

    fn check_object(&mut self, schema: &'a Value, value: &Value, at: &str) {
        let properties = schema.get("properties").and_then(Value::as_object);
        for name in schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let name = name.as_str().unwrap_or_default();
            if value.get(name).is_none() {
                self.add_violation(
                    &child_pointer(at, name),
                    "required",
                    "is missing".to_owned(),
                );
            }
        }
        for (name, value) in value.as_object().into_iter().flatten() {
            match properties.and_then(|properties| properties.get(name)) {
                Some(schema) => self.check_value(schema, value, &child_pointer(at, name)),
                None if schema.get("additionalProperties") == Some(&Value::Bool(false)) => {
                    let known: Vec<&str> = properties
                        .into_iter()
                        .flat_map(|properties| properties.keys().map(String::as_str))
                        .collect();
                    self.add_violation(
                        &child_pointer(at, name),
                        "unknown",
                        format!(
                            "is not a known property; the properties are: {}",
                            known.join(", ")
                        ),
                    );
                }
                None => {}
            }
        }
    }

    fn check_array(&mut self, schema: &'a Value, items: &[Value], at: &str) {
        self.check_length(schema, "Items", "items", items.len(), at);
        if let Some(schema) = schema.get("items") {
            for (index, item) in items.iter().enumerate() {
                self.check_value(schema, item, &child_pointer(at, &index.to_string()));
            }
        }
    }

    fn check_string(&mut self, schema: &'a Value, text: &str, at: &str) {
        if text.contains('\0') {
            self.add_violation(
                at,
                "nul",
                "contains the character U+0000, which cannot be stored".to_owned(),
            );
        }
        self.check_length(schema, "Length", "characters", text.chars().count(), at);
        if let Some(allowed) = schema.get("enum").and_then(Value::as_array)
            && !allowed.iter().any(|item| item == text)
        {
            let allowed: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
            self.add_violation(
                at,
                "not_allowed",
                format!("is not one of: {}", allowed.join(", ")),
            );
        }
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str)
            && !regex_lite::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text))
        {
            self.add_violation(at, "pattern", format!("does not match {pattern}"));
        }
        match schema.get("format").and_then(Value::as_str) {
            Some("uuid") if uuid::Uuid::parse_str(text).is_err() => {
                self.add_violation(at, "format", "is not a valid UUID".to_owned());
            }
            Some("date-time") if chrono::DateTime::parse_from_rfc3339(text).is_err() => self
                .add_violation(
                    at,
                    "format",
                    "is not a valid time, such as 2026-01-31T09:30:00Z (RFC 3339)".to_owned(),
                ),
            _ => {}
        }
    }

    /// Checks a length against bounds such as `minLength` or `maxItems`.
    fn check_length(&mut self, schema: &Value, suffix: &str, unit: &str, length: usize, at: &str) {
        let bound = |side: &str| {
            schema
                .get(format!("{side}{suffix}"))
                .and_then(Value::as_u64)
                .and_then(|bound| usize::try_from(bound).ok())
        };
        if let Some(most) = bound("max").filter(|most| length > *most) {
            self.add_violation(
                at,
                "too_long",
                format!("has {length} {unit}, and at most {most} are allowed"),
            );
        }
        if let Some(least) = bound("min").filter(|least| length < *least) {
            self.add_violation(
                at,
                "too_short",
                format!("has {length} {unit}, and at least {least} are required"),
            );
        }
    }

    fn check_number(&mut self, schema: &Value, number: Option<f64>, at: &str) {
        let number = number.unwrap_or_default();
        if let Some(most) = schema
            .get("maximum")
            .and_then(Value::as_f64)
            .filter(|most| number > *most)
        {
            self.add_violation(
                at,
                "too_large",
                format!("is {number}, and at most {most} is allowed"),
            );
        }
        if let Some(least) = schema
            .get("minimum")
            .and_then(Value::as_f64)
            .filter(|least| number < *least)
        {
            self.add_violation(
                at,
                "too_small",
                format!("is {number}, and at least {least} is required"),
            );
        }
    }
}

/// Returns the JSON pointer of a child (RFC 6901).
fn child_pointer(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn describe_kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn with_article(kind: &str) -> String {
    match kind {
        "integer" | "array" | "object" => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}
