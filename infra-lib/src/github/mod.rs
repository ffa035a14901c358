//! GitHub Actions: sign in without keys, and deliver with roles that each can do one thing.

mod boundary;
mod delivery_roles;
mod execution;
mod oidc_provider;
mod permissions;
mod reading;
mod trust;

pub use boundary::{PermissionsBoundary, PermissionsBoundaryBuilder, PermissionsBoundaryProps};
pub use delivery_roles::{DeliveryRoles, DeliveryRolesBuilder, DeliveryRolesProps};
pub use oidc_provider::OidcProvider;
