//! Client for EC2: descriptions of networks and machine images.

use async_trait::async_trait;
use aws_config::SdkConfig;

use super::Answer;
use super::signed::query::{Form, QueryClient};
use super::signed::xml::Element;
use super::signed::{Endpoint, Service};
use crate::{
    AvailabilityZone, Ec2, EgressRule, Filter, Image, Route, RouteTable, SecurityGroup, Subnet, Vpc,
};

const SERVICE: Service = Service {
    name: "EC2",
    id: "ec2",
    signing_name: "ec2",
    endpoint: Endpoint::Regional("ec2"),
};

/// EC2 client with signed calls.
#[derive(Debug)]
pub(super) struct Client(QueryClient);

impl Client {
    pub(super) fn new(config: &SdkConfig) -> Self {
        Self(QueryClient::new(config, SERVICE, "2016-11-15"))
    }

    /// Returns the members of a list from every page of a response.
    async fn all<T>(
        &self,
        operation: &'static str,
        form: &Form,
        list: &str,
        read: impl Fn(&Element) -> T,
    ) -> Answer<Vec<T>> {
        let mut found = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let mut form = form.clone();
            form.extend(next.map(|next| ("NextToken".to_owned(), next)));
            let answer = self.0.call(operation, &form).await?;
            found.extend(answer.list(list).map(&read));
            next = answer.text("nextToken");
            if next.is_none() {
                return Ok(found);
            }
        }
    }
}

/// Returns numbered parameters: `PREFIX.1=…`, `PREFIX.2=…`.
fn numbered(prefix: &str, values: &[String]) -> Form {
    let values = values.iter().enumerate();
    values
        .map(|(at, value)| (format!("{prefix}.{}", at + 1), value.clone()))
        .collect()
}

fn filters(filters: &[Filter]) -> Form {
    let mut form = Form::new();
    for (at, filter) in filters.iter().enumerate() {
        let prefix = format!("Filter.{}", at + 1);
        form.push((format!("{prefix}.Name"), filter.name.clone()));
        form.extend(numbered(&format!("{prefix}.Value"), &filter.values));
    }
    form
}

fn of_vpc(vpc: &str) -> Form {
    filters(&[Filter::new("vpc-id", [vpc])])
}

#[async_trait]
impl Ec2 for Client {
    async fn images(&self, owners: &[String], conditions: &[Filter]) -> Answer<Vec<Image>> {
        let mut form = numbered("Owner", owners);
        form.extend(filters(conditions));
        let images = self
            .all("DescribeImages", &form, "imagesSet", |image| {
                Some(Image {
                    id: image.text("imageId")?,
                    created: image.text("creationDate"),
                })
            })
            .await?;
        Ok(images.into_iter().flatten().collect())
    }

    async fn availability_zones(&self) -> Answer<Vec<AvailabilityZone>> {
        self.all(
            "DescribeAvailabilityZones",
            &Form::new(),
            "availabilityZoneInfo",
            |zone| AvailabilityZone {
                name: zone.text_or_empty("zoneName"),
                state: zone.text_or_empty("zoneState"),
            },
        )
        .await
    }

    async fn endpoint_service_zones(&self, service: &str) -> Answer<Vec<String>> {
        let form = numbered("ServiceName", &[service.to_owned()]);
        let services = self
            .all(
                "DescribeVpcEndpointServices",
                &form,
                "serviceDetailSet",
                |found| found.texts("availabilityZoneSet"),
            )
            .await?;
        Ok(services.into_iter().next().unwrap_or_default())
    }

    async fn security_groups(
        &self,
        ids: &[String],
        conditions: &[Filter],
    ) -> Answer<Vec<SecurityGroup>> {
        let mut form = numbered("GroupId", ids);
        form.extend(filters(conditions));
        let groups = self
            .all(
                "DescribeSecurityGroups",
                &form,
                "securityGroupInfo",
                |group| SecurityGroup {
                    id: group.text_or_empty("groupId"),
                    name: group.text_or_empty("groupName"),
                    vpc: group.text("vpcId"),
                    egress: group.list("ipPermissionsEgress").map(egress).collect(),
                },
            )
            .await;
        match groups {
            Err(error) if error.code == "InvalidGroup.NotFound" => Ok(Vec::new()),
            other => other,
        }
    }

    async fn vpcs(&self, conditions: &[Filter]) -> Answer<Vec<Vpc>> {
        self.all("DescribeVpcs", &filters(conditions), "vpcSet", |vpc| Vpc {
            id: vpc.text_or_empty("vpcId"),
            cidr: vpc.text("cidrBlock"),
            owner: vpc.text("ownerId"),
            is_default: vpc.is_true("isDefault"),
            tags: vpc.tags("tagSet", "key", "value"),
        })
        .await
    }

    async fn subnets(&self, vpc: &str) -> Answer<Vec<Subnet>> {
        self.all("DescribeSubnets", &of_vpc(vpc), "subnetSet", |subnet| {
            Subnet {
                id: subnet.text_or_empty("subnetId"),
                arn: subnet.text("subnetArn"),
                vpc: subnet.text_or_empty("vpcId"),
                zone: subnet.text_or_empty("availabilityZone"),
                cidr: subnet.text("cidrBlock"),
                gives_public_addresses: subnet.is_true("mapPublicIpOnLaunch"),
                tags: subnet.tags("tagSet", "key", "value"),
            }
        })
        .await
    }

    async fn route_tables(&self, vpc: &str) -> Answer<Vec<RouteTable>> {
        self.all(
            "DescribeRouteTables",
            &of_vpc(vpc),
            "routeTableSet",
            |table| {
                let associations = || table.list("associationSet");
                RouteTable {
                    id: table.text_or_empty("routeTableId"),
                    vpc: table.text_or_empty("vpcId"),
                    is_main: associations().any(|one| one.is_true("main")),
                    subnets: associations()
                        .filter_map(|one| one.text("subnetId"))
                        .collect(),
                    routes: table.list("routeSet").map(route).collect(),
                }
            },
        )
        .await
    }

    async fn vpn_gateways(&self, vpc: &str) -> Answer<Vec<String>> {
        let form = filters(&[
            Filter::new("attachment.vpc-id", [vpc]),
            Filter::new("attachment.state", ["attached"]),
            Filter::new("state", ["available"]),
        ]);
        self.all("DescribeVpnGateways", &form, "vpnGatewaySet", |gateway| {
            gateway.text_or_empty("vpnGatewayId")
        })
        .await
    }
}

fn route(route: &Element) -> Route {
    Route {
        destination: route.text("destinationCidrBlock"),
        gateway: route.text("gatewayId"),
        nat_gateway: route.text("natGatewayId"),
        transit_gateway: route.text("transitGatewayId"),
    }
}

fn egress(rule: &Element) -> EgressRule {
    let texts = |list: &str, name: &str| {
        let members = rule.list(list);
        members.filter_map(|member| member.text(name)).collect()
    };
    EgressRule {
        protocol: rule.text_or_empty("ipProtocol"),
        cidrs: texts("ipRanges", "cidrIp"),
        ipv6_cidrs: texts("ipv6Ranges", "cidrIpv6"),
    }
}
