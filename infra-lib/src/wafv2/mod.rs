//! AWS WAF: web ACLs in front of CloudFront or load balancers.

mod logging;
mod rules;
mod scope;
mod web_acl;

pub use logging::WebAclLogging;
pub use rules::{ManagedRuleGroup, RateLimit, RateWindow};
pub use scope::{Global, Regional, WebAclScope};
pub use web_acl::{WebAcl, WebAclBuilder, WebAclProps};
