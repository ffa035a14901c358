//! The description of the API as a whole: its version, rules that hold for every operation, servers, and the order of the tags.

use serde_json::{Value, json};

use crate::http::api::TAGS;

pub(super) const TITLE: &str = "Notes";

/// Version of the API, which is independent of the version of the program. The description of the document explains its parts.
pub const API_VERSION: &str = "1.0.0";

/// URL of the source repository.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

const DESCRIPTION: &str = "\
Notes with labels, an archive and a trash.

## Signing in

Browsers register or sign in below `/api/auth`, and store the session in a cookie that scripts cannot read. Programs send an access token in the
header `Authorization: Bearer …`; `POST /api/tokens` creates one. Operations without a lock need no sign-in. An access token has one or more
scopes; the property `x-token-scopes` of an operation, and its description, name the scopes that it needs. If one of them is missing, the answer
is 403 with the code `insufficient_scope` or `read_only_token`.

An account can require a second factor. `POST /api/auth/login` then answers 401 with the code `second_factor_required` and a cookie that is valid
for five minutes; `POST /api/auth/second-factor` accepts the second factor and begins the session.

## Requests for one account

A browser has one session, and another tab can sign in to another account while a page of the first account is still open. To prevent such a page
from writing to the wrong account, it can send the `id` of `GET /api/me` in the header `Notes-Account`. If the session or access token belongs to
another account, the answer is 409 with the code `other_account`, and the request has no effect. `GET /api/events` takes the identifier in the
query parameter `account`, because pages cannot set headers for event streams.

## Failures

Every failure is a document of the type `application/problem+json` (RFC 9457). `code` is a stable identifier for programs; `title` and `detail` are
texts for people. `errors` names each invalid value by a JSON pointer into the body or the name of a parameter. `requestId` is the header
`X-Request-Id` of the response, by which the operator finds the request in the logs. Every operation lists the failures that it can answer. In
addition, an unknown path answers 404, an unsupported method 405, and an internal error 500.

## Strict requests

Unknown properties and query parameters answer 422 instead of being ignored, and so does a query parameter with a single value that is sent twice;
`errors` names each of them with the allowed ones. An HTTP/1.1 request without exactly one `Host` answers 400.

## Versions and conditional requests

Notes, labels, attachments, saved filters and webhooks have a version, which is their `ETag`. A change that sends it as `If-Match` succeeds only if
the version is still the current one; otherwise the answer is 412, and `*` accepts any version. Reads with `If-None-Match` answer 304 without a
body if nothing has changed. Both headers accept lists, and weak tags (`W/\"7\"`) count as strong ones, because proxies that compress responses
weaken them.

## Version of the API and deprecation

`info.version` is the version of this API, which is independent of the version of the program. Its major number changes when a client that follows
this document could break. Within a major version, nothing is removed, renamed or restricted; operations, optional parameters and properties,
headers, codes of problems, and values of enumerations in responses can be added. Clients must therefore ignore unknown properties of responses,
and treat an unknown `code` according to its status.

Parts that will be removed are marked `deprecated` in this document, with the replacement in their description, for at least 180 days before the
next major version, and the changelog lists them.
";

/// Adds the description, contact, license and servers, and sorts the tags.
pub(super) fn describe_service(document: &mut Value) {
    let info = &mut document["info"];
    info["description"] = DESCRIPTION.into();
    info["contact"] = json!({"name": "The maintainers of the notes service", "url": REPOSITORY});
    info["license"] = json!({
        "name": env!("CARGO_PKG_LICENSE"),
        "url": format!("{REPOSITORY}/blob/main/LICENSE-MIT"),
    });
    document["servers"] = json!([{"url": "/", "description": "Host that serves this document."}]);
    if let Some(tags) = document["tags"].as_array_mut() {
        tags.sort_by_key(|tag| TAGS.iter().position(|known| tag["name"] == *known));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::openapi::build_document;

    #[test]
    fn orders_all_tags() {
        let document = build_document();
        let tags = document["tags"].as_array().unwrap();
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
