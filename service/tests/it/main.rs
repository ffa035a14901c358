//! The service as a whole, over HTTP, on real databases.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod configuration;
mod health;
mod labels;
mod middleware;
mod notes;
mod server;
mod support;
