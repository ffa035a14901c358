//! Names and IDs that ElastiCache requires.

use crate::unique_name::unique_name;
use crate::{Diagnostic, Scope, codes};

/// Returns the default name, in lower case: stack name and construct path.
pub(super) fn generate(scope: Scope<'_>, limit: usize) -> String {
    unique_name(scope, "Resource", limit).to_lowercase()
}

/// Reports a name that ElastiCache refuses (`INF4018`).
pub(super) fn check(scope: Scope<'_>, property: &str, name: &str, limit: usize) {
    let valid = (1..=limit).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !name.ends_with('-')
        && !name.contains("--");
    if !valid {
        scope.report(
            Diagnostic::new(codes::CACHE_NAME, "ElastiCache rejects a name or an ID")
                .property(property)
                .actual(name)
                .expected(format!(
                    "1 to {limit} lower-case letters, digits and single hyphens, starting with a letter, not ending with a hyphen"
                )),
        );
    }
}
