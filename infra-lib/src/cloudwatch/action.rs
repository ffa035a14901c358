//! Actions of alarms.

use std::fmt;
use std::rc::Rc;

use crate::core::{Resource, Value};

/// An action that alarms can invoke: a [`Topic`](crate::sns::Topic), a function, a scaling policy, an
/// [`Ec2Action`](super::Ec2Action), an [`OpsItemAction`](super::OpsItemAction) or an
/// [`IncidentAction`](super::IncidentAction).
///
/// A construct of a team becomes an action by its ARN, and by what alarms need to be allowed:
///
/// ```
/// use infra_lib::Value;
/// use infra_lib::cloudwatch::AlarmAction;
///
/// #[derive(Debug)]
/// struct ResponsePlan(Value<String>);
///
/// impl AlarmAction for ResponsePlan {
///     fn action_arn(&self) -> Value<String> {
///         self.0.clone()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "an alarm cannot invoke `{Self}`",
    label = "this is not an action of alarms",
    note = "topics, functions, scaling policies, `Ec2Action`, `OpsItemAction` and `IncidentAction` are actions",
    note = "other constructs implement `AlarmAction` with their ARN"
)]
pub trait AlarmAction: fmt::Debug {
    /// Returns the ARN of the action.
    fn action_arn(&self) -> Value<String>;

    /// Allows alarms of this account to invoke the action. Default: nothing, for actions that need no permission.
    #[track_caller]
    fn allow_alarms(&self) {}

    /// Prepares the action for one alarm, given as its resource and its ARN: adds permissions that name the alarm, and
    /// reports an alarm that cannot invoke the action. Default: [`allow_alarms`](Self::allow_alarms).
    #[track_caller]
    fn bind(&self, alarm: Resource<'_>, alarm_arn: Value<String>) {
        let _ = (alarm, alarm_arn);
        self.allow_alarms();
    }
}

/// Actions that a builder collects.
pub(super) type Actions<'app> = Vec<Rc<dyn AlarmAction + 'app>>;
