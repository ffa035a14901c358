//! Functions as actions of alarms.

use super::{Alias, Function, ImportedFunction, Permission, PermissionProps, Version};
use crate::cloudwatch::AlarmAction;
use crate::core::{Arn, Construct, IntoValue, Resource, Value, pseudo};
use crate::kind;

/// Allows one alarm to invoke a function. The permission stays beside the alarm, so that the stack of the function does
/// not depend on that of the alarm.
///
/// See [invoke a Lambda function from an
/// alarm](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html).
#[track_caller]
fn allow_alarm(
    function: Value<Arn<kind::lambda::Function>>,
    alarm: Resource<'_>,
    alarm_arn: Value<String>,
) {
    let Some(scope) = alarm.scope().parent() else {
        return;
    };
    let service = "lambda.alarms.cloudwatch.amazonaws.com".into_value();
    let mut permission = PermissionProps::of(function, service);
    permission.set_source_arn(alarm_arn);
    permission.set_source_account(pseudo::account_id());
    Permission::add(scope, permission);
}

macro_rules! alarm_action {
    ($($(#[$meta:meta])+ $type:ty;)+) => {$(
        $(#[$meta])+
        impl AlarmAction for $type {
            fn action_arn(&self) -> Value<String> {
                IntoValue::<Arn<kind::lambda::Function>>::into_value(self).cast()
            }

            #[track_caller]
            fn bind(&self, alarm: Resource<'_>, alarm_arn: Value<String>) {
                allow_alarm(self.into_value(), alarm, alarm_arn);
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
    /// Invokes the existing function with the change of an alarm's state, with a permission for this alarm only.
    ImportedFunction;
}
