//! Defines the stacks of the app; [`build`] adds all of them.

mod config;
mod environment;
mod service;

pub use config::{Config, DataPolicy};
pub use environment::Preview;

use infra_lib::{App, policy};

/// Adds every stack of an environment to an app, with the recommended policies and tags.
pub fn build(app: &App, config: &Config) {
    app.add_policy(policy::recommended());
    config.mark(app);

    service::build(app, config);
}
