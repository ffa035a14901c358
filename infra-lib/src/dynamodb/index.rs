//! Secondary indexes.

use std::panic::Location;

use super::attribute::{Attribute, key_schema};
use super::options::Capacity;
use super::scaled_capacity::ScaledCapacity;
use crate::core::{Data, Diagnostic, Resource, Scope, Value, codes, find_nearest};

/// Attributes that an index contains besides the keys of table and index.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub enum Projection {
    /// All attributes of the items.
    #[default]
    All,
    /// None: the keys only.
    KeysOnly,
    /// These attributes.
    Include(Vec<String>),
}

impl Projection {
    fn data(&self) -> Data {
        let kind = |name: &'static str| ("ProjectionType", Data::from(name));
        match self {
            Self::All => Data::map([kind("ALL")]),
            Self::KeysOnly => Data::map([kind("KEYS_ONLY")]),
            Self::Include(names) => {
                let names = names.iter().cloned().map(Data::from);
                Data::map([kind("INCLUDE"), ("NonKeyAttributes", Data::list(names))])
            }
        }
    }
}

/// A global secondary index: the items of the table under another partition key.
#[derive(Clone, Debug)]
pub struct GlobalIndex {
    pub(super) name: String,
    pub(super) partition_key: Attribute,
    pub(super) sort_key: Option<Attribute>,
    projection: Projection,
    pub(super) capacity: Option<Capacity>,
}

impl GlobalIndex {
    /// Creates an index with a name of 3 to 255 letters, digits, `_`, `.` and `-`, and its partition key. It contains all
    /// attributes of the items.
    pub fn new(name: impl Into<String>, partition_key: Attribute) -> Self {
        Self {
            name: name.into(),
            partition_key,
            sort_key: None,
            projection: Projection::All,
            capacity: None,
        }
    }

    /// Sets the sort key. Default: none.
    #[must_use]
    pub fn sort_key(mut self, sort_key: Attribute) -> Self {
        self.sort_key = Some(sort_key);
        self
    }

    /// Sets the attributes that the index contains. Default: all.
    #[must_use]
    pub fn projection(mut self, projection: Projection) -> Self {
        self.projection = projection;
        self
    }

    /// Sets the provisioned capacity. Default: that of the table. A table that is billed on demand has none (`INF4825`).
    #[must_use]
    pub const fn capacity(mut self, capacity: Capacity) -> Self {
        self.capacity = Some(capacity);
        self
    }

    /// Returns the index of a table in one region.
    pub(super) fn data(&self, table: Option<Capacity>) -> Data {
        let capacity = self.capacity.or(table);
        self.with_capacity(
            capacity.map(|capacity| ("ProvisionedThroughput", capacity.provisioned())),
        )
    }

    /// Returns the index of a global table, with its capacity for writes.
    pub(super) fn scaled(&self, table: Option<ScaledCapacity>) -> Data {
        self.with_capacity(
            table.map(|capacity| ("WriteProvisionedThroughputSettings", capacity.write())),
        )
    }

    fn with_capacity(&self, capacity: Option<(&'static str, Data)>) -> Data {
        let keys = key_schema(&self.partition_key, self.sort_key.as_ref());
        Data::map(
            [
                ("IndexName", Data::from(self.name.clone())),
                ("KeySchema", keys),
                ("Projection", self.projection.data()),
            ]
            .into_iter()
            .chain(capacity),
        )
    }
}

/// A local secondary index: the items of a partition in the order of another sort key. It is created with the table
/// only, and limits the items of a partition key to 10 GB.
#[derive(Clone, Debug)]
pub struct LocalIndex {
    pub(super) name: String,
    pub(super) sort_key: Attribute,
    projection: Projection,
}

impl LocalIndex {
    /// Creates an index with a name of 3 to 255 letters, digits, `_`, `.` and `-`, and its sort key. It contains all
    /// attributes of the items.
    pub fn new(name: impl Into<String>, sort_key: Attribute) -> Self {
        Self {
            name: name.into(),
            sort_key,
            projection: Projection::All,
        }
    }

    /// Sets the attributes that the index contains. Default: all.
    #[must_use]
    pub fn projection(mut self, projection: Projection) -> Self {
        self.projection = projection;
        self
    }

    pub(super) fn data(&self, partition_key: &Attribute) -> Data {
        Data::map([
            ("IndexName", Data::from(self.name.clone())),
            ("KeySchema", key_schema(partition_key, Some(&self.sort_key))),
            ("Projection", self.projection.data()),
        ])
    }
}

/// Returns the indexes of a table as a property, or `None` without any.
pub(super) fn filled<T>(indexes: impl Iterator<Item = Data>) -> Option<Value<Vec<T>>> {
    let indexes: Vec<Data> = indexes.collect();
    (!indexes.is_empty()).then(|| Value::from_data(Data::list(indexes)))
}

/// Returns the names of the global and local secondary indexes of a table.
pub(super) fn names(table: Resource<'_>) -> Vec<String> {
    [
        names_in(table, "GlobalSecondaryIndexes"),
        names_in(table, "LocalSecondaryIndexes"),
    ]
    .concat()
}

/// Returns the names of the global secondary indexes of a table.
pub(super) fn global_names(table: Resource<'_>) -> Vec<String> {
    names_in(table, "GlobalSecondaryIndexes")
}

fn names_in(table: Resource<'_>, property: &str) -> Vec<String> {
    let data = table.prop(property);
    let list = data.as_ref().and_then(Data::as_list).unwrap_or_default();
    let name = |index: &Data| Some(index.as_map()?.get("IndexName")?.as_text()?.to_owned());
    list.iter().filter_map(name).collect()
}

/// Reports a name that is not among those of the indexes of a table (`INF4826`).
#[track_caller]
pub(super) fn check_name(scope: Scope<'_>, names: &[String], index: &str) {
    if names.iter().any(|name| name == index) {
        return;
    }
    let mut finding = Diagnostic::new(
        codes::UNKNOWN_INDEX,
        format!("the table has no index `{index}`"),
    )
    .origin(Location::caller())
    .actual(index)
    .expected(if names.is_empty() {
        "a table with indexes".to_owned()
    } else {
        format!("one of `{}`", names.join("`, `"))
    })
    .url("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/SecondaryIndexes.html");
    if let Some(near) = find_nearest(index, names.iter().map(String::as_str)) {
        finding = finding.help(format!("did you mean `{near}`?"));
    }
    scope.report(finding);
}

/// Adds the setters of indexes to the builder of a table.
macro_rules! index_setters {
    ($builder:ident, $module:ident) => {
        impl<S: $module::State> $builder<'_, S> {
            /// Adds a global secondary index.
            pub fn global_index(mut self, index: $crate::dynamodb::GlobalIndex) -> Self {
                self.global_indexes.push(index);
                self
            }

            /// Adds global secondary indexes.
            pub fn global_indexes(
                mut self,
                indexes: impl IntoIterator<Item = $crate::dynamodb::GlobalIndex>,
            ) -> Self {
                self.global_indexes.extend(indexes);
                self
            }

            /// Adds a local secondary index.
            pub fn local_index(mut self, index: $crate::dynamodb::LocalIndex) -> Self {
                self.local_indexes.push(index);
                self
            }

            /// Adds local secondary indexes.
            pub fn local_indexes(
                mut self,
                indexes: impl IntoIterator<Item = $crate::dynamodb::LocalIndex>,
            ) -> Self {
                self.local_indexes.extend(indexes);
                self
            }
        }
    };
}
pub(super) use index_setters;
