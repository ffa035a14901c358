//! Activities: tasks that workers of any kind fetch.

use crate::cfn::stepfunctions::{CfnActivity, CfnActivityProps};
use crate::core::{Arn, Name, Scope, Value};
use crate::iam::{Grant, Grantable};
use crate::kind;

/// Actions of workers.
pub(super) const WORK: [&str; 4] = [
    "states:GetActivityTask",
    "states:SendTaskFailure",
    "states:SendTaskHeartbeat",
    "states:SendTaskSuccess",
];

crate::construct! {
    /// An activity: a queue of tasks, which programs on any machine fetch, do and answer.
    ///
    /// Creates an
    /// [`AWS::StepFunctions::Activity`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-activity.html).
    /// The name is required, as in CloudFormation; a change replaces the activity.
    ///
    /// ```
    /// use infra_lib::iam::{Principal, Role};
    /// use infra_lib::stepfunctions::{Activity, Definition, Integration, StateMachine, Task};
    /// use infra_lib::{App, Duration, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let packing = Activity::builder().activity_name("packing").build(stack, "Packing");
    /// let worker = Role::builder().assumed_by(Principal::service("ec2.amazonaws.com")).build(stack, "Worker");
    /// packing.grant_work(&worker);
    /// let pack = Task::new("Pack", Integration::activity(&packing)).timeout(Duration::hours(8));
    /// StateMachine::builder().definition(Definition::new(pack)).build(stack, "Shipping");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Activity<'app>: "infra-lib.stepfunctions.Activity" {
        resource: CfnActivity<'app>,
    }

    /// Properties of an [`Activity`], set through [`Activity::builder`].
    pub struct ActivityProps, ActivityBuilder, activity_builder {
        /// Name of the activity, at most 80 characters.
        required_value activity_name: String,
    }
}

impl<'app> Activity<'app> {
    fn create(scope: Scope<'app>, props: ActivityProps<'app>) -> Self {
        Self {
            scope,
            resource: CfnActivityProps::new(props.activity_name).build(scope, "Resource"),
        }
    }

    /// Returns the ARN of the activity.
    pub fn arn(&self) -> Value<Arn<kind::stepfunctions::Activity>> {
        self.resource.ref_()
    }

    /// Returns the name of the activity.
    pub fn activity_name(&self) -> Value<Name<kind::stepfunctions::Activity>> {
        self.resource.attr_name()
    }

    /// Returns the L1 binding of the activity.
    pub fn cfn(&self) -> CfnActivity<'app> {
        self.resource
    }

    /// Allows a principal to fetch tasks of the activity, to answer them, and to send heartbeats.
    #[track_caller]
    pub fn grant_work(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .actions(WORK)
            .resource(self.arn())
            .on_identity(self)
    }
}
