//! CloudWatch metrics of tables, with the feature `cloudwatch`.
//!
//! AWS documents their meaning: [DynamoDB metrics and
//! dimensions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html).

#[cfg(feature = "cloudwatch")]
macro_rules! metrics {
    ($type:ty:
        $($(#[doc = $doc:literal])+ $method:ident = $name:literal, $statistic:ident;)+
        of operations: $($(#[doc = $of_doc:literal])+ $of_method:ident = $of_name:literal, $of_statistic:ident;)+
    ) => {
        impl $type {
            /// Returns a metric of `AWS/DynamoDB` for the table.
            pub fn metric(
                &self,
                name: &'static str,
                statistic: crate::cloudwatch::Statistic,
            ) -> crate::cloudwatch::Metric {
                crate::cloudwatch::Metric::new("AWS/DynamoDB", name)
                    .dimension("TableName", self.table_name())
                    .statistic(statistic)
            }

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
                pub fn $method(&self) -> crate::cloudwatch::Metric {
                    self.metric($name, crate::cloudwatch::Statistic::$statistic)
                }
            )+

            $(
                $(#[doc = $of_doc])+
                ///
                /// `operation` is one of the API, such as `GetItem`.
                pub fn $of_method(&self, operation: &str) -> crate::cloudwatch::Metric {
                    self.metric($of_name, crate::cloudwatch::Statistic::$of_statistic)
                        .dimension("Operation", operation)
                }
            )+
        }
    };
}

#[cfg(feature = "cloudwatch")]
macro_rules! table_metrics {
    ($type:ty) => {
        metrics! { $type:
            /// Returns the number of conditional writes whose condition did not hold.
            metric_conditional_check_failed_requests = "ConditionalCheckFailedRequests", Sum;
            /// Returns the number of read capacity units that were used.
            metric_consumed_read_capacity_units = "ConsumedReadCapacityUnits", Sum;
            /// Returns the number of write capacity units that were used.
            metric_consumed_write_capacity_units = "ConsumedWriteCapacityUnits", Sum;
            /// Returns the number of read capacity units that are provisioned.
            metric_provisioned_read_capacity_units = "ProvisionedReadCapacityUnits", Average;
            /// Returns the number of write capacity units that are provisioned.
            metric_provisioned_write_capacity_units = "ProvisionedWriteCapacityUnits", Average;
            /// Returns the limit of read request units of a table that is billed on demand.
            metric_on_demand_max_read_request_units = "OnDemandMaxReadRequestUnits", Average;
            /// Returns the limit of write request units of a table that is billed on demand.
            metric_on_demand_max_write_request_units = "OnDemandMaxWriteRequestUnits", Average;
            /// Returns the number of reads that were rejected because of any limit.
            metric_read_throttle_events = "ReadThrottleEvents", Sum;
            /// Returns the number of writes that were rejected because of any limit.
            metric_write_throttle_events = "WriteThrottleEvents", Sum;
            /// Returns the number of reads that were rejected because of the provisioned capacity.
            metric_read_provisioned_throughput_throttle_events = "ReadProvisionedThroughputThrottleEvents", Sum;
            /// Returns the number of writes that were rejected because of the provisioned capacity.
            metric_write_provisioned_throughput_throttle_events = "WriteProvisionedThroughputThrottleEvents", Sum;
            /// Returns the number of reads that were rejected because of the maximum of on-demand requests.
            metric_read_max_on_demand_throughput_throttle_events = "ReadMaxOnDemandThroughputThrottleEvents", Sum;
            /// Returns the number of writes that were rejected because of the maximum of on-demand requests.
            metric_write_max_on_demand_throughput_throttle_events = "WriteMaxOnDemandThroughputThrottleEvents", Sum;
            /// Returns the number of reads that were rejected because of the limit of a partition.
            metric_read_key_range_throughput_throttle_events = "ReadKeyRangeThroughputThrottleEvents", Sum;
            /// Returns the number of writes that were rejected because of the limit of a partition.
            metric_write_key_range_throughput_throttle_events = "WriteKeyRangeThroughputThrottleEvents", Sum;
            /// Returns the number of reads that were rejected because of the quota of the account.
            metric_read_account_limit_throttle_events = "ReadAccountLimitThrottleEvents", Sum;
            /// Returns the number of writes that were rejected because of the quota of the account.
            metric_write_account_limit_throttle_events = "WriteAccountLimitThrottleEvents", Sum;
            /// Returns the number of items that were deleted because they had expired.
            metric_time_to_live_deleted_item_count = "TimeToLiveDeletedItemCount", Sum;
            /// Returns the number of requests that were rejected because of a concurrent transaction.
            metric_transaction_conflict = "TransactionConflict", Sum;
            of operations:
            /// Returns the response time of successful requests of an operation, in milliseconds.
            metric_successful_request_latency = "SuccessfulRequestLatency", Average;
            /// Returns the number of requests of an operation that failed with status 500.
            metric_system_errors = "SystemErrors", Sum;
            /// Returns the number of requests of an operation of which a part was rejected because of a limit.
            metric_throttled_requests = "ThrottledRequests", Sum;
            /// Returns the number of items that queries or scans returned.
            metric_returned_item_count = "ReturnedItemCount", Sum;
        }
    };
}

#[cfg(feature = "cloudwatch")]
table_metrics!(super::Table<'_>);

#[cfg(feature = "cloudwatch")]
table_metrics!(super::ImportedTable);
