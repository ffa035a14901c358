//! Context lookups without an answer: [`MissingContext`] is one entry of the manifest's `missing` list.

use serde_json::{Map as JsonMap, Value as JsonValue};

use crate::diagnostic::{Diagnostic, codes};

/// A context lookup that the app requested and that the context has no answer for.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct MissingContext {
    /// The key under which the app expects the answer in its context.
    pub key: String,
    /// Name of the context provider, for example `ssm` or `hosted-zone`.
    pub provider: String,
    /// Arguments of the lookup, including `account` and `region`.
    pub props: JsonMap<String, JsonValue>,
}

impl MissingContext {
    /// Creates a missing lookup from its context key, provider and arguments.
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

    /// Returns the finding `INF7105` for this lookup. The template contains a placeholder and must not be reviewed or deployed.
    pub fn to_finding(&self) -> Diagnostic {
        Diagnostic::new(
            codes::UNANSWERED_LOOKUP,
            format!("the context lookup `{}` has no answer", self.key),
        )
        .note(format!(
            "the `{}` lookup left a placeholder in the template, which must not be deployed",
            self.provider
        ))
        .help("run `infra synth` once with credentials that can read that account: it writes the answer to `cdk.context.json`; commit this file to version control")
    }
}
