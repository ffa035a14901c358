//! Typed bindings for every CloudFormation resource type: one module and one Cargo feature per service.
//!
//! The feature has the name of the module. Services that AWS has closed to new customers share the feature `closed`; `all`
//! turns on everything.
//!
//! The code is generated from the registry model of `infra-schema` when the crate is built, for
//! the enabled services only. Of `AWS::S3::Bucket` there is
//!
//! - `s3::CfnBucketProps`: its properties, with a setter each; `new` takes what is required;
//! - `s3::CfnBucket`: the handle of a bucket in the tree, with what `Ref` and `Fn::GetAtt` give;
//! - `s3::bucket`: the property types and enumerations of a bucket;
//! - [`kind::s3::Bucket`]: a marker for references, `Arn<kind::s3::Bucket>`; markers of all types
//!   exist whatever the features.
//!
//! Enumerations are open: `BucketAccessControl::other("…")` takes a value newer than the schema.

/// One marker type per resource type, for references that know what they point to.
///
/// Markers have no values: they stand in `Arn<…>`, `Id<…>` and `Name<…>` only.
#[allow(missing_debug_implementations, reason = "types without values")]
pub mod kind {
    include!(concat!(env!("OUT_DIR"), "/kind.rs"));
}

/// What generated code is written with: names that no property type can shadow.
#[allow(unused_imports, reason = "unused while no service is enabled")]
mod rt {
    pub(crate) use infra_core::{Arn, Id, IntoValue, Json, Name, Props, Value};
    pub(crate) use infra_core::{property_type, resource_type, string_enum};
    pub(crate) use std::collections::BTreeMap;
    pub(crate) use std::string::String;
    pub(crate) use std::vec::Vec;
}

#[allow(
    missing_docs,
    missing_debug_implementations,
    unused_imports,
    unreachable_pub,
    unused_qualifications,
    elided_lifetimes_in_paths,
    rustdoc::all,
    clippy::all,
    clippy::use_self,
    clippy::pedantic,
    reason = "generated"
)]
mod services {
    use crate::rt;

    include!(concat!(env!("OUT_DIR"), "/services.rs"));
}

#[allow(
    unused_imports,
    unreachable_pub,
    reason = "empty while no service is enabled"
)]
pub use services::*;
