//! CloudWatch metrics of domains.

use super::{Domain, ImportedDomain};
use crate::cloudwatch::metrics;
use crate::pseudo;

metrics! {
    const DOMAIN: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-cloudwatchmetrics.html" for Domain<'_>, ImportedDomain<'_> => {
        /// Returns 1 if all shards are allocated to nodes.
        metric_cluster_status_green = "ClusterStatus.green", Minimum, None;
        /// Returns 1 if replicas of an index are not allocated.
        metric_cluster_status_yellow = "ClusterStatus.yellow", Maximum, None;
        /// Returns 1 if primary shards of an index are not allocated, so that data is missing.
        metric_cluster_status_red = "ClusterStatus.red", Maximum, None;
        /// Returns the free space of the node with the least, in MiB.
        metric_free_storage_space = "FreeStorageSpace", Minimum, None;
        /// Returns the used space of all nodes, in MiB.
        metric_cluster_used_space = "ClusterUsedSpace", Maximum, None;
        /// Returns 1 if the domain refuses writes, for lack of space or memory.
        metric_cluster_index_writes_blocked = "ClusterIndexWritesBlocked", Maximum, None;
        /// Returns the number of nodes.
        metric_nodes = "Nodes", Minimum, Count;
        /// Returns 1 if the last automated snapshot failed.
        metric_automated_snapshot_failure = "AutomatedSnapshotFailure", Maximum, None;
        /// Returns the CPU utilization of the busiest data node, in percent.
        metric_cpu_utilization = "CPUUtilization", Maximum, Percent;
        /// Returns the used share of the Java heap of the data node with the least left, in percent.
        metric_jvm_memory_pressure = "JVMMemoryPressure", Maximum, Percent;
        /// Returns the CPU utilization of the busiest dedicated master node, in percent.
        metric_master_cpu_utilization = "MasterCPUUtilization", Maximum, Percent;
        /// Returns the used share of the Java heap of the dedicated master node with the least left, in percent.
        metric_master_jvm_memory_pressure = "MasterJVMMemoryPressure", Maximum, Percent;
        /// Returns 1 if the dedicated master nodes are reachable.
        metric_master_reachable = "MasterReachableFromNode", Minimum, None;
        /// Returns 1 if the key that encrypts the data is disabled.
        metric_kms_key_error = "KMSKeyError", Maximum, None;
        /// Returns 1 if the key that encrypts the data was deleted, or no longer permits its use; the domain is lost.
        metric_kms_key_inaccessible = "KMSKeyInaccessible", Maximum, None;
        /// Returns the number of documents that can be searched.
        metric_searchable_documents = "SearchableDocuments", Maximum, Count;
        /// Returns the time of a search on a node, in milliseconds.
        metric_search_latency = "SearchLatency", P99, Milliseconds;
        /// Returns the time of a write on a node, in milliseconds.
        metric_indexing_latency = "IndexingLatency", P99, Milliseconds;
        /// Returns the number of searches in a minute on a node.
        metric_search_rate = "SearchRate", Average, Count;
        /// Returns the number of writes in a minute on a node.
        metric_indexing_rate = "IndexingRate", Average, Count;
        /// Returns the number of searches that were refused, because their queue was full.
        metric_search_rejected = "ThreadpoolSearchRejected", Sum, Count;
        /// Returns the number of writes that were refused, because their queue was full.
        metric_write_rejected = "ThreadpoolWriteRejected", Sum, Count;
        /// Returns the number of requests that were answered with an error of the domain.
        metric_server_errors = "5xx", Sum, Count;
        /// Returns the number of requests that were answered with an error of the client.
        metric_client_errors = "4xx", Sum, Count;
        /// Returns the number of requests to the domain.
        metric_requests = "OpenSearchRequests", Sum, Count;
    }
}

metrics! {
    /// Returns a metric that OpenSearch Service records about the domain, with the given statistic.
    impl Domain<'_>: "AWS/ES", [DOMAIN], |domain| [
        "DomainName" = domain.domain_name(),
        "ClientId" = pseudo::account_id()
    ]
}

metrics! {
    /// Returns a metric that OpenSearch Service records about the domain, with the given statistic.
    impl ImportedDomain<'_>: "AWS/ES", [DOMAIN], |domain| [
        "DomainName" = domain.domain_name(),
        "ClientId" = pseudo::account_id()
    ]
}
