//! Adds the parts of the document that belong to many operations and to none of their types: conditional reads, and descriptions of common parameters
//! and headers.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::iter_operations;

/// Descriptions of parameters that have the same meaning in every operation.
const PARAMETERS: [(&str, &str); 2] = [
    (
        "If-Match",
        "`ETag` of the version that the change is based on, a list of such tags, or `*` for any version.",
    ),
    (
        "Idempotency-Key",
        "Key that the client chooses for this request, such as a UUID. Within 24 hours, a repeated request with the same key has no further effect.",
    ),
];

/// Descriptions and examples of response headers that have the same meaning in every operation.
const HEADERS: [(&str, &str, &str); 15] = [
    (
        "Cache-Control",
        "Caching rules: caches must not store the response.",
        "no-store",
    ),
    (
        "Content-Disposition",
        "Presentation of the file in browsers, `inline` or `attachment`, and its name.",
        "attachment; filename=\"notes.zip\"",
    ),
    (
        "ETag",
        "Version of the resource, for `If-Match` of a change and `If-None-Match` of a read.",
        "\"7\"",
    ),
    (
        "Idempotency-Replayed",
        "`true` if an earlier request with the same key created the resource.",
        "true",
    ),
    (
        "Location",
        "Path of the created resource, or URL to which the browser is redirected.",
        "/api/notes/01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
    ),
    (
        "RateLimit",
        "Number of requests (`r`) that are left, and of seconds (`t`) until all are available again.",
        "\"user\";r=1187;t=7",
    ),
    (
        "RateLimit-Policy",
        "Number of requests (`q`) that are allowed within a number of seconds (`w`).",
        "\"user\";q=1200;w=60",
    ),
    (
        "Retry-After",
        "Number of seconds after which another attempt can succeed.",
        "30",
    ),
    (
        "Set-Cookie",
        "Cookie of the session or of a sign-in; an empty value clears it.",
        "__Host-notes_session=EXAMPLE; Path=/; HttpOnly; Secure; SameSite=Lax",
    ),
    (
        "Tus-Resumable",
        "Version of the tus protocol, always `1.0.0`.",
        "1.0.0",
    ),
    (
        "Upload-Expires",
        "Time at which the upload is deleted if no further piece arrives, as an HTTP date.",
        "Tue, 05 May 2026 09:30:00 GMT",
    ),
    (
        "Upload-Length",
        "Size of the whole file in bytes.",
        "12582912",
    ),
    (
        "Upload-Offset",
        "Number of bytes that were received, at which the next piece begins.",
        "4194304",
    ),
    (
        "WWW-Authenticate",
        "Authentication scheme that the operation accepts (RFC 9110, section 11.6.1).",
        "Bearer realm=\"notes\"",
    ),
    (
        "X-Robots-Tag",
        "Rule for search engines, which must not index the response.",
        "noindex",
    ),
];

/// Example of the cookie that identifies a sign-in until its second factor is verified.
const WAITING_COOKIE: &str =
    "__Host-notes_sign_in=EXAMPLE; Path=/; Max-Age=300; HttpOnly; Secure; SameSite=Lax";

