//! Renders a review for people at a terminal, for a pull request, and for programs. [`page`] builds the content; two writers give it a form. Secrets
//! are masked first.

pub(crate) mod cost;
mod document;
pub(crate) mod escape;
pub(crate) mod film;
mod lines;
mod markdown;
mod mask;
mod page;
pub(crate) mod permissions;
mod terminal;
#[cfg(test)]
mod tests;
mod value;
mod words;

pub(crate) use document::{build_document, review_schema};
pub(crate) use markdown::{Target, render_markdown};
pub(crate) use mask::{mask_review, masked_value};
pub(crate) use page::Detail;
pub(crate) use terminal::{render_left_stacks, render_text};
pub(crate) use words::{format_counts, strip_column};
