//! Validates JSON against a JSON Schema, and refuses schemas with unknown keywords.

use serde_json::Value as JsonValue;

/// Returns the violations of a value; empty if it conforms to the schema.
pub(crate) fn problems(schema: &JsonValue, value: &JsonValue) -> Vec<String> {
    judge(schema, schema, value, "")
}

/// Parses the document on standard output, which must conform to the schema of that name and contain its required keys.
pub(crate) fn conforming(name: &str, stdout: &str) -> JsonValue {
    let document: JsonValue =
        serde_json::from_str(stdout).unwrap_or_else(|error| panic!("{error}: {stdout}"));
    let schema = schema(name);
    assert_eq!(
        problems(&schema, &document),
        Vec::<String>::new(),
        "{document:#}"
    );
    document
}

/// Reads the committed schema of that name.
pub(crate) fn schema(name: &str) -> JsonValue {
    let mut all = infra_cli::list_schemas().into_iter();
    let found = all.find(|(other, _)| *other == name);
    found.unwrap_or_else(|| panic!("no schema `{name}`")).1
}

#[expect(clippy::unwrap_used, reason = "a schema that is none fails the test")]
fn judge(root: &JsonValue, schema: &JsonValue, value: &JsonValue, at: &str) -> Vec<String> {
    let schema = match schema {
        JsonValue::Bool(true) => return Vec::new(),
        JsonValue::Object(keywords) => keywords,
        other => panic!("{other} is no schema"),
    };
    let mut found = Vec::new();
    let mut wrong = |what: String| found.push(format!("{at}: {what}, and it is {value}"));
    let below = |key: &str| format!("{at}/{key}");
    let all = |list: &JsonValue| -> Vec<Vec<String>> {
        let list = list.as_array().unwrap().iter();
        list.map(|one| judge(root, one, value, at)).collect()
    };
    let mut further = Vec::new();
    for (keyword, says) in schema {
        match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "default" | "examples" | "format" => {}
            "$ref" => {
                let pointer = says.as_str().unwrap().trim_start_matches('#');
                further.extend(judge(root, root.pointer(pointer).unwrap(), value, at));
            }
            "const" if value != says => wrong(format!("it must be {says}")),
            "enum" if !says.as_array().unwrap().contains(value) => {
                wrong(format!("it must be one of {says}"));
            }
            "const" | "enum" => {}
            "type" => {
                let types = says
                    .as_array()
                    .map_or(vec![says], |list| list.iter().collect());
                let fits = |name: &&JsonValue| match name.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "null" => value.is_null(),
                    "number" => value.is_number(),
                    "integer" => value.is_i64() || value.is_u64(),
                    other => panic!("no type is called {other}"),
                };
                if !types.iter().any(fits) {
                    wrong(format!("it must be of type {says}"));
                }
            }
            // These keywords apply to numbers only; other values fail the check of `type`.
            "minimum" if value.is_number() && value.as_f64() < says.as_f64() => {
                wrong(format!("at least {says}"));
            }
            "maximum" if value.is_number() && value.as_f64() > says.as_f64() => {
                wrong(format!("at most {says}"));
            }
            "minimum" | "maximum" => {}
            "properties" => {
                for (key, of) in says.as_object().unwrap() {
                    if let Some(value) = value.get(key) {
                        further.extend(judge(root, of, value, &below(key)));
                    }
                }
            }
            "additionalProperties" => {
                let known = |key: &String| schema["properties"].get(key).is_some();
                for (key, value) in value.as_object().into_iter().flatten() {
                    if schema.contains_key("properties") && known(key) {
                        continue;
                    }
                    assert!(says.is_object() || says.is_boolean());
                    if *says == false {
                        wrong(format!("it may not have `{key}`"));
                    } else {
                        further.extend(judge(root, says, value, &below(key)));
                    }
                }
            }
            "required" => {
                for key in says.as_array().unwrap() {
                    if value.is_object() && value.get(key.as_str().unwrap()).is_none() {
                        wrong(format!("it must have {key}"));
                    }
                }
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    further.extend(judge(root, says, item, &below(&index.to_string())));
                }
            }
            "anyOf" | "oneOf" => {
                let judged = all(says);
                let fitting = judged.iter().filter(|found| found.is_empty()).count();
                if fitting == 0 || keyword == "oneOf" && fitting > 1 {
                    wrong(format!("{fitting} alternatives fit"));
                }
            }
            "allOf" => further.extend(all(says).into_iter().flatten()),
            other => panic!("`{other}` is a keyword that this judge does not know"),
        }
    }
    found.extend(further);
    found
}
