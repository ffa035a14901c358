//! GitHub Actions: sign in without keys, and deliver with roles that each can do one thing.

mod boundary;
mod delivery;
mod delivery_roles;
mod execution;
pub(crate) mod oidc_provider;
mod parts;
mod permissions;
mod preview;
mod reading;
mod trust;
mod undoing;

pub use boundary::{PermissionsBoundary, PermissionsBoundaryBuilder, PermissionsBoundaryProps};
pub use delivery::{Delivery, DeliveryBuilder, DeliveryProps};
pub use delivery_roles::{DeliveryRoles, DeliveryRolesBuilder, DeliveryRolesProps};
pub use oidc_provider::OidcProvider;
pub use preview::{PreviewRoles, PreviewRolesBuilder, PreviewRolesProps};

#[cfg(feature = "gitlab")]
pub(crate) use {
    delivery_roles::Jobs,
    parts::{Parts, parts_of},
};
