//! What deployed stacks publish. Reads only.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::Target;
use crate::Operation;
use infra_aws::{Cloud, StackOutput};
use infra_template::assembly::CloudAssembly;

/// What a stack publishes.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StackOutputs {
    /// The construct path.
    pub path: String,
    /// The name in CloudFormation.
    pub stack: String,
    /// The region.
    pub region: String,
    /// Outputs, by name.
    pub outputs: Vec<StackOutput>,
}

/// The outputs of the stacks of these names; without a name, of every stack that is deployed.
///
/// A stack that was named and is not deployed is an error; otherwise it is left out.
pub fn outputs(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    stacks: Vec<String>,
) -> Operation<Vec<StackOutputs>> {
    Operation::new(|_| async move {
        let mut found = Vec::new();
        for target in Target::select(&cloud, &assembly, &stacks).await? {
            let description = if stacks.is_empty() {
                target.describe().await?
            } else {
                Some(target.deployed().await?)
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
