//! Examples of bodies, parameters and problems: made from the schemas, so that an operation that is added has some, and they are allowed.

mod problems;
mod samples;

use serde_json::{Map, Value};

use super::operations;

/// Adds examples to a document.
pub(super) fn add(document: &mut Value) {
    problems::add(document);
    let schemas = document["components"]["schemas"].take();
    let maker = Maker { schemas: &schemas };
    for (_, _, operation) in operations(document) {
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            // Pages that show the document fill in every example: a filter that nobody asked for finds nothing.
            if parameter["required"] == true {
                let name = parameter["name"].as_str().unwrap_or_default();
                let place = Place {
                    property: name,
                    ..Place::default()
                };
                parameter["example"] = maker.value(&parameter["schema"], place);
            }
        }
        maker.add_to(operation.pointer_mut("/requestBody/content"));
        let responses = operation["responses"].as_object_mut();
        for (_, response) in responses.into_iter().flatten() {
            maker.add_to(response.get_mut("content"));
        }
    }
    document["components"]["schemas"] = schemas;
}

/// The place of a value among schemas.
#[derive(Debug, Clone, Copy, Default)]
struct Place<'a> {
    /// The schema that holds the object, if one does.
    within: &'a str,
    /// The schema of the object.
    owner: &'a str,
    /// The property of the object, or the name of a parameter.
    property: &'a str,
}

struct Maker<'a> {
    schemas: &'a Value,
}

impl Maker<'_> {
    /// Archives have no example: nobody writes one by hand.
    fn add_to(&self, content: Option<&mut Value>) {
        let content = content.and_then(Value::as_object_mut);
        for (kind, media) in content.into_iter().flatten() {
            if media.get("examples").is_none() && kind != "application/zip" {
                media["example"] = self.value(&media["schema"], Place::default());
            }
        }
    }

    /// An example of a schema's value.
    fn value(&self, schema: &Value, place: Place<'_>) -> Value {
        let named = schema["$ref"]
            .as_str()
            .or_else(|| schema["allOf"][0]["$ref"].as_str());
        if let Some(sample) = samples::of(place) {
            return sample;
        }
        if let Some(name) = named.and_then(|text| text.rsplit('/').next()) {
            let place = Place {
                within: place.owner,
                owner: name,
                property: "",
            };
            return self.value(&self.schemas[name], place);
        }
        if let Some(first) = schema["enum"].get(0).or_else(|| schema.get("default")) {
            return first.clone();
        }
        if let Some(first) = schema["anyOf"].get(0) {
            return self.value(first, place);
        }
        match schema["type"].as_str().unwrap_or_default() {
            "object" => self.object(schema, place),
            "array" => Value::Array(vec![self.value(&schema["items"], place)]),
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

    fn object(&self, schema: &Value, place: Place<'_>) -> Value {
        let properties = schema["properties"].as_object().into_iter().flatten();
        let properties = properties.map(|(name, schema)| {
            let place = Place {
                property: name,
                ..place
            };
            (name.clone(), self.value(schema, place))
        });
        // A sample of null leaves a property out.
        Value::Object(
            properties
                .filter(|(_, value)| !value.is_null())
                .collect::<Map<_, _>>(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::openapi::document;
    use crate::http::schema::violations;

    #[test]
    fn examples_of_every_schema_are_allowed_and_say_something() {
        let document = document();
        let schemas = &document["components"]["schemas"];
        let maker = Maker { schemas };
        for name in schemas.as_object().unwrap().keys() {
            let place = Place {
                owner: name,
                ..Place::default()
            };
            let example = maker.value(&schemas[name], place);
            let wrong = violations(document, name, &example);
            assert!(wrong.is_empty(), "{name}: {example} {wrong:?}");
            assert!(
                !example.to_string().contains(samples::NONE),
                "{name} has a text without a sample, which http/openapi/samples.rs is to name: {example}"
            );
        }
    }
}
