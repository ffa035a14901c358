//! JSON document of `explain --json`.

use infra_core::CodeInfo;
use schemars::JsonSchema;
use serde::Serialize;

/// Single code with its page, or all codes without their pages.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(untagged)]
#[schemars(title = "Codes: `explain --json`")]
#[non_exhaustive]
pub enum CodeDocument {
    /// The requested code, with the text of its page.
    One(CodePage),
    /// All known codes, ordered by number, without their pages.
    All(Vec<Code>),
}

/// Code of findings with the page that explains it.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
pub struct CodePage {
    #[serde(flatten)]
    code: Code,
    /// Page of the code, in Markdown.
    page: String,
}

/// Code of findings, with its severity and the title of its page.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[expect(clippy::struct_field_names, reason = "names of the document")]
pub struct Code {
    /// Code of the finding, such as `INF1001`.
    code: String,
    /// Severity of findings with this code: `warning`, `error` or `fatal`.
    severity: String,
    /// Title of the page, a short description of the problem.
    title: String,
}

impl CodePage {
    /// Creates the description of a code with the text of its page.
    pub fn new(info: &CodeInfo, page: impl Into<String>) -> Self {
        Self {
            code: Code::new(info),
            page: page.into(),
        }
    }
}

impl Code {
    /// Creates the description of a code without the text of its page.
    pub fn new(info: &CodeInfo) -> Self {
        Self {
            code: info.code.as_str().to_owned(),
            severity: info.code.severity().to_string(),
            title: info.title.to_owned(),
        }
    }
}
