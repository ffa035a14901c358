//! Simulates a deployment without AWS: order, durations, interruptions, and what a failure leaves behind.
//!
//! [`simulate`] plays the changes of a [`Review`] as CloudFormation carries them out: resources are created and updated in parallel after their
//! prerequisites, replaced ones are created first, and everything obsolete is deleted at the end, in reverse order. [`Simulation::fail`] plays the same
//! deployment with a resource that fails. Durations are those of [`estimate`](crate::estimate); nothing is random.
//!
//! ```
//! use std::collections::BTreeMap;
//! use infra_template::review::Review;
//! use infra_template::simulate::{Availability, simulate};
//!
//! let nothing = simulate(&Review::default(), &BTreeMap::new(), &[]);
//! assert_eq!(nothing.interruption, Availability::None);
//! assert_eq!(nothing.duration.expected, 0);
//! ```

mod failure;
mod graph;
mod interruption;
mod limits;
mod rules;
mod schedule;
#[cfg(test)]
mod tests;
mod world;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use crate::ResourceName;
use crate::assembly::{CloudAssembly, Stack};
use crate::diff::{DeployedStackState, review_stacks};
use crate::estimate::Spread;
use crate::review::{Review, StackChange};

pub use crate::review::{Availability, Interruption};
pub use failure::{Failure, Left, ManualStep, StackOutcome, Undo, UndoKind};
pub use limits::add_interruptions;
use world::World;

/// A deployment as it is expected to happen.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Simulation {
    /// Time from the first operation to the end of the last stack, without the creation of change sets and the publishing of assets.
    pub duration: Spread,
    /// Worst effect of a change on availability.
    pub interruption: Availability,
    /// Stacks that change, in the order of the review.
    pub stacks: Vec<StackRun>,
    /// Operations that decide the expected duration, in order.
    pub critical_path: Vec<ResourceName>,
    /// Types of changed resources that the table of durations does not list, so that a default with a wide spread is used.
    pub unmeasured: Vec<String>,
    #[serde(skip)]
    #[schemars(skip)]
    world: World,
}

/// The operations on a stack.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StackRun {
    /// Construct path of the stack.
    pub path: String,
    /// Name of the stack in CloudFormation.
    pub stack: String,
    /// Action on the stack as a whole.
    pub change: StackChange,
    /// Seconds from the start of the deployment to that of the stack.
    pub start: Spread,
    /// Seconds to the end of creations and updates, when the new version serves and the deletion of obsolete resources begins.
    pub serving: Spread,
    /// Seconds to the end of the stack.
    pub end: Spread,
    /// Operations in the order of their start.
    pub operations: Vec<Operation>,
}

/// An operation of CloudFormation on a resource.
#[derive(Clone, Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Operation {
    /// Names of the resource.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// Kind of the operation.
    pub kind: OperationKind,
    /// Seconds from the start of the deployment to that of the operation.
    pub start: Spread,
    /// Seconds to the end of the operation.
    pub end: Spread,
    /// `true` if a longer duration of this operation delays the deployment, with expected durations.
    pub critical: bool,
    /// Effect on availability. Absent for the deletion of a replaced resource, whose replacement has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interruption: Option<Interruption>,
}

/// The kind of an [`Operation`].
#[derive(Clone, Copy, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum OperationKind {
    /// A new resource is created.
    Create,
    /// An existing resource is imported.
    Import,
    /// A resource is updated in place.
    Update,
    /// The successor of a replaced resource is created.
    Replace,
    /// A resource that left the template is deleted.
    Delete,
    /// The predecessor of a replaced resource is deleted.
    CleanUp,
}

impl OperationKind {
    /// Returns the operation as a noun phrase for display.
    fn describe(self) -> &'static str {
        match self {
            Self::Create => "creation",
            Self::Import => "import",
            Self::Update => "update",
            Self::Replace => "replacement",
            Self::Delete => "deletion",
            Self::CleanUp => "deletion of the old resource",
        }
    }
}

