//! A rule of a listener: which requests get another action than the default.

use bon::Builder;
use infra_cfn::elasticloadbalancingv2::listener_rule::{
    Action as CfnAction, HostHeaderConfig, HttpHeaderConfig, HttpRequestMethodConfig,
    PathPatternConfig, RuleCondition, SourceIpConfig,
};
use infra_cfn::elasticloadbalancingv2::{
    CfnListenerRule, CfnListenerRuleProps, CfnListenerRuleRequired,
};
use infra_cfn::kind;

use super::{Action, Listener};
use crate::ec2::Cidr;
use crate::{Arn, Construct, Diagnostic, Scope, Value, codes, value};

/// Which requests get another action than the listener's default: those that meet every condition.
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
    /// The listener. Changing it replaces the rule.
    #[builder(into)]
    listener: Listener<'app>,
    /// When the rule is tried, from 1 to 50,000, the lowest first; each priority once in a listener.
    priority: u32,
    /// What happens to the requests.
    action: Action<'app>,
}

fn texts<T: Into<String>>(values: impl IntoIterator<Item = T>) -> Vec<String> {
    values.into_iter().map(Into::into).collect()
}

impl<'app, S: listener_rule_builder::State> ListenerRuleBuilder<'app, S> {
    /// Requests whose path matches one of these; `*` and `?` stand for any characters.
    pub fn path_patterns<T: Into<String>>(self, patterns: impl IntoIterator<Item = T>) -> Self {
        let patterns = texts(patterns);
        self.condition(
            patterns.len(),
            RuleCondition::new()
                .field("path-pattern")
                .path_pattern_config(PathPatternConfig::new().values(patterns)),
        )
    }

    /// Requests to one of these hosts; `*` and `?` stand for any characters.
    pub fn host_headers<T: Into<String>>(self, hosts: impl IntoIterator<Item = T>) -> Self {
        let hosts = texts(hosts);
        self.condition(
            hosts.len(),
            RuleCondition::new()
                .field("host-header")
                .host_header_config(HostHeaderConfig::new().values(hosts)),
        )
    }

    /// Requests with one of these methods.
    pub fn methods<T: Into<String>>(self, methods: impl IntoIterator<Item = T>) -> Self {
        let methods = texts(methods);
        let config = HttpRequestMethodConfig::new().values(methods.clone());
        self.condition(
            methods.len(),
            RuleCondition::new()
                .field("http-request-method")
                .http_request_method_config(config),
        )
    }

    /// Requests whose header of that name matches one of these values.
    pub fn header<T: Into<String>>(
        self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        let values = texts(values);
        let config = HttpHeaderConfig::new()
            .http_header_name(name.into())
            .values(values.clone());
        self.condition(
            values.len(),
            RuleCondition::new()
                .field("http-header")
                .http_header_config(config),
        )
    }

    /// Requests from one of these address blocks.
    pub fn source_ips(self, blocks: impl IntoIterator<Item = Cidr>) -> Self {
        let blocks: Vec<Cidr> = blocks.into_iter().collect();
        let config = SourceIpConfig::new().values(blocks.clone());
        self.condition(
            blocks.len(),
            RuleCondition::new()
                .field("source-ip")
                .source_ip_config(config),
        )
    }

    fn condition(mut self, values: usize, condition: RuleCondition) -> Self {
        self.conditions.push(condition);
        self.values += values;
        self
    }

    /// Adds the rule under `scope`, which is best the listener itself.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> ListenerRule<'app>
    where
        S: listener_rule_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.elbv2.ListenerRule");
        check(scope, &props);
        props.listener.take_priority(props.priority, scope);
        let rule = CfnListenerRuleProps::new(CfnListenerRuleRequired {
            actions: value([CfnAction::from_props(props.action.clone().into_props())]),
            conditions: value(props.conditions),
            priority: value(props.priority),
        });
        let rule = rule
            .listener_arn(props.listener.arn())
            .build(scope, "Resource");
        props.listener.attached(&props.action, scope, *rule);
        ListenerRule { scope, rule }
    }
}

fn check(scope: Scope<'_>, props: &ListenerRuleProps<'_>) {
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
    if !(1..=5).contains(&props.values) {
        scope.report(
            Diagnostic::new(codes::RULE_CONDITIONS, format!("a rule with {} values in its conditions is refused", props.values))
                .property("Conditions")
                .actual(props.values.to_string())
                .expected("1 to 5 values over all conditions")
                .help("name a path, host, header, method or source; spread more than five over several rules"),
        );
    }
}

impl<'app> Construct<'app> for ListenerRule<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl<'app> ListenerRule<'app> {
    /// Starts the description of a rule.
    pub fn builder() -> ListenerRuleBuilder<'app> {
        ListenerRuleProps::builder()
    }

    /// The ARN.
    pub fn arn(&self) -> Value<Arn<kind::elasticloadbalancingv2::ListenerRule>> {
        self.rule.ref_()
    }
}
