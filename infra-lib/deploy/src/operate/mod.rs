//! What operators need beside a deployment: outputs, deletion, giving up, rollback, drift, import, bootstrap
//! and a check-up.
//!
//! Each begins with a survey that only reads and answers what would be done; what then changes something takes that
//! survey, so that a person can be asked in between.

mod ending;
mod left;
mod patience;
mod target;

pub mod bootstrap;
pub mod destroy;
pub mod doctor;
pub mod drift;
pub mod import;
pub mod orphan;
pub mod outputs;
pub mod previews;
pub mod rollback;

pub use target::Target;

pub(crate) use patience::Patience;
pub(crate) use target::{at, pages};
