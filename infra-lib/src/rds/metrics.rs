//! CloudWatch metrics of databases.

use super::{ImportedRdsInstance, RdsInstance, RdsReadReplica};
use crate::cloudwatch::{Metric, MetricSource, metrics};

metrics! {
    const INSTANCE: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html" for RdsInstance<'_>, RdsReadReplica<'_>, ImportedRdsInstance<'_> => {
        /// Returns the average CPU utilization, in percent.
        metric_cpu = "CPUUtilization", Average, Percent;
        /// Returns the minimum of free storage, in bytes.
        metric_free_storage = "FreeStorageSpace", Minimum, Bytes;
        /// Returns the minimum of freeable memory, in bytes.
        metric_freeable_memory = "FreeableMemory", Minimum, Bytes;
        /// Returns the maximum number of client connections.
        metric_connections = "DatabaseConnections", Maximum, Count;
        /// Returns the rest of the credits for bursts of storage operations, in percent; only for storage of type gp2.
        metric_burst_balance = "BurstBalance", Minimum, Percent;
        /// Returns the time since the last checkpoint, in seconds.
        metric_checkpoint_lag = "CheckpointLag", Maximum, Seconds;
        /// Returns the number of CPU credits that were used; only for burstable instance classes.
        metric_cpu_credit_usage = "CPUCreditUsage", Sum, Count;
        /// Returns the number of CPU credits that are left; only for burstable instance classes.
        metric_cpu_credit_balance = "CPUCreditBalance", Minimum, Count;
        /// Returns the number of CPU credits that were borrowed; only for burstable instance classes.
        metric_cpu_surplus_credit_balance = "CPUSurplusCreditBalance", Maximum, Count;
        /// Returns the number of borrowed CPU credits that are charged; only for burstable instance classes.
        metric_cpu_surplus_credits_charged = "CPUSurplusCreditsCharged", Sum, Count;
        /// Returns the average number of storage operations that wait.
        metric_disk_queue_depth = "DiskQueueDepth", Average, Count;
        /// Returns the rest of the credits for bursts of throughput, in percent.
        metric_ebs_byte_balance = "EBSByteBalance%", Minimum, Percent;
        /// Returns the rest of the credits for bursts of storage operations of the instance, in percent.
        metric_ebs_io_balance = "EBSIOBalance%", Minimum, Percent;
        /// Returns the number of log-ins with IAM credentials.
        metric_iam_connection_requests = "IamDbAuthConnectionRequests", Sum, Count;
        /// Returns the highest number of transaction IDs in use. Vacuum must free them before 2 billion.
        metric_maximum_used_transaction_ids = "MaximumUsedTransactionIDs", Maximum, Count;
        /// Returns the average incoming traffic, in bytes per second.
        metric_network_receive_throughput = "NetworkReceiveThroughput", Average, BytesPerSecond;
        /// Returns the average outgoing traffic, in bytes per second.
        metric_network_transmit_throughput = "NetworkTransmitThroughput", Average, BytesPerSecond;
        /// Returns the delay of the replica that is farthest behind, in bytes of WAL.
        metric_oldest_replication_slot_lag = "OldestReplicationSlotLag", Maximum, Bytes;
        /// Returns the average number of reads from storage per second.
        metric_read_iops = "ReadIOPS", Average, CountPerSecond;
        /// Returns the average time of a read from storage, in seconds.
        metric_read_latency = "ReadLatency", Average, Seconds;
        /// Returns the average data read from storage, in bytes per second.
        metric_read_throughput = "ReadThroughput", Average, BytesPerSecond;
        /// Returns the delay of a read replica behind its source, in seconds.
        metric_replica_lag = "ReplicaLag", Maximum, Seconds;
        /// Returns the storage that replication slots occupy, in bytes.
        metric_replication_slot_disk_usage = "ReplicationSlotDiskUsage", Maximum, Bytes;
        /// Returns the swap space in use, in bytes.
        metric_swap_usage = "SwapUsage", Maximum, Bytes;
        /// Returns the storage that transaction logs occupy, in bytes.
        metric_transaction_logs_disk_usage = "TransactionLogsDiskUsage", Maximum, Bytes;
        /// Returns the average size of new transaction logs, in bytes per second.
        metric_transaction_logs_generation = "TransactionLogsGeneration", Average, BytesPerSecond;
        /// Returns the average number of writes to storage per second.
        metric_write_iops = "WriteIOPS", Average, CountPerSecond;
        /// Returns the average time of a write to storage, in seconds.
        metric_write_latency = "WriteLatency", Average, Seconds;
        /// Returns the average data written to storage, in bytes per second.
        metric_write_throughput = "WriteThroughput", Average, BytesPerSecond;
        /// Returns the average number of active sessions, which Database Insights records.
        metric_db_load = "DBLoad", Average, Count;
        /// Returns the average number of active sessions that wait for the CPU, which Database Insights records.
        metric_db_load_cpu = "DBLoadCPU", Average, Count;
        /// Returns the average number of active sessions that wait for something else, which Database Insights records.
        metric_db_load_non_cpu = "DBLoadNonCPU", Average, Count;
    }
}

macro_rules! sources {
    ($($type:ident),+) => {$(
        metrics! {
            impl MetricSource for $type<'_>: "AWS/RDS", [INSTANCE], |database| [
                "DBInstanceIdentifier" = database.instance_identifier()
            ]
        }

        impl $type<'_> {
            /// Returns a metric that RDS records about the database, such as `ReadLatency`, with its default statistic.
            ///
            /// See [Amazon RDS metrics](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html).
            pub fn metric(&self, name: &'static str) -> Metric {
                self.metric_named(name)
            }
        }
    )+};
}

sources! { RdsInstance, RdsReadReplica, ImportedRdsInstance }
