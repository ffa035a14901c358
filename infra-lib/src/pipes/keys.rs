//! Permissions to use the keys of queues and streams.

use crate::iam::Statement;
use crate::kms::KeyRef;

/// Returns the permission to take actions with a key, if there is one.
pub(super) fn key_statement(key: Option<KeyRef<'_>>, actions: &[&str]) -> Option<Statement> {
    let key = key?;
    Some(
        Statement::allow()
            .actions(actions.iter().copied())
            .resource(key.arn()),
    )
}
