//! Reads the outputs of deployed stacks. Makes read-only calls.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::Target;
use crate::Operation;
use infra_aws::{Cloud, StackOutput};
use infra_template::assembly::CloudAssembly;

/// Outputs of one deployed stack, with the names that identify the stack.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StackOutputs {
    /// Construct path of the stack below the app, such as `Prod/Data`.
    pub path: String,
    /// Name of the stack in CloudFormation, such as `notes-prod-data`.
    pub stack: String,
    /// Region that the stack is deployed in, such as `eu-west-1`.
    pub region: String,
    /// Outputs with their current values, ordered by name; empty if the stack has none.
    pub outputs: Vec<StackOutput>,
}

/// Returns the outputs of the selected stacks; of all deployed stacks of the app if none is named.
///
/// A named stack that is not deployed is an error.
pub fn read_outputs(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    stacks: Vec<String>,
) -> Operation<Vec<StackOutputs>> {
    Operation::new(|_| async move {
        let mut found = Vec::new();
        for target in Target::select_stacks(&cloud, &assembly, &stacks).await? {
            let description = if stacks.is_empty() {
                target.describe_stack().await?
            } else {
                Some(target.describe_deployed().await?)
            };
            let Some(description) = description else {
                continue;
            };
            let mut outputs = description.outputs;
            outputs.sort_by(|a, b| a.name.cmp(&b.name));
            found.push(StackOutputs {
                path: target.stack.path.clone(),
                stack: target.stack.name.clone(),
                region: target.region.clone(),
                outputs,
            });
        }
        Ok(found)
    })
}