/// Adds missing descriptions, examples, headers and conditional reads to a refined document.
pub(super) fn complete_document(document: &mut Value) {
    let schemas = document["components"]["schemas"].take();
    for (path, method, operation) in iter_operations(document) {
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            describe_parameter(path, parameter);
        }
        describe_body(operation, &schemas);
        let responses = operation["responses"].as_object_mut();
        for (status, response) in responses.into_iter().flatten() {
            complete_response(status, response, &schemas);
        }
        if path == "/api/auth/login" {
            operation["responses"]["401"]["headers"]["Set-Cookie"] = json!({
                "description": "Cookie that identifies the sign-in for five minutes, with `second_factor_required` only.",
                "required": false,
                "example": WAITING_COOKIE,
                "schema": {"type": "string", "example": WAITING_COOKIE},
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
    share_headers(document);
}

/// Moves headers that several responses have into the components, in the form that occurs most often.
fn share_headers(document: &mut Value) {
    let mut forms: BTreeMap<String, Vec<(Value, usize)>> = BTreeMap::new();
    each_header(document, |name, header| {
        let forms = forms.entry(name.to_owned()).or_default();
        match forms.iter_mut().find(|(form, _)| form == header) {
            Some((_, times)) => *times += 1,
            None => forms.push((header.clone(), 1)),
        }
    });
    let shared = forms.into_iter().filter_map(|(name, mut forms)| {
        forms.sort_by_key(|(_, times)| Reverse(*times));
        let (form, times) = forms.swap_remove(0);
        (times > 1).then_some((name, form))
    });
    let shared: Map<String, Value> = shared.collect();
    each_header(document, |name, header| {
        if shared.get(name) == Some(header) {
            *header = json!({"$ref": format!("#/components/headers/{name}")});
        }
    });
    document["components"]["headers"] = Value::Object(shared);
}

fn each_header(document: &mut Value, mut visit: impl FnMut(&str, &mut Value)) {
    for (_, _, operation) in iter_operations(document) {
        let responses = operation["responses"].as_object_mut();
        for (_, response) in responses.into_iter().flatten() {
            let headers = response.get_mut("headers").and_then(Value::as_object_mut);
            for (name, header) in headers.into_iter().flatten() {
                visit(name, header);
            }
        }
    }
}

/// Describes a request body by its schema, unless it already has a description.
fn describe_body(operation: &mut Value, schemas: &Value) {
    let Some(body) = operation.get_mut("requestBody") else {
        return;
    };
    if body["description"].as_str().is_none_or(str::is_empty)
        && let Some(text) = description_of_json(body, schemas)
    {
        body["description"] = text.into();
    }
}

/// Returns the description of the schema of a JSON body or response.
fn description_of_json(holder: &Value, schemas: &Value) -> Option<String> {
    let schema = holder.pointer("/content/application~1json/schema/$ref")?;
    let name = schema.as_str()?.rsplit('/').next()?;
    schemas[name]["description"].as_str().map(str::to_owned)
}

/// Adds the parameter `If-None-Match` and the response 304, both of which `http/conditional.rs` implements.
fn make_conditional(operation: &mut Value) {
    let parameter = json!({
        "name": "If-None-Match",
        "in": "header",
        "description": "`ETag` of the version that the client has, a list of such tags, or `*`. If the current version is among them, the answer is \
                        304 without a body. Invalid lists are ignored.",
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
        "description": "Not modified: the client has a version that `If-None-Match` names.",
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
        (None, Some((collection, _))) => {
            format!("Identifier of one of the resources below `{collection}`.")
        }
        (None, None) => return,
    };
    parameter["description"] = text.into();
}

/// Restores the usual case of header names. poem-openapi writes them in capitals, which generators of clients take for abbreviations.
fn name_headers(response: &mut Value) {
    if let Some(Value::Object(headers)) = response.get_mut("headers") {
        *headers = std::mem::take(headers)
            .into_iter()
            .map(|(name, header)| {
                let usual = HEADERS
                    .iter()
                    .find(|(usual, ..)| usual.eq_ignore_ascii_case(&name));
                (
                    usual.map_or(name, |(usual, ..)| (*usual).to_owned()),
                    header,
                )
            })
            .collect();
    }
}

fn complete_response(status: &str, response: &mut Value, schemas: &Value) {
    if response["description"] == ""
        && let Some(text) = description_of_json(response, schemas)
    {
        response["description"] = text.into();
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
        let known = HEADERS.iter().find(|(known, ..)| known == name);
        if let Some((_, text, example)) = known {
            if header["description"].as_str().is_none_or(str::is_empty) {
                header["description"] = (*text).into();
            }
            let example = match header["schema"]["type"].as_str() {
                Some("integer") => example.parse::<u64>().unwrap_or_default().into(),
                _ => Value::from(*example),
            };
            header["example"] = example.clone();
            header["schema"]["example"] = example;
        }
        if let Some(header) = header.as_object_mut()
            && header.get("deprecated") == Some(&Value::Bool(false))
        {
            header.remove("deprecated");
        }
    }
}
