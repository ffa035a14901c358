//! The trait [`Ec2`] with the operations that context lookups use: descriptions of networks and machine images.

use std::collections::BTreeMap;
use std::fmt::Debug;

use async_trait::async_trait;

use super::ApiError;

/// A filter of a list: the EC2 name of an attribute, such as `tag:Name`, and values of which one must match.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Filter {
    /// Name of the filter as documented for the operation, for example `vpc-id` or `tag:Name`.
    pub name: String,
    /// Accepted values, of which one must match. `*` and `?` are wildcards for most filters.
    pub values: Vec<String>,
}

impl Filter {
    /// Creates a filter that accepts resources whose attribute has one of several values.
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

/// An Amazon Machine Image (AMI) with its creation time, as returned by `DescribeImages`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Image {
    /// ID of the image in the region, for example `ami-0123456789abcdef0`.
    pub id: String,
    /// Creation time in the format of RFC 3339 with milliseconds, which sorts images by age. `None` if EC2 returns none.
    pub created: Option<String>,
}

impl Image {
    /// Creates an image from its ID and creation time, for implementations of [`Ec2`].
    pub fn new(id: impl Into<String>, created: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            created: Some(created.into()),
        }
    }
}

/// An Availability Zone of a region with its state, as returned by `DescribeAvailabilityZones`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct AvailabilityZone {
    /// Name of the zone, for example `eu-west-1a`. The same name can denote another zone in another account.
    pub name: String,
    /// State of the zone: `available`, `impaired`, `unavailable`, … New resources need an available zone.
    pub state: String,
}

impl AvailabilityZone {
    /// Creates a zone from its name and state, for implementations of [`Ec2`].
    pub fn new(name: impl Into<String>, state: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            state: state.into(),
        }
    }
}

/// A virtual private cloud (VPC) with its owner and tags, as returned by `DescribeVpcs`.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Vpc {
    /// ID of the VPC in the region, for example `vpc-0123456789abcdef0`.
    pub id: String,
    /// Primary IPv4 CIDR block of the VPC, for example `10.0.0.0/16`, if EC2 returns one.
    pub cidr: Option<String>,
    /// ID of the account that owns the VPC, which differs from the caller's for a shared VPC.
    pub owner: Option<String>,
    /// `true` for the default VPC of the region, which AWS creates with the account.
    #[builder(default)]
    pub is_default: bool,
    /// Tags of the VPC by key. The key `Name` holds the name that the console displays.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
}

/// A subnet of a VPC, in one Availability Zone, as returned by `DescribeSubnets`.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Subnet {
    /// ID of the subnet in the region, for example `subnet-0123456789abcdef0`.
    pub id: String,
    /// ARN of the subnet, or `None` if EC2 does not return it.
    pub arn: Option<String>,
    /// ID of the VPC that contains the subnet, for example `vpc-0123456789abcdef0`.
    pub vpc: String,
    /// Name of the Availability Zone of the subnet, for example `eu-west-1a`.
    pub zone: String,
    /// IPv4 CIDR block of the subnet, for example `10.0.1.0/24`, or `None` for an IPv6-only subnet.
    pub cidr: Option<String>,
    /// `true` if instances launched in the subnet get a public IPv4 address by default.
    #[builder(default)]
    pub gives_public_addresses: bool,
    /// Tags of the subnet by key. The key `Name` holds the name that the console displays.
    #[builder(default)]
    pub tags: BTreeMap<String, String>,
}

/// A route table of a VPC with its associations, as returned by `DescribeRouteTables`.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct RouteTable {
    /// ID of the route table in the region, for example `rtb-0123456789abcdef0`.
    pub id: String,
    /// ID of the VPC that the route table belongs to.
    pub vpc: String,
    /// `true` for the main route table, which applies to subnets without an explicit association.
    #[builder(default)]
    pub is_main: bool,
    /// IDs of the subnets that are explicitly associated with the route table. Other subnets use the main route table.
    #[builder(default)]
    pub subnets: Vec<String>,
    /// Routes of the table, including the local route that connects the subnets of the VPC.
    #[builder(default)]
    pub routes: Vec<Route>,
}

