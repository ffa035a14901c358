//! Applications that sign users in.

use super::callback;
use super::imported::{arn_of, pool_of};
use super::oauth::{Flow, OAuth};
use super::token::Validity;
use crate::cfn::cognito::user_pool_client::{
    ExplicitAuthFlows, PreventUserExistenceErrors, RefreshTokenRotation,
    RefreshTokenRotationFeature,
};
use crate::cfn::cognito::{CfnUserPoolClient, CfnUserPoolClientProps};
use crate::construct::With;
use crate::core::{Duration, Id, IntoValue, Scope, Value};
use crate::iam::{Grant, Grantable};
use crate::kind;

/// Flow with which an application authenticates users through the API of Cognito.
///
/// See [authentication
/// flows](https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AuthFlow {
    /// Password through the Secure Remote Password protocol, so that it never leaves the device.
    Srp,
    /// Choice of the user between password, passkey and code.
    Choice,
    /// Challenges that functions define.
    Custom,
    /// Password in the request.
    Password,
    /// Password in a request of a server with AWS credentials.
    AdminPassword,
}

impl AuthFlow {
    fn property(self) -> ExplicitAuthFlows {
        match self {
            Self::Srp => ExplicitAuthFlows::ALLOW_USER_SRP_AUTH,
            Self::Choice => ExplicitAuthFlows::ALLOW_USER_AUTH,
            Self::Custom => ExplicitAuthFlows::ALLOW_CUSTOM_AUTH,
            Self::Password => ExplicitAuthFlows::ALLOW_USER_PASSWORD_AUTH,
            Self::AdminPassword => ExplicitAuthFlows::ALLOW_ADMIN_USER_PASSWORD_AUTH,
        }
    }
}

/// Secret of an application, which it sends with its requests. A change replaces the client.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum UserPoolClientSecret {
    /// No secret, for applications in browsers and on devices, where others can read it.
    None,
    /// Secret that Cognito generates, for applications on servers.
    Generated,
}

crate::construct! {
    /// An application of a user pool.
    ///
    /// Creates an
    /// [`AWS::Cognito::UserPoolClient`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolclient.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | authentication flows | SRP and refresh tokens | SRP, refresh tokens and custom flows |
    /// | OAuth | none | none |
    /// | secret | none, except with client credentials | none |
    /// | answers for unknown users | the same as for a wrong password | reveal that the user does not exist |
    /// | revocation of tokens | possible | possible |
    /// | access and ID tokens | valid for an hour | valid for an hour |
    /// | refresh tokens | valid for 30 days | valid for 30 days |
    /// | identity providers | the user pool | none for OAuth |
    ///
    /// ```
    /// use infra_lib::cognito::{OAuth, OAuthScope, UserPool, UserPoolClient};
    /// use infra_lib::{App, Duration, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let users = UserPool::builder().build(stack, "Users");
    /// UserPoolClient::builder()
    ///     .user_pool(&users)
    ///     .oauth(OAuth::authorization_code("https://shop.example.com/signed-in").scope(OAuthScope::OpenId))
    ///     .access_token_validity(Duration::minutes(15))
    ///     .build(stack, "Web");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct UserPoolClient<'app>: "infra-lib.cognito.UserPoolClient" {
        resource: CfnUserPoolClient<'app>,
    }

    /// Properties of a [`UserPoolClient`], set through [`UserPoolClient::builder`].
    pub struct UserPoolClientProps, UserPoolClientBuilder, user_pool_client_builder {
        /// Authentication flows.
        list auth_flows: AuthFlow,
        /// Names of identity providers.
        list identity_providers: Value<String>,
        /// Attributes that the client may read.
        list read_attributes: String,
        /// Attributes that the client may write.
        list write_attributes: String,
        /// User pool: a construct, an imported pool, or an ID.
        required_value user_pool: Id<kind::cognito::UserPool>,
        /// Name of the client. Default: a generated name.
        text client_name,
        /// OAuth grant. Default: none, as in CloudFormation.
        optional oauth: OAuth,
        /// Secret of the client. Default: none, except with client credentials, which need one.
        default secret: UserPoolClientSecret = UserPoolClientSecret::None,
        /// Equal answers for unknown users and wrong passwords. Default: equal (CloudFormation: unknown users are
        /// revealed).
        default prevent_user_existence_errors: bool = true,
        /// Revocation of tokens. Default: possible, as in CloudFormation.
        default token_revocation: bool = true,
        /// Validity of access tokens, 5 minutes to 1 day (`INF4966`). Default: 1 hour, as in CloudFormation.
        optional access_token_validity: Duration,
        /// Validity of ID tokens, 5 minutes to 1 day (`INF4966`). Default: 1 hour, as in CloudFormation.
        optional id_token_validity: Duration,
        /// Validity of refresh tokens, 1 hour to 10 years (`INF4966`). Default: 30 days, as in CloudFormation.
        optional refresh_token_validity: Duration,
        /// Replacement of refresh tokens at each use, with the time for which the last one remains valid, up to a minute.
        /// Default: they are not replaced, as in CloudFormation.
        optional rotate_refresh_tokens: Duration,
        /// Time for a sign-in with all its challenges, 3 to 15 minutes. Default: 3 minutes, as in CloudFormation.
        optional auth_session_validity: Duration,
    }
}

