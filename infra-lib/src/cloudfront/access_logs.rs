//! Access logs of distributions: standard logging, version 2.

use bon::Builder;
use infra_cfn::logs::{CfnDeliveryDestinationProps, CfnDeliveryProps, CfnDeliverySourceProps};

use super::{AsDistribution, DistributionRef};
use crate::s3::Bucket;
use crate::unique_name::unique_name;
use crate::us_east_1::find_wrong_region;
use crate::{Construct, Scope, codes};

/// Destination of a site's access logs.
#[derive(Clone, Debug)]
pub struct SiteLogs<'app> {
    bucket: Bucket<'app>,
}

impl<'app> SiteLogs<'app> {
    /// Returns a bucket as destination. It may be in any region; its policy gets permission for the log delivery of
    /// CloudWatch Logs.
    pub fn to(bucket: Bucket<'app>) -> Self {
        Self { bucket }
    }
}

/// Properties of [`DistributionLogs`], set through [`DistributionLogs::builder`].
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = DistributionLogsBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct DistributionLogsProps<'app> {
    /// Site whose requests are logged.
    #[builder(with = |site: &impl AsDistribution<'app>| site.as_distribution())]
    site: DistributionRef<'app>,
    /// Destination of the access logs.
    to: SiteLogs<'app>,
}

/// Delivery of a distribution's access logs to a bucket, as JSON lines, by distribution, year, month and day.
///
/// Creates a delivery source, a delivery destination and a delivery. CloudFront delivers its logs in `us-east-1` only,
/// so this construct must be in a stack of that region (`INF4532`). A site in such a stack can use
/// [`access_logs`](super::CloudFrontSiteBuilder::access_logs) instead. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | access logs without this construct | none | none |
/// | bucket policy | allows the delivery | unchanged |
/// | format | JSON | optional |
/// | names of source and destination | derived from the construct path | required |
/// | path of the files | distribution, year, month and day | optional |
///
/// See [standard logging
/// (v2)](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html) and
/// [`AWS::Logs::Delivery`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-delivery.html).
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::{cloudfront::{CloudFrontSite, DistributionLogs, SiteLogs}, s3::Bucket};
///
/// let app = App::new();
/// let home = StackProps::new().environment(Environment::region("eu-west-1")).build(&app, "Site");
/// let edge = StackProps::new().environment(Environment::region("us-east-1")).build(&app, "SiteLogs");
/// let site = CloudFrontSite::builder().build(home, "Site");
/// let bucket = Bucket::log_bucket(Duration::days(90)).build(edge, "Logs");
/// DistributionLogs::builder().site(&site).to(SiteLogs::to(bucket)).build(edge, "Delivery");
/// # assert!(!app.synth().has_errors());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct DistributionLogs<'app> {
    scope: Scope<'app>,
}

impl<'app> DistributionLogs<'app> {
    /// Returns a builder for a delivery of access logs.
    pub fn builder() -> DistributionLogsBuilder<'app> {
        DistributionLogsProps::start()
    }
}

impl<'app, S: distribution_logs_builder::IsComplete> DistributionLogsBuilder<'app, S> {
    /// Adds the delivery under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> DistributionLogs<'app> {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.cloudfront.DistributionLogs");
        let region = scope.stack().and_then(|stack| stack.environment().region);
        let why = "CloudFront delivers logs";
        let what = "the delivery of access logs";
        if let Some(found) =
            find_wrong_region(codes::SITE_LOGS_REGION, what, why, region.as_deref())
        {
            scope.report(found.help(
                "create the `DistributionLogs` in a stack in us-east-1; the site can remain in its region",
            ));
        }
        let bucket = props.to.bucket;
        bucket.accept_delivered_logs("");
        let source = CfnDeliverySourceProps::new(unique_name(scope, "Source", 60))
            .log_type("ACCESS_LOGS")
            .resource_arn(props.site.arn())
            .build(scope, "Source");
        let destination = CfnDeliveryDestinationProps::new(unique_name(scope, "Destination", 60))
            .destination_resource_arn(bucket.arn())
            .output_format("json")
            .build(scope, "Destination");
        let delivery = CfnDeliveryProps::new(destination.attr_arn(), source.ref_())
            .s3_suffix_path("{DistributionId}/{yyyy}/{MM}/{dd}")
            .build(scope, "Resource");
        if let Some(policy) = bucket.policy() {
            delivery.depends_on(policy);
        }
        DistributionLogs { scope }
    }
}

impl<'app> Construct<'app> for DistributionLogs<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
