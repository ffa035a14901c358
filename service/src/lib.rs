//! The notes service: an HTTP API over PostgreSQL or SQLite.

pub mod auth;
pub mod budget;
pub mod cli;
pub mod clock;
pub mod config;
pub mod content;
pub mod contract;
mod counted;
pub mod delivery;
pub mod domain;
pub mod error;
pub mod events;
pub mod files;
pub mod http;
pub mod lifecycle;
pub mod mail;
pub mod migrate;
pub mod oidc;
pub mod outbound;
pub mod push;
pub mod server;
pub mod store;
pub mod telemetry;
pub mod webhooks;
pub mod worker;
