//! Alias records: names for AWS resources.

use bon::Builder;
use infra_cfn::route53::record_set::AliasTarget as AliasTargetProperty;
use infra_cfn::route53::{CfnRecordSet, CfnRecordSetProps};

use super::HostedZone;
use crate::{Construct, IntoValue, Value};

/// ID of the hosted zone of all CloudFront distributions.
///
/// See
/// [`AliasTarget`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-route53-recordset-aliastarget.html).
const CLOUDFRONT_ZONE: &str = "Z2FDTNDATAQYW2";

/// Target of an alias record: the DNS name of an AWS resource.
#[derive(Clone, Debug)]
pub struct AliasTarget {
    dns_name: Value<String>,
    zone_id: Value<String>,
    evaluate_health: bool,
}

impl AliasTarget {
    /// Returns a CloudFront distribution as target, by its domain name.
    pub fn cloudfront(domain_name: impl IntoValue<String>) -> Self {
        Self::new(domain_name, CLOUDFRONT_ZONE)
    }

    /// Returns a load balancer as target. Route 53 answers only while the load balancer has healthy targets.
    #[cfg(feature = "elasticloadbalancingv2")]
    pub fn load_balancer<'app>(
        load_balancer: &impl crate::elbv2::AsApplicationLoadBalancer<'app>,
    ) -> Self {
        let load_balancer = load_balancer.as_application_load_balancer();
        let target = Self::new(
            load_balancer.dns_name(),
            load_balancer.canonical_hosted_zone_id(),
        );
        Self {
            evaluate_health: true,
            ..target
        }
    }

    /// Returns another AWS resource as target, by its DNS name and hosted zone ID.
    pub fn new(dns_name: impl IntoValue<String>, hosted_zone_id: impl IntoValue<String>) -> Self {
        Self {
            dns_name: dns_name.into_value(),
            zone_id: hosted_zone_id.into_value(),
            evaluate_health: false,
        }
    }
}

/// Properties of an [`ARecord`] or [`AaaaRecord`], set through their builders.
#[derive(Builder, Debug)]
#[builder(
    builder_type(name = AliasRecordBuilder),
    start_fn(name = start, vis = "pub(crate)"),
    finish_fn(name = props, vis = "pub(crate)")
)]
pub struct AliasRecordProps<'app> {
    #[builder(start_fn)]
    kind: &'static str,
    /// Hosted zone of the record.
    #[builder(with = |zone: &HostedZone<'app>| *zone)]
    zone: HostedZone<'app>,
    /// Full name of the record, such as `notes.example.com`. A name outside the zone is reported (`INF4511`).
    #[builder(into)]
    domain_name: String,
    /// Target of the record.
    target: AliasTarget,
}

impl<'app, S: alias_record_builder::IsComplete> AliasRecordBuilder<'app, S> {
    /// Adds the record under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> CfnRecordSet<'app> {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.route53.AliasRecord");
        props.zone.check_holds(&props.domain_name, scope, "Name");
        let target = AliasTargetProperty::new(props.target.dns_name, props.target.zone_id);
        CfnRecordSetProps::new(
            format!("{}.", props.domain_name.trim_end_matches('.')),
            props.kind,
        )
        .hosted_zone_id(props.zone.hosted_zone_id())
        .alias_target(target.evaluate_target_health(props.target.evaluate_health))
        .build(scope, "Resource")
    }
}

/// An alias record of type `A`: a name whose IPv4 addresses are those of an AWS resource.
///
/// Creates an
/// [`AWS::Route53::RecordSet`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordset.html).
/// Zone, name and target are required. Route 53 checks the health of a load balancer before it answers with it, and
/// of no other target (CloudFormation: of none). Alias records have no time to live; queries for them are free of
/// charge.
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::route53::{ARecord, AliasTarget, HostedZone};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Domain");
/// let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
/// ARecord::builder()
///     .zone(&zone)
///     .domain_name("notes.example.com")
///     .target(AliasTarget::cloudfront("d111111abcdef8.cloudfront.net"))
///     .build(stack, "Notes");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Debug)]
pub enum ARecord {}

impl ARecord {
    /// Returns a builder for an `A` record.
    pub fn builder<'app>() -> AliasRecordBuilder<'app> {
        AliasRecordProps::start("A")
    }
}

/// An alias record of type `AAAA`: a name whose IPv6 addresses are those of an AWS resource.
///
/// Creates an
/// [`AWS::Route53::RecordSet`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordset.html)
/// with the defaults of [`ARecord`]. Clients that use IPv4 need an [`ARecord`] with the same name.
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::route53::{AaaaRecord, AliasTarget, HostedZone};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Domain");
/// let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
/// AaaaRecord::builder()
///     .zone(&zone)
///     .domain_name("notes.example.com")
///     .target(AliasTarget::cloudfront("d111111abcdef8.cloudfront.net"))
///     .build(stack, "NotesIpv6");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Debug)]
pub enum AaaaRecord {}

impl AaaaRecord {
    /// Returns a builder for an `AAAA` record.
    pub fn builder<'app>() -> AliasRecordBuilder<'app> {
        AliasRecordProps::start("AAAA")
    }
}
