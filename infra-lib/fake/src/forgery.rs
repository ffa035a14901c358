//! Forgery: answers of CloudFormation that are not what was asked for.

use super::FakeCloud;
use infra_aws::ChangeSetDescription;

/// Answers that a test gives in place of CloudFormation.
impl FakeCloud {
    /// Has `DescribeChangeSet` answer something else from now on, under the same ARN: what AWS does not do, and a program
    /// that relies on names alone would not see.
    pub fn alter_descriptions(&self, alter: fn(&mut ChangeSetDescription)) {
        self.world().state.script.altered = Some(alter);
    }
}
