//! Rules: events or times, and the targets that they invoke.

use serde_json::Value as JsonValue;

use super::{Bus, EventPattern, RuleTarget, Schedule, Target};
use crate::cfn::events::{CfnRule, CfnRuleProps, rule};
use crate::cfn::iam::CfnRole;
use crate::construct::With;
use crate::core::{Arn, Data, Diagnostic, Name, Scope, Value, codes};
use crate::iam::{Grantee, Principal, Role, Statement};
use crate::kind;

/// Occasion on which a rule invokes its targets.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Trigger {
    /// Each event that matches the pattern.
    Event(EventPattern),
    /// Times, in UTC. EventBridge runs schedules on the default event bus only.
    Schedule(Schedule),
}

/// State of a rule after its deployment.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum RuleState {
    /// The rule invokes its targets.
    Enabled,
    /// The rule does nothing.
    Disabled,
}

/// Name of the child that is the role of a rule.
const ROLE: &str = "EventsRole";

crate::construct! {
    /// A rule of EventBridge: it invokes targets when an event matches a pattern, or at times.
    ///
    /// Creates an
    /// [`AWS::Events::Rule`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html),
    /// and the permissions that its targets need: in the policy of a topic or log group for this rule only, or in a role of
    /// the rule for an event bus or a task. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | pattern or schedule | exactly one, checked at synthesis | at least one |
    /// | event bus | the default one | the default one |
    /// | permissions of targets | added | none: deliveries fail |
    /// | state | enabled | enabled |
    /// | name | generated | generated |
    ///
    /// A topic needs a customer managed key, because EventBridge cannot use the AWS managed one (`INF4866`).
    ///
    /// ```
    /// use infra_lib::events::{EventPattern, Rule};
    /// use infra_lib::kms::Key;
    /// use infra_lib::sns::{Topic, TopicEncryption};
    /// use infra_lib::{App, Stack};
    /// use serde_json::json;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let key = Key::builder().build(stack, "Key");
    /// let operators = Topic::builder().encryption(TopicEncryption::key(key)).build(stack, "Operators");
    /// Rule::on_event(EventPattern::new().source("aws.health").detail("eventTypeCategory", "issue"))
    ///     .example(json!({ "source": "aws.health", "detail": { "eventTypeCategory": "issue" } }))
    ///     .target(&operators)
    ///     .build(stack, "Health");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Rule<'app>: "infra-lib.events.Rule" {
        resource: CfnRule<'app>,
        on_default_bus: bool,
    }

    /// Properties of a [`Rule`], set through [`Rule::on_event`] or [`Rule::on_schedule`].
    pub struct RuleProps, RuleBuilder, rule_builder {
        /// Targets in the order of addition.
        list targets: Target<'app>,
        /// Event bus, the last one that was given.
        list bus: Value<Name<kind::events::EventBus>>,
        /// Events that the pattern must match.
        list examples: JsonValue,
        /// Occasion on which the rule invokes its targets.
        required trigger: Trigger,
        /// Physical name of the rule, at most 64 characters. Default: a generated name, so that CloudFormation can
        /// replace the rule.
        text rule_name,
        /// Description of the rule, at most 512 characters. Default: none.
        text description,
        /// State of the rule. Default: enabled, as in CloudFormation.
        default state: RuleState = RuleState::Enabled,
    }
}

impl<'app, S: rule_builder::State> RuleBuilder<'app, S> {
    /// Adds a target: a construct, or a [`Target`]. Limit: 5.
    pub fn target(mut self, target: impl RuleTarget<'app>) -> Self {
        self.targets.push(target.rule_target());
        self
    }

    /// Sets the event bus. Default: the default one.
    pub fn event_bus(mut self, bus: impl Bus<'app>) -> Self {
        self.bus = vec![bus.bus_name()];
        self
    }

    /// Adds an example of an event, which the pattern must match (`INF4862`). It is not part of the template.
    pub fn example(mut self, event: JsonValue) -> Self {
        self.examples.push(event);
        self
    }
}

