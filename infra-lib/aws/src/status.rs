//! Statuses of stacks and resources: [`StackStatus`] and [`ResourceStatus`]. They are texts with predicates, because AWS adds new values.

use serde::{Deserialize, Serialize};

/// The status of a stack, for example `UPDATE_IN_PROGRESS`.
///
/// Predicates check suffixes instead of a closed list, so a status that AWS adds later is displayed unchanged. See
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html>.
#[derive(
    Clone, Debug, Deserialize, Eq, Hash, schemars::JsonSchema, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(transparent)]
pub struct StackStatus(String);

impl StackStatus {
    /// Creates a status from its name, including names that this version does not know.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Returns the name as CloudFormation writes it, in capitals with underscores.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns `true` if this is exactly the status with the given name.
    pub fn is_named(&self, name: &str) -> bool {
        self.0 == name
    }

    /// Returns `true` if an operation is in progress. A stack in review has none: it waits for the execution of a change set.
    pub fn is_in_progress(&self) -> bool {
        self.0.ends_with("_IN_PROGRESS") && !self.is_review()
    }

    /// Returns `true` if the update itself is complete, and only replaced resources are still being deleted.
    pub fn is_cleanup(&self) -> bool {
        self.0.ends_with("_CLEANUP_IN_PROGRESS")
    }

    /// Returns `true` if no operation on the stack is in progress, whatever its result was.
    pub fn is_settled(&self) -> bool {
        !self.is_in_progress()
    }

    /// Returns `true` if the last operation succeeded, which excludes completed rollbacks.
    pub fn is_success(&self) -> bool {
        self.0.ends_with("_COMPLETE") && !self.0.contains("ROLLBACK")
    }

    /// Returns `true` if the stack is consistent: its last operation succeeded, or was rolled back completely.
    pub fn is_consistent(&self) -> bool {
        self.is_success() || (self.is_rolled_back() && !self.is_failed_creation())
    }

    /// Returns `true` if the last operation failed and was rolled back completely.
    pub fn is_rolled_back(&self) -> bool {
        self.0.ends_with("ROLLBACK_COMPLETE")
    }

    /// Returns `true` if the stack has never been created and only waits for the execution of a change set.
    pub fn is_review(&self) -> bool {
        self.0 == "REVIEW_IN_PROGRESS"
    }

    /// Returns `true` if the creation of the stack failed. CloudFormation refuses updates, so the stack can only be deleted.
    pub fn is_failed_creation(&self) -> bool {
        matches!(
            self.0.as_str(),
            "ROLLBACK_COMPLETE" | "ROLLBACK_FAILED" | "CREATE_FAILED"
        )
    }

    /// Returns `true` if the rollback of an update failed, so that it must be continued.
    pub fn is_rollback_failed(&self) -> bool {
        self.0 == "UPDATE_ROLLBACK_FAILED"
    }

    /// Returns `true` if the stack is deleted. Only its ARN still finds it.
    pub fn is_deleted(&self) -> bool {
        self.0 == "DELETE_COMPLETE"
    }

    /// Returns `true` if CloudFormation accepts a change set of type `UPDATE` for the stack.
    pub fn can_be_updated(&self) -> bool {
        !self.is_in_progress()
            && !self.is_review()
            && !self.is_failed_creation()
            && !self.is_rollback_failed()
            && !self.0.starts_with("DELETE_")
    }
}

impl std::fmt::Display for StackStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The status of a resource, for example `CREATE_COMPLETE`.
#[derive(
    Clone, Debug, Deserialize, Eq, Hash, schemars::JsonSchema, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(transparent)]
pub struct ResourceStatus(String);

impl ResourceStatus {
    /// Creates a status from its name, including names that this version does not know.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Returns the name as CloudFormation writes it, in capitals with underscores.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns `true` if this is exactly the status with the given name.
    pub fn is_named(&self, name: &str) -> bool {
        self.0 == name
    }

    /// Returns `true` if an operation on the resource is in progress, such as `CREATE_IN_PROGRESS`.
    pub fn is_in_progress(&self) -> bool {
        self.0.ends_with("_IN_PROGRESS")
    }

    /// Returns `true` if the last operation on the resource failed, such as `CREATE_FAILED`.
    pub fn is_failed(&self) -> bool {
        self.0.ends_with("_FAILED")
    }

    /// Returns `true` if an operation on the resource is complete. A skipped deletion counts, because it was requested.
    pub fn is_complete(&self) -> bool {
        self.0.ends_with("_COMPLETE") || self.0.ends_with("_SKIPPED")
    }
}

impl std::fmt::Display for ResourceStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::StackStatus;

    #[test]
    fn evaluates_unknown_status_by_suffix() {
        let status = StackStatus::new("TELEPORT_IN_PROGRESS");
        assert!(status.is_in_progress() && !status.is_settled() && !status.is_success());
        let status = StackStatus::new("TELEPORT_ROLLBACK_COMPLETE");
        assert!(status.is_settled() && status.is_rolled_back() && !status.is_success());
        let status = StackStatus::new("WHATEVER");
        assert!(status.is_settled() && !status.is_success());
    }

    #[test]
    fn treats_failed_update_as_inconsistent() {
        for whole in [
            "CREATE_COMPLETE",
            "UPDATE_ROLLBACK_COMPLETE",
            "IMPORT_COMPLETE",
        ] {
            assert!(StackStatus::new(whole).is_consistent(), "{whole}");
        }
        for broken in [
            "UPDATE_FAILED",
            "ROLLBACK_COMPLETE",
            "UPDATE_IN_PROGRESS",
            "CREATE_FAILED",
        ] {
            assert!(!StackStatus::new(broken).is_consistent(), "{broken}");
        }
    }

    #[test]
    fn treats_review_as_settled_without_updates() {
        let status = StackStatus::new("REVIEW_IN_PROGRESS");
        assert!(status.is_settled() && !status.can_be_updated());
        assert!(StackStatus::new("UPDATE_ROLLBACK_COMPLETE").can_be_updated());
        assert!(!StackStatus::new("ROLLBACK_COMPLETE").can_be_updated());
    }
}
