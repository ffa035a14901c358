//! Subnets that constructs choose by tier and number, and the Availability Zones behind them.

use infra_cfn::kind;

use super::{InstanceRef, Tier, Vpc};
use crate::{Construct, Diagnostic, Id, Scope, Value, codes};

/// Returns a subnet of the tier. A number that the tier does not have is reported.
pub(super) fn subnet_id<'app>(
    scope: Scope<'app>,
    vpc: Vpc<'app>,
    tier: Tier,
    index: usize,
) -> Option<Value<Id<kind::ec2::Subnet>>> {
    let ids = vpc.subnet_ids(tier);
    let count = ids.len();
    let id = ids.into_iter().nth(index);
    if id.is_none() && count > 0 {
        scope.report(
            Diagnostic::new(
                codes::INSTANCE_ZONE,
                format!("the VPC has no {tier} subnet with the number {index}"),
            )
            .property("SubnetId")
            .actual(index.to_string())
            .expected(format!("0 to {}", count - 1))
            .help("subnets are counted from 0, one for each Availability Zone"),
        );
    }
    id
}

/// Returns the Availability Zone of a subnet, if it is known.
pub(super) fn subnet_zone(vpc: Vpc<'_>, tier: Tier, index: usize) -> Option<Value<String>> {
    let state = vpc.load_state();
    state
        .subnets(tier)
        .get(index)
        .and_then(|subnet| subnet.zone.clone())
}

/// Returns the known Availability Zones of a VPC, each once.
fn zones_of(vpc: Vpc<'_>) -> Vec<Value<String>> {
    let state = vpc.load_state();
    let subnets = Tier::ALL.iter().flat_map(|tier| state.subnets(*tier));
    let mut zones: Vec<Value<String>> = Vec::new();
    for zone in subnets.filter_map(|subnet| subnet.zone.as_ref()) {
        if !zones.contains(zone) {
            zones.push(zone.clone());
        }
    }
    zones
}

/// Reports a resource (a `volume`, for example) and an instance it is attached to whose zones are known to differ: by
/// their names, or as two zones of the VPC.
pub(super) fn check_zone<'app>(
    scope: Scope<'app>,
    noun: &str,
    resource: &impl Construct<'app>,
    zone: &Value<String>,
    instance: &InstanceRef<'app>,
) {
    let InstanceRef::Own(instance) = instance else {
        return;
    };
    let expected = instance.availability_zone();
    if *zone == expected {
        return;
    }
    let zones = zones_of(instance.vpc());
    let number = |zone: &Value<String>| zones.iter().position(|other| other == zone);
    let (actual, expected) = match (
        (zone.as_literal(), expected.as_literal()),
        (number(zone), number(&expected)),
    ) {
        ((Some(actual), Some(expected)), _) => (format!("`{actual}`"), format!("`{expected}`")),
        (_, (Some(actual), Some(expected))) => (
            format!("zone {} of the VPC", actual + 1),
            format!("zone {}", expected + 1),
        ),
        _ => return,
    };
    scope.report(
        Diagnostic::new(
            codes::ATTACHMENT_ZONE,
            format!("the {noun} is in another Availability Zone than the instance"),
        )
        .property("InstanceId")
        .actual(actual)
        .expected(format!("{expected}, that of the instance"))
        .related(
            format!("the {noun} is defined here"),
            resource.scope().origin(),
        )
        .related("the instance is defined here", instance.scope().origin())
        .help(if noun == "volume" {
            "set `.availability_zone(instance.availability_zone())` for the volume"
        } else {
            "set the `subnet_index` of the instance"
        }),
    );
}
