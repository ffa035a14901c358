//! The source of an included template: its document, its name, and the positions of its values.

use std::fmt;
use std::rc::Rc;

use serde_json::{Map as JsonMap, Value as JsonValue};

use crate::diagnostic::{Diagnostic, Place, codes};

/// Function from a JSON pointer to the line and column of the value, both starting at 1.
type FindPosition = Rc<dyn Fn(&str) -> Option<(u32, u32)>>;

/// A template to include: a JSON document in the long form of functions (`{"Ref": …}`), and a name for messages.
#[derive(Clone)]
pub struct TemplateSource {
    pub(super) file: String,
    pub(super) document: JsonMap<String, JsonValue>,
    positions: Option<FindPosition>,
    pub(super) problem: Option<Box<Diagnostic>>,
}

impl fmt::Debug for TemplateSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TemplateSource")
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}

impl TemplateSource {
    /// Creates a source from a JSON document. `file` is its name in messages. A document that is not an object is reported (`INF1282`).
    pub fn from_json(file: impl Into<String>, document: JsonValue) -> Self {
        let file = file.into();
        match document {
            JsonValue::Object(document) => Self {
                file,
                document,
                positions: None,
                problem: None,
            },
            _ => Self::unreadable(file, "the document is not a map", None),
        }
    }

    /// Creates a source for a file that cannot be read, which is reported (`INF1282`) where the template is included.
    ///
    /// `position` is the line and column of the problem, if it has one.
    pub fn unreadable(
        file: impl Into<String>,
        problem: impl fmt::Display,
        position: Option<(u32, u32)>,
    ) -> Self {
        let file = file.into();
        let finding = Diagnostic::new(
            codes::INCLUDE_NOT_READABLE,
            format!("the template `{file}` cannot be read: {problem}"),
        );
        let finding = match position {
            Some((line, column)) => finding.place(Place::new(file.clone(), line, column)),
            None => finding,
        };
        Self {
            file,
            document: JsonMap::new(),
            positions: None,
            problem: Some(Box::new(finding)),
        }
    }

    /// Sets the positions of values, for findings about the template: a function from a JSON pointer (RFC 6901) to line and column.
    pub fn with_positions(mut self, find: impl Fn(&str) -> Option<(u32, u32)> + 'static) -> Self {
        self.positions = Some(Rc::new(find));
        self
    }

    /// Returns the place of the value at a path of keys, or `None` for a document without positions.
    pub(super) fn place(&self, path: &[&str]) -> Option<Place> {
        let mut pointer = String::new();
        for key in path {
            pointer.push('/');
            pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        }
        let (line, column) = self.positions.as_ref()?(&pointer)?;
        Some(Place::new(self.file.clone(), line, column))
    }
}
