//! Tests of the constructs in `infra_lib::kinesisfirehose`.

use infra_lib::assertions::{Match, Template};
use infra_lib::events::{EventPattern, Rule};
use infra_lib::iam::{Principal, Role};
use infra_lib::kinesis::{Stream, StreamEncryption};
use infra_lib::kinesisfirehose::{
    AsDeliveryStream as _, Compression, DeliveryEncryption, DeliveryStream, LambdaProcessor,
    RecordFormat,
};
use infra_lib::kms::Key;
use infra_lib::logs::LogGroup;
use infra_lib::s3::Bucket;
use infra_lib::{Duration, Size, Stack};
use serde_json::json;

use crate::base::findings_of;

const TYPE: &str = "AWS::KinesisFirehose::DeliveryStream";

fn delivery(stack: Stack<'_>) -> DeliveryStream<'_> {
    let bucket = Bucket::builder().build(stack, "Bucket");
    DeliveryStream::builder()
        .bucket(bucket)
        .build(stack, "Delivery")
}

fn roles(template: &Template) -> String {
    serde_json::to_string(&template.resources("AWS::IAM::Role")).unwrap()
}

#[test]
fn delivers_encrypted_records_to_bucket_with_log() {
    let template = Template::of_stack(|stack| {
        delivery(stack);
    });
    template.has_properties(
        TYPE,
        json!({
            "DeliveryStreamType": "DirectPut",
            "DeliveryStreamName": Match::absent(),
            "DeliveryStreamEncryptionConfigurationInput": { "KeyType": "AWS_OWNED_CMK" },
            "ExtendedS3DestinationConfiguration": {
                "BucketARN": { "Fn::GetAtt": [Match::any(), "Arn"] },
                "BufferingHints": { "IntervalInSeconds": 300, "SizeInMBs": 5 },
                "CompressionFormat": "UNCOMPRESSED",
                "CloudWatchLoggingOptions": {
                    "Enabled": true, "LogGroupName": { "Ref": Match::any() }, "LogStreamName": { "Ref": Match::any() },
                },
                "Prefix": Match::absent(),
                "RoleARN": { "Fn::GetAtt": [Match::any(), "Arn"] },
            },
        }),
    );
    template.has_properties("AWS::Logs::LogGroup", json!({ "RetentionInDays": 30 }));
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "AssumeRolePolicyDocument": { "Statement": [{
            "Principal": { "Service": "firehose.amazonaws.com" },
            "Condition": { "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } } },
        }] } }),
    );
    let roles = roles(&template);
    assert!(
        roles.contains("s3:PutObject") && roles.contains("logs:PutLogEvents"),
        "{roles}"
    );
    assert!(!roles.contains("s3:DeleteObject"), "{roles}");
}

#[test]
fn writes_every_option_of_delivery_stream() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let logs = LogGroup::builder().build(stack, "Logs");
        DeliveryStream::builder()
            .bucket(Bucket::builder().build(stack, "Bucket"))
            .delivery_stream_name("clicks")
            .encryption(DeliveryEncryption::key(key))
            .compression(Compression::Gzip)
            .buffering_interval(Duration::minutes(1))
            .buffering_size(Size::mib(64))
            .prefix("clicks/!{timestamp:yyyy}/")
            .error_output_prefix("errors/!{firehose:error-output-type}/")
            .log_group(logs)
            .build(stack, "Delivery");
    });
    template.resource_count("AWS::Logs::LogGroup", 1);
    template.has_properties(
        TYPE,
        json!({
            "DeliveryStreamName": "clicks",
            "DeliveryStreamEncryptionConfigurationInput": {
                "KeyType": "CUSTOMER_MANAGED_CMK", "KeyARN": { "Fn::GetAtt": [Match::any(), "Arn"] },
            },
            "ExtendedS3DestinationConfiguration": {
                "BufferingHints": { "IntervalInSeconds": 60, "SizeInMBs": 64 },
                "CompressionFormat": "GZIP",
                "ErrorOutputPrefix": "errors/!{firehose:error-output-type}/",
                "Prefix": "clicks/!{timestamp:yyyy}/",
            },
        }),
    );
}

