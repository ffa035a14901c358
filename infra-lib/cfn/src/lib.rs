//! Typed bindings for every CloudFormation resource type, with one module and one Cargo feature per service.
//!
//! A feature has the name of its module. Services that AWS has closed to new customers share the feature `closed`;
//! `all` enables all services.
//!
//! The build script generates the code from the registry model of `infra-schema`, for the enabled services only. The
//! bindings of `AWS::S3::Bucket` are:
//!
//! - `s3::CfnBucketProps`: its properties, with a setter for each; `new` takes the required ones;
//! - `s3::CfnBucket`: the handle of a bucket in the construct tree, with the values of `Ref` and `Fn::GetAtt`;
//! - `s3::bucket`: the property types and enumerations of a bucket;
//! - [`kind::s3::Bucket`]: a marker for references, such as `Arn<kind::s3::Bucket>`. Markers of all types exist
//!   independent of features.
//!
//! Enumerations are open: `BucketAccessControl::other("…")` accepts a value that is newer than the schema.

/// Marker types of all resource types, for references with a known target.
///
/// Markers have no values; they are type arguments of `Arn<…>`, `Id<…>` and `Name<…>`.
#[allow(missing_debug_implementations, reason = "types without values")]
pub mod kind {
    include!(concat!(env!("OUT_DIR"), "/kind.rs"));
}

/// Names for generated code that no property type can shadow.
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
