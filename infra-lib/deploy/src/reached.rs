//! States of the stacks of a deployment that ended early, and the finding that lists them.

use infra_core::{Diagnostic, codes};

/// State of one stack in a deployment that ended before all stacks were deployed.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct StackReached {
    /// Name of the stack in CloudFormation, such as `notes-prod-data`.
    pub stack: String,
    /// State that the stack has reached when the deployment ended.
    pub reached: Reached,
}

impl StackReached {
    /// Creates the state of a stack from its name in CloudFormation.
    pub fn new(stack: impl Into<String>, reached: Reached) -> Self {
        Self {
            stack: stack.into(),
            reached,
        }
    }
}

/// State that a stack has reached when a deployment ends before all stacks are deployed.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Reached {
    /// Change set executed successfully, so that the stack is deployed.
    Deployed,
    /// Change set without changes, so that nothing had to be executed.
    NoChanges,
    /// Operation started and no longer watched: AWS may still be working on the stack.
    Started,
    /// Deployment failed, and CloudFormation rolled the stack back to its previous state.
    RolledBack,
    /// Deployment failed, and the rollback failed as well or was disabled.
    Stuck,
    /// Change set not executed, because the deployment ended before it was its turn.
    NotStarted,
}

impl Reached {
    /// Returns true if AWS has changed the stack or may still be changing it.
    pub(crate) fn is_executed(self) -> bool {
        matches!(self, Self::Deployed | Self::Started)
    }

    /// Returns the label that precedes the stack names in the finding.
    fn as_label(self) -> &'static str {
        match self {
            Self::Deployed => "deployed",
            Self::NoChanges => "no changes",
            Self::Started => "in progress in AWS",
            Self::RolledBack => "failed, rolled back",
            Self::Stuck => "failed, not rolled back",
            Self::NotStarted => "not started",
        }
    }
}

/// Builds the finding that lists the stacks by state, with the options for continuing.
pub fn deployed_in_part(stacks: &[StackReached]) -> Diagnostic {
    let of = |wanted: &dyn Fn(Reached) -> bool| {
        let names = stacks.iter().filter(|stack| wanted(stack.reached));
        let names: Vec<String> = names.map(|stack| format!("`{}`", stack.stack)).collect();
        names.join(", ")
    };
    let executed = of(&Reached::is_executed);
    let mut finding = Diagnostic::new(
        codes::DEPLOYED_IN_PART,
        format!(
            "the deployment ended before all stacks were deployed, and {executed} was executed"
        ),
    );
    if stacks
        .iter()
        .filter(|stack| stack.reached.is_executed())
        .count()
        > 1
    {
        finding.message = finding.message.replace(" was executed", " were executed");
    }
    for reached in [
        Reached::Deployed,
        Reached::Started,
        Reached::RolledBack,
        Reached::Stuck,
        Reached::NotStarted,
    ] {
        let names = of(&|one| one == reached);
        if !names.is_empty() {
            finding = finding.note(format!("{}: {names}", reached.as_label()));
        }
    }
    let first = if stacks.iter().any(|stack| stack.reached == Reached::Started) {
        "wait for the operations in AWS with `watch`. Then deploy again: "
    } else {
        "correct the cause and deploy again: "
    };
    finding.help(format!(
        "{first}deployed stacks then have no changes. Or return to the previous release with `rollback --to latest`, if the app \
         keeps releases"
    ))
}