impl<S: user_pool_client_builder::State> UserPoolClientBuilder<'_, S> {
    /// Adds an authentication flow. Default: [`AuthFlow::Srp`].
    pub fn auth_flow(mut self, flow: AuthFlow) -> Self {
        self.auth_flows.push(flow);
        self
    }

    /// Adds an identity provider of the pool, besides the pool itself.
    pub fn identity_provider(mut self, name: impl IntoValue<String>) -> Self {
        self.identity_providers.push(name.into_value());
        self
    }

    /// Adds an attribute that the client may read, such as `email` or `custom:tenant`. Default: every attribute.
    pub fn read_attribute(mut self, name: impl Into<String>) -> Self {
        self.read_attributes.push(name.into());
        self
    }

    /// Adds an attribute that the client, and so each user, may write. Default: every mutable attribute. Name them if an
    /// attribute decides on permissions.
    pub fn write_attribute(mut self, name: impl Into<String>) -> Self {
        self.write_attributes.push(name.into());
        self
    }
}

impl<'app> UserPoolClient<'app> {
    fn create(scope: Scope<'app>, props: UserPoolClientProps<'app>) -> Self {
        let has_secret = props.secret == UserPoolClientSecret::Generated
            || props
                .oauth
                .as_ref()
                .is_some_and(|oauth| oauth.flow == Flow::ClientCredentials);
        let existence = if props.prevent_user_existence_errors {
            PreventUserExistenceErrors::ENABLED
        } else {
            PreventUserExistenceErrors::LEGACY
        };
        let rotation = props.rotate_refresh_tokens;
        let providers: Vec<Value<String>> = std::iter::once(crate::core::value("COGNITO"))
            .chain(props.identity_providers)
            .collect();
        let some = |list: Vec<String>| Some(list).filter(|list| !list.is_empty());
        let cfn = CfnUserPoolClientProps::new(props.user_pool)
            .explicit_auth_flows(flows(&props.auth_flows, rotation.is_some()))
            .prevent_user_existence_errors(existence)
            .enable_token_revocation(props.token_revocation)
            .supported_identity_providers(providers)
            .with(
                has_secret.then_some(true),
                CfnUserPoolClientProps::generate_secret,
            )
            .with(props.client_name, CfnUserPoolClientProps::client_name)
            .with(
                some(props.read_attributes),
                CfnUserPoolClientProps::read_attributes,
            )
            .with(
                some(props.write_attributes),
                CfnUserPoolClientProps::write_attributes,
            )
            .with(props.auth_session_validity, |cfn, time| {
                cfn.auth_session_validity(time.to_seconds_i64() / 60)
            })
            .with(rotation, |cfn, grace| {
                cfn.refresh_token_rotation(
                    RefreshTokenRotation::new()
                        .feature(RefreshTokenRotationFeature::ENABLED)
                        .retry_grace_period_seconds(grace.to_seconds_i64()),
                )
            })
            .with(props.oauth, |cfn, oauth| with_oauth(scope, cfn, oauth));
        let validity = Validity {
            access: props.access_token_validity,
            id: props.id_token_validity,
            refresh: props.refresh_token_validity,
        };
        let resource = validity.apply(scope, cfn).build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the ID of the client.
    pub fn client_id(&self) -> Value<Id<kind::cognito::UserPoolClient>> {
        self.resource.ref_()
    }

    /// Returns the ID of the user pool.
    pub fn user_pool_id(&self) -> Value<Id<kind::cognito::UserPool>> {
        pool_of(*self.resource)
    }

    /// Returns the L1 binding of the client.
    pub fn cfn(&self) -> CfnUserPoolClient<'app> {
        self.resource
    }

    /// Allows a role to read the secret of the client with `DescribeUserPoolClient`, so that it is in no template.
    #[track_caller]
    pub fn grant_read_secret(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .action("cognito-idp:DescribeUserPoolClient")
            .resource(arn_of(&self.user_pool_id()))
            .on_identity(self)
    }
}

/// Returns the flows of the API. Refresh tokens that are replaced have a separate operation, so that Cognito rejects
/// the flow for the others.
fn flows(given: &[AuthFlow], is_rotated: bool) -> Vec<ExplicitAuthFlows> {
    let mut found = Vec::new();
    let default = [AuthFlow::Srp];
    for flow in if given.is_empty() { &default } else { given } {
        let flow = flow.property();
        if !found.contains(&flow) {
            found.push(flow);
        }
    }
    if !is_rotated {
        found.push(ExplicitAuthFlows::ALLOW_REFRESH_TOKEN_AUTH);
    }
    found
}

fn with_oauth(
    scope: Scope<'_>,
    cfn: CfnUserPoolClientProps,
    mut oauth: OAuth,
) -> CfnUserPoolClientProps {
    callback::check(scope, &oauth);
    let some = |list: Vec<Value<String>>| Some(list).filter(|list| !list.is_empty());
    cfn.allowed_oauth_flows_user_pool_client(true)
        .allowed_oauth_flows(oauth.flows())
        .allowed_oauth_scopes(oauth.take_scopes())
        .with(
            some(oauth.callback_urls),
            CfnUserPoolClientProps::callback_urls,
        )
        .with(some(oauth.logout_urls), CfnUserPoolClientProps::logout_urls)
}

impl IntoValue<Id<kind::cognito::UserPoolClient>> for UserPoolClient<'_> {
    fn into_value(self) -> Value<Id<kind::cognito::UserPoolClient>> {
        self.client_id()
    }
}

impl IntoValue<Id<kind::cognito::UserPoolClient>> for &UserPoolClient<'_> {
    fn into_value(self) -> Value<Id<kind::cognito::UserPoolClient>> {
        self.client_id()
    }
}
