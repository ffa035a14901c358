//! Paths that a change opens, in a review: [`add_opened_paths`].

use infra_template::review::{OpenedPath, PathStep, StackChange, StackReview};

use crate::answer::Answer;
use crate::exposure::{Exposure, Outside, opened_paths};
use crate::query::Reach;
use crate::world::{StackSource, World};

/// Adds to each review the paths from outside to resources of its stack that `after` has and `before` has not.
///
/// Both are the same stacks in two states; a stack that is created is missing in `before`. References to other stacks stay
/// unknown in both.
pub fn add_opened_paths<'r>(
    reviews: impl IntoIterator<Item = &'r mut StackReview>,
    before: Vec<StackSource>,
    after: Vec<StackSource>,
) {
    let mut reviews: Vec<&mut StackReview> = reviews
        .into_iter()
        .filter(|review| review.change != StackChange::Unchanged || !review.resources.is_empty())
        .collect();
    // A change in one stack can open a path to a resource of another, which the first changed stack reports then.
    if reviews.is_empty() {
        return;
    }
    let (before, after) = (World::new(before), World::new(after));
    let known = Reach::new(&before).exposures();
    let found = Reach::new(&after).exposures();
    for opened in opened_paths(&known, &found) {
        let own = reviews
            .iter()
            .position(|review| review.stack == opened.to.stack);
        if let Some(review) = reviews.get_mut(own.unwrap_or(0)) {
            review.opened.push(describe(opened));
        }
    }
}

fn describe(exposure: Exposure) -> OpenedPath {
    let from = match exposure.from {
        Outside::Internet => "the internet".to_owned(),
        Outside::Principal { name, .. } => name,
    };
    let steps = exposure.proof.steps.into_iter().map(|step| {
        let (resource, property) = match step.place {
            Some(place) => (Some(place.resource), place.property),
            None => (None, None),
        };
        PathStep::builder()
            .text(step.text)
            .maybe_resource(resource)
            .maybe_property(property)
            .build()
    });
    OpenedPath::builder()
        .resource(exposure.to)
        .from(from)
        .what(exposure.what)
        .certain(exposure.proof.answer == Answer::Yes)
        .steps(steps.collect())
        .build()
}
