//! Clusters, in which services and tasks run.

use bon::Builder;

use crate::cfn::ecs::{CfnCluster, CfnClusterProps, cluster};
use crate::cfn::logs::CfnLogGroup;
use crate::core::{Arn, Construct, Data, IntoValue, Name, Scope, Value};
use crate::kind;
use crate::logs::LogGroup;

/// Metrics that CloudWatch collects about the tasks of a cluster.
///
/// See [Container Insights](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/ContainerInsights.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ContainerInsights {
    /// Only CPU and memory of services, free of charge; the default of CloudFormation.
    Disabled,
    /// Metrics of clusters, services and task definition families, charged per metric; the default here.
    Enabled,
    /// Metrics of every task and container as well, charged per observation. A small service costs some dollars a
    /// month more than with `Enabled`.
    Enhanced,
}

impl ContainerInsights {
    const fn as_text(self) -> &'static str {
        match self {
            Self::Disabled => "disabled",
            Self::Enabled => "enabled",
            Self::Enhanced => "enhanced",
        }
    }
}

/// An ECS cluster for Fargate tasks.
///
/// Creates an
/// [`AWS::ECS::Cluster`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-cluster.html).
/// Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | Container Insights | on | off |
/// | capacity providers | Fargate and Fargate Spot; unused ones cost nothing | none |
/// | name | generated | generated |
///
/// ```
/// use infra_lib::ecs::Cluster;
/// use infra_lib::prelude::*;
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Service");
/// let cluster = Cluster::builder().build(stack, "Cluster");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Cluster<'app> {
    scope: Scope<'app>,
    cluster: CfnCluster<'app>,
}

/// Properties of a [`Cluster`], set through [`Cluster::builder`].
#[derive(Builder, Debug)]
#[builder(builder_type(name = ClusterBuilder), finish_fn(name = props, vis = "pub(crate)"), start_fn(vis = "pub(crate)"))]
pub struct ClusterProps {
    /// Physical name of the cluster. Default: a generated name, so that CloudFormation can replace the cluster.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    cluster_name: Option<Value<String>>,
    /// Metrics that CloudWatch collects about tasks. Default: [`ContainerInsights::Enabled`].
    #[builder(default = ContainerInsights::Enabled)]
    container_insights: ContainerInsights,
}

impl<S: cluster_builder::State> ClusterBuilder<S> {
    /// Adds the cluster under `scope`.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> Cluster<'app>
    where
        S: cluster_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope.scope().library_construct(id, "infra-lib.ecs.Cluster");
        let setting = cluster::ClusterSettings::new()
            .name("containerInsights")
            .value(props.container_insights.as_text());
        let mut cfn = CfnClusterProps::new()
            .capacity_providers(["FARGATE", "FARGATE_SPOT"])
            .cluster_settings([setting]);
        if let Some(name) = props.cluster_name {
            cfn = cfn.cluster_name(name);
        }
        Cluster {
            scope,
            cluster: cfn.build(scope, "Resource"),
        }
    }
}

impl<'app> Construct<'app> for Cluster<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl<'app> Cluster<'app> {
    /// Returns the cluster that stands in a scope, or `None` for another construct.
    pub(crate) fn from_scope(scope: Scope<'app>) -> Option<Self> {
        let cluster = CfnCluster::from_resource(scope.default_child()?)?;
        Some(Self { scope, cluster })
    }

    /// Returns `true` if the cluster publishes the metrics of Container Insights.
    pub(crate) fn has_container_insights(self) -> bool {
        let setting = self.cluster.prop("ClusterSettings.0.Value");
        let setting = setting.as_ref().and_then(Data::as_text);
        setting != Some(ContainerInsights::Disabled.as_text())
    }

    /// Returns a builder for a cluster.
    pub fn builder() -> ClusterBuilder {
        ClusterProps::builder()
    }

    /// Returns the ARN of the cluster.
    pub fn arn(&self) -> Value<Arn<kind::ecs::Cluster>> {
        self.cluster.attr_arn()
    }

    /// Returns the physical name of the cluster.
    pub fn cluster_name(&self) -> Value<Name<kind::ecs::Cluster>> {
        self.cluster.ref_()
    }

    /// Returns the log group that records the input of ECS Exec sessions. The first call creates it and configures
    /// the cluster to use it.
    pub(super) fn execute_command_log_group(&self) -> Value<Arn<kind::logs::LogGroup>> {
        const ID: &str = "ExecuteCommandLogGroup";
        if let Some(made) = self
            .scope
            .child(ID)
            .and_then(Scope::default_child)
            .and_then(CfnLogGroup::from_resource)
        {
            return made.attr_arn();
        }
        let group = LogGroup::builder().build(self.scope, ID);
        let logs =
            cluster::ExecuteCommandLogConfiguration::new().cloud_watch_log_group_name(group.name());
        let execute_command = cluster::ExecuteCommandConfiguration::new()
            .log_configuration(logs)
            .logging(cluster::ExecuteCommandConfigurationLogging::OVERRIDE);
        self.cluster.modify(|props| {
            props.configuration(
                cluster::ClusterConfiguration::new().execute_command_configuration(execute_command),
            )
        });
        group.arn()
    }
}
