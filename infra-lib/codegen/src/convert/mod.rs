//! Conversion of a template to a Rust program that synthesizes it, with the same logical IDs and the same meaning.
//!
//! [`source()`] converts a template. Each resource becomes a call of its bindings, each reference the handle of its
//! target. Properties without bindings stay JSON, with functions as in the template. Entries that no construct expresses,
//! such as loops, stay data and are reported as [`Problem`]s; nothing is omitted.

mod code;
mod constructs;
mod expression;
mod json;
mod kept;
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

/// Names and form of the generated program; input of [`source()`].
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// Construct ID of the stack, which is also its name unless another is set.
    pub stack: String,
    /// File name of the template. It appears in the first comment of the program and is not read.
    pub file: String,
    /// Form of the generated source: a module, a program, or a module of a project.
    pub form: Form,
    /// `true` for constructs of `infra_lib` in place of bindings, where a construct makes the same resources.
    pub constructs: bool,
    /// Comments to keep, by the path of an entry: `Resources.Web`.
    pub comments: BTreeMap<String, String>,
}

impl Options {
    /// Creates options for the template of a stack from a file, without comments.
    pub fn new(stack: impl Into<String>, file: impl Into<String>, form: Form) -> Self {
        Self {
            stack: stack.into(),
            file: file.into(),
            form,
            constructs: false,
            comments: BTreeMap::new(),
        }
    }
}

/// Form of the generated source, which determines the function around the constructs and the crates of its imports.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Form {
    /// A module with one function, which adds the stack to an app. It imports from `infra_core` and `infra_cfn`.
    Module,
    /// A complete program with `main`.
    Program,
    /// A module of a project that `infra new` creates: a function `build` with the properties of the stack, and all
    /// names from `infra_lib`.
    Project,
}

/// Source of a generated program, with the dependencies that its manifest needs.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Source {
    /// Text of the file, laid out readably but not yet formatted by `rustfmt`.
    pub text: String,
    /// Parts of the template that the program has as data, with the reason: loops, macros, and what no construct expresses.
    pub kept: Vec<Problem>,
    /// Services whose bindings the source uses, by the name of their module in `infra_cfn`.
    pub services: BTreeSet<String>,
    /// Cargo features of `infra-cfn` and `infra-lib` that enable these bindings.
    pub features: BTreeSet<String>,
    /// The construct that makes a resource, such as `sqs::Queue`, by the logical ID of the resource. The other resources are bindings.
    pub constructs: BTreeMap<String, String>,
    /// `true` if the source uses `serde_json`, which the manifest then needs as a dependency.
    pub json: bool,
}

/// A part of a template that no construct expresses, such as a loop or a macro that makes entries.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    /// Path of the part in the template, such as `Resources.Web.DeletionPolicy`.
    pub place: String,
    /// Description of the problem, in lower case and without a period.
    pub message: String,
    /// Way out, such as converting the template after CloudFormation processed it, if one is known.
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

    fn unknown_condition(place: &str, name: &str) -> Self {
        Self::new(
            format!("{place}.Condition"),
            format!("the condition `{name}` does not exist"),
        )
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// Returns the constructs that a conversion knows, such as `sqs::Queue`, each with the setters that it can call.
#[must_use]
pub fn constructs() -> Vec<(String, Vec<&'static str>)> {
    constructs::list_recipes()
}

/// Converts a template to the source of a program that synthesizes to it.
///
/// # Errors
///
/// Fails for a template without resources, which CloudFormation rejects.
pub fn source(
    document: &Map<String, JsonValue>,
    options: &Options,
) -> Result<Source, Vec<Problem>> {
    source::convert_template(document, options)
}
