//! CloudWatch metrics of clusters and services.
//!
//! ECS publishes CPU and memory of services and clusters to `AWS/ECS`, free of charge. Container Insights publishes the rest
//! to `ECS/ContainerInsights`, for clusters that have it on.

use super::cluster::Cluster;
use super::imported_cluster::{ClusterRef, ImportedCluster};
use super::imported_service::ImportedFargateService;
use super::parts::Ports;
use super::service::FargateService;
use crate::cloudwatch::{DocumentedMetric, Metric, MetricSource, Statistic, Unit, metrics};
use crate::core::Value;

/// Namespace of [metrics of Container
/// Insights](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html).
const INSIGHTS: &str = "ECS/ContainerInsights";

const PAGE: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html";

/// Adds methods of metrics to services of the app, which have a parameter, and to existing ones.
macro_rules! service_metrics {
    ($of:ident [$page:literal] $list:tt) => {
        service_metrics! { @impl $of [$page] [impl<P: Ports> FargateService<'_, P>] $list }
        service_metrics! { @impl $of [$page] [impl ImportedFargateService<'_>] $list }
    };
    (@impl $of:ident [$page:literal] [$($impl:tt)+] {
        $($(#[doc = $doc:literal])+ $method:ident = $name:literal, $statistic:ident;)+
    }) => {
        $($impl)+ {
            $(
                $(#[doc = $doc])+
                #[doc = concat!("\n\nSee [AWS](", $page, ").")]
                pub fn $method(&self) -> Metric {
                    $of(self, $name, Statistic::$statistic)
                }
            )+
        }
    };
}

/// Adds metrics of Container Insights to clusters.
macro_rules! cluster_insights {
    ($($type:ident),+ => $list:tt) => {
        $(cluster_insights! { @one $type $list })+
    };
    (@one $type:ident { $($(#[doc = $doc:literal])+ $method:ident = $name:literal, $statistic:ident;)+ }) => {
        impl $type<'_> {
            $(
                $(#[doc = $doc])+
                pub fn $method(&self) -> Metric {
                    insights(self, $name, Statistic::$statistic)
                }
            )+
        }
    };
}

/// Returns a metric of `AWS/ECS`.
fn service(source: &impl MetricSource, name: &'static str, statistic: Statistic) -> Metric {
    source.metric_with(name, statistic)
}

/// Returns a metric of Container Insights.
fn insights(source: &impl MetricSource, name: &'static str, statistic: Statistic) -> Metric {
    let metric = Metric::new(INSIGHTS, name).statistic(statistic);
    source
        .metric_dimensions()
        .into_iter()
        .fold(metric, |metric, (name, value)| {
            metric.dimension(name, value)
        })
}

metrics! {
    const CLUSTER: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html" for Cluster<'_>, ImportedCluster<'_>, ClusterRef<'_> => {
        /// Returns the average CPU utilization of the cluster, in percent. Fargate tasks do not count.
        metric_cpu_utilization = "CPUUtilization", Average, Percent;
        /// Returns the average CPU reservation of the cluster, in percent. Fargate tasks do not count.
        metric_cpu_reservation = "CPUReservation", Average, Percent;
        /// Returns the average memory utilization of the cluster, in percent. Fargate tasks do not count.
        metric_memory_utilization = "MemoryUtilization", Average, Percent;
        /// Returns the average memory reservation of the cluster, in percent. Fargate tasks do not count.
        metric_memory_reservation = "MemoryReservation", Average, Percent;
        /// Returns the average reservation of graphics processors, in percent. Fargate tasks do not count.
        metric_gpu_reservation = "GPUReservation", Average, Percent;
    }
}

metrics! {
    /// Returns a metric of `AWS/ECS` for the cluster.
    impl Cluster<'_>: "AWS/ECS", [CLUSTER], |cluster| ["ClusterName" = cluster.cluster_name()]
}

metrics! {
    /// Returns a metric of `AWS/ECS` for the cluster.
    impl ImportedCluster<'_>: "AWS/ECS", [CLUSTER], |cluster| ["ClusterName" = cluster.cluster_name()]
}

metrics! {
    /// Returns a metric of `AWS/ECS` for the cluster.
    impl ClusterRef<'_>: "AWS/ECS", [CLUSTER], |cluster| ["ClusterName" = cluster.cluster_name()]
}

service_metrics! { service ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html"] {
    /// Returns the average CPU utilization of the tasks, in percent of the CPU that they reserve.
    metric_cpu_utilization = "CPUUtilization", Average;
    /// Returns the average memory utilization of the tasks, in percent of the memory that they reserve.
    metric_memory_utilization = "MemoryUtilization", Average;
} }

service_metrics! { insights ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html"] {
    /// Returns the CPU units that tasks use; with Container Insights.
    metric_cpu_utilized = "CpuUtilized", Average;
    /// Returns the CPU units that tasks reserve; with Container Insights.
    metric_cpu_reserved = "CpuReserved", Average;
    /// Returns the memory that tasks use, in megabytes; with Container Insights.
    metric_memory_utilized = "MemoryUtilized", Average;
    /// Returns the memory that tasks reserve, in megabytes; with Container Insights.
    metric_memory_reserved = "MemoryReserved", Average;
    /// Returns the ephemeral storage that tasks use, in gigabytes; with Container Insights.
    metric_ephemeral_storage_utilized = "EphemeralStorageUtilized", Average;
    /// Returns the ephemeral storage that tasks reserve, in gigabytes; with Container Insights.
    metric_ephemeral_storage_reserved = "EphemeralStorageReserved", Average;
    /// Returns the incoming traffic of the tasks, in bytes per second; with Container Insights.
    metric_network_rx_bytes = "NetworkRxBytes", Average;
    /// Returns the outgoing traffic of the tasks, in bytes per second; with Container Insights.
    metric_network_tx_bytes = "NetworkTxBytes", Average;
    /// Returns the data that tasks read from storage, in bytes; with Container Insights.
    metric_storage_read_bytes = "StorageReadBytes", Sum;
    /// Returns the data that tasks wrote to storage, in bytes; with Container Insights.
    metric_storage_write_bytes = "StorageWriteBytes", Sum;
    /// Returns the number of tasks that run; with Container Insights.
    metric_running_tasks = "RunningTaskCount", Average;
    /// Returns the number of tasks that are about to start; with Container Insights.
    metric_pending_tasks = "PendingTaskCount", Average;
    /// Returns the number of tasks that should run; with Container Insights.
    metric_desired_tasks = "DesiredTaskCount", Average;
    /// Returns the number of deployments of the service; with Container Insights.
    metric_deployments = "DeploymentCount", Average;
    /// Returns the number of task sets of the service; with Container Insights.
    metric_task_sets = "TaskSetCount", Average;
    /// Returns the number of restarts of containers with a restart policy; with Container Insights.
    metric_restarts = "RestartCount", Sum;
} }

cluster_insights! { Cluster, ImportedCluster, ClusterRef => {
    /// Returns the CPU units that tasks use; with Container Insights.
    metric_cpu_utilized = "CpuUtilized", Average;
    /// Returns the CPU units that tasks reserve; with Container Insights.
    metric_cpu_reserved = "CpuReserved", Average;
    /// Returns the memory that tasks use, in megabytes; with Container Insights.
    metric_memory_utilized = "MemoryUtilized", Average;
    /// Returns the memory that tasks reserve, in megabytes; with Container Insights.
    metric_memory_reserved = "MemoryReserved", Average;
    /// Returns the ephemeral storage that tasks use, in gigabytes; with Container Insights.
    metric_ephemeral_storage_utilized = "EphemeralStorageUtilized", Average;
    /// Returns the ephemeral storage that tasks reserve, in gigabytes; with Container Insights.
    metric_ephemeral_storage_reserved = "EphemeralStorageReserved", Average;
    /// Returns the incoming traffic of the tasks, in bytes per second; with Container Insights.
    metric_network_rx_bytes = "NetworkRxBytes", Average;
    /// Returns the outgoing traffic of the tasks, in bytes per second; with Container Insights.
    metric_network_tx_bytes = "NetworkTxBytes", Average;
    /// Returns the data that tasks read from storage, in bytes; with Container Insights.
    metric_storage_read_bytes = "StorageReadBytes", Sum;
    /// Returns the data that tasks wrote to storage, in bytes; with Container Insights.
    metric_storage_write_bytes = "StorageWriteBytes", Sum;
    /// Returns the number of tasks that run in the cluster; with Container Insights.
    metric_tasks = "TaskCount", Average;
    /// Returns the number of services of the cluster; with Container Insights.
    metric_services = "ServiceCount", Average;
    /// Returns the number of EC2 instances that are registered in the cluster; with Container Insights.
    metric_container_instances = "ContainerInstanceCount", Average;
} }

/// Metrics of services in `AWS/ECS`.
const SERVICE: &[DocumentedMetric] = &[
    DocumentedMetric::new("CPUUtilization", Statistic::Average, Unit::Percent, PAGE),
    DocumentedMetric::new("MemoryUtilization", Statistic::Average, Unit::Percent, PAGE),
];

/// Makes a service a source of metrics.
macro_rules! service_source {
    ([$($impl:tt)*] $type:ty, |$service:ident| $cluster:expr) => {
        impl<$($impl)*> MetricSource for $type {
            fn metric_namespace(&self) -> &'static str {
                "AWS/ECS"
            }

            fn metric_dimensions(&self) -> Vec<(&'static str, Value<String>)> {
                let $service = self;
                vec![
                    ("ClusterName", $cluster.cast()),
                    ("ServiceName", self.service_name().cast()),
                ]
            }

            fn documented_metrics(&self) -> &'static [&'static [DocumentedMetric]] {
                const { &[SERVICE] }
            }
        }

        impl<$($impl)*> $type {
            /// Returns a metric of `AWS/ECS` for the service.
            pub fn metric(&self, name: &'static str, statistic: Statistic) -> Metric {
                self.metric_with(name, statistic)
            }
        }
    };
}

service_source! { [P: Ports] FargateService<'_, P>, |service| service.cluster().cluster_name() }
service_source! { [] ImportedFargateService<'_>, |service| service.cluster_name() }
