//! Defines the stacks of the app; [`build`] adds all of them.

mod config;
mod delivery;
mod environment;
mod preview;
mod service;

pub use config::{Config, DataPolicy};
pub use environment::Preview;

use infra_lib::{App, policy};

/// Adds every stack of an environment to an app, with the recommended policies and tags.
pub fn build(app: &App, config: &Config) {
    app.add_policy(policy::recommended());
    config.mark(app);

    if preview::is_shared(config) {
        return preview::build(app, config);
    }
    preview::limit_roles(app, config);
    delivery::build(app, config);
    service::build(app, config);
}
