//! Authorizers of REST APIs.

use super::{RestApi, RestAuthorization};
use crate::apigatewayv2::{
    authorizer_conditions, authorizer_handles, cache_seconds, function_uri, identity_sources,
    permit,
};
use crate::cfn::apigateway::{CfnAuthorizer, CfnAuthorizerProps, CfnAuthorizerRequired};
use crate::core::intrinsics::join;
use crate::core::{Arn, Construct, Duration, Id, IntoValue, NodeId, Scope, Value, value};
use crate::kind;

/// Source of the token, unless another is set.
pub(super) const AUTHORIZATION_HEADER: &str = "method.request.header.Authorization";

/// Page that states the longest time of `.cache(…)`.
const CACHE_PAGE: &str = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html";

crate::construct! {
    /// An authorizer that asks a function about the token in a header.
    ///
    /// Creates an
    /// [`AWS::ApiGateway::Authorizer`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html)
    /// and the permission to invoke the function for this authorizer only. The function answers with an IAM policy.
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | token | in the header `Authorization` | required |
    /// | cache of answers | none | 5 minutes |
    /// | permission to invoke the function | for this authorizer | none: requests fail |
    /// | name | the ID of the construct | required |
    ///
    /// ```
    /// use infra_lib::apigateway::{HttpMethod, RestApi, RestIntegration, TokenAuthorizer};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let api = RestApi::builder().build(stack, "Api");
    /// let tokens = TokenAuthorizer::builder()
    ///     .api(&api)
    ///     .function("arn:aws:lambda:eu-west-1:111122223333:function:check")
    ///     .build(api, "Tokens");
    /// api.root().add_method(HttpMethod::Get, &RestIntegration::mock(200)).require(&tokens);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct TokenAuthorizer<'app>: "infra-lib.apigateway.TokenAuthorizer" {
        resource: CfnAuthorizer<'app>,
        api: NodeId,
    }

    /// Properties of a [`TokenAuthorizer`], set through [`TokenAuthorizer::builder`].
    pub struct TokenAuthorizerProps, TokenAuthorizerBuilder, token_authorizer_builder {
        /// API whose methods use the authorizer.
        required_handle api: RestApi<'app>,
        /// Function, version or alias that decides: a construct, or an ARN.
        required_value function: Arn<kind::lambda::Function>,
        /// Part of the request that has the token. Default: the header `Authorization`.
        text identity_source,
        /// Regular expression for tokens; others are rejected without the function. Default: none.
        text validation_regex,
        /// Time for which an answer applies to requests with the same token, at most an hour (`INF4930`). Default: none
        /// (CloudFormation: 5 minutes).
        optional cache: Duration,
    }
}

impl<'app> TokenAuthorizer<'app> {
    fn create(scope: Scope<'app>, props: TokenAuthorizerProps<'app>) -> Self {
        let source = props
            .identity_source
            .unwrap_or_else(|| value(AUTHORIZATION_HEADER));
        let cfn = CfnAuthorizerProps::new(CfnAuthorizerRequired {
            name: value(scope.id()),
            rest_api_id: props.api.id(),
            type_: value("TOKEN"),
        })
        .authorizer_uri(function_uri(props.function.clone()))
        .identity_source(source)
        .authorizer_result_ttl_in_seconds(cache_seconds(scope, props.cache, CACHE_PAGE));
        let cfn = match props.validation_regex {
            Some(regex) => cfn.identity_validation_expression(regex),
            None => cfn,
        };
        let resource = cfn.build(scope, "Resource");
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
}

crate::construct! {
    /// An authorizer that asks a function about parts of the request, such as headers and parameters.
    ///
    /// Creates an
    /// [`AWS::ApiGateway::Authorizer`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html)
    /// and the permission to invoke the function for this authorizer only. The function answers with an IAM policy.
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | identity source | the header `Authorization` | none |
    /// | cache of answers | none | 5 minutes |
    /// | permission to invoke the function | for this authorizer | none: requests fail |
    /// | name | the ID of the construct | required |
    ///
    /// ```
    /// use infra_lib::apigateway::{HttpMethod, RequestAuthorizer, RestApi, RestIntegration};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let api = RestApi::builder().build(stack, "Api");
    /// let keys = RequestAuthorizer::builder()
    ///     .api(&api)
    ///     .function("arn:aws:lambda:eu-west-1:111122223333:function:check")
    ///     .identity_source("method.request.header.X-Client")
    ///     .build(api, "Keys");
    /// api.root().add_method(HttpMethod::Get, &RestIntegration::mock(200)).require(&keys);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct RequestAuthorizer<'app>: "infra-lib.apigateway.RequestAuthorizer" {
        resource: CfnAuthorizer<'app>,
        api: NodeId,
    }

    /// Properties of a [`RequestAuthorizer`], set through [`RequestAuthorizer::builder`].
    pub struct RequestAuthorizerProps, RequestAuthorizerBuilder, request_authorizer_builder {
        /// Parts of the request that identify the caller.
        list identity_sources: Value<String>,
        /// API whose methods use the authorizer.
        required_handle api: RestApi<'app>,
        /// Function, version or alias that decides: a construct, or an ARN.
        required_value function: Arn<kind::lambda::Function>,
        /// Time for which an answer applies to requests with equal identity sources, at most an hour (`INF4930`).
        /// Default: none (CloudFormation: 5 minutes).
        optional cache: Duration,
    }
}

identity_sources! {
    RequestAuthorizerBuilder, request_authorizer_builder, "method.request.querystring.key";
}

impl<'app> RequestAuthorizer<'app> {
    fn create(scope: Scope<'app>, props: RequestAuthorizerProps<'app>) -> Self {
        let sources = match props.identity_sources.as_slice() {
            [] => value(AUTHORIZATION_HEADER),
            [one] => one.clone(),
            many => join(",", many),
        };
        let resource = CfnAuthorizerProps::new(CfnAuthorizerRequired {
            name: value(scope.id()),
            rest_api_id: props.api.id(),
            type_: value("REQUEST"),
        })
        .authorizer_uri(function_uri(props.function.clone()))
        .identity_source(sources)
        .authorizer_result_ttl_in_seconds(cache_seconds(scope, props.cache, CACHE_PAGE))
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
}

authorizer_handles! { Id<kind::apigateway::Authorizer>: TokenAuthorizer, RequestAuthorizer }
authorizer_conditions! { RestAuthorization: TokenAuthorizer = "CUSTOM", RequestAuthorizer = "CUSTOM" }
