//! Findings as data: [`Diagnostic`] holds the code, the location, the cause and the remedy of a finding; [`render`] formats it as text.

mod code;
pub mod codes;
mod report;

pub use code::{Code, CodeInfo};
pub use report::{Summary, render};

use std::fmt;
use std::panic::Location;

use serde_json::{Value as JsonValue, json};

/// The severity of a finding, from least to most severe.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// A possible problem; synthesis succeeds.
    Warning,
    /// A problem; synthesis fails unless the finding is acknowledged with a reason.
    Error,
    /// A problem that CloudFormation is certain to refuse. It cannot be acknowledged.
    Fatal,
}

impl Severity {
    /// Returns the word used in printed findings: `warning`, `error` or `fatal`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Fatal => "fatal",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The source location of the call that created a construct, recorded with `#[track_caller]`.
pub type Origin = &'static Location<'static>;

/// A location in a source file: of the program, or of a file that it reads, such as a configuration.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Place {
    /// Path of the source file as passed to the compiler, with `/` as separator on every platform.
    pub file: String,
    /// Line number, starting at 1.
    pub line: u32,
    /// Column number, starting at 1.
    pub column: u32,
}

impl Place {
    /// Creates a location. Line and column start at 1.
    pub fn new(file: impl Into<String>, line: u32, column: u32) -> Self {
        Self {
            file: file.into(),
            line,
            column,
        }
    }
}

impl From<Origin> for Place {
    fn from(origin: Origin) -> Self {
        // The compiler writes `\` on Windows; the output must be identical on every platform.
        Self {
            file: origin.file().replace('\\', "/"),
            line: origin.line(),
            column: origin.column(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// A second location that helps to explain a finding, such as the other of two constructs with the same ID.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Related {
    /// The role of the location in the finding, for example "the other construct": lower case, no final period.
    pub message: String,
    /// The location to which the message refers.
    pub place: Place,
}

/// A finding: a problem detected by a construct, a check of synthesis or a policy.
///
/// Create one with [`Diagnostic::new`], add details with the methods of the same names as the fields, and report it with
/// [`Scope::report`](crate::Scope::report).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The kind of the finding, which selects its documentation page.
    pub code: Code,
    /// The severity; by default that of the code.
    pub severity: Severity,
    /// The problem in terms of the user's program: lower case, no final period.
    pub message: String,
    /// Path of the construct, for example `Web/Service/TaskDefinition`.
    pub path: Option<String>,
    /// Source location of the call that created the construct.
    pub place: Option<Place>,
    /// Construct path of the stack whose template contains the problem.
    pub stack: Option<String>,
    /// Logical ID of the resource in the template.
    pub logical_id: Option<String>,
    /// Path of the property in the resource, separated by dots.
    pub property: Option<String>,
    /// The value found in the program or template.
    pub actual: Option<String>,
    /// The values or the form that would be accepted.
    pub expected: Option<String>,
    /// Facts that explain the finding, one sentence each.
    pub notes: Vec<String>,
    /// The change that resolves the finding.
    pub help: Option<String>,
    /// Address of a page with further information.
    pub url: Option<String>,
    /// Further locations that explain the finding.
    pub related: Vec<Related>,
}

impl Diagnostic {
    /// Creates a finding with the given code, the severity of that code, and no details.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            path: None,
            place: None,
            stack: None,
            logical_id: None,
            property: None,
            actual: None,
            expected: None,
            notes: Vec::new(),
            help: None,
            url: None,
            related: Vec::new(),
        }
    }

    /// Overrides the severity of the code.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Sets the path of the construct. An empty path is ignored.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into()).filter(|path: &String| !path.is_empty());
        self
    }

    /// Sets the source location to that of a construct.
    pub fn origin(mut self, origin: Origin) -> Self {
        self.place = Some(origin.into());
        self
    }

    /// Sets the location, for findings in files other than Rust sources, such as a configuration.
    pub fn place(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Sets the logical ID. Policies set only this; the construct path and the source location are derived from it.
    pub fn logical_id(mut self, logical_id: impl Into<String>) -> Self {
        self.logical_id = Some(logical_id.into());
        self
    }

    /// Sets the path of the property, separated by dots. An empty path is ignored.
    pub fn property(mut self, property: impl Into<String>) -> Self {
        self.property = Some(property.into()).filter(|property: &String| !property.is_empty());
        self
    }

    /// Sets the value found.
    pub fn actual(mut self, actual: impl Into<String>) -> Self {
        self.actual = Some(actual.into());
        self
    }

    /// Sets the values or the form that would be accepted.
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Adds a fact that explains the finding.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Sets the change that resolves the finding.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the address of a page with further information.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Adds a further location with its role in the finding.
    pub fn related(self, message: impl Into<String>, origin: Origin) -> Self {
        self.related_place(message, origin.into())
    }

    pub(crate) fn related_place(mut self, message: impl Into<String>, place: Place) -> Self {
        self.related.push(Related {
            message: message.into(),
            place,
        });
        self
    }

    pub(crate) fn path_if_missing(mut self, path: impl FnOnce() -> String) -> Self {
        if self.path.is_none() {
            self.path = Some(path()).filter(|path| !path.is_empty());
        }
        self
    }

    pub(crate) fn place_if_missing(mut self, place: impl FnOnce() -> Place) -> Self {
        self.place.get_or_insert_with(place);
        self
    }

    /// Returns the finding as a JSON object with camel-case keys, as in `findings.json`. Absent details are left out.
    pub fn to_json(&self) -> JsonValue {
        let mut fields = serde_json::Map::new();
        fields.insert("code".to_owned(), self.code.as_str().into());
        fields.insert("severity".to_owned(), self.severity.as_str().into());
        fields.insert("message".to_owned(), self.message.as_str().into());
        let place = |place: &Place| json!({ "file": place.file, "line": place.line, "column": place.column });
        for (name, text) in [
            ("constructPath", &self.path),
            ("stack", &self.stack),
            ("logicalId", &self.logical_id),
            ("propertyPath", &self.property),
            ("actual", &self.actual),
            ("expected", &self.expected),
            ("help", &self.help),
            ("url", &self.url),
        ] {
            if let Some(text) = text {
                fields.insert(name.to_owned(), text.as_str().into());
            }
        }
        if let Some(at) = &self.place {
            fields.insert("source".to_owned(), place(at));
        }
        if !self.notes.is_empty() {
            fields.insert("notes".to_owned(), self.notes.clone().into());
        }
        if !self.related.is_empty() {
            let related = self
                .related
                .iter()
                .map(|r| json!({ "message": r.message, "source": place(&r.place) }));
            fields.insert("related".to_owned(), related.collect());
        }
        JsonValue::Object(fields)
    }
}
