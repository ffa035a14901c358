//! The CloudFormation registry as data: every resource type with its properties and their constraints. [`resource`] looks up a [`ResourceType`] by
//! name.
//!
//! The model is committed as one text file per service (`model/*.txt`, described in `FORMAT.md`). It is embedded in the library, and types are parsed
//! on first use: a template with forty resource types does not pay for the other eighteen hundred.
//!
//! ```
//! let bucket = infra_schema::resource("AWS::S3::Bucket").unwrap();
//! let name = bucket.property("BucketName").unwrap();
//! assert!(name.create_only && !name.required);
//!
//! assert!(infra_schema::resource("AWS::S3::Bukcet").is_none());
//! assert_eq!(infra_schema::nearest_type("AWS::S3::Bukcet"), Some("AWS::S3::Bucket"));
//! ```

pub mod between;
pub mod catalog;
pub mod handlers;
pub mod iam;
mod iam_actions;
mod iam_catalog;
mod iam_resources;
mod iam_services;
pub mod model;
pub mod names;
pub mod nearest;
pub mod parse;
pub mod prefix_lists;
pub mod relations;
pub mod render;
pub mod runtimes;
pub mod rust_names;
pub mod serverless;
mod services;

pub use catalog::{
    feature_of, list_services, list_types, nearest_type, resource, service_of, types_of,
};
pub use model::{
    Attribute, Bounds, Definition, Kind, Path, Property, RefReturns, Replacement, ResourceType,
    Rule, Shape, TagShape, Tags, Target, Text, Type,
};

pub use serverless::serverless_type;
pub use services::SCHEMA_DATE;

/// Examples of the README, compiled and run as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub mod readme {}
