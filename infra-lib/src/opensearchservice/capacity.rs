//! Nodes of a domain and their zones.

use infra_cfn::opensearchservice::domain::{
    ClusterConfig, ColdStorageOptions, NodeConfig, NodeOption, NodeOptionNodeType,
    ZoneAwarenessConfig,
};

use super::SearchInstanceType;
use crate::construct::With;
use crate::{Diagnostic, Scope, codes};

/// Number of dedicated master nodes. Other numbers either lose a vote or add nothing to the safety of three.
///
/// See [dedicated master nodes](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-dedicatedmasternodes.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum MasterNodes {
    /// Three nodes: the domain survives the failure of one.
    Three,
    /// Five nodes: the domain survives the failure of two.
    Five,
}

/// Number of Availability Zones over which nodes are spread.
///
/// See [Multi-AZ domains](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ZoneCount {
    /// One zone, with which the domain fails.
    One,
    /// Two zones.
    Two,
    /// Three zones.
    Three,
}

impl ZoneCount {
    pub(super) const fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
        }
    }
}

/// Nodes of a [`Domain`](super::Domain).
///
/// ```
/// use infra_lib::opensearchservice::{DomainCapacity, MasterNodes, SearchInstanceType};
///
/// let capacity = DomainCapacity::data_nodes(3, SearchInstanceType::R7G_LARGE)
///     .master_nodes(MasterNodes::Three, SearchInstanceType::M7G_MEDIUM)
///     .warm_nodes(2, SearchInstanceType::ULTRAWARM1_MEDIUM)
///     .cold_storage();
/// ```
#[derive(Clone, Debug)]
pub struct DomainCapacity {
    data: (u32, SearchInstanceType),
    masters: Option<(MasterNodes, SearchInstanceType)>,
    warm: Option<(u32, SearchInstanceType)>,
    coordinators: Option<(u32, SearchInstanceType)>,
    cold: bool,
    standby: bool,
}

impl DomainCapacity {
    /// Creates a number of data nodes, which also elect a master among them. With two or three, the domain has as many zones.
    pub const fn data_nodes(count: u32, instance_type: SearchInstanceType) -> Self {
        Self {
            data: (count, instance_type),
            masters: None,
            warm: None,
            coordinators: None,
            cold: false,
            standby: false,
        }
    }

    /// Adds dedicated master nodes, which AWS recommends for production. Default: none, as in CloudFormation.
    pub fn master_nodes(mut self, count: MasterNodes, instance_type: SearchInstanceType) -> Self {
        self.masters = Some((count, instance_type));
        self
    }

    /// Adds warm nodes for data that is rarely written, 2 to 250; they need master nodes (`INF4080`). Default: none, as in
    /// CloudFormation.
    ///
    /// See [`UltraWarm` storage](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ultrawarm.html).
    pub fn warm_nodes(mut self, count: u32, instance_type: SearchInstanceType) -> Self {
        self.warm = Some((count, instance_type));
        self
    }

    /// Adds nodes that only coordinate requests; they need master nodes (`INF4080`). Default: none, as in CloudFormation.
    ///
    /// See [dedicated coordinator nodes](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/Dedicated-coordinator-nodes.html).
    pub fn coordinator_nodes(mut self, count: u32, instance_type: SearchInstanceType) -> Self {
        self.coordinators = Some((count, instance_type));
        self
    }

    /// Enables storage in S3 for data that is detached from the nodes; it needs warm nodes (`INF4080`). Default: disabled, as in
    /// CloudFormation.
    ///
    /// See [cold storage](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/cold-storage.html).
    pub const fn cold_storage(mut self) -> Self {
        self.cold = true;
        self
    }

    /// Keeps the nodes of one of three zones as a standby, with an availability of 99.99 percent. It needs master nodes, and a
    /// number of data nodes that is a multiple of three (`INF4080`). Default: disabled, as in CloudFormation.
    ///
    /// See [Multi-AZ with
    /// standby](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html#managedomains-za-standby).
    pub const fn multi_az_with_standby(mut self) -> Self {
        self.standby = true;
        self
    }

    pub(super) const fn data_type(&self) -> &SearchInstanceType {
        &self.data.1
    }

    /// Returns the most zones, up to three, over which the data nodes are spread evenly. `most` is the number of subnets.
    pub(super) fn default_zones(&self, most: usize) -> ZoneCount {
        let count = self.data.0;
        if most >= 3 && count > 0 && count.is_multiple_of(3) {
            ZoneCount::Three
        } else if most >= 2 && count > 0 && count.is_multiple_of(2) {
            ZoneCount::Two
        } else {
            ZoneCount::One
        }
    }

