//! The actions of topic rules by service.

use super::action::TopicAction;
use crate::cfn::iot::topic_rule::{
    Action, CloudwatchAlarmAction, CloudwatchAlarmActionRequired, CloudwatchLogsAction,
    CloudwatchMetricAction, CloudwatchMetricActionRequired, RepublishAction as CfnRepublishAction,
};
use crate::cloudwatch::AsAlarm;
use crate::core::value;
use crate::iam::Statement;
use crate::logs::AsLogGroup;

use super::MqttTopic;

/// State that [`TopicAction::set_alarm_state`] gives to an alarm.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AlarmState {
    /// The alarm acts as if its threshold were crossed.
    Alarm,
    /// The alarm is quiet.
    Ok,
    /// The alarm has no data.
    InsufficientData,
}

impl AlarmState {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Alarm => "ALARM",
            Self::Ok => "OK",
            Self::InsufficientData => "INSUFFICIENT_DATA",
        }
    }
}

impl<'app> TopicAction<'app> {
    /// Writes messages to a log group.
    pub fn put_log_events(group: &impl AsLogGroup<'app>) -> Self {
        let group = group.as_log_group();
        let name = group.name();
        // AWS IoT looks for the log stream of the rule before it creates it.
        let write = Statement::allow()
            .actions([
                "logs:CreateLogStream",
                "logs:DescribeLogStreams",
                "logs:PutLogEvents",
            ])
            .resource(group.arn());
        Self::new(move |role| {
            Action::new().cloudwatch_logs(CloudwatchLogsAction::new(name.clone(), role))
        })
        .statement(write)
    }

    /// Sets the state of an alarm, with a reason that appears in its history.
    pub fn set_alarm_state(
        alarm: &impl AsAlarm<'app>,
        state: AlarmState,
        reason: impl Into<String>,
    ) -> Self {
        let (alarm, reason) = (alarm.as_alarm(), reason.into());
        let name = alarm.name().cast::<String>();
        let set = Statement::allow()
            .action("cloudwatch:SetAlarmState")
            .resource(alarm.arn());
        Self::new(move |role_arn| {
            Action::new().cloudwatch_alarm(CloudwatchAlarmAction::new(
                CloudwatchAlarmActionRequired {
                    alarm_name: name.clone(),
                    role_arn,
                    state_reason: value(reason.as_str()),
                    state_value: value(state.as_str()),
                },
            ))
        })
        .statement(set)
    }
}

/// A value of a metric in [`TopicAction::put_metric`]. Texts can have substitutions, such as `${temperature}`.
#[derive(Clone, Debug)]
pub struct MetricAction {
    namespace: String,
    name: String,
    value: String,
    unit: String,
    timestamp: Option<String>,
}

impl MetricAction {
    /// Creates a value without a unit, with the time at which the message arrived.
    pub fn new(
        namespace: impl Into<String>,
        name: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        Self {
            namespace: namespace.into(),
            name: name.into(),
            value: value.into(),
            unit: "None".to_owned(),
            timestamp: None,
        }
    }

    /// Sets the unit, one of [those of
    /// CloudWatch](https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html). Default: `None`.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }

    /// Sets the time, in seconds since 1970. Default: the time at which the message arrived.
    pub fn timestamp(mut self, timestamp: impl Into<String>) -> Self {
        self.timestamp = Some(timestamp.into());
        self
    }
}

impl TopicAction<'_> {
    /// Publishes a value of a metric. The role may publish to its namespace only, unless that has substitutions.
    pub fn put_metric(metric: MetricAction) -> Self {
        let put = Statement::allow()
            .action("cloudwatch:PutMetricData")
            .resource("*");
        let put = if metric.namespace.contains("${") {
            put
        } else {
            put.condition(
                "StringEquals",
                "cloudwatch:namespace",
                metric.namespace.as_str(),
            )
        };
        Self::new(move |role_arn| {
            let action = CloudwatchMetricAction::new(CloudwatchMetricActionRequired {
                metric_name: value(metric.name.as_str()),
                metric_namespace: value(metric.namespace.as_str()),
                metric_unit: value(metric.unit.as_str()),
                metric_value: value(metric.value.as_str()),
                role_arn,
            });
            Action::new().cloudwatch_metric(match &metric.timestamp {
                Some(timestamp) => action.metric_timestamp(timestamp.as_str()),
                None => action,
            })
        })
        .statement(put)
    }
}

/// The topic to which [`TopicAction::republish`] publishes, and how.
#[derive(Clone, Debug)]
pub struct RepublishAction {
    topic: String,
    at_least_once: bool,
}

impl RepublishAction {
    /// Publishes to a topic, at most once (quality of service 0). It can have substitutions, such as
    /// `alerts/${topic(2)}`.
    pub fn new(topic: impl Into<String>) -> Self {
        Self {
            topic: topic.into(),
            at_least_once: false,
        }
    }

