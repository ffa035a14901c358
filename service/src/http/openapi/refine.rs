//! Corrects the document that poem-openapi generates: adds constraints that poem-openapi enforces without writing them, and uses forms that
//! generators of clients understand.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::iter_operations;

/// Schemas of request bodies that no operation refers to, because they are sent as files.
const FILES: [&str; 1] = ["Export"];

/// Corrects a document that poem-openapi has generated, in place.
pub(super) fn refine_document(document: &mut Value) {
    document["openapi"] = "3.0.3".into();
    simplify_value(document);
    let types = types_of_schemas(document);
    type_nullable(document, &types);
    close_requests(document);
    for (_, _, operation) in iter_operations(document) {
        if operation.get("security").is_none() {
            operation["security"] = Value::Array(Vec::new());
        }
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            refine_parameter(parameter);
        }
    }
}

/// Marks list parameters as optional: poem-openapi writes every list as required, but reads a missing one as an empty list.
fn refine_parameter(parameter: &mut Value) {
    let schema = &parameter["schema"];
    let may_be_empty = schema["type"] == "array" && schema["minItems"].as_u64().unwrap_or(0) == 0;
    if may_be_empty {
        parameter["required"] = false.into();
    }
    let is_query = parameter["in"] == "query";
    if let Some(parameter) = parameter.as_object_mut() {
        if parameter.get("deprecated") == Some(&Value::Bool(false)) {
            parameter.remove("deprecated");
        }
        // poem-openapi writes the default of query parameters for all parameters; others have the opposite default (OpenAPI 3.0.3, parameter object).
        if !is_query {
            parameter.remove("explode");
        }
    }
}

/// Simplifies the whole document: an `allOf` of a reference and a description, and integer bounds that are written with a fraction of zero.
fn simplify_value(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(simplify_value),
        Value::Object(fields) => {
            fields.values_mut().for_each(simplify_value);
            unwrap_reference(fields);
            for bound in ["minimum", "maximum"] {
                if let Some(bound) = fields.get_mut(bound) {
                    convert_to_integer(bound);
                }
            }
        }
        _ => {}
    }
}

/// Removes the second part of `allOf: [reference, description]`. It repeats the description next to it as a schema that allows everything, which some
/// generators refuse.
fn unwrap_reference(fields: &mut Map<String, Value>) {
    let Some(Value::Array(parts)) = fields.get_mut("allOf") else {
        return;
    };
    parts.retain(|part| {
        let only_says = |part: &Map<String, Value>| part.keys().all(|key| key == "description");
        !part.as_object().is_some_and(only_says)
    });
}

/// Returns the type of each named schema, by the path of a reference to it.
fn types_of_schemas(document: &Value) -> BTreeMap<String, Value> {
    let schemas = document["components"]["schemas"].as_object();
    let typed = schemas.into_iter().flatten().filter_map(|(name, schema)| {
        let path = format!("#/components/schemas/{name}");
        Some((path, schema.get("type")?.clone()))
    });
    typed.collect()
}

/// Adds the type to nullable references: `nullable` has no effect without a type in the same schema (OpenAPI 3.0.3, schema object).
fn type_nullable(value: &mut Value, types: &BTreeMap<String, Value>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| type_nullable(item, types)),
        Value::Object(fields) => {
            let is_bare =
                fields.get("nullable") == Some(&Value::Bool(true)) && !fields.contains_key("type");
            let reference = fields
                .get("allOf")
                .and_then(|parts| parts[0]["$ref"].as_str());
            let named = reference
                .and_then(|reference| types.get(reference))
                .cloned();
            if let Some(named) = named.filter(|_| is_bare) {
                fields.insert("type".to_owned(), named);
            }
            fields
                .values_mut()
                .for_each(|field| type_nullable(field, types));
        }
        _ => {}
    }
}

fn convert_to_integer(bound: &mut Value) {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the comparison holds for what an i64 holds"
    )]
    if let Some(number) = bound.as_f64()
        && bound.is_f64()
        && number.fract() == 0.0
        && number.abs() < 9e15
    {
        *bound = (number as i64).into();
    }
}

/// Forbids unknown properties in the bodies of requests. Bodies of responses may gain properties, which clients ignore.
fn close_requests(document: &mut Value) {
    let mut closed: BTreeSet<String> = FILES.iter().map(|name| (*name).to_owned()).collect();
    for (_, _, operation) in iter_operations(document) {
        collect_references(&operation["requestBody"], &mut closed);
    }
    let schemas = document.pointer_mut("/components/schemas");
    let Some(schemas) = schemas.and_then(Value::as_object_mut) else {
        return;
    };
    let mut open: Vec<String> = closed.iter().cloned().collect();
    while let Some(name) = open.pop() {
        let mut found = BTreeSet::new();
        collect_references(schemas.get(&name).unwrap_or(&Value::Null), &mut found);
        open.extend(found.into_iter().filter(|name| closed.insert(name.clone())));
    }
    for (name, schema) in schemas {
        if closed.contains(name) && schema["type"] == "object" && schema.get("properties").is_some()
        {
            schema["additionalProperties"] = false.into();
        }
    }
}

/// Collects the names of the schemas that a value refers to.
fn collect_references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|item| collect_references(item, found)),
        Value::Object(fields) => {
            let reference = fields.get("$ref").and_then(Value::as_str);
            let name = reference.and_then(|text| text.strip_prefix("#/components/schemas/"));
            found.extend(name.map(str::to_owned));
            fields
                .values()
                .for_each(|field| collect_references(field, found));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn simplifies_references_and_bounds() {
        let reference = json!({"$ref": "#/components/schemas/Color"});
        let mut value = json!({
            "description": "Its colour.",
            "allOf": [reference, {"description": "Its colour."}],
            "items": {"type": "integer", "minimum": 1.0, "maximum": 0.5},
        });
        simplify_value(&mut value);
        let expected = json!({
            "description": "Its colour.",
            "allOf": [reference],
            "items": {"type": "integer", "minimum": 1, "maximum": 0.5},
        });
        assert_eq!(value, expected);
    }

    #[test]
    fn makes_lists_optional() {
        for (schema, required) in [
            (json!({"type": "array"}), false),
            (json!({"type": "array", "minItems": 1}), true),
            (json!({"type": "string"}), true),
        ] {
            let mut parameter = json!({"in": "query", "required": true, "schema": schema});
            refine_parameter(&mut parameter);
            assert_eq!(parameter["required"], required, "{parameter}");
        }
    }

    #[test]
    fn closes_request_schemas() {
        let object = |of: &str| json!({"type": "object", "properties": {"a": {"$ref": format!("#/components/schemas/{of}")}}});
        let mut document = json!({
            "paths": {"/a": {"post": {"requestBody": {"$ref": "#/components/schemas/Sent"}}}},
            "components": {"schemas": {"Sent": object("Inner"), "Inner": object("Inner"), "Answered": object("Inner")}},
        });
        close_requests(&mut document);
        let schemas = &document["components"]["schemas"];
        assert_eq!(schemas["Sent"]["additionalProperties"], false);
        assert_eq!(schemas["Inner"]["additionalProperties"], false);
        assert!(schemas["Answered"].get("additionalProperties").is_none());
    }
}
