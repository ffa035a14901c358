//! Tests assertions on the templates.

use infra_lib::App;
use infra_lib::assertions::{Match, Template};
use serde_json::json;

use my_app::{Config, DataPolicy, build};

fn service(data: DataPolicy) -> Template {
    let app = App::new();
    let config = Config {
        environment: "test".to_owned(),
        region: "eu-west-1".to_owned(),
        data,
        preview: None,
    };
    build(&app, &config);
    Template::of(&app.synth(), "Service")
}

#[test]
fn gives_environment_of_contract_to_functions() {
    let template = service(DataPolicy::Keep);
    for variables in [
        json!({ "GREETING": "Hello", "TABLE": Match::any(), "JOBS": Match::any() }),
        json!({ "TABLE": Match::any(), "UPLOADS": Match::any() }),
    ] {
        template.has_properties(
            "AWS::Lambda::Function",
            json!({ "Runtime": "provided.al2023", "Environment": { "Variables": variables } }),
        );
    }
}

#[test]
fn sends_objects_and_tasks_to_queue() {
    let template = service(DataPolicy::Keep);
    template.has_properties(
        "AWS::S3::Bucket",
        json!({
            "NotificationConfiguration": {
                "QueueConfigurations": [{ "Event": "s3:ObjectCreated:*", "Queue": Match::any() }],
            },
        }),
    );
    template.has_properties(
        "AWS::Scheduler::Schedule",
        json!({
            "ScheduleExpression": "rate(1 hour)",
            "Target": { "Arn": Match::any(), "Input": "{\"task\":\"hourly\"}" },
        }),
    );
}

#[test]
fn keeps_failed_messages() {
    let template = service(DataPolicy::Keep);
    template.has_properties(
        "AWS::Lambda::EventSourceMapping",
        json!({ "FunctionResponseTypes": ["ReportBatchItemFailures"] }),
    );
    template.has_properties(
        "AWS::SQS::Queue",
        json!({ "RedrivePolicy": { "deadLetterTargetArn": Match::any(), "maxReceiveCount": 5 } }),
    );
}

#[test]
fn sets_deletion_policy_from_configuration() {
    for (data, policy) in [(DataPolicy::Keep, "Retain"), (DataPolicy::Delete, "Delete")] {
        let template = service(data);
        for kind in ["AWS::DynamoDB::Table", "AWS::S3::Bucket"] {
            template.has_resource(kind, json!({ "DeletionPolicy": policy }));
        }
    }
}