#[test]
fn reads_records_of_data_stream_and_its_key() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let stream = Stream::builder()
            .encryption(StreamEncryption::key(key))
            .build(stack, "Stream");
        DeliveryStream::builder()
            .source(stream)
            .bucket(Bucket::builder().build(stack, "Bucket"))
            .build(stack, "Delivery");
    });
    template.has_properties(
        TYPE,
        json!({
            "DeliveryStreamType": "KinesisStreamAsSource",
            "DeliveryStreamEncryptionConfigurationInput": Match::absent(),
            "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": { "Fn::GetAtt": [Match::any(), "Arn"] },
                "RoleARN": { "Fn::GetAtt": [Match::any(), "Arn"] },
            },
        }),
    );
    let roles = roles(&template);
    assert!(
        roles.contains("kinesis:GetRecords") && roles.contains("kms:Decrypt"),
        "{roles}"
    );
}

#[test]
fn reads_records_of_imported_data_stream() {
    const ARN: &str = "arn:aws:kinesis:eu-west-1:111122223333:stream/clicks";
    let template = Template::of_stack(|stack| {
        let bucket = Bucket::builder().build(stack, "Bucket");
        DeliveryStream::builder()
            .bucket(bucket)
            .source(Stream::from_arn(ARN))
            .build(stack, "Delivery");
    });
    template.has_properties(
        "AWS::KinesisFirehose::DeliveryStream",
        json!({
            "DeliveryStreamType": "KinesisStreamAsSource",
            "KinesisStreamSourceConfiguration": { "KinesisStreamARN": ARN },
        }),
    );
    let roles = roles(&template);
    assert!(roles.contains("kinesis:GetRecords"), "{roles}");
    assert!(!roles.contains("kms:"), "{roles}");
}

#[test]
fn grants_delivery_streams_to_role_and_rule() {
    let arn = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/clicks";
    let template = Template::of_stack(|stack| {
        let own = delivery(stack);
        let role = Role::builder()
            .assumed_by(Principal::service("lambda.amazonaws.com"))
            .build(stack, "Role");
        own.grant_put_records(&role);
        DeliveryStream::from_arn(arn).grant_put_records(&role);
        Rule::on_event(EventPattern::new().source("shop.orders"))
            .target(own)
            .target(DeliveryStream::from_arn(arn))
            .build(stack, "Rule");
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [{
            "Action": ["firehose:PutRecord", "firehose:PutRecordBatch"],
            "Resource": [{ "Fn::GetAtt": [Match::any(), "Arn"] }, arn],
        }] } }] }),
    );
    template.has_properties(
        "AWS::Events::Rule",
        json!({ "Targets": [{ "RoleArn": { "Fn::GetAtt": Match::any() } }, { "Arn": arn }] }),
    );
}

#[test]
fn passes_reference_to_delivery_stream_on() {
    const ARN: &str = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/clicks";
    let template = Template::of_stack(|stack| {
        let writer = Role::builder()
            .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
            .build(stack, "Writer");
        let own = delivery(stack).as_delivery_stream();
        let imported = DeliveryStream::from_arn(ARN).as_delivery_stream();
        assert!(own.scope().is_some() && imported.scope().is_none());
        own.grant_put_records(&writer);
        imported.grant_put_records(&writer);
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [{
            "Action": ["firehose:PutRecord", "firehose:PutRecordBatch"],
            "Resource": [{ "Fn::GetAtt": [Match::any(), "Arn"] }, ARN],
        }] } }] }),
    );
}

#[test]
fn names_delivery_stream_in_metrics() {
    let template = Template::of_stack(|stack| {
        use infra_lib::cloudwatch::{Alarm, Comparison, TreatMissingData};
        Alarm::builder()
            .metric(delivery(stack).metric_data_freshness())
            .comparison(Comparison::GreaterThanThreshold)
            .threshold(900)
            .evaluation_periods(3)
            .treat_missing_data(TreatMissingData::NotBreaching)
            .build(stack, "Behind");
    });
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({
            "Namespace": "AWS/Firehose",
            "MetricName": "DeliveryToS3.DataFreshness",
            "Dimensions": [{ "Name": "DeliveryStreamName", "Value": { "Ref": Match::any() } }],
        }),
    );
}

