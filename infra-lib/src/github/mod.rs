//! GitHub Actions: sign-in to AWS without access keys, and delivery with separate roles for each task.
//!
//! [`Delivery`] creates all resources that the pipeline of `infra new` needs for one environment. Its parts can be
//! used separately: [`OidcProvider`], [`DeliveryRoles`] and [`PermissionsBoundary`]. [`PreviewRoles`] are for
//! environments of single pull requests.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#github).

mod assets;
mod boundary;
mod by_type;
mod delivery;
mod delivery_roles;
mod execution;
mod handlers;
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
