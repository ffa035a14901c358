//! Existing functions.

use super::invoke::INVOKE;
use crate::core::intrinsics::{select, split};
use crate::core::{Arn, IntoValue, Name, Value, value};
use crate::iam::{Grant, Identity};
use crate::kind;
use crate::sub;

/// An existing function, from [`Function::from_arn`](super::Function::from_arn).
#[derive(Clone, Debug)]
pub struct ImportedFunction {
    arn: Value<Arn<kind::lambda::Function>>,
}

impl ImportedFunction {
    pub(super) const fn new(arn: Value<Arn<kind::lambda::Function>>) -> Self {
        Self { arn }
    }

    /// Returns the ARN of the function.
    pub fn arn(&self) -> Value<Arn<kind::lambda::Function>> {
        self.arn.clone()
    }

    /// Returns the name of the function, taken from the ARN.
    pub fn function_name(&self) -> Value<Name<kind::lambda::Function>> {
        match self.arn.as_literal() {
            Some(arn) => value(arn.split(':').nth(6).unwrap_or(arn)),
            None => select(6, split(":", self.arn())).cast(),
        }
    }

    /// Allows a role to invoke the function, and every version and alias of it. In another account, the policy of the
    /// function must allow it as well.
    #[track_caller]
    pub fn grant_invoke<'app>(&self, to: &impl Identity<'app>) -> Grant<'app> {
        Grant::on_imported(to, self.arn(), [INVOKE]).and(Grant::on_imported(
            to,
            sub![self.arn(), ":*"],
            [INVOKE],
        ))
    }
}

impl IntoValue<Arn<kind::lambda::Function>> for ImportedFunction {
    fn into_value(self) -> Value<Arn<kind::lambda::Function>> {
        self.arn
    }
}

impl IntoValue<Arn<kind::lambda::Function>> for &ImportedFunction {
    fn into_value(self) -> Value<Arn<kind::lambda::Function>> {
        self.arn()
    }
}
