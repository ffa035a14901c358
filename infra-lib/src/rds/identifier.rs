//! Identifier of a database, from which RDS derives the names of its log groups.

use crate::unique_name::unique_name;
use crate::{Diagnostic, Scope, codes};

/// Returns the default identifier: stack name and construct path. It is unique in account and region, and stable
/// while the logical ID is.
///
/// The identifier is fixed because RDS derives the names of log groups from it. It also prevents CloudFormation from
/// replacing the database by an empty one: a resource with a fixed name cannot be replaced while it exists.
pub(super) fn generate_identifier(scope: Scope<'_>) -> String {
    unique_name(scope, "Resource", 63).to_lowercase()
}

/// Reports an identifier that RDS refuses (`INF4408`).
pub(super) fn check_identifier(scope: Scope<'_>, property: &str, identifier: &str) {
    let shape = (1..=63).contains(&identifier.len())
        && identifier.starts_with(|c: char| c.is_ascii_alphabetic())
        && identifier
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !identifier.ends_with('-')
        && !identifier.contains("--");
    if !shape {
        scope.report(
            Diagnostic::new(codes::DATABASE_IDENTIFIER, "RDS rejects the identifier of the database")
                .property(property)
                .actual(identifier)
                .expected("1 to 63 letters, digits and single hyphens, starting with a letter, not ending with a hyphen"),
        );
    }
}