impl<'app> Rule<'app> {
    /// Returns a builder for a rule that runs for each event that matches the pattern.
    pub fn on_event(pattern: EventPattern) -> RuleBuilder<'app, rule_builder::SetTrigger> {
        Self::builder().trigger(Trigger::Event(pattern))
    }

    /// Returns a builder for a rule that runs at times.
    ///
    /// ```
    /// # use infra_lib::events::{Rule, Schedule};
    /// # use infra_lib::logs::LogGroup;
    /// # use infra_lib::{App, Stack};
    /// # let app = App::new();
    /// # let stack = Stack::new(&app, "Stack");
    /// let log = LogGroup::builder().build(stack, "Log");
    /// Rule::on_schedule(Schedule::cron("0 7 ? * MON-FRI *")).target(&log).build(stack, "Mornings");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub fn on_schedule(schedule: Schedule) -> RuleBuilder<'app, rule_builder::SetTrigger> {
        Self::builder().trigger(Trigger::Schedule(schedule))
    }

    #[track_caller]
    fn create(scope: Scope<'app>, props: RuleProps<'app>) -> Self {
        let bus = props.bus.into_iter().next_back();
        let on_default_bus = bus
            .as_ref()
            .is_none_or(|bus| bus.as_literal() == Some("default"));
        let bus = bus.filter(|_| !on_default_bus);
        let cfn = CfnRuleProps::new()
            .with(props.rule_name, CfnRuleProps::name)
            .with(props.description, CfnRuleProps::description)
            .with(bus, CfnRuleProps::event_bus_name);
        let cfn = match props.trigger {
            Trigger::Event(pattern) => {
                pattern.check(scope);
                check_examples(scope, &pattern, &props.examples);
                check_sources(scope, &pattern, on_default_bus);
                cfn.event_pattern(pattern)
            }
            Trigger::Schedule(schedule) => {
                if !on_default_bus {
                    report_schedule_on_custom_bus(scope);
                }
                cfn.schedule_expression(schedule.render(scope))
            }
        };
        let resource = cfn
            .state(match props.state {
                RuleState::Enabled => rule::State::ENABLED,
                RuleState::Disabled => rule::State::DISABLED,
            })
            .build(scope, "Resource");
        let rule = Self {
            scope,
            resource,
            on_default_bus,
        };
        for target in props.targets {
            rule.add_target(target);
        }
        scope.add_validator(check_targets);
        rule
    }

    /// Returns the ARN of the rule.
    pub fn arn(&self) -> Value<Arn<kind::events::Rule>> {
        self.resource.attr_arn()
    }

    /// Returns the physical name of the rule.
    pub fn rule_name(&self) -> Value<Name<kind::events::Rule>> {
        self.resource.attr_rule_name()
    }

    /// Returns the L1 binding of the rule.
    pub fn cfn(&self) -> CfnRule<'app> {
        self.resource
    }

    /// Returns `true` if the rule is on the default event bus.
    pub(super) const fn is_on_default_bus(&self) -> bool {
        self.on_default_bus
    }

    /// Adds a target: a construct, or a [`Target`]. Limit: 5. A mistake in its input is reported (`INF4867`).
    #[track_caller]
    pub fn add_target(&self, target: impl RuleTarget<'app>) {
        let mut target = target.rule_target();
        if let Some(input) = &target.input {
            input.check(self.scope);
        }
        if let Some(permission) = target.permission.take() {
            permission(self);
        }
        for queue in std::mem::take(&mut target.queues) {
            queue.allow_delivery("events.amazonaws.com", self.arn(), None, self);
        }
        let statements = std::mem::take(&mut target.statements);
        if target.role_arn.is_none() && !statements.is_empty() {
            target.role_arn = Some(self.role_with(statements));
        }
        let targets = self.resource.prop("Targets");
        let number = targets
            .as_ref()
            .and_then(Data::as_list)
            .map_or(0, <[_]>::len);
        let target = target.render(&format!("Target{number}"));
        self.resource.push_prop("Targets", target);
    }

    /// Adds statements to the role of the rule, and returns its ARN. The first call creates it.
    #[track_caller]
    fn role_with(&self, statements: Vec<Statement>) -> Value<Arn<kind::iam::Role>> {
        let existing = self.scope.child(ROLE).and_then(Scope::default_child);
        let role = existing
            .and_then(CfnRole::from_resource)
            .unwrap_or_else(|| {
                Role::builder()
                    .assumed_by(Principal::service("events.amazonaws.com").for_this_account())
                    .build(self.scope, ROLE)
                    .cfn()
            });
        let grantee = Grantee::of_resource(*role, role.attr_arn());
        for statement in statements {
            grantee.add_statement(statement);
        }
        role.attr_arn()
    }
}

fn check_examples(scope: Scope<'_>, pattern: &EventPattern, examples: &[JsonValue]) {
    for event in examples.iter().filter(|event| !pattern.matches(event)) {
        scope.report(
            Diagnostic::new(
                codes::UNMATCHED_EXAMPLE,
                "the event pattern of a rule does not match its example",
            )
            .property("EventPattern")
            .actual(event.to_string())
            .expected(format!("an event that matches {}", pattern.data().to_json()))
            .help("correct the pattern or the example; both have `source`, `detail-type` and `detail` at the top")
            .url("https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html"),
        );
    }
}

fn check_sources(scope: Scope<'_>, pattern: &EventPattern, on_default_bus: bool) {
    if on_default_bus {
        return;
    }
    for source in pattern.aws_sources() {
        scope.report(
            Diagnostic::new(
                codes::AWS_EVENTS_ON_CUSTOM_BUS,
                format!("events of `{source}` do not arrive on a custom event bus"),
            )
            .property("EventPattern.source")
            .actual(source)
            .note("AWS services send their events to the default event bus of the account")
            .help("leave out `.event_bus(…)`, or acknowledge the finding if another rule forwards the events to this bus")
            .url("https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events.html"),
        );
    }
}

fn report_schedule_on_custom_bus(scope: Scope<'_>) {
    scope.report(
        Diagnostic::new(
            codes::SCHEDULE_ON_CUSTOM_BUS,
            "a rule with a schedule is not on the default event bus",
        )
        .property("EventBusName")
        .note("EventBridge runs schedules on the default event bus only")
        .help("leave out `.event_bus(…)`, or use `scheduler::Schedule`, which can send events to any bus")
        .url("https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html"),
    );
}

fn check_targets(scope: Scope<'_>) {
    let targets = scope.default_child().map(|rule| rule.has_prop("Targets"));
    if targets == Some(false) {
        scope.report(
            Diagnostic::new(codes::RULE_WITHOUT_TARGET, "a rule has no targets")
                .property("Targets")
                .help("add a target with `.target(…)` or `add_target`"),
        );
    }
}
