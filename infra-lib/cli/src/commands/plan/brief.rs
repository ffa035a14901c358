//! Summarizes a review in one line, for display above a question.

use std::fmt::Write as _;

use infra_template::review::{Counts, StackChange, StackReview};

use infra_console::words::{clean, seconds};

use crate::render::counted;

/// Formats the summary: `notes-dev-web: 2 to add, 1 to change, 1 to remove; usually 4m10s`.
pub(crate) fn sentence(review: &StackReview) -> String {
    let mut text = format!("{}: {}", review.stack, clean(&counts(review)));
    if let Some(estimate) = &review.estimate {
        let _ = write!(text, "; usually {}", seconds(estimate.seconds));
    }
    text
}

fn counts(review: &StackReview) -> String {
    let counts = review.counts();
    if counts == Counts::default() && review.change == StackChange::Unchanged {
        return "no changes".to_owned();
    }
    counted(counts)
}
