//! The stack `Iam`: 6 resources, converted by `import-template` from
//! `iam.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (feature `iam`), `serde_json`.

use infra_cfn::iam::{self, role};
use infra_core::intrinsics::equals;
use infra_core::{
    App, Condition, Output, ParameterProps, ParameterType, Stack, StackProps, pseudo, sub, value,
};
use serde_json::json;

/// Adds the stack to the app.
pub fn iam(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("Users, groups, policies and a role for a pipeline")
        .build(app, "Iam");

    // Parameters
    ParameterProps::new(ParameterType::String)
        .default_value("example/notes")
        .build(stack, "Repository");
    let existing_provider = ParameterProps::new(ParameterType::String)
        .default_value("")
        .build(stack, "ExistingProvider");

    // Conditions
    let makes_provider = Condition::new(
        stack,
        "MakesProvider",
        equals::<String>(existing_provider, ""),
    );

    // Resources
    let provider = iam::CfnOidcProviderProps::new()
        .url("https://token.actions.githubusercontent.com")
        .client_id_list(["sts.amazonaws.com"])
        .build(stack, "Provider");
    provider.apply_condition(makes_provider);

    let boundary = iam::CfnManagedPolicyProps::new(json!({
        "Version": "2012-10-17",
        "Statement": [
            { "Sid": "NoUsers", "Effect": "Deny", "Action": "iam:*User*", "Resource": "*" },
            {
                "Sid": "Rest",
                "Effect": "Allow",
                "NotAction": ["iam:*", "organizations:*"],
                "Resource": "*"
            }
        ]
    }))
    .description("The most that a role of this account may do")
    .build(stack, "Boundary");

    let deployer = iam::CfnRoleProps::new(json!({
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {
                    "Federated": {
                        "Fn::If": [
                            "MakesProvider",
                            { "Ref": "Provider" },
                            { "Ref": "ExistingProvider" }
                        ]
                    }
                },
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Condition": {
                    "StringLike": {
                        "token.actions.githubusercontent.com:sub": {
                            "Fn::Sub": "repo:${Repository}:*"
                        }
                    }
                }
            }
        ]
    }))
    .role_name(sub!["deployer-", pseudo::region()])
    .max_session_duration(3600)
    .permissions_boundary(boundary.ref_())
    .tags([role::Tag::new("owner", "platform")])
    .build(stack, "Deployer");

    let operators = iam::CfnGroupProps::new()
        .managed_policy_arns([
            value("arn:aws:iam::aws:policy/ReadOnlyAccess"),
            boundary.ref_(),
        ])
        .build(stack, "Operators");

    iam::CfnPolicyProps::new(
        json!({
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": ["cloudformation:Describe*"],
                    "Resource": {
                        "Fn::Sub": "arn:${AWS::Partition}:cloudformation:*:${AWS::AccountId}:stack/*"
                    }
                }
            ]
        }),
        "duties",
    )
    .roles([deployer.ref_()])
    .groups([operators.ref_()])
    .build(stack, "Duties");

    iam::CfnInstanceProfileProps::new([deployer.ref_()]).build(stack, "Profile");

    // Outputs
    Output::new(stack, "RoleArn", deployer.attr_arn()).export("deployer-role");

    stack
}
