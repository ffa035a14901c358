//! Tests of the constructs in `infra_lib::kms`.

use infra_lib::assertions::Template;
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::{Alias, Key};
use serde_json::json;

use crate::base::findings_of;

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
        Key::from_arn(stack, "Key", "arn:aws:kms:eu-west-1:111122223333:key/1234")
            .grant_decrypt(&role);
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-west-1:111122223333:key/1234" },
        ] } }] }),
    );
}

#[test]
fn names_existing_key() {
    let key = "arn:aws:kms:eu-west-1:111122223333:key/1";
    let template = Template::of_stack(|stack| {
        Alias::builder()
            .alias_name("alias/shop")
            .key_arn(key)
            .build(stack, "Alias");
    });
    template.has_properties(
        "AWS::KMS::Alias",
        json!({ "AliasName": "alias/shop", "TargetKeyId": key }),
    );
}

#[test]
fn rejects_alias_names_that_kms_rejects() {
    for name in ["shop", "alias/aws/shop", "alias/", "alias/shop:1"] {
        let found = findings_of(|stack| {
            let key = Key::builder().build(stack, "Key");
            Alias::builder()
                .alias_name(name)
                .key_arn(key.arn())
                .build(stack, "Alias");
        });
        assert!(found.contains("[INF4975]"), "{name}: {found}");
        assert!(found.contains(&format!("actual: {name}")), "{found}");
    }
}
