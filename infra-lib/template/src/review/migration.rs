//! Migrations that a deployment runs, with their steps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ResourceName;

/// The effect of a step on the schema of a database.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Effect {
    /// The step adds to the schema; the previous version continues to work.
    Expands,
    /// The step removes or changes parts of the schema that the previous version uses.
    Contracts,
}

/// A step of a migration, which is applied to a database once.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Step {
    /// Name of the step, by which a deployment recognizes steps that the deployed template contains.
    pub name: String,
    /// Effect of the step on the schema: expanding or contracting.
    pub effect: Effect,
}

impl Step {
    /// Returns `true` if the previous version cannot work after the step.
    pub fn is_contracting(&self) -> bool {
        self.effect == Effect::Contracts
    }
}

/// A migration that a deployment runs as a one-off ECS task.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MigrationRun {
    /// Task definition with which the migration runs.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// Steps that the deployed template does not contain, in order. The migration also runs if the list is empty.
    pub steps: Vec<Step>,
}
