//! The [`TopicRule`] construct, and existing topic rules.

use super::action::TopicAction;
use super::sql::{check_sql, matches_filter, topic_filter};
use super::{MqttTopic, SqlVersion};
use crate::cfn::iot::topic_rule::{Action, TopicRulePayload};
use crate::cfn::iot::{CfnTopicRule, CfnTopicRuleProps};
use crate::construct::With;
use crate::core::{Arn, Construct, Diagnostic, IntoValue, Name, Scope, Value, codes};
use crate::iam::{Grant, Identity, Principal, Role};
use crate::kind;
use crate::{pseudo, sub};

/// State of a [`TopicRule`].
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TopicRuleState {
    /// Messages are processed.
    #[default]
    Enabled,
    /// Messages pass without effect.
    Disabled,
}

crate::construct! {
    /// A topic rule: selects messages that devices publish, and hands them to other services.
    ///
    /// Creates an
    /// [`AWS::IoT::TopicRule`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-topicrule.html),
    /// and a role for the actions that need one. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | version of the SQL | `2016-03-23` | `2015-10-08`, which does not read arrays and nested objects |
    /// | role | a new one, with the permissions of the actions only; AWS IoT of this account assumes it | required by each action |
    /// | state | enabled | required |
    /// | error action | none: messages whose action fails are lost | none |
    ///
    /// An action that publishes to a topic which the rule itself reads is reported (`INF4048`). See [rules for AWS
    /// IoT](https://docs.aws.amazon.com/iot/latest/developerguide/iot-rules.html).
    ///
    /// ```
    /// use infra_lib::iot::{TopicAction, TopicRule};
    /// use infra_lib::logs::LogGroup;
    /// use infra_lib::sqs::Queue;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Devices");
    /// let alerts = Queue::builder().build(stack, "Alerts");
    /// let failures = LogGroup::builder().build(stack, "Failures");
    /// TopicRule::builder()
    ///     .sql("SELECT topic(2) AS device, temperature FROM 'devices/+/state' WHERE temperature > 30")
    ///     .action(TopicAction::send_message(&alerts))
    ///     .error_action(TopicAction::put_log_events(&failures))
    ///     .build(stack, "Hot");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct TopicRule<'app>: "infra-lib.iot.TopicRule" {
        resource: CfnTopicRule<'app>,
        role: Option<Role<'app>>,
    }

    /// Properties of a [`TopicRule`], set through [`TopicRule::builder`].
    pub struct TopicRuleProps, TopicRuleBuilder, topic_rule_builder {
        /// Statement that selects the messages and their parts, such as `SELECT * FROM 'devices/+/state'` (`INF4046`).
        required_value sql: String,
        /// Version of the SQL. Default: `2016-03-23`.
        default sql_version: SqlVersion = SqlVersion::V2016,
        /// Actions for each message, one to ten (`INF4047`).
        list actions: TopicAction<'app>,
        /// Action for messages whose action fails. Default: none; the messages are lost. It gets the original message, encoded
        /// in base64, and the errors.
        optional error_action: TopicAction<'app>,
        /// Physical name of the rule: letters, digits and underscores. Default: a generated name. Changing it replaces the rule.
        text rule_name,
        /// Description of the rule. Default: none.
        text description,
        /// State of the rule. Default: enabled.
        default state: TopicRuleState = TopicRuleState::Enabled,
    }
}

crate::import! {
    /// An existing topic rule, from [`TopicRule::from_name`].
    pub struct ImportedTopicRule<'app>: "infra-lib.iot.ImportedTopicRule" {
        /// Returns the name of the rule.
        rule_name: Name<kind::iot::TopicRule>,
    }
}

impl<'app, S: topic_rule_builder::State> TopicRuleBuilder<'app, S> {
    /// Adds an action: a [`TopicAction`], or a function that is invoked. All actions get each message; the failure of one does not keep others from it.
    pub fn action(mut self, action: impl Into<TopicAction<'app>>) -> Self {
        self.actions.push(action.into());
        self
    }
}

