//! Writes a report: [`render_text`] and [`render_lines`] for people, [`render_json`], [`render_sarif`], [`render_github`] and [`render_junit`] for
//! programs.

mod github;
mod json;
mod junit;
mod sarif;
mod text;

pub use github::render_github;
pub use json::render_json;
pub use junit::render_junit;
pub use sarif::render_sarif;
pub use text::{render_lines, render_text};
