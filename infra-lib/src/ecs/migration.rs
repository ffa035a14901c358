//! Database migrations: the steps of a one-off task, and their compatibility with the previous version.

use std::collections::BTreeSet;

use crate::core::Data;
use crate::{Diagnostic, Scope, codes};

/// Metadata key under which the deployment tool finds the migration.
pub(super) const METADATA: &str = "infra:migration";

/// Effect of a step on the schema of a database.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum StepEffect {
    /// The step adds to the schema, so the previous version keeps working. Only such a step can be followed by a
    /// rollback.
    Expands,
    /// The step removes or changes what the previous version uses.
    Contracts,
}

impl StepEffect {
    /// Returns the word for the metadata.
    fn as_word(self) -> &'static str {
        match self {
            Self::Expands => "expands",
            Self::Contracts => "contracts",
        }
    }
}

/// The steps of a migration, in order; see [`OneOffTaskBuilder::migration`](super::OneOffTaskBuilder::migration).
///
/// ```
/// use infra_lib::ecs::{Migration, StepEffect};
///
/// let migration = Migration::new()
///     .step("m0001_notes", StepEffect::Expands)
///     .step("m0002_without_old_title", StepEffect::Contracts);
/// ```
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Migration {
    steps: Vec<(String, StepEffect)>,
}

impl Migration {
    /// Creates a migration without steps.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a step. Names must be unique and not empty (`INF4222`).
    pub fn step(mut self, name: impl Into<String>, effect: StepEffect) -> Self {
        self.steps.push((name.into(), effect));
        self
    }

    /// Reports steps with an empty or repeated name: the deployed state is recorded by the names of the steps.
    pub(super) fn check_steps(&self, scope: Scope<'_>) {
        let mut seen = BTreeSet::new();
        for (name, _) in &self.steps {
            let message = if name.is_empty() {
                "a step of a migration has no name".to_owned()
            } else if seen.insert(name) {
                continue;
            } else {
                format!("two steps of a migration have the name `{name}`")
            };
            scope.report(
                Diagnostic::new(codes::MIGRATION_STEPS, message)
                    .property("Metadata")
                    .actual(name.as_str())
                    .help(
                        "give each step a unique name, and do not change it after it was deployed",
                    ),
            );
        }
    }

    /// Returns the steps as metadata.
    pub(super) fn to_metadata(&self) -> Data {
        let steps = self
            .steps
            .iter()
            .map(|(name, effect)| serde_json::json!({ "Name": name, "Effect": effect.as_word() }));
        Data::from(serde_json::json!({ "Steps": steps.collect::<Vec<_>>() }))
    }
}
