//! Findings as data: gathered, with a code, a place, a cause and a way out.

mod code;
pub mod codes;
mod report;

pub use code::{Code, CodeInfo};
pub use report::{Summary, render};

use std::fmt;
use std::panic::Location;

use serde_json::{Value as JsonValue, json};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Worth a look; synthesis succeeds.
    Warning,
    /// Wrong; synthesis fails unless the finding is acknowledged with a reason.
    Error,
    /// CloudFormation or the template's own grammar is certain to refuse it; it cannot be acknowledged.
    Fatal,
}

impl Severity {
    /// The word people read.
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

/// The place in the user's program where a construct was made.
pub type Origin = &'static Location<'static>;

/// A place in the user's program.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Place {
    /// The source file, as the compiler was given it.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

impl Place {
    /// A place in a file; line and column from 1.
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
        // The compiler writes `\` on Windows; the same program gives the same bytes everywhere.
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

/// Another place that has to do with a finding.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Related {
    /// What is there.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// A finding.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in the user's words: lower case, no final period.
    pub message: String,
    /// Construct path.
    pub path: Option<String>,
    /// Where the construct was made.
    pub place: Option<Place>,
    /// The stack whose template has it.
    pub stack: Option<String>,
    /// Logical ID of the resource.
    pub logical_id: Option<String>,
    /// Property path, dotted.
    pub property: Option<String>,
    /// What is there.
    pub actual: Option<String>,
    /// What would be accepted.
    pub expected: Option<String>,
    /// Facts that explain it.
    pub notes: Vec<String>,
    /// The way out.
    pub help: Option<String>,
    /// Where to read more.
    pub url: Option<String>,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
}

impl Diagnostic {
    /// A finding of that kind with the severity of its code.
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

    /// Sets the severity, where it is not that of the code.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Sets the construct path.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into()).filter(|path: &String| !path.is_empty());
        self
    }

    /// Sets the place in the user's program.
    pub fn origin(mut self, origin: Origin) -> Self {
        self.place = Some(origin.into());
        self
    }

    /// Sets the place in a file that is not Rust, such as a configuration.
    pub fn place(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Sets the logical ID; construct path and place follow from it.
    pub fn logical_id(mut self, logical_id: impl Into<String>) -> Self {
        self.logical_id = Some(logical_id.into());
        self
    }

    /// Sets the property path.
    pub fn property(mut self, property: impl Into<String>) -> Self {
        self.property = Some(property.into()).filter(|property: &String| !property.is_empty());
        self
    }

    /// Sets what is there.
    pub fn actual(mut self, actual: impl Into<String>) -> Self {
        self.actual = Some(actual.into());
        self
    }

    /// Sets what would be accepted.
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Adds a fact that explains it.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Sets the way out.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets where to read more.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Adds another place.
    pub fn related(mut self, message: impl Into<String>, origin: Origin) -> Self {
        self.related.push(Related {
            message: message.into(),
            place: origin.into(),
        });
        self
    }

    pub(crate) fn path_if_missing(mut self, path: impl FnOnce() -> String) -> Self {
        if self.path.is_none() {
            self.path = Some(path()).filter(|path| !path.is_empty());
        }
        self
    }

    pub(crate) fn origin_if_missing(mut self, origin: Origin) -> Self {
        self.place.get_or_insert_with(|| origin.into());
        self
    }

    /// The finding as JSON, for machines.
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
