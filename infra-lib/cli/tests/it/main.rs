//! Tests of the command line from the user's point of view: both output streams, and the exit code.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod assemblies;
mod book;
mod check;
mod constructs;
mod context;
mod cost;
mod cost_limit;
mod credentials;
mod delivery_doctor;
mod deploying;
mod diff;
mod events;
mod failures;
mod help;
mod hostile;
mod json_schema;
mod lsp;
mod mcp;
mod nested;
mod operate;
mod parameters;
mod permissions;
mod policies;
mod process;
mod reach;
mod recorded;
mod reference;
mod running;
mod schemas;
mod simulate;
#[path = "../support/mod.rs"]
mod support;
mod watching;
