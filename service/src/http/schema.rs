//! Validates a JSON value against a schema of the OpenAPI document, and reports every violation with its location.

use serde_json::Value;

use crate::error::FieldError;

/// Maximum number of violations that are reported for one value.
const MOST: usize = 50;

/// Returns the violations of the schema with this name; none if the document has no such schema.
pub(crate) fn violations(document: &Value, name: &str, value: &Value) -> Vec<FieldError> {
    let mut check = Check {
        document,
        found: Vec::new(),
    };
    if let Some(schema) = document
        .pointer("/components/schemas")
        .and_then(|all| all.get(name))
    {
        check.value(schema, value, "");
    }
    check.found
}

struct Check<'a> {
    document: &'a Value,
    found: Vec<FieldError>,
}

impl<'a> Check<'a> {
    fn wrong(&mut self, at: &str, code: &'static str, message: String) {
        if self.found.len() < MOST {
            self.found.push(FieldError {
                field: at.to_owned(),
                code,
                message,
            });
        }
    }

    fn value(&mut self, schema: &'a Value, value: &Value, at: &str) {
        if let Some(schema) = schema.get("$ref").and_then(Value::as_str) {
            let pointer = schema.trim_start_matches('#');
            if let Some(schema) = self.document.pointer(pointer) {
                self.value(schema, value, at);
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
            self.value(part, value, at);
        }
        let Some(wanted) = schema.get("type").and_then(Value::as_str) else {
            return;
        };
        match (wanted, value) {
            ("object", Value::Object(_)) => self.object(schema, value, at),
            ("array", Value::Array(items)) => self.array(schema, items, at),
            ("string", Value::String(text)) => self.string(schema, text, at),
            ("integer", Value::Number(number)) if number.is_i64() || number.is_u64() => {
                self.number(schema, number.as_f64(), at);
            }
            ("number", Value::Number(number)) => self.number(schema, number.as_f64(), at),
            ("boolean", Value::Bool(_)) => {}
            _ => self.wrong(
                at,
                "wrong_type",
                format!("is {}, and must be {}", kind(value), article(wanted)),
            ),
        }
    }

    fn object(&mut self, schema: &'a Value, value: &Value, at: &str) {
        let properties = schema.get("properties").and_then(Value::as_object);
        for name in schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let name = name.as_str().unwrap_or_default();
            if value.get(name).is_none() {
                self.wrong(&child(at, name), "required", "is missing".to_owned());
            }
        }
        for (name, value) in value.as_object().into_iter().flatten() {
            match properties.and_then(|properties| properties.get(name)) {
                Some(schema) => self.value(schema, value, &child(at, name)),
                None if schema.get("additionalProperties") == Some(&Value::Bool(false)) => {
                    let known: Vec<&str> = properties
                        .into_iter()
                        .flat_map(|properties| properties.keys().map(String::as_str))
                        .collect();
                    self.wrong(
                        &child(at, name),
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

    fn array(&mut self, schema: &'a Value, items: &[Value], at: &str) {
        self.length(schema, "Items", "items", items.len(), at);
        if let Some(schema) = schema.get("items") {
            for (index, item) in items.iter().enumerate() {
                self.value(schema, item, &child(at, &index.to_string()));
            }
        }
    }

    fn string(&mut self, schema: &'a Value, text: &str, at: &str) {
        if text.contains('\0') {
            self.wrong(
                at,
                "nul",
                "contains the character U+0000, which cannot be stored".to_owned(),
            );
        }
        self.length(schema, "Length", "characters", text.chars().count(), at);
        if let Some(allowed) = schema.get("enum").and_then(Value::as_array)
            && !allowed.iter().any(|item| item == text)
        {
            let allowed: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
            self.wrong(
                at,
                "not_allowed",
                format!("is not one of: {}", allowed.join(", ")),
            );
        }
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str)
            && !regex_lite::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text))
        {
            self.wrong(at, "pattern", format!("does not match {pattern}"));
        }
        match schema.get("format").and_then(Value::as_str) {
            Some("uuid") if uuid::Uuid::parse_str(text).is_err() => {
                self.wrong(at, "format", "is not a valid UUID".to_owned());
            }
            Some("date-time") if chrono::DateTime::parse_from_rfc3339(text).is_err() => self.wrong(
                at,
                "format",
                "is not a valid time, such as 2026-01-31T09:30:00Z (RFC 3339)".to_owned(),
            ),
            _ => {}
        }
    }

    /// Checks a length against bounds such as `minLength` or `maxItems`.
    fn length(&mut self, schema: &Value, suffix: &str, unit: &str, length: usize, at: &str) {
        let bound = |side: &str| {
            schema
                .get(format!("{side}{suffix}"))
                .and_then(Value::as_u64)
                .and_then(|bound| usize::try_from(bound).ok())
        };
        if let Some(most) = bound("max").filter(|most| length > *most) {
            self.wrong(
                at,
                "too_long",
                format!("has {length} {unit}, and at most {most} are allowed"),
            );
        }
        if let Some(least) = bound("min").filter(|least| length < *least) {
            self.wrong(
                at,
                "too_short",
                format!("has {length} {unit}, and at least {least} are required"),
            );
        }
    }

    fn number(&mut self, schema: &Value, number: Option<f64>, at: &str) {
        let number = number.unwrap_or_default();
        if let Some(most) = schema
            .get("maximum")
            .and_then(Value::as_f64)
            .filter(|most| number > *most)
        {
            self.wrong(
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
            self.wrong(
                at,
                "too_small",
                format!("is {number}, and at least {least} is required"),
            );
        }
    }
}

/// Returns the JSON pointer of a child (RFC 6901).
fn child(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn article(kind: &str) -> String {
    match kind {
        "integer" | "array" | "object" => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}
