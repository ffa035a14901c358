//! Tests the deployment library over the SDK with a local emulator of AWS (MiniStack), and with a proxy that injects faults (microburst).
//!
//! `scripts/test emulator` starts both and runs the tests; a plain `cargo test` ignores them. Each test uses a different region, which the emulator
//! isolates, so the tests can run in parallel.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod faults;
mod forged;
#[path = "../forgeries/mod.rs"]
mod forgeries;
mod nested;
mod scenarios;
mod services;
mod site;
mod stacks;
mod support;
