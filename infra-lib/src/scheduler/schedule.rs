//! Schedules.

use super::{Group, ScheduleExpression, ScheduleGroup, ScheduleTarget, Target};
use crate::cfn::scheduler::schedule::{
    FlexibleTimeWindow as CfnWindow, FlexibleTimeWindowMode, ScheduleState as CfnState,
};
use crate::cfn::scheduler::{CfnSchedule, CfnScheduleProps, CfnScheduleRequired};
use crate::construct::With;
use crate::core::{Arn, Diagnostic, Duration, Name, Scope, Value, codes, value};
use crate::iam::{Principal, Role};
use crate::kind;
use crate::kms::{AsKey, KeyRef};

/// Time window after the scheduled time in which the target is invoked.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FlexibleTimeWindow {
    /// The target is invoked within a minute of the scheduled time.
    Off,
    /// The target is invoked at a time of AWS's choice within the window, 1 minute to 24 hours long, which spreads load; a
    /// part of a minute counts as a minute.
    UpTo(Duration),
}

/// State of a schedule after its deployment.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ScheduleState {
    /// The schedule invokes its target.
    Enabled,
    /// The schedule does nothing.
    Disabled,
}

crate::construct! {
    /// A schedule of EventBridge Scheduler: it invokes a target at an interval, at times of a calendar, or once.
    ///
    /// Creates an
    /// [`AWS::Scheduler::Schedule`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html)
    /// and a role with the permissions of the target, which only schedules of the same group and account can assume.
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | role | created, with the permissions of the target only | required |
    /// | flexible time window | off | required |
    /// | time zone | UTC | UTC |
    /// | group | `default` | `default` |
    /// | encryption of the input | with a key of Scheduler | the same |
    /// | state | enabled | enabled |
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::scheduler::{Schedule, ScheduleExpression};
    /// use infra_lib::sns::Topic;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let topic = Topic::builder().build(stack, "Reports");
    /// let mornings = ScheduleExpression::cron("0 7 ? * MON-FRI *").time_zone("Europe/Berlin");
    /// Schedule::of(mornings, &topic).build(stack, "Mornings");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Schedule<'app>: "infra-lib.scheduler.Schedule" {
        resource: CfnSchedule<'app>,
        role: Option<Role<'app>>,
    }

    /// Properties of a [`Schedule`], set through [`Schedule::of`].
    pub struct ScheduleProps, ScheduleBuilder, schedule_builder {
        /// Group, the last one that was given: its ARN and name.
        list groups: (Value<Arn<kind::scheduler::ScheduleGroup>>, Value<Name<kind::scheduler::ScheduleGroup>>),
        /// Times at which the target is invoked.
        required expression: ScheduleExpression,
        /// Target that is invoked.
        required target: Target<'app>,
        /// Time window after the scheduled time in which the target is invoked. Default: off.
        default flexible_time_window: FlexibleTimeWindow = FlexibleTimeWindow::Off,
        /// Time before which the target is not invoked, `yyyy-mm-ddThh:mm:ssZ`. Default: none.
        optional start_date: String,
        /// Time after which the target is not invoked, `yyyy-mm-ddThh:mm:ssZ`; later than the start (`INF4872`). Default:
        /// none.
        optional end_date: String,
        /// KMS key that encrypts the input; the role of the schedule is allowed to decrypt with it. Default: a key of
        /// Scheduler.
        reference encryption_key: AsKey::as_key => KeyRef<'app>,
        /// Physical name of the schedule, at most 64 characters. Default: a generated name, so that CloudFormation can
        /// replace the schedule.
        text schedule_name,
        /// Description of the schedule, at most 512 characters. Default: none.
        text description,
        /// State of the schedule. Default: enabled, as in CloudFormation.
        default state: ScheduleState = ScheduleState::Enabled,
    }
}

impl<'app, S: schedule_builder::State> ScheduleBuilder<'app, S> {
    /// Sets the group of the schedule. Default: the group `default`.
    pub fn group(mut self, group: impl Group<'app>) -> Self {
        self.groups = vec![(group.group_arn(), group.group_name())];
        self
    }
}

