//! The stack `Identities`: 8 resources, converted by `import-template` from
//! `identities.json`.
//!
//! Crates: `infra-lib` (feature `iam`), `serde_json`.

use infra_lib::cfn::iam::role;
use infra_lib::iam::{Group, ManagedPolicy, OidcProvider, Principal, Role, Statement, User};
use infra_lib::{App, Duration, Output, Stack, StackProps, pseudo, sub};
use serde_json::json;

/// Adds the stack to the app.
pub fn identities(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("Roles, groups, users and policies with every setter")
        .build(app, "Identities");

    // Resources
    let plain = Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(stack, "Plain");
    plain.cfn().override_logical_id("Plain");

    let provider = OidcProvider::builder()
        .url("https://token.example.com")
        .build(stack, "Provider");
    provider.cfn().override_logical_id("Provider");

    let other_provider = OidcProvider::builder()
        .url(sub!["https://", pseudo::region(), ".example.com"])
        .client_id("a")
        .client_id("b")
        .thumbprint("9e99a48a9960b14926bb7f3b02e22da2b0ab7280")
        .build(stack, "OtherProvider");
    other_provider.cfn().override_logical_id("OtherProvider");

    let boundary = ManagedPolicy::builder()
        .statement(
            Statement::allow()
                .sid("Logs")
                .action("logs:*")
                .resource("*"),
        )
        .statement(
            Statement::deny()
                .not_actions(["iam:GetRole", "iam:ListRoles"])
                .not_resources(["arn:aws:iam::111122223333:role/a"]),
        )
        .managed_policy_name("boundary")
        .path("/shop/")
        .description("Limits")
        .build(stack, "Boundary");
    boundary
        .cfn()
        .modify(|props| props.roles([plain.role_name()]));
    boundary.cfn().override_logical_id("Boundary");

    let full = Role::builder()
        .assumed_by([
            Principal::service("lambda.amazonaws.com"),
            Principal::service("ecs-tasks.amazonaws.com"),
            Principal::this_account(),
            Principal::web_identity(provider.arn())
                .condition("StringEquals", "token.example.com:aud", "sts.amazonaws.com")
                .condition("StringEquals", "token.example.com:sub", "a")
                .condition("StringEquals", "token.example.com:sub", "b"),
        ])
        .role_name("full")
        .description("Does all")
        .path("/shop/")
        .permissions_boundary(boundary.arn().cast())
        .max_session_duration(Duration::hours(2))
        .managed_policy("arn:aws:iam::aws:policy/ReadOnlyAccess")
        .managed_policy(boundary.arn())
        .statement(
            Statement::allow()
                .actions(["s3:GetObject", "s3:PutObject"])
                .resource("arn:aws:s3:::a/*")
                .resource(sub!["arn:", pseudo::partition(), ":s3:::b/*"]),
        )
        .statement(
            Statement::deny()
                .action("s3:DeleteObject")
                .resource("*")
                .condition("Bool", "aws:MultiFactorAuthPresent", "false"),
        )
        .build(stack, "Full");
    full.cfn()
        .modify(|props| props.tags([role::Tag::new("team", "shop")]));
    full.cfn().override_logical_id("Full");

    let named = Role::builder()
        .assumed_by(Principal::any().condition(
            "StringEquals",
            "aws:PrincipalOrgID",
            "o-1234567890",
        ))
        .build(stack, "Named");
    named.cfn().modify(|props| {
        props.policies([role::Policy::new(
            json!({
                "Version": "2012-10-17",
                "Statement": [
                    { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*" }
                ]
            }),
            "named",
        )])
    });
    named.cfn().override_logical_id("Named");

    let staff = Group::builder()
        .group_name("staff")
        .path("/shop/")
        .managed_policy("arn:aws:iam::aws:policy/ReadOnlyAccess")
        .statement(Statement::allow().action("s3:ListBucket").resource("*"))
        .build(stack, "Staff");
    staff.cfn().override_logical_id("Staff");

    let ada = User::builder()
        .user_name("ada")
        .path("/shop/")
        .permissions_boundary(boundary.arn().cast())
        .managed_policy("arn:aws:iam::aws:policy/ReadOnlyAccess")
        .statement(Statement::allow().action("s3:ListBucket").resource("*"))
        .build(stack, "Ada");
    ada.cfn().override_logical_id("Ada");

    // Outputs
    Output::new(stack, "Role", full.arn());
    Output::new(stack, "Name", full.role_name());
    Output::new(stack, "Group", staff.group_name());
    Output::new(stack, "User", ada.arn());

    stack
}
