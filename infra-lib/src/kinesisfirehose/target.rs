//! Delivery streams as targets of rules and schedules.

use super::{DeliveryStream, ImportedDeliveryStream};
#[cfg(feature = "events")]
use crate::events::{RuleTarget, Target};
use crate::iam::Statement;

/// Puts the event with the role of the rule.
#[cfg(feature = "events")]
impl<'app> RuleTarget<'app> for DeliveryStream<'app> {
    fn rule_target(&self) -> Target<'app> {
        let arn = self.arn();
        Target::new(&arn).statement(Statement::allow().actions(super::grants::PUT).resource(arn))
    }
}

/// Puts the event with the role of the rule.
#[cfg(feature = "events")]
impl<'app> RuleTarget<'app> for ImportedDeliveryStream {
    fn rule_target(&self) -> Target<'app> {
        let arn = self.arn();
        Target::new(&arn).statement(Statement::allow().actions(super::grants::PUT).resource(arn))
    }
}

/// Puts the input of the schedule as a record, with the role of the schedule.
#[cfg(feature = "scheduler")]
impl<'app> crate::scheduler::ScheduleTarget<'app> for DeliveryStream<'app> {
    fn schedule_target(&self) -> crate::scheduler::Target<'app> {
        let arn = self.arn();
        crate::scheduler::Target::new(&arn)
            .statement(Statement::allow().actions(super::grants::PUT).resource(arn))
    }
}

/// Puts the input of the schedule as a record, with the role of the schedule.
#[cfg(feature = "scheduler")]
impl<'app> crate::scheduler::ScheduleTarget<'app> for ImportedDeliveryStream {
    fn schedule_target(&self) -> crate::scheduler::Target<'app> {
        let arn = self.arn();
        crate::scheduler::Target::new(&arn)
            .statement(Statement::allow().actions(super::grants::PUT).resource(arn))
    }
}
