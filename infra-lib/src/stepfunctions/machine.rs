//! State machines.

use super::checks;
use super::definition::Definition;
use super::options::{ExecutionData, LogLevel, Tracing, WorkflowType};
use super::permissions::{allow_log_delivery, allow_logs, allow_traces, service_role};
use crate::cfn::stepfunctions::state_machine::{
    CloudWatchLogsLogGroup, EncryptionConfiguration, EncryptionConfigurationType, LogDestination,
    LoggingConfiguration, StateMachineType, TracingConfiguration,
};
use crate::cfn::stepfunctions::{CfnStateMachine, CfnStateMachineProps};
use crate::construct::With;
use crate::core::{Arn, Duration, IntoValue, Name, Scope, Value};
use crate::iam::{AsRole, Grantable, Grantee, Identity, RoleRef, Statement};
use crate::kind;
use crate::kms::{AsKey, KeyRef};
use crate::logs::{AsLogGroup, LogGroup, LogGroupRef, RetentionDays};

crate::construct! {
    /// A state machine of AWS Step Functions.
    ///
    /// Creates an
    /// [`AWS::StepFunctions::StateMachine`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html),
    /// a role with the permissions that the states need, and a log group. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | type | standard | standard |
    /// | role | one for this machine, which only machines of this account can assume | required |
    /// | log level | errors; express machines: all events, since nothing else has their history | off |
    /// | input and output in logs | left out | left out |
    /// | log group | one for this machine, events expire after a month | none |
    /// | tracing | off | off |
    /// | encryption | with a key of Step Functions | the same |
    /// | name | generated, so that the machine can be replaced | generated |
    ///
    /// The CDK has no logs by default. Synthesis reports states that nothing leads to (`INF4941`), transitions to states that
    /// do not exist (`INF4944`, `INF4945`), duplicate and long names (`INF4943`, `INF4946`), wrong paths and expressions
    /// (`INF4947`, `INF4948`), states that express machines cannot have (`INF4950`, `INF4951`), and others.
    ///
    /// ```
    /// use infra_lib::sqs::Queue;
    /// use infra_lib::stepfunctions::{
    ///     Choice, Condition, Definition, Fail, Integration, StateMachine, Succeed, Task,
    /// };
    /// use infra_lib::{App, Duration, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let orders = Queue::builder().build(stack, "Orders");
    /// let steps = Choice::new("Has items?")
    ///     .when(
    ///         Condition::expression("{% $count($states.input.items) > 0 %}"),
    ///         Task::new("Order", Integration::sqs_send_message(&orders)).next(Succeed::new("Done")),
    ///     )
    ///     .otherwise(Fail::new("Empty").error("Shop.EmptyCart"));
    /// StateMachine::builder()
    ///     .definition(Definition::new(steps).timeout(Duration::minutes(5)))
    ///     .build(stack, "Checkout");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct StateMachine<'app>: "infra-lib.stepfunctions.StateMachine" {
        resource: CfnStateMachine<'app>,
        role: RoleRef<'app>,
        log_group: Option<LogGroupRef<'app>>,
        workflow_type: WorkflowType,
    }

    /// Properties of a [`StateMachine`], set through [`StateMachine::builder`].
    pub struct StateMachineProps, StateMachineBuilder, state_machine_builder {
        /// States of the machine.
        required definition: Definition,
        /// Physical name of the machine, at most 80 characters. Default: a generated name, so that CloudFormation can replace
        /// the machine.
        text state_machine_name,
        /// Type of the machine. Default: standard, as in CloudFormation. A change replaces the machine.
        default workflow_type: WorkflowType = WorkflowType::Standard,
        /// Role of the machine. Default: one for this machine. The permissions that the states need are added to it in either
        /// case.
        reference role: AsRole::as_role => RoleRef<'app>,
        /// Events that are logged. Default: errors, and all events of an express machine (CloudFormation: none).
        optional log_level: LogLevel,
        /// Input and output of states in logs. Default: left out, as in CloudFormation.
        default execution_data: ExecutionData = ExecutionData::Excluded,
        /// Log group. Default: one for this machine, whose events expire after a month (CloudFormation: none).
        reference log_group: AsLogGroup::as_log_group => LogGroupRef<'app>,
        /// Traces in AWS X-Ray. Default: off, as in CloudFormation.
        default tracing: Tracing = Tracing::Off,
        /// Customer managed key that encrypts the definition, the history and the logs in transit. Default: a key of Step
        /// Functions, as in CloudFormation.
        reference encryption_key: AsKey::as_key => KeyRef<'app>,
        /// Time for which Step Functions reuses a data key, 1 to 15 minutes; shorter times cost more calls of KMS. Default: 5
        /// minutes, as in CloudFormation. Without effect unless there is a key.
        optional data_key_reuse_period: Duration,
    }
}

