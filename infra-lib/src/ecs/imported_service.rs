//! Services that exist already.

use super::imported_cluster::{AsCluster, ClusterRef};
use super::service::FargateService;
use super::{Ports, scaling::TaskScaling};
use crate::core::{Arn, Construct, IntoValue, Name, intrinsics, pseudo, sub, value};
use crate::import::arn_part;
use crate::kind;

crate::import! {
    /// An existing service, from [`FargateService::from_name`], [`FargateService::from_arn`] or
    /// [`FargateService::from_lookup`].
    ///
    /// ```
    /// use infra_lib::ecs::{Cluster, FargateService, WithPort};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Scaling");
    /// let cluster = Cluster::from_name(stack, "Cluster", "shared");
    /// let service = FargateService::<WithPort>::from_name(stack, "Api", cluster, "api");
    /// service.auto_scale(2, 10).on_cpu(60);
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct ImportedFargateService<'app>: "infra-lib.ecs.ImportedFargateService" {
        /// Returns the ARN of the service.
        arn: Arn<kind::ecs::Service>,
        /// Returns the physical name of the service.
        service_name: Name<kind::ecs::Service>,
        /// Returns the physical name of the cluster of the service.
        cluster_name: Name<kind::ecs::Cluster>,
    }
}

impl<'app, P: Ports> FargateService<'app, P> {
    /// Imports an existing service of this account and region by its cluster and its name.
    #[track_caller]
    pub fn from_name(
        scope: impl Construct<'app>,
        id: &str,
        cluster: impl AsCluster<'app>,
        name: impl IntoValue<Name<kind::ecs::Service>>,
    ) -> ImportedFargateService<'app> {
        let cluster: ClusterRef<'app> = cluster.as_cluster();
        let name = name.into_value();
        let arn = sub![
            "arn:",
            pseudo::partition(),
            ":ecs:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":service/",
            cluster.cluster_name(),
            "/",
            name.clone()
        ];
        ImportedFargateService::import(scope, id, arn.cast(), name, cluster.cluster_name())
    }

    /// Imports an existing service by its ARN, `…:service/CLUSTER/SERVICE`, which contains both names.
    #[track_caller]
    pub fn from_arn(
        scope: impl Construct<'app>,
        id: &str,
        arn: impl IntoValue<Arn<kind::ecs::Service>>,
    ) -> ImportedFargateService<'app> {
        let arn = arn.into_value();
        let names = arn_part(&arn, 5);
        let part = |index: usize| {
            if let Some(text) = names.as_literal() {
                return value(text.split('/').nth(index).unwrap_or_default());
            }
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            intrinsics::select::<String>(index, intrinsics::split("/", names.clone()))
        };
        let (cluster, name) = (part(1), part(2));
        ImportedFargateService::import(scope, id, arn, name.cast(), cluster.cast())
    }
}

impl<'app> ImportedFargateService<'app> {
    /// Scales the number of tasks with load, between `min` and `max`. The app that creates the service must not set its
    /// number of tasks.
    #[track_caller]
    pub fn auto_scale(&self, min: u32, max: u32) -> TaskScaling<'app> {
        TaskScaling::add(
            self.scope().at_caller(),
            self.cluster_name(),
            self.service_name(),
            min,
            max,
        )
    }
}
