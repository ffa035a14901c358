//! Composite alarms: alarms on the states of other alarms.

use std::rc::Rc;

use bon::Builder;

use super::action::Actions;
use super::{AlarmAction, AsAlarm, AsCompositeAlarm};
use crate::cfn::cloudwatch::{CfnCompositeAlarm, CfnCompositeAlarmProps};
use crate::core::{Arn, Construct, Data, IntoValue, Name, Scope, Value, intrinsics, sub};
use crate::kind;

/// Condition under which a composite alarm goes off, over the states of other alarms.
#[derive(Clone, Debug, PartialEq)]
pub struct AlarmRule(Value<String>);

impl AlarmRule {
    /// Returns a rule that holds while the alarm is in state `ALARM`.
    pub fn alarm<'app>(alarm: &impl AsAlarm<'app>) -> Self {
        Self(sub!["ALARM(\"", alarm.as_alarm().arn(), "\")"])
    }

    /// Returns a rule that holds while the composite alarm is in state `ALARM`. CloudWatch refuses alarms that depend on
    /// each other.
    pub fn composite<'app>(alarm: &impl AsCompositeAlarm<'app>) -> Self {
        Self(sub!["ALARM(\"", alarm.as_composite_alarm().arn(), "\")"])
    }

    /// Returns a rule that holds while at least one of the rules holds.
    pub fn any_of(rules: impl IntoIterator<Item = Self>) -> Self {
        Self::join_rules(rules, " OR ")
    }

    /// Returns a rule that holds while all of the rules hold.
    pub fn all_of(rules: impl IntoIterator<Item = Self>) -> Self {
        Self::join_rules(rules, " AND ")
    }

    /// Returns a rule that holds while the given rule does not.
    pub fn unless(rule: Self) -> Self {
        Self(sub!["NOT ", rule.0])
    }

    fn join_rules(rules: impl IntoIterator<Item = Self>, operator: &'static str) -> Self {
        let mut parts = vec![Data::from("(")];
        for (at, rule) in rules.into_iter().enumerate() {
            if at > 0 {
                parts.push(Data::from(operator));
            }
            parts.push(rule.0.into_data());
        }
        parts.push(Data::from(")"));
        Self(intrinsics::concat(parts))
    }
}

/// An alarm on the states of other alarms, so that several symptoms of one cause send a single notification.
///
/// Creates an
/// [`AWS::CloudWatch::CompositeAlarm`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-compositealarm.html),
/// and adds a permission for alarms to the policies of its topics. Defaults are those of CloudFormation.
///
/// ```
/// # use infra_lib::cloudwatch::{Alarm, Comparison, Metric, TreatMissingData};
/// use infra_lib::cloudwatch::{AlarmRule, CompositeAlarm};
/// # use infra_lib::{App, Stack};
/// # let app = App::new();
/// # let stack = Stack::new(&app, "Stack");
/// # let cpu = Metric::new("AWS/ECS", "CPUUtilization");
/// # let [errors, latency] = ["Errors", "Latency"].map(|id| Alarm::builder().metric(cpu.clone())
/// #     .comparison(Comparison::GreaterThanThreshold).threshold(5).evaluation_periods(1)
/// #     .treat_missing_data(TreatMissingData::NotBreaching).build(stack, id));
///
/// CompositeAlarm::builder()
///     .rule(AlarmRule::any_of([AlarmRule::alarm(&errors), AlarmRule::alarm(&latency)]))
///     .build(stack, "Service");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct CompositeAlarm<'app> {
    scope: Scope<'app>,
    alarm: CfnCompositeAlarm<'app>,
}

/// Properties of a [`CompositeAlarm`], set through [`CompositeAlarm::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = CompositeAlarmBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct CompositeAlarmProps<'app> {
    #[builder(field)]
    actions: Actions<'app>,
    /// Condition under which the alarm goes off.
    rule: AlarmRule,
    /// Physical name of the alarm. Default: a generated name, so that CloudFormation can replace the alarm.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    alarm_name: Option<Value<String>>,
    /// Description of the problem that the alarm indicates, and of the response to it. Default: none.
    #[builder(with = |text: impl IntoValue<String>| text.into_value())]
    description: Option<Value<String>>,
}

impl<'app, S: composite_alarm_builder::State> CompositeAlarmBuilder<'app, S> {
    /// Adds an action that is invoked when the alarm goes off, such as a [`Topic`](crate::sns::Topic).
    pub fn action(mut self, action: &(impl AlarmAction + Clone + 'app)) -> Self {
        self.actions.push(Rc::new(action.clone()));
        self
    }

    /// Adds the alarm under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> CompositeAlarm<'app>
    where
        S: composite_alarm_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.cloudwatch.CompositeAlarm");
        let mut cfn = CfnCompositeAlarmProps::new(props.rule.0);
        if let Some(name) = props.alarm_name {
            cfn = cfn.alarm_name(name);
        }
        if let Some(text) = props.description {
            cfn = cfn.alarm_description(text);
        }
        let alarm = cfn.build(scope, "Resource");
        for action in &props.actions {
            action.bind(*alarm, alarm.attr_arn().cast());
            alarm.push_prop("AlarmActions", Data::from(action.action_arn()));
        }
        CompositeAlarm { scope, alarm }
    }
}

impl<'app> CompositeAlarm<'app> {
    /// Returns a builder for a composite alarm.
    pub fn builder() -> CompositeAlarmBuilder<'app> {
        CompositeAlarmProps::start()
    }

    /// Returns the ARN of the alarm.
    pub fn arn(&self) -> Value<Arn<kind::cloudwatch::CompositeAlarm>> {
        self.alarm.attr_arn()
    }

    /// Returns the physical name of the alarm.
    pub fn name(&self) -> Value<Name<kind::cloudwatch::CompositeAlarm>> {
        self.alarm.ref_()
    }

    /// Returns the L1 binding of the alarm.
    pub fn cfn(&self) -> CfnCompositeAlarm<'app> {
        self.alarm
    }
}

impl<'app> Construct<'app> for CompositeAlarm<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
