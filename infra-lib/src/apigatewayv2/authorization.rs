//! Conditions under which a route of an HTTP API accepts requests.

use crate::cfn::apigatewayv2::{CfnApi, CfnRoute};
use crate::core::{Construct, Data, Diagnostic, Id, IntoValue, NodeId, Value, codes};
use crate::kind;

/// Condition under which a route accepts requests: from an authorizer, or one of the constructors.
///
/// ```
/// use infra_lib::apigatewayv2::{Authorization, HttpApi, HttpIntegration, HttpMethod, JwtAuthorizer};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let api = HttpApi::builder().build(stack, "Api");
/// let users = JwtAuthorizer::builder()
///     .api(&api)
///     .issuer("https://login.example.com")
///     .audience("notes")
///     .build(api, "Users");
/// let notes = HttpIntegration::url("Notes", "https://notes.example.com");
/// api.add_route(HttpMethod::Get, "/notes", &notes).require(&users);
/// api.add_route(HttpMethod::Post, "/notes", &notes).require(users.with_scopes(["notes/write"]));
/// api.add_route(HttpMethod::Get, "/report", &notes).require(Authorization::iam());
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct Authorization {
    kind: &'static str,
    authorizer: Option<Authorizer>,
    scopes: Vec<Value<String>>,
}

#[derive(Clone, Debug)]
struct Authorizer {
    id: Value<Id<kind::apigatewayv2::Authorizer>>,
    api: NodeId,
}

impl Authorization {
    const fn without_authorizer(kind: &'static str) -> Self {
        Self {
            kind,
            authorizer: None,
            scopes: Vec::new(),
        }
    }

    /// Creates the condition that requests are signed by a principal with permission; see
    /// [`HttpRoute::grant_invoke`](super::HttpRoute::grant_invoke).
    pub const fn iam() -> Self {
        Self::without_authorizer("AWS_IAM")
    }

    /// Creates the condition that every request fulfils. It is reported on a route of an API that has a default
    /// authorization (`INF4924`).
    pub const fn public() -> Self {
        Self::without_authorizer("NONE")
    }

    pub(super) fn by(
        kind: &'static str,
        id: Value<Id<kind::apigatewayv2::Authorizer>>,
        api: NodeId,
    ) -> Self {
        Self {
            kind,
            authorizer: Some(Authorizer { id, api }),
            scopes: Vec::new(),
        }
    }

    pub(super) fn scopes<V: IntoValue<String>>(
        mut self,
        scopes: impl IntoIterator<Item = V>,
    ) -> Self {
        self.scopes
            .extend(scopes.into_iter().map(IntoValue::into_value));
        self
    }

    pub(super) fn is_public(&self) -> bool {
        self.kind == "NONE"
    }

    /// Sets the properties of a route, and reports an authorizer of another API (`INF4925`).
    #[track_caller]
    pub(super) fn apply(&self, route: CfnRoute<'_>, api: CfnApi<'_>) {
        route.override_prop("AuthorizationType", Data::from(self.kind));
        route.remove_prop("AuthorizerId");
        route.remove_prop("AuthorizationScopes");
        if let Some(authorizer) = &self.authorizer {
            route.override_prop("AuthorizerId", authorizer.id.clone());
            if authorizer.api != api.scope().node_id() {
                route.scope().report(
                    Diagnostic::new(
                        codes::AUTHORIZER_OF_OTHER_API,
                        "a route uses an authorizer of another API",
                    )
                    .origin(std::panic::Location::caller())
                    .property("AuthorizerId")
                    .help("create an authorizer for this API: `.api(&api)`")
                    .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html"),
                );
            }
        }
        if !self.scopes.is_empty() {
            let scopes = self.scopes.iter().cloned().map(Data::from);
            route.override_prop("AuthorizationScopes", Data::list(scopes));
        }
    }
}