/// A route of a [`RouteTable`]: a destination, and the gateway to which its traffic goes.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Route {
    /// Destination IPv4 CIDR block, or `None` for an IPv6 or prefix list route.
    pub destination: Option<String>,
    /// ID of the gateway, for example an internet gateway `igw-…`, or `local` for the route within the VPC.
    pub gateway: Option<String>,
    /// ID of the NAT gateway, for example `nat-0123456789abcdef0`, or `None` for a route to something else.
    pub nat_gateway: Option<String>,
    /// ID of the transit gateway, for example `tgw-0123456789abcdef0`, or `None` for a route to something else.
    pub transit_gateway: Option<String>,
}

/// A security group, as returned by `DescribeSecurityGroups`, with its outbound rules only.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct SecurityGroup {
    /// ID of the security group in the region, for example `sg-0123456789abcdef0`.
    pub id: String,
    /// Name of the security group, unique within its VPC.
    pub name: String,
    /// ID of the VPC that the security group belongs to, if EC2 returns it.
    pub vpc: Option<String>,
    /// Outbound rules. A group that allows all traffic has a rule for the protocol `-1`.
    #[builder(default)]
    pub egress: Vec<EgressRule>,
}

/// An outbound rule of a [`SecurityGroup`]: a protocol and its destinations, without ports.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct EgressRule {
    /// IP protocol by name or number, for example `tcp` or `50`, or `-1` for all protocols.
    pub protocol: String,
    /// IPv4 CIDR blocks to which traffic is allowed, for example `0.0.0.0/0` for all addresses.
    pub cidrs: Vec<String>,
    /// IPv6 CIDR blocks to which traffic is allowed, for example `::/0` for all addresses.
    pub ipv6_cidrs: Vec<String>,
}

impl EgressRule {
    /// Creates a rule that allows traffic of all protocols to IPv4 and IPv6 CIDR blocks.
    pub fn all_traffic(cidrs: &[&str], ipv6_cidrs: &[&str]) -> Self {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Self {
            protocol: "-1".to_owned(),
            cidrs: owned(cidrs),
            ipv6_cidrs: owned(ipv6_cidrs),
        }
    }
}

/// Amazon Elastic Compute Cloud (EC2) in one region, limited to reading. Methods read every page of a list.
#[async_trait]
pub trait Ec2: Debug + Send + Sync {
    /// Returns the images that match the filters, owned by one of `owners`. An empty list of owners accepts every owner.
    async fn describe_images(
        &self,
        owners: &[String],
        filters: &[Filter],
    ) -> Result<Vec<Image>, ApiError>;
    /// Returns the Availability Zones of the region that the account can use (`DescribeAvailabilityZones`).
    async fn describe_availability_zones(&self) -> Result<Vec<AvailabilityZone>, ApiError>;
    /// Returns the names of the Availability Zones in which a VPC endpoint service is available (`DescribeVpcEndpointServices`).
    async fn list_endpoint_zones(&self, service: &str) -> Result<Vec<String>, ApiError>;
    /// Returns the security groups that match the filters and have one of the IDs. An empty list of IDs accepts every ID.
    async fn describe_security_groups(
        &self,
        ids: &[String],
        filters: &[Filter],
    ) -> Result<Vec<SecurityGroup>, ApiError>;
    /// Returns the VPCs of the region that match all filters (`DescribeVpcs`). An empty list of filters accepts every VPC.
    async fn describe_vpcs(&self, filters: &[Filter]) -> Result<Vec<Vpc>, ApiError>;
    /// Returns the subnets of the VPC with the given ID, in all zones (`DescribeSubnets`).
    async fn describe_subnets(&self, vpc: &str) -> Result<Vec<Subnet>, ApiError>;
    /// Returns the route tables of the VPC with the given ID, including the main one (`DescribeRouteTables`).
    async fn describe_route_tables(&self, vpc: &str) -> Result<Vec<RouteTable>, ApiError>;
    /// Returns the IDs of the VPN gateways that are attached to a VPC and available.
    async fn list_vpn_gateways(&self, vpc: &str) -> Result<Vec<String>, ApiError>;
}
