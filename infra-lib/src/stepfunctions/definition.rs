//! Definitions: all states of a machine.

use serde_json::Value as JsonValue;

use super::chain::Steps;
use super::graph::Graph;
use super::language::Language;
use super::{mermaid, text};
use crate::core::{Data, Duration, Map, Value};
use crate::iam::Statement;

/// The states of a machine, in the [Amazon States
/// Language](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html).
///
/// A definition is a value: it can be drawn and compared without a machine. States are in the order of the program.
///
/// | property | here | Step Functions |
/// |---|---|---|
/// | query language | that of the states, JSONata with `new` of each state | JSONPath |
/// | timeout | none: standard executions run up to a year, express ones up to 5 minutes | the same |
///
/// ```
/// use infra_lib::stepfunctions::{Definition, Pass, Succeed};
/// use infra_lib::Duration;
///
/// let definition = Definition::new(Pass::new("Hello").next(Succeed::new("Done"))).timeout(Duration::minutes(1));
/// assert_eq!(definition.to_json()["StartAt"], "Hello");
/// assert_eq!(definition.to_json()["QueryLanguage"], "JSONata");
/// ```
#[derive(Clone, Debug)]
pub struct Definition {
    pub(super) graph: Graph,
    pub(super) query_language: Option<&'static str>,
    comment: Option<String>,
    pub(super) timeout: Option<Duration>,
}

impl Definition {
    /// Creates a definition from a state or a chain of states, which begins with its first state.
    pub fn new<L: Language>(steps: impl Steps<L>) -> Self {
        Self {
            graph: steps.into_chain().graph,
            query_language: L::QUERY_LANGUAGE,
            comment: None,
            timeout: None,
        }
    }

    /// Sets a comment.
    #[must_use]
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.comment = Some(text.into());
        self
    }

    /// Sets the time after which an execution fails with `States.Timeout`. Default: none.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Returns the definition as JSON. References to resources of the app have placeholders, since only synthesis knows
    /// their names.
    pub fn to_json(&self) -> JsonValue {
        self.data().to_json()
    }

    /// Returns a drawing of the states as a [state diagram of Mermaid](https://mermaid.js.org/syntax/stateDiagram.html),
    /// which GitHub and GitLab show in Markdown.
    ///
    /// ```
    /// use infra_lib::stepfunctions::{Definition, Pass, Succeed};
    ///
    /// let definition = Definition::new(Pass::new("Hello").next(Succeed::new("Done")));
    /// assert_eq!(
    ///     definition.to_mermaid(),
    ///     "stateDiagram-v2\n    state \"Hello\" as s0\n    [*] --> s0\n    s0 --> s1\n    state \"Done\" as s1\n    s1 --> [*]\n",
    /// );
    /// ```
    pub fn to_mermaid(&self) -> String {
        mermaid::draw(&self.graph)
    }

    /// Returns the definition as the text of a template.
    pub(super) fn render(&self) -> Value<String> {
        text::json_text(&self.data())
    }

    /// Returns the permissions that the states need.
    pub(super) fn statements(&self) -> Vec<Statement> {
        let states = self.graph.all_states();
        let statements = states.iter().flat_map(|state| &state.statements);
        statements.cloned().collect()
    }

    /// Returns `true` if a map of the definition starts executions of the machine.
    pub(super) fn is_distributed(&self) -> bool {
        self.graph
            .all_states()
            .iter()
            .any(|state| state.nested.is_distributed())
    }

    fn data(&self) -> Data {
        let mut map = self.graph.render(Map::default());
        if let Some(timeout) = self.timeout {
            map.insert("TimeoutSeconds", timeout.to_seconds_i64());
        }
        if let Some(comment) = &self.comment {
            map.insert("Comment", comment.clone());
        }
        if let Some(language) = self.query_language {
            map.insert("QueryLanguage", language);
        }
        Data::Map(map)
    }
}
