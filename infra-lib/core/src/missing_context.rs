//! Facts that an app asked for and the context does not have.

use serde_json::{Map as JsonMap, Value as JsonValue};

/// A look-up that the context had no answer for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct MissingContext {
    /// The key under which the answer is expected.
    pub key: String,
    /// The context provider.
    pub provider: String,
    /// What the provider is asked, with account and region.
    pub props: JsonMap<String, JsonValue>,
}
