//! Tests of functions in Rust. `scripts/new-check --functions` builds two and invokes them.

use std::fs;
use std::path::PathBuf;

use infra_contract::event::DynamoDbEvent;
use infra_lib::apigatewayv2::{HttpApi, HttpMethod};
use infra_lib::assertions::{Match, Template};
use infra_lib::core::render;
use infra_lib::dynamodb::{Attribute, GlobalTable, Replica, StreamView, Table};
use infra_lib::ec2::{Connectable, Port, SecurityGroup, Vpc};
use infra_lib::events::{EventBus, EventPattern, Rule};
use infra_lib::kinesis::Stream as DataStream;
use infra_lib::lambda::{
    Architecture, Code, ConnectionBuilder, EventSource, Function, Runtime, RustFunction,
    RustProgram, StartingPosition,
};
use infra_lib::s3::{Bucket, BucketEvent, Notification};
use infra_lib::scheduler::{Schedule, ScheduleExpression};
use infra_lib::secretsmanager::Secret;
use infra_lib::sns::{FilterPolicy, Topic};
use infra_lib::sqs::{FifoQueue, Queue};
use infra_lib::ssm::StringParameter;
use infra_lib::{App, Duration, Stack, cidr, codes};
use serde_json::json;

use crate::base::findings_of;

/// Writes a workspace with one package, and returns its manifest.
fn workspace(name: &str, main: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = folder.join("Cargo.toml");
    let package =
        "[package]\nname = \"orders\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";
    fs::write(&manifest, package).unwrap();
    fs::write(folder.join("src/main.rs"), main).unwrap();
    manifest
}

#[test]
fn has_runtime_and_handler_of_amazon_linux() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    RustFunction::package("orders").build(stack, "Function");
    let template = Template::of(&app.synth(), "Stack");
    template.has_properties(
        "AWS::Lambda::Function",
        json!({
            "Architectures": ["arm64"],
            "Handler": "bootstrap",
            "Runtime": "provided.al2023",
            "Code": { "S3Key": Match::string_like("not-built-*.zip") },
        }),
    );
}

#[test]
fn placeholder_depends_on_package_binary_and_processor() {
    let key = |program: RustProgram, architecture| {
        let app = App::new();
        let stack = Stack::new(&app, "Stack");
        RustFunction::program(program)
            .architecture(architecture)
            .build(stack, "Function");
        let template = app
            .synth()
            .stack("Stack")
            .unwrap()
            .template
            .json()
            .to_owned();
        let at = template.find("not-built-").unwrap();
        template[at..at + 74].to_owned()
    };
    let orders = || RustProgram::package("orders");
    let first = key(orders(), Architecture::Arm64);
    assert_eq!(first, key(orders(), Architecture::Arm64));
    assert_ne!(first, key(orders(), Architecture::X86_64));
    assert_ne!(first, key(orders().binary("worker"), Architecture::Arm64));
    assert_ne!(first, key(RustProgram::package("web"), Architecture::Arm64));
}

#[test]
fn accepts_program_with_other_settings_of_function() {
    let findings = findings_of(|stack| {
        Function::builder()
            .code(Code::rust(RustProgram::package("orders")))
            .runtime(Runtime::ProvidedAl2023)
            .handler("orders")
            .build(stack, "Function");
    });
    assert_eq!(findings, "");
}

#[test]
fn reports_missing_package_with_similar_name() {
    let app = App::new();
    app.build_assets();
    let stack = Stack::new(&app, "Stack");
    let manifest = workspace("rust-function-missing", "fn main() {}");
    let program = RustProgram::package("order").manifest(manifest);
    RustFunction::program(program).build(stack, "Function");
    let found = app.synth();
    assert_eq!(found.findings().len(), 1);
    let finding = &found.findings()[0];
    assert_eq!(finding.code, codes::FUNCTION_BUILD);
    let text = render(finding);
    assert!(text.contains("the workspace has no such package"), "{text}");
    assert!(text.contains("use `orders`"), "{text}");
    assert!(text.contains("Stack/Function"), "{text}");
}

