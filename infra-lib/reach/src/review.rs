//! Paths that a change opens, in a review: [`add_opened_paths`].

use std::collections::{BTreeMap, BTreeSet};

use infra_template::ResourceName;
use infra_template::review::{Blocker, OpenedPath, PathStep, StackChange, StackReview};

use crate::answer::Answer;
use crate::exposure::{Exposure, Outside, identity, opened_paths};
use crate::identity::is_store;
use crate::network::forwards;
use crate::query::Reach;
use crate::world::{StackSource, World};

/// Adds to each review the paths from outside to resources of its stack that `after` has and `before` has not, and a blocker for those
/// that need an approval.
///
/// Both are the same stacks in two states; a stack that is created is missing in `before`. Stacks without a review belong to both, so that
/// references to them are known.
///
/// A path from the internet needs an approval if it leads to a resource that exists, except for a further port of a public load balancer or
/// another resource that forwards requests, or if it leads to a new resource that holds data, except for one that a new resource forwards
/// requests to, such as the bucket of a website. A path that is only possible counts like a certain one. The blocker is in the review of each
/// stack without whose change the path would not open, because an approval is bound to the changes of one stack.
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
    let states = States { before, after };
    let opened = states.opened();
    let blocking: Vec<&Exposure> = opened
        .iter()
        .filter(|(_, needs_approval)| *needs_approval)
        .map(|(exposure, _)| exposure)
        .collect();
    add_blockers(&mut reviews, &states, &blocking);
    for (exposure, _) in opened {
        let own = reviews
            .iter()
            .position(|review| review.stack == exposure.to.stack);
        if let Some(review) = reviews.get_mut(own.unwrap_or(0)) {
            review.opened.push(describe(&exposure));
        }
    }
}

/// The stacks of an app before and after a change.
struct States {
    before: Vec<StackSource>,
    after: Vec<StackSource>,
}

impl States {
    /// Returns the opened paths, each with `true` if it needs an approval.
    fn opened(&self) -> Vec<(Exposure, bool)> {
        let before = World::new(self.before.clone());
        let after = World::new(self.after.clone());
        let after = Reach::new(&after);
        let known = Reach::new(&before).exposures();
        let opened = opened_paths(&known, &after.exposures());
        let existing: BTreeSet<String> = before
            .ids()
            .map(|node| identity(before.resource_name(node)))
            .collect();
        let stores = after.data_stores().into_iter();
        let data: BTreeSet<String> = stores
            .map(|node| identity(after.world().resource_name(node)))
            .collect();
        let public: BTreeSet<String> = known
            .iter()
            .filter(|one| one.from == Outside::Internet && one.proof.answer == Answer::Yes)
            .map(|one| identity(&one.to))
            .collect();
        let needs_approval = |exposure: &Exposure| {
            let to = identity(&exposure.to);
            exposure.from == Outside::Internet
                && if existing.contains(&to) {
                    !(forwards(&exposure.to.type_name) && public.contains(&to))
                } else {
                    let served = is_store(&exposure.to.type_name) && exposure.what == "connect";
                    data.contains(&to) && !served
                }
        };
        opened
            .into_iter()
            .map(|exposure| {
                let needs_approval = needs_approval(&exposure);
                (exposure, needs_approval)
            })
            .collect()
    }

    /// Returns the paths from outside that exist without the change of one stack.
    fn exposures_without(&self, stack: &str) -> Vec<Exposure> {
        let own = self.before.iter().find(|source| source.name == stack);
        // In the same order: references are resolved in that of the stacks.
        let (first, rest) = match self.after.iter().position(|source| source.name == stack) {
            Some(at) => (&self.after[..at], &self.after[at + 1..]),
            None => (&self.after[..], &self.after[..0]),
        };
        let world = World::new(first.iter().chain(own).chain(rest).cloned().collect());
        Reach::new(&world).exposures()
    }
}

/// Adds blockers for paths, to the reviews of the stacks without whose change they would not open. If several stacks open a path each by itself, all
/// changed stacks have the blocker.
fn add_blockers(reviews: &mut [&mut StackReview], states: &States, paths: &[&Exposure]) {
    if paths.is_empty() {
        return;
    }
    let without: Vec<Vec<Exposure>> = reviews
        .iter()
        .map(|review| states.exposures_without(&review.stack))
        .collect();
    let changed: BTreeSet<(String, String)> = reviews
        .iter()
        .flat_map(|review| &review.resources)
        .map(|change| key(&change.resource))
        .collect();
    let mut found: BTreeMap<usize, Vec<Blocker>> = BTreeMap::new();
    for path in paths {
        let opens =
            |exposures: &&Vec<Exposure>| !opened_paths(exposures, &[(*path).clone()]).is_empty();
        let responsible: Vec<bool> = without.iter().map(|one| opens(&one)).collect();
        let none = !responsible.contains(&true);
        for (at, responsible) in responsible.into_iter().enumerate() {
            if responsible || none {
                let own = found.entry(at).or_default();
                match own.iter_mut().find(|stop| stop.resource == path.to) {
                    Some(stop) => stop.opened.push(describe(path)),
                    None => own.push(
                        Blocker::builder()
                            .resource(path.to.clone())
                            .message("")
                            .opened(vec![describe(path)])
                            .build(),
                    ),
                }
            }
        }
    }
    for (at, stops) in found {
        let stops = stops.into_iter().map(|stop| complete(stop, &changed));
        reviews[at].stops.extend(stops);
    }
}

/// Adds message and reasons to a blocker with its paths.
fn complete(mut stop: Blocker, changed: &BTreeSet<(String, String)>) -> Blocker {
    let verb = if stop.opened.iter().any(|path| path.certain) {
        "would be"
    } else {
        "may be"
    };
    let whats: Vec<&str> = stop.opened.iter().map(|path| path.what.as_str()).collect();
    stop.message = format!("{verb} reachable from the internet: {}", whats.join(", "));
    let steps = || stop.opened.iter().flat_map(|path| &path.steps);
    let decides = |resource: &ResourceName| {
        let mut steps = steps().filter(|step| step.property.is_some());
        steps.any(|step| step.resource.as_ref() == Some(resource))
    };
    let mut because: Vec<String> = Vec::new();
    for step in steps() {
        let Some(resource) = &step.resource else {
            continue;
        };
        let reason = match &step.property {
            Some(property) => format!("{property} of {}", resource.display_name()),
            None if decides(resource) => continue,
            None => resource.display_name().to_owned(),
        };
        if changed.contains(&key(resource)) && !because.contains(&reason) {
            because.push(reason);
        }
    }
    stop.because = because;
    stop
}

fn key(name: &ResourceName) -> (String, String) {
    (name.stack.clone(), name.logical_id.clone())
}

fn describe(exposure: &Exposure) -> OpenedPath {
    let from = match &exposure.from {
        Outside::Internet => "the internet".to_owned(),
        Outside::Principal { name, .. } => name.clone(),
    };
    let steps = exposure.proof.steps.iter().map(|step| {
        let place = step.place.as_ref();
        PathStep::builder()
            .text(step.text.clone())
            .maybe_resource(place.map(|place| place.resource.clone()))
            .maybe_property(place.and_then(|place| place.property.clone()))
            .build()
    });
    OpenedPath::builder()
        .resource(exposure.to.clone())
        .from(from)
        .what(exposure.what.clone())
        .certain(exposure.proof.answer == Answer::Yes)
        .steps(steps.collect())
        .build()
}
