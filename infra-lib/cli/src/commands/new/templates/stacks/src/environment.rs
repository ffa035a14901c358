//! Names and region of the stacks of an environment.

use infra_lib::{Environment, StackProps};

use crate::Config;

/// Start of the names of all stacks.
const PREFIX: &str = "stack-prefix";

impl Config {
    /// Start of the names of the stacks of this environment.
    pub fn stack_prefix(&self) -> String {
        format!("{PREFIX}-{}-", self.environment)
    }

    /// A stack of this environment.
    pub fn stack(&self, name: &str, description: &str) -> StackProps {
        StackProps::new()
            .stack_name(format!("{}{name}", self.stack_prefix()))
            .description(description)
            .environment(Environment::region(&self.region))
    }
}
