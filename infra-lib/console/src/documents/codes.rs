//! The document of `explain --json`.

use infra_core::CodeInfo;
use schemars::JsonSchema;
use serde::Serialize;

/// One code with its page, or all codes without pages.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(untagged)]
#[schemars(title = "Codes: `explain --json`")]
#[non_exhaustive]
pub enum CodeDocument {
    /// The code that was asked for.
    One(CodePage),
    /// Every code, in the order of numbers.
    All(Vec<Code>),
}

/// A code with its page.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
pub struct CodePage {
    #[serde(flatten)]
    code: Code,
    /// Page of the code, in Markdown.
    page: String,
}

/// A code of findings.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[expect(clippy::struct_field_names, reason = "names of the document")]
pub struct Code {
    /// Code, such as `INF1001`.
    code: String,
    /// Severity of its findings: `warning`, `error` or `fatal`.
    severity: String,
    /// Title of its page.
    title: String,
}

impl CodePage {
    /// Describes a code with its page.
    pub fn new(info: &CodeInfo, page: impl Into<String>) -> Self {
        Self {
            code: Code::new(info),
            page: page.into(),
        }
    }
}

impl Code {
    /// Describes a code.
    pub fn new(info: &CodeInfo) -> Self {
        Self {
            code: info.code.as_str().to_owned(),
            severity: info.code.severity().to_string(),
            title: info.title.to_owned(),
        }
    }
}
