//! JSON document of `validate --json`.

use infra_core::Diagnostic;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as JsonValue;

use super::{Finding, VERSION};

/// Findings of a validation, with those that the app acknowledges listed separately.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[schemars(title = "Validation: `validate --json`")]
pub struct ValidationDocument {
    /// Version of the format of this document.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// Findings that are not acknowledged, the most severe first.
    #[schemars(with = "Vec<Finding>")]
    findings: Vec<JsonValue>,
    /// Findings that the app acknowledges with a reason.
    #[schemars(with = "Vec<Finding>")]
    acknowledged: Vec<JsonValue>,
}

impl ValidationDocument {
    /// Creates a document with the findings of an app, followed by those of other checks of its assembly. `accepted` are acknowledged findings of
    /// these checks.
    pub fn with_others(
        findings: Vec<JsonValue>,
        acknowledged: Vec<JsonValue>,
        others: &[Diagnostic],
        accepted: &[Diagnostic],
    ) -> Self {
        let mut document = Self::new(others, accepted);
        document.findings.splice(0..0, findings);
        document.acknowledged.splice(0..0, acknowledged);
        document
    }

    /// Creates a document from the findings of one program, acknowledged ones separately.
    pub fn new(findings: &[Diagnostic], acknowledged: &[Diagnostic]) -> Self {
        let list = |found: &[Diagnostic]| found.iter().map(Diagnostic::to_json).collect();
        Self {
            version: VERSION,
            findings: list(findings),
            acknowledged: list(acknowledged),
        }
    }
}
