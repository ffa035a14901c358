//! What notes say: text, Markdown and HTML, by functions without a database and without HTTP.

pub mod archive;
pub mod checklist;
pub mod excerpt;
pub mod extract;
pub mod file;
pub mod from_html;
pub mod html;
pub mod import;
pub mod text;
pub mod words;

use pulldown_cmark::Options;

/// The Markdown of notes: CommonMark with the task lists, strikethrough and tables of GitHub.
fn dialect() -> Options {
    Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES
}
