//! The trait [`Ec2`] with the operations that context lookups use: descriptions of networks and machine images.

use std::collections::BTreeMap;
use std::fmt::Debug;

use async_trait::async_trait;

use super::ApiError;

/// A filter of a list: the EC2 name of an attribute, such as `tag:Name`, and values of which one must match.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Filter {
    /// Name of the filter, for example `vpc-id`.
    pub name: String,
    /// Accepted values. `*` and `?` are wildcards for most filters.
    pub values: Vec<String>,
}

impl Filter {
    /// Creates a filter that accepts one of several values.
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

/// An Amazon Machine Image (AMI).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Image {
    /// ID of the image, for example `ami-0123456789abcdef0`.
    pub id: String,
    /// Creation time in the format of RFC 3339, with milliseconds.
    pub created: Option<String>,
}

impl Image {
    /// Creates an image with an ID and a creation time.
    pub fn new(id: impl Into<String>, created: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            created: Some(created.into()),
        }
    }
}

/// An Availability Zone of a region.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct AvailabilityZone {
    /// Name of the zone, for example `eu-west-1a`.
    pub name: String,
    /// State of the zone: `available`, `impaired`, `unavailable`, …
    pub state: String,
}

impl AvailabilityZone {
    /// Creates a zone with a name and a state.
    pub fn new(name: impl Into<String>, state: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            state: state.into(),
        }
    }
}

/// A virtual private cloud (VPC).
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Vpc {
    /// ID of the VPC, for example `vpc-0123456789abcdef0`.
    pub id: String,
    /// Primary IPv4 CIDR block.
    pub cidr: Option<String>,
    /// ID of the account that owns the VPC.
    pub owner: Option<String>,
    /// `true` for the default VPC of the region.
    #[builder(default)]
    pub is_default: bool,
    /// Tags of the VPC by key.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
}

/// A subnet of a VPC.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Subnet {
    /// ID of the subnet.
    pub id: String,
    /// ARN of the subnet.
    pub arn: Option<String>,
    /// ID of the VPC.
    pub vpc: String,
    /// Name of the Availability Zone.
    pub zone: String,
    /// IPv4 CIDR block.
    pub cidr: Option<String>,
    /// `true` if instances get a public IPv4 address by default.
    #[builder(default)]
    pub gives_public_addresses: bool,
    /// Tags of the subnet by key.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
}

/// A route table of a VPC.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct RouteTable {
    /// ID of the route table.
    pub id: String,
    /// ID of the VPC.
    pub vpc: String,
    /// `true` for the main route table, which applies to subnets without an explicit association.
    #[builder(default)]
    pub is_main: bool,
    /// IDs of the explicitly associated subnets.
    #[builder(default)]
    pub subnets: Vec<String>,
    /// Routes of the table.
    #[builder(default)]
    pub routes: Vec<Route>,
}

/// A route of a [`RouteTable`].
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Route {
    /// Destination IPv4 CIDR block.
    pub destination: Option<String>,
    /// ID of the gateway, for example an internet gateway `igw-…`.
    pub gateway: Option<String>,
    /// ID of the NAT gateway.
    pub nat_gateway: Option<String>,
    /// ID of the transit gateway.
    pub transit_gateway: Option<String>,
}

/// A security group.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct SecurityGroup {
    /// ID of the security group.
    pub id: String,
    /// Name of the security group.
    pub name: String,
    /// ID of the VPC.
    pub vpc: Option<String>,
    /// Outbound rules.
    #[builder(default)]
    pub egress: Vec<EgressRule>,
}

/// An outbound rule of a [`SecurityGroup`].
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct EgressRule {
    /// IP protocol, or `-1` for all protocols.
    pub protocol: String,
    /// Destination IPv4 CIDR blocks.
    pub cidrs: Vec<String>,
    /// Destination IPv6 CIDR blocks.
    pub ipv6_cidrs: Vec<String>,
}

impl EgressRule {
    /// Creates a rule that allows all traffic to CIDR blocks.
    pub fn all_traffic(cidrs: &[&str], ipv6_cidrs: &[&str]) -> Self {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Self {
            protocol: "-1".to_owned(),
            cidrs: owned(cidrs),
            ipv6_cidrs: owned(ipv6_cidrs),
        }
    }
}

/// EC2 in one region. Methods read every page of a list.
#[async_trait]
pub trait Ec2: Debug + Send + Sync {
    /// Returns the images that match the filters, owned by one of `owners`. An empty list of owners accepts every owner.
    async fn images(&self, owners: &[String], filters: &[Filter]) -> Result<Vec<Image>, ApiError>;
    /// Returns the Availability Zones of the region.
    async fn availability_zones(&self) -> Result<Vec<AvailabilityZone>, ApiError>;
    /// Returns the Availability Zones in which a VPC endpoint service is available.
    async fn endpoint_service_zones(&self, service: &str) -> Result<Vec<String>, ApiError>;
    /// Returns the security groups that match the filters and have one of the IDs. An empty list of IDs accepts every ID.
    async fn security_groups(
        &self,
        ids: &[String],
        filters: &[Filter],
    ) -> Result<Vec<SecurityGroup>, ApiError>;
    /// Returns the VPCs that match the filters.
    async fn vpcs(&self, filters: &[Filter]) -> Result<Vec<Vpc>, ApiError>;
    /// Returns the subnets of a VPC.
    async fn subnets(&self, vpc: &str) -> Result<Vec<Subnet>, ApiError>;
    /// Returns the route tables of a VPC.
    async fn route_tables(&self, vpc: &str) -> Result<Vec<RouteTable>, ApiError>;
    /// Returns the IDs of the VPN gateways that are attached to a VPC and available.
    async fn vpn_gateways(&self, vpc: &str) -> Result<Vec<String>, ApiError>;
}
