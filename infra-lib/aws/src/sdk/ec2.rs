//! Client for EC2: descriptions of networks and machine images.

use async_trait::async_trait;
use aws_config::SdkConfig;

use super::ApiResult;
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
    async fn fetch_all_pages<T>(
        &self,
        operation: &'static str,
        form: &Form,
        list: &str,
        read: impl Fn(&Element) -> T,
    ) -> ApiResult<Vec<T>> {
        let mut found = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let mut form = form.clone();
            form.extend(next.map(|next| ("NextToken".to_owned(), next)));
            let answer = self.0.call_operation(operation, &form).await?;
            found.extend(answer.list_members(list).map(&read));
            next = answer.child_text("nextToken");
            if next.is_none() {
                return Ok(found);
            }
        }
    }
}

/// Returns numbered parameters: `PREFIX.1=…`, `PREFIX.2=…`.
fn number_parameters(prefix: &str, values: &[String]) -> Form {
    let values = values.iter().enumerate();
    values
        .map(|(at, value)| (format!("{prefix}.{}", at + 1), value.clone()))
        .collect()
}

fn encode_filters(filters: &[Filter]) -> Form {
    let mut form = Form::new();
    for (at, filter) in filters.iter().enumerate() {
        let prefix = format!("Filter.{}", at + 1);
        form.push((format!("{prefix}.Name"), filter.name.clone()));
        form.extend(number_parameters(
            &format!("{prefix}.Value"),
            &filter.values,
        ));
    }
    form
}

fn filter_by_vpc(vpc: &str) -> Form {
    encode_filters(&[Filter::new("vpc-id", [vpc])])
}

#[async_trait]
impl Ec2 for Client {
    async fn describe_images(
        &self,
        owners: &[String],
        conditions: &[Filter],
    ) -> ApiResult<Vec<Image>> {
        let mut form = number_parameters("Owner", owners);
        form.extend(encode_filters(conditions));
        let images = self
            .fetch_all_pages("DescribeImages", &form, "imagesSet", |image| {
                Some(Image {
                    id: image.child_text("imageId")?,
                    created: image.child_text("creationDate"),
                })
            })
            .await?;
        Ok(images.into_iter().flatten().collect())
    }

    async fn describe_availability_zones(&self) -> ApiResult<Vec<AvailabilityZone>> {
        self.fetch_all_pages(
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

    async fn list_endpoint_zones(&self, service: &str) -> ApiResult<Vec<String>> {
        let form = number_parameters("ServiceName", &[service.to_owned()]);
        let services = self
            .fetch_all_pages(
                "DescribeVpcEndpointServices",
                &form,
                "serviceDetailSet",
                |found| found.member_texts("availabilityZoneSet"),
            )
            .await?;
        Ok(services.into_iter().next().unwrap_or_default())
    }

    async fn describe_security_groups(
        &self,
        ids: &[String],
        conditions: &[Filter],
    ) -> ApiResult<Vec<SecurityGroup>> {
        let mut form = number_parameters("GroupId", ids);
        form.extend(encode_filters(conditions));
        let groups = self
            .fetch_all_pages(
                "DescribeSecurityGroups",
                &form,
                "securityGroupInfo",
                |group| SecurityGroup {
                    id: group.text_or_empty("groupId"),
                    name: group.text_or_empty("groupName"),
                    vpc: group.child_text("vpcId"),
                    egress: group
                        .list_members("ipPermissionsEgress")
                        .map(parse_egress_rule)
                        .collect(),
                },
            )
            .await;
        match groups {
            Err(error) if error.code == "InvalidGroup.NotFound" => Ok(Vec::new()),
            other => other,
        }
    }

    async fn describe_vpcs(&self, conditions: &[Filter]) -> ApiResult<Vec<Vpc>> {
        self.fetch_all_pages(
            "DescribeVpcs",
            &encode_filters(conditions),
            "vpcSet",
            |vpc| Vpc {
                id: vpc.text_or_empty("vpcId"),
                cidr: vpc.child_text("cidrBlock"),
                owner: vpc.child_text("ownerId"),
                is_default: vpc.is_true("isDefault"),
                tags: vpc.read_tags("tagSet", "key", "value"),
            },
        )
        .await
    }

    async fn describe_subnets(&self, vpc: &str) -> ApiResult<Vec<Subnet>> {
        self.fetch_all_pages(
            "DescribeSubnets",
            &filter_by_vpc(vpc),
            "subnetSet",
            |subnet| Subnet {
                id: subnet.text_or_empty("subnetId"),
                arn: subnet.child_text("subnetArn"),
                vpc: subnet.text_or_empty("vpcId"),
                zone: subnet.text_or_empty("availabilityZone"),
                cidr: subnet.child_text("cidrBlock"),
                gives_public_addresses: subnet.is_true("mapPublicIpOnLaunch"),
                tags: subnet.read_tags("tagSet", "key", "value"),
            },
        )
        .await
    }

    async fn describe_route_tables(&self, vpc: &str) -> ApiResult<Vec<RouteTable>> {
        self.fetch_all_pages(
            "DescribeRouteTables",
            &filter_by_vpc(vpc),
            "routeTableSet",
            |table| {
                let associations = || table.list_members("associationSet");
                RouteTable {
                    id: table.text_or_empty("routeTableId"),
                    vpc: table.text_or_empty("vpcId"),
                    is_main: associations().any(|one| one.is_true("main")),
                    subnets: associations()
                        .filter_map(|one| one.child_text("subnetId"))
                        .collect(),
                    routes: table.list_members("routeSet").map(parse_route).collect(),
                }
            },
        )
        .await
    }

    async fn list_vpn_gateways(&self, vpc: &str) -> ApiResult<Vec<String>> {
        let form = encode_filters(&[
            Filter::new("attachment.vpc-id", [vpc]),
            Filter::new("attachment.state", ["attached"]),
            Filter::new("state", ["available"]),
        ]);
        self.fetch_all_pages("DescribeVpnGateways", &form, "vpnGatewaySet", |gateway| {
            gateway.text_or_empty("vpnGatewayId")
        })
        .await
    }
}

fn parse_route(route: &Element) -> Route {
    Route {
        destination: route.child_text("destinationCidrBlock"),
        gateway: route.child_text("gatewayId"),
        nat_gateway: route.child_text("natGatewayId"),
        transit_gateway: route.child_text("transitGatewayId"),
    }
}

fn parse_egress_rule(rule: &Element) -> EgressRule {
    let texts = |list: &str, name: &str| {
        let members = rule.list_members(list);
        members
            .filter_map(|member| member.child_text(name))
            .collect()
    };
    EgressRule {
        protocol: rule.text_or_empty("ipProtocol"),
        cidrs: texts("ipRanges", "cidrIp"),
        ipv6_cidrs: texts("ipv6Ranges", "cidrIpv6"),
    }
}
