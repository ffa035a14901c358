//! Typical durations in seconds by resource type, and the longest chain of a deployment.
//!
//! The values are published measurements (medians) and figures documented by AWS. They are precise enough to distinguish one minute from a quarter of
//! an hour.

mod chain;
mod table;

pub use chain::estimate_changes;
pub use table::{Spread, duration_sources, known_spread, property_spread};

/// An operation on a resource, as far as durations are concerned.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Work {
    /// Creation of the resource.
    Create,
    /// Update in place, without replacement.
    Update,
    /// Deletion of the resource.
    Delete,
}

/// Durations to create, update and delete a resource of a type that is not in the table: a few fast calls plus the overhead of CloudFormation.
const OTHERWISE: [Spread; 3] = [
    Spread::new(1, 10, 120),
    Spread::new(1, 10, 120),
    Spread::new(1, 5, 60),
];

/// Returns the typical duration of an operation in seconds, or `None` for an unknown resource type.
pub fn known_seconds(type_name: &str, work: Work) -> Option<u64> {
    Some(known_spread(type_name, work)?.expected)
}

/// Returns the typical duration of an operation in seconds, or a small default for an unknown resource type.
pub fn expected_seconds(type_name: &str, work: Work) -> u64 {
    expected_spread(type_name, work).expected
}

/// Returns the duration of an operation with its spread, or a small default with a wide spread for an unknown resource type.
pub fn expected_spread(type_name: &str, work: Work) -> Spread {
    known_spread(type_name, work).unwrap_or(OTHERWISE[work as usize])
}

/// Returns the typical duration in seconds of the operation that a status such as `CREATE_IN_PROGRESS` denotes, or `None` if it is unknown.
pub fn typical_seconds(type_name: &str, status: &str) -> Option<u64> {
    let work = match status.split('_').next()? {
        "CREATE" | "IMPORT" => Work::Create,
        "UPDATE" => Work::Update,
        "DELETE" => Work::Delete,
        _ => return None,
    };
    known_seconds(type_name, work)
}

#[cfg(test)]
mod tests {
    use super::{Work, expected_seconds, typical_seconds};

    #[test]
    fn returns_typical_duration_for_status() {
        let database = |status| typical_seconds("AWS::RDS::DBInstance", status);
        assert_eq!(database("CREATE_IN_PROGRESS"), Some(595));
        assert_eq!(database("UPDATE_IN_PROGRESS"), Some(171));
        assert_eq!(database("DELETE_IN_PROGRESS"), Some(300));
        assert_eq!(database("ROLLBACK_IN_PROGRESS"), None);
        assert_eq!(typical_seconds("Custom::Thing", "CREATE_IN_PROGRESS"), None);
        assert_eq!(expected_seconds("Custom::Thing", Work::Create), 10);
    }
}
