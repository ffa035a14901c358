//! Recipes of roles, groups, users and policies.

use super::property;
use crate::convert::constructs::iam::{document, inline, managed_policies, trust};
use crate::convert::constructs::recipe::Kind::{Arn, Other, Seconds, Text};
use crate::convert::constructs::recipe::Recipe;
use crate::convert::constructs::special;

pub(super) const RECIPES: &[Recipe] = &[
    Recipe {
        references: &[("Ref", "role_name"), ("Arn", "arn")],
        ..Recipe::new(
            "iam",
            "Role",
            "AWS::IAM::Role",
            &[
                property("AssumeRolePolicyDocument", "assumed_by", Other(trust)).required(),
                property("RoleName", "role_name", Text),
                property("Description", "description", Text),
                property("Path", "path", Text),
                property(
                    "PermissionsBoundary",
                    "permissions_boundary",
                    Arn("AWS::IAM::ManagedPolicy"),
                ),
                property("MaxSessionDuration", "max_session_duration", Seconds),
                property(
                    "ManagedPolicyArns",
                    "managed_policy",
                    Other(managed_policies),
                ),
                property("Policies", "statement", Other(inline)),
            ],
        )
    },
    Recipe {
        references: &[("Ref", "group_name"), ("Arn", "arn")],
        ..Recipe::new(
            "iam",
            "Group",
            "AWS::IAM::Group",
            &[
                property("GroupName", "group_name", Text),
                property("Path", "path", Text),
                property(
                    "ManagedPolicyArns",
                    "managed_policy",
                    Other(managed_policies),
                ),
                property("Policies", "statement", Other(inline)),
            ],
        )
    },
    Recipe {
        references: &[("Ref", "user_name"), ("Arn", "arn")],
        ..Recipe::new(
            "iam",
            "User",
            "AWS::IAM::User",
            &[
                property("UserName", "user_name", Text),
                property("Path", "path", Text),
                property(
                    "PermissionsBoundary",
                    "permissions_boundary",
                    Arn("AWS::IAM::ManagedPolicy"),
                ),
                property(
                    "ManagedPolicyArns",
                    "managed_policy",
                    Other(managed_policies),
                ),
                property("Policies", "statement", Other(inline)),
            ],
        )
    },
    Recipe {
        references: &[("Ref", "arn")],
        ..Recipe::new(
            "iam",
            "ManagedPolicy",
            "AWS::IAM::ManagedPolicy",
            &[
                property("PolicyDocument", "statement", Other(document)).required(),
                property("ManagedPolicyName", "managed_policy_name", Text),
                property("Path", "path", Text),
                property("Description", "description", Text),
            ],
        )
    },
    Recipe {
        references: &[("Ref", "arn")],
        ..Recipe::new(
            "iam",
            "OidcProvider",
            "AWS::IAM::OIDCProvider",
            &[
                property("Url", "url", Text).required(),
                property("ClientIdList", "client_id", Other(special::client_ids))
                    .default(r#"["sts.amazonaws.com"]"#),
                property("ThumbprintList", "thumbprint", Other(special::thumbprints)),
            ],
        )
    },
];