#[test]
fn reports_manifest_that_cargo_rejects() {
    let app = App::new();
    app.build_assets();
    let stack = Stack::new(&app, "Stack");
    let program = RustProgram::package("orders").manifest("missing/Cargo.toml");
    RustFunction::program(program).build(stack, "Function");
    let found = app.synth();
    let text = render(&found.findings()[0]);
    assert!(text.contains("`cargo metadata` failed"), "{text}");
}

infra_contract::contract! {
    /// Environment with one variable of each access.
    struct Everything, resources EverythingResources {
        /// A text.
        greeting: Text = "GREETING",
        /// A table.
        table: ReadWriteTable = "TABLE",
        /// A queue.
        queue: SendQueue = "QUEUE",
        /// The same queue, as its consumer.
        jobs: ConsumeQueue = "JOBS",
        /// A topic.
        topic: PublishTopic = "TOPIC",
        /// A bucket.
        bucket: ReadBucket = "BUCKET",
        /// A secret.
        secret: ReadSecret = "SECRET",
        /// A parameter.
        parameter: ReadParameter = "PARAMETER",
        /// An event bus.
        bus: PutEvents = "BUS",
        /// A stream.
        stream: WriteStream = "STREAM",
        /// Another function.
        next: InvokeFunction = "NEXT",
    }
}

#[test]
fn sets_variables_and_grants_permissions_of_contract() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let queue = Queue::builder().build(stack, "Queue");
    let next = RustFunction::package("next").build(stack, "Next");
    RustFunction::package("orders")
        .contract(EverythingResources {
            greeting: "hello",
            table: Table::builder()
                .partition_key(Attribute::string("id"))
                .build(stack, "Table"),
            queue: &queue,
            jobs: queue,
            topic: Topic::builder().build(stack, "Topic"),
            bucket: Bucket::builder().build(stack, "Bucket"),
            secret: Secret::builder().build(stack, "Secret"),
            parameter: StringParameter::builder()
                .value("x")
                .build(stack, "Parameter"),
            bus: EventBus::builder().build(stack, "Bus"),
            stream: DataStream::builder().build(stack, "Stream"),
            next,
        })
        .build(stack, "Orders");
    let template = Template::of(&app.synth(), "Stack");
    let functions = template.find_resources(
        "AWS::Lambda::Function",
        json!({ "Environment": Match::any() }),
    );
    assert_eq!(functions.len(), 1);
    let variables = &functions[0].1["Properties"]["Environment"]["Variables"];
    let set: Vec<&String> = variables.as_object().unwrap().keys().collect();
    assert_eq!(set, Everything::VARIABLES);
    assert_eq!(variables["GREETING"], "hello");
    assert!(variables["TABLE"]["Ref"].is_string(), "{variables}");
    assert!(variables["TOPIC"]["Ref"].is_string(), "{variables}");
    assert!(variables["SECRET"]["Ref"].is_string(), "{variables}");

    let policies = template.find_resources("AWS::IAM::Policy", json!({}));
    let roles = template.find_resources("AWS::IAM::Role", json!({}));
    let text = format!("{policies:?}{roles:?}");
    for action in [
        "dynamodb:PutItem",
        "dynamodb:GetItem",
        "sqs:SendMessage",
        "sqs:ReceiveMessage",
        "sns:Publish",
        "s3:GetObject",
        "secretsmanager:GetSecretValue",
        "ssm:GetParameter",
        "events:PutEvents",
        "kinesis:PutRecord",
        "lambda:InvokeFunction",
    ] {
        assert!(text.contains(action), "{action} is missing: {text}");
    }
    assert!(!text.contains("s3:PutObject"), "{text}");
}

