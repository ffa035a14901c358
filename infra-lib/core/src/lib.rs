//! Construct tree, deferred values, findings, synthesis and cloud assembly: the parts of infrastructure as code that do not depend on a particular
//! AWS service.
//!
//! - [`App`], [`Stage`], [`Stack`], [`Scope`]: the construct tree.
//! - [`Value`], [`intrinsics`], [`pseudo`]: values known at synthesis or at deployment.
//! - [`Resource`], [`CfnResource`], [`Parameter`], [`Output`], …: the entries of a template.
//! - [`Aspect`], [`Scope::modify_each`], [`Scope::default_each`]: changes of many constructs at synthesis.
//! - [`include`](mod@include), [`CustomResource`]: existing templates, and resources that the user's own code creates.
//! - [`App::synth`] → [`Synthesis`] → [`assembly::write_assembly`]: the way from the tree to templates and findings, and to disk.
//!
//! Synthesis is deterministic: this crate reads no clock, environment variables or random numbers, so the same program produces the same bytes.

mod allowed_interruption;
mod aspect;
pub mod assembly;
mod asset_source;
mod build_options;
mod condition;
mod custom_resource;
mod diagnostic;
mod duration;
mod environment;
pub mod include;
mod json_text;
pub mod logical_id;
mod lookup;
mod mapping;
mod missing_context;
mod mixin;
mod nested_stack;
mod node_id;
mod output;
mod parameter;
mod policy;
mod props;
pub mod quotas;
mod removal_policy;
mod resource;
mod rule;
mod section;
mod size;
mod stack;
mod stack_props;
mod stage;
mod synth;
pub mod template;
mod tree;
pub mod validation;
mod value;

pub use allowed_interruption::AllowedInterruption;
pub use aspect::{Aspect, AspectPriority};
pub use condition::Condition;
pub use custom_resource::{CustomResource, CustomResourceProps};
pub use diagnostic::{
    Code, CodeInfo, Diagnostic, Origin, Place, Related, Severity, Summary, codes, render,
};
pub use duration::Duration;
pub use environment::Environment;
pub use infra_schema::nearest::find_nearest;
pub use mapping::Mapping;
pub use missing_context::MissingContext;
pub use nested_stack::{NestedStack, NestedStackProps};
pub use node_id::NodeId;
pub use output::Output;
pub use parameter::{Parameter, ParameterProps, ParameterType};
pub use policy::Policy;
pub use props::{Props, ResourceProps};
pub use removal_policy::RemovalPolicy;
pub use resource::{CfnResource, Resource, add_resource};
pub use rule::Rule;
pub use section::Section;
pub use size::Size;
pub use stack::Stack;
pub use stack_props::StackProps;
pub use stage::Stage;
pub use synth::{Acknowledged, FileAssetArtifact, NestedStackArtifact, StackArtifact, Synthesis};
pub use tree::{APP_TAG, App, Construct, EXPIRES_TAG, Scope};
pub use value::{
    Arn, Data, Expr, Id, IntoValue, Json, Kind, Map, Name, ReferenceStrength, StackOutput, Target,
    TextLike, Value, value,
};

/// Intrinsic functions, which CloudFormation evaluates at deployment: [`fn_if`](intrinsics::fn_if), [`join`](intrinsics::join),
/// [`find_in_map`](intrinsics::find_in_map) and others.
///
/// AWS: [Intrinsic function reference](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html).
pub mod intrinsics {
    pub use crate::condition::fn_if;
    pub use crate::mapping::find_in_map;
    pub use crate::value::{
        ConditionExpr, Part, base64, cidr, concat, dynamic_secret, dynamic_ssm, dynamic_ssm_secure,
        equals, fn_and, fn_not, fn_or, get_azs, import_value, join, length, select, select_at,
        split, to_json_string, transform,
    };
}

/// Pseudo parameters, which CloudFormation sets at deployment: account, region, partition, stack name, URL suffix and `AWS::NoValue`.
///
/// AWS: [Pseudo parameters reference](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html).
pub mod pseudo {
    pub use crate::value::{
        Pseudo, account_id, no_value, partition, region, stack_name, url_suffix,
    };
}

/// Examples of the README, compiled and run as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub mod readme {}
