//! Migrations that a deployment runs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ResourceName;

/// What a step does to the schema of a database.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Effect {
    /// It adds: the version before works on.
    Expands,
    /// It takes away or changes what the version before uses.
    Contracts,
}

/// A step of a migration.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Step {
    /// Its name.
    pub name: String,
    /// What it does.
    pub effect: Effect,
}

impl Step {
    /// Whether the version before cannot live with it.
    pub fn contracts(&self) -> bool {
        self.effect == Effect::Contracts
    }
}

/// A migration that a deployment runs.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MigrationRun {
    /// Its task definition.
    #[serde(flatten)]
    pub resource: ResourceName,
    /// The steps that the deployed template does not have.
    pub steps: Vec<Step>,
}
