//! A review in a few words, for the line above a question.

use std::fmt::Write as _;

use infra_template::review::{Counts, Review, StackChange, StackReview};

use infra_console::words::{clean, seconds};

/// `notes-dev-web: 2 to add, 1 to change, 1 to remove; usually 4m10s`.
pub(crate) fn sentence(review: &StackReview) -> String {
    let one = Review::new(vec![review.clone()]);
    let mut text = format!("{}: {}", review.stack, clean(&counts(one.counts(), review)));
    if let Some(estimate) = &review.estimate {
        let _ = write!(text, "; usually {}", seconds(estimate.seconds));
    }
    text
}

fn counts(counts: Counts, review: &StackReview) -> String {
    let some = |count: usize, what: &str| (count > 0).then(|| format!("{count} to {what}"));
    let parts: Vec<String> = [
        some(counts.add, "add"),
        some(counts.import, "import"),
        some(counts.modify, "change"),
        some(counts.replace, "replace"),
        some(counts.remove, "remove"),
    ]
    .into_iter()
    .flatten()
    .collect();
    match (parts.is_empty(), review.change) {
        (false, _) => parts.join(", "),
        (true, StackChange::Unchanged) => "nothing changes".to_owned(),
        (true, _) => "no resource changes".to_owned(),
    }
}