    /// Publishes at least once (quality of service 1).
    pub const fn at_least_once(mut self) -> Self {
        self.at_least_once = true;
        self
    }
}

impl TopicAction<'_> {
    /// Publishes messages to another topic. A topic that the rule reads is reported (`INF4048`).
    pub fn republish(to: RepublishAction) -> Self {
        let publish = Statement::allow()
            .action("iot:Publish")
            .resource(MqttTopic::new(substituted(&to.topic).as_str()).arn());
        let topic = to.topic.clone();
        let mut action = Self::new(move |role| {
            // `$` begins a topic of AWS IoT, which the action expects twice.
            let topic = match to.topic.strip_prefix('$') {
                Some(reserved) if !reserved.starts_with(['$', '{']) => format!("$${reserved}"),
                _ => to.topic.clone(),
            };
            let republish = CfnRepublishAction::new(role, topic);
            Action::new().republish(republish.qos(i64::from(to.at_least_once)))
        })
        .statement(publish);
        action.republishes = Some(topic);
        action
    }
}

/// Returns the pattern of a text with substitutions for policies: `*` in place of each `${…}`.
fn substituted(text: &str) -> String {
    let mut pattern = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        pattern.push_str(before);
        pattern.push('*');
        // Functions nest substitutions in parentheses only, not in braces.
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    pattern.push_str(rest);
    pattern
}

#[cfg(feature = "s3")]
impl<'app> TopicAction<'app> {
    /// Writes each message as an object. The key can have substitutions, such as `${topic()}/${timestamp()}`; the role may
    /// write keys with the text before the first one only.
    pub fn put_object(bucket: crate::s3::Bucket<'app>, key: impl Into<String>) -> Self {
        use crate::cfn::iot::topic_rule::{S3Action, S3ActionRequired};
        let key = key.into();
        let prefix = key.split("${").next().unwrap_or_default().to_owned();
        Self::new(move |role_arn| {
            Action::new().s3(S3Action::new(S3ActionRequired {
                bucket_name: bucket.bucket_name(),
                key: value(key.as_str()),
                role_arn,
            }))
        })
        .granted(move |role| {
            if prefix.is_empty() {
                bucket.grant_put(role);
            } else {
                bucket.grant_put_prefix(role, &prefix);
            }
        })
    }
}

#[cfg(feature = "sqs")]
impl TopicAction<'_> {
    /// Sends messages to a standard queue. A key of an imported queue needs a [`statement`](Self::statement).
    pub fn send_message<'q>(
        queue: &impl crate::sqs::QueueOfKind<'q, crate::sqs::Standard>,
    ) -> Self {
        use crate::cfn::iot::topic_rule::SqsAction;
        let queue = queue.as_queue();
        let url = queue.queue_url();
        let action = Self::new(move |role| {
            Action::new().sqs(SqsAction::new(url.clone(), role).use_base64(false))
        });
        let statements = queue.send_statements().into_iter();
        statements.fold(action, Self::statement)
    }
}

#[cfg(feature = "sns")]
impl<'app> TopicAction<'app> {
    /// Publishes messages to a standard topic of SNS, as they are.
    pub fn publish(topic: crate::sns::Topic<'app>) -> Self {
        sns_action(topic.arn()).granted(move |role| {
            topic.grant_publish(role);
        })
    }

    /// Publishes messages to an existing standard topic of SNS. A key of the topic needs a
    /// [`statement`](Self::statement).
    pub fn publish_to_imported(topic: &crate::sns::ImportedTopic) -> Self {
        let publish = Statement::allow()
            .action("sns:Publish")
            .resource(topic.arn());
        sns_action(topic.arn()).statement(publish)
    }
}

#[cfg(feature = "sns")]
fn sns_action<'app>(
    arn: crate::core::Value<crate::core::Arn<crate::kind::sns::Topic>>,
) -> TopicAction<'app> {
    use crate::cfn::iot::topic_rule::{SnsAction, SnsActionMessageFormat};
    TopicAction::new(move |role| {
        let action = SnsAction::new(role, arn.clone());
        Action::new().sns(action.message_format(SnsActionMessageFormat::RAW))
    })
}

#[cfg(feature = "kinesis")]
impl TopicAction<'_> {
    /// Puts messages to a data stream. The partition key can have substitutions, such as `${topic(2)}`. A key of an
    /// imported stream needs a [`statement`](Self::statement).
    pub fn put_record<'s>(
        stream: &impl crate::kinesis::AsStream<'s>,
        partition_key: impl Into<String>,
    ) -> Self {
        use crate::cfn::iot::topic_rule::KinesisAction;
        let (stream, partition_key) = (stream.as_stream(), partition_key.into());
        let name = stream.stream_name().cast::<String>();
        let action = Self::new(move |role| {
            let action = KinesisAction::new(role, name.clone());
            Action::new().kinesis(action.partition_key(partition_key.as_str()))
        });
        let statements = stream.put_statements().into_iter();
        statements.fold(action, Self::statement)
    }
}

