//! CloudFormation templates and cloud assemblies as data, read, compared and reviewed without asking AWS.
//!
//! - [`Template`]: any template, in JSON or YAML, and [`read_tree`] with the places of its values; [`assembly`]: the stacks of an app in
//!   deployment order, with the templates of [`nested`] stacks.
//! - [`diff`]: the changes that two templates predict; [`review`]: changes as one model for every reader.
//! - [`cost`]: fixed charges, from a file of prices. [`estimate`]: durations of deployments; [`migration`]: one-off tasks that a template marks.
//!
//! Nothing here prints, waits or reaches a network.

pub mod assembly;
pub mod cost;
pub mod diff;
pub mod digest;
pub mod estimate;
pub mod migration;
pub mod nested;
mod open_enum;
mod resource_name;
mod resource_origin;
pub mod review;
mod template;

pub use resource_name::ResourceName;
pub use template::{Template, TemplateError, TemplateResource, comments, read_tree};
