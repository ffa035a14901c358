//! Tests of grants: the policies that receive a permission.

use infra_lib::assertions::{Match, Template};
use infra_lib::core::{Environment, StackProps};
use infra_lib::ecr::Repository;
use infra_lib::iam::{Grant, Principal, Role};
use infra_lib::kms::Key;
use infra_lib::logs::LogGroup;
use infra_lib::s3::{Bucket, BucketEncryption};
use infra_lib::secretsmanager::Secret;
use infra_lib::sns::Topic;
use infra_lib::{App, Stack};
use serde_json::json;

use crate::base::findings_of;

const IMPORTED: &str = "arn:aws:iam::111122223333:role/reports";

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(stack, "Role")
}

#[test]
fn adds_permission_to_policy_of_own_role_only() {
    let template = Template::of_stack(|stack| {
        let topic = Topic::builder().build(stack, "Topic");
        topic.grant_publish(&role(stack));
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [{ "Action": "sns:Publish" }] } }] }),
    );
    let policy = template.only("AWS::SNS::TopicPolicy").to_string();
    assert!(!policy.contains("\"Allow\""), "{policy}");
}

#[test]
fn adds_permission_for_service_to_policy_of_resource() {
    let template = Template::of_stack(|stack| {
        let topic = Topic::builder().build(stack, "Topic");
        topic.grant_publish(&Principal::service("events.amazonaws.com"));
    });
    template.has_properties(
        "AWS::SNS::TopicPolicy",
        json!({ "PolicyDocument": { "Statement": [{ "Effect": "Deny" }, {
            "Effect": "Allow",
            "Principal": { "Service": "events.amazonaws.com" },
            "Action": "sns:Publish",
            "Resource": { "Ref": "TopicBFC7AF6E" },
        }] } }),
    );
}

#[test]
fn names_imported_role_in_policies_of_bucket_and_its_key() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let bucket = Bucket::builder()
            .encryption(BucketEncryption::kms(key))
            .build(stack, "Bucket");
        bucket.grant_read(&Role::from_arn(stack, "Imported", IMPORTED));
    });
    let key = template.only("AWS::KMS::Key")["Properties"]["KeyPolicy"]["Statement"]
        .as_array()
        .and_then(|statements| statements.last())
        .cloned();
    assert_eq!(
        key,
        Some(json!({
            "Effect": "Allow", "Principal": { "AWS": IMPORTED }, "Action": "kms:Decrypt", "Resource": "*",
        }))
    );
    let policy = template.only("AWS::S3::BucketPolicy")["Properties"]["PolicyDocument"].to_string();
    assert_eq!(policy.matches(IMPORTED).count(), 2, "{policy}");
}

#[test]
fn creates_policy_of_secret_for_account() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let secret = Secret::builder().encryption_key(key).build(stack, "Secret");
        secret.grant_read(&Principal::account("111122223333"));
        secret.grant_read(&Principal::account("444455556666"));
    });
    template.resource_count("AWS::SecretsManager::ResourcePolicy", 1);
    template.has_properties(
        "AWS::SecretsManager::ResourcePolicy",
        json!({ "ResourcePolicy": { "Statement": [
            { "Action": "secretsmanager:GetSecretValue", "Resource": "*", "Principal": Match::any() },
            { "Action": "secretsmanager:GetSecretValue", "Resource": "*", "Principal": Match::any() },
        ] } }),
    );
}

#[test]
fn omits_resource_element_in_repository_policy() {
    let template = Template::of_stack(|stack| {
        let repository = Repository::builder().build(stack, "Images");
        repository.grant_pull(&Role::from_arn(stack, "Imported", IMPORTED));
    });
    template.has_properties(
        "AWS::ECR::Repository",
        json!({ "RepositoryPolicyText": { "Statement": [{
            "Principal": { "AWS": IMPORTED }, "Resource": Match::absent(),
        }] } }),
    );
}

#[test]
fn adds_permission_to_both_policies_across_accounts() {
    let app = App::new();
    let account = |id: &str, account: &str| {
        let environment = Environment::new(account, "eu-west-1");
        StackProps::new()
            .environment(environment)
            .output_reader_role("arn:aws:iam::444455556666:role/reader")
            .build(&app, id)
    };
    let roles = account("Roles", "111122223333");
    let data = account("Data", "444455556666");
    let role = Role::builder()
        .role_name("reports")
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(roles, "Role");
    let logs = LogGroup::builder().build(data, "Logs");
    logs.grant_write(&role);
    let key = Key::builder().build(data, "Key");
    Grant::to(&role)
        .action("kms:DescribeKey")
        .resource("arn:aws:kms:eu-west-1:444455556666:key/*")
        .on(&key);
    let synthesis = app.synth();
    let impossible: Vec<&str> = synthesis
        .findings()
        .iter()
        .filter(|finding| finding.code.as_str() == "INF4608")
        .filter_map(|finding| finding.path.as_deref())
        .collect();
    assert_eq!(
        impossible,
        ["Data/Logs"],
        "a log group has no policy of its own"
    );
    let key = synthesis
        .stack("Data")
        .and_then(|stack| {
            stack
                .template
                .resources
                .iter()
                .find(|one| one.type_name == "AWS::KMS::Key")
        })
        .map(|key| format!("{:?}", key.properties))
        .unwrap_or_default();
    assert!(key.contains("kms:DescribeKey"), "{key}");
    let role = synthesis
        .stack("Roles")
        .map(|stack| format!("{:?}", stack.template.resources));
    assert!(role.is_some_and(|role| role.contains("kms:DescribeKey")));
}

#[test]
fn reports_grant_to_imported_role_on_resource_without_policy() {
    let found = findings_of(|stack| {
        LogGroup::builder()
            .build(stack, "Logs")
            .grant_write(&Role::from_arn(stack, "Imported", IMPORTED));
    });
    assert!(found.contains("INF4608"), "{found}");
    assert!(found.contains(IMPORTED), "{found}");
}

#[test]
fn orders_construct_after_policies_of_grant() {
    let template = Template::of_stack(|stack| {
        let bucket = Bucket::builder().build(stack, "Bucket");
        let grant = bucket.grant_read(&Role::from_arn(stack, "Imported", IMPORTED));
        let topic = Topic::builder().build(stack, "Topic");
        grant.before(topic);
    });
    let topic = template.only("AWS::SNS::Topic")["DependsOn"].to_string();
    assert!(topic.contains("BucketPolicy"), "{topic}");
}
