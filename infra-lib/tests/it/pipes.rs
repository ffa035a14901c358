//! Tests of the constructs in `infra_lib::pipes`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::dynamodb::{Attribute, StreamView, Table};
use infra_lib::events::EventBus;
use infra_lib::kinesis::{Stream, StreamEncryption};
use infra_lib::kinesisfirehose::DeliveryStream;
use infra_lib::kms::Key;
use infra_lib::logs::LogGroup;
use infra_lib::pipes::{
    Pipe, PipeLogDestination, PipeLogLevel, PipeSource, PipeState, PipeTarget, StartFrom,
};
use infra_lib::s3::Bucket;
use infra_lib::sqs::{FifoQueue, Queue, QueueEncryption};
use infra_lib::stepfunctions::{Definition, Pass, StateMachine};
use infra_lib::{Duration, Stack};
use serde_json::json;

use crate::base::findings_of;

const FUNCTION: &str = "arn:aws:lambda:eu-west-1:111122223333:function:charge";

fn build(stack: Stack<'_>, source: PipeSource, target: PipeTarget) -> Pipe<'_> {
    Pipe::builder()
        .source(source)
        .target(target)
        .build(stack, "Pipe")
}

fn role(template: &Template) -> String {
    let roles = template.resources("AWS::IAM::Role");
    let own = roles.iter().find(|(id, _)| id.starts_with("PipeRole"));
    own.unwrap().1.to_string()
}

#[test]
fn passes_messages_with_least_permissions_and_error_log() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let orders = Queue::builder()
            .encryption(QueueEncryption::key(key))
            .build(stack, "Orders");
        let copies = Queue::builder().build(stack, "Copies");
        build(
            stack,
            PipeSource::from_queue(&orders),
            PipeTarget::to_queue(&copies),
        );
    });
    template.has_properties(
        "AWS::Pipes::Pipe",
        json!({
            "Name": Match::absent(),
            "Source": { "Fn::GetAtt": [Match::any(), "Arn"] },
            "SourceParameters": Match::absent(),
            "Target": { "Fn::GetAtt": [Match::any(), "Arn"] },
            "TargetParameters": Match::absent(),
            "Enrichment": Match::absent(),
            "DesiredState": "RUNNING",
            "LogConfiguration": {
                "Level": "ERROR",
                "IncludeExecutionData": Match::absent(),
                "CloudwatchLogsLogDestination": { "LogGroupArn": { "Fn::GetAtt": [Match::any(), "Arn"] } },
            },
        }),
    );
    template.has_properties("AWS::Logs::LogGroup", json!({ "RetentionInDays": 30 }));
    let role = role(&template);
    for text in [
        "pipes.amazonaws.com",
        "aws:SourceAccount",
        "sqs:ReceiveMessage",
        "sqs:SendMessage",
        "kms:Decrypt",
    ] {
        assert!(role.contains(text), "{text} in {role}");
    }
    assert!(!role.contains("kms:GenerateDataKey"), "{role}");
}

#[test]
fn writes_every_option_of_pipe() {
    let template = Template::of_stack(|stack| {
        let logs = LogGroup::builder().build(stack, "Logs");
        let orders = FifoQueue::builder().build(stack, "Orders");
        Pipe::builder()
            .source(
                PipeSource::from_fifo_queue(&orders)
                    .batch_size(5)
                    .batching_window(Duration::seconds(30)),
            )
            .filter(json!({ "body": { "kind": ["order"] } }))
            .filter(json!({ "body": { "kind": ["return"] } }))
            .enrichment(FUNCTION)
            .target(PipeTarget::to_function(FUNCTION).input_template(r#"{"id": <$.id>}"#))
            .pipe_name("orders")
            .description("orders and returns")
            .state(PipeState::Stopped)
            .log_group(logs)
            .build(stack, "Pipe");
    });
    template.resource_count("AWS::Logs::LogGroup", 1);
    template.has_properties(
        "AWS::Pipes::Pipe",
        json!({
            "Name": "orders",
            "Description": "orders and returns",
            "DesiredState": "STOPPED",
            "Enrichment": FUNCTION,
            "SourceParameters": {
                "FilterCriteria": { "Filters": [
                    { "Pattern": r#"{"body":{"kind":["order"]}}"# },
                    { "Pattern": r#"{"body":{"kind":["return"]}}"# },
                ] },
                "SqsQueueParameters": { "BatchSize": 5, "MaximumBatchingWindowInSeconds": 30 },
            },
            "Target": FUNCTION,
            "TargetParameters": { "InputTemplate": r#"{"id": <$.id>}"# },
        }),
    );
    assert!(role(&template).contains("lambda:InvokeFunction"));
}

#[test]
fn reads_data_stream_and_starts_machine() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let clicks = Stream::builder()
            .encryption(StreamEncryption::key(key))
            .build(stack, "Clicks");
        let machine = StateMachine::builder()
            .definition(Definition::new(Pass::new("Hello")))
            .build(stack, "Machine");
        build(
            stack,
            PipeSource::from_stream(&clicks, StartFrom::Latest)
                .parameter("MaximumRetryAttempts", 3),
            PipeTarget::to_state_machine(machine),
        );
    });
    template.has_properties(
        "AWS::Pipes::Pipe",
        json!({
            "SourceParameters": { "KinesisStreamParameters": { "StartingPosition": "LATEST", "MaximumRetryAttempts": 3 } },
            "TargetParameters": { "StepFunctionStateMachineParameters": { "InvocationType": "FIRE_AND_FORGET" } },
        }),
    );
    let role = role(&template);
    for text in ["kinesis:GetRecords", "kms:Decrypt", "states:StartExecution"] {
        assert!(role.contains(text), "{text} in {role}");
    }
}

#[test]
fn reads_changes_of_table_and_publishes_or_puts_them() {
    let template = Template::of_stack(|stack| {
        let plain = Table::builder()
            .partition_key(Attribute::string("id"))
            .build(stack, "Plain");
        assert!(PipeSource::from_table(&plain, StartFrom::Latest).is_none());
        let table = Table::builder()
            .partition_key(Attribute::string("id"))
            .stream(StreamView::NewImage)
            .build(stack, "Table");
        let source = PipeSource::from_table(&table, StartFrom::TrimHorizon).unwrap();
        let bus = EventBus::from_name("shop");
        build(
            stack,
            source.clone(),
            PipeTarget::to_event_bus(&bus, "shop", "Change"),
        );
        let copies = Stream::builder().build(stack, "Copies");
        Pipe::builder()
            .source(source)
            .target(PipeTarget::to_stream(&copies, "$.eventID"))
            .build(stack, "Copy");
    });
    template.has_properties(
        "AWS::Pipes::Pipe",
        json!({
            "Source": { "Fn::GetAtt": [Match::any(), "StreamArn"] },
            "SourceParameters": { "DynamoDBStreamParameters": { "StartingPosition": "TRIM_HORIZON" } },
            "TargetParameters": { "EventBridgeEventBusParameters": { "DetailType": "Change", "Source": "shop" } },
        }),
    );
    template.has_properties(
        "AWS::Pipes::Pipe",
        json!({ "TargetParameters": { "KinesisStreamParameters": { "PartitionKey": "$.eventID" } } }),
    );
    let role = role(&template);
    assert!(
        role.contains("dynamodb:GetRecords") && role.contains("events:PutEvents"),
        "{role}"
    );
}

#[test]
fn names_pipe_in_metrics() {
    let template = Template::of_stack(|stack| {
        let orders = Queue::builder().build(stack, "Orders");
        let pipe = build(
            stack,
            PipeSource::from_queue(&orders),
            PipeTarget::to_function(FUNCTION),
        );
        Alarm::builder()
            .metric(pipe.metric_execution_failed())
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(0)
            .evaluation_periods(1)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "Failures");
    });
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({
            "Namespace": "AWS/EventBridge/Pipes",
            "MetricName": "ExecutionFailed",
            "Dimensions": [{ "Name": "PipeName", "Value": { "Ref": Match::any() } }],
        }),
    );
}

