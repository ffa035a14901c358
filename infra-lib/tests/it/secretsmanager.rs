//! Tests of the constructs in `infra_lib::secretsmanager`.

use infra_lib::assertions::{Match, Template};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::secretsmanager::Secret;
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
            .encryption_key(&key)
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
