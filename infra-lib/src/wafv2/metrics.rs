//! CloudWatch metrics of web ACLs, for all rules together.

use super::web_acl::METRIC_NAME;
use super::{Global, Regional, WebAcl};
use crate::cloudwatch::metrics;
use crate::pseudo;

metrics! {
    const WEB_ACL: "https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html" for WebAcl<'_, Global>, WebAcl<'_, Regional> => {
        /// Returns the number of requests that were allowed.
        metric_allowed_requests = "AllowedRequests", Sum, Count;
        /// Returns the number of requests that were blocked.
        metric_blocked_requests = "BlockedRequests", Sum, Count;
        /// Returns the number of requests that a rule counted.
        metric_counted_requests = "CountedRequests", Sum, Count;
        /// Returns the number of requests to which a CAPTCHA puzzle was applied.
        metric_captcha_requests = "CaptchaRequests", Sum, Count;
        /// Returns the number of requests to which a silent challenge was applied.
        metric_challenge_requests = "ChallengeRequests", Sum, Count;
    }
}

metrics! {
    /// Returns a metric of `AWS/WAFV2` for all rules of the web ACL. CloudFront publishes it in `us-east-1`. Web ACLs of
    /// this library have the same metric name, so the metric covers all of them in the account.
    impl WebAcl<'_, Global>: "AWS/WAFV2", [WEB_ACL], |_web_acl| ["WebACL" = METRIC_NAME, "Rule" = "ALL"]
}

metrics! {
    /// Returns a metric of `AWS/WAFV2` for all rules of the web ACL. Web ACLs of this library have the same metric name, so
    /// the metric covers all of them in the account and region.
    impl WebAcl<'_, Regional>: "AWS/WAFV2", [WEB_ACL], |_web_acl| [
        "WebACL" = METRIC_NAME,
        "Region" = pseudo::region(),
        "Rule" = "ALL"
    ]
}
