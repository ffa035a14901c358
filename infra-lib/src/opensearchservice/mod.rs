//! Amazon OpenSearch Service: domains for search, logs and dashboards.
//!
//! A [`Domain`] is a cluster of OpenSearch or Elasticsearch. Its connections and data are encrypted, and fine-grained access
//! control authenticates its clients.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#opensearchservice).

mod access;
mod capacity;
mod domain;
mod endpoint;
mod grants;
mod imported;
mod instance_type;
mod logs;
mod maintenance;
mod metrics;
mod network;
mod storage;
mod version;

pub use access::{CognitoLogin, DomainAccess, SamlLogin};
pub use capacity::{DomainCapacity, MasterNodes, ZoneCount};
pub use domain::{Domain, DomainBuilder, DomainProps};
pub use endpoint::{CustomEndpoint, TlsPolicy};
pub use imported::{
    AsDomain, DomainAttributes, DomainAttributesBuilder, DomainRef, ImportedDomain,
};
pub use instance_type::SearchInstanceType;
pub use maintenance::{OffPeakWindow, SoftwareUpdates};
pub use network::{DomainNetwork, IpAddresses};
pub use storage::DomainStorage;
pub use version::EngineVersion;
