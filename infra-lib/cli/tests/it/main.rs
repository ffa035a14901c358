//! The command line as its users meet it: what is written to which stream, and the exit code.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod app;
mod commands;
mod configuration;
mod deploying;
mod diff;
mod events;
mod failures;
mod json_schema;
mod operate;
mod reference;
mod running;
mod watching;
