//! Tests of the rules, of their mapping and of the reports.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod documents;
mod mutations;
mod reference;
mod reports;
mod rules;
mod speed;
mod values;
