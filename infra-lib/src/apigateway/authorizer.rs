//! Authorizers of REST APIs.

use super::{RestApi, RestAuthorization};
use crate::apigatewayv2::{execute_arn, function_uri};
use crate::cfn::apigateway::{CfnAuthorizer, CfnAuthorizerProps, CfnAuthorizerRequired};
use crate::cfn::lambda::{CfnPermissionProps, CfnPermissionRequired};
use crate::core::intrinsics::join;
use crate::core::{
    Arn, Construct, Diagnostic, Duration, Id, IntoValue, NodeId, Scope, Value, codes, value,
};
use crate::kind;
use crate::sub;

/// Source of the token, unless another is set.
pub(super) const AUTHORIZATION_HEADER: &str = "method.request.header.Authorization";

/// Longest time for which API Gateway keeps the result of an authorizer.
const LONGEST_CACHE: Duration = Duration::hours(1);

/// Returns the time in seconds; one that is longer than API Gateway keeps answers is reported (`INF4930`).
fn cache_seconds(scope: Scope<'_>, cache: Option<Duration>) -> i64 {
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
            .url("https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html"),
        );
    }
    // Rounded into the range of the schema, so that the mistake has one finding.
    let seconds = cache.map_or(0, Duration::to_seconds_i64);
    seconds.clamp(0, LONGEST_CACHE.to_seconds_i64())
}

fn permit(
    scope: Scope<'_>,
    api: &RestApi<'_>,
    authorizer: CfnAuthorizer<'_>,
    function: Value<Arn<kind::lambda::Function>>,
) {
    CfnPermissionProps::new(CfnPermissionRequired {
        action: value("lambda:InvokeFunction"),
        function_name: function.cast(),
        principal: value("apigateway.amazonaws.com"),
    })
    .source_arn(sub![
        execute_arn(api.id().into_value(), "authorizers/"),
        authorizer.ref_()
    ])
    .build(scope, "Permission");
}

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
        .authorizer_result_ttl_in_seconds(cache_seconds(scope, props.cache));
        let cfn = match props.validation_regex {
            Some(regex) => cfn.identity_validation_expression(regex),
            None => cfn,
        };
        let resource = cfn.build(scope, "Resource");
        permit(scope, &props.api, resource, props.function);
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

impl<S: request_authorizer_builder::State> RequestAuthorizerBuilder<'_, S> {
    /// Adds a part of the request that identifies the caller, such as `method.request.querystring.key`. Requests without
    /// one of them receive status 401. Default: the header `Authorization`.
    pub fn identity_source(mut self, source: impl IntoValue<String>) -> Self {
        self.identity_sources.push(source.into_value());
        self
    }
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
        .authorizer_result_ttl_in_seconds(cache_seconds(scope, props.cache))
        .build(scope, "Resource");
        permit(scope, &props.api, resource, props.function);
        Self {
            scope,
            resource,
            api: props.api.cfn().scope().node_id(),
        }
    }
}

macro_rules! authorizers {
    ($($name:ident = $kind:literal),+) => {$(
        impl<'app> $name<'app> {
            /// Returns the ID of the authorizer.
            pub fn id(&self) -> Value<Id<kind::apigateway::Authorizer>> {
                self.resource.ref_()
            }

            /// Returns the L1 binding of the authorizer.
            pub const fn cfn(&self) -> CfnAuthorizer<'app> {
                self.resource
            }
        }

        impl From<$name<'_>> for RestAuthorization {
            fn from(authorizer: $name<'_>) -> Self {
                Self::by($kind, authorizer.id(), authorizer.api)
            }
        }

        impl From<&$name<'_>> for RestAuthorization {
            fn from(authorizer: &$name<'_>) -> Self {
                Self::from(*authorizer)
            }
        }
    )+};
}

pub(super) use authorizers;

authorizers! { TokenAuthorizer = "CUSTOM", RequestAuthorizer = "CUSTOM" }
