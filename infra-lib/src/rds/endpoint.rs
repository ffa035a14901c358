//! Where a database is reached, and what is measured about it.

use super::RdsInstance;
use crate::Value;
use crate::cloudwatch::{Metric, Statistic};
use crate::core::{Kind, TextLike};

/// Text that is the name of a host.
#[derive(Debug)]
pub enum Host {}

impl TextLike for Host {}
impl Kind for Host {}

impl RdsInstance<'_> {
    /// The host that clients connect to.
    pub fn host(&self) -> Value<Host> {
        self.cfn().attr_endpoint_address().cast()
    }

    /// A metric that RDS records about the database, such as `ReadLatency`.
    ///
    /// See [metrics of RDS](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html).
    pub fn metric(&self, name: &'static str) -> Metric {
        Metric::new("AWS/RDS", name).dimension("DBInstanceIdentifier", self.instance_identifier())
    }

    /// How busy its processors are, in percent.
    pub fn metric_cpu(&self) -> Metric {
        self.metric("CPUUtilization")
    }

    /// Storage that is left, in bytes: the least of each period.
    pub fn metric_free_storage(&self) -> Metric {
        self.metric("FreeStorageSpace")
            .statistic(Statistic::Minimum)
    }

    /// Memory that is left, in bytes: the least of each period.
    pub fn metric_freeable_memory(&self) -> Metric {
        self.metric("FreeableMemory").statistic(Statistic::Minimum)
    }

    /// Clients that are connected: the most of each period.
    pub fn metric_connections(&self) -> Metric {
        self.metric("DatabaseConnections")
            .statistic(Statistic::Maximum)
    }
}
