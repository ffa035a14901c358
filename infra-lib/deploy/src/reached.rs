//! States of stacks in a deployment that ended early, and the finding that names them.

use infra_core::{Diagnostic, codes};

/// State of a stack when a deployment ended early.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct StackReached {
    /// The name in CloudFormation.
    pub stack: String,
    /// The state.
    pub reached: Reached,
}

impl StackReached {
    /// Pairs a stack with its state.
    pub fn new(stack: impl Into<String>, reached: Reached) -> Self {
        Self {
            stack: stack.into(),
            reached,
        }
    }
}

/// State of a stack when a deployment ended early.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Reached {
    /// Change set executed to the end.
    Deployed,
    /// Nothing to change.
    NoChanges,
    /// Operation begun that nobody watches: AWS works on the stack, or may.
    Begun,
    /// Deployment failed, and the stack is as it was before.
    RolledBack,
    /// Deployment failed and could not be undone.
    Stuck,
    /// Change set not executed.
    NotBegun,
}

impl Reached {
    /// Returns true where AWS changed the stack, or may be changing it.
    pub(crate) fn is_executed(self) -> bool {
        matches!(self, Self::Deployed | Self::Begun)
    }

    /// The label before the names of the stacks.
    fn label(self) -> &'static str {
        match self {
            Self::Deployed => "deployed",
            Self::NoChanges => "no changes",
            Self::Begun => "begun, and AWS goes on",
            Self::RolledBack => "failed, and as before",
            Self::Stuck => "failed, and not undone",
            Self::NotBegun => "not begun",
        }
    }
}

/// The finding that lists the stacks by state, and the ways on.
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
        Reached::Begun,
        Reached::RolledBack,
        Reached::Stuck,
        Reached::NotBegun,
    ] {
        let names = of(&|one| one == reached);
        if !names.is_empty() {
            finding = finding.note(format!("{}: {names}", reached.label()));
        }
    }
    let first = if stacks.iter().any(|stack| stack.reached == Reached::Begun) {
        "wait until AWS is done, with `watch`. Then deploy again: "
    } else {
        "correct the cause and deploy again: "
    };
    finding.help(format!(
        "{first}what is deployed has no changes then. Or go back to the release before, with `rollback --to latest`, where the app \
         keeps releases"
    ))
}
