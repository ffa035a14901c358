//! The infrastructure of the notes system, stack by stack in the order in which they are deployed.
//!
//! Stacks are cut by how long their resources live: an image registry outlives every service, a database outlives
//! every network change, and nothing that is deployed often shares a stack with data.

pub mod config;
mod preview;
pub mod service_contract;
pub mod stacks;

pub use config::Config;

use infra_lib::{App, policy};

use stacks::{Data, Edge, Foundation, Migration, Network, Observability, Service};

/// The name of the app in the marks of its stacks.
const APP: &str = "cloud-native-notes";

/// Builds every stack of an environment.
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
