//! Metrics of a service.

use super::parts::Ports;
use super::service::FargateService;
use crate::cloudwatch::Metric;

impl<P: Ports> FargateService<'_, P> {
    /// Average CPU of the tasks, in per cent of what they have.
    pub fn metric_cpu_utilization(&self) -> Metric {
        self.metric("CPUUtilization")
    }

    /// Average memory of the tasks, in per cent of what they have.
    pub fn metric_memory_utilization(&self) -> Metric {
        self.metric("MemoryUtilization")
    }

    fn metric(&self, name: &'static str) -> Metric {
        Metric::new("AWS/ECS", name)
            .dimension("ClusterName", self.cluster().cluster_name())
            .dimension("ServiceName", self.service_name())
    }
}
