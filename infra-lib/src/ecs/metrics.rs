//! CloudWatch metrics of a service.

use super::parts::Ports;
use super::service::FargateService;
use crate::cloudwatch::Metric;

impl<P: Ports> FargateService<'_, P> {
    /// Returns the average CPU utilization of the tasks, in percent of the CPU that they reserve.
    pub fn metric_cpu_utilization(&self) -> Metric {
        self.service_metric("CPUUtilization")
    }

    /// Returns the average memory utilization of the tasks, in percent of the memory that they reserve.
    pub fn metric_memory_utilization(&self) -> Metric {
        self.service_metric("MemoryUtilization")
    }

    fn service_metric(&self, name: &'static str) -> Metric {
        Metric::new("AWS/ECS", name)
            .dimension("ClusterName", self.cluster().cluster_name())
            .dimension("ServiceName", self.service_name())
    }
}
