//! Joins the errors of a deployment in which stacks failed, and decides on its class.

use crate::error::{Class, Error};
use crate::reached::{StackReached, deployed_in_part};

/// Joins the errors of several stacks into one; returns `None` if the input is empty.
///
/// Classes that promise that nothing was changed are kept only if no stack was executed. Otherwise the class is [`Class::Partial`], unless AWS is
/// still working on a stack or a person has to repair one.
pub(super) fn join_stack_errors(errors: Vec<Error>, stacks: Vec<StackReached>) -> Option<Error> {
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
    Some(add_stack_states(first, stacks))
}

/// Adds the states of the stacks to an error; if any was executed, also sets the class and adds the finding that lists them.
fn add_stack_states(mut error: Error, stacks: Vec<StackReached>) -> Error {
    let executed = stacks.iter().any(|stack| stack.reached.is_executed());
    if executed && !matches!(error.class, Class::Stuck | Class::Interrupted) {
        error.class = Class::Partial;
    }
    // A single stack that AWS is still working on is already named by another finding.
    if error.class == Class::Partial || executed && stacks.len() > 1 {
        error.findings.push(deployed_in_part(&stacks));
    }
    error.stacks = stacks;
    error
}

#[cfg(test)]
mod tests {
    use infra_core::{Diagnostic, codes};

    use super::{Class, Error, StackReached, join_stack_errors};
    use crate::reached::Reached;

    fn build_error(class: Class) -> Error {
        Error::new(class, Diagnostic::new(codes::PLAN_MISMATCH, "the cause"))
    }

    fn join_classes(class: Class, reached: &[Reached]) -> (Class, usize) {
        let stacks = reached
            .iter()
            .map(|reached| StackReached::new("web", *reached));
        let error = join_stack_errors(vec![build_error(class)], stacks.collect()).unwrap();
        (error.class, error.findings.len())
    }

    #[test]
    fn reports_partial_class_once_a_stack_was_executed() {
        for class in [
            Class::Error,
            Class::Blocked,
            Class::Stale,
            Class::Busy,
            Class::Credentials,
            Class::RolledBack,
        ] {
            for executed in [Reached::Deployed, Reached::Started] {
                let ended = join_classes(class, &[executed, Reached::NotStarted]);
                assert_eq!(ended, (Class::Partial, 2), "{class:?}");
            }
            for nothing in [Reached::NoChanges, Reached::NotStarted, Reached::RolledBack] {
                assert_eq!(
                    join_classes(class, &[nothing, Reached::NotStarted]),
                    (class, 1)
                );
            }
        }
    }

    #[test]
    fn prefers_stuck_and_interrupted_over_partial() {
        for class in [Class::Stuck, Class::Interrupted] {
            let executed = [Reached::Deployed, Reached::NotStarted];
            assert_eq!(join_classes(class, &executed), (class, 2));
            assert_eq!(join_classes(class, &[Reached::Started]), (class, 1));
        }
        let both = vec![build_error(Class::RolledBack), build_error(Class::Stuck)];
        assert_eq!(
            join_stack_errors(both, Vec::new()).unwrap().class,
            Class::Stuck
        );
        assert!(join_stack_errors(Vec::new(), Vec::new()).is_none());
    }
}
