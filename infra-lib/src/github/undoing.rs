//! Actions with which a role gets around its permissions boundary.

use crate::core::{Diagnostic, Scope, codes};

/// Reports actions that would undo the limits of a delivery: whoever has them makes an administrator, or becomes one.
pub(super) fn report_undoing<'a>(scope: Scope<'_>, actions: impl IntoIterator<Item = &'a String>) {
    for action in actions {
        if !undoes(action) {
            continue;
        }
        scope.report(
            Diagnostic::new(
                codes::UNDONE_BOUNDARY,
                format!("`{action}` would let whoever is given it get around its permissions boundary"),
            )
            .expected("an action of one service, which neither changes nor assumes roles")
            .note("roles, policies and users are changed by an administrator; the roles of an app are made within the boundary without this")
            .help("name the actions that are needed, such as `sqs:*`, or `iam:Get…` and `iam:List…`"),
        );
    }
}

/// True for an action that writes to IAM, assumes a role or leaves the organization, and for a pattern that has such actions among others.
fn undoes(action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    let Some((service, name)) = action.split_once(':') else {
        return true;
    };
    // Letters in front of the first wildcard say what every action of a pattern does.
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
    use super::undoes;

    #[test]
    fn writing_to_iam_and_assuming_roles_undo_a_boundary() {
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
            assert!(undoes(action), "{action}");
        }
        for action in [
            "sqs:*",
            "iam:GetRole",
            "iam:List*",
            "sts:GetCallerIdentity",
            "organizations:DescribeOrganization",
            "lambda:CreateFunction",
        ] {
            assert!(!undoes(action), "{action}");
        }
    }
}
