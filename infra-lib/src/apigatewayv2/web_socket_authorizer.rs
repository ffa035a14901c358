//! Authorizers of WebSocket APIs.

use super::authorizer_parts::{authorizer_handles, identity_sources, permit};
use super::{WebSocketApi, function_uri};
use crate::cfn::apigatewayv2::{CfnAuthorizer, CfnAuthorizerProps, CfnAuthorizerRequired};
use crate::core::{Arn, Construct, Id, IntoValue, NodeId, Scope, Value, value};
use crate::kind;

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

identity_sources! {
    WebSocketAuthorizerBuilder, web_socket_authorizer_builder, "route.request.querystring.token";
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
        permit(
            scope,
            props.api.id().into_value(),
            resource.ref_().into_value(),
            props.function,
        );
        Self {
            scope,
            resource,
            api: props.api.cfn().scope().node_id(),
        }
    }

    pub(super) const fn api_node(&self) -> NodeId {
        self.api
    }
}

authorizer_handles! { Id<kind::apigatewayv2::Authorizer>: WebSocketAuthorizer }
