//! Tests of the constructs in `infra_lib::secretsmanager`.

use infra_lib::assertions::{Match, Template};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::secretsmanager::Secret;
use infra_lib::{Duration, Stack};
use serde_json::json;

use crate::base::findings_of;

#[test]
fn generates_and_retains_secret_outside_template() {
    let template = Template::of_stack(|stack| {
        Secret::builder().build(stack, "Secret");
    });
    template.has_resource(
        "AWS::SecretsManager::Secret",
        json!({
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {
                "Name": Match::absent(),
                "SecretString": Match::absent(),
                "GenerateSecretString": { "PasswordLength": 32, "ExcludePunctuation": true, "RequireEachIncludedType": true },
            },
        }),
    );
}

#[test]
fn adds_generated_password_to_json_fields() {
    let template = Template::of_stack(|stack| {
        Secret::builder()
            .field("username", "no\"tes")
            .build(stack, "Secret");
    });
    template.has_properties(
        "AWS::SecretsManager::Secret",
        json!({ "GenerateSecretString": {
            "SecretStringTemplate": "{\"username\":\"no\\\"tes\"}", "GenerateStringKey": "password",
        } }),
    );
}

#[test]
fn grants_decryption_to_readers_of_encrypted_secret() {
    let template = Template::of_stack(|stack| {
        let role = Role::builder()
            .assumed_by(Principal::this_account())
            .build(stack, "Role");
        let key = Key::builder().build(stack, "Key");
        Secret::builder()
            .encryption_key(key)
            .build(stack, "Secret")
            .grant_read(&role);
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Action": "secretsmanager:GetSecretValue" },
            { "Action": "kms:Decrypt", "Resource": { "Fn::GetAtt": ["Key961B73FD", "Arn"] } },
        ] } }] }),
    );
}

#[test]
fn rejects_value_of_generated_field() {
    insta::assert_snapshot!(findings_of(|stack| {
        Secret::builder()
            .field("password", "hunter2")
            .build(stack, "Secret");
    }));
}

fn rotator(stack: Stack<'_>) -> Function<'_> {
    Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => {};"))
        .build(stack, "Rotate")
}

#[test]
fn rotates_secret_with_function() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let secret = Secret::builder().encryption_key(key).build(stack, "Secret");
        secret.rotate_with(&rotator(stack), Duration::days(30));
    });
    let (permission, _) = template.resources("AWS::Lambda::Permission")[0];
    template.has_resource(
        "AWS::SecretsManager::RotationSchedule",
        json!({
            "DependsOn": [permission],
            "Properties": {
                "SecretId": { "Ref": Match::any() },
                "RotationLambdaARN": { "Fn::GetAtt": [Match::any(), "Arn"] },
                "RotationRules": { "AutomaticallyAfterDays": 30 },
            },
        }),
    );
    template.has_properties(
        "AWS::Lambda::Permission",
        json!({
            "Principal": "secretsmanager.amazonaws.com",
            "SourceAccount": { "Ref": "AWS::AccountId" },
        }),
    );
    let role = template.only("AWS::IAM::Role").to_string();
    for action in [
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecretVersionStage",
        "secretsmanager:GetRandomPassword",
        "kms:GenerateDataKey*",
    ] {
        assert!(role.contains(action), "{action}: {role}");
    }
}

#[test]
fn rotates_secret_by_hours() {
    let template = Template::of_stack(|stack| {
        let secret = Secret::builder().build(stack, "Secret");
        secret.rotate_with(&rotator(stack), Duration::hours(4));
    });
    template.has_properties(
        "AWS::SecretsManager::RotationSchedule",
        json!({ "RotationRules": { "ScheduleExpression": "rate(4 hours)" } }),
    );
}

#[test]
fn rejects_interval_that_secrets_manager_rejects() {
    for (interval, actual) in [
        (Duration::hours(3), "3 hours"),
        (Duration::hours(30), "30 hours"),
        (Duration::days(1_001), "1001 days"),
        (Duration::minutes(301), "301 minutes"),
    ] {
        let found = findings_of(|stack| {
            let secret = Secret::builder().build(stack, "Secret");
            secret.rotate_with(&rotator(stack), interval);
        });
        assert!(found.contains("[INF4974]"), "{found}");
        assert!(found.contains(&format!("actual: {actual}")), "{found}");
        assert_eq!(found.matches("[INF").count(), 1, "{found}");
    }
}

#[test]
fn copies_secret_to_other_regions() {
    let key = "arn:aws:kms:eu-central-1:111122223333:key/1";
    let template = Template::of_stack(|stack| {
        Secret::builder()
            .replica("eu-west-3")
            .replica_with_key("eu-central-1", key)
            .build(stack, "Secret");
    });
    template.has_properties(
        "AWS::SecretsManager::Secret",
        json!({ "ReplicaRegions": [
            { "Region": "eu-west-3", "KmsKeyId": Match::absent() },
            { "Region": "eu-central-1", "KmsKeyId": key },
        ] }),
    );
}
