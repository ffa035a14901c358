//! Defines the edge stack: a CloudFront distribution that serves pages and API under one address.

use infra_lib::certificatemanager::Certificate;
use infra_lib::cloudfront::{
    ApiOrigin, CloudFrontSite, ContentSecurityPolicy, Directive, Domain, SecurityHeaders, SiteLogs,
    Source,
};
use infra_lib::cloudwatch::Widget;
use infra_lib::route53::HostedZone;
use infra_lib::s3::{AccessLogs, Bucket};
use infra_lib::wafv2::{WebAcl, WebAclLogging};
use infra_lib::{App, Duration, RemovalPolicy, Stack};

use super::{Data, Foundation, Service};
use crate::Config;
use crate::config::DomainConfig;
use crate::service_contract as contract;

/// Region that CloudFront requires for certificates, web ACLs and log deliveries, and in which it records metrics.
pub const REGION: &str = "us-east-1";

/// The resources at the edge, in us-east-1 regardless of the environment's region.
#[derive(Clone, Copy, Debug)]
pub struct Edge<'app> {
    /// CloudFront distribution with the site in a bucket, and the API behind a VPC origin.
    pub site: CloudFrontSite<'app>,
}

impl<'app> Edge<'app> {
    /// Adds the stack to the region that CloudFront requires, regardless of the region of other stacks.
    pub fn build(
        app: &'app App,
        config: &Config,
        foundation: &Foundation<'app>,
        data: &Data<'app>,
        service: &Service<'app>,
    ) -> Self {
        let mut environment = config.stack_environment();
        environment.region = Some(REGION.to_owned());
        let stack = config
            .stack_props("edge", "Site, certificate and firewall")
            .environment(environment)
            .build(app, "Edge");

        let logs = config.edge.access_logs.is_enabled();
        let logs = logs.then(|| Bucket::log_bucket(Duration::days(90)).build(stack, "Logs"));
        // A KMS key encrypts only in its own region.
        let key = foundation.key.filter(|_| config.region.as_str() == REGION);
        let firewall = config.edge.firewall.is_enabled();
        let firewall = firewall.then(|| {
            WebAcl::cloudfront()
                .logging(WebAclLogging::Matched(config.log_retention.into()))
                .maybe_log_encryption_key(key.as_ref())
                .build(stack, "Firewall")
        });
        let domain = config
            .edge
            .domain
            .as_ref()
            .map(|given| build_domain(stack, given));

        let site = CloudFrontSite::builder()
            .api(ApiOrigin::vpc(&service.balancer))
            .presigned(contract::FILES_PATH, &data.files)
            .removal_policy(if config.is_disposable() {
                RemovalPolicy::Destroy
            } else {
                RemovalPolicy::Retain
            })
            .security_headers(SecurityHeaders::strict().content_security_policy(page_policy()))
            .maybe_domain(domain)
            .maybe_web_acl(firewall.as_ref())
            .maybe_access_logs(logs.map(SiteLogs::to))
            .maybe_bucket_access_logs(logs.map(|logs| AccessLogs::to(logs).prefix("bucket/")))
            .build(stack, "Site");
        Self { site }
    }

    /// Returns the widget for the dashboard; `None` in other regions, where a dashboard cannot show the metrics.
    pub(super) fn build_widget(&self, config: &Config) -> Option<Widget> {
        let visible = config.region.as_str() == REGION;
        visible.then(|| {
            Widget::graph("Edge: requests, and errors in percent")
                .left(self.site.metric("Requests"))
                .right(self.site.metric("5xxErrorRate"))
        })
    }
}

/// Returns the content security policy of the page. A test compares it with `web/csp.txt`, which the page is tested with.
fn page_policy() -> ContentSecurityPolicy {
    ContentSecurityPolicy::strict()
        .allow(Directive::Image, Source::Data)
        .allow(Directive::Worker, Source::SameOrigin)
        .trusted_types(["notes-worker", "ProseMirrorClipboard"])
}

fn build_domain<'app>(stack: Stack<'app>, given: &DomainConfig) -> Domain<'app> {
    let zone = HostedZone::from_attributes(
        stack,
        "Zone",
        given.hosted_zone_id.as_str(),
        given.hosted_zone_name.as_str(),
    );
    let certificate = Certificate::builder()
        .domain_name(given.name.as_str())
        .zone(&zone)
        .build(stack, "Certificate");
    Domain::new([given.name.as_str()], &certificate).zone(&zone)
}
