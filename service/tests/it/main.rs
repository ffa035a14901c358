//! The service as a whole, over HTTP, on real databases.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod configuration;
mod docs;
mod health;
mod labels;
mod logs;
mod middleware;
mod notes;
mod process;
mod search;
mod server;
mod support;
