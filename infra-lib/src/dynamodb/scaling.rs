//! Provisioned capacity of tables that follows its use.

use super::Table;
use super::index::{check_name, global_names};
use super::scaled_capacity::{ScaledCapacity, URL};
use crate::applicationautoscaling::{
    PredefinedMetric, ScalableResource, ScalableTarget, TargetTracking,
};
use crate::cfn::applicationautoscaling::scalable_target::{ScalableDimension, ServiceNamespace};
use crate::core::{Construct, Data, Diagnostic, codes, sub};

/// Capacity for reads or for writes.
#[derive(Clone, Copy)]
enum Units {
    Read,
    Write,
}

impl<'app> Table<'app> {
    /// Lets Application Auto Scaling adjust the capacity for reads of the table, between two bounds and by its use.
    /// Schedules of the target change the bounds.
    ///
    /// The table begins with the capacity of [`Billing::Provisioned`](super::Billing::Provisioned), to which a deployment
    /// that changes it returns. A table that is billed on demand has no capacity to adjust (`INF4939`). Capacity is
    /// added again after one minute at the earliest and removed after five; DynamoDB limits how often it is removed.
    /// Indexes are scaled on their own, by [`scale_index_read`](Self::scale_index_read). AWS creates and uses the
    /// service-linked role of Application Auto Scaling for DynamoDB.
    ///
    /// ```
    /// use infra_lib::applicationautoscaling::Schedule;
    /// use infra_lib::dynamodb::{Attribute, Billing, Capacity, GlobalIndex, ScaledCapacity, Table};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let notes = Table::builder()
    ///     .partition_key(Attribute::string("id"))
    ///     .global_index(GlobalIndex::new("byTag", Attribute::string("tag")))
    ///     .billing(Billing::Provisioned(Capacity::new(5, 5)))
    ///     .build(stack, "Notes");
    /// notes
    ///     .scale_read(ScaledCapacity::new(5, 100))
    ///     .on_schedule("Morning", &Schedule::cron("0 7 ? * MON-FRI *"), 50, 100);
    /// notes.scale_write(ScaledCapacity::new(5, 50).utilization(60));
    /// notes.scale_index_read("byTag", ScaledCapacity::new(5, 100));
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    ///
    /// See [auto scaling of
    /// tables](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html).
    #[track_caller]
    pub fn scale_read(&self, capacity: ScaledCapacity) -> ScalableTarget<'app> {
        self.scale(Units::Read, None, capacity)
    }

    /// Lets Application Auto Scaling adjust the capacity for writes of the table, as [`scale_read`](Self::scale_read)
    /// does that for reads. An index with too little capacity for writes delays those of the table, so scale both.
    #[track_caller]
    pub fn scale_write(&self, capacity: ScaledCapacity) -> ScalableTarget<'app> {
        self.scale(Units::Write, None, capacity)
    }

    /// Lets Application Auto Scaling adjust the capacity for reads of a global secondary index. Names that the table does
    /// not have are reported (`INF4826`).
    #[track_caller]
    pub fn scale_index_read(&self, index: &str, capacity: ScaledCapacity) -> ScalableTarget<'app> {
        self.scale(Units::Read, Some(index), capacity)
    }

    /// Lets Application Auto Scaling adjust the capacity for writes of a global secondary index. Names that the table does
    /// not have are reported (`INF4826`).
    #[track_caller]
    pub fn scale_index_write(&self, index: &str, capacity: ScaledCapacity) -> ScalableTarget<'app> {
        self.scale(Units::Write, Some(index), capacity)
    }

    #[track_caller]
    fn scale(
        &self,
        units: Units,
        index: Option<&str>,
        capacity: ScaledCapacity,
    ) -> ScalableTarget<'app> {
        let (kind, metric) = match units {
            Units::Read => (
                "ReadScaling",
                PredefinedMetric::DynamoDbReadCapacityUtilization,
            ),
            Units::Write => (
                "WriteScaling",
                PredefinedMetric::DynamoDbWriteCapacityUtilization,
            ),
        };
        let dimension = match (units, index) {
            (Units::Read, None) => ScalableDimension::DYNAMODB_TABLE_READ_CAPACITY_UNITS,
            (Units::Write, None) => ScalableDimension::DYNAMODB_TABLE_WRITE_CAPACITY_UNITS,
            (Units::Read, Some(_)) => ScalableDimension::DYNAMODB_INDEX_READ_CAPACITY_UNITS,
            (Units::Write, Some(_)) => ScalableDimension::DYNAMODB_INDEX_WRITE_CAPACITY_UNITS,
        };
        let resource_id = match index {
            None => sub!["table/", self.table_name()],
            Some(index) => sub!["table/", self.table_name(), "/index/", index],
        };
        let id = format!("{}{kind}", index.unwrap_or_default());
        let scope = self.scope().at_caller().construct(&id);
        if let Some(index) = index {
            check_name(scope, &global_names(*self.cfn()), index);
        }
        if !self.is_provisioned() {
            scope.report(
                Diagnostic::new(
                    codes::SCALED_ON_DEMAND,
                    "a table that is billed on demand has no capacity to adjust",
                )
                .expected("`.billing(Billing::Provisioned(…))`, or no scaling")
                .url(URL),
            );
        }
        if capacity.min == 0 {
            capacity.check_bounds(scope);
        }
        let target = ScalableTarget::builder()
            .resource(ScalableResource::new(
                ServiceNamespace::DYNAMODB,
                dimension,
                resource_id,
            ))
            .min_capacity(capacity.min)
            .max_capacity(capacity.max)
            .build(scope, "Target");
        target.track(
            "Tracking",
            TargetTracking::new(metric, capacity.utilization),
        );
        target
    }

    fn is_provisioned(&self) -> bool {
        let mode = self.cfn().prop("BillingMode");
        mode.as_ref().and_then(Data::as_text) == Some("PROVISIONED")
    }
}
