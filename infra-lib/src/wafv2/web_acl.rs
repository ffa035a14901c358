//! The [`WebAcl`] construct.

use std::marker::PhantomData;

use bon::Builder;
use infra_cfn::wafv2::web_acl::{AllowAction, DefaultAction};
use infra_cfn::wafv2::{CfnWebAcl, CfnWebAclProps, CfnWebAclRequired};

use super::rules::visibility_config;
use super::{
    Global, ManagedRuleGroup, RateLimit, Regional, WebAclLogging, WebAclScope, scope as acl_scope,
};
use crate::kms::{AsKey, KeyRef};
use crate::logs::RetentionDays;
use crate::us_east_1::find_wrong_region;
use crate::{Arn, Construct, Scope, Value, codes, kind, value};

/// Name of the metrics of web ACLs in CloudWatch.
pub(super) const METRIC_NAME: &str = "WebAcl";

/// A web ACL: rules that filter requests to a CloudFront distribution or a load balancer.
///
/// Creates an
/// [`AWS::WAFv2::WebACL`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-wafv2-webacl.html),
/// a log group and a logging configuration. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | rule groups | IP reputation, common attacks, known bad inputs | none |
/// | rate limit | 2,000 requests per address in five minutes | none |
/// | metrics and samples | on | required |
/// | logs | blocked and counted requests, without cookies and authorization headers, kept for three months | none |
///
/// The scope is part of the type. A web ACL for CloudFront must be in `us-east-1` (`INF4520`).
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::wafv2::{ManagedRuleGroup, RateLimit, WebAcl};
///
/// let app = App::new();
/// let stack = StackProps::new().environment(Environment::region("us-east-1")).build(&app, "Firewall");
/// let web_acl = WebAcl::cloudfront()
///     .rule_group(ManagedRuleGroup::common().counting("SizeRestrictions_BODY"))
///     .rate_limit(RateLimit::per_address(1_000))
///     .build(stack, "WebAcl");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Debug)]
pub struct WebAcl<'app, S> {
    scope: Scope<'app>,
    cfn: CfnWebAcl<'app>,
    kind: PhantomData<fn() -> S>,
}

impl<S> Clone for WebAcl<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for WebAcl<'_, S> {}

/// Properties of a [`WebAcl`], set through [`WebAcl::cloudfront`] or [`WebAcl::regional`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = WebAclBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct WebAclProps<'app, K> {
    #[builder(field = vec![
        ManagedRuleGroup::ip_reputation(),
        ManagedRuleGroup::common(),
        ManagedRuleGroup::known_bad_inputs(),
    ])]
    rule_groups: Vec<ManagedRuleGroup>,
    #[builder(skip)]
    kind: PhantomData<fn() -> K>,
    /// Maximum number of requests per address. Default: 2,000 within five minutes (WAF: unlimited).
    #[builder(default = RateLimit::per_address(2_000))]
    rate_limit: RateLimit,
    /// Requests that are logged. Default: those that a rule blocks or counts, kept for three months (WAF: none).
    #[builder(default = WebAclLogging::Matched(RetentionDays::THREE_MONTHS))]
    logging: WebAclLogging,
    /// KMS key of the same region that encrypts the logs; CloudWatch Logs gets permission to use it in the key
    /// policy. Default: a key of CloudWatch Logs.
    #[builder(with = |key: impl AsKey<'app>| key.as_key())]
    log_encryption_key: Option<KeyRef<'app>>,
}

impl<'app, K: WebAclScope, S: web_acl_builder::State> WebAclBuilder<'app, K, S> {
    /// Adds a managed rule group, or replaces the one with the same name.
    pub fn rule_group(mut self, group: ManagedRuleGroup) -> Self {
        match self
            .rule_groups
            .iter_mut()
            .find(|known| known.name == group.name)
        {
            Some(known) => *known = group,
            None => self.rule_groups.push(group),
        }
        self
    }

    /// Adds the web ACL under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> WebAcl<'app, K>
    where
        S: web_acl_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.wafv2.WebAcl");
        let region = scope.stack().and_then(|stack| stack.environment().region);
        let why = "web ACLs for CloudFront must be created";
        let found = find_wrong_region(codes::WEB_ACL_REGION, "the web ACL", why, region.as_deref());
        if let Some(found) = found.filter(|_| K::GLOBAL) {
            scope.report(
                found
                    .property("Scope")
                    .help("create it in a stack with `Environment::new(account, \"us-east-1\")`; other stacks can read its ARN"),
            );
        }
        let rate = props.rate_limit.into_rule(0);
        let groups = (1..)
            .zip(props.rule_groups)
            .map(|(priority, group)| group.into_rule(priority));
        let web_acl = CfnWebAclProps::new(CfnWebAclRequired {
            default_action: value(DefaultAction::new().allow(AllowAction::new())),
            scope: value(acl_scope::scope_property::<K>()),
            visibility_config: value(visibility_config(METRIC_NAME)),
        })
        .rules(std::iter::once(rate).chain(groups).collect::<Vec<_>>())
        .build(scope, "Resource");
        props
            .logging
            .apply_to(scope, web_acl, props.log_encryption_key);
        WebAcl {
            scope,
            cfn: web_acl,
            kind: PhantomData,
        }
    }
}

impl<'app> WebAcl<'app, Global> {
    /// Returns a builder for a web ACL that protects CloudFront distributions.
    pub fn cloudfront() -> WebAclBuilder<'app, Global> {
        WebAclProps::start()
    }
}

impl<'app> WebAcl<'app, Regional> {
    /// Returns a builder for a web ACL that protects load balancers and other resources of its region.
    pub fn regional() -> WebAclBuilder<'app, Regional> {
        WebAclProps::start()
    }

    /// Associates the web ACL with a load balancer.
    #[cfg(feature = "elasticloadbalancingv2")]
    #[track_caller]
    pub fn protect(&self, load_balancer: &impl crate::elbv2::AsApplicationLoadBalancer<'app>) {
        associate(self.scope.at_caller(), self.arn(), load_balancer);
    }
}

/// Associates a web ACL with a load balancer.
#[cfg(feature = "elasticloadbalancingv2")]
pub(super) fn associate<'app>(
    scope: Scope<'app>,
    web_acl: Value<Arn<kind::wafv2::WebAcl>>,
    load_balancer: &impl crate::elbv2::AsApplicationLoadBalancer<'app>,
) {
    let load_balancer = load_balancer.as_application_load_balancer();
    let id = format!("Association-{}", load_balancer.scope().id());
    infra_cfn::wafv2::CfnWebAclAssociationProps::new(load_balancer.arn(), web_acl)
        .build(scope, &id);
}

impl<'app, S> WebAcl<'app, S> {
    /// Returns the ARN of the web ACL.
    pub fn arn(&self) -> Value<Arn<kind::wafv2::WebAcl>> {
        self.cfn.attr_arn()
    }

    /// Returns the L1 binding of the web ACL.
    pub fn cfn(&self) -> CfnWebAcl<'app> {
        self.cfn
    }
}

impl<'app, S> Construct<'app> for WebAcl<'app, S> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
