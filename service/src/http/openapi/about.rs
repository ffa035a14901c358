//! The description of the API as a whole: its version, rules that hold for every operation, servers, and the order of tags.

use serde_json::{Value, json};

use crate::http::api::TAGS;

pub(super) const TITLE: &str = "Notes";

/// The version of the API, which counts apart from that of the program; the description says what its parts mean.
pub const API_VERSION: &str = "1.0.0";

/// The address of the sources.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

const DESCRIPTION: &str = "\
Notes with labels, an archive and a trash.

## Signing in

Browsers register or sign in below `/api/auth`, and hold the session in a cookie that scripts cannot read. Programs send an access token as
`Authorization: Bearer …`; `POST /api/tokens` makes one. Operations without a lock are open to everybody. An access token is for one or more
scopes; the property `x-token-scopes` of an operation, and its description, say which it needs. Without one of them the answer is 403.

An account may ask for a second factor. `POST /api/auth/login` then answers 401 with the code `second_factor_required` and a cookie for five
minutes; `POST /api/auth/second-factor` takes the second factor and sets the session.

## The account that a client means

A browser has one session, and a page that was loaded by one account may be shown beside a tab that has signed in to another since. A request with
the header `Notes-Account`, the `id` of `GET /api/me`, answers 409 with the code `other_account` before anything happens, if its session or access
token is of another account. `GET /api/events` takes it as the query parameter `account`, because pages cannot send headers with it.

## Failures

Every failure is a document of the type `application/problem+json` (RFC 9457). Programs compare `code`, a stable word; people read `title` and
`detail`; `errors` names each value that is not allowed, by a JSON pointer into the body or the name of a parameter. `requestId` is the header
`X-Request-Id` of the response, by which the operator finds the request in the logs. Every operation lists the failures that it may answer.
Besides, a path that is not served answers 404, another method 405, and a defect of the service 500.

## Strict requests

Properties and query parameters that an operation does not know answer 422 in place of being ignored, and so does a query parameter that is sent
twice and has one value: `errors` names each with the allowed ones. A request of HTTP/1.1 without `Host`, or with two, answers 400.

## Versions of notes and labels

Each has a version, which is its `ETag`. A change that sends it as `If-Match` succeeds only if nobody changed the thing since (412), and `*`
overwrites whatever is there. Reads with `If-None-Match` answer 304 without a body if nothing has changed. Both headers take lists, and weak tags
(`W/\"7\"`) count as strong ones, because proxies that compress weaken them.

## Version of the API and deprecation

`info.version` is the version of this API, apart from the version of the program. Its major number changes when a client that follows this
document could break. Within a major version nothing is removed, renamed or narrowed; added may be operations, optional parameters and
properties, headers, codes of problems, and values of enumerations in responses. Clients therefore ignore properties of responses that they do not
know, and treat an unknown `code` by its status.

What is to be removed is marked `deprecated` in this document, with the replacement in its description, for at least 180 days before the next
major version, and the changelog names it.
";

/// Adds what stands above the operations.
pub(super) fn describe(document: &mut Value) {
    let info = &mut document["info"];
    info["description"] = DESCRIPTION.into();
    info["contact"] = json!({"name": "The maintainers of the notes service", "url": REPOSITORY});
    info["license"] = json!({
        "name": env!("CARGO_PKG_LICENSE"),
        "url": format!("{REPOSITORY}/blob/main/LICENSE-MIT"),
    });
    document["servers"] =
        json!([{"url": "/", "description": "The host that serves this document."}]);
    if let Some(tags) = document["tags"].as_array_mut() {
        tags.sort_by_key(|tag| TAGS.iter().position(|known| tag["name"] == *known));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::openapi::document;

    #[test]
    fn the_order_of_tags_names_all_of_them() {
        let tags = document()["tags"].as_array().unwrap();
        let names: Vec<_> = tags
            .iter()
            .map(|tag| tag["name"].as_str().unwrap())
            .collect();
        assert_eq!(
            names, TAGS,
            "`TAGS` in http/api/mod.rs has each tag, in the order of the document"
        );
    }
}
