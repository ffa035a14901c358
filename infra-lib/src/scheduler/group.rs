//! Groups of schedules.

use crate::cfn::scheduler::{CfnScheduleGroup, CfnScheduleGroupProps};
use crate::construct::With;
use crate::core::{Arn, IntoValue, Name, RemovalPolicy, Scope, Value, pseudo, sub};
use crate::iam::{Grant, Grantable};
use crate::kind;

/// A schedule group of the app, or an imported one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a schedule group",
    note = "pass a `ScheduleGroup`, or an existing one from `ScheduleGroup::from_name`"
)]
pub trait Group<'app> {
    /// Returns the ARN of the group.
    fn group_arn(&self) -> Value<Arn<kind::scheduler::ScheduleGroup>>;

    /// Returns the name of the group.
    fn group_name(&self) -> Value<Name<kind::scheduler::ScheduleGroup>>;
}

impl<'app, G: Group<'app>> Group<'app> for &G {
    fn group_arn(&self) -> Value<Arn<kind::scheduler::ScheduleGroup>> {
        (**self).group_arn()
    }

    fn group_name(&self) -> Value<Name<kind::scheduler::ScheduleGroup>> {
        (**self).group_name()
    }
}

crate::construct! {
    /// A group of schedules, with metrics of its own.
    ///
    /// Creates an
    /// [`AWS::Scheduler::ScheduleGroup`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedulegroup.html).
    /// Deleting a group deletes its schedules, also those that an application created at run time. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | name | generated | generated |
    /// | removal from the template | retained | deleted with its schedules |
    ///
    /// An application that creates schedules needs a permission on the group:
    ///
    /// ```
    /// use infra_lib::iam::{Principal, Role};
    /// use infra_lib::scheduler::ScheduleGroup;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let reminders = ScheduleGroup::builder().build(stack, "Reminders");
    /// let service = Role::builder()
    ///     .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
    ///     .build(stack, "Service");
    /// reminders.grant_write_schedules(&service);
    /// reminders.grant_delete_schedules(&service);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ScheduleGroup<'app>: "infra-lib.scheduler.ScheduleGroup" {
        group: CfnScheduleGroup<'app>,
    }

    /// Properties of a [`ScheduleGroup`], set through [`ScheduleGroup::builder`].
    pub struct ScheduleGroupProps, ScheduleGroupBuilder, schedule_group_builder {
        /// Physical name of the group, at most 64 characters. Default: a generated name, so that CloudFormation can
        /// replace the group.
        text schedule_group_name,
        /// Removal policy of the group. Default: it is retained (CloudFormation: deleted with its schedules).
        default removal_policy: RemovalPolicy = RemovalPolicy::Retain,
    }
}

impl<'app> ScheduleGroup<'app> {
    fn create(scope: Scope<'app>, props: ScheduleGroupProps<'app>) -> Self {
        let group = CfnScheduleGroupProps::new()
            .with(props.schedule_group_name, CfnScheduleGroupProps::name)
            .build(scope, "Resource");
        group.apply_removal_policy(props.removal_policy);
        Self { scope, group }
    }

    /// Returns the group that holds schedules without another group.
    pub fn default_group() -> ImportedScheduleGroup {
        Self::from_name("default")
    }

    /// Imports an existing group of the same account and region by its name.
    pub fn from_name(
        name: impl IntoValue<Name<kind::scheduler::ScheduleGroup>>,
    ) -> ImportedScheduleGroup {
        ImportedScheduleGroup {
            name: name.into_value(),
        }
    }

    /// Returns the ARN of the group.
    pub fn arn(&self) -> Value<Arn<kind::scheduler::ScheduleGroup>> {
        self.group.attr_arn()
    }

    /// Returns the physical name of the group.
    pub fn schedule_group_name(&self) -> Value<Name<kind::scheduler::ScheduleGroup>> {
        self.group.ref_()
    }

    /// Returns the L1 binding of the group.
    pub fn cfn(&self) -> CfnScheduleGroup<'app> {
        self.group
    }

    /// Allows a principal to read schedules of the group.
    #[track_caller]
    pub fn grant_read_schedules(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant(to, &["scheduler:GetSchedule"])
    }

    /// Allows a principal to create and change schedules of the group. It also needs `iam:PassRole` on their role.
    #[track_caller]
    pub fn grant_write_schedules(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant(
            to,
            &["scheduler:CreateSchedule", "scheduler:UpdateSchedule"],
        )
    }

    /// Allows a principal to delete schedules of the group.
    #[track_caller]
    pub fn grant_delete_schedules(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.grant(to, &["scheduler:DeleteSchedule"])
    }

    #[track_caller]
    fn grant(&self, to: &impl Grantable<'app>, actions: &[&str]) -> Grant<'app> {
        let schedules = sub![
            "arn:",
            pseudo::partition(),
            ":scheduler:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":schedule/",
            self.schedule_group_name(),
            "/*"
        ];
        Grant::to(to)
            .actions(actions.iter().copied())
            .resource(schedules)
            .on_identity(self)
    }
}

impl<'app> Group<'app> for ScheduleGroup<'app> {
    fn group_arn(&self) -> Value<Arn<kind::scheduler::ScheduleGroup>> {
        self.arn()
    }

    fn group_name(&self) -> Value<Name<kind::scheduler::ScheduleGroup>> {
        self.schedule_group_name()
    }
}

/// An existing schedule group, from [`ScheduleGroup::from_name`] or [`ScheduleGroup::default_group`].
#[derive(Clone, Debug)]
pub struct ImportedScheduleGroup {
    name: Value<Name<kind::scheduler::ScheduleGroup>>,
}

impl Group<'_> for ImportedScheduleGroup {
    fn group_arn(&self) -> Value<Arn<kind::scheduler::ScheduleGroup>> {
        let arn = sub![
            "arn:",
            pseudo::partition(),
            ":scheduler:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":schedule-group/",
            &self.name
        ];
        arn.cast()
    }

    fn group_name(&self) -> Value<Name<kind::scheduler::ScheduleGroup>> {
        self.name.clone()
    }
}
