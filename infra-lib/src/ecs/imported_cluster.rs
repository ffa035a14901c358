//! Clusters that exist already.

use super::cluster::Cluster;
use crate::core::{Arn, Construct, IntoValue, Name, Value, pseudo, sub};
use crate::import::arn_after;
use crate::kind;

crate::import! {
    /// An existing cluster, from [`Cluster::from_name`], [`Cluster::from_arn`] or [`Cluster::from_lookup`].
    ///
    /// ```
    /// use infra_lib::ecs::{Cluster, ContainerDefinition, FargateService, FargateTaskDefinition};
    /// use infra_lib::prelude::*;
    /// use infra_lib::{cidr, ec2::Vpc, task_size};
    ///
    /// # let image = infra_lib::ecs::ContainerImage::from_registry_digest("public.ecr.aws/x/y@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Service");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let task = FargateTaskDefinition::builder()
    ///     .size(task_size!(512 cpu, 1024 MiB))
    ///     .container(ContainerDefinition::new("api", image).port(8080))
    ///     .build(stack, "TaskDefinition");
    /// FargateService::builder()
    ///     .cluster(Cluster::from_name(stack, "Cluster", "shared"))
    ///     .task_definition(task)
    ///     .subnets(vpc.private())
    ///     .build(stack, "Service");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct ImportedCluster<'app>: "infra-lib.ecs.ImportedCluster" {
        /// Returns the ARN of the cluster.
        arn: Arn<kind::ecs::Cluster>,
        /// Returns the physical name of the cluster.
        cluster_name: Name<kind::ecs::Cluster>,
    }

    /// A cluster of the app or an existing one, from [`AsCluster::as_cluster`].
    pub enum ClusterRef of Cluster;

    /// A cluster for builders: a [`Cluster`] or an [`ImportedCluster`].
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is no cluster",
        label = "a `Cluster` or an `ImportedCluster` is needed here"
    )]
    pub trait AsCluster::as_cluster;
}

impl<'app> Cluster<'app> {
    /// Imports an existing cluster of this account and region by its name.
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::ecs::Cluster>>,
    ) -> ImportedCluster<'app> {
        let name = name.into_value();
        let arn = sub![
            "arn:",
            pseudo::partition(),
            ":ecs:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":cluster/",
            name.clone()
        ];
        ImportedCluster::import(scope, id, arn.cast(), name)
    }

    /// Imports an existing cluster by its ARN, which contains its name.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::ecs::Cluster>>,
    ) -> ImportedCluster<'app> {
        let arn = arn.into_value();
        let name = arn_after(&arn, "/").cast();
        ImportedCluster::import(scope, id, arn, name)
    }
}

impl ClusterRef<'_> {
    /// Returns the log group that records the input of ECS Exec sessions, or `None` for an existing cluster, whose
    /// settings belong to another app.
    pub(super) fn execute_command_log_group(&self) -> Option<Value<Arn<kind::logs::LogGroup>>> {
        match self {
            Self::Own(cluster) => Some(cluster.execute_command_log_group()),
            Self::Imported(_) => None,
        }
    }
}
