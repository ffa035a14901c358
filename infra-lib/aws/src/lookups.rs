//! The operations of Elastic Load Balancing, Route 53, KMS and Cloud Control that context lookups use.

use std::collections::BTreeMap;
use std::fmt::Debug;

use async_trait::async_trait;
use serde_json::Value as JsonValue;

use super::{ApiError, Page};

/// A load balancer.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct LoadBalancer {
    /// The ARN.
    pub arn: String,
    /// `application`, `network` or `gateway`.
    pub kind: String,
    /// The hosted zone of its name.
    pub hosted_zone: Option<String>,
    /// The name in DNS.
    pub dns_name: Option<String>,
    /// The VPC.
    pub vpc: Option<String>,
    /// The security groups.
    #[builder(default)]
    pub security_groups: Vec<String>,
    /// `ipv4`, `dualstack`, …
    pub address_type: Option<String>,
}

/// A listener of a load balancer.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct Listener {
    /// The ARN.
    pub arn: String,
    /// The ARN of the load balancer.
    pub load_balancer: Option<String>,
    /// The port.
    pub port: Option<u16>,
    /// `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP` or `TCP_UDP`.
    pub protocol: Option<String>,
}

/// Elastic Load Balancing in a region: application, network and gateway load balancers. Every page of a list is read.
#[async_trait]
pub trait LoadBalancing: Debug + Send + Sync {
    /// The load balancer of an ARN, or all of the region.
    async fn load_balancers(&self, arn: Option<&str>) -> Result<Vec<LoadBalancer>, ApiError>;
    /// The listener of an ARN; `None` when there is none.
    async fn listener(&self, arn: &str) -> Result<Option<Listener>, ApiError>;
    /// The listeners of a load balancer.
    async fn listeners(&self, load_balancer: &str) -> Result<Vec<Listener>, ApiError>;
    /// The tags of up to 20 load balancers, by ARN.
    async fn tags(
        &self,
        arns: &[String],
    ) -> Result<BTreeMap<String, BTreeMap<String, String>>, ApiError>;
}

/// A hosted zone of Route 53.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct HostedZone {
    /// The id as Route 53 gives it: `/hostedzone/Z…`.
    pub id: String,
    /// The domain, with a period at its end.
    pub name: String,
    /// True when only VPCs see it.
    pub is_private: bool,
}

impl HostedZone {
    /// A zone that everybody sees.
    pub fn public(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            is_private: false,
        }
    }

    /// A zone that only VPCs see.
    pub fn private(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            is_private: true,
            ..Self::public(id, name)
        }
    }
}

/// Route 53 in a partition.
#[async_trait]
pub trait HostedZones: Debug + Send + Sync {
    /// Up to 100 zones in the order of their names, that of the domain first.
    async fn zones_from(&self, domain: &str) -> Result<Vec<HostedZone>, ApiError>;
    /// The ids of the VPCs that see a private zone.
    async fn vpcs_of(&self, zone: &str) -> Result<Vec<String>, ApiError>;
}

/// An alias of a KMS key.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct KeyAlias {
    /// The name, with `alias/` before it.
    pub name: String,
    /// The id of the key; aliases that AWS reserves have none until they are used.
    pub key: Option<String>,
}

impl KeyAlias {
    /// An alias of that key.
    pub fn new(name: impl Into<String>, key: Option<String>) -> Self {
        Self {
            name: name.into(),
            key,
        }
    }
}

/// KMS in a region.
#[async_trait]
pub trait Keys: Debug + Send + Sync {
    /// A page of the aliases of the account.
    async fn aliases(&self, next: Option<String>) -> Result<Page<KeyAlias>, ApiError>;
}

/// A resource as Cloud Control describes it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct FoundResource {
    /// The primary identifier.
    pub identifier: Option<String>,
    /// The properties, in the words of the CloudFormation registry.
    pub properties: JsonValue,
}

impl FoundResource {
    /// A resource of that identifier.
    pub fn new(identifier: impl Into<String>, properties: JsonValue) -> Self {
        Self {
            identifier: Some(identifier.into()),
            properties,
        }
    }
}

/// Cloud Control in a region.
#[async_trait]
pub trait CloudControl: Debug + Send + Sync {
    /// The resource of a type by its identifier; `None` when there is none.
    async fn resource(
        &self,
        type_name: &str,
        identifier: &str,
    ) -> Result<Option<FoundResource>, ApiError>;
    /// A page of the resources of a type. Some types ask for properties of a parent in `model`.
    async fn resources(
        &self,
        type_name: &str,
        model: Option<&JsonValue>,
        next: Option<String>,
    ) -> Result<Page<FoundResource>, ApiError>;
}
