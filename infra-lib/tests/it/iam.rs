//! Tests of the constructs in `infra_lib::iam`.

use infra_lib::assertions::{Match, Template};
use infra_lib::iam::{ManagedPolicy, PolicyDocument, Principal, Role, Statement};
use infra_lib::{Data, Stack};
use serde_json::json;

use crate::base::findings_of;

fn tasks() -> Principal {
    Principal::service("ecs-tasks.amazonaws.com")
}

#[test]
fn merges_compatible_statements_in_role() {
    let template = Template::of_stack(|stack| {
        let role = Role::builder()
            .assumed_by(tasks())
            .statement(
                Statement::allow()
                    .action("s3:GetObject")
                    .resource("arn:aws:s3:::a/*"),
            )
            .build(stack, "Role");
        role.add_statement(
            Statement::allow()
                .action("s3:PutObject")
                .resource("arn:aws:s3:::a/*"),
        );
        role.add_statement(
            Statement::allow()
                .action("s3:GetObject")
                .resource("arn:aws:s3:::a/*"),
        );
        role.add_statement(
            Statement::allow()
                .action("s3:GetObject")
                .resource("arn:aws:s3:::b/*"),
        );
        role.add_statement(
            Statement::deny()
                .action("s3:GetObject")
                .resource("arn:aws:s3:::a/*"),
        );
    });
    template.resource_count("AWS::IAM::Policy", 0);
    template.has_properties(
        "AWS::IAM::Role",
        json!({
            "RoleName": Match::absent(),
            "Policies": [{ "PolicyName": "Default", "PolicyDocument": { "Version": "2012-10-17", "Statement": [
                { "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::a/*" },
                { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" },
                { "Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*" },
            ] } }],
        }),
    );
}

#[test]
fn keeps_statements_with_sid_or_condition_separate() {
    let read = || Statement::allow().action("s3:GetObject").resource("*");
    let document = PolicyDocument::new()
        .statement(read())
        .statement(read().sid("Named"))
        .statement(read().condition("Bool", "aws:SecureTransport", "true"));
    assert_eq!(document.len(), 3);
}

#[test]
fn collects_condition_values_in_list() {
    let statement = Statement::allow()
        .action("s3:GetObject")
        .resource("*")
        .condition("StringEquals", "aws:RequestedRegion", "eu-west-1")
        .condition("StringEquals", "aws:RequestedRegion", "eu-central-1");
    let data = Data::from(PolicyDocument::new().statement(statement));
    let values = data.pointer("Statement.0.Condition.StringEquals");
    assert_eq!(
        values.and_then(|map| map.as_map()?.get("aws:RequestedRegion").cloned()),
        Some(Data::list([
            Data::from("eu-west-1"),
            Data::from("eu-central-1")
        ]))
    );
}

#[test]
fn groups_principals_with_same_conditions() {
    let template = Template::of_stack(|stack| {
        Role::builder()
            .assumed_by([
                tasks(),
                Principal::account("111122223333").external_id("notes-42"),
                Principal::service("ecs.amazonaws.com"),
            ])
            .build(stack, "Role");
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "AssumeRolePolicyDocument": { "Statement": [
            { "Principal": { "Service": ["ecs-tasks.amazonaws.com", "ecs.amazonaws.com"] }, "Action": "sts:AssumeRole" },
            { "Principal": { "AWS": Match::any() }, "Condition": { "StringEquals": { "sts:ExternalId": "notes-42" } } },
        ] } }),
    );
}

#[test]
fn reports_too_large_policy_with_size() {
    fn fill(stack: Stack<'_>) {
        let role = Role::builder().assumed_by(tasks()).build(stack, "Role");
        let policy = ManagedPolicy::builder().build(stack, "Policy");
        for at in 0..90 {
            let statement = || {
                Statement::allow().action("s3:GetObject").resource(format!(
                    "arn:aws:s3:::a-bucket-with-a-long-name/reports/{at:03}/{}/*",
                    "x".repeat(60)
                ))
            };
            role.add_statement(statement());
            policy.add_statement(statement());
        }
    }
    insta::assert_snapshot!(findings_of(fill));
}

#[test]
fn reports_invalid_statement_at_line_of_call() {
    insta::assert_snapshot!(findings_of(|stack| {
        let role = Role::builder().assumed_by(tasks()).build(stack, "Role");
        role.add_statement(Statement::allow().resource("*"));
        role.add_statement(Statement::allow().action("s3:GetObject"));
        role.add_statement(
            Statement::allow()
                .action("s3:GetObject")
                .resource("*")
                .principal(tasks()),
        );
        role.add_statement(
            Statement::allow()
                .action("s3:GetObject")
                .resource("*")
                .condition("StringEqual", "aws:RequestedRegion", "eu-west-1"),
        );
    }));
}

#[test]
fn suggests_nearest_name_for_unknown_action() {
    insta::assert_snapshot!(findings_of(|stack| {
        let role = Role::builder().assumed_by(tasks()).build(stack, "Role");
        role.add_statement(Statement::allow().action("s3:GetObjekt").resource("*"));
    }));
}
