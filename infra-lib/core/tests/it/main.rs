//! Integration tests of the core: from a program to templates, findings and files.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod aspects;
mod assembly;
mod assets;
mod custom_resources;
mod diagnostics;
mod growth;
mod image_assets;
mod include;
mod intrinsics;
mod invariants;
mod logical_ids;
mod modules;
mod nested;
mod raw_entries;
mod references;
mod schema;
mod support;
mod tree;
