//! The command line as its users meet it: what is written to which stream, and the exit code.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod book;
mod constructs;
mod credentials;
mod deploying;
mod diff;
mod events;
mod failures;
mod json_schema;
mod mcp;
mod operate;
mod parameters;
mod reference;
mod running;
mod schemas;
#[path = "../support/mod.rs"]
mod support;
mod watching;
