//! Validates query parameters against the OpenAPI document: refuses unknown parameters, and parameters with a single value that are sent twice.
//!
//! If a misspelt filter were ignored, the response would contain everything, and the mistake would go unnoticed.

use std::collections::BTreeSet;

use poem::http::{Method, header};
use poem::{Endpoint, PathPattern, Request, Response, Result};
use serde_json::Value;

use super::described::described;
use super::middleware::routes::pattern_of;
use super::openapi;
use super::problem::{CONTENT_TYPE, Problem, take_excerpt};
use crate::domain::scope::{Scope, Scopes};
use crate::error::{Code, Error, FieldError};

/// Prefix of the paths in the document, which the router removes before it passes requests on.
const PREFIX: &str = "/api";
/// Operation to which the provider redirects browsers. Providers may add parameters, and unknown ones must be ignored (RFC 6749, section 4.1.2).
const LENIENT: &str = "/api/auth/oidc/callback";
/// Maximum number of mistakes that a response lists.
const MOST: usize = 20;

/// Middleware that validates the query of a request before anything else of it is read.
pub(super) struct StrictQueries<E>(pub(super) E);

impl<E: Endpoint<Output = Response>> Endpoint for StrictQueries<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let has_query = request.uri().query().is_some_and(|query| !query.is_empty());
        // Access tokens are sent in this header only.
        let has_token = request.headers().contains_key(header::AUTHORIZATION);
        if !has_query && !has_token && !cfg!(debug_assertions) {
            return self.0.call(request).await;
        }
        // The router refuses unknown paths and methods.
        let Some(operation) =
            find_operation(list_operations(), request.method(), request.uri().path())
        else {
            return self.0.call(request).await;
        };
        if has_query && operation.path != LENIENT {
            operation.check_query(&request).map_err(|error| {
                let mut error = poem::Error::from(error);
                // The router, which sets the route for logs and metrics, does not run for this request.
                error.set_data(PathPattern(pattern_of(&operation.path).into()));
                error
            })?;
        }
        request
            .extensions_mut()
            .insert(NeededScopes(&operation.scopes));
        let answer = self.0.call(request).await;
        if cfg!(debug_assertions) {
            operation.assert_documented(&answer);
        }
        answer
    }
}

/// Scopes that an access token needs for the operation of a request, attached to the request. If it is missing or empty, no token is accepted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NeededScopes(pub(crate) &'static [Scope]);

impl NeededScopes {
    /// Refuses an access token that lacks one of the scopes of its request.
    pub(crate) fn check_request(request: &Request, token: Scopes) -> Result<(), Error> {
        let needed = request.data::<Self>().copied().unwrap_or(Self(&[]));
        needed.require_scopes(token)
    }

    /// Refuses an access token that lacks one of these scopes, and every token if there are no scopes.
    pub(crate) fn require_scopes(self, token: Scopes) -> Result<(), Error> {
        let needed = self.0;
        let missing: Scopes = needed
            .iter()
            .copied()
            .filter(|scope| !token.has_scope(*scope))
            .collect();
        if !needed.is_empty() && missing.is_empty() {
            return Ok(());
        }
        // Tokens for reading only had this code before scopes existed, and keep it.
        let code = if token == Scopes::read_only() && missing.iter().any(Scope::permits_writes) {
            Code::ReadOnlyToken
        } else {
            Code::InsufficientScope
        };
        let detail = if needed.is_empty() {
            "access tokens cannot be used for this operation".to_owned()
        } else {
            format!("this operation requires `{missing}`, and the token has `{token}`")
        };
        Err(Error::new(code).detail(detail))
    }
}

/// Operation of the OpenAPI document, in a form for fast checks.
pub(super) struct Operation {
    method: Method,
    path: String,
    /// Segments of the path; none stands for a parameter.
    segments: Vec<Option<String>>,
    parameters: Vec<Parameter>,
    /// Codes of the documented problems.
    codes: BTreeSet<String>,
    /// Scopes that an access token needs.
    scopes: Vec<Scope>,
}

/// Query parameter of an operation.
struct Parameter {
    name: String,
    is_list: bool,
}

impl Operation {
    fn matches_path(&self, path: &[&str]) -> bool {
        self.segments.len() == path.len()
            && self
                .segments
                .iter()
                .zip(path)
                .all(|(own, sent)| own.as_deref().is_none_or(|own| own == *sent))
    }

    fn check_query(&self, request: &Request) -> Result<(), Error> {
        let sent = request.params::<Vec<(String, String)>>();
        let sent = sent.map_err(|_| {
            Error::new(Code::MalformedRequest).detail("the query cannot be decoded")
        })?;
        self.check_names(sent.iter().map(|(name, _)| name.as_str()))
    }

