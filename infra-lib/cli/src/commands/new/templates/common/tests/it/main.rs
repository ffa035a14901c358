//! Tests of the templates: promises that must hold, and files that show every change.

mod golden;
mod preview;
mod stacks;
