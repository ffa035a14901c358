//! The stack `Functions`: 16 resources, converted by `import-template` from
//! `functions.json`.
//!
//! Crates: `infra-lib` (features `iam`, `kinesis`, `lambda`, `logs`).

use infra_lib::cfn::lambda::event_source_mapping;
use infra_lib::iam::Statement;
use infra_lib::kinesis::Stream;
use infra_lib::lambda::{
    Architecture, Code, EventSourceMapping, FailureReport, Function, LogFormat,
    Permission as LambdaPermission, Runtime, StartingPosition, Tracing,
};
use infra_lib::logs::{LogClass, LogGroup, LogStream, RetentionDays};
use infra_lib::{
    App, Duration, Output, ParameterProps, ParameterType, RemovalPolicy, Size, Stack, StackProps,
    pseudo, sub,
};

/// Adds the stack to the app.
pub fn functions(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("Functions, log groups and streams with every setter")
        .build(app, "Functions");

    // Parameters
    let days = ParameterProps::new(ParameterType::Number)
        .default_value("7")
        .build(stack, "Days");

    // Resources
    let stream1 = Stream::builder()
        .stream_name("clicks")
        .retention(Duration::days(2))
        .build(stack, "Stream1");
    stream1.cfn().override_logical_id("Stream1");

    let stream2 = Stream::builder()
        .removal_policy(RemovalPolicy::Destroy)
        .build(stack, "Stream2");
    stream2.cfn().override_logical_id("Stream2");

    let small = Function::builder()
        .code(Code::inline(
            r#"exports.handler = async () => "ok";
"#,
        ))
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .build(stack, "Small");

    let large = Function::builder()
        .code(Code::bucket("code", "large.zip"))
        .runtime(Runtime::Python313)
        .handler("main.handler")
        .log_format(LogFormat::Text)
        .architecture(Architecture::X86_64)
        .function_name("large")
        .description("Does more")
        .memory(Size::gib(2))
        .timeout(Duration::seconds(45))
        .ephemeral_storage(Size::gib(1))
        .reserved_concurrency(5)
        .tracing(Tracing::Active)
        .env("ROLE", small.role().arn())
        .env("STAGE", "dev")
        .build(stack, "Large");
    large.add_statement(
        Statement::allow()
            .action("kinesis:GetRecords")
            .resource(stream1.arn()),
    );

    let mapping1 = EventSourceMapping::builder()
        .function(large.arn().cast())
        .event_source(stream1.arn())
        .batch_size(10)
        .batching_window(Duration::seconds(5))
        .starting_position(StartingPosition::TrimHorizon)
        .failure_report(FailureReport::EachItem)
        .bisect_batch_on_error(true)
        .retry_attempts(3)
        .max_record_age(Duration::hours(1))
        .parallelization_factor(2)
        .tumbling_window(Duration::minutes(1))
        .enabled(false)
        .build(stack, "Mapping1");
    mapping1.cfn().override_logical_id("Mapping1");

    let mapping2 = EventSourceMapping::builder()
        .function(small.function_name().cast())
        .event_source(stream2.arn())
        .starting_position(StartingPosition::Latest)
        .build(stack, "Mapping2");
    mapping2.cfn().modify(|props| {
        props.filter_criteria(
            event_source_mapping::FilterCriteria::new()
                .filters([event_source_mapping::Filter::new().pattern(r#"{"data":{"a":[1]}}"#)]),
        )
    });
    mapping2.cfn().override_logical_id("Mapping2");

    let may_invoke = LambdaPermission::builder()
        .function(small.arn().cast())
        .principal("s3.amazonaws.com")
        .source_arn("arn:aws:s3:::pictures")
        .source_account(pseudo::account_id())
        .build(stack, "MayInvoke");
    may_invoke.cfn().override_logical_id("MayInvoke");

    let may_get = LambdaPermission::builder()
        .function("large")
        .principal("111122223333")
        .action("lambda:GetFunction")
        .organization_id("o-1234567890")
        .build(stack, "MayGet");
    may_get.cfn().override_logical_id("MayGet");

    let entries = LogGroup::builder()
        .log_group_name("entries")
        .retention(RetentionDays::TWO_WEEKS)
        .class(LogClass::InfrequentAccess)
        .removal_policy(RemovalPolicy::RetainExceptOnCreate)
        .build(stack, "Entries");
    entries.cfn().override_logical_id("Entries");

    let lines = LogStream::builder()
        .log_group(entries)
        .log_stream_name("lines")
        .build(stack, "Lines");
    lines.cfn().override_logical_id("Lines");

    let forever = LogGroup::builder()
        .log_group_name(sub!["/aws/", pseudo::stack_name()])
        .retention(RetentionDays::INFINITE)
        .removal_policy(RemovalPolicy::Destroy)
        .build(stack, "Forever");
    forever.cfn().override_logical_id("Forever");

    let given = LogGroup::builder()
        .removal_policy(RemovalPolicy::Destroy)
        .build(stack, "Given");
    given
        .cfn()
        .modify(|props| props.retention_in_days(days.value()));
    given.cfn().override_logical_id("Given");

    // Outputs
    Output::new(stack, "Function", small.function_name());
    Output::new(stack, "Logs", small.log_group().name());
    Output::new(stack, "LogsArn", entries.arn());
    Output::new(stack, "Stream", stream1.arn());

    stack
}
