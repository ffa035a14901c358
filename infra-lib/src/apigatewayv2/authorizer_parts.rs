//! Parts that the authorizers of HTTP, WebSocket and REST APIs share.

use super::execute_arn;
use crate::cfn::lambda::{CfnPermissionProps, CfnPermissionRequired};
use crate::core::{Arn, Diagnostic, Duration, Scope, Value, codes, sub, value};
use crate::kind;

/// Longest time for which API Gateway keeps the answers of an authorizer.
const LONGEST_CACHE: Duration = Duration::hours(1);

/// Returns the time in seconds; one that is longer than API Gateway keeps answers is reported (`INF4930`).
pub(crate) fn cache_seconds(scope: Scope<'_>, cache: Option<Duration>, url: &'static str) -> i64 {
    if let Some(time) = cache.filter(|time| *time > LONGEST_CACHE) {
        scope.report(
            Diagnostic::new(
                codes::AUTHORIZER_CACHE,
                format!("API Gateway cannot keep the answers of an authorizer for {time}"),
            )
            .property("AuthorizerResultTtlInSeconds")
            .actual(time.to_string())
            .expected("at most an hour")
            .help("shorten `.cache(…)`; a caller whose access ends keeps it for this time")
            .url(url),
        );
    }
    // Rounded into the range of the schema, so that the mistake has one finding.
    let seconds = cache.map_or(0, Duration::to_seconds_i64);
    seconds.clamp(0, LONGEST_CACHE.to_seconds_i64())
}

/// Permits API Gateway to invoke the function of an authorizer for this authorizer only.
pub(crate) fn permit(
    scope: Scope<'_>,
    api_id: Value<String>,
    authorizer_id: Value<String>,
    function: Value<Arn<kind::lambda::Function>>,
) {
    CfnPermissionProps::new(CfnPermissionRequired {
        action: value("lambda:InvokeFunction"),
        function_name: function.cast(),
        principal: value("apigateway.amazonaws.com"),
    })
    .source_arn(sub![execute_arn(api_id, "authorizers/"), authorizer_id])
    .build(scope, "Permission");
}

/// Implements the methods that return the ID and the L1 binding of an authorizer.
macro_rules! authorizer_handles {
    ($id:ty: $($name:ident),+) => {$(
        impl<'app> $name<'app> {
            /// Returns the ID of the authorizer.
            pub fn id(&self) -> $crate::Value<$id> {
                self.resource.ref_()
            }

            /// Returns the L1 binding of the authorizer.
            pub const fn cfn(&self) -> CfnAuthorizer<'app> {
                self.resource
            }
        }
    )+};
}

/// Implements the conversion of an authorizer into the condition under which a method or route accepts requests.
macro_rules! authorizer_conditions {
    ($condition:ty: $($name:ident = $kind:literal),+) => {$(
        impl From<$name<'_>> for $condition {
            fn from(authorizer: $name<'_>) -> Self {
                Self::by($kind, authorizer.id(), authorizer.api)
            }
        }

        impl From<&$name<'_>> for $condition {
            fn from(authorizer: &$name<'_>) -> Self {
                Self::from(*authorizer)
            }
        }
    )+};
}

/// Adds the method for identity sources to the builders of authorizers, with an example of a source.
macro_rules! identity_sources {
    ($($builder:ident, $state:ident, $example:literal;)+) => {$(
        impl<S: $state::State> $builder<'_, S> {
            #[doc = concat!(
                "Adds a part of the request that identifies the caller, such as `", $example, "`. Requests without one of \
                them receive status 401. Default: the header `Authorization`."
            )]
            pub fn identity_source(mut self, source: impl $crate::IntoValue<String>) -> Self {
                self.identity_sources.push(source.into_value());
                self
            }
        }
    )+};
}

pub(crate) use {authorizer_conditions, authorizer_handles, identity_sources};
