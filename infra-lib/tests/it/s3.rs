//! Tests of the constructs in `infra_lib::s3`.

use infra_lib::assertions::{Match, Template};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::kms::Key;
use infra_lib::s3::{
    AccessLogs, Bucket, BucketEncryption, BucketName, BucketNameError, LifecycleRule,
    NoncurrentVersions, ReleaseLog, Versioning,
};
use infra_lib::{App, Duration, RemovalPolicy, Stack, bucket_name, core::render, pseudo, sub};
use serde_json::json;

fn pretty(template: &Template) -> String {
    serde_json::to_string_pretty(template.json()).unwrap()
}

/// Returns the findings about an app whose only stack `build` fills, rendered as for users.
fn findings(build: impl for<'app> FnOnce(Stack<'app>)) -> String {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    app.synth()
        .findings()
        .iter()
        .map(render)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn renders_private_encrypted_versioned_retained_bucket() {
    let template = Template::of_stack(|stack| {
        Bucket::builder().build(stack, "Exports");
    });
    insta::assert_snapshot!(pretty(&template));
}

#[test]
fn allows_log_delivery_to_log_bucket() {
    let template = Template::of_stack(|stack| {
        let logs = Bucket::log_bucket(Duration::days(90)).build(stack, "Logs");
        Bucket::builder()
            .access_logs(AccessLogs::to(logs).prefix("exports/"))
            .build(stack, "Exports");
        logs.accept_load_balancer_logs("alb");
        logs.accept_delivered_logs("cloudfront/");
    });
    insta::assert_snapshot!(pretty(&template));
}

#[test]
fn renders_chosen_name_lifecycle_and_removal_policy() {
    let template = Template::of_stack(|stack| {
        Bucket::builder()
            .bucket_name(bucket_name!("notes-exports"))
            .versioning(Versioning::Off)
            .noncurrent_versions(NoncurrentVersions::Keep)
            .lifecycle_rule(
                LifecycleRule::new("old")
                    .prefix("exports/")
                    .expire_after(Duration::days(30)),
            )
            .removal_policy(RemovalPolicy::Destroy)
            .build(stack, "Exports");
    });
    template.has_resource(
        "AWS::S3::Bucket",
        json!({
            "DeletionPolicy": "Delete",
            "UpdateReplacePolicy": "Delete",
            "Properties": {
                "BucketName": "notes-exports",
                "VersioningConfiguration": Match::absent(),
                "LifecycleConfiguration": { "Rules": Match::list_with(json!([{ "Id": "old", "Prefix": "exports/", "ExpirationInDays": 30 }])) },
            },
        }),
    );
}

#[test]
fn collects_statements_in_one_bucket_policy() {
    let template = Template::of_stack(|stack| {
        let bucket = Bucket::builder().build(stack, "Exports");
        bucket.add_to_policy(
            Statement::allow()
                .principal(Principal::service("cloudtrail.amazonaws.com"))
                .action("s3:GetBucketAcl")
                .resource(bucket.arn()),
        );
    });
    template.resource_count("AWS::S3::BucketPolicy", 1);
    template.has_properties(
        "AWS::S3::BucketPolicy",
        json!({ "PolicyDocument": { "Statement": Match::list_with(json!([{ "Effect": "Deny" }, { "Action": "s3:GetBucketAcl" }])) } }),
    );
}

#[test]
fn limits_grants_to_their_actions() {
    let template = Template::of_stack(|stack| {
        let bucket = Bucket::builder().build(stack, "Exports");
        let role = |id| {
            Role::builder()
                .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
                .build(stack, id)
        };
        bucket.grant_read(&role("Reader"));
        bucket.grant_write(&role("Writer"));
        bucket.grant_read_write(&role("Both"));
        bucket.grant_put(&role("Putter"));
        bucket.grant_delete(&role("Cleaner"));
    });
    let policies: Vec<_> = template
        .resources("AWS::IAM::Role")
        .into_iter()
        .map(|(id, role)| {
            let statements = role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]
                .as_array()
                .unwrap();
            format!(
                "{id}: {}",
                statements
                    .iter()
                    .map(|s| s["Action"].to_string())
                    .collect::<Vec<_>>()
                    .join(" ")
            )
        })
        .collect();
    insta::assert_snapshot!(policies.join("\n"));
}

/// Deployments find the release log only by the name of this output.
#[test]
fn renders_release_log_bucket_with_output() {
    let template = Template::of_stack(|stack| {
        ReleaseLog::builder().build(stack, "Releases");
    });
    insta::assert_snapshot!(pretty(&template));
}

#[test]
fn writes_access_logs_of_release_log() {
    let template = Template::of_stack(|stack| {
        let logs = Bucket::log_bucket(Duration::days(90)).build(stack, "Logs");
        let releases = ReleaseLog::builder()
            .access_logs(AccessLogs::to(logs).prefix("releases/"))
            .build(stack, "Releases");
        let role = Role::builder()
            .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
            .build(stack, "Role");
        releases.bucket().grant_read(&role);
    });
    template.has_properties(
        "AWS::S3::Bucket",
        json!({ "LoggingConfiguration": { "LogFilePrefix": "releases/" } }),
    );
    template.resource_count("AWS::S3::Bucket", 2);
}

#[test]
fn reports_kms_log_bucket_of_release_log() {
    insta::assert_snapshot!(findings(|stack| {
        let key = Key::builder().build(stack, "Key");
        let logs = Bucket::log_bucket(Duration::days(90))
            .encryption(BucketEncryption::kms(key))
            .build(stack, "Logs");
        ReleaseLog::builder()
            .access_logs(AccessLogs::to(logs))
            .build(stack, "Releases");
    }));
}

#[test]
fn rejects_invalid_bucket_names() {
    for (name, expected) in [
        ("notes-exports", Ok(())),
        ("Notes", Err(BucketNameError::Character('N'))),
        ("notes.exports", Err(BucketNameError::Character('.'))),
        ("no", Err(BucketNameError::Length)),
        ("-notes", Err(BucketNameError::Edge)),
        ("xn--notes", Err(BucketNameError::Reserved("xn--"))),
        ("notes--x-s3", Err(BucketNameError::Reserved("--x-s3"))),
    ] {
        assert_eq!(name.parse::<BucketName>().map(|_| ()), expected, "{name}");
    }
}

#[test]
fn reports_upper_case_in_deferred_bucket_name() {
    insta::assert_snapshot!(findings(|stack| {
        Bucket::builder()
            .bucket_name(sub!["Notes-", pseudo::account_id()])
            .build(stack, "Exports");
    }));
}

#[test]
fn reports_statement_for_imported_bucket() {
    insta::assert_snapshot!(findings(|stack| {
        let bucket = Bucket::from_bucket_name(stack, "Shared", "shared-logs", None);
        bucket.accept_s3_access_logs("");
        Bucket::builder().build(stack, "Exports");
    }));
}

#[test]
fn reports_lifecycle_age_in_partial_days() {
    insta::assert_snapshot!(findings(|stack| {
        Bucket::log_bucket(Duration::hours(36)).build(stack, "Logs");
    }));
}

#[test]
fn reports_log_bucket_with_kms_key() {
    insta::assert_snapshot!(findings(|stack| {
        let key = Key::builder().build(stack, "Key");
        let logs = Bucket::log_bucket(Duration::days(90))
            .encryption(BucketEncryption::kms(key))
            .build(stack, "Logs");
        logs.accept_load_balancer_logs("");
    }));
}
