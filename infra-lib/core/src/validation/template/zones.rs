//! Availability Zones of subnets that a resource demands to be in different ones.

use std::collections::BTreeMap;

use super::TemplateCheck;
use crate::diagnostic::{Diagnostic, codes};
use crate::validation::literal_text;
use crate::validation::view::{Form, View, find_entry};

/// A list of subnets with its demand.
struct Demand {
    type_name: &'static str,
    /// Path of the list, with a dot between the names.
    path: &'static str,
    /// `true` if two subnets of the list cannot be in one zone; otherwise two zones are enough.
    each_its_own: bool,
    source: &'static str,
}

const DEMANDS: [Demand; 5] = [
    Demand {
        type_name: "AWS::ElasticLoadBalancingV2::LoadBalancer",
        path: "Subnets",
        each_its_own: true,
        source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html",
    },
    Demand {
        type_name: "AWS::RDS::DBSubnetGroup",
        path: "SubnetIds",
        each_its_own: false,
        source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    },
    Demand {
        type_name: "AWS::DocDB::DBSubnetGroup",
        path: "SubnetIds",
        each_its_own: false,
        source: "https://docs.aws.amazon.com/documentdb/latest/developerguide/document-db-subnet-groups.html",
    },
    Demand {
        type_name: "AWS::Neptune::DBSubnetGroup",
        path: "SubnetIds",
        each_its_own: false,
        source: "https://docs.aws.amazon.com/neptune/latest/userguide/get-started-vpc.html",
    },
    Demand {
        type_name: "AWS::EKS::Cluster",
        path: "ResourcesVpcConfig.SubnetIds",
        each_its_own: false,
        source: "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
    },
];

pub(super) fn check_zones<'t, V: View<'t>>(check: &mut TemplateCheck<'_, 't, V>) {
    for demand in &DEMANDS {
        for resource in check.list_type(demand.type_name) {
            check_list(check, resource, demand);
        }
    }
}

/// A subnet of the list: the item, its resource and its zone.
struct Placed<V> {
    item: V,
    subnet: usize,
    zone: Option<String>,
}

fn check_list<'t, V: View<'t>>(
    check: &mut TemplateCheck<'_, 't, V>,
    resource: usize,
    demand: &Demand,
) {
    let Some((list, items)) = find_list(check, resource, demand.path) else {
        return;
    };
    let placed: Option<Vec<Placed<V>>> = items.iter().map(|item| place(check, *item)).collect();
    if demand.each_its_own {
        // Only items that are known are compared, so others do not matter.
        let known = items.iter().filter_map(|item| place(check, *item));
        check_pairs(check, resource, known.collect(), demand);
        return;
    }
    let Some(placed) = placed.filter(|placed| placed.len() > 1) else {
        return;
    };
    let zones: Option<Vec<&String>> = placed.iter().map(|one| one.zone.as_ref()).collect();
    let Some(zones) = zones else { return };
    let mut all: Vec<usize> = placed.iter().map(|one| one.subnet).collect();
    all.push(resource);
    if zones.windows(2).all(|pair| pair[0] == pair[1]) && (check.coexist)(&all) {
        let message = format!(
            "all subnets are in one Availability Zone, but `{}` requires two",
            demand.type_name
        );
        let diagnostic = Diagnostic::new(codes::TOO_FEW_ZONES, message)
            .property(demand.path)
            .expected("subnets in at least two Availability Zones")
            .url(demand.source);
        let zone = check.property(placed[0].subnet, "AvailabilityZone");
        let related = zone.map(|zone| ("the Availability Zone".to_owned(), zone));
        check.add_finding(resource, list, diagnostic, related);
    }
}

fn check_pairs<'t, V: View<'t>>(
    check: &mut TemplateCheck<'_, 't, V>,
    resource: usize,
    placed: Vec<Placed<V>>,
    demand: &Demand,
) {
    let mut first_in: BTreeMap<String, usize> = BTreeMap::new();
    for one in placed {
        let Some(zone) = one.zone else { continue };
        let first = *first_in.entry(zone).or_insert(one.subnet);
        if first == one.subnet || !(check.coexist)(&[first, one.subnet, resource]) {
            continue;
        }
        let message = format!(
            "the subnets `{}` and `{}` are in one Availability Zone, but a load balancer has one subnet in each",
            check.resources[first].name, check.resources[one.subnet].name
        );
        let diagnostic = Diagnostic::new(codes::TOO_FEW_ZONES, message)
            .property(demand.path)
            .expected("subnets in different Availability Zones")
            .url(demand.source);
        let zone = check.property(one.subnet, "AvailabilityZone");
        let related = zone.map(|zone| ("the Availability Zone".to_owned(), zone));
        check.add_finding(resource, one.item, diagnostic, related);
    }
}

fn find_list<'t, V: View<'t>>(
    check: &TemplateCheck<'_, 't, V>,
    resource: usize,
    path: &str,
) -> Option<(V, Vec<V>)> {
    let mut names = path.split('.');
    let mut value = check.property(resource, names.next()?)?;
    for name in names {
        let Form::Map(map) = value.form() else {
            return None;
        };
        value = find_entry(&map, name)?;
    }
    match value.form() {
        Form::List(items) => Some((value, items)),
        _ => None,
    }
}

/// Returns the subnet of this template that an item names, with its zone if that is the same text or function for equal zones.
fn place<'t, V: View<'t>>(check: &TemplateCheck<'_, 't, V>, item: V) -> Option<Placed<V>> {
    let subnet = check.referenced(item)?;
    if check.resources[subnet].type_name != "AWS::EC2::Subnet" {
        return None;
    }
    let zone = check.property(subnet, "AvailabilityZone");
    let zone = zone.and_then(|zone| match zone.form() {
        Form::Text(_) => literal_text(zone),
        Form::Function(_) | Form::Ref(..) => Some(zone.to_json().to_string()),
        _ => None,
    });
    Some(Placed { item, subnet, zone })
}
