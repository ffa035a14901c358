//! Authorizers of REST APIs that accept tokens of Amazon Cognito.

use super::authorizer::AUTHORIZATION_HEADER;
use super::{RestApi, RestAuthorization};
use crate::apigatewayv2::{authorizer_conditions, authorizer_handles};
use crate::cfn::apigateway::{CfnAuthorizer, CfnAuthorizerProps, CfnAuthorizerRequired};
use crate::core::{Arn, Construct, Id, IntoValue, NodeId, Scope, value};
use crate::kind;

crate::construct! {
    /// An authorizer that accepts tokens of Amazon Cognito user pools.
    ///
    /// Creates an
    /// [`AWS::ApiGateway::Authorizer`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-authorizer.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | user pool | required at compile time | required at deployment |
    /// | token | in the header `Authorization` | required |
    /// | name | the ID of the construct | required |
    ///
    /// ```
    /// use infra_lib::apigateway::{CognitoAuthorizer, HttpMethod, RestApi, RestIntegration};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let api = RestApi::builder().build(stack, "Api");
    /// let users = CognitoAuthorizer::builder()
    ///     .api(&api)
    ///     .user_pool_arn("arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Example")
    ///     .build(api, "Users");
    /// api.root()
    ///     .add_method(HttpMethod::Get, &RestIntegration::mock(200))
    ///     .require(users.with_scopes(["notes/read"]));
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct CognitoAuthorizer<'app>: "infra-lib.apigateway.CognitoAuthorizer" {
        resource: CfnAuthorizer<'app>,
        api: NodeId,
    }

    /// Properties of a [`CognitoAuthorizer`], set through [`CognitoAuthorizer::builder`].
    pub struct CognitoAuthorizerProps, CognitoAuthorizerBuilder, cognito_authorizer_builder {
        /// API whose methods use the authorizer.
        required_handle api: RestApi<'app>,
        /// ARN of the user pool whose tokens are accepted.
        required_value user_pool_arn: Arn<kind::cognito::UserPool>,
        /// Part of the request that has the token. Default: the header `Authorization`.
        text identity_source,
    }
}

impl<'app> CognitoAuthorizer<'app> {
    fn create(scope: Scope<'app>, props: CognitoAuthorizerProps<'app>) -> Self {
        let source = props
            .identity_source
            .unwrap_or_else(|| value(AUTHORIZATION_HEADER));
        let resource = CfnAuthorizerProps::new(CfnAuthorizerRequired {
            name: value(scope.id()),
            rest_api_id: props.api.id(),
            type_: value("COGNITO_USER_POOLS"),
        })
        .identity_source(source)
        .provider_arns([props.user_pool_arn])
        .build(scope, "Resource");
        Self {
            scope,
            resource,
            api: props.api.cfn().scope().node_id(),
        }
    }

    /// Returns the condition that an access token has one of the scopes. Without scopes, ID tokens are accepted.
    pub fn with_scopes<V: IntoValue<String>>(
        &self,
        scopes: impl IntoIterator<Item = V>,
    ) -> RestAuthorization {
        RestAuthorization::from(self).scopes(scopes)
    }
}

authorizer_handles! { Id<kind::apigateway::Authorizer>: CognitoAuthorizer }
authorizer_conditions! { RestAuthorization: CognitoAuthorizer = "COGNITO_USER_POOLS" }
