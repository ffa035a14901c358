//! The deployer over the SDK against an AWS on this machine: MiniStack, and microburst before it for faults.
//!
//! `scripts/test emulator` starts both and runs these; a plain `cargo test` names them as ignored. Each test has a
//! region of its own, which the emulator keeps apart, so all run at once.

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
