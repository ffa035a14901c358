//! Operations other than deployments: outputs, deletion, orphaning, rollback, drift detection, import, bootstrap, garbage collection and checks.
//!
//! Operations that change something have two steps: a survey with read-only calls returns what would be done, and a second call executes it, so that
//! the user can decide in between.

mod ending;
mod left;
mod patience;
mod target;

pub mod bootstrap;
pub mod destroy;
pub mod doctor;
pub mod drift;
pub mod gc;
pub mod import;
pub mod orphan;
pub mod outputs;
pub mod previews;
pub mod rollback;

pub use target::Target;

pub(crate) use patience::Poller;
pub(crate) use target::{locate_finding, read_all_pages};
