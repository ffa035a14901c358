//! From a cloud assembly to a reviewed deployment: diff, change sets, events, and what happens when it goes wrong.
//!
//! - [`assembly`]: what is wanted; [`template`]: any template as data.
//! - [`cloud`]: AWS as a few traits; [`aws`] implements them over the SDK, `fake` in memory.
//! - [`review`]: what would change, one model for every reader.
//! - [`evidence`]: why ECS tasks fail, read before a rollback removes it.
//! - [`diagnose`], [`logs`]: what happened; [`one_off`], [`hotswap`], [`site`]: what moves beside CloudFormation.
//! - [`migration`]: what a deployment runs between two stacks; [`release`]: what was deployed, to be shown and to come back.
//! - [`Operation`]: long work as a stream of [`Event`]s and a future of its result.
//! - [`Error`]: findings for people, a [`Class`] for scripts.
//!
//! Nothing here prints, and nothing here knows constructs: it works from the assembly, so it deploys what the CDK
//! synthesizes as well.

pub mod assembly;
#[cfg(feature = "sdk")]
pub mod aws;
pub mod cancel;
pub mod cloud;
pub mod deploy;
mod deployed;
pub mod diagnose;
pub mod diff;
pub mod digest;
mod error;
pub mod estimate;
pub mod event;
pub mod evidence;
pub mod failure;
#[cfg(feature = "fake")]
pub mod fake;
pub mod hotswap;
pub mod logs;
pub mod migration;
pub mod one_off;
pub mod operate;
mod operation;
pub mod plan;
pub mod refactor;
pub mod release;
pub mod review;
pub mod site;
pub mod template;
pub mod watch;

pub use error::{Class, Error};
pub use event::Event;
pub use operation::{Operation, Reporter};