#[test]
fn contract_accepts_existing_resources() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let arn =
        |service: &str, rest: &str| format!("arn:aws:{service}:eu-west-1:111122223333:{rest}");
    let queue = Queue::from_arn(arn("sqs", "orders"));
    RustFunction::package("orders")
        .contract(EverythingResources {
            greeting: "hello",
            table: Table::from_arn(arn("dynamodb", "table/orders")),
            queue: &queue,
            jobs: FifoQueue::builder().build(stack, "Jobs"),
            topic: Topic::from_arn(arn("sns", "orders")),
            bucket: Bucket::from_bucket_name(stack, "Bucket", "orders-bucket", None),
            secret: Secret::from_arn(arn("secretsmanager", "secret:orders-AbCdEf")),
            parameter: StringParameter::from_parameter_name(stack, "Parameter", "/orders/level"),
            bus: EventBus::from_arn(arn("events", "event-bus/orders")),
            stream: DataStream::from_arn(arn("kinesis", "stream/orders")),
            next: Function::from_name(stack, "Next", "next"),
        })
        .build(stack, "Orders");
    let template = Template::of(&app.synth(), "Stack");
    template.has_properties(
        "AWS::Lambda::Function",
        json!({ "Environment": { "Variables": {
            "TABLE": "orders",
            "QUEUE": Match::any(),
            "JOBS": { "Ref": Match::any() },
            "TOPIC": arn("sns", "orders"),
            "BUCKET": "orders-bucket",
            "SECRET": arn("secretsmanager", "secret:orders-AbCdEf"),
            "PARAMETER": "/orders/level",
            "BUS": "orders",
            "STREAM": arn("kinesis", "stream/orders"),
        } } }),
    );
    let roles = format!("{:?}", template.find_resources("AWS::IAM::Role", json!({})));
    for resource in [
        arn("dynamodb", "table/orders"),
        arn("sqs", "orders"),
        arn("sns", "orders"),
        arn("secretsmanager", "secret:orders-AbCdEf"),
        arn("kinesis", "stream/orders"),
    ] {
        assert!(roles.contains(&resource), "{resource} is missing: {roles}");
    }
}

/// Declares a contract with one text for an event.
macro_rules! contract_of {
    ($name:ident, $resources:ident, $($event:tt)+) => {
        infra_contract::contract! {
            /// Environment of a function with this event.
            struct $name, resources $resources, event $($event)+ {
                /// A text.
                greeting: Text = "GREETING",
            }
        }
    };
}

contract_of!(Jobs, JobsResources, SqsEvent);
contract_of!(Requests, RequestsResources, HttpRequest);
contract_of!(Clicks, ClicksResources, KinesisEvent);
contract_of!(Changes, ChangesResources, DynamoDbEvent);
contract_of!(Notices, NoticesResources, SnsEvent);
contract_of!(Uploads, UploadsResources, S3Event);
contract_of!(Placed, PlacedResources, EventBridgeEvent<String>);
contract_of!(Hourly, HourlyResources, Direct<String>);

/// Returns the type of the event that the program of a contract receives.
fn event_of<C: infra_contract::Handles>() -> &'static str {
    std::any::type_name::<C::Event>()
}

#[test]
fn connects_function_to_sources_of_its_event() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let greeting = "hello";
    let queue = Queue::builder().build(stack, "Queue");
    let jobs = RustFunction::package("jobs").build_typed(stack, "Jobs", JobsResources { greeting });
    jobs.receive_from(&queue).batch_size(5).build(stack, "Poll");
    let requests = RustFunction::package("requests").build_typed(
        stack,
        "Requests",
        RequestsResources { greeting },
    );
    let api = HttpApi::builder().build(stack, "Api");
    api.add_route(HttpMethod::Get, "/", &requests.integration("Requests"));
    let uploads = RustFunction::package("uploads").build_typed(
        stack,
        "Uploads",
        UploadsResources { greeting },
    );
    let bucket = Bucket::builder().build(stack, "Bucket");
    bucket.notify(&uploads, &Notification::on(BucketEvent::Created));
    let placed =
        RustFunction::package("placed").build_typed(stack, "Placed", PlacedResources { greeting });
    Rule::on_event(EventPattern::new().source("shop"))
        .target(placed)
        .build(stack, "Rule");
    let hourly =
        RustFunction::package("hourly").build_typed(stack, "Hourly", HourlyResources { greeting });
    Schedule::of(ScheduleExpression::rate(Duration::hours(1)), hourly).build(stack, "Schedule");
    queue.grant_send(&hourly);
    assert!(hourly.function().arn().as_literal().is_none());

    let synthesis = app.synth();
    let findings: Vec<String> = synthesis.findings().iter().map(render).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    let template = Template::of(&synthesis, "Stack");
    template.has_properties(
        "AWS::Lambda::EventSourceMapping",
        json!({ "BatchSize": 5, "EventSourceArn": Match::any(), "FunctionName": Match::any() }),
    );
    template.resource_count("AWS::ApiGatewayV2::Integration", 1);
    template.resource_count("AWS::Scheduler::Schedule", 1);
    template.resource_count("AWS::Events::Rule", 1);
    let variables = json!({ "Environment": { "Variables": { "GREETING": "hello" } } });
    let functions = template.find_resources("AWS::Lambda::Function", variables);
    assert_eq!(functions.len(), 5);
}

