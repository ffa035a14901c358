//! Names and region of the stacks of an environment.

use infra_lib::{Environment, StackProps};

use crate::Config;

/// Start of the names of all stacks.
const PREFIX: &str = "stack-prefix";

impl Config {
    /// A stack of this environment.
    pub fn stack(&self, name: &str, description: &str) -> StackProps {
        StackProps::new()
            .stack_name(format!("{PREFIX}-{}-{name}", self.environment))
            .description(description)
            .environment(Environment::region(&self.region))
    }
}
