//! Routes of HTTP APIs.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{Authorization, HttpMethod, execute_arn};
use crate::cfn::apigatewayv2::{CfnApi, CfnRoute, CfnRouteProps};
use crate::core::{Construct, Diagnostic, Id, IntoValue, NodeId, Origin, Scope, Value, codes};
use crate::iam::{Grant, Grantable};
use crate::kind;

/// Key of the route for requests that no other route accepts.
pub(super) const DEFAULT: &str = "$default";

/// Routes of an API and its default authorization, stored with its node.
#[derive(Default)]
pub(super) struct Routes {
    known: RefCell<BTreeMap<String, (NodeId, Origin)>>,
    default_authorization: RefCell<Option<Authorization>>,
}

/// Authorization that the program has chosen for one route.
struct Chosen(Authorization);

impl Routes {
    /// Records the key of a route; reports one that exists (`INF4922`).
    pub(super) fn take_key(&self, key: &str, route: Scope<'_>, origin: Origin) {
        let mut known = self.known.borrow_mut();
        if let Some((_, first)) = known.get(key) {
            route.report(
                Diagnostic::new(
                    codes::DUPLICATE_ROUTE,
                    format!("the API already has the route `{key}`"),
                )
                .origin(origin)
                .property("RouteKey")
                .actual(key)
                .related("first added here", first)
                .help("add one route for each method and path")
                .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html"),
            );
            return;
        }
        known.insert(key.to_owned(), (route.node_id(), origin));
    }

    /// Returns `true` if a route with this key was recorded.
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.known.borrow().contains_key(key)
    }

    fn scopes<'app>(&self, api: Scope<'app>) -> Vec<Scope<'app>> {
        let known = self.known.borrow();
        known.values().filter_map(|(id, _)| api.node(*id)).collect()
    }
}

/// Sets the authorization of every route that has not chosen one.
#[track_caller]
pub(super) fn set_default(api: CfnApi<'_>, owner: Scope<'_>, authorization: Authorization) {
    let Some(routes) = owner.attached::<Routes>() else {
        return;
    };
    for route in routes.scopes(owner) {
        let resource = route.default_child().and_then(CfnRoute::from_resource);
        if let (None, Some(resource)) = (route.attached::<Chosen>(), resource) {
            authorization.apply(resource, api);
        }
    }
    *routes.default_authorization.borrow_mut() = Some(authorization);
}

/// Reports routes that are public although the API has a default authorization (`INF4924`).
pub(super) fn check_public(api: Scope<'_>) {
    let Some(routes) = api.attached::<Routes>() else {
        return;
    };
    let default = routes.default_authorization.borrow();
    if default.as_ref().is_none_or(Authorization::is_public) {
        return;
    }
    for route in routes.scopes(api) {
        if route
            .attached::<Chosen>()
            .is_some_and(|chosen| chosen.0.is_public())
        {
            route.report(
                Diagnostic::new(
                    codes::PUBLIC_ROUTE,
                    "everybody may use a route of an API that has a default authorization",
                )
                .property("AuthorizationType")
                .actual("NONE")
                .help("require an authorization, or acknowledge the finding with the reason for which the route is public")
                .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html"),
            );
        }
    }
}

/// A method and path of an [`HttpApi`](super::HttpApi), from [`HttpApi::add_route`](super::HttpApi::add_route).
///
/// Creates an
/// [`AWS::ApiGatewayV2::Route`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-route.html).
/// The property `AuthorizationType` is always written: `NONE` for a route without authorization.
#[derive(Clone, Copy, Debug)]
pub struct HttpRoute<'app> {
    scope: Scope<'app>,
    resource: CfnRoute<'app>,
    api: CfnApi<'app>,
}

impl<'app> HttpRoute<'app> {
    /// Adds a route whose construct exists, with the default authorization of the API.
    #[track_caller]
    pub(super) fn add(
        scope: Scope<'app>,
        api: CfnApi<'app>,
        routes: &Routes,
        key: &str,
        target: Value<String>,
    ) -> Self {
        let resource = CfnRouteProps::new(api.ref_(), key)
            .authorization_type("NONE")
            .target(target)
            .build(scope, "Resource");
        if let Some(authorization) = routes.default_authorization.borrow().as_ref() {
            authorization.apply(resource, api);
        }
        Self {
            scope,
            resource,
            api,
        }
    }

    /// Requires an authorization in place of the API's default: an authorizer, [`Authorization::iam`] or
    /// [`Authorization::public`].
    #[track_caller]
    pub fn require(self, authorization: impl Into<Authorization>) -> Self {
        let authorization = authorization.into();
        authorization.apply(self.resource, self.api);
        self.scope.attach(Chosen(authorization));
        self
    }

    /// Allows a principal to send requests to the route, which needs [`Authorization::iam`]. Variables of the path match
    /// any text. Principals without a policy of the app are reported (`INF4608`).
    #[track_caller]
    pub fn grant_invoke(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        let key = self.key();
        let (method, path) = key.split_once(' ').unwrap_or(("*", "/*"));
        let method = match method {
            "ANY" => HttpMethod::Any.as_pattern(),
            one => one,
        };
        let before = path.split('{').next().unwrap_or(path);
        let rest = if before.len() < path.len() { "*" } else { "" };
        let requests = format!("*/{method}{before}{rest}");
        Grant::to(to)
            .action("execute-api:Invoke")
            .resource(execute_arn(self.api.ref_().into_value(), requests))
            .on_identity(self)
    }

    /// Returns the key of the route, such as `GET /notes/{id}`.
    pub fn key(&self) -> String {
        let key = self.resource.prop("RouteKey");
        key.as_ref()
            .and_then(crate::core::Data::as_text)
            .unwrap_or(DEFAULT)
            .to_owned()
    }

    /// Returns the ID of the route.
    pub fn id(&self) -> Value<Id<kind::apigatewayv2::Route>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the route.
    pub const fn cfn(&self) -> CfnRoute<'app> {
        self.resource
    }
}

impl<'app> Construct<'app> for HttpRoute<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
