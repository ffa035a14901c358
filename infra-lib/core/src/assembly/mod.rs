//! The cloud assembly on disk: the only place of this crate that touches files.
//!
//! The format is the CDK's, at the lowest schema version that has what we write, so that every `cdk` CLI since
//! early 2024 lists, diffs and deploys it. What is ours alone (`findings.json`) lies beside it.

mod manifest;
mod tree_file;
mod write;

pub use write::{Assembly, AssemblyError, files, write};
