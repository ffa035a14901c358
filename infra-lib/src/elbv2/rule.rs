//! Listener rules: actions for selected requests.

use bon::Builder;
use infra_cfn::elasticloadbalancingv2::listener_rule::{
    Action as CfnAction, HostHeaderConfig, HttpHeaderConfig, HttpRequestMethodConfig,
    PathPatternConfig, RuleCondition, SourceIpConfig,
};
use infra_cfn::elasticloadbalancingv2::{
    CfnListenerRule, CfnListenerRuleProps, CfnListenerRuleRequired,
};
use infra_cfn::kind;

use super::{Action, AsListener, ListenerRef};
use crate::core::Origin;
use crate::ec2::Cidr;
use crate::{Arn, Construct, Diagnostic, Scope, Value, codes, value};

/// A listener rule: an action for requests that meet all of its conditions, instead of the default action.
///
/// Creates an
/// [`AWS::ElasticLoadBalancingV2::ListenerRule`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-listenerrule.html).
/// It has no defaults: priority, action and at least one condition are required, as in CloudFormation. All conditions
/// together have at most five values (`INF4305`).
///
/// ```
/// # use infra_lib::prelude::*;
/// # use infra_lib::{cidr, ec2::Vpc, elbv2::{Action, ApplicationLoadBalancer, Listener, ListenerProtocol, ListenerRule}};
/// # let app = App::new();
/// # let stack = Stack::new(&app, "Web");
/// # let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
/// # let balancer = ApplicationLoadBalancer::builder().internal(vpc.private()).build(stack, "Balancer");
/// # let http = Listener::builder().load_balancer(balancer).protocol(ListenerProtocol::Http).build(balancer, "Http");
/// ListenerRule::builder()
///     .listener(http)
///     .priority(10)
///     .path_patterns(["/robots.txt"])
///     .action(Action::fixed_text(200, "User-agent: *\nDisallow: /\n"))
///     .build(http, "Robots");
/// # assert!(!app.synth().has_errors());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ListenerRule<'app> {
    scope: Scope<'app>,
    rule: CfnListenerRule<'app>,
}

/// Properties of a [`ListenerRule`], set through [`ListenerRule::builder`].
#[derive(Builder, Debug)]
#[builder(builder_type(name = ListenerRuleBuilder), finish_fn(name = props, vis = "pub(crate)"), start_fn(vis = "pub(crate)"))]
pub struct ListenerRuleProps<'app> {
    #[builder(field)]
    conditions: Vec<RuleCondition>,
    #[builder(field)]
    values: usize,
    /// Listener of the rule. Changing it replaces the rule.
    #[builder(with = |listener: impl AsListener<'app>| listener.as_listener())]
    listener: ListenerRef<'app>,
    /// Priority from 1 to 50,000; rules with lower numbers are evaluated first. Unique within a listener (`INF4303`).
    priority: u32,
    /// Action for requests that meet the conditions.
    action: Action<'app>,
}

fn to_texts<T: Into<String>>(values: impl IntoIterator<Item = T>) -> Vec<String> {
    values.into_iter().map(Into::into).collect()
}

impl<'app, S: listener_rule_builder::State> ListenerRuleBuilder<'app, S> {
    /// Adds a condition: the path matches one of these patterns. `*` stands for any characters, `?` for exactly one.
    pub fn path_patterns<T: Into<String>>(self, patterns: impl IntoIterator<Item = T>) -> Self {
        let patterns = to_texts(patterns);
        self.add_condition(
            patterns.len(),
            RuleCondition::new()
                .field("path-pattern")
                .path_pattern_config(PathPatternConfig::new().values(patterns)),
        )
    }

    /// Adds a condition: the host matches one of these patterns. `*` stands for any characters, `?` for exactly one.
    pub fn host_headers<T: Into<String>>(self, hosts: impl IntoIterator<Item = T>) -> Self {
        let hosts = to_texts(hosts);
        self.add_condition(
            hosts.len(),
            RuleCondition::new()
                .field("host-header")
                .host_header_config(HostHeaderConfig::new().values(hosts)),
        )
    }

    /// Adds a condition: the request has one of these methods.
    pub fn methods<T: Into<String>>(self, methods: impl IntoIterator<Item = T>) -> Self {
        let methods = to_texts(methods);
        let config = HttpRequestMethodConfig::new().values(methods.clone());
        self.add_condition(
            methods.len(),
            RuleCondition::new()
                .field("http-request-method")
                .http_request_method_config(config),
        )
    }

    /// Adds a condition: the header matches one of these values.
    pub fn header<T: Into<String>>(
        self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        let values = to_texts(values);
        let config = HttpHeaderConfig::new()
            .http_header_name(name.into())
            .values(values.clone());
        self.add_condition(
            values.len(),
            RuleCondition::new()
                .field("http-header")
                .http_header_config(config),
        )
    }

    /// Adds a condition: the client's address is in one of these blocks.
    pub fn source_ips(self, blocks: impl IntoIterator<Item = Cidr>) -> Self {
        let blocks: Vec<Cidr> = blocks.into_iter().collect();
        let config = SourceIpConfig::new().values(blocks.clone());
        self.add_condition(
            blocks.len(),
            RuleCondition::new()
                .field("source-ip")
                .source_ip_config(config),
        )
    }

    fn add_condition(mut self, values: usize, condition: RuleCondition) -> Self {
        self.conditions.push(condition);
        self.values += values;
        self
    }

    /// Adds the rule under `scope`, preferably the listener.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> ListenerRule<'app>
    where
        S: listener_rule_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.elbv2.ListenerRule");
        check_values(scope, &props);
        if let Some(first) = props.listener.take_priority(props.priority, scope) {
            report_priority(props.priority, first, scope);
        }
        let rule = CfnListenerRuleProps::new(CfnListenerRuleRequired {
            actions: value([CfnAction::from_props(props.action.clone().into_props())]),
            conditions: value(props.conditions),
            priority: value(props.priority),
        });
        let rule = rule
            .listener_arn(props.listener.arn())
            .build(scope, "Resource");
        props
            .listener
            .front()
            .attach_target_group(&props.action, scope, *rule);
        ListenerRule { scope, rule }
    }
}

/// Reports a priority that another rule of the listener has.
fn report_priority(priority: u32, first: Origin, rule: Scope<'_>) {
    rule.report(
        Diagnostic::new(
            codes::DUPLICATE_RULE_PRIORITY,
            format!("the listener already has a rule with priority {priority}"),
        )
        .property("Priority")
        .related("first used here", first)
        .help("rules are evaluated from the lowest priority to the highest: give this rule a unique number"),
    );
}

fn check_values(scope: Scope<'_>, props: &ListenerRuleProps<'_>) {
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
    if !(1..=5).contains(&props.values) {
        scope.report(
            Diagnostic::new(codes::RULE_CONDITIONS, format!("a rule cannot have {} values in its conditions", props.values))
                .property("Conditions")
                .actual(props.values.to_string())
                .expected("1 to 5 values in all conditions together")
                .help("add a path, host, header, method or source; distribute more than five over several rules"),
        );
    }
}

impl<'app> Construct<'app> for ListenerRule<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl<'app> ListenerRule<'app> {
    /// Returns a builder for a rule.
    pub fn builder() -> ListenerRuleBuilder<'app> {
        ListenerRuleProps::builder()
    }

    /// Returns the ARN of the rule.
    pub fn arn(&self) -> Value<Arn<kind::elasticloadbalancingv2::ListenerRule>> {
        self.rule.ref_()
    }
}
