//! CloudFormation deployments as a library: reviewed change sets, progress events, and causes of failures.
//!
//! Everything works from a cloud assembly, and nothing depends on constructs, so that apps of the AWS CDK can be deployed
//! as well. The crate does not print: it returns results and sends events.
//!
//! Planning and deploying:
//! - [`plan`] creates change sets for review; [`attestation`] verifies signatures of plan files.
//! - [`deploy`] executes reviewed change sets; [`watch`] polls the stack until the operation ends.
//! - [`publish`] publishes assets only, for pipelines whose other roles may not.
//! - [`release`] records releases, to list them and to return to an earlier one.
//! - [`hotswap`], [`one_off`] and [`site`] change images, run tasks and publish websites without a stack update.
//!
//! Operating and investigating:
//! - [`operate`] has the other operations on stacks: destroy, drift detection, import, rollback and more; [`refactor`] moves
//!   resources between stacks and logical IDs, and [`cancel`] stops an update.
//! - [`diagnose`] and [`failure`] find the cause of a failure, [`evidence`] reads failed ECS tasks before a rollback removes
//!   them, and [`logs`] reads logs.
//! - [`lookup`] answers the context lookups of an app.
//!
//! Common types:
//! - [`Operation`] is long-running work: a stream of [`Event`]s that resolves to a result.
//! - [`Error`] has findings for people and a [`Class`] for scripts.

mod access;
mod assets;
mod attach;
pub mod attestation;
mod calls;
pub mod cancel;
mod committed;
pub mod deploy;
mod deployed;
mod deployed_templates;
pub mod diagnose;
mod error;
pub mod event;
pub mod evidence;
pub mod failure;
pub mod hotswap;
mod listing;
pub mod logs;
pub mod lookup;
mod nested;
pub mod one_off;
pub mod operate;
mod operation;
mod outputs;
pub mod plan;
pub mod publish;
mod reached;
pub mod refactor;
pub mod release;
pub mod site;
mod together;
pub mod watch;

pub use attach::{Attached, attach_to_stacks};
pub use deployed_templates::{DeployedTemplates, read_deployed_templates};
pub use error::{Class, Error};
pub use event::Event;
pub use operation::{Operation, Reporter};
