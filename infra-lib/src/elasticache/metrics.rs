//! CloudWatch metrics of caches and nodes.

use super::{CacheNode, ImportedServerlessCache, ServerlessCache};
use crate::cloudwatch::metrics;

metrics! {
    const SERVERLESS: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-metrics-events-redis.html" for ServerlessCache<'_>, ImportedServerlessCache<'_> => {
        /// Returns the number of log-ins that failed; not with Memcached.
        metric_authentication_failures = "AuthenticationFailures", Sum, Count;
        /// Returns the data in the cache, in bytes.
        metric_bytes_used = "BytesUsedForCache", Average, Bytes;
        /// Returns the share of reads that the cache answered, in percent; not with Memcached.
        metric_cache_hit_rate = "CacheHitRate", Average, Percent;
        /// Returns the number of reads that the cache answered; not with Memcached.
        metric_cache_hits = "CacheHits", Sum, Count;
        /// Returns the number of commands that the rights of a user did not permit; not with Memcached.
        metric_command_authorization_failures = "CommandAuthorizationFailures", Sum, Count;
        /// Returns the number of connections.
        metric_connections = "CurrConnections", Average, Count;
        /// Returns the number of items.
        metric_items = "CurrItems", Average, Count;
        /// Returns the number of items with an expiry; not with Memcached.
        metric_volatile_items = "CurrVolatileItems", Average, Count;
        /// Returns the number of processing units that requests consumed.
        metric_processing_units = "ElastiCacheProcessingUnits", Sum, Count;
        /// Returns the number of items that were evicted.
        metric_evictions = "Evictions", Sum, Count;
        /// Returns the number of connections whose IAM authentication expired; not with Memcached.
        metric_iam_authentication_expirations = "IamAuthenticationExpirations", Sum, Count;
        /// Returns the number of log-ins with IAM authentication that were throttled; not with Memcached.
        metric_iam_authentication_throttling = "IamAuthenticationThrottling", Sum, Count;
        /// Returns the number of keys that the rights of a user did not permit; not with Memcached.
        metric_key_authorization_failures = "KeyAuthorizationFailures", Sum, Count;
        /// Returns the data that clients sent, in bytes.
        metric_network_bytes_in = "NetworkBytesIn", Sum, Bytes;
        /// Returns the data that clients received, in bytes.
        metric_network_bytes_out = "NetworkBytesOut", Sum, Bytes;
        /// Returns the number of connections that were accepted.
        metric_new_connections = "NewConnections", Sum, Count;
        /// Returns the number of items that expired.
        metric_reclaimed = "Reclaimed", Sum, Count;
        /// Returns the time of a read that succeeded, in microseconds.
        metric_read_latency = "SuccessfulReadRequestLatency", Average, None;
        /// Returns the time of a write that succeeded, in microseconds.
        metric_write_latency = "SuccessfulWriteRequestLatency", Average, None;
        /// Returns the number of commands that were throttled, because the load grew faster than the cache, or beyond its limit.
        metric_throttled_commands = "ThrottledCmds", Sum, Count;
        /// Returns the number of commands.
        metric_commands = "TotalCmdsCount", Sum, Count;
    }
}

metrics! {
    /// Returns a metric that ElastiCache records about the cache, with the given statistic.
    impl ServerlessCache<'_>: "AWS/ElastiCache", [SERVERLESS], |cache| [
        "clusterId" = cache.serverless_cache_name()
    ]
}

metrics! {
    /// Returns a metric that ElastiCache records about the cache, with the given statistic.
    impl ImportedServerlessCache<'_>: "AWS/ElastiCache", [SERVERLESS], |cache| [
        "clusterId" = cache.serverless_cache_name()
    ]
}

