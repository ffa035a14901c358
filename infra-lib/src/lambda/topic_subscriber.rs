//! Functions as subscribers of topics.

use infra_contract::event::SnsEvent;

use super::invoke::{Invocable, Invoked};
use super::{
    Alias, Function, FunctionRef, ImportedFunction, Permission, PermissionProps, TypedFunction,
    Version,
};
use crate::core::IntoValue;
use crate::sns::{Subscriber, TopicSubscriber, WithMetadata};

const SERVICE: &str = "sns.amazonaws.com";

/// Returns the subscriber, whose permission is below the function, as in the CDK: the stack of the function depends on
/// that of the topic.
fn subscriber(invoked: Invoked<'_>) -> Subscriber<'_> {
    let (scope, arn) = (invoked.scope(), invoked.arn());
    Subscriber::new("lambda", arn)
        .below(scope)
        .permission(move |topic| {
            if invoked.can_permit(SERVICE) {
                let mut permission = PermissionProps::of(invoked.arn(), SERVICE.into_value());
                permission.set_source_arn(topic.arn().cast());
                let id = format!("AllowInvoke:{}", topic.unique_id());
                Permission::add_named(scope.at_caller(), &id, permission);
            }
        })
}

macro_rules! subscribers {
    ($($(#[$meta:meta])+ $type:ident;)+) => {$(
        $(#[$meta])+
        impl<'app> TopicSubscriber<'app> for $type<'app> {
            type Delivery = WithMetadata;

            fn subscriber(&self) -> Subscriber<'app> {
                subscriber(self.invoked())
            }
        }
    )+};
}

subscribers! {
    /// Invokes the function with each message, with a permission for the topic.
    Function;
    /// Invokes the function through the alias, with a permission for the topic.
    Alias;
    /// Invokes the version, with a permission for the topic.
    Version;
    /// Invokes the existing function, with a permission for the topic, or a finding (`INF4980`).
    ImportedFunction;
    /// Invokes the function, with a permission for the topic, or a finding (`INF4980`).
    FunctionRef;
}

/// Invokes the function with each message, with a permission for the topic.
impl<'app> TopicSubscriber<'app> for TypedFunction<'app, SnsEvent> {
    type Delivery = WithMetadata;

    fn subscriber(&self) -> Subscriber<'app> {
        self.function().subscriber()
    }
}
