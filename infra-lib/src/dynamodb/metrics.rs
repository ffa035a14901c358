//! CloudWatch metrics of tables, with the feature `cloudwatch`.
//!
//! AWS documents their meaning: [DynamoDB metrics and
//! dimensions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html).

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    const TABLE: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html" for super::Table<'_>, super::GlobalTable<'_>, super::ImportedTable => {
        /// Returns the number of conditional writes whose condition did not hold.
        metric_conditional_check_failed_requests = "ConditionalCheckFailedRequests", Sum, Count;
        /// Returns the number of read capacity units that were used.
        metric_consumed_read_capacity_units = "ConsumedReadCapacityUnits", Sum, Count;
        /// Returns the number of write capacity units that were used.
        metric_consumed_write_capacity_units = "ConsumedWriteCapacityUnits", Sum, Count;
        /// Returns the number of read capacity units that are provisioned.
        metric_provisioned_read_capacity_units = "ProvisionedReadCapacityUnits", Average, Count;
        /// Returns the number of write capacity units that are provisioned.
        metric_provisioned_write_capacity_units = "ProvisionedWriteCapacityUnits", Average, Count;
        /// Returns the limit of read request units of a table that is billed on demand.
        metric_on_demand_max_read_request_units = "OnDemandMaxReadRequestUnits", Average, Count;
        /// Returns the limit of write request units of a table that is billed on demand.
        metric_on_demand_max_write_request_units = "OnDemandMaxWriteRequestUnits", Average, Count;
        /// Returns the number of reads that were rejected because of any limit.
        metric_read_throttle_events = "ReadThrottleEvents", Sum, Count;
        /// Returns the number of writes that were rejected because of any limit.
        metric_write_throttle_events = "WriteThrottleEvents", Sum, Count;
        /// Returns the number of reads that were rejected because of the provisioned capacity.
        metric_read_provisioned_throughput_throttle_events = "ReadProvisionedThroughputThrottleEvents", Sum, Count;
        /// Returns the number of writes that were rejected because of the provisioned capacity.
        metric_write_provisioned_throughput_throttle_events = "WriteProvisionedThroughputThrottleEvents", Sum, Count;
        /// Returns the number of reads that were rejected because of the maximum of on-demand requests.
        metric_read_max_on_demand_throughput_throttle_events = "ReadMaxOnDemandThroughputThrottleEvents", Sum, Count;
        /// Returns the number of writes that were rejected because of the maximum of on-demand requests.
        metric_write_max_on_demand_throughput_throttle_events = "WriteMaxOnDemandThroughputThrottleEvents", Sum, Count;
        /// Returns the number of reads that were rejected because of the limit of a partition.
        metric_read_key_range_throughput_throttle_events = "ReadKeyRangeThroughputThrottleEvents", Sum, Count;
        /// Returns the number of writes that were rejected because of the limit of a partition.
        metric_write_key_range_throughput_throttle_events = "WriteKeyRangeThroughputThrottleEvents", Sum, Count;
        /// Returns the number of reads that were rejected because of the quota of the account.
        metric_read_account_limit_throttle_events = "ReadAccountLimitThrottleEvents", Sum, Count;
        /// Returns the number of writes that were rejected because of the quota of the account.
        metric_write_account_limit_throttle_events = "WriteAccountLimitThrottleEvents", Sum, Count;
        /// Returns the number of items that were deleted because they had expired.
        metric_time_to_live_deleted_item_count = "TimeToLiveDeletedItemCount", Sum, Count;
        /// Returns the number of requests that were rejected because of a concurrent transaction.
        metric_transaction_conflict = "TransactionConflict", Sum, Count;
    }
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/DynamoDB` for the table.
    impl super::Table<'_>: "AWS/DynamoDB", [TABLE], |table| ["TableName" = table.table_name()]
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/DynamoDB` for the table in the region of the alarm.
    impl super::GlobalTable<'_>: "AWS/DynamoDB", [TABLE], |table| ["TableName" = table.table_name()]
}

#[cfg(feature = "cloudwatch")]
crate::cloudwatch::metrics! {
    /// Returns a metric of `AWS/DynamoDB` for the table.
    impl super::ImportedTable: "AWS/DynamoDB", [TABLE], |table| ["TableName" = table.table_name()]
}

#[cfg(feature = "cloudwatch")]
macro_rules! operation_metrics {
    ($($type:ty),+ => $list:tt) => {
        $(operation_metrics! { @one $type $list })+
    };
    (@one $type:ty { $($(#[doc = $doc:literal])+ $method:ident = $name:literal, $statistic:ident;)+ }) => {
        impl $type {
            /// Returns a metric of `AWS/DynamoDB` for a global secondary index, such as `ConsumedReadCapacityUnits` or
            /// `OnlineIndexPercentageProgress`.
            pub fn metric_of_index(
                &self,
                index: &str,
                name: &'static str,
                statistic: crate::cloudwatch::Statistic,
            ) -> crate::cloudwatch::Metric {
                self.metric(name, statistic)
                    .dimension("GlobalSecondaryIndexName", index)
            }

            $(
                $(#[doc = $doc])+
                ///
                /// `operation` is one of the API, such as `GetItem`.
                pub fn $method(&self, operation: &str) -> crate::cloudwatch::Metric {
                    self.metric($name, crate::cloudwatch::Statistic::$statistic)
                        .dimension("Operation", operation)
                }
            )+
        }
    };
}

#[cfg(feature = "cloudwatch")]
operation_metrics! { super::Table<'_>, super::GlobalTable<'_>, super::ImportedTable => {
    /// Returns the response time of successful requests of an operation, in milliseconds.
    metric_successful_request_latency = "SuccessfulRequestLatency", Average;
    /// Returns the number of requests of an operation that failed with status 500.
    metric_system_errors = "SystemErrors", Sum;
    /// Returns the number of requests of an operation of which a part was rejected because of a limit.
    metric_throttled_requests = "ThrottledRequests", Sum;
    /// Returns the number of items that queries or scans returned.
    metric_returned_item_count = "ReturnedItemCount", Sum;
} }
