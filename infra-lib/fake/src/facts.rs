//! Resources that context lookups can find: networks, images, load balancers, zones, keys, and resources of any type.

use std::collections::BTreeMap;

use async_trait::async_trait;
use serde_json::Value as JsonValue;

use super::services::Services;
use super::world::State;
use super::{FakeCloud, paginate};
use infra_aws::{
    ApiError, AvailabilityZone, CloudControl, Ec2, Filter, FoundResource, HostedZone, HostedZones,
    Image, KeyAlias, Keys, Listener, LoadBalancer, LoadBalancing, Page, RouteTable, SecurityGroup,
    Subnet, Vpc,
};

/// Resources that tests have set up for lookups.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    images: Vec<(String, String, Image)>,
    zones: Vec<AvailabilityZone>,
    endpoint_services: BTreeMap<String, Vec<String>>,
    groups: Vec<SecurityGroup>,
    vpcs: Vec<Vpc>,
    subnets: Vec<Subnet>,
    tables: Vec<RouteTable>,
    /// IDs of VPN gateways with the IDs of their VPCs.
    vpn_gateways: Vec<(String, String)>,
    balancers: Vec<(LoadBalancer, BTreeMap<String, String>)>,
    listeners: Vec<Listener>,
    /// Hosted zones with the IDs of their VPCs.
    hosted_zones: Vec<(HostedZone, Vec<String>)>,
    aliases: Vec<KeyAlias>,
    /// Resources with their types.
    resources: Vec<(String, FoundResource)>,
}

impl FakeCloud {
    fn change_facts(&self, change: impl FnOnce(&mut Facts)) {
        change(&mut self.lock_world().state.facts);
    }

    /// Adds an AMI with its owner and name, by which `DescribeImages` can filter.
    pub fn add_image(&self, owner: &str, name: &str, image: Image) {
        let image = (owner.to_owned(), name.to_owned(), image);
        self.change_facts(|facts| facts.images.push(image));
    }

    /// Adds an Availability Zone with its state; lookups return only those that are `available`.
    pub fn add_availability_zone(&self, zone: AvailabilityZone) {
        self.change_facts(|facts| facts.zones.push(zone));
    }

    /// Adds a VPC endpoint service that is available in the Availability Zones with these names.
    pub fn add_endpoint_service(&self, name: &str, zones: &[&str]) {
        let zones = zones.iter().map(|zone| (*zone).to_owned()).collect();
        self.change_facts(|facts| {
            facts.endpoint_services.insert(name.to_owned(), zones);
        });
    }

    /// Adds a security group, which lookups find by ID, or by name and VPC.
    pub fn add_security_group(&self, group: SecurityGroup) {
        self.change_facts(|facts| facts.groups.push(group));
    }

    /// Adds a VPC with its subnets and route tables, which lookups find by filters on its attributes and tags.
    pub fn add_vpc(&self, vpc: Vpc, subnets: Vec<Subnet>, tables: Vec<RouteTable>) {
        self.change_facts(|facts| {
            facts.vpcs.push(vpc);
            facts.subnets.extend(subnets);
            facts.tables.extend(tables);
        });
    }

    /// Adds a VPN gateway with this ID, which is attached to the VPC with the ID `vpc`.
    pub fn add_vpn_gateway(&self, id: &str, vpc: &str) {
        self.change_facts(|facts| facts.vpn_gateways.push((id.to_owned(), vpc.to_owned())));
    }

    /// Adds a load balancer with its tags and listeners, which lookups find by ARN or by tags.
    pub fn add_load_balancer(
        &self,
        balancer: LoadBalancer,
        tags: &[(&str, &str)],
        listeners: Vec<Listener>,
    ) {
        let tags = tags
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        self.change_facts(|facts| {
            facts.balancers.push((balancer, tags.collect()));
            facts.listeners.extend(listeners);
        });
    }

    /// Adds a hosted zone with the IDs of the VPCs that it is associated with, if it is private.
    pub fn add_hosted_zone(&self, zone: HostedZone, vpcs: &[&str]) {
        let vpcs = vpcs.iter().map(|vpc| (*vpc).to_owned()).collect();
        self.change_facts(|facts| facts.hosted_zones.push((zone, vpcs)));
    }

    /// Adds an alias of a KMS key; an alias can be without a key, like those that AWS predefines.
    pub fn add_key_alias(&self, alias: KeyAlias) {
        self.change_facts(|facts| facts.aliases.push(alias));
    }

    /// Adds a resource that the Cloud Control API finds by its type and identifier, or lists by type.
    pub fn add_resource(&self, type_name: &str, resource: FoundResource) {
        self.change_facts(|facts| facts.resources.push((type_name.to_owned(), resource)));
    }
}

