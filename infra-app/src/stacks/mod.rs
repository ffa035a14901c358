//! Defines the stacks, one module each. Their types hold the constructs that other stacks refer to.

mod alarms;
mod container;
mod data;
mod edge;
mod foundation;
mod migration;
mod network;
mod observability;
mod service;

pub use data::Data;
pub use edge::{Edge, REGION as EDGE_REGION};
pub use foundation::{Foundation, Images};
pub use migration::Migration;
pub use network::Network;
pub use observability::Observability;
pub use service::Service;
