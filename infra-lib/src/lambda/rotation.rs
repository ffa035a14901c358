//! Functions that rotate secrets.

use super::Function;
#[cfg(feature = "secretsmanager")]
use super::Permission;
#[cfg(feature = "secretsmanager")]
use crate::core::{Arn, Construct, Scope, Value, pseudo};
#[cfg(feature = "secretsmanager")]
use crate::kind;
#[cfg(feature = "secretsmanager")]
use crate::secretsmanager::SecretRotator;

#[cfg(feature = "secretsmanager")]
impl<'app> SecretRotator<'app> for Function<'app> {
    fn rotation_function_arn(&self) -> Value<Arn<kind::lambda::Function>> {
        self.arn()
    }

    fn permit_rotation(&self, scope: Scope<'app>) -> Scope<'app> {
        Permission::builder()
            .function(self.arn())
            .principal("secretsmanager.amazonaws.com")
            .source_account(pseudo::account_id())
            .build(scope, "Permission")
            .scope()
    }
}
