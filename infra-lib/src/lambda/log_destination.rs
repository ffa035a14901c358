//! Functions as destinations of log events.

use super::{Function, Permission};
use crate::core::{Construct, IntoValue, Value};
use crate::logs::{LogDestination, LogSubscriber};

/// Invokes the function with batches of events, with a permission for the log group. A function must not receive its own
/// log events, since each invocation would cause the next one.
impl<'app> LogSubscriber<'app> for Function<'app> {
    fn log_destination(&self) -> LogDestination<'app> {
        let function = *self;
        LogDestination::from_arn(self.arn()).permission(move |scope, log_group| {
            let source: Value<String> = log_group.arn().into_value();
            Permission::builder()
                .function(function)
                .principal("logs.amazonaws.com")
                .source_arn(source)
                .build(scope, "CanInvokeLambda")
                .scope()
        })
    }
}
