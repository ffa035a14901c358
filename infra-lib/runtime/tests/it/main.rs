//! The command line of an app: what is written to which stream, and the exit code.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod app;
mod commands;
mod configuration;
mod lookups;
