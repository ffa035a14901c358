//! What the core does as a whole: from a program to templates, findings and files.

mod assembly;
mod diagnostics;
mod intrinsics;
mod logical_ids;
mod references;
mod schema;
mod support;
mod tree;
