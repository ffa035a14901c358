//! Tests of the constructs in `infra_lib::secretsmanager`.

use infra_lib::assertions::{Match, Template};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::secretsmanager::Secret;
use serde_json::json;

use crate::base::findings_of;

#[test]
fn a_secret_is_generated_kept_and_never_in_the_template() {
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
fn fields_make_it_json_with_a_generated_password() {
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
fn readers_of_a_secret_with_a_key_of_its_own_may_decrypt() {
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
fn the_text_of_the_generated_field_cannot_be_given() {
    insta::assert_snapshot!(findings_of(|stack| {
        Secret::builder()
            .field("password", "hunter2")
            .build(stack, "Secret");
    }));
}
