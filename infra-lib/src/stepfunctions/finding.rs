//! Findings about definitions.

use crate::core::{Code, Diagnostic};

/// Begins a finding about a definition.
pub(super) fn finding(code: Code, message: String, page: &str) -> Diagnostic {
    Diagnostic::new(code, message)
        .property("DefinitionString")
        .url(format!(
            "https://docs.aws.amazon.com/step-functions/latest/dg/{page}"
        ))
}
