//! Tests of the constructs in `infra_lib::sns`.

use infra_lib::assertions::Template;
use infra_lib::sns::Topic;
use serde_json::json;

use crate::base::findings_of;

#[test]
fn encrypts_topic_and_denies_clear_text() {
    let template = Template::of_stack(|stack| {
        Topic::builder().build(stack, "Topic");
    });
    template.has_properties(
        "AWS::SNS::Topic",
        json!({ "KmsMasterKeyId": "alias/aws/sns" }),
    );
    template.has_properties(
        "AWS::SNS::TopicPolicy",
        json!({ "PolicyDocument": { "Statement": [{
            "Sid": "RequireTls", "Effect": "Deny", "Principal": { "AWS": "*" }, "Action": "sns:Publish",
            "Condition": { "Bool": { "aws:SecureTransport": "false" } },
        }] } }),
    );
}

#[test]
fn rejects_alarms_for_topic_with_aws_managed_key() {
    insta::assert_snapshot!(findings_of(|stack| {
        Topic::builder().build(stack, "Topic").allow_alarms();
    }));
}

#[test]
fn rejects_invalid_email_address() {
    insta::assert_snapshot!(findings_of(|stack| {
        Topic::builder()
            .build(stack, "Topic")
            .subscribe_email("ops at example.com");
    }));
}
