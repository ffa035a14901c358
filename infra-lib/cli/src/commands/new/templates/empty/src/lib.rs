//! Stacks of the app.

mod config;
mod delivery;
mod environment;
mod storage;

pub use config::{Config, DataPolicy};

use infra_lib::{App, policy};

/// Adds every stack of an environment to an app.
pub fn build(app: &App, config: &Config) {
    app.add_policy(policy::recommended());
    app.mark_stacks("my-app", config.environment.as_str());
    app.tag("Environment", config.environment.as_str());

    delivery::build(app, config);
    storage::build(app, config);
}
