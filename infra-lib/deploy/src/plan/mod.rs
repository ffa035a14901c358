//! Plans changes as change sets in CloudFormation that are bound to the sources they were created from.
//!
//! [`plan_changes`](plan_changes()) creates change sets and returns a [`Plan`]: a review for people, and a [`PlanRecord`] to execute exactly these change sets.
//! [`show_plan`](show_plan()) finds existing ones, [`list_change_sets`](list_change_sets()) and [`discard_change_sets`] manage them.

pub(crate) mod artifacts;
pub(crate) mod binding;
mod capabilities;
pub(crate) mod change_set;
pub(crate) mod changes;
mod convert;
pub(crate) mod drift;
pub(crate) mod engine;
pub(crate) mod exports;
mod exposures;
mod interruptions;
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

pub use options::{DriftCheck, FailureBehavior, Pending, PlanOptions, Purpose};
pub use record::{PlanRecord, PolicyRecord, StackRecord, Step};

/// Planned changes of all selected stacks, and references to the change sets that would make them.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Plan {
    /// Review of the changes for people, with resources, blockers and security changes.
    pub review: Review,
    /// Contents of the plan file, which a deployment needs to execute exactly these change sets.
    pub record: PlanRecord,
}

/// A change set in CloudFormation that this tool has created and not executed.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Listed {
    /// Construct path of the stack below the app, such as `Prod/Data`.
    pub path: String,
    /// Name of the stack in CloudFormation, such as `notes-prod-data`.
    pub stack: String,
    /// Region that the stack is deployed in, such as `eu-west-1`.
    pub region: String,
    /// ARN of the change set, which identifies it even if another one takes its name.
    pub id: String,
    /// Name of the change set: the prefix of the options, followed by digits of the key.
    pub name: String,
    /// Creation time in RFC 3339 format, if CloudFormation reports it.
    pub created: Option<String>,
    /// Time after which this tool refuses to execute it, in RFC 3339 format.
    pub expires: Option<String>,
    /// True if that time has passed, by the local clock.
    pub expired: bool,
    /// Execution status in CloudFormation: `AVAILABLE` if it can be executed, `OBSOLETE`, …
    pub execution_status: ExecutionStatus,
    /// True if its key equals that of the current sources, so that a deployment would use it.
    pub current: bool,
}

/// Selection of change sets to remove among those that this tool has created.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum DiscardScope {
    /// All change sets with the prefix of the options that have not been executed.
    All,
    /// Change sets that cannot be executed any more: expired, obsolete or failed. Includes those with longer prefixes.
    Unusable,
}

/// Creates change sets and returns the changes that CloudFormation reports. Changes no resources; the change sets remain for
/// [`deploy`](crate::deploy::deploy_stacks).
///
/// If it fails, the change sets that it created are removed again. If it is dropped before its end, call [`abandon_change_sets`] to remove them.
pub fn plan_changes(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
) -> Operation<Plan> {
    Operation::new(|reporter| show::create_plan(cloud, assembly, options, reporter))
}

/// Returns reviews of existing change sets that were created from exactly these sources, without creating any. A stack without one is an error of
/// class [`Stale`](crate::Class::Stale), unless it has no changes.
pub fn show_plan(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
) -> Operation<Plan> {
    Operation::new(|reporter| show::load_plan(cloud, assembly, options, None, reporter))
}

/// Returns reviews of the change sets in a plan file, found by ARN, without creating any.
///
/// # Errors
///
/// An error of class [`Stale`](crate::Class::Stale) if [`deploy`](crate::deploy::deploy_stacks) would refuse the plan file.
pub fn show_record(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
    record: PlanRecord,
) -> Operation<Plan> {
    Operation::new(|reporter| show::load_plan(cloud, assembly, options, Some(record), reporter))
}

/// Lists the change sets of the selected stacks that this tool has created.
pub fn list_change_sets(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
) -> Operation<Vec<Listed>> {
    Operation::new(|reporter| manage::list_change_sets(cloud, assembly, options, reporter))
}

/// Removes change sets that this tool has created, and returns them. A stack that is still in review is deleted with its last change set.
pub fn discard_change_sets(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
    which: DiscardScope,
) -> Operation<Vec<Listed>> {
    Operation::new(move |reporter| {
        manage::discard_change_sets(cloud, assembly, options, which, reporter)
    })
}

/// Removes change sets that an interrupted run created and did not execute. Returns their names.
pub fn abandon_change_sets(cloud: Arc<dyn Cloud>, pending: Pending) -> Operation<Vec<String>> {
    Operation::new(|reporter| manage::abandon_pending(cloud, pending, reporter))
}
