//! Permissions for Lambda Insights.

use crate::core::{pseudo, sub};
use crate::iam::{RoleRef, Statement};

/// Allows a role to write the log group of Lambda Insights, which all functions of an account and region share.
///
/// See [Lambda Insights](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Lambda-Insights.html).
pub(super) fn allow(role: RoleRef<'_>) {
    let log_group = sub![
        "arn:",
        pseudo::partition(),
        ":logs:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":log-group:/aws/lambda-insights:*"
    ];
    role.add_statement(
        Statement::allow()
            .actions([
                "logs:CreateLogGroup",
                "logs:CreateLogStream",
                "logs:PutLogEvents",
            ])
            .resource(log_group),
    );
}
