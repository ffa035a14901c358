//! Machines as targets of rules and schedules.

use super::{ImportedStateMachine, StateMachine};
#[cfg(feature = "events")]
use crate::events::{RuleTarget, Target};
#[cfg(any(feature = "events", feature = "scheduler"))]
use crate::iam::Statement;

/// Starts an execution with the role of the rule. The event is its input.
#[cfg(feature = "events")]
impl<'app> RuleTarget<'app> for StateMachine<'app> {
    fn rule_target(&self) -> Target<'app> {
        Target::new(self.arn()).statement(start(self.arn()))
    }
}

/// Starts an execution with the role of the rule. The event is its input.
#[cfg(feature = "events")]
impl<'app> RuleTarget<'app> for ImportedStateMachine {
    fn rule_target(&self) -> Target<'app> {
        Target::new(self.arn()).statement(start(self.arn()))
    }
}

/// Starts an execution with the role of the schedule.
#[cfg(feature = "scheduler")]
impl<'app> crate::scheduler::ScheduleTarget<'app> for StateMachine<'app> {
    fn schedule_target(&self) -> crate::scheduler::Target<'app> {
        crate::scheduler::Target::new(self.arn()).statement(start(self.arn()))
    }
}

/// Starts an execution with the role of the schedule.
#[cfg(feature = "scheduler")]
impl<'app> crate::scheduler::ScheduleTarget<'app> for ImportedStateMachine {
    fn schedule_target(&self) -> crate::scheduler::Target<'app> {
        crate::scheduler::Target::new(self.arn()).statement(start(self.arn()))
    }
}

#[cfg(any(feature = "events", feature = "scheduler"))]
fn start(machine: impl crate::core::IntoValue<String>) -> Statement {
    Statement::allow()
        .action("states:StartExecution")
        .resource(machine)
}
