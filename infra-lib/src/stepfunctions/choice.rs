//! Choices: states that continue depending on conditions.

use std::marker::PhantomData;

use super::chain::{Chain, Open, Steps};
use super::condition::Condition;
use super::graph::{Graph, Next, Rule, State};
use super::language::{JsonPath, Jsonata, Language};
use crate::core::Data;

/// A state that continues with the steps of the first condition that holds.
///
/// Renders a [`Choice`](https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html). Without
/// [`otherwise`](Self::otherwise) the execution fails if no condition holds, which is reported as a warning (`INF4942`).
///
/// ```
/// use infra_lib::stepfunctions::{Choice, Condition, Definition, Fail, Pass};
///
/// let steps = Choice::new("Large?")
///     .when(Condition::expression("{% $states.input.total > 1000 %}"), Pass::new("Review"))
///     .otherwise(Pass::new("Accept"))
///     .afterwards(Pass::new("Ship"));
/// assert_eq!(Definition::new(steps).to_json()["States"]["Review"]["Next"], "Ship");
/// ```
#[derive(Clone, Debug)]
#[must_use = "a state has no effect until it is part of a definition"]
pub struct Choice<L = Jsonata> {
    state: State,
    branches: Vec<(Graph, Vec<usize>)>,
    language: PhantomData<fn() -> L>,
}

impl Choice<Jsonata> {
    /// Creates a choice for a machine with JSONata.
    pub fn new(name: impl Into<String>) -> Self {
        Self::of(name)
    }

    /// Sets the output if no condition holds. Default: the input.
    pub fn output(mut self, output: impl Into<Data>) -> Self {
        self.state.fields.insert("Output", output);
        self
    }
}

impl Choice<JsonPath> {
    /// Creates a choice for a machine with JSONPath.
    pub fn json_path(name: impl Into<String>) -> Self {
        Self::of(name)
    }

    /// Sets the path of the part of the input that the state sees. Default: `$`, the whole input.
    pub fn input_path(mut self, path: impl Into<String>) -> Self {
        self.state.fields.insert("InputPath", path.into());
        self
    }

    /// Sets the path of the part that is the output. Default: `$`, everything.
    pub fn output_path(mut self, path: impl Into<String>) -> Self {
        self.state.fields.insert("OutputPath", path.into());
        self
    }
}

impl<L: Language> Choice<L> {
    fn of(name: impl Into<String>) -> Self {
        Self {
            state: State::new(name, "Choice", Next::Never),
            branches: Vec::new(),
            language: PhantomData,
        }
    }

    /// Sets a comment of the state.
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.state.fields.insert("Comment", text.into());
        self
    }

    /// Sets a variable if no condition holds.
    pub fn assign(mut self, variable: impl Into<String>, value: impl Into<Data>) -> Self {
        self.state.assign(variable.into(), value.into());
        self
    }

    /// Adds a condition with the steps that follow if it is the first one that holds.
    pub fn when<S: Steps<L>>(mut self, condition: Condition<L>, steps: S) -> Self {
        let target = self.add_branch(steps);
        self.state.rules.push(Rule {
            fields: condition.fields,
            label: condition.label,
            target,
        });
        self
    }

    /// Sets the steps that follow if no condition holds; the last call counts.
    pub fn otherwise<S: Steps<L>>(mut self, steps: S) -> Self {
        let target = self.add_branch(steps);
        self.state.default = Some(target);
        self
    }

    /// Adds steps after the end of every branch that does not end the execution.
    pub fn afterwards<S: Steps<L>>(self, steps: S) -> Chain<L, S::End> {
        self.into_chain().next(steps)
    }

    fn add_branch<S: Steps<L>>(&mut self, steps: S) -> String {
        let chain = steps.into_chain();
        let target = chain.graph.start.clone();
        self.branches.push((chain.graph, chain.open));
        target
    }
}

impl<L: Language> Steps<L> for Choice<L> {
    type End = Open;

    fn into_chain(self) -> Chain<L> {
        let start = self.state.name.clone();
        let mut states = vec![self.state];
        let mut open = Vec::new();
        for (graph, ends) in self.branches {
            let offset = states.len();
            open.extend(ends.into_iter().map(|index| index + offset));
            states.extend(graph.states);
        }
        Chain::from_parts(Graph { start, states }, open)
    }
}