#[test]
fn connects_function_to_data_stream() {
    let template = Template::of_stack(|stack| {
        let stream = DataStream::builder().build(stack, "Stream");
        let resources = ClicksResources { greeting: "hello" };
        RustFunction::package("clicks")
            .build_typed(stack, "Clicks", resources)
            .receive_from(&stream)
            .starting_position(StartingPosition::Latest)
            .build(stack, "Poll");
    });
    template.has_properties(
        "AWS::Lambda::EventSourceMapping",
        json!({ "EventSourceArn": { "Fn::GetAtt": Match::any() }, "StartingPosition": "LATEST" }),
    );
    let roles = template.find_resources("AWS::IAM::Role", json!({}));
    let text = serde_json::to_string(&roles).unwrap();
    assert!(text.contains("kinesis:GetRecords"), "{text}");
}

#[test]
fn connects_typed_function_outside_vpc_as_function() {
    let found = findings_of(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .build(stack, "Vpc");
        let cache = SecurityGroup::builder().vpc(vpc).build(stack, "Cache");
        let jobs = RustFunction::package("jobs").build_typed(
            stack,
            "Jobs",
            JobsResources { greeting: "hello" },
        );
        cache.allow_from_on(&jobs, Port::tcp(6379));
    });
    assert!(found.contains("INF4909"), "{found}");
}

#[test]
fn gives_event_of_contract_to_program() {
    assert!(event_of::<Clicks>().ends_with("KinesisEvent"));
    assert!(event_of::<Jobs>().ends_with("SqsEvent"));
    assert!(event_of::<Requests>().ends_with("HttpRequest"));
    assert!(event_of::<Uploads>().ends_with("S3Event"));
    assert!(event_of::<Placed>().contains("EventBridgeEvent<"));
    assert!(event_of::<Hourly>().contains("Direct<"));
}

fn follow_changes<'app>(
    stack: Stack<'app>,
    table: &impl EventSource<'app, DynamoDbEvent, Connection = ConnectionBuilder<'app>>,
) {
    let resources = ChangesResources { greeting: "hello" };
    RustFunction::package("changes")
        .build_typed(stack, "Changes", resources)
        .receive_from(table)
        .starting_position(StartingPosition::TrimHorizon)
        .build(stack, "Poll");
}

#[test]
fn connects_function_to_changes_of_table() {
    let template = Template::of_stack(|stack| {
        let table = Table::builder()
            .partition_key(Attribute::string("id"))
            .stream(StreamView::NewAndOldImages)
            .build(stack, "Table");
        follow_changes(stack, &table);
    });
    let (id, _) = template.resources("AWS::DynamoDB::Table")[0];
    let stream = json!({ "Fn::GetAtt": [id, "StreamArn"] });
    template.has_properties(
        "AWS::Lambda::EventSourceMapping",
        json!({ "EventSourceArn": stream, "StartingPosition": "TRIM_HORIZON" }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": Match::list_with(json!([{
            "Action": ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
            "Resource": stream,
        }])) } }] }),
    );
}

#[test]
fn rejects_changes_of_table_without_stream() {
    insta::assert_snapshot!(findings_of(|stack| {
        let table = Table::builder()
            .partition_key(Attribute::string("id"))
            .build(stack, "Table");
        follow_changes(stack, &table);
    }));
}

