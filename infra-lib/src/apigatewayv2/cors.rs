//! Cross-origin requests to HTTP APIs.

use super::HttpMethod;
use crate::cfn::apigatewayv2::api;
use crate::construct::With;
use crate::core::{Diagnostic, Duration, IntoValue, Scope, Value, codes};

/// Cross-origin requests that browsers may send to an API. API Gateway answers preflight requests with these options.
///
/// See [configure CORS for HTTP APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html).
///
/// ```
/// use infra_lib::Duration;
/// use infra_lib::apigatewayv2::{Cors, HttpMethod};
///
/// Cors::new()
///     .allow_origin("https://www.example.com")
///     .allow_method(HttpMethod::Get)
///     .allow_header("Authorization")
///     .max_age(Duration::hours(1));
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "the options have no effect until they are passed to an API"]
pub struct Cors {
    pub(crate) origins: Vec<Value<String>>,
    pub(crate) methods: Vec<HttpMethod>,
    pub(crate) headers: Vec<Value<String>>,
    pub(crate) exposed: Vec<Value<String>>,
    pub(crate) max_age: Option<Duration>,
    pub(crate) credentials: bool,
}

impl Cors {
    /// Creates options that allow nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Allows requests of pages from an origin, such as `https://www.example.com`, or `*`.
    pub fn allow_origin(mut self, origin: impl IntoValue<String>) -> Self {
        self.origins.push(origin.into_value());
        self
    }

    /// Allows a method.
    pub fn allow_method(mut self, method: HttpMethod) -> Self {
        self.methods.push(method);
        self
    }

    /// Allows a request header, such as `Authorization`.
    pub fn allow_header(mut self, name: impl IntoValue<String>) -> Self {
        self.headers.push(name.into_value());
        self
    }

    /// Lets scripts read a response header.
    pub fn expose_header(mut self, name: impl IntoValue<String>) -> Self {
        self.exposed.push(name.into_value());
        self
    }

    /// Allows cookies and other credentials. Default: not allowed. The origin `*` excludes them (`INF4923`).
    pub fn allow_credentials(mut self) -> Self {
        self.credentials = true;
        self
    }

    /// Sets the time for which browsers keep these options. Default: 0 seconds.
    pub fn max_age(mut self, time: Duration) -> Self {
        self.max_age = Some(time);
        self
    }

    /// Reports credentials for every origin (`INF4923`).
    pub(crate) fn check(&self, scope: Scope<'_>, property: &str) {
        let any = |origin: &Value<String>| origin.as_literal() == Some("*");
        if self.credentials && self.origins.iter().any(any) {
            scope.report(
                Diagnostic::new(
                    codes::CORS_CREDENTIALS,
                    "an API allows credentials in requests from every origin",
                )
                .property(property)
                .actual("origin `*` with credentials")
                .expected("origins by name, or no credentials")
                .help("name each origin: `.allow_origin(\"https://www.example.com\")`")
                .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html"),
            );
        }
    }

    pub(super) fn property(self) -> api::Cors {
        let some = |list: Vec<Value<String>>| (!list.is_empty()).then_some(list);
        let methods: Vec<&str> = self
            .methods
            .iter()
            .map(|method| method.as_pattern())
            .collect();
        api::Cors::new()
            .with(some(self.origins), api::Cors::allow_origins)
            .with((!methods.is_empty()).then_some(methods), |cors, methods| {
                cors.allow_methods(methods.into_iter().map(str::to_owned).collect::<Vec<_>>())
            })
            .with(some(self.headers), api::Cors::allow_headers)
            .with(some(self.exposed), api::Cors::expose_headers)
            .with(self.max_age, |cors, time| {
                cors.max_age(time.to_seconds_i64())
            })
            .with(
                self.credentials.then_some(true),
                api::Cors::allow_credentials,
            )
    }
}