impl<'app> Schedule<'app> {
    /// Returns a builder for a schedule that invokes `target`, a construct or a [`Target`], at the times of `expression`.
    pub fn of(
        expression: ScheduleExpression,
        target: impl ScheduleTarget<'app>,
    ) -> ScheduleBuilder<'app, schedule_builder::SetTarget<schedule_builder::SetExpression>> {
        Self::builder()
            .expression(expression)
            .target(target.schedule_target())
    }

    #[track_caller]
    fn create(scope: Scope<'app>, mut props: ScheduleProps<'app>) -> Self {
        let (expression, zone) = props.expression.render(scope);
        check_dates(
            scope,
            props.start_date.as_deref(),
            props.end_date.as_deref(),
        );
        let group = props.groups.into_iter().next_back();
        let group_arn = match &group {
            Some((arn, _)) => arn.clone(),
            None => ScheduleGroup::default_group().group_arn(),
        };
        let role = match props.target.role_arn.take() {
            Some(arn) => Err(arn),
            None => Ok(create_role(scope, &props.target, group_arn)),
        };
        if let (Some(key), Ok(role)) = (props.encryption_key, &role) {
            key.grant_decrypt(role);
        }
        let role_arn = match &role {
            Ok(role) => role.arn(),
            Err(arn) => arn.clone(),
        };
        let resource = CfnScheduleProps::new(CfnScheduleRequired {
            flexible_time_window: value(window(props.flexible_time_window)),
            schedule_expression: value(expression),
            target: value(props.target.render(role_arn)),
        })
        .with(zone, CfnScheduleProps::schedule_expression_timezone)
        .with(group.map(|(_, name)| name), CfnScheduleProps::group_name)
        .with(props.start_date, CfnScheduleProps::start_date)
        .with(props.end_date, CfnScheduleProps::end_date)
        .with(
            props.encryption_key.map(|key| key.arn()),
            CfnScheduleProps::kms_key_arn,
        )
        .with(props.schedule_name, CfnScheduleProps::name)
        .with(props.description, CfnScheduleProps::description)
        .state(match props.state {
            ScheduleState::Enabled => CfnState::ENABLED,
            ScheduleState::Disabled => CfnState::DISABLED,
        })
        .build(scope, "Resource");
        Self {
            scope,
            resource,
            role: role.ok(),
        }
    }

    /// Returns the ARN of the schedule.
    pub fn arn(&self) -> Value<Arn<kind::scheduler::Schedule>> {
        self.resource.attr_arn()
    }

    /// Returns the physical name of the schedule.
    pub fn schedule_name(&self) -> Value<Name<kind::scheduler::Schedule>> {
        self.resource.ref_()
    }

    /// Returns the role that the schedule created, or `None` if its target has an existing one.
    pub fn role(&self) -> Option<Role<'app>> {
        self.role
    }

    /// Returns the L1 binding of the schedule.
    pub fn cfn(&self) -> CfnSchedule<'app> {
        self.resource
    }
}

/// Creates the role of a schedule, which the other schedules of the account cannot use unless they are in the same group.
///
/// See [confused deputy
/// prevention](https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html).
#[track_caller]
fn create_role<'app>(
    scope: Scope<'app>,
    target: &Target<'app>,
    group_arn: Value<Arn<kind::scheduler::ScheduleGroup>>,
) -> Role<'app> {
    let role = Role::builder()
        .assumed_by(
            Principal::service("scheduler.amazonaws.com")
                .for_this_account()
                .condition("ArnEquals", "aws:SourceArn", group_arn),
        )
        .build(scope, "Role");
    if let Some(permission) = &target.permission {
        permission(&role);
    }
    for statement in &target.statements {
        role.add_statement(statement.clone());
    }
    role
}

fn window(window: FlexibleTimeWindow) -> CfnWindow {
    match window {
        FlexibleTimeWindow::Off => CfnWindow::new(FlexibleTimeWindowMode::OFF),
        FlexibleTimeWindow::UpTo(length) => {
            let minutes = i64::try_from(length.as_seconds().div_ceil(60)).unwrap_or(i64::MAX);
            CfnWindow::new(FlexibleTimeWindowMode::FLEXIBLE).maximum_window_in_minutes(minutes)
        }
    }
}

fn check_dates(scope: Scope<'_>, start: Option<&str>, end: Option<&str>) {
    // Both have the form of a fixed width, in which text is in the order of time.
    if let (Some(start), Some(end)) = (start, end)
        && end <= start
    {
        scope.report(
            Diagnostic::new(codes::SCHEDULE_PERIOD, "a schedule ends before it starts")
                .property("EndDate")
                .actual(end)
                .expected(format!("a time after {start}"))
                .url("https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html"),
        );
    }
}
