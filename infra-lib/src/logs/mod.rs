//! Amazon CloudWatch Logs: log groups with limited retention, and what happens to their events.
//!
//! [`LogGroup`] stores events; [`MetricFilter`] counts them, [`SubscriptionFilter`] delivers them, [`DataProtection`] masks
//! sensitive data in them, and [`QueryDefinition`] stores a query over them.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#logs).

mod data_protection;
mod imported;
mod log_group;
mod log_stream;
mod lookup;
mod metric_filter;
mod metrics;
mod pattern;
mod query_definition;
mod resource_policy;
mod retention;
mod subscription;

pub use data_protection::{DataIdentifier, DataProtection};
pub use imported::{AsLogGroup, ImportedLogGroup, LogGroupRef};
pub use log_group::{LogClass, LogGroup, LogGroupBuilder, LogGroupProps};
pub use log_stream::{LogStream, LogStreamBuilder, LogStreamProps};
pub use metric_filter::{FilterMetric, MetricFilter, MetricFilterBuilder, MetricFilterProps};
pub use pattern::{FilterPattern, LogCondition, LogField};
pub use query_definition::{QueryDefinition, QueryDefinitionBuilder, QueryDefinitionProps};
pub use resource_policy::{LogResourcePolicy, LogResourcePolicyBuilder, LogResourcePolicyProps};
pub use retention::RetentionDays;
pub use subscription::{
    LogDestination, LogSubscriber, SubscriptionFilter, SubscriptionFilterBuilder,
    SubscriptionFilterProps,
};
