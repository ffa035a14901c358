//! AWS IAM: roles, users, groups, policy documents, statements and grants.
//!
//! Permissions are added where they are used: a grant adds a statement to the single inline policy of the role, so
//! that nothing can run with the role before it has them. The CDK attaches separate `AWS::IAM::Policy` resources
//! instead; they are created after the role, so a resource that refers to the role only may start too early.
//!
//! A statement that would close a circle, such as that of a function which may invoke itself, becomes an
//! `AWS::IAM::RolePolicy` at synthesis, in the stack of the resource that it names. Resources that use the role depend
//! on that policy, as far as they can.
//!
//! [`Role`], [`User`], [`Group`], [`InstanceProfile`], [`ManagedPolicy`], [`OidcProvider`] and [`SamlProvider`] are the constructs; [`Statement`] and [`Principal`] describe permissions, and
//! [`Grantable`] is implemented by every construct that acts with a role. A [`Grant`] is the permission of a principal on
//! a resource: in the policy of the principal, of the resource, or of both.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#iam).

mod boundary;
mod document;
mod grant;
mod group;
mod imported_group;
mod imported_policy;
mod imported_provider;
mod imported_role;
mod instance_profile;
mod managed_policy;
mod oidc_provider;
mod principal;
mod role;
mod saml_provider;
mod statement;
mod user;

pub use boundary::apply_permissions_boundary;
pub use document::PolicyDocument;
pub(crate) use document::inline_statement;
pub use grant::{Grant, GrantBuilder, Grantable, Grantee, Identity, ResourcePolicy};
pub use group::{Group, GroupBuilder, GroupProps};
pub use imported_group::{AsGroup, GroupRef, ImportedGroup};
pub use imported_policy::ImportedManagedPolicy;
pub use imported_provider::{ImportedOidcProvider, ImportedSamlProvider};
pub use imported_role::{AsRole, ImportedRole, RoleRef};
pub(crate) use instance_profile::instance_role;
pub use instance_profile::{
    ImportedInstanceProfile, InstanceProfile, InstanceProfileBuilder, InstanceProfileProps,
};
pub use managed_policy::{ManagedPolicy, ManagedPolicyBuilder, ManagedPolicyProps};
pub use oidc_provider::{OidcProvider, OidcProviderBuilder, OidcProviderProps};
pub use principal::Principal;
pub use role::{Role, RoleBuilder, RoleProps};
pub use saml_provider::{SamlProvider, SamlProviderBuilder, SamlProviderProps};
pub use statement::{Effect, PolicyUse, Statement};
pub use user::{ImportedUser, User, UserBuilder, UserProps};
