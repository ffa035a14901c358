//! AWS IAM: roles, policy documents, statements and grants.
//!
//! Permissions are added where they are used: a grant adds a statement to the single inline policy of the role, so
//! that nothing can run with the role before it has them. The CDK attaches separate `AWS::IAM::Policy` resources
//! instead; they are created after the role, so a resource that refers to the role only may start too early.
//!
//! [`Role`] and [`ManagedPolicy`] are the constructs; [`Statement`] and [`Principal`] describe permissions, and
//! [`Grantable`] is implemented by every construct that acts with a role.

mod document;
mod grant;
mod managed_policy;
mod principal;
mod role;
mod statement;

pub use document::PolicyDocument;
pub use grant::Grantable;
pub use managed_policy::{ManagedPolicy, ManagedPolicyBuilder, ManagedPolicyProps};
pub use principal::Principal;
pub use role::{ImportedRole, Role, RoleBuilder, RoleProps};
pub use statement::{Effect, Statement};

pub(crate) use statement::PolicyUse;
