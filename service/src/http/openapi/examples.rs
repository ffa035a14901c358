//! Examples of bodies, parameters, schemas and problems. They are generated from the schemas, so that new operations have valid examples too.

mod problems;
mod samples;

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::iter_operations;
use crate::http::problem::CONTENT_TYPE;

/// Adds examples to all parameters, bodies, responses and schemas of a document.
pub(super) fn add_examples(document: &mut Value) {
    problems::add_problems(document);
    let schemas = document["components"]["schemas"].take();
    let maker = ExampleBuilder { schemas: &schemas };
    for (_, _, operation) in iter_operations(document) {
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap_or_default().to_owned();
            let place = Place {
                property: &name,
                ..Place::default()
            };
            parameter["example"] = maker.example_value(&parameter["schema"], place);
            maker.add_example(&mut parameter["schema"], place);
        }
        maker.add_to(operation.pointer_mut("/requestBody/content"));
        let responses = operation["responses"].as_object_mut();
        for (_, response) in responses.into_iter().flatten() {
            maker.add_to(response.get_mut("content"));
        }
    }
    let mut shown = schemas.clone();
    for (name, schema) in shown.as_object_mut().into_iter().flatten() {
        let place = Place {
            owner: name,
            ..Place::default()
        };
        maker.add_example(schema, place);
    }
    document["components"]["schemas"] = shown;
}

/// Position of a value among the schemas, by which samples are looked up.
#[derive(Debug, Clone, Copy, Default)]
struct Place<'a> {
    /// Name of the schema that contains the object; empty if none does.
    within: &'a str,
    /// Name of the schema of the object; empty for parameters.
    owner: &'a str,
    /// Name of the property of the object, or of the parameter.
    property: &'a str,
}

struct ExampleBuilder<'a> {
    schemas: &'a Value,
}

impl ExampleBuilder<'_> {
    fn add_to(&self, content: Option<&mut Value>) {
        let content = content.and_then(Value::as_object_mut);
        for (kind, media) in content.into_iter().flatten() {
            if media.get("examples").is_none() {
                media["example"] = self.example_value(&media["schema"], Place::default());
            }
            // Problems have a named schema with an example of its own; files do not.
            if kind != CONTENT_TYPE {
                self.add_example(&mut media["schema"], Place::default());
            }
        }
    }

    /// Adds an example to a schema and to all schemas inside it, except references, whose schemas have examples of their own.
    fn add_example(&self, schema: &mut Value, place: Place<'_>) {
        let example = match self.example_value(schema, place) {
            // A property that is omitted from the example of its object still has an example of its own.
            Value::Null => self.example_value(
                schema,
                Place {
                    property: place.property,
                    ..Place::default()
                },
            ),
            example => example,
        };
        self.show_as(schema, example, place);
    }

    fn show_as(&self, schema: &mut Value, example: Value, place: Place<'_>) {
        let is_named = schema.get("allOf").is_some() && schema.get("nullable").is_none();
        if schema.get("$ref").is_some() || is_named {
            return;
        }
        if let (Some(items), Some(first)) = (schema.get_mut("items"), example.get(0)) {
            self.show_as(items, first.clone(), place);
        }
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for (name, property) in properties.into_iter().flatten() {
            let place = Place {
                property: name,
                ..place
            };
            self.add_example(property, place);
        }
        let parts = schema.get_mut("anyOf").and_then(Value::as_array_mut);
        for part in parts.into_iter().flatten() {
            self.add_example(part, place);
        }
        schema["example"] = match example {
            // The example of the outer schema has the same `id`; see `own_id`.
            Value::Object(mut fields) if schema.get("properties").is_none() => {
                fields.remove("id");
                fields.into()
            }
            example => example,
        };
    }

    /// Returns an example of a value that the schema allows.
    fn example_value(&self, schema: &Value, place: Place<'_>) -> Value {
        let named = schema["$ref"]
            .as_str()
            .or_else(|| schema["allOf"][0]["$ref"].as_str());
        if let Some(sample) = samples::find_sample(place) {
            return sample;
        }
        if let Some(name) = named.and_then(|text| text.rsplit('/').next()) {
            let place = Place {
                within: place.owner,
                owner: name,
                property: "",
            };
            return self.example_value(&self.schemas[name], place);
        }
        if let Some(first) = schema["enum"].get(0).or_else(|| schema.get("default")) {
            return first.clone();
        }
        if let Some(first) = schema["anyOf"].get(0) {
            return self.example_value(first, place);
        }
        match schema["type"].as_str().unwrap_or_default() {
            "object" => self.example_object(schema, place),
            "array" => Value::Array(vec![self.example_value(&schema["items"], place)]),
            "boolean" => false.into(),
            "integer" | "number" => match &schema["minimum"] {
                Value::Null => 1.into(),
                least => least.clone(),
            },
            _ => match schema["format"].as_str() {
                Some("uuid") => samples::UUID.into(),
                Some("date-time") => samples::TIME.into(),
                Some("binary") => samples::BYTES.into(),
                _ => samples::NONE.into(),
            },
        }
    }

    fn example_object(&self, schema: &Value, place: Place<'_>) -> Value {
        let properties = schema["properties"].as_object().into_iter().flatten();
        let properties = properties.map(|(name, schema)| {
            let place = Place {
                property: name,
                ..place
            };
            (name.clone(), self.example_value(schema, place))
        });
        // A sample of null omits the property.
        let mut object: Map<_, _> = properties.filter(|(_, value)| !value.is_null()).collect();
        if schema["properties"]["id"]["format"] == "uuid" && object.contains_key("id") {
            let id = own_id(&object);
            object.insert("id".to_owned(), id.into());
        }
        Value::Object(object)
    }
}

