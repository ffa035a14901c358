//! What makes a one-off task a migration: the steps it takes, and whether the version before can live with them.

use std::collections::BTreeSet;

use crate::core::Data;
use crate::{Diagnostic, Scope, codes};

/// The key of the metadata under which a deployment finds it.
pub(super) const METADATA: &str = "infra:migration";

/// What a step does to the schema of a database.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum StepEffect {
    /// It adds: the version before works on. Only such a step can be followed by a rollback.
    Expands,
    /// It takes away or changes what the version before uses.
    Contracts,
}

impl StepEffect {
    /// The word in metadata.
    fn word(self) -> &'static str {
        match self {
            Self::Expands => "expands",
            Self::Contracts => "contracts",
        }
    }
}

/// The steps of a migration, the first one first; see [`OneOffTaskBuilder::migration`](super::OneOffTaskBuilder::migration).
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
    /// Without steps.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a step behind the others.
    pub fn step(mut self, name: impl Into<String>, effect: StepEffect) -> Self {
        self.steps.push((name.into(), effect));
        self
    }

    /// What is deployed is known by the names of its steps: two of one name would pass for one.
    pub(super) fn check(&self, scope: Scope<'_>) {
        let mut seen = BTreeSet::new();
        for (name, _) in &self.steps {
            let message = if name.is_empty() {
                "a step of a migration has no name".to_owned()
            } else if seen.insert(name) {
                continue;
            } else {
                format!("two steps of a migration are called `{name}`")
            };
            scope.report(
                Diagnostic::new(codes::MIGRATION_STEPS, message)
                    .property("Metadata")
                    .actual(name.as_str())
                    .help("give each step a name of its own, and never another one once it was deployed"),
            );
        }
    }

    /// As metadata.
    pub(super) fn data(&self) -> Data {
        let steps = self
            .steps
            .iter()
            .map(|(name, effect)| serde_json::json!({ "Name": name, "Effect": effect.word() }));
        Data::from(serde_json::json!({ "Steps": steps.collect::<Vec<_>>() }))
    }
}
