//! The deployer as its users see it, against an AWS in memory.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod engine;
#[path = "../forgeries/mod.rs"]
mod forgeries;
mod scenarios;
