//! Functions as actions of alarms.

use super::invoke::{Invocable, Invoked};
use super::{Alias, Function, FunctionRef, ImportedFunction, Permission, PermissionProps, Version};
use crate::cloudwatch::AlarmAction;
use crate::core::{Construct, IntoValue, Resource, Value, pseudo};

/// Allows one alarm to invoke a function. The permission stays beside the alarm, so that the stack of the function does
/// not depend on that of the alarm.
///
/// See [invoke a Lambda function from an
/// alarm](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html).
#[track_caller]
fn allow_alarm(invoked: &Invoked<'_>, alarm: Resource<'_>, alarm_arn: Value<String>) {
    const SERVICE: &str = "lambda.alarms.cloudwatch.amazonaws.com";
    let Some(scope) = alarm.scope().parent() else {
        return;
    };
    if !invoked.can_permit(SERVICE) {
        return;
    }
    let mut permission = PermissionProps::of(invoked.arn(), SERVICE.into_value());
    permission.set_source_arn(alarm_arn);
    permission.set_source_account(pseudo::account_id());
    Permission::add(scope, permission);
}

macro_rules! alarm_action {
    ($($(#[$meta:meta])+ $type:ty;)+) => {$(
        $(#[$meta])+
        impl AlarmAction for $type {
            fn action_arn(&self) -> Value<String> {
                self.invoked().arn().cast()
            }

            #[track_caller]
            fn bind(&self, alarm: Resource<'_>, alarm_arn: Value<String>) {
                allow_alarm(&self.invoked(), alarm, alarm_arn);
            }
        }
    )+};
}

alarm_action! {
    /// Invokes the function with the change of an alarm's state, with a permission for this alarm only.
    Function<'_>;
    /// Invokes the alias with the change of an alarm's state, with a permission for this alarm only.
    Alias<'_>;
    /// Invokes the version with the change of an alarm's state, with a permission for this alarm only.
    Version<'_>;
    /// Invokes the existing function with the change of an alarm's state, with a permission for this alarm only, or a
    /// finding (`INF4980`).
    ImportedFunction<'_>;
    /// Invokes the function with the change of an alarm's state, with a permission for this alarm only, or a finding
    /// (`INF4980`).
    FunctionRef<'_>;
}