#[test]
fn connects_function_to_changes_of_global_table() {
    let template = Template::of_stack(|stack| {
        // Replicas turn the stream on.
        let table = GlobalTable::builder()
            .partition_key(Attribute::string("id"))
            .replica(Replica::new("eu-central-1"))
            .build(stack, "Table");
        follow_changes(stack, &table);
    });
    let (id, _) = template.resources("AWS::DynamoDB::GlobalTable")[0];
    let stream = json!({ "Fn::GetAtt": [id, "StreamArn"] });
    template.has_properties(
        "AWS::Lambda::EventSourceMapping",
        json!({ "EventSourceArn": stream, "StartingPosition": "TRIM_HORIZON" }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": Match::list_with(json!([{
            "Action": ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
            "Resource": stream,
        }])) } }] }),
    );
}

#[test]
fn connects_function_to_changes_of_existing_table() {
    let stream =
        "arn:aws:dynamodb:eu-west-1:111122223333:table/notes/stream/2026-05-11T21:21:33.291";
    let template = Template::of_stack(|stack| {
        let table = Table::from_arn("arn:aws:dynamodb:eu-west-1:111122223333:table/notes")
            .with_stream_arn(stream);
        follow_changes(stack, &table);
    });
    template.has_properties(
        "AWS::Lambda::EventSourceMapping",
        json!({ "EventSourceArn": stream, "StartingPosition": "TRIM_HORIZON" }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": Match::list_with(json!([{
            "Action": ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
            "Resource": stream,
        }])) } }] }),
    );
}

#[test]
fn rejects_changes_of_global_and_existing_table_without_stream() {
    insta::assert_snapshot!(findings_of(|stack| {
        let table = GlobalTable::builder()
            .partition_key(Attribute::string("id"))
            .build(stack, "Table");
        follow_changes(stack, &table);
    }));
    insta::assert_snapshot!(findings_of(|stack| {
        let table = Table::from_arn("arn:aws:dynamodb:eu-west-1:111122223333:table/notes");
        follow_changes(stack, &table);
    }));
}

#[test]
fn connects_function_to_topic() {
    let template = Template::of_stack(|stack| {
        let resources = NoticesResources { greeting: "hello" };
        let notices = RustFunction::package("notices").build_typed(stack, "Notices", resources);
        let topic = Topic::builder().build(stack, "Topic");
        notices
            .receive_from(&topic)
            .filter(FilterPolicy::attributes().any_of("kind", ["refund"]));
        notices.receive_from(&Topic::from_arn(
            "arn:aws:sns:eu-west-1:111122223333:orders",
        ));
        Topic::builder().build(stack, "Other").subscribe(&notices);
    });
    template.resource_count("AWS::SNS::Subscription", 3);
    template.resource_count("AWS::Lambda::Permission", 3);
    template.has_properties(
        "AWS::SNS::Subscription",
        json!({ "Protocol": "lambda", "FilterPolicy": { "kind": ["refund"] } }),
    );
}

#[test]
fn connects_function_to_fifo_and_existing_queues_and_streams() {
    let template = Template::of_stack(|stack| {
        let resources = JobsResources { greeting: "hello" };
        let jobs = RustFunction::package("jobs").build_typed(stack, "Jobs", resources);
        let orders = FifoQueue::builder().build(stack, "Orders");
        jobs.receive_from(&orders).build(stack, "PollOrders");
        let existing = Queue::from_arn("arn:aws:sqs:eu-west-1:111122223333:jobs");
        jobs.receive_from(&existing).build(stack, "PollJobs");
        let resources = ClicksResources { greeting: "hello" };
        let clicks = RustFunction::package("clicks").build_typed(stack, "Clicks", resources);
        let existing = DataStream::from_arn("arn:aws:kinesis:eu-west-1:111122223333:stream/clicks");
        clicks
            .receive_from(&existing)
            .starting_position(StartingPosition::Latest)
            .build(stack, "PollClicks");
    });
    template.resource_count("AWS::Lambda::EventSourceMapping", 3);
}