#[test]
fn rejects_prefix_with_expressions_without_one_for_errors() {
    let found = |errors: Option<&'static str>| {
        findings_of(|stack| {
            let builder = DeliveryStream::builder()
                .bucket(Bucket::builder().build(stack, "Bucket"))
                .prefix("clicks/!{timestamp:yyyy}/");
            match errors {
                Some(errors) => builder.error_output_prefix(errors).build(stack, "Delivery"),
                None => builder.build(stack, "Delivery"),
            };
        })
    };
    for (errors, actual) in [(None, "no prefix for errors"), (Some("errors/"), "errors/")] {
        let found = found(errors);
        assert!(found.contains("[INF4956]"), "{found}");
        assert!(found.contains(&format!("actual: {actual}")), "{found}");
        assert_eq!(found.matches("[INF").count(), 1, "{found}");
    }
    assert_eq!(found(Some("errors/!{firehose:error-output-type}/")), "");
}

const CLEAN: &str = "arn:aws:lambda:eu-west-1:111122223333:function:clean";

#[test]
fn processes_records_with_function() {
    let template = Template::of_stack(|stack| {
        let bucket = Bucket::builder().build(stack, "Bucket");
        let processor = LambdaProcessor::new(CLEAN)
            .buffering_interval(Duration::seconds(90))
            .buffering_size(Size::mib(3))
            .retries(1);
        DeliveryStream::builder()
            .bucket(bucket)
            .processor(processor)
            .build(stack, "Delivery");
    });
    let role = json!({ "Fn::GetAtt": [Match::any(), "Arn"] });
    let parameter = |name: &str, value: serde_json::Value| json!({ "ParameterName": name, "ParameterValue": value });
    template.has_properties(
        TYPE,
        json!({ "ExtendedS3DestinationConfiguration": { "ProcessingConfiguration": {
            "Enabled": true,
            "Processors": [{ "Type": "Lambda", "Parameters": [
                parameter("RoleArn", role),
                parameter("LambdaArn", json!(CLEAN)),
                parameter("BufferIntervalInSeconds", json!("90")),
                parameter("BufferSizeInMBs", json!("3")),
                parameter("NumberOfRetries", json!("1")),
            ] }],
        } } }),
    );
    let roles = roles(&template);
    assert!(roles.contains("lambda:InvokeFunction"), "{roles}");
    assert!(roles.contains(&format!("{CLEAN}:*")), "{roles}");
}

#[test]
fn converts_records_to_columnar_format() {
    for (format, serializer) in [
        (RecordFormat::parquet("shop", "clicks"), "ParquetSerDe"),
        (RecordFormat::orc("shop", "clicks"), "OrcSerDe"),
    ] {
        let template = Template::of_stack(|stack| {
            let bucket = Bucket::builder().build(stack, "Bucket");
            DeliveryStream::builder()
                .bucket(bucket)
                .record_format(format)
                .build(stack, "Delivery");
        });
        template.has_properties(
            TYPE,
            json!({ "ExtendedS3DestinationConfiguration": {
                "BufferingHints": { "SizeInMBs": 128 },
                "CompressionFormat": "UNCOMPRESSED",
                "ProcessingConfiguration": Match::absent(),
                "DataFormatConversionConfiguration": {
                    "Enabled": true,
                    "InputFormatConfiguration": { "Deserializer": { "OpenXJsonSerDe": {} } },
                    "OutputFormatConfiguration": { "Serializer": { serializer: {} } },
                    "SchemaConfiguration": {
                        "DatabaseName": "shop",
                        "TableName": "clicks",
                        "RoleARN": { "Fn::GetAtt": [Match::any(), "Arn"] },
                    },
                },
            } }),
        );
        let roles = roles(&template);
        for text in [
            "glue:GetTableVersions",
            "table/shop/clicks",
            "database/shop",
        ] {
            assert!(roles.contains(text), "{text} in {roles}");
        }
    }
}

#[test]
fn rejects_compression_and_small_buffer_of_converted_records() {
    let found = findings_of(|stack| {
        let bucket = Bucket::builder().build(stack, "Bucket");
        let format = RecordFormat::parquet("shop", "clicks");
        DeliveryStream::builder()
            .bucket(bucket)
            .record_format(format.clone())
            .compression(Compression::Gzip)
            .build(stack, "Compressed");
        DeliveryStream::builder()
            .bucket(bucket)
            .record_format(format)
            .buffering_size(Size::mib(5))
            .build(stack, "Small");
    });
    assert_eq!(found.matches("error[INF4957]").count(), 2, "{found}");
    assert!(found.contains("BufferingHints.SizeInMBs"), "{found}");
    assert!(found.contains("CompressionFormat"), "{found}");
}
