//! The command line as its users meet it: what is written to which stream, and the exit code.

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
