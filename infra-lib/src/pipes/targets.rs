//! Queues, functions, machines, buses and streams as targets of pipes.

#[cfg(feature = "kinesis")]
use super::keys::key_statement;
use super::target::PipeTarget;
use crate::core::Data;
use crate::iam::Statement;

#[cfg(feature = "sqs")]
impl PipeTarget {
    /// Creates a target that sends each event as a message to a standard queue. A key of an imported queue needs a
    /// [`statement`](Self::statement).
    pub fn to_queue<'app>(
        queue: &impl crate::sqs::QueueOfKind<'app, crate::sqs::Standard>,
    ) -> Self {
        Self::sending(&queue.as_queue())
    }

    /// Creates a target that sends each event as a message to a FIFO queue. The message group can be a path such as
    /// `$.body.customer`. A key of an imported queue needs a [`statement`](Self::statement).
    pub fn to_fifo_queue<'app>(
        queue: &impl crate::sqs::QueueOfKind<'app, crate::sqs::Fifo>,
        message_group: impl Into<String>,
    ) -> Self {
        let group = Data::map([("MessageGroupId", Data::from(message_group.into()))]);
        Self::sending(&queue.as_queue()).parameters("SqsQueueParameters", group)
    }

    fn sending(queue: &crate::sqs::QueueRef<'_>) -> Self {
        let statements = queue.send_statements().into_iter();
        statements.fold(Self::new(queue.arn()), Self::statement)
    }
}

#[cfg(feature = "lambda")]
impl PipeTarget {
    /// Creates a target that invokes a function, version or alias with each batch of events.
    pub fn to_function(
        function: impl crate::core::IntoValue<crate::core::Arn<crate::kind::lambda::Function>>,
    ) -> Self {
        Self::allowed(function.into_value(), "lambda:InvokeFunction")
    }
}

#[cfg(feature = "stepfunctions")]
impl PipeTarget {
    /// Creates a target that starts an execution of a machine with each batch of events.
    pub fn to_state_machine(
        machine: impl crate::core::IntoValue<crate::core::Arn<crate::kind::stepfunctions::StateMachine>>,
    ) -> Self {
        Self::allowed(machine.into_value(), "states:StartExecution").parameters(
            "StepFunctionStateMachineParameters",
            Data::map([("InvocationType", Data::from("FIRE_AND_FORGET"))]),
        )
    }
}

#[cfg(feature = "events")]
impl PipeTarget {
    /// Creates a target that publishes each event to a bus. `source` does not begin with `aws.`; both texts can be paths such
    /// as `$.body.kind`.
    pub fn to_event_bus<'app>(
        bus: &impl crate::events::Bus<'app>,
        source: impl Into<String>,
        detail_type: impl Into<String>,
    ) -> Self {
        let parameters = Data::map([
            ("DetailType", Data::from(detail_type.into())),
            ("Source", Data::from(source.into())),
        ]);
        Self::allowed(bus.bus_arn(), "events:PutEvents")
            .parameters("EventBridgeEventBusParameters", parameters)
    }
}

#[cfg(feature = "kinesis")]
impl PipeTarget {
    /// Creates a target that puts each event to a data stream. The partition key can be a path such as `$.body.id`.
    pub fn to_stream(
        stream: &crate::kinesis::Stream<'_>,
        partition_key: impl Into<String>,
    ) -> Self {
        let parameters = Data::map([("PartitionKey", Data::from(partition_key.into()))]);
        let target = Self::allowed(stream.arn(), "kinesis:PutRecord")
            .statement(
                Statement::allow()
                    .action("kinesis:PutRecords")
                    .resource(stream.arn()),
            )
            .parameters("KinesisStreamParameters", parameters);
        let key = key_statement(stream.encryption_key(), &["kms:GenerateDataKey"]);
        key.into_iter().fold(target, Self::statement)
    }
}

impl PipeTarget {
    /// Creates a target with the permission for one action.
    fn allowed(arn: impl crate::core::IntoValue<String>, action: &'static str) -> Self {
        let arn = arn.into_value();
        Self::new(&arn).statement(Statement::allow().action(action).resource(arn))
    }
}
