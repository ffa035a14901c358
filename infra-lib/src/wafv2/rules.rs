//! Rules of web ACLs.

use std::borrow::Cow;

use infra_cfn::wafv2::web_acl::{
    BlockAction, CountAction, ManagedRuleGroupStatement, OverrideAction, RateBasedStatement,
    RateBasedStatementAggregateKeyType, Rule, RuleAction, RuleActionOverride, RuleRequired,
    Statement, VisibilityConfig, VisibilityConfigRequired,
};
use serde_json::json;

use crate::value;

/// A rule group that AWS manages.
///
/// See the [list of rule
/// groups](https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html).
#[derive(Clone, Debug)]
pub struct ManagedRuleGroup {
    pub(super) name: Cow<'static, str>,
    counting: Vec<String>,
}

impl ManagedRuleGroup {
    /// Returns the group of common attacks on web applications. Two of its rules often match legitimate requests:
    /// `SizeRestrictions_BODY` (bodies over 8 KiB) and `CrossSiteScripting_BODY` (markup in a body); see
    /// [`counting`](Self::counting).
    pub fn common() -> Self {
        Self::named("AWSManagedRulesCommonRuleSet")
    }

    /// Returns the group of requests that exploit known vulnerabilities, such as Log4Shell.
    pub fn known_bad_inputs() -> Self {
        Self::named("AWSManagedRulesKnownBadInputsRuleSet")
    }

    /// Returns the group of addresses that AWS identified as sources of attacks.
    pub fn ip_reputation() -> Self {
        Self::named("AWSManagedRulesAmazonIpReputationList")
    }

    /// Returns another AWS managed group by its name.
    pub fn named(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            counting: Vec::new(),
        }
    }

    /// Counts requests that match a rule of the group, instead of blocking them.
    ///
    /// ```
    /// use infra_lib::wafv2::ManagedRuleGroup;
    ///
    /// let rules = ManagedRuleGroup::common().counting("SizeRestrictions_BODY");
    /// ```
    pub fn counting(mut self, rule: impl Into<String>) -> Self {
        self.counting.push(rule.into());
        self
    }

    pub(super) fn into_rule(self, priority: i64) -> Rule {
        let mut statement = ManagedRuleGroupStatement::new(self.name.clone(), "AWS");
        let count = |rule: String| {
            RuleActionOverride::new(RuleAction::new().count(CountAction::new()), rule)
        };
        if !self.counting.is_empty() {
            statement = statement
                .rule_action_overrides(self.counting.into_iter().map(count).collect::<Vec<_>>());
        }
        build_rule(
            &self.name,
            priority,
            Statement::new().managed_rule_group_statement(statement),
        )
        .override_action(OverrideAction::new().none(json!({})))
    }
}

/// Time window in which requests are counted.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum RateWindow {
    /// One minute, 60 seconds.
    OneMinute,
    /// Two minutes, 120 seconds.
    TwoMinutes,
    /// Five minutes, 300 seconds; the default.
    #[default]
    FiveMinutes,
    /// Ten minutes, 600 seconds.
    TenMinutes,
}

/// Maximum number of requests from one address within a time window; further requests are blocked.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct RateLimit {
    requests: u32,
    window: RateWindow,
}

impl RateLimit {
    /// Limits requests from one address within five minutes to 10 to 2,000,000,000 (`INF3007` otherwise).
    pub const fn per_address(requests: u32) -> Self {
        Self {
            requests,
            window: RateWindow::FiveMinutes,
        }
    }

    /// Sets the time window. Default: five minutes.
    pub const fn within(mut self, window: RateWindow) -> Self {
        self.window = window;
        self
    }

    pub(super) fn into_rule(self, priority: i64) -> Rule {
        let seconds = match self.window {
            RateWindow::OneMinute => 60,
            RateWindow::TwoMinutes => 120,
            RateWindow::FiveMinutes => 300,
            RateWindow::TenMinutes => 600,
        };
        let statement =
            RateBasedStatement::new(RateBasedStatementAggregateKeyType::IP, self.requests)
                .evaluation_window_sec(seconds);
        build_rule(
            "RateLimit",
            priority,
            Statement::new().rate_based_statement(statement),
        )
        .action(RuleAction::new().block(BlockAction::new()))
    }
}

fn build_rule(name: &str, priority: i64, statement: Statement) -> Rule {
    Rule::new(RuleRequired {
        name: value(name),
        priority: value(priority),
        statement: value(statement),
        visibility_config: value(visibility_config(name)),
    })
}

/// Enables metrics and samples of requests.
pub(super) fn visibility_config(metric: &str) -> VisibilityConfig {
    VisibilityConfig::new(VisibilityConfigRequired {
        cloud_watch_metrics_enabled: value(true),
        metric_name: value(metric),
        sampled_requests_enabled: value(true),
    })
}
