//! Code generation: upstream schemas to the model, the model to Rust bindings, and templates to programs that use those.
//!
//! The second step has no dependencies but the model and runs in the build script of `infra-cfn`. The third is here because
//! it must call everything as the second names it.

mod docs;
mod emit;
mod names;

#[cfg(feature = "convert")]
pub mod convert;
#[cfg(feature = "distill")]
pub mod distill;

pub use docs::Docs;
pub use emit::{Clash, handle_path, kinds, module, service};
