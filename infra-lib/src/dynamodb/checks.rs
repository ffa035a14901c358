//! Checks of the keys and indexes of a table.

use std::collections::{BTreeMap, BTreeSet};

use super::attribute::{Attribute, AttributeType};
use super::index::{GlobalIndex, LocalIndex};
use crate::core::{Code, Data, Diagnostic, Scope, codes};

/// Maximum number of global secondary indexes, a quota that AWS raises on request.
const GLOBAL_INDEXES: usize = 20;
/// Maximum number of local secondary indexes.
const LOCAL_INDEXES: usize = 5;

const QUOTAS: &str =
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html";

/// The keys and indexes of a new table.
pub(super) struct Layout<'a> {
    pub(super) partition_key: &'a Attribute,
    pub(super) sort_key: Option<&'a Attribute>,
    pub(super) global_indexes: &'a [GlobalIndex],
    pub(super) local_indexes: &'a [LocalIndex],
}

impl Layout<'_> {
    fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        let global = self
            .global_indexes
            .iter()
            .flat_map(|index| [Some(&index.partition_key), index.sort_key.as_ref()]);
        let local = self.local_indexes.iter().map(|index| &index.sort_key);
        [self.partition_key]
            .into_iter()
            .chain(self.sort_key)
            .chain(global.flatten())
            .chain(local)
    }

    /// Returns the `AttributeDefinitions`, each attribute once, in the order of first use.
    pub(super) fn definitions(&self) -> Data {
        let mut seen = BTreeSet::new();
        let new = self
            .attributes()
            .filter(|attribute| seen.insert(attribute.name.clone()));
        Data::list(new.map(|attribute| {
            Data::map([
                ("AttributeName", Data::from(attribute.name.clone())),
                ("AttributeType", Data::from(attribute.kind.as_str())),
            ])
        }))
    }

    /// Reports what DynamoDB rejects. Indexes can have a capacity of their own unless there is a reason against it, which is
    /// given with the way out.
    pub(super) fn check(
        &self,
        no_index_capacity: Option<[&str; 2]>,
        time_to_live: Option<&str>,
        scope: Scope<'_>,
    ) {
        let report = |code: Code, property: &'static str, message: String, expected: &str| {
            scope.report(
                Diagnostic::new(code, message)
                    .property(property)
                    .expected(expected)
                    .url(QUOTAS),
            );
        };
        let mut kinds: BTreeMap<&str, AttributeType> = BTreeMap::new();
        let mut reported = BTreeSet::new();
        for attribute in self.attributes() {
            let kind = *kinds.entry(&attribute.name).or_insert(attribute.kind);
            if kind != attribute.kind && reported.insert(&attribute.name) {
                report(
                    codes::KEY_ATTRIBUTE_TYPE,
                    "AttributeDefinitions",
                    format!(
                        "the key attribute `{}` has the types {} and {}",
                        attribute.name,
                        kind.as_str(),
                        attribute.kind.as_str()
                    ),
                    "one type in the keys of the table and of all indexes",
                );
            }
        }
        if let Some(kind) = time_to_live.and_then(|name| kinds.get(name))
            && *kind != AttributeType::Number
        {
            report(
                codes::TIME_TO_LIVE_TYPE,
                "TimeToLiveSpecification.AttributeName",
                format!(
                    "the time to live attribute `{}` has the type {}",
                    time_to_live.unwrap_or_default(),
                    kind.as_str()
                ),
                "a number, in seconds since 1970",
            );
        }
        let mut names = BTreeSet::new();
        let global = self.global_indexes.iter().map(|index| &index.name);
        for name in global.chain(self.local_indexes.iter().map(|index| &index.name)) {
            if !names.insert(name) {
                report(
                    codes::DUPLICATE_INDEX_NAME,
                    "GlobalSecondaryIndexes",
                    format!("two indexes have the name `{name}`"),
                    "a name of its own for each global and local secondary index",
                );
            }
        }
        for (count, most, property, kind) in [
            (
                self.global_indexes.len(),
                GLOBAL_INDEXES,
                "GlobalSecondaryIndexes",
                "global",
            ),
            (
                self.local_indexes.len(),
                LOCAL_INDEXES,
                "LocalSecondaryIndexes",
                "local",
            ),
        ] {
            if count > most {
                report(
                    codes::TOO_MANY_INDEXES,
                    property,
                    format!("a table has {count} {kind} secondary indexes"),
                    &format!("at most {most}"),
                );
            }
        }
        if self.sort_key.is_none() && !self.local_indexes.is_empty() {
            report(
                codes::LOCAL_INDEX_KEY,
                "KeySchema",
                "a table with a local secondary index has no sort key".to_owned(),
                "a sort key: `.sort_key(Attribute::string(\"…\"))`, or a `GlobalIndex`",
            );
        }
        if let Some([reason, expected]) = no_index_capacity {
            for index in self.global_indexes.iter().filter(|i| i.capacity.is_some()) {
                report(
                    codes::INDEX_CAPACITY,
                    "GlobalSecondaryIndexes",
                    format!(
                        "the index `{}` has provisioned capacity, but {reason}",
                        index.name
                    ),
                    expected,
                );
            }
        }
    }
}
