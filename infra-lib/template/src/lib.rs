//! CloudFormation templates and cloud assemblies as data: reads, compares and reviews them without calling AWS.
//!
//! - [`Template`] is a template in JSON or YAML, [`read_tree`] reads one with source positions. [`assembly`] contains the stacks of an app in deployment order,
//!   [`nested`] the templates of nested stacks.
//! - [`diff`] predicts changes from two templates, [`review`] is the model of changes for every output format.
//! - [`cost`] estimates fixed charges from a price file, [`estimate`] the duration of deployments,
//!   [`permissions`] the IAM permissions that they need. [`migration`] finds one-off tasks that a template marks.
//!
//! This crate does not print, wait or use the network.

pub mod assembly;
pub mod cost;
pub mod diff;
pub mod digest;
pub mod estimate;
pub mod migration;
pub mod nested;
mod open_enum;
pub mod permissions;
mod resource_name;
mod resource_origin;
pub mod review;
pub mod simulate;
mod template;

pub use resource_name::ResourceName;
pub use template::{
    DuplicateKey, Template, TemplateError, TemplateResource, comments, read_tree,
    read_tree_with_duplicates,
};
