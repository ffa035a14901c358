//! GitLab CI: sign in without keys, and deliver with roles that each can do one thing.

mod delivery;
mod oidc_provider;

pub use delivery::{Delivery, DeliveryBuilder, DeliveryProps};
pub use oidc_provider::OidcProvider;
