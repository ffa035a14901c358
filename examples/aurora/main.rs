//! An Aurora cluster with a reader in another zone, statements over HTTPS, and backups for a year.

use std::process::ExitCode;

use infra_lib::backup::{BackupPlan, BackupRule, BackupSelection, BackupVault, VaultLock};
use infra_lib::ec2::{Nat, Vpc};
use infra_lib::iam::{Principal, Role};
use infra_lib::prelude::*;
use infra_lib::rds::{
    AuroraPostgresVersion, ClusterInstance, DataApi, DatabaseCluster, ServerlessCapacity,
};
use infra_lib::{cidr, database_name};

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let network = Stack::new(app, "Network");
    let vpc = Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .nat(Nat::None)
        .build(network, "Vpc");

    let data = Stack::new(app, "Data");
    let cluster = DatabaseCluster::builder()
        .subnets(vpc.isolated())
        .engine(AuroraPostgresVersion::V17_9)
        .writer(ClusterInstance::serverless())
        // As large as the writer at any time, so that a failover slows nobody down.
        .reader("Reader", ClusterInstance::serverless().promotion_tier(1))
        .serverless_capacity(ServerlessCapacity::between(0.5, 8.0))
        .database_name(database_name!("shop"))
        .data_api(DataApi::Enabled)
        .build(data, "Cluster");
    Output::new(data, "Writer", cluster.host()).description("Address of the writer");
    Output::new(data, "Readers", cluster.reader_host()).description("Address of the readers");

    // Reports read the cluster over HTTPS, without a place in the VPC.
    let reports = Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(data, "Reports");
    cluster.grant_data_api(&reports);

    let vault = BackupVault::builder()
        .lock(VaultLock::governance(Duration::days(7)))
        .build(data, "Vault");
    let plan = BackupPlan::builder()
        .vault(vault)
        .rule(BackupRule::daily())
        .rule(BackupRule::cron("Monthly", "0 5 1 * ? *").delete_after(Duration::days(365)))
        .build(data, "Plan");
    BackupSelection::builder()
        .plan(plan)
        .resource(cluster.arn())
        .build(plan, "Cluster");
}
