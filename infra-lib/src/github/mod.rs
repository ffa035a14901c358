//! GitHub Actions: sign in without keys, and deliver with roles that each can do one thing.

mod delivery_roles;
mod execution;
mod oidc_provider;

pub use delivery_roles::{DeliveryRoles, DeliveryRolesBuilder, DeliveryRolesProps};
pub use oidc_provider::OidcProvider;
