//! JSON Schema of a finding.

use schemars::JsonSchema;

/// Finding: what is wrong, where, and what to do.
///
/// Describes the JSON that [`infra_core::Diagnostic::to_json`] writes; no value of this type exists.
#[derive(Debug, JsonSchema)]
#[schemars(
    rename_all = "camelCase",
    description = "A finding: message, location and suggested correction."
)]
#[expect(
    dead_code,
    reason = "the schema of `Diagnostic::to_json`, never made itself"
)]
#[non_exhaustive]
pub struct Finding {
    /// Code of the finding, such as `INF1001`; `explain CODE` prints its page.
    code: String,
    /// Severity: `warning`, `error` or `fatal`. Fatal findings cannot be acknowledged.
    severity: String,
    /// Description of the problem.
    message: String,
    #[schemars(skip_serializing_if = "Option::is_none")]
    construct_path: Option<String>,
    #[schemars(skip_serializing_if = "Option::is_none")]
    stack: Option<String>,
    #[schemars(skip_serializing_if = "Option::is_none")]
    logical_id: Option<String>,
    #[schemars(skip_serializing_if = "Option::is_none")]
    property_path: Option<String>,
    #[schemars(skip_serializing_if = "Option::is_none")]
    actual: Option<String>,
    #[schemars(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    /// Suggested remedy, usually a change in the program or a command.
    #[schemars(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    #[schemars(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Line of the user's program that created the construct.
    #[schemars(skip_serializing_if = "Option::is_none")]
    source: Option<Place>,
    #[schemars(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    #[schemars(default, skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related>,
}

/// Line of a program.
#[derive(Debug, JsonSchema)]
#[expect(dead_code, reason = "as above")]
struct Place {
    file: String,
    line: u32,
    column: u32,
}

/// Other line of the program that is related to a finding.
#[derive(Debug, JsonSchema)]
#[expect(dead_code, reason = "as above")]
struct Related {
    message: String,
    source: Place,
}
