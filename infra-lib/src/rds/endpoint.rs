//! Endpoint and metrics of a database.

use super::RdsInstance;
use crate::Value;
use crate::cloudwatch::{Metric, Statistic};
use crate::core::{Kind, TextLike};

/// Marker type of text that is a host name, for [`Value`].
#[derive(Debug)]
pub enum Host {}

impl TextLike for Host {}
impl Kind for Host {}

impl RdsInstance<'_> {
    /// Returns the host name of the endpoint.
    pub fn host(&self) -> Value<Host> {
        self.cfn().attr_endpoint_address().cast()
    }

    /// Returns a metric that RDS records about the database, such as `ReadLatency`.
    ///
    /// See [Amazon RDS metrics](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html).
    pub fn metric(&self, name: &'static str) -> Metric {
        Metric::new("AWS/RDS", name).dimension("DBInstanceIdentifier", self.instance_identifier())
    }

    /// Returns the average CPU utilization, in percent.
    pub fn metric_cpu(&self) -> Metric {
        self.metric("CPUUtilization")
    }

    /// Returns the minimum of free storage, in bytes.
    pub fn metric_free_storage(&self) -> Metric {
        self.metric("FreeStorageSpace")
            .statistic(Statistic::Minimum)
    }

    /// Returns the minimum of freeable memory, in bytes.
    pub fn metric_freeable_memory(&self) -> Metric {
        self.metric("FreeableMemory").statistic(Statistic::Minimum)
    }

    /// Returns the maximum number of client connections.
    pub fn metric_connections(&self) -> Metric {
        self.metric("DatabaseConnections")
            .statistic(Statistic::Maximum)
    }
}
