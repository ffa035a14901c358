//! Reports about assessed templates: [`render_text`] and [`render_html`] for people, [`render_json`] and [`render_oscal`] for programs. [`render_rule`] describes one rule.

mod html;
mod json;
mod oscal;
mod rule;
mod summary;
mod text;

pub use html::render_html;
pub use json::render_json;
pub use oscal::{OSCAL_VERSION, render_oscal};
pub use rule::render_rule;
pub use summary::{ControlSummary, Counts, RuleSummary, State, Summary};
pub use text::render_text;
