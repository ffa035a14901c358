//! Tests of the constructs in `infra_lib::pipes`.

use infra_lib::apigateway::{RestApi, RestIntegration};
use infra_lib::apigatewayv2::HttpMethod;
use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
use infra_lib::dynamodb::{Attribute, GlobalTable, StreamView, Table};
use infra_lib::events::{ApiDestination, Connection, ConnectionAuthorization, EventBus};
use infra_lib::kinesis::{AsStream as _, Stream, StreamEncryption};
use infra_lib::kinesisfirehose::DeliveryStream;
use infra_lib::kms::Key;
use infra_lib::logs::LogGroup;
use infra_lib::pipes::{
    Pipe, PipeLogDestination, PipeLogLevel, PipeSource, PipeState, PipeTarget, StartFrom,
};
use infra_lib::s3::Bucket;
use infra_lib::secretsmanager::Secret;
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::sqs::{FifoQueue, Queue, QueueEncryption};
use infra_lib::stepfunctions::{Definition, Pass, StateMachine};
use infra_lib::{Duration, Stack};
use serde_json::json;

use crate::base::findings_of;
use crate::ecs::nightly_task;

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

const STREAM: &str = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks";

#[test]
fn reads_and_writes_imported_stream() {
    let template = Template::of_stack(|stack| {
        let stream = Stream::from_arn(STREAM);
        build(
            stack,
            PipeSource::from_stream(&stream, StartFrom::TrimHorizon),
            PipeTarget::to_stream(&stream.as_stream(), "$.partitionKey"),
        );
    });
    template.has_properties(
        "AWS::Pipes::Pipe",
        json!({
            "Source": STREAM,
            "SourceParameters": { "KinesisStreamParameters": { "StartingPosition": "TRIM_HORIZON" } },
            "Target": STREAM,
            "TargetParameters": { "KinesisStreamParameters": { "PartitionKey": "$.partitionKey" } },
        }),
    );
    let role = role(&template);
    for action in ["kinesis:GetRecords", "kinesis:PutRecord"] {
        assert!(role.contains(action), "{action} in {role}");
    }
    assert!(!role.contains("kms:"), "{role}");
}

#[test]
fn reads_changes_of_global_and_imported_table() {
    const ARN: &str = "arn:aws:dynamodb:eu-west-1:111122223333:table/notes";
    const CHANGES: &str =
        "arn:aws:dynamodb:eu-west-1:111122223333:table/notes/stream/2026-05-11T21:21:33.291";
    let template = Template::of_stack(|stack| {
        let imported = Table::from_arn(ARN);
        assert!(PipeSource::from_table(&imported, StartFrom::Latest).is_none());
        let imported = imported.with_stream_arn(CHANGES);
        let global = GlobalTable::builder()
            .partition_key(Attribute::string("id"))
            .stream(StreamView::NewImage)
            .build(stack, "Global");
        let copies = Queue::builder().build(stack, "Copies");
        let sources = [
            PipeSource::from_table(&imported, StartFrom::Latest),
            PipeSource::from_table(&global, StartFrom::Latest),
        ];
        for (id, source) in ["Imported", "Own"].into_iter().zip(sources) {
            Pipe::builder()
                .source(source.unwrap())
                .target(PipeTarget::to_queue(&copies))
                .build(stack, id);
        }
    });
    for source in [
        json!(CHANGES),
        json!({ "Fn::GetAtt": [Match::string_like("Global*"), "StreamArn"] }),
    ] {
        template.has_properties(
            "AWS::Pipes::Pipe",
            json!({
                "Source": source,
                "SourceParameters": { "DynamoDBStreamParameters": { "StartingPosition": "LATEST" } },
            }),
        );
        template.has_properties(
            "AWS::IAM::Role",
            json!({ "Policies": [{ "PolicyDocument": { "Statement": Match::list_with(json!([
                {
                    "Action": ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
                    "Resource": source,
                },
                { "Action": "dynamodb:ListStreams", "Resource": "*" },
            ])) } }] }),
        );
    }
}

