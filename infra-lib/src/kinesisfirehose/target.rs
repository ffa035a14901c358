//! Delivery streams as targets of rules.

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