/// Returns true if a text matches a pattern in which `*` stands for any text.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.into_iter()
                .any(|at| matches_pattern(rest, &text[at..]))
        }),
    }
}

/// Returns true if each filter has a value that matches the attribute of its name.
fn meets_filters(filters: &[Filter], attribute: impl Fn(&str) -> Option<String>) -> bool {
    filters.iter().all(|filter| {
        attribute(&filter.name).is_some_and(|value| {
            let mut values = filter.values.iter();
            values.any(|pattern| matches_pattern(pattern, &value))
        })
    })
}

fn vpc_attribute(vpc: &Vpc, name: &str) -> Option<String> {
    match name {
        "vpc-id" => Some(vpc.id.clone()),
        "cidr" => vpc.cidr.clone(),
        "owner-id" => vpc.owner.clone(),
        "isDefault" | "is-default" => Some(vpc.is_default.to_string()),
        _ => vpc.tags.get(name.strip_prefix("tag:")?).cloned(),
    }
}

#[async_trait]
impl Ec2 for Services {
    async fn describe_images(
        &self,
        owners: &[String],
        filters: &[Filter],
    ) -> Result<Vec<Image>, ApiError> {
        self.make_lookup_call("EC2", "DescribeImages", "*", |state| {
            let images = state.facts.images.iter().filter(|(owner, name, _)| {
                (owners.is_empty() || owners.contains(owner))
                    && meets_filters(filters, |attribute| {
                        (attribute == "name").then(|| name.clone())
                    })
            });
            Ok(images.map(|(_, _, image)| image.clone()).collect())
        })
        .await
    }

    async fn describe_availability_zones(&self) -> Result<Vec<AvailabilityZone>, ApiError> {
        self.make_lookup_call("EC2", "DescribeAvailabilityZones", "*", |state| {
            Ok(state.facts.zones.clone())
        })
        .await
    }

    async fn list_endpoint_zones(&self, service: &str) -> Result<Vec<String>, ApiError> {
        const OPERATION: &str = "DescribeVpcEndpointServices";
        self.make_lookup_call("EC2", OPERATION, service, |state| {
            let zones = state.facts.endpoint_services.get(service).cloned();
            zones.ok_or_else(|| {
                let said = format!("The Vpc Endpoint Service '{service}' does not exist");
                ApiError::new("EC2", OPERATION, "InvalidServiceName", said)
            })
        })
        .await
    }

    async fn describe_security_groups(
        &self,
        ids: &[String],
        filters: &[Filter],
    ) -> Result<Vec<SecurityGroup>, ApiError> {
        self.make_lookup_call("EC2", "DescribeSecurityGroups", "*", |state| {
            let groups = state.facts.groups.iter().filter(|group| {
                (ids.is_empty() || ids.contains(&group.id))
                    && meets_filters(filters, |name| match name {
                        "vpc-id" => group.vpc.clone(),
                        "group-name" => Some(group.name.clone()),
                        _ => None,
                    })
            });
            Ok(groups.cloned().collect())
        })
        .await
    }

    async fn describe_vpcs(&self, filters: &[Filter]) -> Result<Vec<Vpc>, ApiError> {
        self.make_lookup_call("EC2", "DescribeVpcs", "*", |state| {
            let vpcs = state.facts.vpcs.iter();
            let vpcs = vpcs.filter(|vpc| meets_filters(filters, |name| vpc_attribute(vpc, name)));
            Ok(vpcs.cloned().collect())
        })
        .await
    }

    async fn describe_subnets(&self, vpc: &str) -> Result<Vec<Subnet>, ApiError> {
        self.make_lookup_call("EC2", "DescribeSubnets", vpc, |state| {
            let subnets = state.facts.subnets.iter();
            Ok(subnets.filter(|one| one.vpc == vpc).cloned().collect())
        })
        .await
    }

    async fn describe_route_tables(&self, vpc: &str) -> Result<Vec<RouteTable>, ApiError> {
        self.make_lookup_call("EC2", "DescribeRouteTables", vpc, |state| {
            let tables = state.facts.tables.iter();
            Ok(tables.filter(|one| one.vpc == vpc).cloned().collect())
        })
        .await
    }

    async fn list_vpn_gateways(&self, vpc: &str) -> Result<Vec<String>, ApiError> {
        self.make_lookup_call("EC2", "DescribeVpnGateways", vpc, |state| {
            let gateways = state.facts.vpn_gateways.iter();
            let gateways = gateways.filter(|(_, of)| of == vpc);
            Ok(gateways.map(|(id, _)| id.clone()).collect())
        })
        .await
    }
}

const ELB: &str = "Elastic Load Balancing";

