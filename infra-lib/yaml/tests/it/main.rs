//! Tests of the public readers and the tree.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod deserialize;
mod duplicates;
mod json;
mod judge;
mod limits;
mod tree;
mod yaml;
