//! CloudWatch metrics of Aurora clusters. Metrics of instances are those of all instances of the cluster.

use super::{DatabaseCluster, ImportedDatabaseCluster};
use crate::cloudwatch::metrics;

metrics! {
    const CLUSTER: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html" for DatabaseCluster<'_>, ImportedDatabaseCluster<'_> => {
        /// Returns the redo log that was transferred to this region, in bytes; only for the secondary regions of a global database.
        metric_global_data_transfer = "AuroraGlobalDBDataTransferBytes", Sum, Bytes;
        /// Returns the delay of the volume in this region behind the primary one, in milliseconds; only for the secondary regions of a global database.
        metric_global_progress_lag = "AuroraGlobalDBProgressLag", Maximum, Milliseconds;
        /// Returns the number of writes that were replicated to this region; only for the secondary regions of a global database.
        metric_global_replicated_writes = "AuroraGlobalDBReplicatedWriteIO", Sum, Count;
        /// Returns the delay of updates from the primary region, in milliseconds; only for the secondary regions of a global database.
        metric_global_replication_lag = "AuroraGlobalDBReplicationLag", Maximum, Milliseconds;
        /// Returns the time whose changes would be lost by a failover to this region, in milliseconds; only for the secondary regions of a global database.
        metric_global_rpo_lag = "AuroraGlobalDBRPOLag", Maximum, Milliseconds;
        /// Returns the space that is left for the volume of the cluster, in bytes.
        metric_volume_bytes_left = "AuroraVolumeBytesLeftTotal", Minimum, Bytes;
        /// Returns the number of change records for backtracking that are created in five minutes.
        metric_backtrack_records_created = "BacktrackChangeRecordsCreationRate", Sum, Count;
        /// Returns the number of change records for backtracking that are kept.
        metric_backtrack_records_stored = "BacktrackChangeRecordsStored", Average, Count;
        /// Returns the backup storage for restores to any time within the retention, in bytes.
        metric_backup_storage = "BackupRetentionPeriodStorageUsed", Maximum, Bytes;
        /// Returns the average capacity of the serverless instances, in ACU.
        metric_serverless_capacity = "ServerlessDatabaseCapacity", Average, Count;
        /// Returns the storage of snapshots outside the retention of backups, in bytes.
        metric_snapshot_storage = "SnapshotStorageUsed", Maximum, Bytes;
        /// Returns the backup storage that is charged, in bytes.
        metric_backup_storage_billed = "TotalBackupStorageBilled", Maximum, Bytes;
        /// Returns the storage that the cluster occupies, in bytes.
        metric_volume_bytes_used = "VolumeBytesUsed", Maximum, Bytes;
        /// Returns the number of charged reads from the volume in five minutes.
        metric_volume_read_operations = "VolumeReadIOPs", Average, Count;
        /// Returns the number of writes to the volume in five minutes.
        metric_volume_write_operations = "VolumeWriteIOPs", Average, Count;
    }
}

