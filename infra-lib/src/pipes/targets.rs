//! Queues, functions, machines, buses, streams and other resources as targets of pipes.

#[cfg(feature = "sns")]
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
    /// Creates a target that puts each event to a data stream. The partition key can be a path such as `$.body.id`. A key
    /// of an imported stream needs a [`statement`](Self::statement).
    pub fn to_stream<'app>(
        stream: &impl crate::kinesis::AsStream<'app>,
        partition_key: impl Into<String>,
    ) -> Self {
        let stream = stream.as_stream();
        let parameters = Data::map([("PartitionKey", Data::from(partition_key.into()))]);
        let statements = stream.put_statements().into_iter();
        statements
            .fold(Self::new(stream.arn()), Self::statement)
            .parameters("KinesisStreamParameters", parameters)
    }
}

#[cfg(feature = "kinesisfirehose")]
impl PipeTarget {
    /// Creates a target that puts each event as a record to a delivery stream of Firehose.
    pub fn to_delivery_stream<'app>(
        stream: &impl crate::kinesisfirehose::AsDeliveryStream<'app>,
    ) -> Self {
        let arn = stream.as_delivery_stream().arn();
        Self::new(&arn).statement(
            Statement::allow()
                .actions(crate::kinesisfirehose::PUT)
                .resource(arn),
        )
    }
}

#[cfg(feature = "sns")]
impl PipeTarget {
    /// Creates a target that publishes each event to a standard topic, with the permission to use its key. Pipes cannot
    /// publish to FIFO topics.
    pub fn to_topic(topic: &crate::sns::Topic<'_>) -> Self {
        let key = key_statement(
            topic.encryption().customer_key(),
            &["kms:Decrypt", "kms:GenerateDataKey*"],
        );
        let target = Self::allowed(topic.arn(), "sns:Publish");
        key.into_iter().fold(target, Self::statement)
    }

    /// Creates a target that publishes each event to an existing standard topic. A key of the topic needs a
    /// [`statement`](Self::statement).
    pub fn to_imported_topic(topic: &crate::sns::ImportedTopic) -> Self {
        Self::allowed(topic.arn(), "sns:Publish")
    }
}

impl PipeTarget {
    /// Creates a target that writes each event to a log group of this account and region. The log stream and the time are
    /// set with `.parameters("CloudWatchLogsParameters", …)`.
    pub fn to_log_group<'app>(group: &impl crate::logs::AsLogGroup<'app>) -> Self {
        let group = group.as_log_group();
        Self::new(group.plain_arn()).statement(
            Statement::allow()
                .actions(["logs:CreateLogStream", "logs:PutLogEvents"])
                .resource(group.arn()),
        )
    }

    /// Creates a target that submits a job of AWS Batch for each event, by the ARNs of the queue and of the job definition.
    /// The name of the job can be a path such as `$.body.id`.
    pub fn to_job_queue(
        queue_arn: impl crate::core::IntoValue<String>,
        definition_arn: impl crate::core::IntoValue<String>,
        job_name: impl Into<String>,
    ) -> Self {
        let (queue, definition) = (queue_arn.into_value(), definition_arn.into_value());
        let parameters = Data::map([
            ("JobDefinition", definition.clone().into_data()),
            ("JobName", Data::from(job_name.into())),
        ]);
        Self::allowed(&queue, "batch:SubmitJob")
            .statement(
                Statement::allow()
                    .action("batch:SubmitJob")
                    .resource(definition),
            )
            .parameters("BatchJobParameters", parameters)
    }

    /// Creates a target that starts an execution of a pipeline of SageMaker AI for each event, by its ARN. Parameters of the
    /// pipeline are set with `.parameters("SageMakerPipelineParameters", …)`.
    pub fn to_pipeline(pipeline_arn: impl crate::core::IntoValue<String>) -> Self {
        Self::allowed(pipeline_arn, "sagemaker:StartPipelineExecution")
    }
}

#[cfg(feature = "events")]
impl PipeTarget {
    /// Creates a target that sends each event to an API destination. Header, query and path parameters are set with
    /// `.parameters("HttpParameters", …)`.
    pub fn to_api_destination(destination: &crate::events::ApiDestination<'_>) -> Self {
        Self::allowed(destination.arn(), "events:InvokeApiDestination")
    }
}

#[cfg(feature = "apigateway")]
impl PipeTarget {
    /// Creates a target that sends each event to a method of a stage of a REST API, such as `POST` and `/orders`. `*` in the
    /// path stands for the values of `PathParameterValues`, which are set with `.parameters("HttpParameters", …)`, as are
    /// header and query parameters. The method needs IAM authorization for the permission to count.
    pub fn to_rest_method(
        stage: &crate::apigateway::RestStage<'_>,
        method: &str,
        path: &str,
    ) -> Self {
        use crate::apigatewayv2::MappedStage as _;
        let path = path.trim_start_matches('/');
        let arn = crate::core::sub![
            crate::apigatewayv2::execute_arn(stage.mapped_api_id(), ""),
            stage.stage_name(),
            format!("/{method}/{path}")
        ];
        Self::allowed(arn, "execute-api:Invoke")
    }
}

#[cfg(feature = "ecs")]
impl PipeTarget {
    /// Creates a target that starts a Fargate task for each event.
    pub fn to_task(task: &crate::ecs::TaskTarget<'_>) -> Self {
        let statements = task.statements().into_iter();
        statements
            .fold(Self::new(task.cluster_arn()), Self::statement)
            .parameters("EcsTaskParameters", task.parameters("AwsvpcConfiguration"))
    }
}

impl PipeTarget {
    /// Creates a target with the permission for one action.
    fn allowed(arn: impl crate::core::IntoValue<String>, action: &'static str) -> Self {
        let arn = arn.into_value();
        Self::new(&arn).statement(Statement::allow().action(action).resource(arn))
    }
}
