//! Clicks of a website: a data stream, its delivery to a bucket, and a function that counts them.

use std::process::ExitCode;

use infra_lib::kinesis::Stream;
use infra_lib::kinesisfirehose::{Compression, DeliveryStream};
use infra_lib::lambda::{Code, EventSourceMapping, Function, Runtime, StartingPosition};
use infra_lib::logs::{FilterMetric, FilterPattern, LogField, MetricFilter};
use infra_lib::s3::Bucket;
use infra_lib::{App, Duration, Stack};

const CODE: &str = "\
exports.handler = async (event) => {
  console.log(JSON.stringify({ clicks: event.Records.length }));
};
";

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Clicks");
    let clicks = Stream::builder()
        .retention(Duration::days(3))
        .build(stack, "Clicks");

    let lake = Bucket::builder().build(stack, "Lake");
    DeliveryStream::builder()
        .source(clicks)
        .bucket(lake)
        .prefix("clicks/!{timestamp:yyyy/MM/dd}/")
        .error_output_prefix("errors/!{firehose:error-output-type}/")
        .compression(Compression::Gzip)
        .build(stack, "Delivery");

    let count = Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline(CODE))
        .build(stack, "Count");
    clicks.grant_read(&count);
    EventSourceMapping::builder()
        .function(count)
        .event_source(clicks.arn().cast::<String>())
        .starting_position(StartingPosition::Latest)
        .retry_attempts(3)
        .bisect_batch_on_error(true)
        .build(stack, "Poll");
    MetricFilter::builder()
        .log_group(count.log_group())
        .pattern(FilterPattern::json(LogField::new("clicks").greater_than(0)))
        .metric(FilterMetric::new("Shop", "Clicks").value("$.clicks"))
        .build(stack, "ClicksMetric");
}