metrics! {
    const MEMBERS: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html" for DatabaseCluster<'_>, ImportedDatabaseCluster<'_> => {
        /// Returns the average CPU utilization, in percent.
        metric_cpu = "CPUUtilization", Average, Percent;
        /// Returns the minimum of freeable memory, in bytes.
        metric_freeable_memory = "FreeableMemory", Minimum, Bytes;
        /// Returns the maximum number of client connections.
        metric_connections = "DatabaseConnections", Maximum, Count;
        /// Returns the average share of the maximum capacity that serverless instances use, in percent.
        metric_acu_utilization = "ACUUtilization", Average, Percent;
        /// Returns the number of connections that clients did not close properly; only for MySQL.
        metric_aborted_clients = "AbortedClients", Sum, Count;
        /// Returns the average number of transactions per second; only for MySQL.
        metric_active_transactions = "ActiveTransactions", Average, CountPerSecond;
        /// Returns the delay behind a source with binary logs, in seconds; only for MySQL.
        metric_binlog_replica_lag = "AuroraBinlogReplicaLag", Maximum, Seconds;
        /// Returns the number of forwarded statements that a full source rejected; only for MySQL.
        metric_queries_rejected_by_full_source = "AuroraDMLRejectedMasterFull", Sum, Count;
        /// Returns the number of forwarded statements that a full writer rejected; only for MySQL.
        metric_queries_rejected_by_full_writer = "AuroraDMLRejectedWriterFull", Sum, Count;
        /// Returns the estimated shared memory in use, in bytes; only for PostgreSQL.
        metric_estimated_shared_memory = "AuroraEstimatedSharedMemoryBytes", Maximum, Bytes;
        /// Returns the state of memory: 0 is normal, 10 is reserved memory in use; only for MySQL.
        metric_memory_health = "AuroraMemoryHealthState", Maximum, None;
        /// Returns the number of statements that were declined for lack of memory; only for MySQL.
        metric_memory_declined_statements = "AuroraMemoryNumDeclinedSql", Sum, Count;
        /// Returns the number of connections that were closed for lack of memory; only for MySQL.
        metric_memory_closed_connections = "AuroraMemoryNumKillConnTotal", Sum, Count;
        /// Returns the number of statements that were stopped for lack of memory; only for MySQL.
        metric_memory_stopped_statements = "AuroraMemoryNumKillQueryTotal", Sum, Count;
        /// Returns the share of requests that the cache of Optimized Reads answers, in percent.
        metric_optimized_reads_cache_hit_ratio = "AuroraOptimizedReadsCacheHitRatio", Average, Percent;
        /// Returns the delay of readers behind the writer, in milliseconds.
        metric_replica_lag = "AuroraReplicaLag", Maximum, Milliseconds;
        /// Returns the delay of the reader that is farthest behind the writer, in milliseconds.
        metric_replica_lag_maximum = "AuroraReplicaLagMaximum", Maximum, Milliseconds;
        /// Returns the delay of the reader that is closest to the writer, in milliseconds.
        metric_replica_lag_minimum = "AuroraReplicaLagMinimum", Minimum, Milliseconds;
        /// Returns the number of connections that took two seconds or more to start; only for MySQL.
        metric_slow_connections = "AuroraSlowConnectionHandleCount", Sum, Count;
        /// Returns the number of handshakes that took 50 milliseconds or more; only for MySQL.
        metric_slow_handshakes = "AuroraSlowHandshakeCount", Sum, Count;
        /// Returns the difference between the target and the actual window of backtracking, in minutes; only for MySQL.
        metric_backtrack_window_actual = "BacktrackWindowActual", Minimum, Count;
        /// Returns the number of times at which the actual window of backtracking was smaller than its target; only for MySQL.
        metric_backtrack_window_alerts = "BacktrackWindowAlert", Sum, Count;
        /// Returns the average number of transactions that are blocked per second; only for MySQL.
        metric_blocked_transactions = "BlockedTransactions", Average, CountPerSecond;
        /// Returns the share of requests that the buffer cache answers, in percent.
        metric_buffer_cache_hit_ratio = "BufferCacheHitRatio", Average, Percent;
        /// Returns the average time of a commit, in milliseconds.
        metric_commit_latency = "CommitLatency", Average, Milliseconds;
        /// Returns the average number of commits per second.
        metric_commit_throughput = "CommitThroughput", Average, CountPerSecond;
        /// Returns the number of attempts to connect; only for MySQL.
        metric_connection_attempts = "ConnectionAttempts", Sum, Count;
        /// Returns the number of CPU credits that are left; only for burstable instance classes.
        metric_cpu_credit_balance = "CPUCreditBalance", Minimum, Count;
        /// Returns the number of CPU credits that were used; only for burstable instance classes.
        metric_cpu_credit_usage = "CPUCreditUsage", Sum, Count;
        /// Returns the number of CPU credits that were borrowed; only for burstable instance classes.
        metric_cpu_surplus_credit_balance = "CPUSurplusCreditBalance", Maximum, Count;
        /// Returns the number of borrowed CPU credits that are charged; only for burstable instance classes.
        metric_cpu_surplus_credits_charged = "CPUSurplusCreditsCharged", Sum, Count;
        /// Returns the average time of a statement that changes the schema, in milliseconds; only for MySQL.
        metric_ddl_latency = "DDLLatency", Average, Milliseconds;
        /// Returns the average number of statements per second that change the schema; only for MySQL.
        metric_ddl_throughput = "DDLThroughput", Average, CountPerSecond;
        /// Returns the average number of deadlocks per second.
        metric_deadlocks = "Deadlocks", Average, CountPerSecond;
        /// Returns the average time of a delete, in milliseconds; only for MySQL.
        metric_delete_latency = "DeleteLatency", Average, Milliseconds;
        /// Returns the average number of deletes per second; only for MySQL.
        metric_delete_throughput = "DeleteThroughput", Average, CountPerSecond;
        /// Returns the average number of storage operations that wait.
        metric_disk_queue_depth = "DiskQueueDepth", Average, Count;
        /// Returns the average time of a statement that changes data, in milliseconds; only for MySQL.
        metric_dml_latency = "DMLLatency", Average, Milliseconds;
        /// Returns the average number of statements per second that change data; only for MySQL.
        metric_dml_throughput = "DMLThroughput", Average, CountPerSecond;
        /// Returns the rest of the credits for bursts of throughput, in percent; only for PostgreSQL.
        metric_ebs_byte_balance = "EBSByteBalance%", Minimum, Percent;
        /// Returns the rest of the credits for bursts of storage operations, in percent; only for PostgreSQL.
        metric_ebs_io_balance = "EBSIOBalance%", Minimum, Percent;
        /// Returns the time for which an instance has been running, in seconds.
        metric_engine_uptime = "EngineUptime", Minimum, Seconds;
        /// Returns the minimum of free storage on local NVMe disks, in bytes.
        metric_free_ephemeral_storage = "FreeEphemeralStorage", Minimum, Bytes;
        /// Returns the minimum of free local storage, for temporary tables and logs, in bytes.
        metric_free_local_storage = "FreeLocalStorage", Minimum, Bytes;
        /// Returns the number of log-ins with IAM credentials.
        metric_iam_connection_requests = "IamDbAuthConnectionRequests", Sum, Count;
        /// Returns the average time of an insert, in milliseconds; only for MySQL.
        metric_insert_latency = "InsertLatency", Average, Milliseconds;
        /// Returns the average number of inserts per second; only for MySQL.
        metric_insert_throughput = "InsertThroughput", Average, CountPerSecond;
        /// Returns the average number of failed log-ins per second; only for MySQL.
        metric_login_failures = "LoginFailures", Average, CountPerSecond;
        /// Returns the highest number of transaction IDs in use. Vacuum must free them before 2 billion; only for PostgreSQL.
        metric_maximum_used_transaction_ids = "MaximumUsedTransactionIDs", Maximum, Count;
        /// Returns the average traffic from clients, in bytes per second.
        metric_network_receive_throughput = "NetworkReceiveThroughput", Average, BytesPerSecond;
        /// Returns the average traffic from and to clients, in bytes per second.
        metric_network_throughput = "NetworkThroughput", Average, BytesPerSecond;
        /// Returns the average traffic to clients, in bytes per second.
        metric_network_transmit_throughput = "NetworkTransmitThroughput", Average, BytesPerSecond;
        /// Returns the number of binary log files; only for MySQL.
        metric_binary_log_files = "NumBinaryLogFiles", Maximum, Count;
        /// Returns the delay of the replica that is farthest behind, in bytes of WAL; only for PostgreSQL.
        metric_oldest_replication_slot_lag = "OldestReplicationSlotLag", Maximum, Bytes;
        /// Returns the transaction up to which old row versions may be purged; only for MySQL.
        metric_purge_boundary = "PurgeBoundary", Maximum, Count;
        /// Returns the transaction up to which old row versions are purged; only for MySQL.
        metric_purge_finished_point = "PurgeFinishedPoint", Maximum, Count;
        /// Returns the average number of statements per second; only for MySQL.
        metric_queries = "Queries", Average, CountPerSecond;
        /// Returns the delay behind a source on RDS, in seconds; only for PostgreSQL.
        metric_rds_to_aurora_replica_lag = "RDSToAuroraPostgreSQLReplicaLag", Maximum, Seconds;
        /// Returns the average number of reads from storage per second.
        metric_read_iops = "ReadIOPS", Average, CountPerSecond;
        /// Returns the average number of reads from local NVMe disks per second; only for PostgreSQL.
        metric_read_iops_ephemeral_storage = "ReadIOPSEphemeralStorage", Average, CountPerSecond;
        /// Returns the average time of a read from storage, in seconds.
        metric_read_latency = "ReadLatency", Average, Seconds;
        /// Returns the average time of a read from local NVMe disks, in milliseconds; only for PostgreSQL.
        metric_read_latency_ephemeral_storage = "ReadLatencyEphemeralStorage", Average, Milliseconds;
        /// Returns the average data read from storage, in bytes per second.
        metric_read_throughput = "ReadThroughput", Average, BytesPerSecond;
        /// Returns the average data read from local NVMe disks, in bytes per second; only for PostgreSQL.
        metric_read_throughput_ephemeral_storage = "ReadThroughputEphemeralStorage", Average, BytesPerSecond;
        /// Returns the storage that replication slots occupy, in bytes; only for PostgreSQL.
        metric_replication_slot_disk_usage = "ReplicationSlotDiskUsage", Maximum, Bytes;
        /// Returns the share of requests that the query cache answers, in percent; only for MySQL.
        metric_result_set_cache_hit_ratio = "ResultSetCacheHitRatio", Average, Percent;
        /// Returns the number of undo records of committed transactions that still must be purged; only for MySQL.
        metric_history_list_length = "RollbackSegmentHistoryListLength", Maximum, Count;
        /// Returns the time that transactions waited for row locks, in milliseconds; only for MySQL.
        metric_row_lock_time = "RowLockTime", Sum, Milliseconds;
        /// Returns the average time of a select, in milliseconds; only for MySQL.
        metric_select_latency = "SelectLatency", Average, Milliseconds;
        /// Returns the average number of selects per second; only for MySQL.
        metric_select_throughput = "SelectThroughput", Average, CountPerSecond;
        /// Returns the average traffic from the storage of the cluster, in bytes per second.
        metric_storage_network_receive_throughput = "StorageNetworkReceiveThroughput", Average, BytesPerSecond;
        /// Returns the average traffic from and to the storage of the cluster, in bytes per second.
        metric_storage_network_throughput = "StorageNetworkThroughput", Average, BytesPerSecond;
        /// Returns the average traffic to the storage of the cluster, in bytes per second.
        metric_storage_network_transmit_throughput = "StorageNetworkTransmitThroughput", Average, BytesPerSecond;
        /// Returns the storage that binary logs occupy, in bytes; only for MySQL.
        metric_binary_log_size = "SumBinaryLogSize", Maximum, Bytes;
        /// Returns the swap space in use, in bytes.
        metric_swap_usage = "SwapUsage", Maximum, Bytes;
        /// Returns the average number of operations on local storage per second; only for PostgreSQL.
        metric_temporary_storage_iops = "TempStorageIOPS", Average, CountPerSecond;
        /// Returns the average traffic from and to local storage, in bytes per second; only for PostgreSQL.
        metric_temporary_storage_throughput = "TempStorageThroughput", Average, BytesPerSecond;
        /// Returns the age of the oldest transaction that runs, in seconds; only for PostgreSQL.
        metric_transaction_age_maximum = "TransactionAgeMaximum", Maximum, Seconds;
        /// Returns the storage that transaction logs occupy, in bytes; only for PostgreSQL.
        metric_transaction_logs_disk_usage = "TransactionLogsDiskUsage", Maximum, Bytes;
        /// Returns the transaction up to which undo logs are truncated; only for MySQL.
        metric_truncate_finished_point = "TruncateFinishedPoint", Maximum, Count;
        /// Returns the average time of an update, in milliseconds; only for MySQL.
        metric_update_latency = "UpdateLatency", Average, Milliseconds;
        /// Returns the average number of updates per second; only for MySQL.
        metric_update_throughput = "UpdateThroughput", Average, CountPerSecond;
        /// Returns the average number of writes to storage per second.
        metric_write_iops = "WriteIOPS", Average, CountPerSecond;
        /// Returns the average number of writes to local NVMe disks per second; only for PostgreSQL.
        metric_write_iops_ephemeral_storage = "WriteIOPSEphemeralStorage", Average, CountPerSecond;
        /// Returns the average time of a write to storage, in seconds.
        metric_write_latency = "WriteLatency", Average, Seconds;
        /// Returns the average time of a write to local NVMe disks, in milliseconds; only for PostgreSQL.
        metric_write_latency_ephemeral_storage = "WriteLatencyEphemeralStorage", Average, Milliseconds;
        /// Returns the average data written to storage, in bytes per second.
        metric_write_throughput = "WriteThroughput", Average, BytesPerSecond;
        /// Returns the average data written to local NVMe disks, in bytes per second; only for PostgreSQL.
        metric_write_throughput_ephemeral_storage = "WriteThroughputEphemeralStorage", Average, BytesPerSecond;
        /// Returns the average number of active sessions, which Database Insights records.
        metric_db_load = "DBLoad", Average, Count;
        /// Returns the average number of active sessions that wait for the CPU, which Database Insights records.
        metric_db_load_cpu = "DBLoadCPU", Average, Count;
        /// Returns the average number of active sessions that wait for something else, which Database Insights records.
        metric_db_load_non_cpu = "DBLoadNonCPU", Average, Count;
    }
}

metrics! {
    /// Returns a metric that RDS records about the cluster, with the given statistic.
    impl DatabaseCluster<'_>: "AWS/RDS", [CLUSTER, MEMBERS], |cluster| [
        "DBClusterIdentifier" = cluster.cluster_identifier()
    ]
}

metrics! {
    /// Returns a metric that RDS records about the cluster, with the given statistic.
    impl ImportedDatabaseCluster<'_>: "AWS/RDS", [CLUSTER, MEMBERS], |cluster| [
        "DBClusterIdentifier" = cluster.cluster_identifier()
    ]
}
