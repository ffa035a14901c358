//! The traits for Elastic Load Balancing, Route 53, KMS and Cloud Control, with the operations that context lookups use.

use std::collections::BTreeMap;
use std::fmt::Debug;

use async_trait::async_trait;
use serde_json::Value as JsonValue;

use super::{ApiError, Page};

/// A load balancer of any type with its addresses and network, as returned by `DescribeLoadBalancers`.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct LoadBalancer {
    /// ARN of the load balancer, which contains its type and name.
    pub arn: String,
    /// Type of the load balancer: `application`, `network` or `gateway`.
    pub kind: String,
    /// ID of the hosted zone of its DNS name, for alias records of Route 53, if the API returns it.
    pub hosted_zone: Option<String>,
    /// DNS name of the load balancer, to which records point, if the API returns it.
    pub dns_name: Option<String>,
    /// ID of the VPC that contains the load balancer, if the API returns it.
    pub vpc: Option<String>,
    /// IDs of the security groups that apply to the load balancer. Network and Gateway Load Balancers may have none.
    #[builder(default)]
    pub security_groups: Vec<String>,
    /// IP address type: `ipv4`, `dualstack`, … It determines the kinds of addresses of the DNS name.
    pub address_type: Option<String>,
}

/// A listener of a load balancer: a port and protocol, as returned by `DescribeListeners`.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Listener {
    /// ARN of the listener, which contains the name of its load balancer.
    pub arn: String,
    /// ARN of the load balancer that the listener belongs to, if the API returns it.
    pub load_balancer: Option<String>,
    /// Port on which the listener accepts connections, or `None` for Gateway Load Balancers.
    pub port: Option<u16>,
    /// Protocol of clients: `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP` or `TCP_UDP`. `None` for Gateway Load Balancers.
    pub protocol: Option<String>,
}

/// Elastic Load Balancing in one region: Application, Network and Gateway Load Balancers. Methods read every page of a list.
#[async_trait]
pub trait LoadBalancing: Debug + Send + Sync {
    /// Returns the load balancer with the given ARN, or all of the region if `arn` is `None` (`DescribeLoadBalancers`).
    async fn describe_load_balancers(
        &self,
        arn: Option<&str>,
    ) -> Result<Vec<LoadBalancer>, ApiError>;
    /// Returns the listener with the given ARN, or `None` if it does not exist.
    async fn describe_listener(&self, arn: &str) -> Result<Option<Listener>, ApiError>;
    /// Returns all listeners of the load balancer with the given ARN (`DescribeListeners`).
    async fn describe_listeners(&self, load_balancer: &str) -> Result<Vec<Listener>, ApiError>;
    /// Returns the tags of up to 20 load balancers, by ARN and key (`DescribeTags`).
    async fn describe_tags(
        &self,
        arns: &[String],
    ) -> Result<BTreeMap<String, BTreeMap<String, String>>, ApiError>;
}

/// A hosted zone of Route 53, which holds the DNS records of a domain.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct HostedZone {
    /// ID as Route 53 returns it, with the prefix `/hostedzone/`, for example `/hostedzone/Z0123456789ABCDEFGHIJ`.
    pub id: String,
    /// Domain name of the zone with a trailing dot, for example `example.com.`.
    pub name: String,
    /// `true` for a private hosted zone, which is visible only in its VPCs.
    pub is_private: bool,
}

impl HostedZone {
    /// Creates a public hosted zone from its ID and domain name, for implementations of [`HostedZones`].
    pub fn new_public(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            is_private: false,
        }
    }

    /// Creates a private hosted zone from its ID and domain name, for implementations of [`HostedZones`].
    pub fn new_private(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            is_private: true,
            ..Self::new_public(id, name)
        }
    }
}

/// Amazon Route 53, which is global within a partition, limited to reading hosted zones.
#[async_trait]
pub trait HostedZones: Debug + Send + Sync {
    /// Returns up to 100 hosted zones sorted by name, starting at `domain` (`ListHostedZonesByName`).
    async fn list_zones_from(&self, domain: &str) -> Result<Vec<HostedZone>, ApiError>;
    /// Returns the IDs of the VPCs that are associated with a private hosted zone (`GetHostedZone`).
    async fn list_zone_vpcs(&self, zone: &str) -> Result<Vec<String>, ApiError>;
}

/// An alias of a KMS key in the account and region, as returned by `ListAliases`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct KeyAlias {
    /// Name of the alias with the prefix `alias/`, for example `alias/aws/s3`.
    pub name: String,
    /// ID of the key, or `None` for an alias of an AWS managed key that has not been used yet.
    pub key: Option<String>,
}

impl KeyAlias {
    /// Creates an alias from its name with the prefix `alias/` and the ID of its key, for implementations of [`Keys`].
    pub fn new(name: impl Into<String>, key: Option<String>) -> Self {
        Self {
            name: name.into(),
            key,
        }
    }
}

/// AWS Key Management Service (KMS) in one region, limited to reading key aliases.
#[async_trait]
pub trait Keys: Debug + Send + Sync {
    /// Returns a page of the key aliases of the account in the region (`ListAliases`).
    async fn list_aliases(&self, next: Option<String>) -> Result<Page<KeyAlias>, ApiError>;
}

/// A resource of any type in the registry, as the Cloud Control API describes it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct FoundResource {
    /// Primary identifier of the resource, with several parts joined by `|`, if the API returns it.
    pub identifier: Option<String>,
    /// Properties of the resource, with the names in the CloudFormation registry.
    pub properties: JsonValue,
}

impl FoundResource {
    /// Creates a resource from its identifier and properties, for implementations of [`CloudControl`].
    pub fn new(identifier: impl Into<String>, properties: JsonValue) -> Self {
        Self {
            identifier: Some(identifier.into()),
            properties,
        }
    }
}

/// The Cloud Control API in one region, which reads resources of every type in the CloudFormation registry.
#[async_trait]
pub trait CloudControl: Debug + Send + Sync {
    /// Returns the resource of a type with the given identifier, or `None` if it does not exist.
    async fn get_resource(
        &self,
        type_name: &str,
        identifier: &str,
    ) -> Result<Option<FoundResource>, ApiError>;
    /// Returns a page of the resources of a type. Some types require properties of their parent in `model`.
    async fn list_resources(
        &self,
        type_name: &str,
        model: Option<&JsonValue>,
        next: Option<String>,
    ) -> Result<Page<FoundResource>, ApiError>;
}
