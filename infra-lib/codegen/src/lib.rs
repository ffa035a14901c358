//! Two steps of code generation: upstream schemas to the model, and the model to Rust bindings.
//!
//! The second step has no dependencies but the model and runs in the build script of `infra-cfn`.

mod docs;
mod emit;
mod names;

#[cfg(feature = "distill")]
pub mod distill;

pub use docs::Docs;
pub use emit::{Clash, kinds, module, service};
