//! Creates functions, APIs, a table, a state machine and a user pool, as the peer with aws-cdk-lib does: `serverless OUT`.

use std::path::Path;
use std::process::ExitCode;

use infra_lib::apigateway::{RestApi, RestIntegration};
use infra_lib::apigatewayv2::{AccessLogs, HttpApi, HttpIntegration, HttpMethod};
use infra_lib::core::assembly;
use infra_lib::dynamodb::{Attribute, Table};
use infra_lib::lambda::{Alias, Architecture, Code, EventSourceMapping, Function, Runtime};
use infra_lib::logs::{LogGroup, RetentionDays};
use infra_lib::sqs::{DeadLetterQueue, Queue};
use infra_lib::stepfunctions::{
    Choice, Condition, Definition, Fail, Integration, LogLevel, StateMachine, Succeed, Task,
};
use infra_lib::{App, Duration, Size, Stack};

fn main() -> ExitCode {
    let Some(out) = std::env::args().nth(1) else {
        return ExitCode::from(2);
    };
    let app = App::new();
    build(Stack::new(&app, "Serverless"));
    let synthesis = app.synth();
    if synthesis.has_errors() || assembly::write_assembly(&synthesis, Path::new(&out)).is_err() {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn build(stack: Stack<'_>) {
    let table = Table::builder()
        .partition_key(Attribute::string("id"))
        .build(stack, "Table");
    let failed = Queue::builder().build(stack, "Failed");
    let jobs = Queue::builder()
        .dead_letter_queue(DeadLetterQueue::new(&failed, 5))
        .build(stack, "Jobs");
    let log_group = LogGroup::builder()
        .retention(RetentionDays::ONE_MONTH)
        .build(stack, "Log");
    let function = Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => 'hello';"))
        .architecture(Architecture::Arm64)
        .memory(Size::mib(256))
        .timeout(Duration::seconds(10))
        .log_group(log_group)
        .env("TABLE", table.table_name())
        .build(stack, "Function");
    table.grant_read_write(&function);
    let version = function.current_version();
    Alias::builder()
        .alias_name("live")
        .version(version)
        .build(stack, "Alias");

    let api = HttpApi::builder()
        .access_logs(AccessLogs::Off)
        .build(stack, "Api");
    let orders = HttpIntegration::lambda("Orders", function);
    api.add_route(HttpMethod::Get, "/orders/{id}", &orders);
    api.add_route(HttpMethod::Post, "/orders", &orders);

    let rest = RestApi::builder()
        .access_logs(AccessLogs::Off)
        .build(stack, "Rest");
    let items = rest.root().add_resource("items");
    items.add_method(HttpMethod::Get, &RestIntegration::lambda(function));

    EventSourceMapping::builder()
        .function(function)
        .event_source(jobs.arn().cast::<String>())
        .build(stack, "Poll");
    jobs.grant_consume(&function);

    let steps = Choice::new("Has items?")
        .when(
            Condition::expression("{% $count($states.input.items) > 0 %}"),
            Task::new("Order", Integration::sqs_send_message(&jobs)).next(Succeed::new("Done")),
        )
        .otherwise(Fail::new("Empty").error("Shop.EmptyCart"));
    StateMachine::builder()
        .definition(Definition::new(steps).timeout(Duration::minutes(5)))
        .log_level(LogLevel::Off)
        .build(stack, "Machine");
}