/// Records that [`TopicAction::put_delivery`] writes.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum DeliveryAction {
    /// One record for each message, followed by a line break.
    #[default]
    Lines,
    /// One record for each message, as it is.
    Plain,
    /// Up to 500 records at once, from a message that is an array.
    Batch,
}

#[cfg(feature = "kinesisfirehose")]
impl TopicAction<'_> {
    /// Puts messages to a delivery stream of Firehose.
    pub fn put_delivery<'s>(
        stream: &impl crate::kinesisfirehose::AsDeliveryStream<'s>,
        records: DeliveryAction,
    ) -> Self {
        use crate::cfn::iot::topic_rule::FirehoseAction;
        let stream = stream.as_delivery_stream();
        let name = stream.delivery_stream_name();
        let put = Statement::allow()
            .actions(crate::kinesisfirehose::PUT)
            .resource(stream.arn());
        Self::new(move |role| {
            let action = FirehoseAction::new(name.clone(), role);
            Action::new().firehose(match records {
                DeliveryAction::Lines => action.separator("\n"),
                DeliveryAction::Plain => action,
                DeliveryAction::Batch => action.batch_mode(true),
            })
        })
        .statement(put)
    }
}

#[cfg(feature = "dynamodb")]
impl<'app> TopicAction<'app> {
    /// Puts each message as an item, one attribute for each of its members. The message must have the key attributes.
    pub fn put_item(table: crate::dynamodb::Table<'app>) -> Self {
        item_action(table.table_name(), table.arn()).granted(move |role| {
            if let Some(key) = table.encryption_key() {
                key.grant_encrypt_decrypt(role);
            }
        })
    }

    /// Puts each message as an item of an existing table. A key of the table needs a [`statement`](Self::statement).
    pub fn put_item_to_imported(table: &crate::dynamodb::ImportedTable) -> Self {
        item_action(table.table_name(), table.arn())
    }
}

#[cfg(feature = "dynamodb")]
fn item_action<'app>(
    name: crate::core::Value<crate::core::Name<crate::kind::dynamodb::Table>>,
    arn: crate::core::Value<crate::core::Arn<crate::kind::dynamodb::Table>>,
) -> TopicAction<'app> {
    use crate::cfn::iot::topic_rule::{DynamoDBv2Action, PutItemInput};
    let put = Statement::allow().action("dynamodb:PutItem").resource(arn);
    TopicAction::new(move |role| {
        let action = DynamoDBv2Action::new().role_arn(role);
        Action::new().dynamo_d_bv2(action.put_item(PutItemInput::new(name.clone())))
    })
    .statement(put)
}

#[cfg(feature = "stepfunctions")]
impl<'app> TopicAction<'app> {
    /// Starts an execution of a state machine, with the message as input.
    pub fn start_execution(machine: crate::stepfunctions::StateMachine<'app>) -> Self {
        use crate::cfn::iot::topic_rule::StepFunctionsAction;
        Self::new(move |role| {
            let name = machine.state_machine_name().cast::<String>();
            Action::new().step_functions(StepFunctionsAction::new(role, name))
        })
        .granted(move |role| {
            machine.grant_start_execution(role);
        })
    }
}

#[cfg(feature = "lambda")]
macro_rules! functions {
    ($($(#[$meta:meta])+ $type:ident;)+) => {$(
        $(#[$meta])+
        impl<'app> From<&crate::lambda::$type<'app>> for TopicAction<'app> {
            fn from(function: &crate::lambda::$type<'app>) -> Self {
                invoke(&crate::lambda::Invocable::invoked(function))
            }
        }
    )+};
}

#[cfg(feature = "lambda")]
functions! {
    /// Invokes the function with each message, and allows the rule to do so.
    Function;
    /// Invokes the function through the alias, and allows the rule to do so.
    Alias;
    /// Invokes the version, and allows the rule to do so.
    Version;
    /// Invokes the existing function, and allows the rule to do so or reports the permission (`INF4980`).
    ImportedFunction;
    /// Invokes the function, and allows the rule to do so or reports the permission (`INF4980`).
    FunctionRef;
}

#[cfg(feature = "lambda")]
fn invoke<'app>(invoked: &crate::lambda::Invoked<'app>) -> TopicAction<'app> {
    use crate::cfn::iot::topic_rule::LambdaAction;
    use crate::iam::Principal;
    let arn = invoked.arn();
    let mut action = TopicAction::new(move |_| {
        Action::new().lambda(LambdaAction::new().function_arn(arn.clone().cast::<String>()))
    });
    let invoked = invoked.clone();
    action.permission = Some(std::rc::Rc::new(move |rule| {
        let service = Principal::service("iot.amazonaws.com");
        invoked.grant(&service.condition("ArnLike", "aws:SourceArn", rule));
    }));
    action.needs_role = false;
    action
}
