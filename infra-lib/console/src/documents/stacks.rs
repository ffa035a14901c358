//! The document of `ls --json`.

use std::collections::BTreeMap;

use infra_core::{StackArtifact, Synthesis};
use schemars::JsonSchema;
use serde::Serialize;

/// Stacks in deployment order.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[schemars(title = "Stacks: `ls --json`")]
pub struct StackListDocument(Vec<ListedStack>);

/// A stack of the app.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct ListedStack {
    /// Construct path.
    path: String,
    /// Name in CloudFormation.
    stack_name: String,
    /// Target of the deployment.
    environment: Target,
    /// Number of resources.
    resources: usize,
    /// Construct paths of the stacks that are deployed before.
    dependencies: Vec<String>,
    /// True where CloudFormation refuses to delete the stack.
    termination_protection: bool,
    /// Tags of the stack.
    tags: BTreeMap<String, String>,
}

/// Account and region; `null` where the credentials of a deployment decide.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
struct Target {
    /// Account with twelve digits.
    account: Option<String>,
    /// Region such as `eu-west-1`.
    region: Option<String>,
}

impl StackListDocument {
    /// Lists the stacks of a synthesis.
    pub fn new(synthesis: &Synthesis) -> Self {
        let stacks = synthesis.stacks().iter();
        Self(stacks.map(|stack| listed(synthesis, stack)).collect())
    }
}

fn listed(synthesis: &Synthesis, stack: &StackArtifact) -> ListedStack {
    let dependencies = stack.dependencies.iter();
    let dependencies = dependencies.filter_map(|id| synthesis.stack(id));
    ListedStack {
        path: stack.path.clone(),
        stack_name: stack.stack_name.clone(),
        environment: Target {
            account: stack.environment.account.clone(),
            region: stack.environment.region.clone(),
        },
        resources: stack.template.resources.len(),
        dependencies: dependencies.map(|stack| stack.path.clone()).collect(),
        termination_protection: stack.termination_protection,
        tags: stack.tags.clone(),
    }
}
