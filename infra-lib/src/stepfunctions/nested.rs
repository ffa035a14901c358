//! States with states in them: parallel branches and maps.

use super::chain::Steps;
use super::distributed::Distributed;
use super::fields::{errors, result_path, state_with_next};
use super::graph::Nested;
use super::language::{JsonPath, Jsonata, Language};
use crate::core::{Data, Map as Fields};

state_with_next! {
    /// A state that runs branches at the same time, and continues when all have ended.
    ///
    /// Renders a [`Parallel`](https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html). The result is the
    /// list of the outputs of the branches. An error in one branch stops the others.
    ///
    /// ```
    /// use infra_lib::stepfunctions::{Definition, Parallel, Pass};
    ///
    /// let both = Parallel::new("Both").branch(Pass::new("Left")).branch(Pass::new("Right")).next(Pass::new("Join"));
    /// assert_eq!(Definition::new(both).to_json()["States"]["Both"]["Branches"][1]["StartAt"], "Right");
    /// ```
    Parallel = "Parallel"
}
result_path!(Parallel);
errors!(Parallel);

impl Parallel<Jsonata> {
    /// Creates a state for a machine with JSONata.
    pub fn new(name: impl Into<String>) -> Self {
        Self::of(name)
    }

    /// Sets the input of the branches. Default: the input of the state.
    pub fn arguments(mut self, arguments: impl Into<Data>) -> Self {
        self.state.fields.insert("Arguments", arguments);
        self
    }
}

impl Parallel<JsonPath> {
    /// Creates a state for a machine with JSONPath.
    pub fn json_path(name: impl Into<String>) -> Self {
        Self::of(name)
    }

    /// Sets the input of the branches, with paths in keys that end with `.$`. Default: the input of the state.
    pub fn parameters(mut self, parameters: impl Into<Data>) -> Self {
        self.state.fields.insert("Parameters", parameters);
        self
    }
}

impl<L: Language> Parallel<L> {
    /// Adds a branch.
    pub fn branch<S: Steps<L>>(mut self, steps: S) -> Self {
        let graph = steps.into_chain().graph;
        match &mut self.state.nested {
            Nested::Branches(branches) => branches.push(graph),
            nested => *nested = Nested::Branches(vec![graph]),
        }
        self
    }
}

state_with_next! {
    /// A state that runs the same steps for each item of a list.
    ///
    /// Renders a [`Map`](https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html), within the execution unless
    /// it is [`distributed`](Self::distributed). The result is the list of the outputs. Defaults:
    ///
    /// | property | here | Step Functions |
    /// |---|---|---|
    /// | items | the input of the state | the same |
    /// | items at the same time | no limit | the same: about 40, and 10,000 if it is distributed |
    /// | failed items | one fails the state | the same |
    ///
    /// ```
    /// use infra_lib::stepfunctions::{Definition, Map, Pass};
    ///
    /// let all = Map::new("Each", Pass::new("Resize")).items("{% $states.input.images %}").max_concurrency(10);
    /// assert_eq!(Definition::new(all).to_json()["States"]["Each"]["ItemProcessor"]["StartAt"], "Resize");
    /// ```
    Map = "Map"
}
result_path!(Map);
errors!(Map);

impl Map<Jsonata> {
    /// Creates a map for a machine with JSONata, from the steps for each item.
    pub fn new(name: impl Into<String>, steps: impl Steps<Jsonata>) -> Self {
        Self::processing(name, steps)
    }

    /// Sets the items: a list, or an expression whose result is a list. Default: the input of the state.
    pub fn items(mut self, items: impl Into<Data>) -> Self {
        self.state.fields.insert("Items", items);
        self
    }
}

impl Map<JsonPath> {
    /// Creates a map for a machine with JSONPath, from the steps for each item.
    pub fn json_path(name: impl Into<String>, steps: impl Steps<JsonPath>) -> Self {
        Self::processing(name, steps)
    }

    /// Sets the path of the list of items. Default: `$`, the input of the state.
    pub fn items_path(mut self, path: impl Into<String>) -> Self {
        self.state.fields.insert("ItemsPath", path.into());
        self
    }
}

impl<L: Language> Map<L> {
    fn processing(name: impl Into<String>, steps: impl Steps<L>) -> Self {
        let mut map = Self::of(name);
        let mut config = Fields::default();
        config.insert("Mode", "INLINE");
        map.state.nested = Nested::Processor(Box::new(steps.into_chain().graph), config);
        map
    }

    /// Sets the input of the steps for an item. JSONata: an expression can use `$states.context.Map.Item.Value`;
    /// JSONPath: a key that ends with `.$` can have `$$.Map.Item.Value`. Default: the item.
    pub fn item_selector(mut self, selector: impl Into<Data>) -> Self {
        self.state.fields.insert("ItemSelector", selector);
        self
    }

    /// Sets the number of items that are processed at the same time; 1 keeps their order. Default: no limit.
    pub fn max_concurrency(mut self, items: u32) -> Self {
        self.state.fields.insert("MaxConcurrency", i64::from(items));
        self
    }

    /// Runs the steps for each item, or batch of items, in an execution of its own. Only standard machines can
    /// (`INF4950`). The role may start executions of its machine.
    pub fn distributed(mut self, distributed: Distributed) -> Self {
        if let Nested::Processor(_, config) = &mut self.state.nested {
            *config = distributed.config();
        }
        for (name, value) in distributed.fields::<L>() {
            self.state.fields.insert(name, value);
        }
        self.state.standard_only = Some("a distributed map");
        self.state.statements.extend(distributed.statements);
        self
    }
}
