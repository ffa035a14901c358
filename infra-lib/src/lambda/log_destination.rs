//! Functions as destinations of log events.

use super::invoke::Invocable;
use super::{Alias, Function, FunctionRef, ImportedFunction, Permission, Version};
use crate::core::{Construct, IntoValue, Value};
use crate::logs::{LogDestination, LogSubscriber};

macro_rules! log_subscribers {
    ($($(#[$meta:meta])+ $type:ident;)+) => {$(
        $(#[$meta])+
        impl<'app> LogSubscriber<'app> for $type<'app> {
            fn log_destination(&self) -> LogDestination<'app> {
                let invoked = self.invoked();
                LogDestination::from_arn(invoked.arn()).permission(move |scope, log_group| {
                    const SERVICE: &str = "logs.amazonaws.com";
                    if !invoked.can_permit(SERVICE) {
                        // Without a permission of this app, the filter waits for nothing.
                        return invoked.scope();
                    }
                    let source: Value<String> = log_group.arn().into_value();
                    Permission::builder()
                        .function(invoked.arn())
                        .principal(SERVICE)
                        .source_arn(source)
                        .build(scope, "CanInvokeLambda")
                        .scope()
                })
            }
        }
    )+};
}

log_subscribers! {
    /// Invokes the function with batches of events, with a permission for the log group. A function must not receive its
    /// own log events, since each invocation would cause the next one.
    Function;
    /// Invokes the function through the alias, as a [`Function`].
    Alias;
    /// Invokes the version, as a [`Function`].
    Version;
    /// Invokes the existing function, with a permission for the log group, or a finding (`INF4980`).
    ImportedFunction;
    /// Invokes the function, with a permission for the log group, or a finding (`INF4980`).
    FunctionRef;
}
