//! How far each stack came in a deployment that ended early, and the class and finding that say so.

use infra_core::{Diagnostic, codes};

use crate::error::{Class, Error};

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
    /// Its change set was executed to the end.
    Deployed,
    /// There was nothing to change.
    NoChanges,
    /// AWS works on it, or may, and nobody watches.
    Begun,
    /// It failed and is as it was before.
    RolledBack,
    /// It failed and could not be undone.
    Stuck,
    /// Its change set was not executed.
    NotBegun,
}

impl Reached {
    /// Returns true where AWS changed the stack, or may be changing it.
    fn is_executed(self) -> bool {
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

/// Joins what went wrong with the stacks into one error.
///
/// Classes that say that nothing was changed are for deployments that executed nothing: as soon as one stack was executed,
/// the class is [`Class::Partial`], unless AWS still works on a stack or a person has to repair one.
pub(super) fn gathered(errors: Vec<Error>, stacks: Vec<StackReached>) -> Option<Error> {
    let weight = |class: Class| match class {
        Class::Stuck => 0,
        Class::Interrupted => 1,
        Class::Partial => 2,
        Class::RolledBack => 3,
        Class::Credentials => 4,
        Class::Stale | Class::Blocked | Class::Busy => 5,
        Class::Error => 6,
    };
    let class = errors
        .iter()
        .map(|error| error.class)
        .min_by_key(|class| weight(*class))?;
    let mut errors = errors.into_iter();
    let mut first = errors.next()?;
    first.class = class;
    for error in errors {
        first.findings.extend(error.findings);
    }
    Some(in_part(first, stacks))
}

/// Gives an error the states of the stacks, and where one was executed the class and the finding of that.
pub(super) fn in_part(mut error: Error, stacks: Vec<StackReached>) -> Error {
    let executed = stacks.iter().any(|stack| stack.reached.is_executed());
    if executed && !matches!(error.class, Class::Stuck | Class::Interrupted) {
        error.class = Class::Partial;
    }
    // One stack alone that AWS still works on is named by the finding that says so.
    if error.class == Class::Partial || executed && stacks.len() > 1 {
        error.findings.push(deployed_in_part(&stacks));
    }
    error.stacks = stacks;
    error
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

#[cfg(test)]
mod tests {
    use infra_core::{Diagnostic, codes};

    use super::{Class, Error, Reached, StackReached, gathered};

    fn error(class: Class) -> Error {
        Error::new(class, Diagnostic::new(codes::PLAN_MISMATCH, "the cause"))
    }

    fn ended(class: Class, reached: &[Reached]) -> (Class, usize) {
        let stacks = reached
            .iter()
            .map(|reached| StackReached::new("web", *reached));
        let error = gathered(vec![error(class)], stacks.collect()).unwrap();
        (error.class, error.findings.len())
    }

    #[test]
    fn classes_that_promise_no_change_are_left_to_deployments_that_executed_nothing() {
        for class in [
            Class::Error,
            Class::Blocked,
            Class::Stale,
            Class::Busy,
            Class::Credentials,
            Class::RolledBack,
        ] {
            for executed in [Reached::Deployed, Reached::Begun] {
                let ended = ended(class, &[executed, Reached::NotBegun]);
                assert_eq!(ended, (Class::Partial, 2), "{class:?}");
            }
            for nothing in [Reached::NoChanges, Reached::NotBegun, Reached::RolledBack] {
                assert_eq!(ended(class, &[nothing, Reached::NotBegun]), (class, 1));
            }
        }
    }

    #[test]
    fn a_stack_that_is_stuck_or_under_way_counts_for_more() {
        for class in [Class::Stuck, Class::Interrupted] {
            let executed = [Reached::Deployed, Reached::NotBegun];
            assert_eq!(ended(class, &executed), (class, 2));
            assert_eq!(ended(class, &[Reached::Begun]), (class, 1));
        }
        let both = vec![error(Class::RolledBack), error(Class::Stuck)];
        assert_eq!(gathered(both, Vec::new()).unwrap().class, Class::Stuck);
        assert!(gathered(Vec::new(), Vec::new()).is_none());
    }
}
