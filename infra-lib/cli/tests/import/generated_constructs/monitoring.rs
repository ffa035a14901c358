//! The stack `Monitoring`: 6 resources, converted by `import-template` from
//! `monitoring.yaml`.
//!
//! Crates: `infra-lib` (features `cloudwatch`, `kms`, `sns`, `sqs`), `serde_json`.

use infra_lib::cfn::{
    cloudwatch::{self, alarm},
    kms, sns, sqs,
};
use infra_lib::kms::Alias as KmsAlias;
use infra_lib::{App, RemovalPolicy, Stack, StackProps, pseudo, sub, value};
use serde_json::json;

/// Adds the stack to the app.
pub fn monitoring(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("An alarm, a dashboard and a budget of messages")
        .build(app, "Monitoring");

    let key = kms::CfnKeyProps::new()
        .enable_key_rotation(true)
        .key_policy(json!({
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {
                        "AWS": { "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root" }
                    },
                    "Action": "kms:*",
                    "Resource": "*"
                }
            ]
        }))
        .build(stack, "Key");
    key.apply_removal_policy(RemovalPolicy::Retain);

    let alias = KmsAlias::builder()
        .alias_name(sub!["alias/", pseudo::stack_name()])
        .key_arn(key.ref_().cast())
        .build(stack, "Alias");
    alias.cfn().override_logical_id("Alias");

    let topic = sns::CfnTopicProps::new()
        .kms_master_key_id(key.ref_())
        .build(stack, "Topic");

    let queue = sqs::CfnQueueProps::new().build(stack, "Queue");
    queue.apply_removal_policy(RemovalPolicy::Destroy);

    cloudwatch::CfnAlarmProps::new()
        .alarm_description("Messages wait for longer than five minutes")
        .alarm_actions([topic.ref_()])
        .comparison_operator(alarm::ComparisonOperator::GREATER_THAN_THRESHOLD)
        .evaluation_periods(3)
        .threshold(300.5)
        .metrics([alarm::MetricDataQuery::new("age")
            .metric_stat(alarm::MetricStat::new(alarm::MetricStatRequired {
                metric: value(
                    alarm::Metric::new()
                        .namespace("AWS/SQS")
                        .metric_name("ApproximateAgeOfOldestMessage")
                        .dimensions([alarm::Dimension::new("QueueName", queue.attr_queue_name())]),
                ),
                period: value(60),
                stat: value("Maximum"),
            }))
            .return_data(true)])
        .build(stack, "Old");

    cloudwatch::CfnDashboardProps::new(sub![
        r#"{"widgets": [{"type": "metric", "width": 12, "height": 6, "properties": {
  "region": ""#,
        pseudo::region(),
        r#"", "title": "Age",
  "metrics": [["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", ""#,
        queue.attr_queue_name(),
        "\"]]}}]}\n",
    ])
    .build(stack, "Dashboard");

    stack
}
