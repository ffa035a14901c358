//! Defines the stacks of the app; [`build`] adds all of them.

mod config;
mod stack;

pub use config::Config;

use infra_lib::{App, StackProps};

/// Adds the stack to an app, under the name that the configuration of the environment sets.
pub fn build(app: &App, config: &Config) {
    let props = StackProps::new().stack_name(config.stack_name.as_str());
    stack::build(app, props);
}
