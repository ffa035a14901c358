//! Predicts the changes of a deployment from two templates and the resource schemas, without calling AWS.
//!
//! CloudFormation can predict more precisely, because it knows values that templates do not contain. `plan` uses a change set for that purpose.

mod app;
mod compare;
mod consequences;
mod moves;
mod nested;
#[cfg(test)]
mod nested_tests;
mod path;
mod policies;
mod recreation;
mod sections;
pub mod security;
mod stack;
mod stops;
#[cfg(test)]
mod tests;

pub use app::{DeployedStackState, review_stacks};
pub use nested::{
    NestedPair, NestedSide, add_nested, add_unknown, is_retained, merge_nested_review,
    nested_pairs, nested_stack,
};
pub use security::security_changes;
pub use stack::diff_stack;
pub use stops::{find_blockers, is_stateful};
