//! Defines names, tags and region of the stacks of an environment, and of its previews.

use infra_lib::{App, Environment, StackProps};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::Config;

/// Name of the app, as in `infra.toml`.
const APP: &str = "my-app";

/// Prefix of the names of all stacks.
const PREFIX: &str = "stack-prefix";

/// A preview: a separate copy of the environment's stacks, removed with all its data.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preview {
    /// Name of the preview; the names of its stacks contain it.
    #[schemars(regex(pattern = "^[a-z][a-z0-9]{0,11}$"))]
    pub name: String,
    /// Last day of the preview (UTC), such as `2026-12-31`.
    #[schemars(regex(pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub expires: String,
}

impl Config {
    /// Returns the prefix of the names of all stacks of this environment, including those of its previews.
    pub fn environment_prefix(&self) -> String {
        format!("{PREFIX}-{}-", self.environment)
    }

    /// Returns the prefix of the stack names, which contains the name of a preview.
    pub fn stack_prefix(&self) -> String {
        let prefix = self.environment_prefix();
        match &self.preview {
            Some(preview) => format!("{prefix}{}-", preview.name),
            None => prefix,
        }
    }

    /// Returns the properties of a stack in this environment, named with the prefix: `stack("web", …)` for the stack `web`.
    pub fn stack(&self, name: &str, description: &str) -> StackProps {
        StackProps::new()
            .stack_name(format!("{}{name}", self.stack_prefix()))
            .description(description)
            .environment(Environment::region(&self.region))
    }

    /// Tags all stacks, so that the tool `infra` recognizes deployed stacks of the app, and those to remove with a preview.
    pub fn mark(&self, app: &App) {
        let environment = self.environment.as_str();
        match &self.preview {
            Some(preview) => app.mark_preview(APP, environment, &preview.name, &preview.expires),
            None => app.mark_stacks(APP, environment),
        }
        app.tag("Environment", environment);
    }
}
