//! Defines the infrastructure of the notes system, stack by stack in deployment order; [`build`] adds all of them.
//!
//! Stacks are divided by the lifetime of their resources: an image registry outlives every service, a database outlives every network change, and
//! resources that are deployed often share no stack with data.

pub mod config;
mod preview;
pub mod service_contract;
pub mod stacks;

pub use config::Config;

use infra_lib::{App, policy};

use stacks::{Data, Edge, Foundation, Migration, Network, Observability, Service};

/// Name of the app in the tag `infra:app` of its stacks.
const APP: &str = "cloud-native-notes";

/// Adds every stack of an environment to an app, with the recommended policies and the tags `Project` and `Environment`. A preview gets other stacks
/// than a permanent environment.
pub fn build(app: &App, config: &Config) {
    app.add_policy(policy::recommended());
    app.tag("Project", APP);
    app.tag("Environment", config.environment.as_str());
    if let Some(preview) = &config.preview {
        preview::build(app, config, preview);
        return;
    }
    app.mark_stacks(APP, config.environment.as_str());

    let foundation = Foundation::build(app, config);
    let network = Network::build(app, config, &foundation);
    let data = Data::build(app, config, &foundation, &network);
    let migration = Migration::build(app, config, &foundation, &network, &data);
    let service = Service::build(app, config, &foundation, &network, &data, &migration);
    let edge = Edge::build(app, config, &foundation, &data, &service);
    Observability::build(app, config, &foundation, &data, &service, &edge);
}
