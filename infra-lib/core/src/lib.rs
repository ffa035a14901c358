//! Construct tree, deferred values, diagnostics, synthesis and cloud assembly: everything about infrastructure as
//! code that does not depend on any one AWS service.
//!
//! - [`App`], [`Stage`], [`Stack`], [`Scope`]: the construct tree.
//! - [`Value`], [`intrinsics`], [`pseudo`]: values known now or at deploy time.
//! - [`Resource`], [`CfnResource`], [`Parameter`], [`Output`], …: what templates are made of.
//! - [`App::synth`] → [`Synthesis`] → [`assembly::write`]: from tree to templates and findings, then to disk.
//!
//! This crate reads no clock, no environment and no randomness: the same program gives the same bytes.

mod app;
mod aspect;
pub mod assembly;
mod condition;
mod diagnostic;
mod duration;
mod environment;
mod json_text;
pub mod logical_id;
mod lookup;
mod mapping;
mod output;
mod parameter;
mod policy;
mod props;
pub mod quotas;
mod removal_policy;
mod resource;
mod rule;
mod size;
mod stack;
mod stage;
mod synth;
pub mod template;
mod tree;
mod value;

pub use app::App;
pub use aspect::Aspect;
pub use condition::Condition;
pub use diagnostic::{
    Code, CodeInfo, Diagnostic, Place, Related, Severity, Summary, codes, render,
};
pub use duration::Duration;
pub use environment::Environment;
pub use infra_schema::nearest::nearest;
pub use lookup::MissingContext;
pub use mapping::Mapping;
pub use output::Output;
pub use parameter::{Parameter, ParameterProps, ParameterType};
pub use policy::Policy;
pub use props::Props;
pub use removal_policy::RemovalPolicy;
pub use resource::{CfnResource, Resource};
pub use rule::Rule;
pub use size::Size;
pub use stack::{Stack, StackProps};
pub use stage::Stage;
pub use synth::{Acknowledged, StackArtifact, Synthesis};
pub use tree::{Construct, NodeId, Origin, Scope, add_resource};
pub use value::{
    Arn, Data, Expr, Id, IntoValue, Json, Kind, Map, Name, ReferenceStrength, StackOutput, Target,
    TextLike, Value, value,
};

/// Intrinsic functions.
pub mod intrinsics {
    pub use crate::value::{
        ConditionExpr, Part, base64, cidr, concat, dynamic_secret, dynamic_ssm, dynamic_ssm_secure,
        equals, find_in_map, fn_and, fn_if, fn_not, fn_or, get_azs, import_value, join, length,
        select, select_at, split, to_json_string, transform,
    };
}

/// Pseudo parameters.
pub mod pseudo {
    pub use crate::value::{
        Pseudo, account_id, no_value, partition, region, stack_name, url_suffix,
    };
}

/// Examples of the README as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub mod readme {}
