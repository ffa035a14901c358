//! The operations of EC2 that are used: descriptions of networks and of machine images.

use std::collections::BTreeMap;
use std::fmt::Debug;

use async_trait::async_trait;

use super::ApiError;

/// A condition of a list: an attribute by the name that EC2 has for it, such as `tag:Name`, and values of which one must match.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Filter {
    /// The name.
    pub name: String,
    /// The values; `*` and `?` stand for other characters in most of them.
    pub values: Vec<String>,
}

impl Filter {
    /// The condition that an attribute has one of these values.
    pub fn new<V: Into<String>>(
        name: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        Self {
            name: name.into(),
            values: values.into_iter().map(Into::into).collect(),
        }
    }
}

/// A machine image.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Image {
    /// The id, such as `ami-0123456789abcdef0`.
    pub id: String,
    /// The time of its creation, RFC 3339 with milliseconds.
    pub created: Option<String>,
}

impl Image {
    /// An image that was created then.
    pub fn new(id: impl Into<String>, created: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            created: Some(created.into()),
        }
    }
}

/// An availability zone of the region.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct AvailabilityZone {
    /// The name, such as `eu-west-1a`.
    pub name: String,
    /// `available`, `impaired`, `unavailable`, …
    pub state: String,
}

impl AvailabilityZone {
    /// A zone in that state.
    pub fn new(name: impl Into<String>, state: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            state: state.into(),
        }
    }
}

/// A virtual private cloud.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Vpc {
    /// The id.
    pub id: String,
    /// The primary range of IPv4 addresses.
    pub cidr: Option<String>,
    /// The account that owns it.
    pub owner: Option<String>,
    /// True for the default VPC of the region.
    #[builder(default)]
    pub is_default: bool,
    /// Tags.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
}

/// A subnet.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Subnet {
    /// The id.
    pub id: String,
    /// The ARN.
    pub arn: Option<String>,
    /// The VPC.
    pub vpc: String,
    /// The name of its availability zone.
    pub zone: String,
    /// The range of IPv4 addresses.
    pub cidr: Option<String>,
    /// True when instances get a public address.
    #[builder(default)]
    pub gives_public_addresses: bool,
    /// Tags.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
}

/// A route table.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct RouteTable {
    /// The id.
    pub id: String,
    /// The VPC.
    pub vpc: String,
    /// True for the table of subnets that have none of their own.
    #[builder(default)]
    pub is_main: bool,
    /// The subnets that use it.
    #[builder(default)]
    pub subnets: Vec<String>,
    /// The routes.
    #[builder(default)]
    pub routes: Vec<Route>,
}

/// A route of a [`RouteTable`].
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Route {
    /// The range of IPv4 addresses that it is for.
    pub destination: Option<String>,
    /// The gateway, such as an internet gateway `igw-…`.
    pub gateway: Option<String>,
    /// The NAT gateway.
    pub nat_gateway: Option<String>,
    /// The transit gateway.
    pub transit_gateway: Option<String>,
}

/// A security group.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct SecurityGroup {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The VPC.
    pub vpc: Option<String>,
    /// The rules for traffic that leaves.
    #[builder(default)]
    pub egress: Vec<EgressRule>,
}

/// A rule of a [`SecurityGroup`] for traffic that leaves.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct EgressRule {
    /// The protocol; `-1` for all.
    pub protocol: String,
    /// Ranges of IPv4 addresses.
    pub cidrs: Vec<String>,
    /// Ranges of IPv6 addresses.
    pub ipv6_cidrs: Vec<String>,
}

impl EgressRule {
    /// The rule that lets all traffic to these ranges out.
    pub fn all_traffic(cidrs: &[&str], ipv6_cidrs: &[&str]) -> Self {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Self {
            protocol: "-1".to_owned(),
            cidrs: owned(cidrs),
            ipv6_cidrs: owned(ipv6_cidrs),
        }
    }
}

/// EC2 in a region. Every page of a list is read.
#[async_trait]
pub trait Ec2: Debug + Send + Sync {
    /// The images of these owners that match; of every owner when none is named.
    async fn images(&self, owners: &[String], filters: &[Filter]) -> Result<Vec<Image>, ApiError>;
    /// The zones of the region.
    async fn availability_zones(&self) -> Result<Vec<AvailabilityZone>, ApiError>;
    /// The zones in which an endpoint service can be reached.
    async fn endpoint_service_zones(&self, service: &str) -> Result<Vec<String>, ApiError>;
    /// The security groups of these ids that match; all that match when none is named.
    async fn security_groups(
        &self,
        ids: &[String],
        filters: &[Filter],
    ) -> Result<Vec<SecurityGroup>, ApiError>;
    /// The VPCs that match.
    async fn vpcs(&self, filters: &[Filter]) -> Result<Vec<Vpc>, ApiError>;
    /// The subnets of a VPC.
    async fn subnets(&self, vpc: &str) -> Result<Vec<Subnet>, ApiError>;
    /// The route tables of a VPC.
    async fn route_tables(&self, vpc: &str) -> Result<Vec<RouteTable>, ApiError>;
    /// The ids of the VPN gateways that are attached to a VPC and available.
    async fn vpn_gateways(&self, vpc: &str) -> Result<Vec<String>, ApiError>;
}
