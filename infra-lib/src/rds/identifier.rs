//! The identifier of a database, after which RDS names its log groups.

use crate::unique_name::unique_name;
use crate::{Diagnostic, Scope, codes};

/// The identifier of a database where none is chosen: stack name and construct path, so that it is unique in its
/// account and region and stays as long as the logical ID does.
///
/// It is fixed because RDS names log groups after it. It also keeps CloudFormation from replacing the database by an
/// empty one: a resource with a fixed name cannot be replaced while it exists.
pub(super) fn generated(scope: Scope<'_>) -> String {
    unique_name(scope, "Resource", 63).to_lowercase()
}

/// Reports an identifier that RDS refuses.
pub(super) fn check(scope: Scope<'_>, identifier: &str) {
    let shape = (1..=63).contains(&identifier.len())
        && identifier.starts_with(|c: char| c.is_ascii_alphabetic())
        && identifier
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !identifier.ends_with('-')
        && !identifier.contains("--");
    if !shape {
        scope.report(
            Diagnostic::new(codes::DATABASE_IDENTIFIER, "RDS refuses the identifier of the database")
                .property("DBInstanceIdentifier")
                .actual(identifier)
                .expected("1 to 63 letters, digits and single hyphens, starting with a letter, not ending with a hyphen"),
        );
    }
}
