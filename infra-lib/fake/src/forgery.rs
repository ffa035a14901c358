//! Alters replies of CloudFormation, for tests of forged change sets.

use super::FakeCloud;
use infra_aws::ChangeSetDescription;

/// Replies of CloudFormation that differ from the requested change set.
impl FakeCloud {
    /// Alters all further replies of `DescribeChangeSet` under the same ARN. AWS never does that, but a program that relies on names alone would not
    /// notice it.
    pub fn alter_descriptions(&self, alter: fn(&mut ChangeSetDescription)) {
        self.lock_world().state.script.alter_description = Some(alter);
    }
}
