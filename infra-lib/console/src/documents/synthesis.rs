//! The document of `synth --json`.

use infra_core::{Diagnostic, StackArtifact, Synthesis};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as JsonValue;

use super::{Finding, VERSION};

/// Summary of a synthesis.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[schemars(title = "Synthesis: `synth --json`")]
pub struct SynthesisDocument {
    /// Version of this format.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// Folder of the cloud assembly; `null` when nothing was written.
    directory: Option<String>,
    /// Files of the cloud assembly, below its folder; `null` when nothing was written.
    files: Option<Vec<String>>,
    /// Stacks in deployment order.
    stacks: Vec<SynthesizedStack>,
    /// Number of errors.
    errors: usize,
    /// Number of warnings.
    warnings: usize,
    /// Findings that are not acknowledged, the worst first.
    #[schemars(with = "Vec<Finding>")]
    findings: Vec<JsonValue>,
    /// Number of acknowledged findings.
    acknowledged: usize,
}

/// A stack and the size of its template.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct SynthesizedStack {
    /// Construct path.
    path: String,
    /// Name in CloudFormation.
    stack_name: String,
    /// Target as in the manifest: `aws://ACCOUNT/REGION`.
    environment: String,
    /// Artifacts that are deployed before.
    dependencies: Vec<String>,
    /// Number of resources.
    resources: usize,
    /// Size of the template in bytes; CloudFormation takes 51,200 without a bucket.
    template_bytes: usize,
}

impl SynthesisDocument {
    /// Summarizes a synthesis, with the folder that was written and its files.
    pub fn new(synthesis: &Synthesis, written: Option<(String, Vec<String>)>) -> Self {
        let (directory, files) = written.unzip();
        let counts = synthesis.summary();
        Self {
            version: VERSION,
            directory,
            files,
            stacks: synthesis.stacks().iter().map(summary).collect(),
            errors: counts.errors,
            warnings: counts.warnings,
            findings: synthesis
                .findings()
                .iter()
                .map(Diagnostic::to_json)
                .collect(),
            acknowledged: synthesis.acknowledged().len(),
        }
    }
}

fn summary(stack: &StackArtifact) -> SynthesizedStack {
    SynthesizedStack {
        path: stack.path.clone(),
        stack_name: stack.stack_name.clone(),
        environment: stack.environment.to_string(),
        dependencies: stack.dependencies.clone(),
        resources: stack.template.resources.len(),
        template_bytes: stack.template.json().len(),
    }
}