/// Simulates the deployment of an assembly over another. Stacks that only the former one has are deleted.
pub fn simulate_assemblies(before: &CloudAssembly, after: &CloudAssembly) -> Simulation {
    let states: BTreeMap<String, DeployedStackState> = before
        .stacks
        .iter()
        .map(|stack| (stack.name.clone(), DeployedStackState::of_stack(stack)))
        .collect();
    let wanted: Vec<&Stack> = after.stacks.iter().collect();
    let is_gone = |old: &&Stack| !wanted.iter().any(|new| new.name == old.name);
    let removed: Vec<&Stack> = before.stacks.iter().filter(is_gone).collect();
    let review = review_stacks(&states, &wanted, &removed, "the former state");
    simulate(&review, &states, &wanted)
}

/// Simulates the deployment of a review.
///
/// `before` has the templates that the review was compared with by the name of the stack, and `after` the stacks with their new templates. A stack
/// without templates is simulated without its dependencies.
pub fn simulate(
    review: &Review,
    before: &BTreeMap<String, DeployedStackState>,
    after: &[&Stack],
) -> Simulation {
    let world = World::new(review, before, after);
    let (stacks, critical_path) = schedule::schedule(&world);
    let operations = || stacks.iter().flat_map(|stack| &stack.operations);
    let verdicts = operations().filter_map(|operation| operation.interruption.as_ref());
    let mut unmeasured: Vec<String> = operations()
        .map(|operation| &operation.resource.type_name)
        .filter(|name| crate::estimate::duration_sources(name).is_none())
        .filter(|name| *name != crate::nested::NESTED_STACK)
        .cloned()
        .collect();
    unmeasured.sort();
    unmeasured.dedup();
    Simulation {
        duration: stacks
            .iter()
            .fold(Spread::default(), |end, stack| end.max_each(stack.end)),
        interruption: verdicts
            .map(|found| found.verdict)
            .max()
            .unwrap_or_default(),
        critical_path,
        unmeasured,
        stacks,
        world,
    }
}

impl Simulation {
    /// Returns the operations on a construct and everything below it that affect its availability, and those on resources that it uses, in this stack and
    /// in others. Returns `None` if no resource of the app has that name.
    ///
    /// `name` is a construct path such as `Web/Service`, or a logical ID.
    pub fn operations_for(&self, name: &str) -> Option<Vec<&Operation>> {
        let used = self.world.resources_behind(name)?;
        let operations = self.stacks.iter().flat_map(|stack| {
            let used = &used;
            stack.operations.iter().filter(move |operation| {
                let id = &operation.resource.logical_id;
                used.contains(&(stack.stack.as_str(), id.as_str()))
            })
        });
        Some(
            operations
                .filter(|found| found.interruption.is_some())
                .collect(),
        )
    }

    /// Asserts that no change interrupts a construct: neither one of its own resources, nor one of a resource that it uses.
    ///
    /// # Panics
    ///
    /// Panics if a change has another verdict than `none`, with each such change and its reason, and if the app has no construct of that name.
    #[track_caller]
    pub fn never_interrupts(&self, construct: &str) {
        let Some(operations) = self.operations_for(construct) else {
            panic!("the app has no construct `{construct}`")
        };
        let mut report = String::new();
        for operation in operations {
            let found = operation.interruption.as_ref();
            let Some(found) = found.filter(|found| found.verdict != Availability::None) else {
                continue;
            };
            let name = operation.resource.display_name();
            let change = match &found.property {
                Some(property) => format!("change of `{property}`"),
                None => operation.kind.describe().to_owned(),
            };
            let _ = write!(report, "\n  {name}, {change}: {}", found.describe());
            for line in [&operation.resource.source, &found.source] {
                let _ = line
                    .iter()
                    .try_for_each(|line| write!(report, "\n    {line}"));
            }
        }
        assert!(
            report.is_empty(),
            "`{construct}` may be interrupted:{report}"
        );
    }
}
