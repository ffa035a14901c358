//! Lookups of clusters and services.

use serde_json::json;

use super::{Cluster, FargateService, ImportedCluster, ImportedFargateService, Ports};
use crate::core::Construct;
use crate::lookup::{ResourceLookup, arn_in_stack, text};

impl<'app> Cluster<'app> {
    /// Imports an existing cluster, which a context lookup finds by its name: `cloudformation:GetResource` of the Cloud
    /// Control API, which calls `ecs:DescribeClusters`. The lookup fails if this account and region have no such cluster;
    /// [`from_name`](Self::from_name) asks nothing.
    ///
    /// Until the lookup has an answer, it is the placeholder `dummy-cluster`.
    ///
    /// ```
    /// use infra_lib::ecs::Cluster;
    /// use infra_lib::{App, Environment, StackProps};
    ///
    /// let app = App::new();
    /// let stack = StackProps::new()
    ///     .environment(Environment::new("111122223333", "eu-west-1"))
    ///     .build(&app, "Stack");
    /// let cluster = Cluster::from_lookup(stack, "Cluster", "shared");
    /// # assert_eq!(cluster.cluster_name().as_literal(), Some("dummy-cluster"));
    /// ```
    #[track_caller]
    pub fn from_lookup(scope: impl Construct<'app>, id: &str, name: &str) -> ImportedCluster<'app> {
        let scope = scope.scope().at_caller();
        let dummy = json!({ "Arn": "arn:aws:ecs:us-east-1:123456789012:cluster/dummy-cluster" });
        let found = ResourceLookup::by_identifier("AWS::ECS::Cluster", name)
            .returning(["Arn"])
            .find_one(scope, &dummy);
        Self::from_arn(scope, id, text(&found, "Arn"))
    }
}

impl<'app, P: Ports> FargateService<'app, P> {
    /// Imports an existing service, which a context lookup finds by the names of its cluster and of itself:
    /// `cloudformation:GetResource` of the Cloud Control API, which calls `ecs:DescribeServices`. The lookup fails if the
    /// cluster has no such service; [`from_name`](Self::from_name) asks nothing. Services of accounts that still have the
    /// short form of ARNs, without the cluster, are not found.
    ///
    /// Until the lookup has an answer, it is the placeholder `dummy-service`.
    ///
    /// ```
    /// use infra_lib::ecs::{FargateService, WithPort};
    /// use infra_lib::{App, Environment, StackProps};
    ///
    /// let app = App::new();
    /// let stack = StackProps::new()
    ///     .environment(Environment::new("111122223333", "eu-west-1"))
    ///     .build(&app, "Stack");
    /// let service = FargateService::<WithPort>::from_lookup(stack, "Api", "shared", "api");
    /// service.auto_scale(2, 10).on_cpu(60);
    /// # assert_eq!(service.service_name().as_literal(), Some("dummy-service"));
    /// ```
    #[track_caller]
    pub fn from_lookup(
        scope: impl Construct<'app>,
        id: &str,
        cluster: &str,
        name: &str,
    ) -> ImportedFargateService<'app> {
        let scope = scope.scope().at_caller();
        let arn = arn_in_stack(scope, "ecs", &format!("service/{cluster}/{name}"));
        let dummy = json!({
            "ServiceArn": "arn:aws:ecs:us-east-1:123456789012:service/dummy-cluster/dummy-service",
        });
        // The identifier of the type has two parts.
        let found = ResourceLookup::by_identifier("AWS::ECS::Service", &format!("{arn}|{cluster}"))
            .returning(["ServiceArn"])
            .find_one(scope, &dummy);
        Self::from_arn(scope, id, text(&found, "ServiceArn"))
    }
}
