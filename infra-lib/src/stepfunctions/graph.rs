//! States with their transitions, as data that is checked, drawn and rendered.

use super::retry::Retry;
use crate::core::{Data, Duration, Map};
use crate::iam::Statement;

/// End of a state: the way on from it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Next {
    /// The machine or branch ends.
    End,
    /// The state of that name follows.
    To(String),
    /// The state has no field for it: choices, and states that end the execution.
    Never,
}

/// Condition of a choice with the state that follows.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) fields: Map,
    pub(super) label: String,
    pub(super) target: String,
}

/// Errors that a state catches, with the state that follows.
#[derive(Clone, Debug)]
pub(super) struct Catcher {
    pub(super) errors: Vec<String>,
    pub(super) fields: Map,
    pub(super) target: String,
}

/// States within a state.
#[derive(Clone, Debug)]
pub(super) enum Nested {
    None,
    Branches(Vec<Graph>),
    Processor(Box<Graph>, Map),
}

impl Nested {
    /// Returns `true` for a map whose items are processed in executions of their own.
    pub(super) fn is_distributed(&self) -> bool {
        match self {
            Self::Processor(_, config) => config.get("ExecutionType").is_some(),
            _ => false,
        }
    }

    /// Returns the graphs within the state.
    pub(super) fn graphs(&self) -> &[Graph] {
        match self {
            Self::None => &[],
            Self::Branches(graphs) => graphs,
            Self::Processor(graph, _) => std::slice::from_ref(graph),
        }
    }
}

/// A state with its transitions.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) fields: Map,
    pub(super) next: Next,
    pub(super) rules: Vec<Rule>,
    pub(super) default: Option<String>,
    pub(super) retries: Vec<Retry>,
    pub(super) catchers: Vec<Catcher>,
    pub(super) nested: Nested,
    pub(super) statements: Vec<Statement>,
    /// Reason for which only standard machines can have the state.
    pub(super) standard_only: Option<&'static str>,
    pub(super) waits_for_token: bool,
    pub(super) timeout: Option<Duration>,
    pub(super) heartbeat: Option<Duration>,
}

impl State {
    pub(super) fn new(name: impl Into<String>, kind: &'static str, next: Next) -> Self {
        Self {
            name: name.into(),
            kind,
            fields: Map::default(),
            next,
            rules: Vec::new(),
            default: None,
            retries: Vec::new(),
            catchers: Vec::new(),
            nested: Nested::None,
            statements: Vec::new(),
            standard_only: None,
            waits_for_token: false,
            timeout: None,
            heartbeat: None,
        }
    }

    /// Sets a variable of `Assign`.
    pub(super) fn assign(&mut self, name: String, value: Data) {
        if let Some(Data::Map(variables)) = self.fields.get_mut("Assign") {
            variables.insert(name, value);
        } else {
            self.fields.insert("Assign", Data::map([(name, value)]));
        }
    }

    /// Returns the names of the states that can follow.
    pub(super) fn targets(&self) -> impl Iterator<Item = &str> {
        let next = match &self.next {
            Next::To(name) => Some(name),
            _ => None,
        };
        let rules = self.rules.iter().map(|rule| &rule.target);
        let catchers = self.catchers.iter().map(|catcher| &catcher.target);
        next.into_iter()
            .chain(rules)
            .chain(&self.default)
            .chain(catchers)
            .map(String::as_str)
    }

    /// Returns the state as the Amazon States Language has it.
    fn render(&self) -> Data {
        let mut map = Map::default();
        map.insert("Type", self.kind);
        for (name, value) in self.fields.iter() {
            map.insert(name.to_owned(), value.clone());
        }
        match &self.nested {
            Nested::None => {}
            Nested::Branches(graphs) => {
                let branches = graphs.iter().map(|graph| graph.render(Map::default()));
                map.insert("Branches", Data::list(branches.map(Data::Map)));
            }
            Nested::Processor(graph, config) => {
                let mut processor = Map::default();
                processor.insert("ProcessorConfig", config.clone());
                map.insert("ItemProcessor", graph.render(processor));
            }
        }
        if !self.rules.is_empty() {
            let rules = self.rules.iter().map(|rule| {
                let mut fields = rule.fields.clone();
                fields.insert("Next", rule.target.clone());
                Data::Map(fields)
            });
            map.insert("Choices", Data::list(rules));
        }
        if let Some(default) = &self.default {
            map.insert("Default", default.clone());
        }
        if !self.retries.is_empty() {
            map.insert("Retry", Data::list(self.retries.iter().map(Retry::render)));
        }
        if !self.catchers.is_empty() {
            let catchers = self.catchers.iter().map(|catcher| {
                let mut fields = Map::default();
                let errors = catcher.errors.iter().cloned().map(Data::from);
                fields.insert("ErrorEquals", Data::list(errors));
                for (name, value) in catcher.fields.iter() {
                    fields.insert(name.to_owned(), value.clone());
                }
                fields.insert("Next", catcher.target.clone());
                Data::Map(fields)
            });
            map.insert("Catch", Data::list(catchers));
        }
        match &self.next {
            Next::End => map.insert("End", true),
            Next::To(name) => map.insert("Next", name.clone()),
            Next::Never => {}
        }
        Data::Map(map)
    }
}

/// States of a machine or a branch, in the order of the program.
#[derive(Clone, Debug)]
pub(super) struct Graph {
    pub(super) start: String,
    pub(super) states: Vec<State>,
}

impl Graph {
    /// Adds `StartAt` and `States` to the fields of a machine or branch.
    pub(super) fn render(&self, mut fields: Map) -> Map {
        fields.insert("StartAt", self.start.clone());
        let mut states = Map::default();
        for state in &self.states {
            states.insert(state.name.clone(), state.render());
        }
        fields.insert("States", states);
        fields
    }

    /// Returns every state, with those within states.
    pub(super) fn all_states(&self) -> Vec<&State> {
        let mut found = Vec::new();
        for state in &self.states {
            found.push(state);
            for graph in state.nested.graphs() {
                found.extend(graph.all_states());
            }
        }
        found
    }
}
