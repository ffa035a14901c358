//! AWS credentials for users.

use std::collections::BTreeMap;

use super::RoleMapping;
use crate::cfn::cognito::identity_pool::CognitoIdentityProvider;
use crate::cfn::cognito::{
    CfnIdentityPool, CfnIdentityPoolProps, CfnIdentityPoolRoleAttachmentProps,
};
use crate::construct::With;
use crate::core::{Arn, Id, IntoValue, Map, Scope, Value};
use crate::iam::{Principal, Role};
use crate::kind;

const SERVICE: &str = "cognito-identity.amazonaws.com";

/// Access of users who did not sign in.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum GuestAccess {
    /// No credentials without sign-in.
    Refused,
    /// Everybody can get credentials of the role for guests.
    Allowed,
}

crate::construct! {
    /// A pool of identities, which exchanges the tokens of users for AWS credentials.
    ///
    /// Creates an
    /// [`AWS::Cognito::IdentityPool`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-identitypool.html),
    /// a role for users that only identities of this pool can assume, one for guests if they are allowed, and the attachment
    /// of the roles. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | guests | refused | required |
    /// | role for users | one without permissions | none |
    /// | tokens of user pools | checked for sign-out and deletion | not checked |
    /// | classic flow | refused | refused |
    /// | users with an ambiguous role | refused | required |
    ///
    /// ```
    /// use infra_lib::cognito::{IdentityPool, UserPool, UserPoolClient};
    /// use infra_lib::s3::Bucket;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let users = UserPool::builder().build(stack, "Users");
    /// let web = UserPoolClient::builder().user_pool(&users).build(stack, "Web");
    /// let identities = IdentityPool::builder().user_pool(users.provider_name(), web).build(stack, "Identities");
    /// Bucket::builder().build(stack, "Photos").grant_read(&identities.authenticated_role());
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct IdentityPool<'app>: "infra-lib.cognito.IdentityPool" {
        resource: CfnIdentityPool<'app>,
        authenticated_role: Role<'app>,
        guest_role: Option<Role<'app>>,
    }

    /// Properties of an [`IdentityPool`], set through [`IdentityPool::builder`].
    pub struct IdentityPoolProps, IdentityPoolBuilder, identity_pool_builder {
        /// User pools with their clients.
        list user_pools: CognitoIdentityProvider,
        /// OpenID Connect providers of IAM.
        list open_id_providers: Value<Arn<kind::iam::OidcProvider>>,
        /// SAML providers of IAM.
        list saml_providers: Value<Arn<kind::iam::SamlProvider>>,
        /// Public providers with the ID of the app at each.
        list login_providers: (String, Value<String>),
        /// Choice of roles by claims.
        list role_mappings: RoleMapping,
        /// Name of the identity pool. Default: a generated name.
        text identity_pool_name,
        /// Access of users who did not sign in. Default: refused.
        default guest_access: GuestAccess = GuestAccess::Refused,
    }
}

impl<S: identity_pool_builder::State> IdentityPoolBuilder<'_, S> {
    /// Adds a user pool by its provider name, and the client whose tokens are accepted.
    pub fn user_pool(
        mut self,
        provider_name: impl IntoValue<String>,
        client_id: impl IntoValue<Id<kind::cognito::UserPoolClient>>,
    ) -> Self {
        self.user_pools.push(
            CognitoIdentityProvider::new(client_id, provider_name).server_side_token_check(true),
        );
        self
    }

    /// Adds an OpenID Connect provider of IAM: a construct, an import, or its ARN.
    pub fn open_id_connect_provider(
        mut self,
        arn: impl IntoValue<Arn<kind::iam::OidcProvider>>,
    ) -> Self {
        self.open_id_providers.push(arn.into_value());
        self
    }

    /// Adds a SAML provider of IAM: a construct, an import, or its ARN.
    pub fn saml_provider(mut self, arn: impl IntoValue<Arn<kind::iam::SamlProvider>>) -> Self {
        self.saml_providers.push(arn.into_value());
        self
    }

    /// Adds a public provider such as `accounts.google.com`, with the ID that the app has there.
    pub fn login_provider(
        mut self,
        provider: impl Into<String>,
        app_id: impl IntoValue<String>,
    ) -> Self {
        self.login_providers
            .push((provider.into(), app_id.into_value()));
        self
    }

    /// Adds the choice of a role by claims for the users of one provider. Default: the role for authenticated users.
    pub fn role_mapping(mut self, mapping: RoleMapping) -> Self {
        self.role_mappings.push(mapping);
        self
    }
}

