//! Reviewed deployments: change sets, events, and what happens when they go wrong.
//!
//! - [`plan`]: change sets for review; [`deploy`]: their execution; [`watch`]: what is under way.
//! - [`attestation`]: who vouches for a plan file.
//! - [`operate`]: destroy, drift, import, rollback and the rest of an operator's day.
//! - [`evidence`]: why ECS tasks fail, read before a rollback removes it.
//! - [`diagnose`], [`logs`]: what happened; [`one_off`], [`hotswap`], [`site`]: what moves beside CloudFormation.
//! - [`lookup`]: facts about an account that the app asks for.
//! - [`release`]: what was deployed, to be shown and to come back.
//! - [`Operation`]: long work as a stream of [`Event`]s and a future of its result.
//! - [`Error`]: findings for people, a [`Class`] for scripts.
//!
//! Nothing here prints, and nothing here knows constructs: it works from the assembly, so it deploys what the CDK
//! synthesizes as well.

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
mod reached;
pub mod refactor;
pub mod release;
pub mod site;
mod together;
pub mod watch;

pub use attach::{Attached, attach};
pub use deployed_templates::{DeployedTemplates, deployed_templates};
pub use error::{Class, Error};
pub use event::Event;
pub use operation::{Operation, Reporter};
