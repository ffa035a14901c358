//! AWS CloudFormation itself: wait conditions, macros, and stack sets.
//!
//! A [`WaitCondition`] holds a stack until a program outside of it reports success, a [`Macro`] changes templates with a
//! function, and a [`StackSet`] deploys one template to many accounts and regions.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#cloudformation).

mod r#macro;
mod stack_set;
mod stack_set_options;
mod stack_set_template;
mod wait_condition;

pub use r#macro::{Macro, MacroBuilder, MacroProps};
pub use stack_set::{ImportedStackSet, StackSet, StackSetBuilder, StackSetProps};
pub use stack_set_options::{
    OperationPreferences, StackInstances, StackSetCapability, StackSetPermissions, Tolerance,
};
pub use stack_set_template::StackSetTemplate;
pub use wait_condition::{WaitCondition, WaitConditionBuilder, WaitConditionProps};
