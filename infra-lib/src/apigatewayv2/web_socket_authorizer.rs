//! Authorizers of WebSocket APIs.

use super::{WebSocketApi, execute_arn, function_uri};
use crate::cfn::apigatewayv2::{CfnAuthorizer, CfnAuthorizerProps, CfnAuthorizerRequired};
use crate::cfn::lambda::{CfnPermissionProps, CfnPermissionRequired};
use crate::core::{Arn, Construct, Id, IntoValue, NodeId, Scope, Value, value};
use crate::kind;
use crate::sub;

crate::construct! {
    /// An authorizer that asks a function for each connection to a WebSocket API.
    ///
    /// Creates an
    /// [`AWS::ApiGatewayV2::Authorizer`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-authorizer.html)
    /// and the permission to invoke the function for this authorizer only. The function answers with an IAM policy.
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | identity source | the header `Authorization` | none |
    /// | permission to invoke the function | for this authorizer | none: connections fail |
    /// | name | the ID of the construct | required |
    ///
    /// ```
    /// use infra_lib::apigatewayv2::{WebSocketApi, WebSocketAuthorizer, WebSocketIntegration};
    /// use infra_lib::lambda::{Code, Function, Runtime};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let function = Function::builder()
    ///     .runtime(Runtime::Nodejs24)
    ///     .handler("index.handler")
    ///     .code(Code::inline("exports.handler = async () => ({});"))
    ///     .build(stack, "Function");
    /// let api = WebSocketApi::builder().build(stack, "Api");
    /// let tokens = WebSocketAuthorizer::builder()
    ///     .api(&api)
    ///     .function(&function)
    ///     .identity_source("route.request.querystring.token")
    ///     .build(api, "Tokens");
    /// api.on_connect(&WebSocketIntegration::lambda("Chat", &function)).require(&tokens);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct WebSocketAuthorizer<'app>: "infra-lib.apigatewayv2.WebSocketAuthorizer" {
        resource: CfnAuthorizer<'app>,
        api: NodeId,
    }

    /// Properties of a [`WebSocketAuthorizer`], set through [`WebSocketAuthorizer::builder`].
    pub struct WebSocketAuthorizerProps, WebSocketAuthorizerBuilder, web_socket_authorizer_builder {
        /// Parts of the request that identify the caller.
        list identity_sources: Value<String>,
        /// API whose connections the authorizer decides about.
        required_handle api: WebSocketApi<'app>,
        /// Function, version or alias that decides: a construct, or an ARN.
        required_value function: Arn<kind::lambda::Function>,
        /// Name of the authorizer. Default: the ID of the construct.
        text authorizer_name,
    }
}

impl<S: web_socket_authorizer_builder::State> WebSocketAuthorizerBuilder<'_, S> {
    /// Adds a part of the request that identifies the caller, such as `route.request.querystring.token`. Requests without
    /// one of them receive status 401. Default: the header `Authorization`.
    pub fn identity_source(mut self, source: impl IntoValue<String>) -> Self {
        self.identity_sources.push(source.into_value());
        self
    }
}

impl<'app> WebSocketAuthorizer<'app> {
    fn create(scope: Scope<'app>, props: WebSocketAuthorizerProps<'app>) -> Self {
        let mut sources = props.identity_sources;
        if sources.is_empty() {
            sources.push(value("route.request.header.Authorization"));
        }
        let resource = CfnAuthorizerProps::new(CfnAuthorizerRequired {
            api_id: props.api.id(),
            authorizer_type: value("REQUEST"),
            name: props.authorizer_name.unwrap_or_else(|| value(scope.id())),
        })
        .authorizer_uri(function_uri(props.function.clone()))
        .identity_source(sources)
        .build(scope, "Resource");
        CfnPermissionProps::new(CfnPermissionRequired {
            action: value("lambda:InvokeFunction"),
            function_name: props.function.cast(),
            principal: value("apigateway.amazonaws.com"),
        })
        .source_arn(sub![
            execute_arn(props.api.id().into_value(), "authorizers/"),
            resource.ref_()
        ])
        .build(scope, "Permission");
        Self {
            scope,
            resource,
            api: props.api.cfn().scope().node_id(),
        }
    }

    pub(super) const fn api_node(&self) -> NodeId {
        self.api
    }

    /// Returns the ID of the authorizer.
    pub fn id(&self) -> Value<Id<kind::apigatewayv2::Authorizer>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the authorizer.
    pub const fn cfn(&self) -> CfnAuthorizer<'app> {
        self.resource
    }
}
