//! Plans: what CloudFormation would do, left in it as change sets that are bound to what they were made from.

mod options;
mod record;

use std::sync::Arc;

use infra_core::{Diagnostic, codes};

use crate::assembly::CloudAssembly;
use crate::cloud::Cloud;
use crate::error::{Class, Error};
use crate::operation::Operation;
use crate::review::Review;

pub use options::{Pending, PlanOptions, WhenItFails};
pub use record::{PlanRecord, StackRecord, Step};

/// What would change, and the change sets that would do it.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What would change.
    pub review: Review,
    /// The plan file.
    pub record: PlanRecord,
}

/// A change set of ours that is in CloudFormation.
#[derive(Clone, Debug, PartialEq)]
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
    pub execution_status: crate::cloud::ExecutionStatus,
    /// Whether it is what the app would be planned as now.
    pub current: bool,
}

/// Which change sets of ours are removed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Which {
    /// All of them.
    All,
    /// Those that are not executed any more: expired, obsolete or failed.
    Dead,
}

/// Has CloudFormation work out what would change. Nothing is changed; the change sets stay for
/// [`deploy`](crate::deploy::deploy).
pub fn plan(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
) -> Operation<Plan> {
    let _ = (cloud, assembly, options);
    Operation::new(|_| async { Err(unfinished()) })
}

/// What was planned before, without making anything: the change sets of these sources as reviews, `PlanOptions::stacks`
/// of them.
pub fn show(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
) -> Operation<Plan> {
    let _ = (cloud, assembly, options);
    Operation::new(|_| async { Err(unfinished()) })
}

/// Our change sets of these stacks.
pub fn list(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
) -> Operation<Vec<Listed>> {
    let _ = (cloud, assembly, options);
    Operation::new(|_| async { Err(unfinished()) })
}

/// Removes change sets of ours, and no others; answers which. A stack that never was more than such a change set goes
/// with the last of them.
pub fn discard(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PlanOptions,
    which: Which,
) -> Operation<Vec<Listed>> {
    let _ = (cloud, assembly, options, which);
    Operation::new(|_| async { Err(unfinished()) })
}

/// Removes what an interrupted run made and did not execute; answers the names of the change sets.
pub fn abandon(cloud: Arc<dyn Cloud>, pending: Pending) -> Operation<Vec<String>> {
    let _ = (cloud, pending);
    Operation::new(|_| async { Err(unfinished()) })
}

pub(crate) fn unfinished() -> Error {
    let finding = Diagnostic::new(codes::API_REFUSED, "this version cannot do that yet");
    Error::new(Class::Error, finding)
}
