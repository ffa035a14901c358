//! The document of `validate --json`.

use infra_core::Diagnostic;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as JsonValue;

use super::{Finding, VERSION};

/// Findings of an app.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[schemars(title = "Validation: `validate --json`")]
pub struct ValidationDocument {
    /// Version of this format.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// Findings that are not acknowledged, the worst first.
    #[schemars(with = "Vec<Finding>")]
    findings: Vec<JsonValue>,
    /// Findings that the app acknowledges with a reason.
    #[schemars(with = "Vec<Finding>")]
    acknowledged: Vec<JsonValue>,
}

impl ValidationDocument {
    /// Describes findings of an app, and after them those that others have about its assembly.
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

    /// Describes findings.
    pub fn new(findings: &[Diagnostic], acknowledged: &[Diagnostic]) -> Self {
        let list = |found: &[Diagnostic]| found.iter().map(Diagnostic::to_json).collect();
        Self {
            version: VERSION,
            findings: list(findings),
            acknowledged: list(acknowledged),
        }
    }
}
