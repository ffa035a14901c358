//! Conversion of properties that are more than one value.

use serde_json::{Map, Value as JsonValue};

use super::values::{duration, flag, is_json, is_text, mebibytes, whole};
use super::{Arg, Call, Context};
use crate::convert::expression::scalar_text;
use crate::convert::types::Meaning;

type Calls<'s> = Option<Vec<Call<'s>>>;

fn item<'s>(service: &'static str, name: &'static str, rest: &str) -> Arg<'s> {
    Arg::Item(service, name, format!("::{rest}"))
}

fn call<'s>(
    service: &'static str,
    name: &'static str,
    rest: &str,
    arguments: Vec<Arg<'s>>,
) -> Arg<'s> {
    Arg::Call(Box::new(item(service, name, rest)), arguments)
}

fn text(value: &JsonValue) -> Option<Arg<'_>> {
    is_text(value).then_some(Arg::Value(value, Meaning::String))
}

/// Returns a text without references.
fn literal(value: &JsonValue) -> Option<Arg<'_>> {
    Some(Arg::Plain(crate::convert::code::string_literal(
        value.as_str()?,
    )))
}

/// Returns the members of an object that has exactly these keys.
fn members<'s, const N: usize>(
    value: &'s JsonValue,
    keys: [&str; N],
) -> Option<[&'s JsonValue; N]> {
    let map: &Map<String, JsonValue> = value.as_object().filter(|map| map.len() == N)?;
    let found: Option<Vec<_>> = keys.iter().map(|key| map.get(*key)).collect();
    found?.try_into().ok()
}

/// A dead-letter queue: `RedrivePolicy`.
pub(super) fn dead_letter<'s>(context: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    redrive(context, value, "sqs::Queue")
}

/// A dead-letter queue of a FIFO queue.
pub(super) fn fifo_dead_letter<'s>(context: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    redrive(context, value, "sqs::FifoQueue")
}

fn redrive<'s>(context: &Context<'_, 's>, value: &'s JsonValue, construct: &str) -> Calls<'s> {
    let [target, count] = members(value, ["deadLetterTargetArn", "maxReceiveCount"])?;
    let queue = Arg::Reference(context.construct(target, Some("Arn"), construct)?);
    let count = Arg::Plain(whole(count)?.to_string());
    let argument = call("sqs", "DeadLetterQueue", "new", vec![queue, count]);
    Some(vec![("dead_letter_queue", vec![argument])])
}

/// A key of the app for a queue.
pub(super) fn queue_key<'s>(context: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let key = Arg::Handle(context.construct(value, Some("Arn"), "kms::Key")?);
    Some(vec![(
        "encryption",
        vec![call("sqs", "QueueEncryption", "key", vec![key])],
    )])
}

/// A key of the app for a topic.
pub(super) fn topic_key<'s>(context: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let key = Arg::Handle(context.construct(value, Some("Arn"), "kms::Key")?);
    Some(vec![(
        "encryption",
        vec![call("sns", "TopicEncryption", "key", vec![key])],
    )])
}

/// A key of the app for a secret.
pub(super) fn secret_key<'s>(context: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let key = Arg::Handle(context.construct(value, Some("Arn"), "kms::Key")?);
    Some(vec![("encryption_key", vec![key])])
}

/// The log group of a log stream.
pub(super) fn log_group<'s>(context: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let group = Arg::Handle(context.construct(value, None, "logs::LogGroup")?);
    Some(vec![("log_group", vec![group])])
}

