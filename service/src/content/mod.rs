//! Content of notes: Markdown, HTML, search words, exports and imports, by functions that use neither the database nor HTTP.

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

/// Returns the Markdown dialect of notes: CommonMark with the task lists, strikethrough and tables of GitHub Flavored Markdown.
fn markdown_options() -> Options {
    Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES
}
