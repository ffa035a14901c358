//! Names and region of the stacks of an environment, and of its previews.

use infra_lib::{App, Environment, StackProps};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::Config;

/// Name of the app, as in `infra.toml`.
const APP: &str = "my-app";

/// Start of the names of all stacks.
const PREFIX: &str = "stack-prefix";

/// A preview: the stacks of its environment under a name of their own, removed with all their data.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preview {
    /// Name of the preview; the names of its stacks contain it.
    #[schemars(regex(pattern = "^[a-z][a-z0-9]{0,11}$"))]
    pub name: String,
    /// The last day (UTC), such as `2026-12-31`.
    #[schemars(regex(pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub expires: String,
}

impl Config {
    /// Start of the names of all stacks of this environment, those of its previews included.
    pub fn environment_prefix(&self) -> String {
        format!("{PREFIX}-{}-", self.environment)
    }

    /// Start of the names of the stacks: a preview adds its own name.
    pub fn stack_prefix(&self) -> String {
        let prefix = self.environment_prefix();
        match &self.preview {
            Some(preview) => format!("{prefix}{}-", preview.name),
            None => prefix,
        }
    }

    /// A stack of this environment.
    pub fn stack(&self, name: &str, description: &str) -> StackProps {
        StackProps::new()
            .stack_name(format!("{}{name}", self.stack_prefix()))
            .description(description)
            .environment(Environment::region(&self.region))
    }

    /// Tags all stacks, so that the tool `infra` finds those that are deployed, and what it removes with a preview.
    pub fn mark(&self, app: &App) {
        let environment = self.environment.as_str();
        match &self.preview {
            Some(preview) => app.mark_preview(APP, environment, &preview.name, &preview.expires),
            None => app.mark_stacks(APP, environment),
        }
        app.tag("Environment", environment);
    }
}