/// The metric of an alarm, which is several properties.
pub(super) fn metric<'s>(context: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let given = context.properties;
    let name = literal(given.get("MetricName")?)?;
    let mut calls: Vec<Call<'s>> = Vec::new();
    let dimensions = given.get("Dimensions")?.as_array()?;
    (!dimensions.is_empty()).then_some(())?;
    for dimension in dimensions {
        let [name, value] = members(dimension, ["Name", "Value"])?;
        calls.push(("dimension", vec![literal(name)?, text(value)?]));
    }
    let statistics = ["Average", "Sum", "Minimum", "Maximum", "SampleCount"];
    let statistic = given.get("Statistic")?.as_str()?;
    statistics.contains(&statistic).then_some(())?;
    if statistic != "Average" {
        calls.push((
            "statistic",
            vec![item("cloudwatch", "Statistic", statistic)],
        ));
    }
    let constants = [
        (10, "TEN_SECONDS"),
        (20, "TWENTY_SECONDS"),
        (30, "THIRTY_SECONDS"),
    ];
    let constants =
        constants
            .into_iter()
            .chain([(60, "ONE_MINUTE"), (3_600, "ONE_HOUR"), (86_400, "ONE_DAY")]);
    match whole(given.get("Period")?)? {
        300 => {}
        seconds => {
            let known = constants.into_iter().find(|(of, _)| *of == seconds);
            let path = match known {
                Some((_, name)) => name.to_owned(),
                None if seconds > 0 && seconds.is_multiple_of(60) && seconds <= 86_400 => {
                    format!("minutes({})", seconds / 60)
                }
                None => return None,
            };
            calls.push(("period", vec![item("cloudwatch", "Period", &path)]));
        }
    }
    let start = call("cloudwatch", "Metric", "new", vec![literal(value)?, name]);
    Some(vec![("metric", vec![Arg::Chain(Box::new(start), calls)])])
}

/// The threshold of an alarm.
pub(super) fn threshold<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let text = scalar_text(value)?;
    let number: f64 = text.parse().ok()?;
    // Written back as the same text.
    let written = if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.1}")
    } else {
        format!("{number:?}")
    };
    let is_kept = number.is_finite() && (number.to_string() == text || written == text);
    is_kept.then(|| vec![("threshold", vec![Arg::Plain(written)])])
}

/// The retention of an archive of events.
pub(super) fn archive_retention<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let days = duration(whole(value)?.checked_mul(86_400)?);
    let argument = call("events", "ArchiveRetention", "For", vec![days]);
    Some(vec![("retention", vec![argument])])
}

/// The code of a function: text in the template, or an object of a bucket.
pub(super) fn code<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let argument = if let Some([source]) = members(value, ["ZipFile"]) {
        call("lambda", "Code", "inline", vec![literal(source)?])
    } else {
        let [bucket, key] = members(value, ["S3Bucket", "S3Key"])?;
        let bucket = Arg::Value(
            is_text(bucket).then_some(bucket)?,
            Meaning::Reference("Name", "AWS::S3::Bucket"),
        );
        call("lambda", "Code", "bucket", vec![bucket, text(key)?])
    };
    Some(vec![("code", vec![argument])])
}

/// The architecture of a function.
pub(super) fn architecture<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let is_intel = is_json(value, r#"["x86_64"]"#);
    is_intel.then(|| {
        vec![(
            "architecture",
            vec![item("lambda", "Architecture", "X86_64")],
        )]
    })
}

/// The memory of a function.
pub(super) fn memory<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    Some(vec![("memory", vec![mebibytes(whole(value)?)])])
}

/// The size of `/tmp` of a function.
pub(super) fn ephemeral_storage<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let [size] = members(value, ["Size"])?;
    Some(vec![("ephemeral_storage", vec![mebibytes(whole(size)?)])])
}

/// Tracing of a function with X-Ray.
pub(super) fn tracing<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    is_json(value, r#"{"Mode":"Active"}"#)
        .then(|| vec![("tracing", vec![item("lambda", "Tracing", "Active")])])
}

/// The log group of a function, and the format of its entries.
pub(super) fn logging<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let [_, format] = members(value, ["LogGroup", "LogFormat"])?;
    match format.as_str()? {
        "JSON" => Some(Vec::new()),
        "Text" => Some(vec![(
            "log_format",
            vec![item("lambda", "LogFormat", "Text")],
        )]),
        _ => None,
    }
}

