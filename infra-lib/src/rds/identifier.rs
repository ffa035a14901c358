//! The identifier of a database, after which RDS names its log groups.

use crate::core::logical_id::logical_id;
use crate::{Construct, Diagnostic, Scope, codes};

/// The identifier of a database where none is chosen: stack name and construct path, so that it is unique in its
/// account and region and stays as long as the logical ID does.
///
/// It is fixed because RDS names log groups after it. It also keeps CloudFormation from replacing the database by an
/// empty one: a resource with a fixed name cannot be replaced while it exists.
pub(super) fn generated(scope: Scope<'_>) -> String {
    let stack = scope.stack();
    let name = stack.map(|stack| stack.stack_name()).unwrap_or_default();
    let inside = stack.map(|stack| stack.scope().path()).unwrap_or_default();
    let path = scope.path();
    let below = path
        .strip_prefix(&inside)
        .unwrap_or(&path)
        .trim_start_matches('/');
    let components: Vec<&str> = below.split('/').chain(["Resource"]).collect();
    let id = logical_id(&components).to_lowercase();
    // 63 characters at most; the end of the logical ID is its hash, the start of the stack name says whose it is.
    let id = &id[id.len().saturating_sub(40)..];
    let name: String = name.to_lowercase().chars().take(62 - id.len()).collect();
    let name = name.trim_end_matches('-');
    if name.is_empty() {
        format!("db{id}")
    } else {
        format!("{name}-{id}")
    }
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
