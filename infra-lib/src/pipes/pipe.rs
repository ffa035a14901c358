//! Pipes.

use serde_json::Value as JsonValue;

use super::log::{self, PipeLogDestination, PipeLogLevel};
use super::source::PipeSource;
use super::target::PipeTarget;
use crate::cfn::pipes::pipe::{
    PipeLogConfiguration, PipeSourceParameters, PipeTargetParameters, RequestedPipeState,
};
use crate::cfn::pipes::{CfnPipe, CfnPipeProps, CfnPipeRequired};
use crate::construct::With;
use crate::core::{Arn, Name, Scope, Value};
use crate::iam::{Grantable, Grantee, Identity, Principal, Role, Statement};
use crate::kind;
use crate::kms::{AsKey, KeyRef};
use crate::logs::{AsLogGroup, LogGroup, LogGroupRef, RetentionDays};

/// State of a pipe after its deployment.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PipeState {
    /// The pipe reads events.
    Running,
    /// The pipe does nothing.
    Stopped,
}

crate::construct! {
    /// A pipe of EventBridge: it reads events of a queue or stream, drops those that no filter matches, enriches the others,
    /// and passes them to one target.
    ///
    /// Creates an
    /// [`AWS::Pipes::Pipe`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-pipes-pipe.html),
    /// a role with the permissions of source, enrichment and target only, and a log group for errors. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | role | one for this pipe, which only pipes of this account can assume | required |
    /// | filters | none: all events pass | none |
    /// | errors | logged without the events, and kept for a month | not logged |
    /// | encryption | with a key of AWS | the same |
    /// | state | running | running |
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::pipes::{Pipe, PipeSource, PipeTarget};
    /// use infra_lib::sqs::Queue;
    /// use infra_lib::{App, Stack};
    /// use serde_json::json;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let orders = Queue::builder().build(stack, "Orders");
    /// let large = Queue::builder().build(stack, "Large");
    /// Pipe::builder()
    ///     .source(PipeSource::from_queue(&orders).batch_size(1))
    ///     .filter(json!({ "body": { "total": [{ "numeric": [">", 1000] }] } }))
    ///     .target(PipeTarget::to_queue(&large))
    ///     .build(stack, "LargeOrders");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Pipe<'app>: "infra-lib.pipes.Pipe" {
        resource: CfnPipe<'app>,
        role: Role<'app>,
        log_group: LogGroupRef<'app>,
    }

    /// Properties of a [`Pipe`], set through [`Pipe::builder`].
    pub struct PipeProps, PipeBuilder, pipe_builder {
        /// Patterns of events that pass.
        list filters: JsonValue,
        /// ARN of the function that enriches events; the last one that was given.
        list enrichments: Value<String>,
        /// Destinations of logs besides the log group.
        list log_destinations: PipeLogDestination,
        /// Queue or stream that is read. A change replaces the pipe.
        required source: PipeSource,
        /// Resource that receives the events.
        required target: PipeTarget,
        /// Physical name of the pipe, at most 64 characters. Default: a generated name, so that CloudFormation can replace the
        /// pipe.
        text pipe_name,
        /// Description of the pipe, at most 512 characters. Default: none.
        text description,
        /// State of the pipe. Default: running, as in CloudFormation.
        default state: PipeState = PipeState::Running,
        /// Log group of errors. Default: one for this pipe, whose events expire after a month (CloudFormation: none).
        reference log_group: AsLogGroup::as_log_group => LogGroupRef<'app>,
        /// Lowest level of the steps that are logged. Default: errors (CloudFormation: none).
        default log_level: PipeLogLevel = PipeLogLevel::Error,
        /// Events and responses in the logs, which anybody who reads the logs can read. Default: left out, as in
        /// CloudFormation.
        default execution_data: bool = false,
        /// Customer managed key that encrypts the filters, templates and parameters of the pipe. Default: a key of AWS, as
        /// in CloudFormation.
        reference encryption_key: AsKey::as_key => KeyRef<'app>,
    }
}

