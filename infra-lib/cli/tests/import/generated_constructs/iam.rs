//! The stack `Iam`: 6 resources, converted by `import-template` from
//! `iam.yaml`.
//!
//! Crates: `infra-lib` (feature `iam`), `serde_json`.

use infra_lib::cfn::iam::{self, role};
use infra_lib::iam::{Group, ManagedPolicy, OidcProvider, Principal, Role, Statement};
use infra_lib::intrinsics::{equals, fn_if};
use infra_lib::{
    App, Condition, Duration, Output, ParameterProps, ParameterType, Stack, StackProps, pseudo, sub,
};
use serde_json::json;

/// Adds the stack to the app.
pub fn iam(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("Users, groups, policies and a role for a pipeline")
        .build(app, "Iam");

    // Parameters
    let repository = ParameterProps::new(ParameterType::String)
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
    let provider = OidcProvider::builder()
        .url("https://token.actions.githubusercontent.com")
        .build(stack, "Provider");
    provider.cfn().override_logical_id("Provider");
    provider.cfn().apply_condition(makes_provider);

    let boundary = ManagedPolicy::builder()
        .statement(
            Statement::deny()
                .sid("NoUsers")
                .action("iam:*User*")
                .resource("*"),
        )
        .statement(
            Statement::allow()
                .sid("Rest")
                .not_actions(["iam:*", "organizations:*"])
                .resource("*"),
        )
        .description("The most that a role of this account may do")
        .build(stack, "Boundary");
    boundary.cfn().override_logical_id("Boundary");

    let deployer = Role::builder()
        .assumed_by(
            Principal::web_identity(fn_if::<String>(
                makes_provider,
                provider.arn(),
                existing_provider,
            ))
            .condition(
                "StringLike",
                "token.actions.githubusercontent.com:sub",
                sub!["repo:", repository.value::<String>(), ":*"],
            ),
        )
        .role_name(sub!["deployer-", pseudo::region()])
        .permissions_boundary(boundary.arn().cast())
        .max_session_duration(Duration::hours(1))
        .build(stack, "Deployer");
    deployer
        .cfn()
        .modify(|props| props.tags([role::Tag::new("owner", "platform")]));
    deployer.cfn().override_logical_id("Deployer");

    let operators = Group::builder()
        .managed_policy("arn:aws:iam::aws:policy/ReadOnlyAccess")
        .managed_policy(boundary.arn())
        .build(stack, "Operators");
    operators.cfn().override_logical_id("Operators");

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
    .roles([deployer.role_name()])
    .groups([operators.group_name()])
    .build(stack, "Duties");

    iam::CfnInstanceProfileProps::new([deployer.role_name()]).build(stack, "Profile");

    // Outputs
    Output::new(stack, "RoleArn", deployer.arn()).export("deployer-role");

    stack
}