    fn check_names<'a>(&self, names: impl Iterator<Item = &'a str>) -> Result<(), Error> {
        let mut seen = BTreeSet::new();
        let mut told = BTreeSet::new();
        let mut wrong = Vec::new();
        for name in names {
            let known = self.parameters.iter().find(|known| known.name == name);
            let (code, message) = match known {
                None => ("unknown", self.describe_unknown()),
                Some(known) if !seen.insert(name) && !known.is_list => (
                    "repeated",
                    "is sent more than once, but has a single value".to_owned(),
                ),
                Some(_) => continue,
            };
            if told.insert(name) {
                wrong.push(FieldError {
                    field: take_excerpt(name),
                    code,
                    message,
                });
            }
        }
        if wrong.is_empty() {
            return Ok(());
        }
        wrong.truncate(MOST);
        Err(Error::new(Code::ValidationFailed).fields(wrong))
    }

    /// Checks that the problem in a response is documented.
    ///
    /// # Panics
    ///
    /// Panics if it is not; called in debug builds only.
    fn assert_documented(&self, answer: &Result<Response>) {
        let problem = answer
            .as_ref()
            .err()
            .and_then(|error| error.data::<Problem>());
        if let Some(code) = problem.map(Problem::code)
            && code != Code::Internal.as_str()
        {
            assert!(
                self.codes.contains(code),
                "`{code}` is not among the documented problems of {} {}: see `Code::ALL`, the operation's `Problems`, and \
                 http/openapi/examples/problems.rs",
                self.method,
                self.path
            );
        }
    }

    fn describe_unknown(&self) -> String {
        let known: Vec<_> = self
            .parameters
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        if known.is_empty() {
            "is not a known parameter: this operation has no query parameters".to_owned()
        } else {
            format!(
                "is not a known parameter; the parameters are: {}",
                known.join(", ")
            )
        }
    }
}

/// Returns all operations of the OpenAPI document.
fn list_operations() -> &'static [Operation] {
    &described().operations
}

/// Returns the operation for a request. Paths without parameters take precedence over paths with parameters, as in the router.
fn find_operation<'a>(
    operations: &'a [Operation],
    method: &Method,
    path: &str,
) -> Option<&'a Operation> {
    // The router answers HEAD on every path that it answers GET on.
    let method = if method == Method::HEAD {
        &Method::GET
    } else {
        method
    };
    let path: Vec<_> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    operations
        .iter()
        .filter(|operation| operation.matches_path(&path))
        .min_by_key(|operation| {
            operation
                .segments
                .iter()
                .filter(|one| one.is_none())
                .count()
        })
        .map(|best| &best.segments)
        .and_then(|segments| {
            operations
                .iter()
                .find(|operation| operation.segments == *segments && operation.method == *method)
        })
}

/// Collects the operations of an OpenAPI document.
pub(super) fn collect_operations(document: &Value) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (template, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let Ok(method) = method.to_uppercase().parse() else {
                continue;
            };
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let responses = operation["responses"].as_object().into_iter().flatten();
            let examples = responses.filter_map(|(_, response)| {
                response["content"][CONTENT_TYPE]["examples"].as_object()
            });
            operations.push(Operation {
                method,
                path: template.clone(),
                codes: examples
                    .flat_map(|examples| examples.keys().cloned())
                    .collect(),
                scopes: openapi::scopes::listed_scopes(operation),
                segments: template
                    .trim_start_matches(PREFIX)
                    .split('/')
                    .filter(|segment| !segment.is_empty())
                    .map(|segment| (!segment.starts_with('{')).then(|| segment.to_owned()))
                    .collect(),
                parameters: parameters
                    .filter(|parameter| parameter["in"] == "query")
                    .map(|parameter| Parameter {
                        name: parameter["name"].as_str().unwrap_or_default().to_owned(),
                        is_list: parameter["schema"]["type"] == "array",
                    })
                    .collect(),
            });
        }
    }
    operations
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sample_operations() -> Vec<Operation> {
        let query =
            |name: &str, kind: &str| json!({"name": name, "in": "query", "schema": {"type": kind}});
        collect_operations(&json!({"paths": {
            "/api/notes/{id}": {"get": {"parameters": [query("include", "string")]}, "delete": {}},
            "/api/notes/reorder": {"put": {}},
            "/api/notes": {"get": {"parameters": [query("labelId", "array"), query("limit", "integer")]}},
        }}))
    }

    fn find_mistakes(
        method: &Method,
        path: &str,
        names: &[&str],
    ) -> Option<Vec<(String, &'static str)>> {
        let known = sample_operations();
        let checked = find_operation(&known, method, path)?.check_names(names.iter().copied());
        let fields = checked.map_or_else(|error| error.field_errors().to_vec(), |()| Vec::new());
        Some(
            fields
                .into_iter()
                .map(|wrong| (wrong.field, wrong.code))
                .collect(),
        )
    }

    #[test]
    fn allows_repeating_lists_only() {
        let list = |names| find_mistakes(&Method::GET, "/notes", names).unwrap();
        assert_eq!(list(&["labelId", "labelId", "limit"]), []);
        let repeated = ("limit".to_owned(), "repeated");
        assert_eq!(list(&["limit", "limit", "limit"]), [repeated]);
        let unknown = ("Limit".to_owned(), "unknown");
        assert_eq!(list(&["Limit", "Limit"]), [unknown]);
    }

    #[test]
    fn finds_same_operation_as_router() {
        let found =
            |method, path| find_mistakes(method, path, &["include"]).map(|wrong| wrong.len());
        assert_eq!(found(&Method::GET, "/notes/7"), Some(0));
        assert_eq!(found(&Method::HEAD, "//notes/7/"), Some(0));
        assert_eq!(found(&Method::DELETE, "/notes/7"), Some(1));
        assert_eq!(found(&Method::PUT, "/notes/reorder"), Some(1));
        assert_eq!(found(&Method::GET, "/notes/reorder"), None);
        assert_eq!(found(&Method::POST, "/notes/7"), None);
        assert_eq!(found(&Method::GET, "/nowhere"), None);
    }
}
