//! Configures the network of an environment: address range, Availability Zones and NAT gateways.

use infra_lib::ec2::{self, Cidr};
use schemars::JsonSchema;
use serde::Deserialize;

use super::read;

/// Address range, Availability Zones and NAT gateways of the VPC that all stacks of an environment share.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NetworkConfig {
    /// IPv4 CIDR block of the VPC. A change replaces every resource in the VPC, including the database.
    #[serde(deserialize_with = "read::cidr")]
    #[schemars(with = "String", regex(pattern = r"^[0-9]+(\.[0-9]+){3}/[0-9]+$"), extend("examples" = ["10.0.0.0/16"]))]
    pub cidr: Cidr,
    /// Number of Availability Zones, 2 to 4. A load balancer and a database need at least two.
    #[schemars(range(min = 2, max = 4))]
    pub availability_zones: u8,
    /// Number of NAT gateways, `single` or `per-az`, through which tasks in private subnets reach the APIs of AWS.
    pub nat: Nat,
}

/// The number of NAT gateways that connect private subnets to the internet.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Nat {
    /// One NAT gateway, about 33 dollars a month; if its zone fails, no task can start.
    Single,
    /// One NAT gateway in each Availability Zone, so that the failure of a zone does not affect the others.
    PerAz,
}

impl From<Nat> for ec2::Nat {
    fn from(nat: Nat) -> Self {
        match nat {
            Nat::Single => Self::Single,
            Nat::PerAz => Self::PerAz,
        }
    }
}
