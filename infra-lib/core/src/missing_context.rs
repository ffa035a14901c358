//! Facts that an app asked for and the context does not have.

use serde_json::{Map as JsonMap, Value as JsonValue};

use crate::diagnostic::{Diagnostic, codes};

/// A look-up that the context had no answer for.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct MissingContext {
    /// The key under which the answer is expected.
    pub key: String,
    /// The context provider.
    pub provider: String,
    /// What the provider is asked, with account and region.
    pub props: JsonMap<String, JsonValue>,
}

impl MissingContext {
    /// The lookup of that key, with the question for its provider.
    pub fn new(
        key: impl Into<String>,
        provider: impl Into<String>,
        props: JsonMap<String, JsonValue>,
    ) -> Self {
        Self {
            key: key.into(),
            provider: provider.into(),
            props,
        }
    }

    /// The finding that the lookup has no answer: its template must not be reviewed or deployed.
    pub fn to_finding(&self) -> Diagnostic {
        Diagnostic::new(
            codes::UNANSWERED_LOOKUP,
            format!("the context lookup `{}` has no answer", self.key),
        )
        .note(format!(
            "the `{}` lookup left a placeholder in the template, which would be deployed",
            self.provider
        ))
        .help("run `infra synth` once with credentials that may read that account: it writes the answer to `cdk.context.json`, which belongs into version control")
    }
}
