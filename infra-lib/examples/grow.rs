//! Creates an app of any size, to measure the scaling of synthesis: `grow STACKS RESOURCES_PER_STACK [OUT]`.
//!
//! Resources come in groups of five: a queue, a bucket, a topic, a role, and an inline policy that refers to the others.

use std::path::Path;
use std::process::ExitCode;

use infra_lib::cfn::iam::{self, CfnRoleProps};
use infra_lib::cfn::s3::CfnBucketProps;
use infra_lib::cfn::sns::CfnTopicProps;
use infra_lib::core::assembly;
use infra_lib::{App, CfnResource, Construct, Stack, Value, sub};
use serde_json::json;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).and_then(|text| text.parse::<u32>().ok());
    let (Some(stacks), Some(resources)) = (number(0), number(1)) else {
        return ExitCode::from(2);
    };
    let app = App::new();
    for at in 0..stacks {
        let stack = Stack::new(&app, &format!("Stack{at}"));
        for unit in 0..resources / 5 {
            add_unit(stack, unit);
        }
    }
    let synthesis = app.synth();
    if synthesis.has_errors() {
        return ExitCode::FAILURE;
    }
    match arguments.get(2) {
        Some(out) if assembly::write_assembly(&synthesis, Path::new(out)).is_err() => {
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

fn add_unit(stack: Stack<'_>, unit: u32) {
    let scope = stack.scope().construct(&format!("Unit{unit}"));
    let queue = CfnResource::new(
        scope,
        "Queue",
        "AWS::SQS::Queue",
        json!({ "VisibilityTimeout": 60, "KmsMasterKeyId": "alias/aws/sqs" }),
    );
    let bucket = CfnBucketProps::new().build(scope, "Bucket");
    let topic = CfnTopicProps::new()
        .display_name(sub!["topic of unit ", unit])
        .build(scope, "Topic");
    let trust = json!({
        "Version": "2012-10-17",
        "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": "ecs-tasks.amazonaws.com" } }],
    });
    let role = CfnRoleProps::new(trust).build(scope, "Role");
    let queue_arn: Value<String> = queue.attr_value("Arn");
    let statement = |actions: [&str; 2], resource: Value<String>| {
        let mut statement = infra_lib::core::Map::new();
        statement.insert("Effect", "Allow");
        statement.insert(
            "Action",
            infra_lib::Data::list(actions.map(|action| infra_lib::Data::from(action.to_owned()))),
        );
        statement.insert("Resource", resource);
        infra_lib::Data::Map(statement)
    };
    let document = infra_lib::Data::map([
        ("Version", infra_lib::Data::from("2012-10-17")),
        (
            "Statement",
            infra_lib::Data::list([
                statement(["sqs:SendMessage", "sqs:GetQueueUrl"], queue_arn),
                statement(
                    ["s3:GetObject", "s3:ListBucket"],
                    infra_lib::value(bucket.attr_arn()),
                ),
                statement(
                    ["sns:Publish", "sns:GetTopicAttributes"],
                    infra_lib::value(topic.ref_()),
                ),
            ]),
        ),
    ]);
    iam::CfnRolePolicyProps::new("unit", role.ref_())
        .policy_document(document)
        .build(scope, "Policy");
}
