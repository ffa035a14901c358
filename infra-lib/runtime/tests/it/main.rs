//! Tests of the command line of an app: both output streams, and the exit code.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod app;
mod commands;
mod configuration;
mod lookups;
