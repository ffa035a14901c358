//! The stack `Clicks`: 12 resources, converted by `import-template` from
//! `Clicks.template.json`.
//!
//! Crates: `infra-lib` (features `iam`, `kinesis`, `kinesisfirehose`, `lambda`, `logs`, `s3`).

use infra_lib::cfn::{
    kinesisfirehose::{self, delivery_stream},
    logs::{self, metric_filter},
};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::kinesis::Stream;
use infra_lib::lambda::{Code, EventSourceMapping, Function, Runtime, StartingPosition};
use infra_lib::logs::{LogGroup, LogStream, RetentionDays};
use infra_lib::s3::Bucket;
use infra_lib::{App, Duration, Stack, pseudo, sub, value};

/// Adds the stack to the app.
pub fn clicks(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Clicks");

    let clicks = Stream::builder()
        .retention(Duration::days(3))
        .build(stack, "Clicks");

    let lake = Bucket::builder().build(stack, "Lake");

    let delivery_log_group69_b912_ff = LogGroup::builder()
        .retention(RetentionDays::ONE_MONTH)
        .build(stack, "DeliveryLogGroup69B912FF");
    delivery_log_group69_b912_ff
        .cfn()
        .override_logical_id("DeliveryLogGroup69B912FF");

    let delivery_s3_destination_role_e56_bcf36 = Role::builder()
        .assumed_by(Principal::service("firehose.amazonaws.com").condition(
            "StringEquals",
            "aws:SourceAccount",
            pseudo::account_id(),
        ))
        .statement(
            Statement::allow()
                .actions([
                    "s3:GetBucketLocation",
                    "s3:ListBucket",
                    "s3:ListBucketMultipartUploads",
                ])
                .resource(lake.arn()),
        )
        .statement(
            Statement::allow()
                .actions(["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"])
                .resource(sub![lake.arn(), "/*"]),
        )
        .statement(
            Statement::allow()
                .actions(["logs:CreateLogStream", "logs:PutLogEvents"])
                .resource(delivery_log_group69_b912_ff.arn()),
        )
        .statement(
            Statement::allow()
                .actions([
                    "kinesis:DescribeStream",
                    "kinesis:GetRecords",
                    "kinesis:GetShardIterator",
                    "kinesis:ListShards",
                ])
                .resource(clicks.arn()),
        )
        .build(stack, "DeliveryS3DestinationRoleE56BCF36");
    delivery_s3_destination_role_e56_bcf36
        .cfn()
        .override_logical_id("DeliveryS3DestinationRoleE56BCF36");

    let delivery_s3_destination451_cf892 = LogStream::builder()
        .log_group(delivery_log_group69_b912_ff)
        .build(stack, "DeliveryS3Destination451CF892");
    delivery_s3_destination451_cf892
        .cfn()
        .override_logical_id("DeliveryS3Destination451CF892");

    kinesisfirehose::CfnDeliveryStreamProps::new()
        .extended_s3_destination_configuration(
            delivery_stream::ExtendedS3DestinationConfiguration::new(
                lake.arn(),
                delivery_s3_destination_role_e56_bcf36.arn(),
            )
            .buffering_hints(
                delivery_stream::BufferingHints::new()
                    .interval_in_seconds(300)
                    .size_in_mbs(5),
            )
            .cloud_watch_logging_options(
                delivery_stream::CloudWatchLoggingOptions::new()
                    .enabled(true)
                    .log_group_name(delivery_log_group69_b912_ff.name())
                    .log_stream_name(delivery_s3_destination451_cf892.cfn().ref_()),
            )
            .compression_format(
                delivery_stream::ExtendedS3DestinationConfigurationCompressionFormat::GZIP,
            )
            .error_output_prefix("errors/!{firehose:error-output-type}/")
            .prefix("clicks/!{timestamp:yyyy/MM/dd}/"),
        )
        .delivery_stream_type(delivery_stream::DeliveryStreamType::KINESIS_STREAM_AS_SOURCE)
        .kinesis_stream_source_configuration(
            delivery_stream::KinesisStreamSourceConfiguration::new(
                clicks.arn(),
                delivery_s3_destination_role_e56_bcf36.arn(),
            ),
        )
        .build(stack, "Delivery5F6C039D");

    let count = Function::builder()
        .code(Code::inline(
            r"exports.handler = async (event) => {
  console.log(JSON.stringify({ clicks: event.Records.length }));
};
",
        ))
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .build(stack, "Count");
    count.add_statement(
        Statement::allow()
            .actions([
                "kinesis:DescribeStreamSummary",
                "kinesis:GetRecords",
                "kinesis:GetShardIterator",
                "kinesis:ListShards",
            ])
            .resource(clicks.arn()),
    );

    EventSourceMapping::builder()
        .function(count.arn().cast())
        .event_source(clicks.arn())
        .starting_position(StartingPosition::Latest)
        .bisect_batch_on_error(true)
        .retry_attempts(3)
        .build(stack, "Poll");

    logs::CfnMetricFilterProps::new(logs::CfnMetricFilterRequired {
        filter_pattern: value("{ $.clicks > 0 }"),
        log_group_name: value(count.log_group().name()),
        metric_transformations: value([metric_filter::MetricTransformation::new(
            metric_filter::MetricTransformationRequired {
                metric_name: value("Clicks"),
                metric_namespace: value("Shop"),
                metric_value: value("$.clicks"),
            },
        )]),
    })
    .build(stack, "ClicksMetric7D5813EF");

    stack
}
