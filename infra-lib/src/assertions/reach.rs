//! Assertions about who can reach what, over all stacks of an app.
//!
//! ```
//! use infra_lib::assertions::{Reachability, internet};
//! use infra_lib::prelude::*;
//! use infra_lib::s3::Bucket;
//!
//! let app = App::new();
//! Bucket::builder().build(Stack::new(&app, "Data"), "Files");
//! let reachability = Reachability::of(&app.synth());
//! reachability.assert_unreachable(internet(), "Data/Files");
//! ```

use infra_reach::{Answer, NodeId, Proof, Reach, Source, World};

use super::assembly::read_assembly;
use crate::core::Synthesis;

/// The stacks of an app, for assertions about who can reach what.
///
/// Answers that depend on values which the templates leave open count as reachable.
#[derive(Clone, Debug)]
pub struct Reachability {
    world: World,
}

/// The start of a path: the internet, or a resource by its construct path or logical ID.
#[derive(Clone, Debug)]
pub struct ReachSource {
    name: Option<String>,
}

/// Returns the source for anyone on the internet, without credentials.
pub fn internet() -> ReachSource {
    ReachSource { name: None }
}

impl From<&str> for ReachSource {
    fn from(name: &str) -> Self {
        Self {
            name: Some(name.to_owned()),
        }
    }
}

impl Reachability {
    /// Reads the templates of all stacks.
    ///
    /// # Panics
    ///
    /// Panics if synthesis found errors.
    #[track_caller]
    pub fn of(synthesis: &Synthesis) -> Self {
        Self {
            world: World::from_assembly(&read_assembly(synthesis)),
        }
    }

    /// Asserts that a source reaches a resource in no way: neither by network nor by an action on its data.
    ///
    /// # Panics
    ///
    /// Panics if it does or may; the message shows the path. Panics if the app has no such resource.
    #[track_caller]
    pub fn assert_unreachable(&self, from: impl Into<ReachSource>, to: &str) {
        let reach = Reach::new(&self.world);
        let (from, name) = find_source(&reach, from.into());
        let reached = reach.reaches(from, find(&reach, to));
        let answer = reached.answer();
        assert!(
            answer == Answer::No,
            "{name} reaches {to}: {answer}\n{}",
            show_steps(&reached.best())
        );
    }

    /// Asserts that a source reaches a resource by network or by an action on its data, whatever the templates leave open.
    ///
    /// # Panics
    ///
    /// Panics if it does not, or only possibly; the message shows what stops it. Panics if the app has no such resource.
    #[track_caller]
    pub fn assert_reachable(&self, from: impl Into<ReachSource>, to: &str) {
        let reach = Reach::new(&self.world);
        let (from, name) = find_source(&reach, from.into());
        let reached = reach.reaches(from, find(&reach, to));
        let answer = reached.answer();
        assert!(
            answer == Answer::Yes,
            "{name} reaches {to}: {answer}\n{}",
            show_steps(&reached.best())
        );
    }

    /// Asserts that a source may call an action on a resource, including the key of its data.
    ///
    /// # Panics
    ///
    /// Panics if it may not, or only possibly; the message shows what stops it. Panics if the app has no such resource.
    #[track_caller]
    pub fn assert_allowed(&self, from: impl Into<ReachSource>, action: &str, to: &str) {
        let reach = Reach::new(&self.world);
        let (from, name) = find_source(&reach, from.into());
        let proof = reach.may(from, action, find(&reach, to));
        assert!(
            proof.answer == Answer::Yes,
            "{name} may call {action} on {to}: {}\n{}",
            proof.answer,
            show_steps(&proof)
        );
    }

    /// Asserts that a source reaches only these data stores: databases, buckets, queues, tables, secrets, keys and others
    /// that hold data.
    ///
    /// # Panics
    ///
    /// Panics if it reaches or may reach another data store. Panics if the app has no resource of a given name.
    #[track_caller]
    pub fn assert_only<'n>(
        &self,
        from: impl Into<ReachSource>,
        allowed: impl IntoIterator<Item = &'n str>,
    ) {
        let reach = Reach::new(&self.world);
        let (from, name) = find_source(&reach, from.into());
        let allowed: Vec<NodeId> = allowed.into_iter().map(|name| find(&reach, name)).collect();
        let others: Vec<String> = reach
            .data_stores()
            .into_iter()
            .filter(|store| !allowed.contains(store))
            .filter_map(|store| {
                let reached = reach.reaches(from, store);
                let shown = self.world.resource_name(store).display_name();
                (reached.answer() != Answer::No)
                    .then(|| format!("{shown}\n{}", show_steps(&reached.best())))
            })
            .collect();
        assert!(
            others.is_empty(),
            "{name} reaches other data stores: {}",
            others.join("\n")
        );
    }
}

#[track_caller]
fn find(reach: &Reach<'_>, name: &str) -> NodeId {
    match reach.find(name) {
        Ok(found) => found,
        Err(error) => panic!("{error}"),
    }
}

#[track_caller]
fn find_source(reach: &Reach<'_>, source: ReachSource) -> (Source, String) {
    match source.name {
        None => (Source::Internet, "the internet".to_owned()),
        Some(name) => (Source::Resource(find(reach, &name)), name),
    }
}

fn show_steps(proof: &Proof) -> String {
    let steps = proof
        .steps
        .iter()
        .map(|step| format!("  {}: {}", step.answer, step.text));
    steps.collect::<Vec<_>>().join("\n")
}
