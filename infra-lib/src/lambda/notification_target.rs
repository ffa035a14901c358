//! Functions as targets of notifications of buckets.

use super::{Alias, Function, FunctionRef, ImportedFunction, Invocable, Version};
use crate::core::{Construct, Scope};
use crate::iam::Principal;
#[cfg(feature = "s3")]
use crate::s3::{Bucket, NotificationArn, NotificationTarget};

/// Implements the trait for functions: their ARN, and the identity with which they act. References to versions and aliases
/// in place of functions are refused at synthesis, so their ARN is composed.
#[cfg(feature = "s3")]
macro_rules! functions {
    ($($(#[$meta:meta])+ $type:ident, |$function:ident| $arn:expr, |$actor:pat_param| $identity:expr;)+) => {$(
        $(#[$meta])+
        impl<'app> NotificationTarget<'app> for $type<'app> {
            fn notification_arn(&self) -> NotificationArn {
                let $function = self;
                NotificationArn::Function($arn)
            }

            #[track_caller]
            fn allow_notifications(
                &self,
                _: Bucket<'app>,
                source: &Principal,
            ) -> Vec<Scope<'app>> {
                Invocable::invoked(self).grant(source);
                find_permissions(Construct::scope(self))
            }

            fn acting_identity(&self) -> Option<Scope<'app>> {
                let $actor = self;
                $identity
            }
        }
    )+};
}

#[cfg(feature = "s3")]
functions! {
    /// Allows S3 to invoke the function.
    Function, |function| function.arn(), |function| Some(Construct::scope(&function.role()));
    /// Allows S3 to invoke the version.
    Version, |version| crate::sub![version.function().arn(), ":", version.number()].cast(),
        |version| Some(Construct::scope(&version.function().role()));
    /// Allows S3 to invoke the existing function, or reports the permission (`INF4980`).
    ImportedFunction, |function| function.arn(), |_| None;
    /// Allows S3 to invoke the function, or reports the permission (`INF4980`).
    FunctionRef, |function| function.arn(), |function| match function {
        FunctionRef::Own(function) => function.acting_identity(),
        FunctionRef::Imported(_) => None,
    };
    /// Allows S3 to invoke the function through the alias.
    Alias, |alias| crate::sub![alias.function().arn(), ":", alias.alias_name()].cast(),
        |alias| Some(Construct::scope(&alias.function().role()));
}

/// Returns the permissions of S3 directly below a function or alias. The role there may refer to the bucket, so the bucket
/// cannot wait for everything of the function.
#[cfg(feature = "s3")]
fn find_permissions(scope: Scope<'_>) -> Vec<Scope<'_>> {
    let mut children = scope.children();
    children.retain(|child| {
        child.as_resource().is_some_and(|resource| {
            let principal = resource.prop("Principal");
            resource.type_name() == "AWS::Lambda::Permission"
                && principal
                    .and_then(|data| data.as_text().map(str::to_owned))
                    .as_deref()
                    == Some("s3.amazonaws.com")
        })
    });
    children
}
