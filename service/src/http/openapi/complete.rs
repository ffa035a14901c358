//! Adds what holds for many operations and stands on none of their types: conditional reads, and words for what has none.

use serde_json::{Map, Value, json};

use super::operations;

/// Parameters that mean the same in every operation.
const PARAMETERS: [(&str, &str); 2] = [
    (
        "If-Match",
        "The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.",
    ),
    (
        "Idempotency-Key",
        "A key of the client for this one request, best a UUID: a request that is sent again with it within 24 hours changes nothing more.",
    ),
];

/// Headers of responses that mean the same in every operation.
const HEADERS: [(&str, &str); 14] = [
    ("Cache-Control", "The caches that may keep it: none."),
    (
        "ETag",
        "The version, for `If-Match` of a change and `If-None-Match` of a read.",
    ),
    (
        "Idempotency-Replayed",
        "`true` if an earlier request with the same key has made it.",
    ),
    ("Location", "The path of what was made."),
    (
        "RateLimit",
        "What is left of the allowance, and the seconds until all of it is back.",
    ),
    ("RateLimit-Policy", "The allowance of requests in a time."),
    ("Retry-After", "Seconds until another attempt is worth it."),
    ("Set-Cookie", "The cookie of the session."),
    ("Tus-Resumable", "The version of the protocol, `1.0.0`."),
    (
        "Upload-Expires",
        "When the upload is forgotten if nothing more comes, as HTTP writes times.",
    ),
    ("Upload-Length", "The size of the file in bytes."),
    (
        "Upload-Offset",
        "Number of bytes that have been received: the next piece begins there.",
    ),
    ("WWW-Authenticate", "The way to authenticate."),
    (
        "X-Robots-Tag",
        "What search engines may do with it: not list it.",
    ),
];

/// Completes a document that is refined.
pub(super) fn complete(document: &mut Value) {
    let schemas = document["components"]["schemas"].take();
    for (path, method, operation) in operations(document) {
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            describe_parameter(path, parameter);
        }
        let responses = operation["responses"].as_object_mut();
        for (status, response) in responses.into_iter().flatten() {
            complete_response(status, response, &schemas);
        }
        if path == "/api/auth/login" {
            operation["responses"]["401"]["headers"]["Set-Cookie"] = json!({
                "description": "With `second_factor_required`: the cookie of the sign-in that waits, for five minutes.",
                "required": false,
                "schema": {"type": "string"},
            });
        }
        if method == "get"
            && operation["responses"]["200"]["headers"]
                .get("ETag")
                .is_some()
        {
            make_conditional(operation);
        }
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            responses.sort_keys();
        }
    }
    document["components"]["schemas"] = schemas;
}

/// Adds `If-None-Match` and 304, which `http/conditional.rs` answers.
fn make_conditional(operation: &mut Value) {
    let parameter = json!({
        "name": "If-None-Match",
        "in": "header",
        "description": "An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. \
                        What is no list of tags is ignored.",
        "required": false,
        "schema": {"type": "string"},
    });
    if let Some(parameters) = operation
        .get_mut("parameters")
        .and_then(Value::as_array_mut)
    {
        parameters.push(parameter);
    } else {
        operation["parameters"] = json!([parameter]);
    }
    operation["responses"]["304"] = json!({
        "description": "Not changed: the client has the version that `If-None-Match` names.",
        "headers": {"ETag": operation["responses"]["200"]["headers"]["ETag"]},
    });
}

fn describe_parameter(path: &str, parameter: &mut Value) {
    if parameter["description"]
        .as_str()
        .is_some_and(|text| !text.is_empty())
    {
        return;
    }
    let name = parameter["name"].as_str().unwrap_or_default();
    let common = PARAMETERS.iter().find(|(known, _)| *known == name);
    let text = match (common, path.split_once(&format!("/{{{name}}}"))) {
        (Some((_, text)), _) => (*text).to_owned(),
        (None, Some((collection, _))) => format!("Names one of those below `{collection}`."),
        (None, None) => return,
    };
    parameter["description"] = text.into();
}

/// poem-openapi writes names of headers in capitals; generators of clients take them for other words.
fn name_headers(response: &mut Value) {
    if let Some(Value::Object(headers)) = response.get_mut("headers") {
        *headers = std::mem::take(headers)
            .into_iter()
            .map(|(name, header)| {
                let usual = HEADERS
                    .iter()
                    .find(|(usual, _)| usual.eq_ignore_ascii_case(&name));
                (usual.map_or(name, |(usual, _)| (*usual).to_owned()), header)
            })
            .collect();
    }
}

fn complete_response(status: &str, response: &mut Value, schemas: &Value) {
    if response["description"] == "" {
        let schema = response.pointer("/content/application~1json/schema/$ref");
        let schema = schema.and_then(Value::as_str);
        let name = schema.and_then(|text| text.rsplit('/').next());
        if let Some(text) = name.and_then(|name| schemas[name]["description"].as_str()) {
            response["description"] = text.into();
        }
    }
    name_headers(response);
    let text = || json!({"type": "string"});
    let seconds = || json!({"type": "integer", "minimum": 0});
    let added = match status {
        "401" => vec![("WWW-Authenticate", text())],
        "429" => vec![
            ("RateLimit", text()),
            ("RateLimit-Policy", text()),
            ("Retry-After", seconds()),
        ],
        "503" => vec![("Retry-After", seconds())],
        _ => Vec::new(),
    };
    for (name, schema) in added {
        let header = json!({"required": false, "schema": schema});
        if let Some(headers) = response.get_mut("headers").and_then(Value::as_object_mut) {
            headers.entry(name).or_insert(header);
        } else {
            response["headers"] = Value::Object(Map::from_iter([(name.to_owned(), header)]));
        }
    }
    let headers = response.get_mut("headers").and_then(Value::as_object_mut);
    for (name, header) in headers.into_iter().flatten() {
        let known = HEADERS.iter().find(|(known, _)| known == name);
        if let Some((_, text)) = known
            && header["description"].as_str().is_none_or(str::is_empty)
        {
            header["description"] = (*text).into();
        }
        if let Some(header) = header.as_object_mut()
            && header.get("deprecated") == Some(&Value::Bool(false))
        {
            header.remove("deprecated");
        }
    }
}
