//! WebSocket APIs.

use std::rc::Rc;

use super::route::Routes;
use super::web_socket_route::{ConnectRoute, WebSocketIntegration, WebSocketRoute};
use super::{ImportedWebSocketApi, execute_arn};
use crate::cfn::apigatewayv2::{CfnApi, CfnApiProps};
use crate::construct::With;
use crate::core::{Id, IntoValue, Scope, Value, value};
use crate::iam::{Grant, Grantable};
use crate::kind;
use crate::unique_name::unique_name;

crate::construct! {
    /// A WebSocket API of Amazon API Gateway: connections over which clients and backends send messages.
    ///
    /// Creates an
    /// [`AWS::ApiGatewayV2::Api`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html).
    /// A [`WebSocketStage`](super::WebSocketStage) serves it. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | route of a message | its field `action` | required |
    /// | authorization of connections | none | none |
    /// | default endpoint | available | available |
    /// | name | the stack and the ID | required |
    ///
    /// Only the route for connections can require an authorization, which the type of the others rules out.
    ///
    /// ```
    /// use infra_lib::apigatewayv2::{WebSocketApi, WebSocketIntegration, WebSocketStage};
    /// use infra_lib::lambda::{Code, Function, Runtime};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let function = Function::builder()
    ///     .runtime(Runtime::Nodejs24)
    ///     .handler("index.handler")
    ///     .code(Code::inline("exports.handler = async () => ({ statusCode: 200 });"))
    ///     .build(stack, "Function");
    /// let chat = WebSocketIntegration::lambda("Chat", &function);
    /// let api = WebSocketApi::builder().build(stack, "Api");
    /// api.on_connect(&chat).require_iam();
    /// api.on_default(&chat);
    /// api.add_route("send", &chat);
    /// let stage = WebSocketStage::builder().api(&api).stage_name("live").build(stack, "Live");
    /// stage.grant_manage_connections(&function);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct WebSocketApi<'app>: "infra-lib.apigatewayv2.WebSocketApi" {
        resource: CfnApi<'app>,
    }

    /// Properties of a [`WebSocketApi`], set through [`WebSocketApi::builder`].
    pub struct WebSocketApiProps, WebSocketApiBuilder, web_socket_api_builder {
        /// Name of the API, which need not be unique. Default: the stack and the ID.
        text api_name,
        /// Description of the API. Default: none.
        text description,
        /// Expression for the key of a message's route. Default: `$request.body.action` (CloudFormation: required).
        text route_selection_expression,
        /// Availability of the endpoint `wss://ID.execute-api.REGION.amazonaws.com`. Default: available, as in
        /// CloudFormation.
        default default_endpoint: bool = true,
    }
}

impl<'app> WebSocketApi<'app> {
    fn create(scope: Scope<'app>, props: WebSocketApiProps<'app>) -> Self {
        let name = props
            .api_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 128)));
        let selection = props
            .route_selection_expression
            .unwrap_or_else(|| value("$request.body.action"));
        let resource = CfnApiProps::new()
            .name(name)
            .protocol_type("WEBSOCKET")
            .route_selection_expression(selection)
            .with(props.description, CfnApiProps::description)
            .with(
                (!props.default_endpoint).then_some(true),
                CfnApiProps::disable_execute_api_endpoint,
            )
            .build(scope, "Resource");
        scope.attach(Routes::default());
        Self { scope, resource }
    }

    /// Imports an existing API by its ID, such as `abcdef1234`.
    pub fn from_id(api_id: impl IntoValue<Id<kind::apigatewayv2::Api>>) -> ImportedWebSocketApi {
        ImportedWebSocketApi::new(api_id.into_value())
    }

    /// Adds the route `$connect`, whose backend decides about each new connection.
    #[track_caller]
    pub fn on_connect(&self, integration: &WebSocketIntegration) -> ConnectRoute<'app> {
        ConnectRoute::new(self.add_route("$connect", integration))
    }

    /// Adds the route `$disconnect`, whose backend learns of ended connections, as far as possible.
    #[track_caller]
    pub fn on_disconnect(&self, integration: &WebSocketIntegration) -> WebSocketRoute<'app> {
        self.add_route("$disconnect", integration)
    }

    /// Adds the route `$default`, for messages that no other route accepts.
    #[track_caller]
    pub fn on_default(&self, integration: &WebSocketIntegration) -> WebSocketRoute<'app> {
        self.add_route("$default", integration)
    }

    /// Adds a route: messages for which the route selection expression has the value `key` go to the integration. A key
    /// can be used once (`INF4922`).
    #[track_caller]
    pub fn add_route(&self, key: &str, integration: &WebSocketIntegration) -> WebSocketRoute<'app> {
        let routes = self.routes();
        let copy = if routes.has_key(key) { "-2" } else { "" };
        let id = format!("{}-Route{copy}", key.replace('/', "--"));
        let scope = self
            .scope
            .at_caller()
            .library_construct(&id, "infra-lib.apigatewayv2.WebSocketRoute");
        routes.take_key(key, scope, std::panic::Location::caller());
        let target = integration.bind(self.resource, scope, key);
        WebSocketRoute::add(scope, self.resource, key, target)
    }

    fn routes(&self) -> Rc<Routes> {
        self.scope
            .attached()
            .expect("every API is made with its routes")
    }

    /// Returns the ID of the API.
    pub fn id(&self) -> Value<Id<kind::apigatewayv2::Api>> {
        self.resource.ref_()
    }

    /// Returns the default endpoint, `wss://ID.execute-api.REGION.amazonaws.com`, to which the name of a stage is added.
    pub fn endpoint(&self) -> Value<String> {
        self.resource.attr_api_endpoint()
    }

    /// Returns the L1 binding of the API.
    pub const fn cfn(&self) -> CfnApi<'app> {
        self.resource
    }

    /// Allows a principal to send messages to clients of every stage, and to disconnect them. Principals without a policy
    /// of the app are reported (`INF4608`).
    #[track_caller]
    pub fn grant_manage_connections(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .action("execute-api:ManageConnections")
            .resource(execute_arn(self.id().into_value(), "*/*/@connections/*"))
            .on_identity(self)
    }
}
