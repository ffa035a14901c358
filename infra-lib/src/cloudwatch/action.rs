//! Actions of alarms.

use std::fmt;
use std::rc::Rc;

use crate::core::Value;

/// A construct that alarms can invoke, such as a [`Topic`](crate::sns::Topic).
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
    note = "a topic is an action; other constructs implement `AlarmAction` with their ARN"
)]
pub trait AlarmAction: fmt::Debug {
    /// Returns the ARN of the action.
    fn action_arn(&self) -> Value<String>;

    /// Allows alarms of this account to invoke the action. Default: nothing, for actions that need no permission.
    #[track_caller]
    fn allow_alarms(&self) {}
}

/// Actions that a builder collects.
pub(super) type Actions<'app> = Vec<Rc<dyn AlarmAction + 'app>>;
