//! Routes of WebSocket APIs, and their backends.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Authorization, WebSocketAuthorizer, execute_arn, function_uri};
use crate::cfn::apigatewayv2::{
    CfnApi, CfnIntegrationProps, CfnRoute, CfnRouteProps, CfnRouteResponseProps,
    CfnRouteResponseRequired,
};
use crate::cfn::lambda::{CfnPermissionProps, CfnPermissionRequired};
use crate::core::{Arn, Construct, Data, Id, IntoValue, NodeId, Scope, Value, value};
use crate::iam::{Grant, Grantable};
use crate::kind;
use crate::sub;

/// Backend of the routes of a [`WebSocketApi`](super::WebSocketApi): a function.
///
/// The first route that uses it adds an
/// [`AWS::ApiGatewayV2::Integration`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integration.html),
/// which clones of it share within an API. Each route permits the API to invoke the function for its key.
#[derive(Clone, Debug)]
#[must_use = "an integration has no effect until a route uses it"]
pub struct WebSocketIntegration {
    id: String,
    function: Value<Arn<kind::lambda::Function>>,
    /// Integration of each API, which clones share.
    made: Rc<RefCell<BTreeMap<NodeId, NodeId>>>,
}

impl WebSocketIntegration {
    /// Creates a backend that is a function, a version or an alias.
    pub fn lambda(
        id: impl Into<String>,
        function: impl IntoValue<Arn<kind::lambda::Function>>,
    ) -> Self {
        Self {
            id: id.into(),
            function: function.into_value(),
            made: Rc::default(),
        }
    }

    /// Returns the target of a route, and adds the integration and the permission that it needs.
    #[track_caller]
    pub(super) fn bind<'app>(
        &self,
        api: CfnApi<'app>,
        route: Scope<'app>,
        key: &str,
    ) -> Value<String> {
        CfnPermissionProps::new(CfnPermissionRequired {
            action: value("lambda:InvokeFunction"),
            function_name: self.function.clone().cast(),
            principal: value("apigateway.amazonaws.com"),
        })
        .source_arn(execute_arn(api.ref_().into_value(), format!("*/{key}")))
        .build(route, &format!("{}-Permission", self.id));
        let api_id = api.scope().node_id();
        let known = self.made.borrow().get(&api_id).copied();
        let known = known
            .and_then(|id| route.node(id))
            .and_then(Scope::as_resource);
        let integration = known.unwrap_or_else(|| {
            let scope =
                route.library_construct(&self.id, "infra-lib.apigatewayv2.WebSocketIntegration");
            let made = CfnIntegrationProps::new(api.ref_(), "AWS_PROXY")
                .integration_uri(function_uri(self.function.clone()))
                .integration_method("POST")
                .build(scope, "Resource");
            self.made
                .borrow_mut()
                .insert(api_id, made.scope().node_id());
            *made
        });
        sub!["integrations/", integration.ref_value::<String>()]
    }
}

/// A route of a [`WebSocketApi`](super::WebSocketApi), for messages with its key.
///
/// Creates an
/// [`AWS::ApiGatewayV2::Route`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-route.html).
#[derive(Clone, Copy, Debug)]
pub struct WebSocketRoute<'app> {
    scope: Scope<'app>,
    resource: CfnRoute<'app>,
    api: CfnApi<'app>,
}

impl<'app> WebSocketRoute<'app> {
    #[track_caller]
    pub(super) fn add(
        scope: Scope<'app>,
        api: CfnApi<'app>,
        key: &str,
        target: Value<String>,
    ) -> Self {
        let resource = CfnRouteProps::new(api.ref_(), key)
            .authorization_type("NONE")
            .target(target)
            .build(scope, "Resource");
        Self {
            scope,
            resource,
            api,
        }
    }

    /// Sends the answer of the backend to the client over the connection. Default: answers are dropped.
    #[track_caller]
    pub fn return_response(self) -> Self {
        if self.scope.child("Response").is_none() {
            self.resource
                .override_prop("RouteResponseSelectionExpression", Data::from("$default"));
            CfnRouteResponseProps::new(CfnRouteResponseRequired {
                api_id: self.api.ref_(),
                route_id: self.resource.ref_(),
                route_response_key: value("$default"),
            })
            .build(self.scope.at_caller(), "Response");
        }
        self
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

impl<'app> Construct<'app> for WebSocketRoute<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

/// The route of a [`WebSocketApi`](super::WebSocketApi) for new connections, which can require an authorization.
#[derive(Clone, Copy, Debug)]
pub struct ConnectRoute<'app> {
    route: WebSocketRoute<'app>,
}

impl<'app> ConnectRoute<'app> {
    pub(super) const fn new(route: WebSocketRoute<'app>) -> Self {
        Self { route }
    }

    /// Returns the route.
    pub const fn route(&self) -> WebSocketRoute<'app> {
        self.route
    }

    /// Requires that requests for connections are signed by a principal with permission; see
    /// [`grant_connect`](Self::grant_connect).
    pub fn require_iam(self) -> Self {
        Authorization::iam().apply(self.route.resource, self.route.api);
        self
    }

    /// Requires that a function accepts each connection. An authorizer of another API is reported (`INF4925`).
    #[track_caller]
    pub fn require(self, authorizer: &WebSocketAuthorizer<'app>) -> Self {
        Authorization::by("CUSTOM", authorizer.id(), authorizer.api_node())
            .apply(self.route.resource, self.route.api);
        self
    }

    /// Allows a principal to open connections, for a route with [`require_iam`](Self::require_iam). Principals without a
    /// policy of the app are reported (`INF4608`).
    #[track_caller]
    pub fn grant_connect(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        let api = self.route.api.ref_().into_value();
        Grant::to(to)
            .action("execute-api:Invoke")
            .resource(execute_arn(api, "*/$connect"))
            .on_identity(self.route)
    }
}
