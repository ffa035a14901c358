//! Stacks of the app.

mod config;
mod delivery;
mod environment;
mod network;
mod web;

pub use config::{Config, Tasks};

use infra_lib::{App, policy};

/// Adds every stack of an environment to an app.
pub fn build(app: &App, config: &Config) {
    app.add_policy(policy::recommended());
    app.mark_stacks("my-app", config.environment.as_str());
    app.tag("Environment", config.environment.as_str());

    delivery::build(app, config);
    let vpc = network::build(app, config);
    web::build(app, config, vpc);
}
