//! Tests the public API of the deployment library with the in-memory fake of AWS.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod engine;
#[path = "../forgeries/mod.rs"]
mod forgeries;
mod scenarios;
