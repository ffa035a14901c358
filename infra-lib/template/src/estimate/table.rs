//! Reads the table of durations, `durations.txt`, which is part of the library.

use std::collections::BTreeMap;
use std::ops::Add;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Serialize;

use super::Work;

/// The rows, sorted by key.
const TEXT: &str = include_str!("durations.txt");

static ROWS: LazyLock<BTreeMap<&'static str, Row>> =
    LazyLock::new(|| TEXT.lines().filter_map(parse_row).collect());

/// Seconds with their spread.
#[derive(
    Clone, Copy, Debug, Default, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Spread {
    /// Seconds in a fast case: half of the smallest published value, unless the table has a better source.
    pub low: u64,
    /// Seconds in a typical case.
    pub expected: u64,
    /// Seconds in a slow case: twice the largest published value, unless the table has a better source.
    pub high: u64,
}

impl Spread {
    /// Creates a spread from its seconds.
    pub const fn new(low: u64, expected: u64, high: u64) -> Self {
        Self {
            low,
            expected,
            high,
        }
    }

    /// Returns the larger value of each.
    pub fn max_each(self, other: Self) -> Self {
        Self {
            low: self.low.max(other.low),
            expected: self.expected.max(other.expected),
            high: self.high.max(other.high),
        }
    }

    /// Returns the difference of each, at least zero.
    pub fn saturating_sub(self, other: Self) -> Self {
        Self {
            low: self.low.saturating_sub(other.low),
            expected: self.expected.saturating_sub(other.expected),
            high: self.high.saturating_sub(other.high),
        }
    }
}

impl Add for Spread {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            low: self.low + other.low,
            expected: self.expected + other.expected,
            high: self.high + other.high,
        }
    }
}

/// A row of the table: durations by [`Work`], and the names of its sources.
struct Row {
    durations: [Option<Spread>; 3],
    sources: &'static str,
}

fn parse_row(line: &'static str) -> Option<(&'static str, Row)> {
    if line.starts_with('#') {
        return None;
    }
    let mut cells = line.split(" | ");
    let key = cells.next()?;
    let mut spread = || parse_spread(cells.next().unwrap_or_default());
    let durations = [spread(), spread(), spread()];
    let sources = cells.next()?;
    Some((key, Row { durations, sources }))
}

fn parse_spread(cell: &str) -> Option<Spread> {
    let mut seconds = cell.split(' ').map(str::parse);
    Some(Spread {
        low: seconds.next()?.ok()?,
        expected: seconds.next()?.ok()?,
        high: seconds.next()?.ok()?,
    })
}

/// Returns the duration of an operation on a resource of a type, or `None` for an unknown type.
pub fn known_spread(type_name: &str, work: Work) -> Option<Spread> {
    ROWS.get(type_name)?.durations[work as usize]
}

/// Returns the duration of an update that changes a top-level property, if the table has one of its own.
pub fn property_spread(type_name: &str, property: &str) -> Option<Spread> {
    let key = format!("{type_name}.{property}");
    ROWS.get(key.as_str())?.durations[Work::Update as usize]
}

/// Returns the sources of the durations of a type, as the table names them, or `None` for an unknown type.
pub fn duration_sources(type_name: &str) -> Option<&'static str> {
    Some(ROWS.get(type_name)?.sources)
}

#[cfg(test)]
mod tests {
    use super::{ROWS, Spread, TEXT, Work, known_spread, property_spread};

    #[test]
    fn lists_existing_types_and_properties_in_sorted_rows() {
        let lines: Vec<&str> = TEXT.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(lines.len(), ROWS.len(), "every row is read, and none twice");
        let keys: Vec<&str> = lines
            .iter()
            .filter_map(|line| line.split(" | ").next())
            .collect();
        assert!(keys.is_sorted(), "sort the table");
        assert!(keys.len() >= 150);
        for (key, row) in ROWS.iter() {
            let (name, property) = key.split_once('.').unwrap_or((key, ""));
            let model = infra_schema::resource(name);
            assert!(model.is_some(), "{name}");
            assert!(
                property.is_empty() || model.unwrap().property(property).is_some(),
                "{key}"
            );
            let spreads: Vec<Spread> = row.durations.iter().flatten().copied().collect();
            assert_eq!(
                spreads.len(),
                if property.is_empty() { 3 } else { 1 },
                "{key}"
            );
            for spread in spreads {
                assert!(
                    spread.low <= spread.expected && spread.expected <= spread.high,
                    "{key}"
                );
            }
        }
    }

    #[test]
    fn names_sources_that_the_head_explains() {
        for (key, row) in ROWS.iter() {
            for source in row.sources.split(", ") {
                let explained = TEXT
                    .lines()
                    .any(|line| line.starts_with(&format!("#   {source} ")));
                assert!(explained, "{key}: {source}");
            }
        }
    }

    #[test]
    fn covers_published_deployments_that_are_no_source_of_the_table() {
        // Both were known when the table was written, so this shows that it does not contradict them, and no more.
        // Seven minutes for the update of an ECS service: awsdocs/aws-cdk-guide#316.
        let update = known_spread("AWS::ECS::Service", Work::Update).unwrap();
        assert!((update.low..=update.high).contains(&420));
        // Change of the class of a Multi-AZ instance, from 18:02:09 to 18:22:08 in the log of its events (2021-06-16).
        let class = property_spread("AWS::RDS::DBInstance", "DBInstanceClass").unwrap();
        assert!((class.low..=class.high).contains(&1_199));
    }
}
