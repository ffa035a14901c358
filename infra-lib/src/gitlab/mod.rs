//! GitLab CI: sign-in to AWS without access keys, and delivery with separate roles for each task.
//!
//! [`Delivery`] creates all resources that the pipeline of `infra new --ci gitlab` needs for one environment;
//! [`OidcProvider`] is its identity provider.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#gitlab).

mod delivery;
mod oidc_provider;

pub use delivery::{Delivery, DeliveryBuilder, DeliveryProps};
pub use oidc_provider::OidcProvider;
