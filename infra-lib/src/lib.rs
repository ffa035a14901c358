//! Typed AWS constructs that synthesize CloudFormation.
//!
//! Everything of [`infra_core`] is here too, so an app depends on this one crate. The bindings of every
//! CloudFormation type (L1) are in [`cfn`].

pub mod applicationautoscaling;
pub mod assertions;
pub mod certificatemanager;
pub mod cloudfront;
pub mod cloudwatch;
pub mod ec2;
pub mod ecr;
pub mod ecs;
pub mod elbv2;
pub mod github;
pub mod iam;
pub mod kms;
pub mod logs;
pub mod policy;
pub mod rds;
pub mod route53;
pub mod s3;
pub mod secretsmanager;
pub mod sns;
pub mod ssm;
mod unique_name;
pub mod wafv2;

#[cfg(doctest)]
mod code_pages;

/// Examples of the package's README as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub mod package_readme {}

/// The example of the README as a documentation test.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub mod readme {}

pub use infra_cfn as cfn;
pub use infra_cfn::kind;
pub use infra_core as core;
pub use infra_core::{
    App, Arn, CfnResource, Code, Condition, Construct, Data, Diagnostic, Duration, Environment, Id,
    IntoValue, Json, Mapping, Name, Output, Parameter, ParameterProps, ParameterType, Policy,
    Props, ReferenceStrength, RemovalPolicy, Resource, Rule, Scope, Severity, Size, Stack,
    StackProps, Stage, Synthesis, Value, codes, intrinsics, pseudo, sub, value,
};

/// What nearly every file of an app uses.
pub mod prelude {
    pub use crate::{
        App, Construct, Duration, Environment, IntoValue, Output, RemovalPolicy, Scope, Size,
        Stack, StackProps, Stage, Value, pseudo, sub,
    };
}
