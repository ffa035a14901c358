//! Tests of the API document: requirements that every operation must meet.

use serde_json::Value;

use crate::support::document;

/// Returns all operations, with their methods.
fn operations() -> Vec<(&'static str, &'static Value)> {
    let paths = document()["paths"].as_object().unwrap();
    let items = paths.values().flat_map(|item| item.as_object().unwrap());
    items
        .map(|(method, item)| (method.as_str(), item))
        .collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn parameters(operation: &Value) -> impl Iterator<Item = &Value> {
    operation["parameters"].as_array().into_iter().flatten()
}

fn responses(operation: &Value) -> impl Iterator<Item = (&String, &Value)> {
    operation["responses"].as_object().unwrap().iter()
}

/// Returns the media types of a body or a response.
fn content(holder: &Value) -> impl Iterator<Item = (&String, &Value)> {
    holder
        .get("content")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

/// Returns the component that a reference names, or the value itself.
fn named_or_inline(value: &Value) -> &Value {
    let reference = value["$ref"].as_str();
    let path = reference.and_then(|text| text.strip_prefix('#'));
    path.map_or(value, |path| document().pointer(path).unwrap())
}

/// Fails with a list of all operations that lack something.
#[track_caller]
fn every_operation(has: &str, test: impl Fn(&str, &Value) -> bool) {
    let lacking = operations()
        .into_iter()
        .filter(|(method, operation)| !test(method, operation));
    let lacking: Vec<_> = lacking
        .map(|(_, operation)| text(&operation["operationId"]))
        .collect();
    assert!(
        lacking.is_empty(),
        "every operation has {has}, and these do not: {lacking:?}"
    );
}

#[test]
fn describes_all_operations() {
    assert!(operations().len() >= 44);
    every_operation("an identifier and one tag", |_, operation| {
        !text(&operation["operationId"]).is_empty()
            && operation["tags"]
                .as_array()
                .is_some_and(|tags| tags.len() == 1)
    });
    every_operation(
        "a summary: the first paragraph of its doc comment",
        |_, operation| !text(&operation["summary"]).is_empty(),
    );
    every_operation(
        "a description: the second paragraph of its doc comment",
        |_, operation| text(&operation["description"]).ends_with('.'),
    );
    every_operation("parameters with descriptions", |_, operation| {
        parameters(operation).all(|parameter| !text(&parameter["description"]).is_empty())
    });
    every_operation(
        "responses with descriptions, also of their headers",
        |_, operation| {
            responses(operation).all(|(_, response)| {
                let headers = response["headers"].as_object();
                !text(&response["description"]).is_empty()
                    && headers.into_iter().flatten().all(|(_, header)| {
                        !text(&named_or_inline(header)["description"]).is_empty()
                    })
            })
        },
    );
}

/// Collects descriptions of fewer than five words at any depth, with their JSON pointers.
fn collect_short_descriptions(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(description)) = fields.get("description")
                && description.split_whitespace().count() < 5
            {
                found.push(format!("{at}: {description}"));
            }
            for (name, field) in fields {
                collect_short_descriptions(field, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect_short_descriptions(item, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn describes_everything_in_five_words_or_more() {
    let mut found = Vec::new();
    collect_short_descriptions(document(), "", &mut found);
    assert_eq!(found, Vec::<String>::new());
    collect_short_descriptions(
        &serde_json::json!({ "paths": [{ "description": "Of the format." }] }),
        "",
        &mut found,
    );
    assert_eq!(found, ["/paths/0: Of the format."]);
}

#[test]
fn has_examples_for_all_operations() {
    let shown = |(_, media): (&String, &Value)| {
        media.get("example").is_some() || media.get("examples").is_some()
    };
    every_operation("an example of each body", |_, operation| {
        content(&operation["requestBody"]).all(shown)
            && responses(operation).all(|(_, response)| content(response).all(shown))
    });
    every_operation(
        "an example of each parameter and of each header of a response",
        |_, operation| {
            let headers = responses(operation)
                .filter_map(|(_, response)| response.get("headers").and_then(Value::as_object));
            parameters(operation).all(|parameter| parameter.get("example").is_some())
                && headers
                    .flatten()
                    .all(|(_, header)| named_or_inline(header).get("example").is_some())
        },
    );
}

#[test]
fn describes_and_illustrates_all_components() {
    let components = document()["components"].as_object().unwrap();
    let all = components
        .iter()
        .flat_map(|(kind, named)| named.as_object().unwrap().iter().map(move |it| (kind, it)));
    let mut lacking = Vec::new();
    for (kind, (name, component)) in all {
        let words = text(&component["description"]).split_whitespace().count();
        let shows = match kind.as_str() {
            "schemas" | "headers" => component.get("example").is_some(),
            "examples" => component.get("value").is_some(),
            _ => true,
        };
        let starts = text(&component["description"]).split(' ').next().unwrap();
        let is_question =
            ["What", "Whether", "How", "Where", "Who", "Whose", "In"].contains(&starts);
        if words < 5 || is_question || !shows {
            lacking.push(format!("{kind}/{name}"));
        }
    }
    assert!(
        lacking.is_empty(),
        "a component has a description of five words or more, and an example: {lacking:?}"
    );
    for (name, schema) in components["schemas"].as_object().unwrap() {
        for (property, schema) in schema["properties"].as_object().into_iter().flatten() {
            let is_shown = ["$ref", "allOf", "example"]
                .iter()
                .any(|key| schema.get(key).is_some());
            assert!(is_shown, "{name}.{property}: {schema}");
        }
    }
}

#[test]
fn lists_failure_codes_of_all_operations() {
    let examples = &document()["components"]["examples"];
    every_operation("the failures that any request may meet", |_, operation| {
        ["400", "422", "503"]
            .iter()
            .all(|status| operation["responses"].get(status).is_some())
    });
    every_operation(
        "the codes of each failure, with examples",
        |_, operation| {
            let mut failures = responses(operation).filter(|(status, _)| status.as_str() >= "400");
            failures.all(|(status, response)| {
                let codes = response["content"]["application/problem+json"]["examples"].as_object();
                codes.is_some_and(|codes| {
                    !codes.is_empty()
                        && codes.keys().all(|code| {
                            let problem = &examples[code]["value"];
                            problem["status"] == status.parse::<u16>().unwrap()
                                && problem["code"] == **code
                                && text(&response["description"]).contains(&format!("`{code}`"))
                        })
                })
            })
        },
    );
}

#[test]
fn declares_security_of_all_operations() {
    every_operation("`security`, empty where it is public", |_, operation| {
        operation["security"].is_array()
    });
    every_operation(
        "401 exactly where somebody must be signed in, or signs in",
        |_, operation| {
            let is_public = operation["security"].as_array().is_some_and(Vec::is_empty);
            let refuses =
                operation["responses"]["401"]["content"]["application/problem+json"]["examples"]
                    .get("unauthenticated");
            is_public == refuses.is_none()
        },
    );
    let public = operations()
        .into_iter()
        .filter(|(_, operation)| operation["security"] == Value::Array(Vec::new()));
    let public: Vec<_> = public
        .map(|(_, operation)| text(&operation["operationId"]))
        .collect();
    assert!(
        public.contains(&"register") && public.contains(&"signIn"),
        "{public:?}"
    );
    assert!(!public.contains(&"listNotes"), "{public:?}");
}

#[test]
fn documents_conditional_requests_for_reads_with_etag() {
    let conditional = |operation: &Value| {
        parameters(operation).any(|parameter| parameter["name"] == "If-None-Match")
            && operation["responses"].get("304").is_some()
    };
    every_operation(
        "`If-None-Match` and 304 exactly where a read has an `ETag`",
        |method, operation| {
            let tagged = method == "get"
                && operation["responses"]["200"]["headers"]
                    .get("ETag")
                    .is_some();
            tagged == conditional(operation)
        },
    );
    assert!(
        operations()
            .iter()
            .filter(|(_, operation)| conditional(operation))
            .count()
            >= 3
    );
}

/// Fails for schemas in forms that generators do not read.
fn check_schemas(value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(check_schemas),
        Value::Object(fields) => {
            if let Some(parts) = fields.get("allOf").and_then(Value::as_array) {
                assert!(
                    parts.iter().all(|part| part.get("$ref").is_some()),
                    "{value}"
                );
            }
            if fields.get("type").is_some_and(|kind| kind == "integer") {
                for bound in ["minimum", "maximum"] {
                    assert!(
                        fields.get(bound).is_none_or(|bound| !bound.is_f64()),
                        "{value}"
                    );
                }
            }
            fields.values().for_each(check_schemas);
        }
        _ => {}
    }
}

/// Requires a schema form that client generators support; they make required properties mandatory arguments.
#[test]
fn avoids_constructs_that_break_client_generators() {
    every_operation("lists in its query that may be left out", |_, operation| {
        parameters(operation).all(|parameter| {
            parameter["schema"]["type"] != "array"
                || parameter["schema"].get("minItems").is_some()
                || parameter["required"] == false
        })
    });
    every_operation("one media type for its body", |_, operation| {
        content(&operation["requestBody"]).count() <= 1
    });
    every_operation("one kind of success", |_, operation| {
        responses(operation)
            // Where a browser goes is a success too: the addresses that a provider leads to.
            .filter(|(status, _)| status.starts_with('2') || *status == "303")
            .count()
            == 1
    });
    check_schemas(document());
}

#[test]
fn describes_api_topics_and_tags() {
    let document = document();
    let info = &document["info"];
    assert_eq!(info["version"], notes_service::http::openapi::API_VERSION);
    for topic in [
        "## Failures",
        "## Strict requests",
        "## Version of the API and deprecation",
        "`deprecated`",
        "180 days",
    ] {
        assert!(text(&info["description"]).contains(topic), "{topic}");
    }
    for field in ["/info/contact/url", "/info/license/url", "/servers/0/url"] {
        assert!(
            !text(document.pointer(field).unwrap()).is_empty(),
            "{field}"
        );
    }
    let tags = document["tags"].as_array().unwrap();
    assert!(tags.iter().all(|tag| !text(&tag["description"]).is_empty()));
    // What comes first is what one needs first.
    assert_eq!(tags[0]["name"], "Auth");
}

#[test]
fn names_replacement_of_deprecated_parts() {
    fn check(value: &Value) {
        if value["deprecated"] == true {
            assert!(text(&value["description"]).contains("Use `"), "{value}");
        }
        match value {
            Value::Array(items) => items.iter().for_each(check),
            Value::Object(fields) => fields.values().for_each(check),
            _ => {}
        }
    }
    check(document());
}
