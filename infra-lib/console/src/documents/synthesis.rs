//! JSON document of `synth --json`.

use infra_core::{Diagnostic, StackArtifact, Synthesis};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as JsonValue;

use super::{Finding, VERSION};

/// Summary of a synthesis: the files that were written, the stacks, and the findings.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[schemars(title = "Synthesis: `synth --json`")]
pub struct SynthesisDocument {
    /// Version of the format of this document.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// Folder of the cloud assembly; `null` if nothing was written.
    directory: Option<String>,
    /// Files of the cloud assembly, relative to its folder; `null` if nothing was written.
    files: Option<Vec<String>>,
    /// Stacks in deployment order.
    stacks: Vec<SynthesizedStack>,
    /// Number of findings that are errors.
    errors: usize,
    /// Number of findings that are warnings.
    warnings: usize,
    /// Findings that are not acknowledged, the most severe first.
    #[schemars(with = "Vec<Finding>")]
    findings: Vec<JsonValue>,
    /// Number of acknowledged findings.
    acknowledged: usize,
}

/// Synthesized stack, with the size of its template.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct SynthesizedStack {
    /// Construct path of the stack.
    path: String,
    /// Name of the stack in CloudFormation.
    stack_name: String,
    /// Account and region as in the manifest: `aws://ACCOUNT/REGION`.
    environment: String,
    /// Artifact IDs of the stacks that are deployed before this one.
    dependencies: Vec<String>,
    /// Number of resources in the template.
    resources: usize,
    /// Size of the template in bytes; templates of more than 51,200 bytes need a bucket.
    template_bytes: usize,
}

impl SynthesisDocument {
    /// Creates the summary of a synthesis. `written` is the folder of the cloud assembly with its files, if it was written.
    pub fn new(synthesis: &Synthesis, written: Option<(String, Vec<String>)>) -> Self {
        let (directory, files) = written.unzip();
        let counts = synthesis.summary();
        Self {
            version: VERSION,
            directory,
            files,
            stacks: synthesis.stacks().iter().map(summarize_stack).collect(),
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

fn summarize_stack(stack: &StackArtifact) -> SynthesizedStack {
    SynthesizedStack {
        path: stack.path.clone(),
        stack_name: stack.stack_name.clone(),
        environment: stack.environment.to_string(),
        dependencies: stack.dependencies.clone(),
        resources: stack.template.resources.len(),
        template_bytes: stack.template.json().len(),
    }
}
