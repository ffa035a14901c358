//! Summarizes a review in one line, for display above a question.

use std::fmt::Write as _;

use infra_template::review::{Counts, StackChange, StackReview};

use infra_console::words::{clean_line, format_seconds};

use crate::render::format_counts;

/// Formats the summary: `notes-dev-web: 2 to add, 1 to change, 1 to remove; usually 4m10s`.
pub(crate) fn summarize_review(review: &StackReview) -> String {
    let mut text = format!(
        "{}: {}",
        review.stack,
        clean_line(&describe_changes(review))
    );
    if let Some(estimate) = &review.estimate {
        let _ = write!(text, "; usually {}", format_seconds(estimate.seconds));
    }
    text
}

fn describe_changes(review: &StackReview) -> String {
    let counts = review.count_changes();
    if counts == Counts::default() && review.change == StackChange::Unchanged {
        return "no changes".to_owned();
    }
    format_counts(counts)
}
