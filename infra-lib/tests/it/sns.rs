//! Tests of the constructs in `infra_lib::sns`.

use infra_lib::assertions::Template;
use infra_lib::sns::Topic;
use serde_json::json;

use crate::base::findings_of;

#[test]
fn a_topic_is_encrypted_and_refuses_clear_text() {
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
fn alarms_cannot_publish_to_a_topic_with_the_key_that_aws_manages() {
    insta::assert_snapshot!(findings_of(|stack| {
        Topic::builder().build(stack, "Topic").allow_alarms();
    }));
}

#[test]
fn an_email_subscription_wants_an_address() {
    insta::assert_snapshot!(findings_of(|stack| {
        Topic::builder()
            .build(stack, "Topic")
            .subscribe_email("ops at example.com");
    }));
}
