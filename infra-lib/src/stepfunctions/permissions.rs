//! Role of machines, and the permissions that do not depend on their states.

use crate::core::{Scope, pseudo, sub};
use crate::iam::{Principal, Role, RoleRef, Statement};
use crate::kms::KeyRef;

/// Creates a role that only machines of this account can assume.
pub(super) fn service_role(scope: Scope<'_>) -> Role<'_> {
    let machines = sub![
        "arn:",
        pseudo::partition(),
        ":states:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":stateMachine:*"
    ];
    Role::builder()
        .assumed_by(
            Principal::service("states.amazonaws.com")
                .for_this_account()
                .condition("ArnLike", "aws:SourceArn", machines),
        )
        .build(scope, "Role")
}

/// Allows a role to deliver logs. The actions have no resources, as those of X-Ray.
pub(super) fn allow_logs(role: RoleRef<'_>) {
    role.add_statement(
        Statement::allow()
            .actions([
                "logs:CreateLogDelivery",
                "logs:DeleteLogDelivery",
                "logs:DescribeLogGroups",
                "logs:DescribeResourcePolicies",
                "logs:GetLogDelivery",
                "logs:ListLogDeliveries",
                "logs:PutResourcePolicy",
                "logs:UpdateLogDelivery",
            ])
            .resource("*"),
    );
}

/// Allows the delivery of logs of a machine with a key.
///
/// See [encryption at rest](https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html).
pub(super) fn allow_log_delivery(key: KeyRef<'_>) {
    let source = sub![
        "arn:",
        pseudo::partition(),
        ":logs:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":*"
    ];
    key.add_statement(
        Statement::allow()
            .principal(Principal::service("delivery.logs.amazonaws.com"))
            .action("kms:Decrypt")
            .resource("*")
            .condition("StringEquals", "kms:EncryptionContext:SourceArn", source),
    );
}

pub(super) fn allow_traces(role: RoleRef<'_>) {
    role.add_statement(
        Statement::allow()
            .actions([
                "xray:GetSamplingRules",
                "xray:GetSamplingTargets",
                "xray:PutTelemetryRecords",
                "xray:PutTraceSegments",
            ])
            .resource("*"),
    );
}
