//! Composition of states.

use std::marker::PhantomData;

use super::graph::{Graph, Next, State};
use super::language::Language;

/// Kind of chains that another state can follow.
#[derive(Clone, Copy, Debug)]
pub enum Open {}

/// Kind of chains that end in a [`Succeed`](super::Succeed), a [`Fail`](super::Fail) or a [`GoTo`], so that nothing can
/// follow.
#[derive(Clone, Copy, Debug)]
pub enum Ended {}

/// A state, a chain of states, or a [`GoTo`]: everything that can follow a state or be the content of a branch.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a step of a machine in the language `{L}`",
    label = "expected a state or chain of this language",
    note = "`Task::new` and others create states for JSONata, `Task::json_path` and others for JSONPath"
)]
pub trait Steps<L: Language> {
    /// [`Open`] if another state can follow, or [`Ended`].
    type End;

    /// Returns the steps as a chain.
    fn into_chain(self) -> Chain<L, Self::End>;
}

/// States one after the other, from the `next` of a state.
///
/// States of a definition are in the order of the program. Where a chain ends without another state, the machine or
/// branch ends.
///
/// ```
/// use infra_lib::stepfunctions::{Definition, Pass, Succeed, Wait};
/// use infra_lib::Duration;
///
/// let steps = Pass::new("Prepare")
///     .next(Wait::new("Pause", Duration::minutes(1)))
///     .next(Succeed::new("Done"));
/// assert!(Definition::new(steps).to_mermaid().contains("Pause"));
/// ```
///
/// Nothing can follow a state that ends the execution:
///
/// ```compile_fail
/// use infra_lib::stepfunctions::{Pass, Succeed};
///
/// Pass::new("Prepare").next(Succeed::new("Done")).next(Pass::new("After"));
/// ```
#[derive(Clone, Debug)]
#[must_use = "states have no effect until they are part of a definition"]
pub struct Chain<L, E = Open> {
    pub(super) graph: Graph,
    /// Indexes of the states that the next state follows.
    pub(super) open: Vec<usize>,
    kind: PhantomData<fn() -> (L, E)>,
}

impl<L: Language, E> Chain<L, E> {
    pub(super) const fn from_parts(graph: Graph, open: Vec<usize>) -> Self {
        Self {
            graph,
            open,
            kind: PhantomData,
        }
    }

    /// Creates a chain of one state, with the states that handle its errors.
    pub(super) fn of_state(state: State, handlers: Vec<State>) -> Self {
        let open = if state.next == Next::Never {
            Vec::new()
        } else {
            vec![0]
        };
        let start = state.name.clone();
        let mut states = vec![state];
        states.extend(handlers);
        Self::from_parts(Graph { start, states }, open)
    }
}

impl<L: Language> Chain<L, Open> {
    /// Adds steps after each end of the chain.
    pub fn next<S: Steps<L>>(mut self, steps: S) -> Chain<L, S::End> {
        let next = steps.into_chain();
        for index in &self.open {
            if let Some(state) = self.graph.states.get_mut(*index) {
                state.next = Next::To(next.graph.start.clone());
            }
        }
        let offset = self.graph.states.len();
        let open = next.open.iter().map(|index| index + offset).collect();
        self.graph.states.extend(next.graph.states);
        Chain::from_parts(self.graph, open)
    }
}

impl<L: Language, E> Steps<L> for Chain<L, E> {
    type End = E;

    fn into_chain(self) -> Self {
        self
    }
}

/// Continuation at a state that another part of the same machine or branch has, for loops and for paths that join.
///
/// A name without a state is reported (`INF4944`), as is a state of another branch (`INF4945`).
///
/// ```
/// use infra_lib::stepfunctions::{Choice, Condition, Definition, GoTo, Pass, Succeed, Wait};
/// use infra_lib::Duration;
///
/// let poll = Pass::new("Look").next(
///     Choice::new("Ready?")
///         .when(Condition::expression("{% $states.input.ready %}"), Succeed::new("Done"))
///         .otherwise(Wait::new("Pause", Duration::seconds(30)).next(GoTo::new("Look"))),
/// );
/// assert!(Definition::new(poll).to_json().to_string().contains(r#""Next":"Look""#));
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[must_use = "a continuation has no effect until it is part of a definition"]
pub struct GoTo(String);

impl GoTo {
    /// Creates a continuation at the state of that name.
    pub fn new(state: impl Into<String>) -> Self {
        Self(state.into())
    }
}

impl<L: Language> Steps<L> for GoTo {
    type End = Ended;

    fn into_chain(self) -> Chain<L, Ended> {
        let graph = Graph {
            start: self.0,
            states: Vec::new(),
        };
        Chain::from_parts(graph, Vec::new())
    }
}
