//! Permissions for drift detection: CloudFormation reads each resource with the permissions of the caller.
//!
//! The actions are those of the read handlers of the app's resource types, as the CloudFormation registry lists them,
//! and no others. None of them reads a secret, an object, a parameter or a log.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html>

use super::boundary::PATH;
use super::execution::READ_DELIVERY;
use crate::core::{pseudo, sub};
use crate::iam::{Role, Statement};

/// Adds the permissions for drift detection of roles and policies to a role. Those for the other resource types of the
/// app follow from its contents.
pub(super) fn grant_drift_detection(role: &Role<'_>, prefix: &str) {
    let of_account = |kind: &str| {
        sub![
            "arn:",
            pseudo::partition(),
            ":iam::",
            pseudo::account_id(),
            ":",
            kind,
            "*"
        ]
    };
    role.add_statement(
        Statement::allow()
            .sid("ReadRoles")
            .actions(READ_DELIVERY.iter().copied())
            .resource(of_account(&format!("role/{prefix}")))
            .resource(of_account(&format!("role{PATH}")))
            .resource(of_account(&format!("policy{PATH}")))
            .resource(of_account("oidc-provider/")),
    );
}
