//! Private hosted zones, which resolve names within VPCs.

use infra_cfn::route53::hosted_zone::{HostedZoneConfig, Vpc as VpcProperty};
use infra_cfn::route53::{CfnHostedZone, CfnHostedZoneProps};

use super::zone::{
    AsHostedZone, HostedZoneRef, ZoneState, absolute_name, normalize_value, zone_methods,
};
use crate::construct::With;
#[cfg(feature = "ec2")]
use crate::ec2::Vpc;
use crate::{Construct, Data, Id, IntoValue, RemovalPolicy, Scope, Value, kind, pseudo, value};

crate::construct! {
    /// A private hosted zone: names that only VPCs resolve.
    ///
    /// Creates an
    /// [`AWS::Route53::HostedZone`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-hostedzone.html)
    /// with VPCs. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | VPCs | at least one | none, which makes the zone public |
    /// | removal policy | retain | delete, which fails while the zone has records |
    /// | comment | none | none |
    ///
    /// The VPCs need DNS support and DNS host names, which a [`Vpc`] of this library has. Query logs and DNSSEC exist for
    /// public zones only.
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::{cidr, ec2::Vpc, route53::{PrivateHostedZone, Record, RecordData}};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Network");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let zone = PrivateHostedZone::builder().zone_name("shop.internal").vpc(vpc).build(stack, "Zone");
    /// Record::builder()
    ///     .zone(zone)
    ///     .domain_name("printer.shop.internal")
    ///     .data(RecordData::a(["10.0.1.20"]))
    ///     .build(stack, "Printer");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct PrivateHostedZone<'app>: "infra-lib.route53.PrivateHostedZone" {}

    /// Properties of a [`PrivateHostedZone`], set through [`PrivateHostedZone::builder`].
    pub struct PrivateHostedZoneProps, PrivateHostedZoneBuilder, private_hosted_zone_builder {
        /// Domain name, such as `shop.internal`. Changing it replaces the zone.
        required_value zone_name: String,
        /// VPC that resolves the names. [`associate_vpc`](PrivateHostedZone::associate_vpc) adds others.
        required_handle vpc: Vpc<'app>,
        /// Comment on the zone. Default: none.
        text comment,
        /// Removal policy of the zone. Default: it is retained (CloudFormation: deleted).
        default removal_policy: RemovalPolicy = RemovalPolicy::Retain,
    }
}

zone_methods!(PrivateHostedZone);

impl<'app> PrivateHostedZone<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: PrivateHostedZoneProps<'app>) -> Self {
        let name = normalize_value(props.zone_name);
        let zone = CfnHostedZoneProps::new()
            .name(absolute_name(name.clone()))
            .with(props.comment, |cfn, comment| {
                cfn.hosted_zone_config(HostedZoneConfig::new().comment(comment))
            })
            .vpcs([vpc_property(props.vpc)])
            .build(scope, "Resource");
        zone.apply_removal_policy(props.removal_policy);
        ZoneState::attach(scope, zone.attr_id(), name);
        Self { scope }
    }

    /// Imports an existing private zone by its ID and domain name.
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        hosted_zone_id: impl IntoValue<Id<kind::route53::HostedZone>>,
        zone_name: impl IntoValue<String>,
    ) -> Self {
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.route53.PrivateHostedZone");
        let name = normalize_value(zone_name.into_value());
        ZoneState::attach(scope, hosted_zone_id.into_value(), name);
        Self { scope }
    }

    /// Lets another VPC of this account resolve the names, in any region. Has no effect on an imported zone, whose VPCs
    /// belong to the app that creates it.
    pub fn associate_vpc(&self, vpc: &Vpc<'app>) {
        if let Some(zone) = self.cfn() {
            zone.push_prop("VPCs", Data::from(value::<VpcProperty>(vpc_property(*vpc))));
        }
    }

    /// Returns the L1 binding of the zone, or `None` for an imported zone.
    pub fn cfn(&self) -> Option<CfnHostedZone<'app>> {
        CfnHostedZone::from_resource(self.scope.default_child()?)
    }
}

fn vpc_property(vpc: Vpc<'_>) -> VpcProperty {
    let region: Value<String> = match vpc
        .scope()
        .stack()
        .and_then(|stack| stack.environment().region)
    {
        Some(region) => value(region),
        None => pseudo::region(),
    };
    VpcProperty::new(vpc.id(), region)
}
