//! Statuses of stacks and resources: text with rules, because AWS adds new ones.

use serde::{Deserialize, Serialize};

/// Where a stack stands, such as `UPDATE_IN_PROGRESS`.
///
/// Rules by suffix instead of a closed list: a status that AWS adds next year is shown as it is and never a panic.
/// See <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html>.
#[derive(
    Clone, Debug, Deserialize, Eq, Hash, schemars::JsonSchema, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(transparent)]
pub struct StackStatus(String);

impl StackStatus {
    /// The status of that name.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is that status.
    pub fn is(&self, name: &str) -> bool {
        self.0 == name
    }

    /// Whether an operation is under way. A stack in review has none: it waits for a change set to be executed.
    pub fn is_in_progress(&self) -> bool {
        self.0.ends_with("_IN_PROGRESS") && !self.is_review()
    }

    /// Whether the stack serves its new configuration and only deletes what was replaced.
    pub fn is_cleanup(&self) -> bool {
        self.0.ends_with("_CLEANUP_IN_PROGRESS")
    }

    /// Whether nothing is under way any more.
    pub fn is_settled(&self) -> bool {
        !self.is_in_progress()
    }

    /// Whether the last operation did what was asked for.
    pub fn is_success(&self) -> bool {
        self.0.ends_with("_COMPLETE") && !self.0.contains("ROLLBACK")
    }

    /// Returns true when the stack is in one piece: what was last asked for was done, or undone in full.
    pub fn is_settled_well(&self) -> bool {
        self.is_success() || (self.is_rolled_back() && !self.is_failed_creation())
    }

    /// Whether the last operation was undone, completely.
    pub fn is_rolled_back(&self) -> bool {
        self.0.ends_with("ROLLBACK_COMPLETE")
    }

    /// Whether it was never more than a change set waiting for review.
    pub fn is_review(&self) -> bool {
        self.0 == "REVIEW_IN_PROGRESS"
    }

    /// Whether the stack was never created in full: only deleting it helps, AWS refuses updates.
    pub fn is_failed_creation(&self) -> bool {
        matches!(
            self.0.as_str(),
            "ROLLBACK_COMPLETE" | "ROLLBACK_FAILED" | "CREATE_FAILED"
        )
    }

    /// Whether a rollback of an update got stuck.
    pub fn is_stuck_rollback(&self) -> bool {
        self.0 == "UPDATE_ROLLBACK_FAILED"
    }

    /// Whether the stack is gone.
    pub fn is_deleted(&self) -> bool {
        self.0 == "DELETE_COMPLETE"
    }

    /// Whether a change set of type `UPDATE` can be made for it.
    pub fn can_be_updated(&self) -> bool {
        !self.is_in_progress()
            && !self.is_review()
            && !self.is_failed_creation()
            && !self.is_stuck_rollback()
            && !self.0.starts_with("DELETE_")
    }
}

impl std::fmt::Display for StackStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a resource stands, such as `CREATE_COMPLETE`.
#[derive(
    Clone, Debug, Deserialize, Eq, Hash, schemars::JsonSchema, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(transparent)]
pub struct ResourceStatus(String);

impl ResourceStatus {
    /// The status of that name.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is that status.
    pub fn is(&self, name: &str) -> bool {
        self.0 == name
    }

    /// Whether something is being done to the resource.
    pub fn is_in_progress(&self) -> bool {
        self.0.ends_with("_IN_PROGRESS")
    }

    /// Whether something could not be done.
    pub fn is_failed(&self) -> bool {
        self.0.ends_with("_FAILED")
    }

    /// Whether something was done. A deletion that was skipped counts: it was asked for.
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
    fn a_status_of_the_future_is_read_by_its_suffix() {
        let status = StackStatus::new("TELEPORT_IN_PROGRESS");
        assert!(status.is_in_progress() && !status.is_settled() && !status.is_success());
        let status = StackStatus::new("TELEPORT_ROLLBACK_COMPLETE");
        assert!(status.is_settled() && status.is_rolled_back() && !status.is_success());
        let status = StackStatus::new("WHATEVER");
        assert!(status.is_settled() && !status.is_success());
    }

    #[test]
    fn a_stack_whose_update_failed_is_not_in_one_piece() {
        for whole in [
            "CREATE_COMPLETE",
            "UPDATE_ROLLBACK_COMPLETE",
            "IMPORT_COMPLETE",
        ] {
            assert!(StackStatus::new(whole).is_settled_well(), "{whole}");
        }
        for broken in [
            "UPDATE_FAILED",
            "ROLLBACK_COMPLETE",
            "UPDATE_IN_PROGRESS",
            "CREATE_FAILED",
        ] {
            assert!(!StackStatus::new(broken).is_settled_well(), "{broken}");
        }
    }

    #[test]
    fn a_stack_in_review_is_not_busy_and_cannot_be_updated() {
        let status = StackStatus::new("REVIEW_IN_PROGRESS");
        assert!(status.is_settled() && !status.can_be_updated());
        assert!(StackStatus::new("UPDATE_ROLLBACK_COMPLETE").can_be_updated());
        assert!(!StackStatus::new("ROLLBACK_COMPLETE").can_be_updated());
    }
}
