//! Plans: what CloudFormation would do, left in it as change sets that are bound to what they were made from.

pub(crate) mod artifacts;
pub(crate) mod binding;
mod capabilities;
pub(crate) mod change_set;
pub(crate) mod changes;
mod convert;
pub(crate) mod drift;
pub(crate) mod engine;
pub(crate) mod exports;
pub(crate) mod key;
mod manage;
pub(crate) mod nested;
mod options;
pub(crate) mod preflight;
mod problem;
pub(crate) mod provisional;
mod record;
mod replacement;
pub(crate) mod resolved;
mod show;
pub(crate) mod target;
mod template_source;
mod unchanged;
pub(crate) mod verify;

use std::sync::Arc;

use crate::operation::Operation;
use infra_aws::{Cloud, ExecutionStatus};
use infra_template::assembly::CloudAssembly;
use infra_template::review::Review;

pub use options::{DriftCheck, Pending, PlanOptions, Purpose, WhenItFails};
pub use record::{PlanRecord, PolicyRecord, StackRecord, Step};

/// What would change, and the change sets that would do it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Plan {
    /// What would change.
    pub review: Review,
    /// The plan file.
    pub record: PlanRecord,
}

/// A change set of ours that is in CloudFormation.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Listed {
    /// The construct path of the stack.
    pub path: String,
    /// The stack.
    pub stack: String,
    /// The region.
    pub region: String,
    /// The ARN.
    pub id: String,
    /// The name.
    pub name: String,
    /// When it was made, RFC 3339.
    pub created: Option<String>,
    /// After this time it is not executed any more, RFC 3339.
    pub expires: Option<String>,
    /// Whether that time is over.
    pub expired: bool,
    /// Whether CloudFormation would execute it: `AVAILABLE`, `OBSOLETE`, …
    pub execution_status: ExecutionStatus,
    /// Whether it is what the app would be planned as now.
    pub current: bool,
}

/// Which change sets of ours are removed.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Which {
    /// All of them.
    All,
    /// Those that are not executed any more: expired, obsolete or failed.
    Dead,
}

/// Has CloudFormation work out what would change. Nothing is changed; the change sets stay for
/// [`deploy`](crate::deploy::deploy).
///
/// When it fails, the change sets that it made are removed again. When it is dropped half way, [`abandon`] removes
/// them.
pub fn plan(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
) -> Operation<Plan> {
    Operation::new(|reporter| show::plan(cloud, assembly, options, reporter))
}

/// What was planned before, without making anything: the change sets of exactly these sources as reviews. A stack
/// without one is an error of class [`Stale`](crate::Class::Stale), unless it has nothing to change.
pub fn show(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
) -> Operation<Plan> {
    Operation::new(|reporter| show::show(cloud, assembly, options, None, reporter))
}

/// The change sets of a plan file as reviews, found by their ARNs, without making anything.
///
/// # Errors
///
/// An error of class [`Stale`](crate::Class::Stale) where [`deploy`](crate::deploy::deploy) would refuse the plan file.
pub fn show_record(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
    record: PlanRecord,
) -> Operation<Plan> {
    Operation::new(|reporter| show::show(cloud, assembly, options, Some(record), reporter))
}

/// Our change sets of these stacks.
pub fn list(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
) -> Operation<Vec<Listed>> {
    Operation::new(|reporter| manage::list(cloud, assembly, options, reporter))
}

/// Removes change sets of ours, and no others; answers which. A stack that never was more than such a change set goes
/// with the last of them.
pub fn discard(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
    which: Which,
) -> Operation<Vec<Listed>> {
    Operation::new(move |reporter| manage::discard(cloud, assembly, options, which, reporter))
}

/// Removes what an interrupted run made and did not execute; answers the names of the change sets.
pub fn abandon(cloud: Arc<dyn Cloud>, pending: Pending) -> Operation<Vec<String>> {
    Operation::new(|reporter| manage::abandon(cloud, pending, reporter))
}
