//! Defines the service stack: functions, what invokes them, and what they use.

use contract::{JobsResources, RequestsResources};
use infra_lib::apigatewayv2::{HttpApi, HttpMethod};
use infra_lib::dynamodb::{Attribute, Table};
use infra_lib::lambda::{FailureReport, RustFunction, RustProgram};
use infra_lib::prelude::*;
use infra_lib::s3::{Bucket, BucketEvent, Notification};
use infra_lib::scheduler::{Schedule, ScheduleExpression, ScheduleTarget};
use infra_lib::sqs::{DeadLetterQueue, Queue};

use crate::config::Config;

/// Adds the stack, with the address of the API as an output.
pub fn build(app: &App, config: &Config) {
    let stack = config
        .stack("service", "Functions of the app")
        .build(app, "Service");
    let data = config.data.into();
    let table = Table::builder()
        .partition_key(Attribute::string("id"))
        .removal_policy(data)
        .build(stack, "Table");
    let uploads = Bucket::builder()
        .removal_policy(data)
        .build(stack, "Uploads");
    let failed = Queue::builder().build(stack, "Failed");
    let failures = DeadLetterQueue::new(&failed, 5);
    let jobs = Queue::builder()
        .dead_letter_queue(failures)
        .build(stack, "Jobs");

    let program = |binary| RustFunction::program(RustProgram::package("functions").binary(binary));
    let resources = RequestsResources {
        greeting: "Hello",
        table,
        jobs,
    };
    let requests = program("requests").build_typed(stack, "RequestsFunction", resources);
    let api = HttpApi::builder().build(stack, "Api");
    let backend = requests.integration("Requests");
    api.add_route(HttpMethod::Get, "/hello/{name}", &backend);

    let resources = JobsResources { table, uploads };
    let worker = program("jobs").build_typed(stack, "JobsFunction", resources);
    worker
        .receive_from(&jobs)
        .failure_report(FailureReport::EachItem)
        .build(stack, "Poll");
    uploads.notify(&jobs, &Notification::on(BucketEvent::Created));
    let task = jobs.schedule_target().input(r#"{"task":"hourly"}"#);
    Schedule::of(ScheduleExpression::rate(Duration::hours(1)), task).build(stack, "Hourly");

    Output::new(stack, "Url", api.url());
}
