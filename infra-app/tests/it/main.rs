//! Tests of the app from the user's point of view: templates, configuration, command line.

mod command_line;
mod configuration;
mod contract;
mod golden;
mod preview;
mod promises;
mod regions;