/// Returns an identifier derived from the content of an example, so that equal identifiers mean equal examples. redocly treats the `id` of an example
/// inside a schema as the identifier of a schema, which must be unique.
fn own_id(object: &Map<String, Value>) -> String {
    let text = serde_json::to_vec(object).unwrap_or_default();
    let mut tail = [0; 8];
    for (byte, from) in tail[2..].iter_mut().zip(Sha256::digest(text)) {
        *byte = from;
    }
    let tail = u64::from_be_bytes(tail);
    let (head, _) = samples::UUID.rsplit_once('-').unwrap_or_default();
    format!("{head}-{tail:012x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::openapi::build_document;
    use crate::http::schema::Schemas;

    #[test]
    fn schema_examples_are_valid() {
        let document = build_document();
        let checked = Schemas::from_document(&document);
        let schemas = &document["components"]["schemas"];
        let maker = ExampleBuilder { schemas };
        for name in schemas.as_object().unwrap().keys() {
            let place = Place {
                owner: name,
                ..Place::default()
            };
            let example = maker.example_value(&schemas[name], place);
            let wrong = checked.find_violations(name, &example);
            assert!(wrong.is_empty(), "{name}: {example} {wrong:?}");
            assert!(
                !example.to_string().contains(samples::NONE),
                "{name} has a text without a sample, which http/openapi/samples.rs is to name: {example}"
            );
        }
    }

    #[test]
    fn parameters_and_properties_have_examples() {
        fn assert_samples(value: &Value, place: &str) {
            match value {
                Value::String(text) => assert_ne!(
                    text,
                    samples::NONE,
                    "{place} has no sample in http/openapi/examples/samples.rs"
                ),
                Value::Array(items) => items
                    .iter()
                    .enumerate()
                    .for_each(|(at, item)| assert_samples(item, &format!("{place}/{at}"))),
                Value::Object(fields) => fields
                    .iter()
                    .for_each(|(name, field)| assert_samples(field, &format!("{place}/{name}"))),
                _ => {}
            }
        }
        assert_samples(&build_document(), "");
    }
}
