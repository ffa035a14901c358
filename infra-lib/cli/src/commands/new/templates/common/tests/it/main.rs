//! Tests of the templates: assertions on resources, and golden files that show every change.

mod golden;
mod preview;
mod stacks;
