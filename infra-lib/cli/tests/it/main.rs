//! The command line as its users meet it: what is written to which stream, and the exit code.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod app;
mod commands;
mod configuration;
mod reference;
