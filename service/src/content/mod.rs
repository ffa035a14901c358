//! What notes say: text, Markdown and HTML, by functions without a database and without HTTP.

pub mod text;