/// Returns the pipe from a queue to a target, and the text of its role.
fn piped_to(target: impl FnOnce(Stack<'_>) -> PipeTarget) -> (Template, String) {
    let template = Template::of_stack(|stack| {
        let orders = Queue::builder().build(stack, "Orders");
        build(stack, PipeSource::from_queue(&orders), target(stack));
    });
    let role = role(&template);
    (template, role)
}

#[test]
fn delivers_to_delivery_streams_and_topics() {
    const DELIVERY: &str = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/clicks";
    const TOPIC: &str = "arn:aws:sns:eu-west-1:111122223333:orders";
    let (template, own) = piped_to(|stack| {
        let bucket = Bucket::builder().build(stack, "Bucket");
        let delivery = DeliveryStream::builder()
            .bucket(bucket)
            .build(stack, "Delivery");
        PipeTarget::to_delivery_stream(&delivery)
    });
    template.has_properties(
        "AWS::Pipes::Pipe",
        json!({
            "Target": { "Fn::GetAtt": [Match::string_like("Delivery*"), "Arn"] },
            "TargetParameters": Match::absent(),
        }),
    );
    let put = r#""Action":["firehose:PutRecord","firehose:PutRecordBatch"],"Resource":"#;
    assert!(own.contains(put), "{own}");
    let (_, imported) =
        piped_to(|_| PipeTarget::to_delivery_stream(&DeliveryStream::from_arn(DELIVERY)));
    assert!(
        imported.contains(&format!("{put}\"{DELIVERY}\"")),
        "{imported}"
    );
    let (_, own) = piped_to(|stack| {
        let key = Key::builder().build(stack, "Key");
        let topic = Topic::builder()
            .encryption(TopicEncryption::key(key))
            .build(stack, "Topic");
        PipeTarget::to_topic(&topic)
    });
    assert!(
        own.contains("sns:Publish") && own.contains("kms:GenerateDataKey*"),
        "{own}"
    );
    let (template, imported) = piped_to(|_| PipeTarget::to_imported_topic(&Topic::from_arn(TOPIC)));
    template.has_properties("AWS::Pipes::Pipe", json!({ "Target": TOPIC }));
    assert!(
        imported.contains("sns:Publish") && !imported.contains("kms:"),
        "{imported}"
    );
}

#[test]
fn writes_to_log_group_and_calls_api_destination_and_rest_api() {
    let (template, role) = piped_to(|stack| {
        PipeTarget::to_log_group(&LogGroup::builder().build(stack, "Copies")).parameters(
            "CloudWatchLogsParameters",
            json!({ "LogStreamName": "orders" }),
        )
    });
    let target = template.only("AWS::Pipes::Pipe")["Properties"]["Target"].to_string();
    assert!(
        target.contains(":log-group:") && !target.contains(":*"),
        "{target}"
    );
    assert!(role.contains(r#"{"Fn::GetAtt":["Copies"#), "{role}");

    let (template, role) = piped_to(|stack| {
        let key = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:partner-AbCdEf";
        let partner = Connection::builder()
            .authorization(ConnectionAuthorization::api_key(
                "X-Api-Key",
                Secret::from_arn(key).text(),
            ))
            .build(stack, "Partner");
        let destination = ApiDestination::of(&partner)
            .endpoint("https://api.example.com/orders")
            .build(stack, "Api");
        PipeTarget::to_api_destination(&destination).parameters(
            "HttpParameters",
            json!({ "HeaderParameters": { "x-id": "$.body.id" } }),
        )
    });
    template.has_properties(
        "AWS::Pipes::Pipe",
        json!({
            "Target": { "Fn::GetAtt": [Match::string_like("Api*"), "Arn"] },
            "TargetParameters": { "HttpParameters": { "HeaderParameters": { "x-id": "$.body.id" } } },
        }),
    );
    assert!(role.contains("events:InvokeApiDestination"), "{role}");

    let (template, role) = piped_to(|stack| {
        let api = RestApi::builder().build(stack, "Api");
        api.root()
            .add_method(HttpMethod::Post, &RestIntegration::mock(200));
        PipeTarget::to_rest_method(&api.stage(), "POST", "/")
    });
    let target = template.only("AWS::Pipes::Pipe")["Properties"]["Target"].to_string();
    assert!(
        target.contains(":execute-api:") && target.contains("/POST/"),
        "{target}"
    );
    assert!(
        role.contains("execute-api:Invoke") && role.contains(&target),
        "{role}"
    );
}

#[test]
fn starts_task_with_permission_to_pass_its_roles() {
    let (template, role) = piped_to(|stack| PipeTarget::to_task(&nightly_task(stack)));
    template.has_properties(
        "AWS::Pipes::Pipe",
        json!({
            "Target": { "Fn::GetAtt": [Match::string_like("Cluster*"), "Arn"] },
            "TargetParameters": { "EcsTaskParameters": {
                "LaunchType": "FARGATE",
                "NetworkConfiguration": { "AwsvpcConfiguration": { "AssignPublicIp": "DISABLED" } },
                "TaskCount": 2,
                "TaskDefinitionArn": { "Ref": Match::any() },
            } },
        }),
    );
    assert!(
        role.contains("ecs:RunTask") && role.contains("iam:PassRole"),
        "{role}"
    );
}

#[test]
fn submits_jobs_and_starts_pipelines() {
    const QUEUE: &str = "arn:aws:batch:eu-west-1:111122223333:job-queue/reports";
    const DEFINITION: &str = "arn:aws:batch:eu-west-1:111122223333:job-definition/report:3";
    const TRAINING: &str = "arn:aws:sagemaker:eu-west-1:111122223333:pipeline/training";
    let (template, role) = piped_to(|_| PipeTarget::to_job_queue(QUEUE, DEFINITION, "$.body.id"));
    template.has_properties(
        "AWS::Pipes::Pipe",
        json!({
            "Target": QUEUE,
            "TargetParameters": { "BatchJobParameters": { "JobDefinition": DEFINITION, "JobName": "$.body.id" } },
        }),
    );
    let submit = format!(
        r#""Action":"batch:SubmitJob","Effect":"Allow","Resource":["{QUEUE}","{DEFINITION}"]"#
    );
    let ordered = format!(r#""Action":"batch:SubmitJob","Resource":["{QUEUE}","{DEFINITION}"]"#);
    assert!(role.contains(&submit) || role.contains(&ordered), "{role}");
    let (template, role) = piped_to(|_| PipeTarget::to_pipeline(TRAINING));
    template.has_properties("AWS::Pipes::Pipe", json!({ "Target": TRAINING }));
    assert!(role.contains("sagemaker:StartPipelineExecution"), "{role}");
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
