//! Replicas of global tables.

use std::collections::BTreeMap;

use super::options::{PointInTimeRecovery, TableClass};
use crate::core::{Data, IntoValue, Value};

/// A copy of a [`GlobalTable`](super::GlobalTable) in another region. What is not set is as in the region of the stack.
///
/// ```
/// use infra_lib::dynamodb::{Attribute, GlobalTable, PointInTimeRecovery, Replica};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// GlobalTable::builder()
///     .partition_key(Attribute::string("id"))
///     .replica(Replica::new("eu-west-1").point_in_time_recovery(PointInTimeRecovery::Days(7)))
///     .build(stack, "Notes");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
#[must_use = "a replica has no effect until it is added to a table"]
pub struct Replica {
    pub(super) region: String,
    pub(super) key: Option<Value<String>>,
    settings: ReplicaSettings,
}

/// Settings that each region of a global table has.
#[derive(Clone, Debug, Default)]
pub(super) struct ReplicaSettings {
    pub(super) point_in_time_recovery: Option<PointInTimeRecovery>,
    pub(super) deletion_protection: Option<bool>,
    pub(super) contributor_insights: Option<bool>,
    pub(super) table_class: Option<TableClass>,
    pub(super) tags: BTreeMap<String, Value<String>>,
}

impl Replica {
    /// Creates a replica in a region, such as `eu-west-1`.
    pub fn new(region: impl Into<String>) -> Self {
        Self {
            region: region.into(),
            key: None,
            settings: ReplicaSettings::default(),
        }
    }

    /// Sets the ARN of the customer managed key of this region. Required for a table with a customer managed key, and
    /// reported for others (`INF4995`).
    pub fn key(mut self, arn: impl IntoValue<String>) -> Self {
        self.key = Some(arn.into_value());
        self
    }

    /// Sets the continuous backups.
    pub const fn point_in_time_recovery(mut self, recovery: PointInTimeRecovery) -> Self {
        self.settings.point_in_time_recovery = Some(recovery);
        self
    }

    /// Sets the protection against deletion.
    pub const fn deletion_protection(mut self, on: bool) -> Self {
        self.settings.deletion_protection = Some(on);
        self
    }

    /// Sets the recording of the most used keys by CloudWatch Contributor Insights.
    pub const fn contributor_insights(mut self, on: bool) -> Self {
        self.settings.contributor_insights = Some(on);
        self
    }

    /// Sets the class of the table.
    pub const fn table_class(mut self, class: TableClass) -> Self {
        self.settings.table_class = Some(class);
        self
    }

    /// Adds a tag, or changes one of the table.
    pub fn tag(mut self, key: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.settings.tags.insert(key.into(), value.into_value());
        self
    }

    /// Returns the entry of `Replicas`.
    pub(super) fn property(self, table: &ReplicaSettings, shared: &[(&'static str, Data)]) -> Data {
        let settings = self.settings.or(table);
        entry(Data::from(self.region), self.key, &settings, shared)
    }
}

impl ReplicaSettings {
    fn or(mut self, table: &Self) -> Self {
        for (key, value) in &table.tags {
            let tag = self.tags.entry(key.clone());
            tag.or_insert_with(|| value.clone());
        }
        Self {
            point_in_time_recovery: self.point_in_time_recovery.or(table.point_in_time_recovery),
            deletion_protection: self.deletion_protection.or(table.deletion_protection),
            contributor_insights: self.contributor_insights.or(table.contributor_insights),
            table_class: self.table_class.or(table.table_class),
            tags: self.tags,
        }
    }
}

/// Returns an entry of `Replicas`, with what all have in common.
pub(super) fn entry(
    region: Data,
    key: Option<Value<String>>,
    settings: &ReplicaSettings,
    shared: &[(&'static str, Data)],
) -> Data {
    let mut entry = vec![("Region", region)];
    if let Some(on) = settings.deletion_protection {
        entry.push(("DeletionProtectionEnabled", Data::from(on)));
    }
    let recovery = settings.point_in_time_recovery;
    if let Some(recovery) = recovery.and_then(PointInTimeRecovery::property) {
        entry.push(("PointInTimeRecoverySpecification", recovery));
    }
    if settings.contributor_insights == Some(true) {
        let on = Data::map([("Enabled", Data::from(true))]);
        entry.push(("ContributorInsightsSpecification", on));
    }
    if settings.table_class == Some(TableClass::InfrequentAccess) {
        entry.push(("TableClass", Data::from("STANDARD_INFREQUENT_ACCESS")));
    }
    if let Some(key) = key {
        let key = Data::map([("KMSMasterKeyId", key.into_data())]);
        entry.push(("SSESpecification", key));
    }
    if !settings.tags.is_empty() {
        let tag = |(key, value): (&String, &Value<String>)| {
            Data::map([
                ("Key", Data::from(key.clone())),
                ("Value", value.clone().into_data()),
            ])
        };
        entry.push(("Tags", Data::list(settings.tags.iter().map(tag))));
    }
    entry.extend(shared.iter().cloned());
    Data::map(entry)
}
