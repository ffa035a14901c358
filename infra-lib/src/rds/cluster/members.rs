//! Instances of clusters.

use infra_cfn::rds::{CfnDbCluster, CfnDbInstance, CfnDbInstanceProps};

use super::DatabaseClusterProps;
use crate::construct::With;
use crate::rds::monitoring::set_monitoring;
use crate::rds::{ClusterInstance, MinorVersionUpgrades, identifier, parameters};
use crate::{RemovalPolicy, Scope};

/// Creates the instances, and returns the writer.
pub(super) fn create_instances<'app>(
    scope: Scope<'app>,
    props: DatabaseClusterProps<'app>,
    cluster: CfnDbCluster<'app>,
) -> CfnDbInstance<'app> {
    let monitoring = props.enhanced_monitoring.create_role(scope);
    let group =
        parameters::instance_parameter_group(scope, &props.engine, props.instance_parameters);
    let create = |id: &str, instance: &ClusterInstance, tier: u8| {
        let class = instance
            .class
            .as_ref()
            .map_or("db.serverless", |class| class.as_str());
        let inner = scope.library_construct(id, "infra-lib.rds.ClusterInstance");
        let cfn = CfnDbInstanceProps::new()
            .db_cluster_identifier(cluster.ref_())
            .engine(props.engine.name)
            .db_instance_class(class)
            .promotion_tier(instance.promotion_tier.unwrap_or(tier))
            .publicly_accessible(false)
            .ca_certificate_identifier("rds-ca-rsa2048-g1")
            .preferred_maintenance_window(props.windows.maintenance.to_string())
            .auto_minor_version_upgrade(
                props.minor_version_upgrades == MinorVersionUpgrades::Automatic,
            )
            .with(instance.identifier.as_ref(), |cfn, identifier| {
                identifier::check_identifier(inner, "DBInstanceIdentifier", identifier);
                cfn.db_instance_identifier(identifier)
            })
            .with(group, |cfn, group| {
                cfn.db_parameter_group_name(group.ref_())
            });
        let cfn = set_monitoring(cfn, monitoring);
        let resource = props
            .database_insights
            .apply_to_member(cfn, props.encryption_key)
            .build(inner, "Resource");
        // The data is that of the cluster, so RDS makes no snapshots of its instances.
        resource.apply_removal_policy(match props.removal_policy {
            RemovalPolicy::Snapshot => RemovalPolicy::Destroy,
            policy => policy,
        });
        resource
    };
    let writer = create("Writer", &props.writer, 0);
    for (id, reader) in &props.readers {
        // The first instance of a cluster becomes its writer.
        create(id, reader, 2).depends_on(writer);
    }
    writer
}
