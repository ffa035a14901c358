//! Passwords and tokens from secrets.

use crate::secretsmanager::SecretField;
use crate::{Diagnostic, Scope, Value, codes};

/// Returns the reference with which CloudFormation reads a secret at deployment. A parameter, which it cannot read here, is
/// reported.
pub(super) fn reference(
    scope: Scope<'_>,
    property: &str,
    field: &SecretField,
) -> Option<Value<String>> {
    let reference = field.dynamic_reference();
    if reference.is_none() {
        scope.report(
            Diagnostic::new(
                codes::CACHE_SECRET,
                "CloudFormation cannot read the password of a cache from a parameter",
            )
            .property(property)
            .help("store it in Secrets Manager, and pass `secret.text()` or `secret.field(\"…\")`")
            .url("https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html"),
        );
    }
    reference
}