#[async_trait]
impl LoadBalancing for Services {
    async fn describe_load_balancers(
        &self,
        arn: Option<&str>,
    ) -> Result<Vec<LoadBalancer>, ApiError> {
        let target = arn.unwrap_or("*");
        self.make_lookup_call(ELB, "DescribeLoadBalancers", target, |state| {
            let balancers = state.facts.balancers.iter().map(|(balancer, _)| balancer);
            let balancers = balancers.filter(|one| arn.is_none_or(|arn| one.arn == arn));
            Ok(balancers.cloned().collect())
        })
        .await
    }

    async fn describe_listener(&self, arn: &str) -> Result<Option<Listener>, ApiError> {
        self.make_lookup_call(ELB, "DescribeListeners", arn, |state| {
            let mut listeners = state.facts.listeners.iter();
            Ok(listeners.find(|one| one.arn == arn).cloned())
        })
        .await
    }

    async fn describe_listeners(&self, load_balancer: &str) -> Result<Vec<Listener>, ApiError> {
        self.make_lookup_call(ELB, "DescribeListeners", load_balancer, |state| {
            let listeners = state.facts.listeners.iter();
            let of = |one: &&Listener| one.load_balancer.as_deref() == Some(load_balancer);
            Ok(listeners.filter(of).cloned().collect())
        })
        .await
    }

    async fn describe_tags(
        &self,
        arns: &[String],
    ) -> Result<BTreeMap<String, BTreeMap<String, String>>, ApiError> {
        self.make_lookup_call(ELB, "DescribeTags", "*", |state| {
            let balancers = state.facts.balancers.iter();
            let balancers = balancers.filter(|(one, _)| arns.contains(&one.arn));
            Ok(balancers
                .map(|(one, tags)| (one.arn.clone(), tags.clone()))
                .collect())
        })
        .await
    }
}

#[async_trait]
impl HostedZones for Services {
    async fn list_zones_from(&self, domain: &str) -> Result<Vec<HostedZone>, ApiError> {
        self.make_lookup_call("Route 53", "ListHostedZonesByName", domain, |state| {
            let zones = state.facts.hosted_zones.iter();
            Ok(zones.map(|(zone, _)| zone.clone()).collect())
        })
        .await
    }

    async fn list_zone_vpcs(&self, zone: &str) -> Result<Vec<String>, ApiError> {
        self.make_lookup_call("Route 53", "GetHostedZone", zone, |state| {
            let mut zones = state.facts.hosted_zones.iter();
            let found = zones.find(|(one, _)| one.id == zone);
            Ok(found.map(|(_, vpcs)| vpcs.clone()).unwrap_or_default())
        })
        .await
    }
}

#[async_trait]
impl Keys for Services {
    async fn list_aliases(&self, next: Option<String>) -> Result<Page<KeyAlias>, ApiError> {
        self.make_lookup_call("KMS", "ListAliases", "*", |state| {
            Ok(paginate(state, state.facts.aliases.clone(), next, 50))
        })
        .await
    }
}

#[async_trait]
impl CloudControl for Services {
    async fn get_resource(
        &self,
        type_name: &str,
        identifier: &str,
    ) -> Result<Option<FoundResource>, ApiError> {
        self.make_lookup_call("Cloud Control", "GetResource", identifier, |state| {
            let mut resources = state.facts.resources.iter();
            let found = resources.find(|(kind, one)| {
                kind == type_name && one.identifier.as_deref() == Some(identifier)
            });
            Ok(found.map(|(_, one)| one.clone()))
        })
        .await
    }

    async fn list_resources(
        &self,
        type_name: &str,
        _model: Option<&JsonValue>,
        next: Option<String>,
    ) -> Result<Page<FoundResource>, ApiError> {
        self.make_lookup_call("Cloud Control", "ListResources", type_name, |state| {
            let resources = state.facts.resources.iter();
            let resources = resources.filter(|(kind, _)| kind == type_name);
            let all = resources.map(|(_, one)| one.clone()).collect();
            Ok(paginate(state, all, next, 100))
        })
        .await
    }
}

impl Services {
    /// Makes a read-only call that needs only the state.
    async fn make_lookup_call<R>(
        &self,
        service: &'static str,
        operation: &'static str,
        target: &str,
        work: impl FnOnce(&State) -> Result<R, ApiError>,
    ) -> Result<R, ApiError> {
        self.fake
            .make_read_call(service, operation, target, |state, _| work(state))
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::matches_pattern;

    #[test]
    fn matches_star_with_any_text() {
        assert!(matches_pattern(
            "al2023-*-x86_64",
            "al2023-ami-2023.1-x86_64"
        ));
        assert!(
            matches_pattern("*", "") && matches_pattern("a*", "a") && matches_pattern("ä*ü", "äöü")
        );
        assert!(!matches_pattern("a*b", "a") && !matches_pattern("a", "ab"));
    }
}
