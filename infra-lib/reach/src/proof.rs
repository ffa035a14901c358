//! The steps that lead to an answer: [`Proof`].

use infra_template::ResourceName;

use crate::answer::Answer;
use crate::world::{NodeId, World};

/// A resource of a template, and the property that decides.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Place {
    /// Names of the resource, with its source location.
    pub resource: ResourceName,
    /// Path of the property, or `None` for the resource as a whole.
    pub property: Option<String>,
}

/// One step of a path, or of the reason against one.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Step {
    /// Answer of this step alone.
    pub answer: Answer,
    /// Description in one line, lower case.
    pub text: String,
    /// The resource and property that decide.
    pub place: Option<Place>,
}

/// An answer with the steps that lead to it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Proof {
    /// Answer of all steps together.
    pub answer: Answer,
    /// Steps in the direction of the request. For the answer `No`, the last one is the first that stops it.
    pub steps: Vec<Step>,
}

impl Proof {
    /// Creates the proof without steps, which changes no other.
    pub(crate) fn granted() -> Self {
        Self {
            answer: Answer::Yes,
            steps: Vec::new(),
        }
    }

    /// Creates a proof of one step at a property of a resource; an empty property is the resource as a whole.
    pub(crate) fn at(
        world: &World,
        answer: Answer,
        node: NodeId,
        property: &str,
        text: impl Into<String>,
    ) -> Self {
        let place = Place {
            resource: world.node(node).name.clone(),
            property: (!property.is_empty()).then(|| property.to_owned()),
        };
        Self {
            answer,
            steps: vec![Step {
                answer,
                text: text.into(),
                place: Some(place),
            }],
        }
    }

    /// Creates a proof of one step without a place.
    pub(crate) fn of(answer: Answer, text: impl Into<String>) -> Self {
        Self {
            answer,
            steps: vec![Step {
                answer,
                text: text.into(),
                place: None,
            }],
        }
    }

    /// Adds the steps of another proof, unless this one already stops.
    pub(crate) fn then(mut self, next: impl FnOnce() -> Self) -> Self {
        if self.answer == Answer::No {
            return self;
        }
        let next = next();
        self.answer = self.answer.and(next.answer);
        self.steps.extend(next.steps);
        self
    }

    /// Limits the answer to `Possible`, for a reason that the templates leave open.
    pub(crate) fn limited(mut self, limit: Answer) -> Self {
        self.answer = self.answer.and(limit);
        self
    }

    /// Returns the proof with the best answer, the first of equals; among those that stop, the one that comes furthest.
    pub(crate) fn best(proofs: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut found: Option<Self> = None;
        for proof in proofs {
            let better = found.as_ref().is_none_or(|known| {
                let progress = |proof: &Self| (proof.answer, progress(proof));
                progress(&proof) > progress(known)
            });
            if better {
                found = Some(proof);
            }
        }
        found
    }

    /// Returns the step that stops a request, for the answer `No`.
    pub fn stopped_by(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.answer == Answer::No)
    }
}

/// Number of steps before the first that stops; equal for all proofs that do not stop.
fn progress(proof: &Proof) -> usize {
    if proof.answer == Answer::No {
        proof.steps.len()
    } else {
        0
    }
}
