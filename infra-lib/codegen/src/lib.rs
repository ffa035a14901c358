//! Code generation: upstream schemas to the model, the model to Rust bindings, and templates to programs that use the
//! bindings.
//!
//! [`emit_service`] and [`emit_module`] write bindings; they depend on the model only, and run in the build script of
//! `infra-cfn`. The feature `distill` adds the first step, the feature `convert` the third, which is in this crate
//! because it must use the same names as the bindings.

mod docs;
mod emit;

#[cfg(feature = "convert")]
pub mod convert;
#[cfg(feature = "distill")]
pub mod distill;

pub use docs::Docs;
pub use emit::{NameClash, emit_kinds, emit_module, emit_service, handle_path};
