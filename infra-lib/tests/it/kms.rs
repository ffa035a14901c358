//! Tests of the constructs in `infra_lib::kms`.

use infra_lib::assertions::Template;
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use serde_json::json;

#[test]
fn defaults_to_rotated_retained_key_of_account() {
    let template = Template::of_stack(|stack| {
        Key::builder().build(stack, "Key");
    });
    insta::assert_snapshot!(serde_json::to_string_pretty(template.json()).expect("JSON"));
}

#[test]
fn allows_event_bridge_without_source_account() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        key.allow_service("events.amazonaws.com");
        key.allow_service("cloudwatch.amazonaws.com");
    });
    let statements = &template.only("AWS::KMS::Key")["Properties"]["KeyPolicy"]["Statement"];
    assert_eq!(statements[2]["Condition"], json!(null));
    assert_eq!(
        statements[3]["Condition"]["StringEquals"],
        json!({ "aws:SourceAccount": { "Ref": "AWS::AccountId" } })
    );
}

#[test]
fn adds_grant_of_imported_key_to_role() {
    let template = Template::of_stack(|stack| {
        let role = Role::builder()
            .assumed_by(Principal::this_account())
            .build(stack, "Role");
        Key::from_arn("arn:aws:kms:eu-west-1:111122223333:key/1234").grant_decrypt(&role);
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-west-1:111122223333:key/1234" },
        ] } }] }),
    );
}
