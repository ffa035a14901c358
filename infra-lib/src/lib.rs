//! Typed AWS constructs that synthesize CloudFormation.
//!
//! Everything of [`infra_core`] is here too, so an app depends on this one crate. The bindings of every
//! CloudFormation type (L1) are in [`cfn`].
//!
//! # Features
//!
//! One Cargo feature per service, and none by default: `cargo add infra-lib --features s3,sqs`. The feature of a service
//! has the name of its CloudFormation namespace in lower case and turns on
//!
//! - its bindings, `infra_lib::cfn::s3`;
//! - its constructs where there are any, `infra_lib::s3`, and the services that those use.
//!
//! | feature | turns on |
//! |---|---|
//! | `constructs` | every service that has constructs |
//! | `github` | [`github`]: roles for GitHub Actions |
//! | `gitlab` | `gitlab`: roles for GitLab CI |
//! | `closed` | bindings of the services that AWS has closed to new customers |
//! | `all` | everything; the bindings of all services take minutes to compile |
//!
//! [`policy`], [`assertions`] and the raw [`CfnResource`] need no feature.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(feature = "constructs"),
    allow(
        dead_code,
        unused_imports,
        reason = "items that one service has for another are unused while the other is off"
    )
)]

#[cfg(feature = "applicationautoscaling")]
pub mod applicationautoscaling;
pub mod assertions;
#[cfg(feature = "certificatemanager")]
pub mod certificatemanager;
#[cfg(feature = "cloudfront")]
pub mod cloudfront;
#[cfg(feature = "cloudwatch")]
pub mod cloudwatch;
#[cfg(feature = "ec2")]
pub mod ec2;
#[cfg(feature = "ecr")]
pub mod ecr;
#[cfg(feature = "ecs")]
pub mod ecs;
#[cfg(feature = "elasticloadbalancingv2")]
pub mod elbv2;
#[cfg(feature = "github")]
pub mod github;
#[cfg(feature = "gitlab")]
pub mod gitlab;
#[cfg(feature = "iam")]
pub mod iam;
#[cfg(feature = "kms")]
pub mod kms;
#[cfg(feature = "logs")]
pub mod logs;
pub mod policy;
#[cfg(feature = "rds")]
pub mod rds;
#[cfg(feature = "route53")]
pub mod route53;
#[cfg(feature = "s3")]
pub mod s3;
#[cfg(feature = "secretsmanager")]
pub mod secretsmanager;
#[cfg(feature = "sns")]
pub mod sns;
#[cfg(feature = "ssm")]
pub mod ssm;
#[cfg(any(feature = "cloudfront", feature = "rds", feature = "wafv2"))]
mod unique_name;
#[cfg(feature = "wafv2")]
pub mod wafv2;

#[cfg(doctest)]
mod book;
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
    IntoValue, Json, Mapping, Name, NestedStack, NestedStackProps, Output, Parameter,
    ParameterProps, ParameterType, Policy, Props, ReferenceStrength, RemovalPolicy, Resource, Rule,
    Scope, Severity, Size, Stack, StackProps, Stage, Synthesis, Value, codes, intrinsics, pseudo,
    sub, value,
};

/// What nearly every file of an app uses.
pub mod prelude {
    pub use crate::{
        App, Construct, Duration, Environment, IntoValue, NestedStack, Output, RemovalPolicy,
        Scope, Size, Stack, StackProps, Stage, Value, pseudo, sub,
    };
}
