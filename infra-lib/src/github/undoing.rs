//! Actions with which a role can circumvent its permissions boundary.

use crate::core::{Diagnostic, Scope, codes};

/// Reports actions that would circumvent the limits of a delivery: with them, a principal could create or become an
/// administrator.
pub(super) fn report_undoing<'a>(scope: Scope<'_>, actions: impl IntoIterator<Item = &'a String>) {
    for action in actions {
        if !undoes_boundary(action) {
            continue;
        }
        scope.report(
            Diagnostic::new(
                codes::UNDONE_BOUNDARY,
                format!("`{action}` would allow its holder to bypass the permissions boundary"),
            )
            .expected("an action of a single service that neither changes nor assumes roles")
            .note("roles, policies and users are changed by an administrator; roles of an app with the boundary can be created without this action")
            .help("list the required actions, such as `sqs:*`, or `iam:Get…` and `iam:List…`"),
        );
    }
}

/// Returns `true` for actions that write to IAM, assume a role or leave the organization, and for patterns that
/// include such actions.
pub(super) fn undoes_boundary(action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    let Some((service, name)) = action.split_once(':') else {
        return true;
    };
    // The letters before the first wildcard are common to all actions of a pattern.
    let begins = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    match service {
        "iam" => !begins(&["get", "list", "generate", "simulate"]),
        "sts" => !begins(&["get", "decode"]),
        "organizations" | "account" => !begins(&["describe", "get", "list"]),
        service => service.contains(['*', '?']),
    }
}

#[cfg(test)]
mod tests {
    use super::undoes_boundary;

    #[test]
    fn iam_writes_and_role_assumption_undo_boundary() {
        for action in [
            "*",
            "*:*",
            "i?m:CreateRole",
            "iam:*",
            "IAM:putrolepolicy",
            "iam:PassRole",
            "iam:*Role*",
            "iam:UpdateAssumeRolePolicy",
            "sts:AssumeRole",
            "sts:*",
            "organizations:LeaveOrganization",
        ] {
            assert!(undoes_boundary(action), "{action}");
        }
        for action in [
            "sqs:*",
            "iam:GetRole",
            "iam:List*",
            "sts:GetCallerIdentity",
            "organizations:DescribeOrganization",
            "lambda:CreateFunction",
        ] {
            assert!(!undoes_boundary(action), "{action}");
        }
    }
}