impl<'app> IdentityPool<'app> {
    fn create(scope: Scope<'app>, props: IdentityPoolProps<'app>) -> Self {
        let allows_guests = props.guest_access == GuestAccess::Allowed;
        let logins: Map = {
            let mut map = Map::new();
            for (provider, id) in props.login_providers {
                map.insert(provider, id.into_data());
            }
            map
        };
        let resource = CfnIdentityPoolProps::new(allows_guests)
            .allow_classic_flow(false)
            .with(
                props.identity_pool_name,
                CfnIdentityPoolProps::identity_pool_name,
            )
            .with(
                Some(props.user_pools).filter(|list| !list.is_empty()),
                CfnIdentityPoolProps::cognito_identity_providers,
            )
            .with(
                Some(props.open_id_providers).filter(|list| !list.is_empty()),
                CfnIdentityPoolProps::open_id_connect_provider_arns,
            )
            .with(
                Some(props.saml_providers).filter(|list| !list.is_empty()),
                CfnIdentityPoolProps::saml_provider_arns,
            )
            .with(
                Some(logins).filter(|map| !map.is_empty()),
                CfnIdentityPoolProps::supported_login_providers,
            )
            .build(scope, "Resource");
        let authenticated_role = role(scope, resource, "AuthenticatedRole", "authenticated");
        let guest_role =
            allows_guests.then(|| role(scope, resource, "UnauthenticatedRole", "unauthenticated"));
        let roles: BTreeMap<String, Value<Arn<kind::iam::Role>>> = [
            Some(("authenticated", authenticated_role)),
            guest_role.map(|role| ("unauthenticated", role)),
        ]
        .into_iter()
        .flatten()
        .map(|(key, role)| (key.to_owned(), role.arn()))
        .collect();
        let roles: BTreeMap<String, Value<String>> = roles
            .into_iter()
            .map(|(key, arn)| (key, arn.cast()))
            .collect();
        let mappings: BTreeMap<String, _> = props
            .role_mappings
            .into_iter()
            .map(|mapping| (mapping.key.clone(), mapping.property()))
            .collect();
        let id: Value<Id<kind::cognito::IdentityPool>> = resource.ref_();
        CfnIdentityPoolRoleAttachmentProps::new(id)
            .roles(roles)
            .with(
                Some(mappings).filter(|map| !map.is_empty()),
                CfnIdentityPoolRoleAttachmentProps::role_mappings,
            )
            .build(scope.construct("DefaultRoleAttachment"), "Resource");
        Self {
            scope,
            resource,
            authenticated_role,
            guest_role,
        }
    }

    /// Imports an existing identity pool by its ID, such as `eu-west-1:1a2b3c4d-…`.
    pub fn from_id(id: impl IntoValue<Id<kind::cognito::IdentityPool>>) -> ImportedIdentityPool {
        ImportedIdentityPool {
            id: id.into_value(),
        }
    }

    /// Creates a role that users of this pool can assume, for [`RoleMapping`] and for groups.
    #[track_caller]
    pub fn add_role(&self, id: &str) -> Role<'app> {
        role(self.scope.at_caller(), self.resource, id, "authenticated")
    }

    /// Returns the ID of the identity pool.
    pub fn identity_pool_id(&self) -> Value<Id<kind::cognito::IdentityPool>> {
        self.resource.ref_()
    }

    /// Returns the role of users who signed in, to which permissions are granted.
    pub fn authenticated_role(&self) -> Role<'app> {
        self.authenticated_role
    }

    /// Returns the role of guests, or `None` where they are refused.
    pub fn guest_role(&self) -> Option<Role<'app>> {
        self.guest_role
    }

    /// Returns the L1 binding of the identity pool.
    pub fn cfn(&self) -> CfnIdentityPool<'app> {
        self.resource
    }
}

/// Creates a role that only identities of this pool can assume, either signed in or not.
fn role<'app>(
    scope: Scope<'app>,
    pool: CfnIdentityPool<'app>,
    id: &str,
    state: &'static str,
) -> Role<'app> {
    identity_role(scope, pool.ref_(), id, state)
}

fn identity_role<'app>(
    scope: Scope<'app>,
    pool: Value<Id<kind::cognito::IdentityPool>>,
    id: &str,
    state: &'static str,
) -> Role<'app> {
    Role::builder()
        .assumed_by(
            Principal::web_identity(SERVICE)
                .condition("StringEquals", format!("{SERVICE}:aud"), pool)
                .condition("ForAnyValue:StringLike", format!("{SERVICE}:amr"), state),
        )
        .build(scope, id)
}

/// An existing identity pool, from [`IdentityPool::from_id`].
#[derive(Clone, Debug)]
pub struct ImportedIdentityPool {
    id: Value<Id<kind::cognito::IdentityPool>>,
}

impl ImportedIdentityPool {
    /// Returns the ID of the identity pool.
    pub fn identity_pool_id(&self) -> Value<Id<kind::cognito::IdentityPool>> {
        self.id.clone()
    }

    /// Creates a role that users of the pool can assume.
    #[track_caller]
    pub fn add_role<'app>(&self, scope: impl crate::Construct<'app>, id: &str) -> Role<'app> {
        identity_role(scope.scope(), self.id.clone(), id, "authenticated")
    }
}
