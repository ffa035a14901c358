//! How long things usually take.

/// Seconds that such a resource usually takes for what a status such as `CREATE_IN_PROGRESS` says.
pub fn typical_seconds(_type_name: &str, _status: &str) -> Option<u64> {
    None
}