impl<S: pipe_builder::State> PipeBuilder<'_, S> {
    /// Adds a pattern; events that match at least one pass. Limit: 5.
    ///
    /// See [filtering](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-filtering.html).
    pub fn filter(mut self, pattern: JsonValue) -> Self {
        self.filters.push(pattern);
        self
    }

    /// Adds a destination of the logs besides the log group: one bucket and one delivery stream. Default: none.
    pub fn log_destination(mut self, destination: PipeLogDestination) -> Self {
        self.log_destinations.push(destination);
        self
    }

    /// Sets the function that receives each batch of events, and whose response the target receives in place of them.
    /// Default: none.
    #[cfg(feature = "lambda")]
    pub fn enrichment(
        mut self,
        function: impl crate::core::IntoValue<Arn<kind::lambda::Function>>,
    ) -> Self {
        self.enrichments = vec![function.into_value().cast()];
        self
    }
}

impl<'app> Pipe<'app> {
    fn create(scope: Scope<'app>, props: PipeProps<'app>) -> Self {
        props.source.check(scope);
        let role = Role::builder()
            .assumed_by(Principal::service("pipes.amazonaws.com").for_this_account())
            .build(scope, "Role");
        let statements = props
            .source
            .statements
            .iter()
            .chain(&props.target.statements);
        for statement in statements {
            role.add_statement(statement.clone());
        }
        let enrichment = props.enrichments.into_iter().next_back();
        if let Some(function) = &enrichment {
            role.add_statement(
                Statement::allow()
                    .action("lambda:InvokeFunction")
                    .resource(function),
            );
        }
        let log_group = props.log_group.unwrap_or_else(|| {
            LogGroup::builder()
                .retention(RetentionDays::ONE_MONTH)
                .build(scope, "LogGroup")
                .as_log_group()
        });
        log_group.grant_write(&role);
        for destination in &props.log_destinations {
            role.add_statement(destination.statement.clone());
        }
        if let Some(key) = props.encryption_key {
            role.add_statement(
                Statement::allow()
                    .actions(["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"])
                    .resource(key.arn()),
            );
        }
        let logging = log::configuration(
            log_group,
            props.log_level,
            props.execution_data,
            props.log_destinations,
        );
        let source = props.source.render(&props.filters);
        let target = props.target.parameters;
        let resource = CfnPipeProps::new(CfnPipeRequired {
            role_arn: role.arn(),
            source: props.source.arn,
            target: props.target.arn,
        })
        .desired_state(match props.state {
            PipeState::Running => RequestedPipeState::RUNNING,
            PipeState::Stopped => RequestedPipeState::STOPPED,
        })
        .log_configuration(Value::<PipeLogConfiguration>::from_data(logging))
        .with(
            Some(source).filter(|map| !map.is_empty()),
            |cfn, parameters| {
                cfn.source_parameters(Value::<PipeSourceParameters>::from_data(parameters.into()))
            },
        )
        .with(
            Some(target).filter(|map| !map.is_empty()),
            |cfn, parameters| {
                cfn.target_parameters(Value::<PipeTargetParameters>::from_data(parameters.into()))
            },
        )
        .with(enrichment, CfnPipeProps::enrichment)
        .with(props.encryption_key, |cfn, key| {
            cfn.kms_key_identifier(key.arn().cast::<String>())
        })
        .with(props.pipe_name, CfnPipeProps::name)
        .with(props.description, CfnPipeProps::description)
        .build(scope, "Resource");
        Self {
            scope,
            resource,
            role,
            log_group,
        }
    }

    /// Returns the ARN of the pipe.
    pub fn arn(&self) -> Value<Arn<kind::pipes::Pipe>> {
        self.resource.attr_arn()
    }

    /// Returns the physical name of the pipe.
    pub fn pipe_name(&self) -> Value<Name<kind::pipes::Pipe>> {
        self.resource.ref_()
    }

    /// Returns the role of the pipe.
    pub fn role(&self) -> Role<'app> {
        self.role
    }

    /// Returns the log group of errors.
    pub fn log_group(&self) -> LogGroupRef<'app> {
        self.log_group
    }

    /// Returns the L1 binding of the pipe.
    pub fn cfn(&self) -> CfnPipe<'app> {
        self.resource
    }
}

/// Receives permissions in the policy of the role.
impl<'app> Grantable<'app> for Pipe<'app> {
    fn grantee(&self) -> Grantee<'app> {
        self.role.grantee()
    }
}

impl<'app> Identity<'app> for Pipe<'app> {}
