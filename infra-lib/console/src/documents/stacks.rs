//! JSON document of `ls --json`.

use std::collections::BTreeMap;

use infra_core::{StackArtifact, Synthesis};
use schemars::JsonSchema;
use serde::Serialize;

/// Stacks of the app in deployment order: producers before the stacks that read from them.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[schemars(title = "Stacks: `ls --json`")]
pub struct StackListDocument(Vec<ListedStack>);

/// Stack of the app.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct ListedStack {
    /// Construct path of the stack.
    path: String,
    /// Name of the stack in CloudFormation.
    stack_name: String,
    /// Account and region that the stack is deployed to.
    environment: Target,
    /// Number of resources in the template.
    resources: usize,
    /// Construct paths of the stacks that are deployed before this one.
    dependencies: Vec<String>,
    /// True if termination protection is enabled, so that CloudFormation refuses to delete the stack.
    termination_protection: bool,
    /// Tags of the stack, which CloudFormation also applies to its resources.
    tags: BTreeMap<String, String>,
}

/// Account and region of a stack; `null` if the credentials of the deployment decide.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
struct Target {
    /// ID of the AWS account, twelve digits.
    account: Option<String>,
    /// Region, such as `eu-west-1`.
    region: Option<String>,
}

impl StackListDocument {
    /// Creates the list of all stacks from the result of a synthesis.
    pub fn new(synthesis: &Synthesis) -> Self {
        let stacks = synthesis.stacks().iter();
        Self(
            stacks
                .map(|stack| describe_stack(synthesis, stack))
                .collect(),
        )
    }
}

fn describe_stack(synthesis: &Synthesis, stack: &StackArtifact) -> ListedStack {
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