impl<'app> TopicRule<'app> {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the signature that `construct!` calls"
    )]
    fn create(scope: Scope<'app>, props: TopicRuleProps<'app>) -> Self {
        check_sql(scope, &props.sql);
        check_actions(scope, props.actions.len());
        check_loop(scope, &props.sql, &props.actions);
        let all = || props.actions.iter().chain(&props.error_action);
        let role = all().any(|action| action.needs_role).then(|| {
            let service = Principal::service("iot.amazonaws.com").for_this_account();
            Role::builder()
                .assumed_by(service)
                .build(scope, "TopicRuleActionRole")
        });
        let render = |action: &TopicAction<'app>| -> Action {
            if let Some(role) = &role {
                action.grants.iter().for_each(|grant| grant(role));
            }
            let arn = role.map_or_else(|| crate::core::value(""), |role| role.arn());
            (action.render)(arn)
        };
        let actions: Vec<Action> = props.actions.iter().map(render).collect();
        let payload = TopicRulePayload::new(actions, props.sql.clone())
            .aws_iot_sql_version(props.sql_version.as_str())
            .rule_disabled(props.state == TopicRuleState::Disabled)
            .with(props.description.clone(), TopicRulePayload::description)
            .with(
                props.error_action.as_ref().map(render),
                TopicRulePayload::error_action,
            );
        let resource = CfnTopicRuleProps::new(payload)
            .with(props.rule_name.clone(), CfnTopicRuleProps::rule_name)
            .build(scope, "Resource");
        for action in all() {
            if let Some(permit) = &action.permission {
                permit(resource.attr_arn());
            }
        }
        Self {
            scope,
            resource,
            role,
        }
    }

    /// Imports an existing topic rule of this account and region by its name.
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        rule_name: impl IntoValue<Name<kind::iot::TopicRule>>,
    ) -> ImportedTopicRule<'app> {
        ImportedTopicRule::import(scope, id, rule_name.into_value())
    }

    /// Returns the ARN of the rule.
    pub fn arn(&self) -> Value<Arn<kind::iot::TopicRule>> {
        self.resource.attr_arn()
    }

    /// Returns the name of the rule.
    pub fn rule_name(&self) -> Value<Name<kind::iot::TopicRule>> {
        self.resource.ref_()
    }

    /// Returns the role of the actions, or `None` if only functions are invoked.
    pub fn role(&self) -> Option<Role<'app>> {
        self.role
    }

    /// Allows an identity to hand messages to the rule directly, without the message broker and its cost ([basic
    /// ingest](https://docs.aws.amazon.com/iot/latest/developerguide/iot-basic-ingest.html)): by publishing to
    /// `$aws/rules/NAME` and topics below.
    #[track_caller]
    pub fn grant_basic_ingest(&self, to: &impl Identity<'app>) -> Grant<'app> {
        basic_ingest(self.rule_name(), to)
    }

    /// Returns the L1 binding of the rule.
    pub fn cfn(&self) -> CfnTopicRule<'app> {
        self.resource
    }
}

impl<'app> ImportedTopicRule<'app> {
    /// Returns the ARN of the rule.
    pub fn arn(&self) -> Value<Arn<kind::iot::TopicRule>> {
        let name = self.rule_name().cast::<String>();
        sub![
            "arn:",
            pseudo::partition(),
            ":iot:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":rule/",
            name
        ]
        .cast()
    }

    /// Allows an identity to hand messages to the rule directly, as
    /// [`TopicRule::grant_basic_ingest`] does.
    #[track_caller]
    pub fn grant_basic_ingest(&self, to: &impl Identity<'app>) -> Grant<'app> {
        basic_ingest(self.rule_name(), to)
    }
}

#[track_caller]
fn basic_ingest<'app>(
    rule_name: Value<Name<kind::iot::TopicRule>>,
    to: &impl Identity<'app>,
) -> Grant<'app> {
    let topic = sub!["$aws/rules/", rule_name.cast::<String>()];
    let below = sub![topic.clone(), "/*"];
    MqttTopic::of(topic)
        .grant_publish(to)
        .and(MqttTopic::of(below).grant_publish(to))
}

/// Reports a rule without actions. The schema has the upper limit.
fn check_actions(scope: Scope<'_>, count: usize) {
    if count > 0 {
        return;
    }
    scope.report(
        Diagnostic::new(codes::TOPIC_RULE_ACTIONS, "a topic rule has no actions")
            .property("TopicRulePayload.Actions")
            .expected("1 to 10 actions")
            .help("add one with `.action(…)`")
            .url("https://docs.aws.amazon.com/iot/latest/developerguide/iot-create-rule.html"),
    );
}

/// Reports an action that publishes to a topic which the rule reads. Topics with substitutions are not known.
fn check_loop(scope: Scope<'_>, sql: &Value<String>, actions: &[TopicAction<'_>]) {
    let Some(filter) = sql.as_literal().and_then(topic_filter) else {
        return;
    };
    let topics = actions
        .iter()
        .filter_map(|action| action.republishes.as_deref());
    for topic in topics.filter(|topic| !topic.contains("${")) {
        if matches_filter(filter, topic) {
            scope.report(
                Diagnostic::new(
                    codes::TOPIC_RULE_LOOP,
                    format!("a topic rule publishes to `{topic}`, which it reads"),
                )
                .property("TopicRulePayload.Actions")
                .actual(topic)
                .expected(format!("a topic that `{filter}` does not match"))
                .help("publish to a topic of another branch, such as `alerts/…`")
                .url("https://docs.aws.amazon.com/iot/latest/developerguide/republish-rule-action.html"),
            );
        }
    }
}
