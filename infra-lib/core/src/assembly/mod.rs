//! Writes cloud assemblies to disk; no other module of this crate touches files. [`write_assembly()`] writes the assembly of a synthesis, [`render_files`] returns
//! its contents without writing them.
//!
//! The format is that of the CDK, at the lowest schema version with all required fields, so that every `cdk` CLI since early 2024 can list, diff and
//! deploy the assembly. `findings.json` is an additional file that other readers ignore.

mod asset;
mod docker_ignore;
mod image_asset;
mod manifest;
mod tree_file;
mod write;

pub use crate::asset_source::AssetPackaging;
pub use crate::build_options::{BuildCache, BuildContext, BuildSecret};
pub use asset::{AssetFile, FileAsset};
pub use image_asset::{DockerImage, ImageAsset};
pub use write::{Assembly, AssemblyError, render_files, write_assembly};
