//! The notes service: an HTTP API for notes, over PostgreSQL or SQLite, and the `notes` command that runs and operates it.
//!
//! [`cli`] is the entry point, [`http`] the API, [`domain`] its rules, [`store`] the database, and [`server`] the process that serves. [`worker`],
//! [`delivery`] and [`webhooks`] run in the background.

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