#[test]
fn logs_to_bucket_and_delivery_stream_and_encrypts_with_key() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let bucket = Bucket::builder().build(stack, "Bucket");
        let delivery = DeliveryStream::builder()
            .bucket(bucket)
            .build(stack, "Delivery");
        let orders = Queue::builder().build(stack, "Orders");
        let copies = Queue::builder().build(stack, "Copies");
        Pipe::builder()
            .source(PipeSource::from_queue(&orders))
            .target(PipeTarget::to_queue(&copies))
            .log_level(PipeLogLevel::Trace)
            .execution_data(true)
            .log_destination(PipeLogDestination::bucket(&bucket, "pipes/"))
            .log_destination(PipeLogDestination::delivery_stream(&delivery))
            .encryption_key(key)
            .build(stack, "Pipe");
    });
    template.has_properties(
        "AWS::Pipes::Pipe",
        json!({
            "KmsKeyIdentifier": { "Fn::GetAtt": [Match::any(), "Arn"] },
            "LogConfiguration": {
                "Level": "TRACE",
                "IncludeExecutionData": ["ALL"],
                "CloudwatchLogsLogDestination": Match::any(),
                "FirehoseLogDestination": { "DeliveryStreamArn": { "Fn::GetAtt": [Match::any(), "Arn"] } },
                "S3LogDestination": {
                    "BucketName": { "Ref": Match::any() },
                    "BucketOwner": { "Ref": "AWS::AccountId" },
                    "OutputFormat": "json",
                    "Prefix": "pipes/",
                },
            },
        }),
    );
    let role = role(&template);
    for text in [
        "firehose:PutRecordBatch",
        "s3:PutObject",
        "/pipes/*",
        "kms:DescribeKey",
    ] {
        assert!(role.contains(text), "{text} in {role}");
    }
}

#[test]
fn keeps_failed_records_of_stream_in_dead_letter_queue() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let failed = Queue::builder()
            .encryption(QueueEncryption::key(key))
            .build(stack, "Failed");
        let clicks = Stream::builder().build(stack, "Clicks");
        let copies = Queue::builder().build(stack, "Copies");
        let source = PipeSource::from_stream(&clicks, StartFrom::Latest).dead_letter_queue(&failed);
        build(stack, source, PipeTarget::to_queue(&copies));
    });
    template.has_properties(
        "AWS::Pipes::Pipe",
        json!({ "SourceParameters": { "KinesisStreamParameters": {
            "DeadLetterConfig": { "Arn": { "Fn::GetAtt": [Match::any(), "Arn"] } },
        } } }),
    );
    let role = role(&template);
    let queues = r#""sqs:SendMessage","Resource":[{"Fn::GetAtt":["Failed"#;
    assert!(role.contains(queues), "{role}");
    assert!(role.contains("kms:GenerateDataKey*"), "{role}");
}

#[test]
fn reports_dead_letter_queue_of_pipe_that_reads_queue() {
    let found = findings_of(|stack| {
        let orders = Queue::builder().build(stack, "Orders");
        let copies = Queue::builder().build(stack, "Copies");
        let source = PipeSource::from_queue(&orders).dead_letter_queue(&copies);
        build(stack, source, PipeTarget::to_queue(&copies));
    });
    assert_eq!(found.matches("error[INF4958]").count(), 1, "{found}");
    assert!(
        found.contains("DeadLetterQueue::new(&failed, 5)"),
        "{found}"
    );
}
