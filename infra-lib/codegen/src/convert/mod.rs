//! A template as a Rust program that synthesizes to it: same logical IDs, same meaning.
//!
//! Each resource becomes a call of its bindings, each reference the handle of what it names. What the bindings do not
//! know stays JSON, with functions as the template has them. What a program cannot say at all is a [`Problem`]:
//! nothing is left out in silence.

mod code;
mod expression;
mod json;
mod order;
mod resource;
mod scope;
mod sections;
mod source;
mod statement;
mod text;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Map, Value as JsonValue};

/// What to call things.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// The construct id of the stack, which is its name where nothing else is set.
    pub stack: String,
    /// The file that the template comes from, for the first line.
    pub file: String,
    /// How much is written.
    pub form: Form,
    /// Comments that are kept, by the place of an entry: `Resources.Web`.
    pub comments: BTreeMap<String, String>,
}

impl Options {
    /// Options for the template of a stack, from a file, without comments.
    pub fn new(stack: impl Into<String>, file: impl Into<String>, form: Form) -> Self {
        Self {
            stack: stack.into(),
            file: file.into(),
            form,
            comments: BTreeMap::new(),
        }
    }
}

/// How much is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Form {
    /// A module with one function, which adds the stack to an app.
    Module,
    /// A whole program.
    Program,
    /// The module of a project that `infra new` makes: a function `build` that gets the properties of the stack, with
    /// every name from `infra_lib`.
    Project,
}

/// The source of a program.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Source {
    /// The text of the file.
    pub text: String,
    /// The services whose bindings it uses.
    pub services: BTreeSet<String>,
    /// The Cargo features of `infra-cfn`, and of `infra-lib`, that turn on these bindings.
    pub features: BTreeSet<String>,
    /// True when it uses `serde_json`.
    pub json: bool,
}

/// Something in a template that no program can say.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    /// Where it stands: `Resources.Web.DeletionPolicy`.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What helps.
    pub help: Option<&'static str>,
}

impl Problem {
    fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            message: message.into(),
            help: None,
        }
    }

    fn for_each(place: String) -> Self {
        Self {
            place,
            message: "`Fn::ForEach` makes entries at deployment, which a program does with a loop of its own".to_owned(),
            help: Some(
                "convert what CloudFormation makes of it: `aws cloudformation get-template --stack-name NAME \
                 --template-stage Processed`",
            ),
        }
    }

    fn macro_in(place: String) -> Self {
        Self {
            help: Some(
                "convert what CloudFormation makes of it: `aws cloudformation get-template --stack-name NAME \
                 --template-stage Processed`",
            ),
            ..Self::new(
                place,
                "a macro that writes a section of the template cannot be called from Rust",
            )
        }
    }

    fn unknown_condition(place: &str, name: &str) -> Self {
        Self::new(
            format!("{place}.Condition"),
            format!("there is no condition `{name}`"),
        )
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// Writes the program of a template.
///
/// # Errors
///
/// Everything in the template that a program cannot say.
pub fn source(
    document: &Map<String, JsonValue>,
    options: &Options,
) -> Result<Source, Vec<Problem>> {
    source::write(document, options)
}
