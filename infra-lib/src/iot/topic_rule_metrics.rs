//! CloudWatch metrics of topic rules.

use super::{ImportedTopicRule, TopicRule};
use crate::cloudwatch::metrics;

metrics! {
    const RULE: "https://docs.aws.amazon.com/iot/latest/developerguide/metrics_dimensions.html" for TopicRule<'_>, ImportedTopicRule<'_> => {
        /// Returns the number of messages on a topic that the rule reads.
        metric_topic_match = "TopicMatch", Sum, Count;
        /// Returns the number of messages that are no JSON.
        metric_parse_error = "ParseError", Sum, Count;
        /// Returns the number of messages that were dropped because of malicious behaviour or too many of them.
        metric_rule_message_throttled = "RuleMessageThrottled", Sum, Count;
    }
}

metrics! {
    /// Returns a metric of `AWS/IoT` for this rule.
    impl TopicRule<'_>: "AWS/IoT", [RULE], |rule| ["RuleName" = rule.rule_name()]
}

metrics! {
    /// Returns a metric of `AWS/IoT` for this rule.
    impl ImportedTopicRule<'_>: "AWS/IoT", [RULE], |rule| ["RuleName" = rule.rule_name()]
}
