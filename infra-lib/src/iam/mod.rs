//! AWS IAM: roles, policy documents, statements and grants.
//!
//! Permissions are written where they are used: a grant adds a statement to the role's one inline policy, so that
//! nothing can run with the role before it has them. Attached `AWS::IAM::Policy` resources, as the CDK makes them,
//! are created after the role, and whatever references only the role may start too early.

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
