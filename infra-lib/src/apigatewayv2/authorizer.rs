//! Authorizers of HTTP APIs.

use super::authorizer_parts::{
    authorizer_conditions, authorizer_handles, cache_seconds, identity_sources, permit,
};
use super::{Authorization, HttpApi, function_uri};
use crate::cfn::apigatewayv2::{
    CfnAuthorizer, CfnAuthorizerProps, CfnAuthorizerRequired, authorizer,
};
use crate::core::{Arn, Construct, Duration, Id, IntoValue, NodeId, Scope, Value, value};
use crate::kind;

/// Source of the token, unless another is set.
const AUTHORIZATION_HEADER: &str = "$request.header.Authorization";

/// Page that states the longest time of `.cache(…)`.
const CACHE_PAGE: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html";

crate::construct! {
    /// An authorizer that accepts requests with a JSON Web Token of an identity provider, such as an Amazon Cognito user
    /// pool.
    ///
    /// Creates an
    /// [`AWS::ApiGatewayV2::Authorizer`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-authorizer.html).
    /// API Gateway verifies the signature, the time, the issuer and the audience of the token. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | issuer and audience | required at compile time | required at deployment |
    /// | token | in the header `Authorization` | required |
    /// | name | the ID of the construct | required |
    ///
    /// ```
    /// use infra_lib::apigatewayv2::{HttpApi, JwtAuthorizer};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let api = HttpApi::builder().build(stack, "Api");
    /// let users = JwtAuthorizer::builder()
    ///     .api(&api)
    ///     .issuer("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Example")
    ///     .audience("3n4b5urk1ft4fl3mg5e62d9ado")
    ///     .build(api, "Users");
    /// api.set_default_authorization(&users);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct JwtAuthorizer<'app>: "infra-lib.apigatewayv2.JwtAuthorizer" {
        resource: CfnAuthorizer<'app>,
        api: NodeId,
    }

    /// Properties of a [`JwtAuthorizer`], set through [`JwtAuthorizer::builder`].
    pub struct JwtAuthorizerProps, JwtAuthorizerBuilder, jwt_authorizer_builder {
        /// Further audiences.
        list audiences: Value<String>,
        /// API whose routes use the authorizer.
        required_handle api: HttpApi<'app>,
        /// URL of the identity provider, as in the claim `iss` of its tokens.
        required_value issuer: String,
        /// Recipient of the tokens, as in their claim `aud` or `client_id`.
        required_value audience: String,
        /// Part of the request that has the token. Default: the header `Authorization`.
        text identity_source,
        /// Name of the authorizer. Default: the ID of the construct.
        text authorizer_name,
    }
}

impl<S: jwt_authorizer_builder::State> JwtAuthorizerBuilder<'_, S> {
    /// Adds a further audience, of which a token needs one.
    pub fn additional_audience(mut self, audience: impl IntoValue<String>) -> Self {
        self.audiences.push(audience.into_value());
        self
    }
}

impl<'app> JwtAuthorizer<'app> {
    fn create(scope: Scope<'app>, props: JwtAuthorizerProps<'app>) -> Self {
        let mut audiences = vec![props.audience];
        audiences.extend(props.audiences);
        let source = props
            .identity_source
            .unwrap_or_else(|| value(AUTHORIZATION_HEADER));
        let resource = CfnAuthorizerProps::new(CfnAuthorizerRequired {
            api_id: props.api.id(),
            authorizer_type: value("JWT"),
            name: props.authorizer_name.unwrap_or_else(|| value(scope.id())),
        })
        .identity_source([source])
        .jwt_configuration(
            authorizer::JwtConfiguration::new()
                .issuer(props.issuer)
                .audience(audiences),
        )
        .build(scope, "Resource");
        Self {
            scope,
            resource,
            api: props.api.cfn().scope().node_id(),
        }
    }

    /// Returns the condition that the token has one of the scopes, in its claim `scope` or `scp`.
    pub fn with_scopes<V: IntoValue<String>>(
        &self,
        scopes: impl IntoIterator<Item = V>,
    ) -> Authorization {
        Authorization::from(self).scopes(scopes)
    }
}