metrics! {
    const HOST: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.HostLevel.html" for CacheNode => {
        /// Returns the average CPU utilization of the host, in percent.
        metric_cpu = "CPUUtilization", Average, Percent;
        /// Returns the number of CPU credits that are left; only for burstable node types.
        metric_cpu_credit_balance = "CPUCreditBalance", Average, Count;
        /// Returns the number of CPU credits that were used; only for burstable node types.
        metric_cpu_credit_usage = "CPUCreditUsage", Average, Count;
        /// Returns the free memory of the host, in bytes.
        metric_freeable_memory = "FreeableMemory", Average, Bytes;
        /// Returns the number of packets that were shaped, because inbound traffic was above the bandwidth of the node.
        metric_bandwidth_in_exceeded = "NetworkBandwidthInAllowanceExceeded", Sum, Count;
        /// Returns the number of packets that were shaped, because outbound traffic was above the bandwidth of the node.
        metric_bandwidth_out_exceeded = "NetworkBandwidthOutAllowanceExceeded", Sum, Count;
        /// Returns the data that the host received, in bytes.
        metric_network_bytes_in = "NetworkBytesIn", Average, Bytes;
        /// Returns the data that the host sent, in bytes.
        metric_network_bytes_out = "NetworkBytesOut", Average, Bytes;
        /// Returns the number of packets that were dropped, because the host tracked too many connections.
        metric_conntrack_exceeded = "NetworkConntrackAllowanceExceeded", Sum, Count;
        /// Returns the number of packets that were shaped, because there were more in a second than the node handles.
        metric_packets_per_second_exceeded = "NetworkPacketsPerSecondAllowanceExceeded", Sum, Count;
        /// Returns the memory in the swap file, in bytes.
        metric_swap_usage = "SwapUsage", Average, Bytes;
    }
}

metrics! {
    const ENGINE: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html" for CacheNode => {
        /// Returns the number of log-ins that failed.
        metric_authentication_failures = "AuthenticationFailures", Sum, Count;
        /// Returns the memory that the engine uses for data, in bytes.
        metric_bytes_used = "BytesUsedForCache", Average, Bytes;
        /// Returns the share of reads that the node answered, in percent.
        metric_cache_hit_rate = "CacheHitRate", Average, Percent;
        /// Returns the number of reads that the node answered.
        metric_cache_hits = "CacheHits", Sum, Count;
        /// Returns the number of reads of keys that do not exist.
        metric_cache_misses = "CacheMisses", Sum, Count;
        /// Returns the number of commands that the rights of a user did not permit.
        metric_command_authorization_failures = "CommandAuthorizationFailures", Sum, Count;
        /// Returns the number of connections of clients.
        metric_connections = "CurrConnections", Average, Count;
        /// Returns the number of items.
        metric_items = "CurrItems", Average, Count;
        /// Returns the share of the memory for data that is used, in percent.
        metric_memory_usage = "DatabaseMemoryUsagePercentage", Average, Percent;
        /// Returns the CPU utilization of the engine, which runs commands on one core, in percent.
        metric_engine_cpu = "EngineCPUUtilization", Average, Percent;
        /// Returns the number of keys that were evicted.
        metric_evictions = "Evictions", Sum, Count;
        /// Returns the delay of a global datastore behind its primary region, in seconds.
        metric_global_replication_lag = "GlobalDatastoreReplicationLag", Average, Seconds;
        /// Returns 1 for the primary node, and 0 for a replica.
        metric_is_primary = "IsMaster", Average, None;
        /// Returns the number of keys that the rights of a user did not permit.
        metric_key_authorization_failures = "KeyAuthorizationFailures", Sum, Count;
        /// Returns 1 if a replica is connected to its primary node.
        metric_primary_link_health = "MasterLinkHealthStatus", Minimum, None;
        /// Returns the ratio of memory that the operating system gave to memory in use.
        metric_memory_fragmentation = "MemoryFragmentationRatio", Average, None;
        /// Returns the number of connections that were accepted.
        metric_new_connections = "NewConnections", Sum, Count;
        /// Returns the number of keys that expired.
        metric_reclaimed = "Reclaimed", Sum, Count;
        /// Returns the data that a primary node sends to its replicas, in bytes.
        metric_replication_bytes = "ReplicationBytes", Average, Bytes;
        /// Returns the delay of a replica behind its primary node, in seconds.
        metric_replication_lag = "ReplicationLag", Maximum, Seconds;
        /// Returns 1 while a snapshot is written.
        metric_save_in_progress = "SaveInProgress", Maximum, None;
    }
}

metrics! {
    /// Returns a metric that ElastiCache records about the node, with the given statistic.
    impl CacheNode: "AWS/ElastiCache", [HOST, ENGINE], |node| [
        "CacheClusterId" = node.cache_cluster_id()
    ]
}
