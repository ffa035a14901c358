//! A review for people at a terminal, for a pull request, and for programs. Secrets are masked before anything else.

mod document;
mod lines;
mod markdown;
mod mask;
mod terminal;
mod value;
mod words;

pub(crate) use document::{document, schema};
pub(crate) use markdown::{Target, markdown};
pub(crate) use mask::masked;
pub(crate) use terminal::{Detail, text};