authorizer_handles! { Id<kind::apigatewayv2::Authorizer>: JwtAuthorizer, LambdaAuthorizer }
authorizer_conditions! { Authorization: JwtAuthorizer = "JWT", LambdaAuthorizer = "CUSTOM" }

/// Answer of the function of a [`LambdaAuthorizer`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AuthorizerResponse {
    /// An object with the field `isAuthorized`. A cached answer applies to every route.
    Simple,
    /// An IAM policy, which can allow some routes only.
    IamPolicy,
}

crate::construct! {
    /// An authorizer that asks a function for each request.
    ///
    /// Creates an
    /// [`AWS::ApiGatewayV2::Authorizer`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-authorizer.html)
    /// and the permission to invoke the function for this authorizer only. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | answer of the function | simple | an IAM policy |
    /// | identity source | the header `Authorization`; requests without it receive status 401 | none |
    /// | cache of answers | none | none |
    /// | permission to invoke the function | for this authorizer | none: requests fail |
    /// | name | the ID of the construct | required |
    ///
    /// ```
    /// use infra_lib::apigatewayv2::{HttpApi, LambdaAuthorizer};
    /// use infra_lib::lambda::{Code, Function, Runtime};
    /// use infra_lib::{App, Duration, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let function = Function::builder()
    ///     .runtime(Runtime::Nodejs24)
    ///     .handler("index.handler")
    ///     .code(Code::inline("exports.handler = async () => ({ isAuthorized: false });"))
    ///     .build(stack, "Check");
    /// let api = HttpApi::builder().build(stack, "Api");
    /// let keys = LambdaAuthorizer::builder()
    ///     .api(&api)
    ///     .function(&function)
    ///     .identity_source("$request.header.X-Api-Key")
    ///     .cache(Duration::minutes(5))
    ///     .build(api, "Keys");
    /// api.set_default_authorization(&keys);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct LambdaAuthorizer<'app>: "infra-lib.apigatewayv2.LambdaAuthorizer" {
        resource: CfnAuthorizer<'app>,
        api: NodeId,
    }

    /// Properties of a [`LambdaAuthorizer`], set through [`LambdaAuthorizer::builder`].
    pub struct LambdaAuthorizerProps, LambdaAuthorizerBuilder, lambda_authorizer_builder {
        /// Parts of the request that identify the caller.
        list identity_sources: Value<String>,
        /// API whose routes use the authorizer.
        required_handle api: HttpApi<'app>,
        /// Function, version or alias that decides: a construct, or an ARN.
        required_value function: Arn<kind::lambda::Function>,
        /// Answer of the function. Default: simple (CloudFormation: an IAM policy).
        default response: AuthorizerResponse = AuthorizerResponse::Simple,
        /// Time for which an answer applies to requests with equal identity sources, at most an hour (`INF4930`).
        /// Default: none, as in CloudFormation.
        optional cache: Duration,
        /// Name of the authorizer. Default: the ID of the construct.
        text authorizer_name,
    }
}

identity_sources! {
    LambdaAuthorizerBuilder, lambda_authorizer_builder, "$request.header.X-Api-Key";
}

impl<'app> LambdaAuthorizer<'app> {
    fn create(scope: Scope<'app>, props: LambdaAuthorizerProps<'app>) -> Self {
        let mut sources = props.identity_sources;
        if sources.is_empty() {
            sources.push(value(AUTHORIZATION_HEADER));
        }
        let (version, simple) = match props.response {
            AuthorizerResponse::Simple => ("2.0", true),
            AuthorizerResponse::IamPolicy => ("1.0", false),
        };
        let resource = CfnAuthorizerProps::new(CfnAuthorizerRequired {
            api_id: props.api.id(),
            authorizer_type: value("REQUEST"),
            name: props.authorizer_name.unwrap_or_else(|| value(scope.id())),
        })
        .authorizer_uri(function_uri(props.function.clone()))
        .authorizer_payload_format_version(version)
        .enable_simple_responses(simple)
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
