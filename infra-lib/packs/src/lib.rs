//! Policy packs: rules over CloudFormation templates, each with the controls of compliance frameworks that it shows.
//!
//! A rule is text in the folder `rules`: a resource type, the condition under which it applies, and requirements for properties and related resources.
//! [`PackSet`] selects the rules of one or several [`Pack`]s. It is a [`Policy`](infra_core::Policy) of an app, and [`PackSet::assess`] evaluates the
//! template of any tool.
//!
//! ```
//! use infra_packs::{Pack, PackSet, Verdict};
//!
//! let template = serde_json::json!({"Resources": {"Queue": {
//!     "Type": "AWS::SQS::Queue",
//!     "Properties": {"SqsManagedSseEnabled": false},
//! }}});
//! let results = PackSet::new([Pack::Fsbp]).assess("queue.json", &template);
//! let failed: Vec<&str> = results.iter().filter(|result| matches!(result.verdict, Verdict::Failed { .. })).map(|result| result.rule.id()).collect();
//! assert_eq!(failed, ["sqs-encrypted"]);
//! ```
//!
//! A value that CloudFormation knows only at deployment, such as a parameter, is neither a violation nor a success: the verdict is
//! [`Verdict::Undecided`], which reports count.

mod assess;
pub mod codes;
mod controls;
mod evaluate;
mod network;
mod operators;
mod pack;
mod parse;
mod path;
mod permissions;
pub mod report;
mod rule;
mod tasks;
mod view;

pub use assess::{Assessed, PackSet, Verdict};
pub use controls::{Uncovered, uncovered_controls};
pub use pack::{Pack, UnknownPack};
pub use rule::{Control, Level, Rule, find_rule, rules};

/// Examples of the README, compiled and run as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub mod readme {}
