//! Versions of state machines.

use super::StateMachine;
use crate::cfn::stepfunctions::{CfnStateMachineVersion, CfnStateMachineVersionProps};
use crate::construct::With;
use crate::core::{Arn, RemovalPolicy, Scope, Value};
use crate::kind;

crate::construct! {
    /// A numbered copy of a state machine, which does not change.
    ///
    /// Creates an
    /// [`AWS::StepFunctions::StateMachineVersion`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachineversion.html).
    /// Each change of the machine publishes a new version; a [`StateMachineAlias`](super::StateMachineAlias) moves to it.
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | copied revision | the current one, so that each change publishes a version | the one of the first deployment |
    /// | former versions | retained, since executions and aliases use them; at most 1,000 | deleted |
    ///
    /// ```
    /// use infra_lib::stepfunctions::{Definition, Pass, StateMachine, StateMachineVersion};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let machine = StateMachine::builder().definition(Definition::new(Pass::new("Done"))).build(stack, "Machine");
    /// StateMachineVersion::builder().state_machine(&machine).build(stack, "Version");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct StateMachineVersion<'app>: "infra-lib.stepfunctions.StateMachineVersion" {
        resource: CfnStateMachineVersion<'app>,
        machine: StateMachine<'app>,
    }

    /// Properties of a [`StateMachineVersion`], set through [`StateMachineVersion::builder`].
    pub struct StateMachineVersionProps, StateMachineVersionBuilder, state_machine_version_builder {
        /// State machine that is copied.
        required_handle state_machine: StateMachine<'app>,
        /// Description of the version, at most 256 characters. Default: none.
        text description,
        /// Removal policy of former versions. Default: they are retained (CloudFormation: deleted).
        default removal_policy: RemovalPolicy = RemovalPolicy::Retain,
    }
}

impl<'app> StateMachineVersion<'app> {
    fn create(scope: Scope<'app>, props: StateMachineVersionProps<'app>) -> Self {
        let machine = props.state_machine;
        let resource = CfnStateMachineVersionProps::new(machine.arn().cast::<String>())
            .state_machine_revision_id(machine.cfn().attr_state_machine_revision_id())
            .with(props.description, CfnStateMachineVersionProps::description)
            .build(scope, "Resource");
        resource.apply_removal_policy(props.removal_policy);
        Self {
            scope,
            resource,
            machine,
        }
    }

    /// Returns the ARN of the version, which ends with its number.
    pub fn arn(&self) -> Value<Arn<kind::stepfunctions::StateMachineVersion>> {
        self.resource.ref_()
    }

    /// Returns the state machine.
    pub fn state_machine(&self) -> StateMachine<'app> {
        self.machine
    }

    /// Returns the L1 binding of the version.
    pub fn cfn(&self) -> CfnStateMachineVersion<'app> {
        self.resource
    }
}