/// Variables of a function.
pub(super) fn environment<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let [variables] = members(value, ["Variables"])?;
    let variables = variables.as_object().filter(|map| !map.is_empty())?;
    let calls = variables.iter().map(|(name, value)| {
        let name = Arg::Plain(crate::convert::code::string_literal(name));
        Some(("env", vec![name, text(value)?]))
    });
    calls.collect()
}

/// Functions that report the items of a batch that failed.
pub(super) fn failure_report<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    is_json(value, r#"["ReportBatchItemFailures"]"#).then(|| {
        vec![(
            "failure_report",
            vec![item("lambda", "FailureReport", "EachItem")],
        )]
    })
}

/// The keys of a table.
pub(super) fn table_keys<'s>(context: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let definitions = context.properties.get("AttributeDefinitions")?.as_array()?;
    let keys = value.as_array()?;
    (keys.len() == definitions.len() && keys.len() <= 2).then_some(())?;
    let setters = [("partition_key", "HASH"), ("sort_key", "RANGE")];
    let mut calls = Vec::new();
    for ((key, definition), (setter, kind)) in keys.iter().zip(definitions).zip(setters) {
        let [name, given] = members(key, ["AttributeName", "KeyType"])?;
        let [of, ty] = members(definition, ["AttributeName", "AttributeType"])?;
        (name == of && given == kind).then_some(())?;
        let function = match ty.as_str()? {
            "S" => "string",
            "N" => "number",
            "B" => "binary",
            _ => return None,
        };
        let attribute = call("dynamodb", "Attribute", function, vec![literal(name)?]);
        calls.push((setter, vec![attribute]));
    }
    Some(calls)
}

/// The attribute with the time at which DynamoDB deletes an item.
pub(super) fn time_to_live<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let [name, enabled] = members(value, ["AttributeName", "Enabled"])?;
    flag(enabled)?.then_some(())?;
    Some(vec![("time_to_live", vec![text(name)?])])
}

/// The stream of changes of a table.
pub(super) fn stream_view<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let [view] = members(value, ["StreamViewType"])?;
    let path = match view.as_str()? {
        "KEYS_ONLY" => "KeysOnly",
        "NEW_IMAGE" => "NewImage",
        "OLD_IMAGE" => "OldImage",
        "NEW_AND_OLD_IMAGES" => "NewAndOldImages",
        _ => return None,
    };
    Some(vec![("stream", vec![item("dynamodb", "StreamView", path)])])
}

/// The name of a bucket without references.
pub(super) fn bucket_name<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    let name = value.as_str()?;
    let is_accepted = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_valid = (3..=63).contains(&name.len())
        && name.chars().all(is_accepted)
        && !name.starts_with('-')
        && !name.ends_with('-')
        // S3 reserves these.
        && !name.contains("--")
        && !name.starts_with("sthree-")
        && !name.starts_with("amzn-s3-demo-")
        && !name.ends_with("-s3alias")
        && !name.ends_with("-an");
    let argument = Arg::Core("bucket_name", format!("!({name:?})"));
    is_valid.then(|| vec![("bucket_name", vec![argument])])
}

/// Retention of a stream in hours.
pub(super) fn stream_retention<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    Some(vec![(
        "retention",
        vec![duration(whole(value)?.checked_mul(3_600)?)],
    )])
}

/// Client IDs of an identity provider.
pub(super) fn client_ids<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    each("client_id", value)
}

/// Thumbprints of an identity provider.
pub(super) fn thumbprints<'s>(_: &Context<'_, 's>, value: &'s JsonValue) -> Calls<'s> {
    each("thumbprint", value)
}

fn each<'s>(method: &'static str, value: &'s JsonValue) -> Calls<'s> {
    let items = value.as_array().filter(|items| !items.is_empty())?;
    items
        .iter()
        .map(|one| Some((method, vec![text(one)?])))
        .collect()
}
