//! AWS WAF: web ACLs for CloudFront and load balancers.
//!
//! [`WebAcl`] is the construct; [`ManagedRuleGroup`], [`RateLimit`] and [`WebAclLogging`] are its options.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#wafv2).

mod imported;
mod logging;
mod metrics;
mod rules;
mod scope;
mod web_acl;

pub use imported::{AsWebAcl, ImportedWebAcl};
pub use logging::WebAclLogging;
pub use rules::{ManagedRuleGroup, RateLimit, RateWindow};
pub use scope::{Global, Regional, WebAclScope};
pub use web_acl::{WebAcl, WebAclBuilder, WebAclProps};
