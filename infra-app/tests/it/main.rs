//! The app as its users run it: templates, configuration, command line.

mod command_line;
mod configuration;
mod contract;
mod golden;
mod preview;
mod promises;
mod regions;
