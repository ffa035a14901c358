//! The trait of own and imported event buses.

use crate::core::{Arn, Name, Value};
use crate::kind;

/// An event bus of the app, or an imported one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event bus",
    note = "pass an `EventBus`, or an existing one from `EventBus::from_name`"
)]
pub trait Bus<'app> {
    /// Returns the ARN of the event bus.
    fn bus_arn(&self) -> Value<Arn<kind::events::EventBus>>;

    /// Returns the name of the event bus.
    fn bus_name(&self) -> Value<Name<kind::events::EventBus>>;
}

impl<'app, B: Bus<'app>> Bus<'app> for &B {
    fn bus_arn(&self) -> Value<Arn<kind::events::EventBus>> {
        (**self).bus_arn()
    }

    fn bus_name(&self) -> Value<Name<kind::events::EventBus>> {
        (**self).bus_name()
    }
}