    /// Returns the property `ClusterConfig`.
    pub(super) fn config(&self, zones: ZoneCount) -> ClusterConfig {
        let (count, instance_type) = &self.data;
        let several = zones != ZoneCount::One;
        let zone_config =
            several.then(|| ZoneAwarenessConfig::new().availability_zone_count(zones.number()));
        ClusterConfig::new()
            .instance_count(*count)
            .instance_type(instance_type.as_str())
            .dedicated_master_enabled(self.masters.is_some())
            .zone_awareness_enabled(several)
            .multi_az_with_standby_enabled(self.standby)
            .with(zone_config, ClusterConfig::zone_awareness_config)
            .with(self.masters.as_ref(), |config, (count, instance_type)| {
                let count = match count {
                    MasterNodes::Three => 3,
                    MasterNodes::Five => 5,
                };
                config
                    .dedicated_master_count(count)
                    .dedicated_master_type(instance_type.as_str())
            })
            .with(self.warm.as_ref(), |config, (count, instance_type)| {
                config
                    .warm_enabled(true)
                    .warm_count(*count)
                    .warm_type(instance_type.as_str())
            })
            .with(
                self.cold.then(|| ColdStorageOptions::new().enabled(true)),
                ClusterConfig::cold_storage_options,
            )
            .with(self.coordinators.as_ref(), |config, (count, kind)| {
                let nodes = NodeConfig::new()
                    .enabled(true)
                    .count(*count)
                    .type_(kind.as_str());
                config.node_options(vec![
                    NodeOption::new()
                        .node_type(NodeOptionNodeType::COORDINATOR)
                        .node_config(nodes),
                ])
            })
    }

    /// Reports nodes that OpenSearch Service rejects (`INF4080`), and zones that they do not fill (`INF4081`).
    pub(super) fn check_capacity(&self, scope: Scope<'_>, zones: ZoneCount, most: Option<usize>) {
        self.check_types(scope);
        self.check_roles(scope);
        if self.standby && zones != ZoneCount::Three {
            report(
                scope,
                &format!("Multi-AZ with standby in {} zones", zones.number()),
                "three zones",
            );
        }
        let (count, wanted) = (self.data.0, usize::from(zones.number()));
        let expected = match most {
            Some(subnets) if subnets < wanted => format!("{wanted} subnets, one for each zone"),
            _ if count > 0 && (count as usize) < wanted => format!("at least {wanted} data nodes"),
            _ => return,
        };
        scope.report(
            Diagnostic::new(
                codes::DOMAIN_ZONES,
                "the nodes or subnets of a domain do not fill its Availability Zones",
            )
            .property("ClusterConfig.ZoneAwarenessConfig")
            .actual(match most {
                Some(subnets) => format!("{wanted} zones, {count} data nodes, {subnets} subnets"),
                None => format!("{wanted} zones, {count} data nodes"),
            })
            .expected(expected)
            .help("omit `.zones(…)`, so that the nodes decide, or change their number")
            .url(MULTI_AZ),
        );
    }

    fn check_types(&self, scope: Scope<'_>) {
        let coordinators = self.coordinators.as_ref().map(|(_, kind)| kind);
        let masters = self.masters.as_ref().map(|(_, kind)| kind);
        let hot = [Some(&self.data.1), masters, coordinators];
        for kind in hot.into_iter().flatten() {
            if !kind.is_search() || kind.is_warm() {
                report(
                    scope,
                    kind.as_str(),
                    "an instance type that ends with `.search`, and is no type of warm nodes",
                );
            }
        }
        if let Some((_, kind)) = &self.warm
            && !(kind.is_search() && kind.is_warm())
        {
            report(
                scope,
                kind.as_str(),
                "an instance type of warm nodes, such as `ultrawarm1.medium.search`",
            );
        }
    }

    fn check_roles(&self, scope: Scope<'_>) {
        let (count, kind) = &self.data;
        let has_masters = self.masters.is_some();
        if *count == 0 {
            report(scope, "0 data nodes", "at least one data node");
        }
        if let Some((warm, _)) = &self.warm {
            if !(2..=250).contains(warm) {
                report(scope, &format!("{warm} warm nodes"), "2 to 250 warm nodes");
            }
            if !has_masters || kind.is_burstable() {
                report(
                    scope,
                    "warm nodes",
                    "dedicated master nodes, and data nodes of no T2 or T3 type",
                );
            }
        } else if self.cold {
            report(scope, "cold storage", "warm nodes");
        }
        if let Some((coordinators, _)) = &self.coordinators
            && (*coordinators == 0 || !has_masters)
        {
            report(
                scope,
                &format!("{coordinators} coordinator nodes"),
                "one coordinator node at least, and dedicated master nodes",
            );
        }
        if self.standby && !(has_masters && count.is_multiple_of(3) && !kind.is_burstable()) {
            report(
                scope,
                "Multi-AZ with standby",
                "dedicated master nodes, and data nodes of no T2 or T3 type whose number is a multiple of three",
            );
        }
    }
}

const MULTI_AZ: &str = "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html";

fn report(scope: Scope<'_>, actual: &str, expected: &str) {
    scope.report(
        Diagnostic::new(
            codes::DOMAIN_NODES,
            "OpenSearch Service rejects the nodes of a domain",
        )
        .property("ClusterConfig")
        .actual(actual)
        .expected(expected)
        .url("https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html"),
    );
}