impl<'app> StateMachine<'app> {
    fn create(scope: Scope<'app>, props: StateMachineProps<'app>) -> Self {
        let definition = props.definition;
        checks::check(scope, &definition, props.workflow_type);
        scope.set_diagram(definition.to_mermaid());
        let role = props.role.unwrap_or_else(|| service_role(scope).as_role());
        for statement in definition.statements() {
            role.add_statement(statement);
        }
        let level = props.log_level.unwrap_or(match props.workflow_type {
            WorkflowType::Standard => LogLevel::Error,
            WorkflowType::Express => LogLevel::All,
        });
        let log_group = (level != LogLevel::Off).then(|| {
            props.log_group.unwrap_or_else(|| {
                LogGroup::builder()
                    .retention(RetentionDays::ONE_MONTH)
                    .build(scope, "LogGroup")
                    .as_log_group()
            })
        });
        if log_group.is_some() {
            allow_logs(role);
            if let Some(key) = props.encryption_key {
                allow_log_delivery(key);
            }
        }
        if props.tracing == Tracing::Active {
            allow_traces(role);
        }
        if let Some(key) = props.encryption_key {
            role.add_statement(
                Statement::allow()
                    .actions(["kms:Decrypt", "kms:GenerateDataKey"])
                    .resource(key.arn()),
            );
        }
        let text = definition.render();
        checks::check_size(scope, &text);
        let resource = CfnStateMachineProps::new(role.arn())
            .definition_string(text)
            .state_machine_type(StateMachineType::other(props.workflow_type.as_str()))
            .with(log_group, |cfn, group| {
                cfn.logging_configuration(logging(group, level, props.execution_data))
            })
            .with(
                (props.tracing == Tracing::Active)
                    .then(|| TracingConfiguration::new().enabled(true)),
                CfnStateMachineProps::tracing_configuration,
            )
            .with(props.encryption_key, |cfn, key| {
                cfn.encryption_configuration(
                    EncryptionConfiguration::new(
                        EncryptionConfigurationType::CUSTOMER_MANAGED_KMS_KEY,
                    )
                    .kms_key_id(key.arn().cast::<String>())
                    .with(
                        props.data_key_reuse_period.map(Duration::to_seconds_i64),
                        EncryptionConfiguration::kms_data_key_reuse_period_seconds,
                    ),
                )
            })
            .with(
                props.state_machine_name,
                CfnStateMachineProps::state_machine_name,
            )
            .build(scope, "Resource");
        let machine = Self {
            scope,
            resource,
            role,
            log_group,
            workflow_type: props.workflow_type,
        };
        if definition.is_distributed() {
            machine.allow_own_executions();
        }
        machine
    }

    /// Returns the ARN of the machine.
    pub fn arn(&self) -> Value<Arn<kind::stepfunctions::StateMachine>> {
        self.resource.ref_()
    }

    /// Returns the physical name of the machine.
    pub fn state_machine_name(&self) -> Value<Name<kind::stepfunctions::StateMachine>> {
        self.resource.attr_name()
    }

    /// Returns the role of the machine.
    pub fn role(&self) -> RoleRef<'app> {
        self.role
    }

    /// Returns the log group, or `None` for a machine without logs.
    pub fn log_group(&self) -> Option<LogGroupRef<'app>> {
        self.log_group
    }

    /// Returns the type of the machine.
    pub fn workflow_type(&self) -> WorkflowType {
        self.workflow_type
    }

    /// Returns the L1 binding of the machine.
    pub fn cfn(&self) -> CfnStateMachine<'app> {
        self.resource
    }

    /// Adds a statement to the policy of the role.
    #[track_caller]
    pub fn add_statement(&self, statement: Statement) {
        self.role.add_statement(statement);
    }

    /// Allows the role to start and follow executions of the machine, which a distributed map does.
    fn allow_own_executions(&self) {
        let start = Statement::allow()
            .action("states:StartExecution")
            .resource(self.arn());
        let follow = Statement::allow()
            .actions(["states:DescribeExecution", "states:StopExecution"])
            .resource(self.executions());
        self.role.add_statement(start);
        self.role.add_statement(follow);
    }
}

fn logging(
    group: LogGroupRef<'_>,
    level: LogLevel,
    execution_data: ExecutionData,
) -> LoggingConfiguration {
    let destination = LogDestination::new()
        .cloud_watch_logs_log_group(CloudWatchLogsLogGroup::new().log_group_arn(group.arn()));
    LoggingConfiguration::new()
        .destinations(vec![destination])
        .level(level.property())
        .include_execution_data(execution_data == ExecutionData::Included)
}

/// Receives permissions in the policy of the role.
impl<'app> Grantable<'app> for StateMachine<'app> {
    fn grantee(&self) -> Grantee<'app> {
        self.role.grantee()
    }
}

impl<'app> Identity<'app> for StateMachine<'app> {}

impl IntoValue<Arn<kind::stepfunctions::StateMachine>> for StateMachine<'_> {
    fn into_value(self) -> Value<Arn<kind::stepfunctions::StateMachine>> {
        self.arn()
    }
}

impl IntoValue<Arn<kind::stepfunctions::StateMachine>> for &StateMachine<'_> {
    fn into_value(self) -> Value<Arn<kind::stepfunctions::StateMachine>> {
        self.arn()
    }
}
