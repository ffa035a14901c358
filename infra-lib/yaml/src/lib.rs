//! Reads YAML and JSON into one kind of tree that keeps the line and column of every key and value.
//!
//! - [`read_yaml`] and [`read_json`] read a text. [`Rules`] define the meaning of scalars, merge keys and tags, and limit the size of a text.
//! - [`read_template`] reads a CloudFormation template of either form.
//! - [`Node`] is the tree. [`Node::pointer`] finds a value and its key by JSON pointer.
//! - [`Node::deserialize`] converts it into typed values with serde, with a position in every error.
//!
//! ```
//! use infra_yaml::{Rules, read_yaml};
//!
//! let tree = read_yaml("service:\n  cpu: 256\n", &Rules::yaml_1_2()).unwrap();
//! let found = tree.pointer("/service/cpu").unwrap();
//! assert_eq!(found.key.unwrap().start.to_string(), "2:3");
//! assert_eq!(found.node.span.start.to_string(), "2:8");
//! ```

mod deserialize;
mod error;
mod json;
mod node;
mod position;
mod rules;
mod scalar;
mod tag;
mod template;
mod yaml;

pub use error::Error;
pub use json::read_json;
pub use node::{DuplicateKey, Entry, Located, Map, Node, Value};
pub use position::{Position, Span};
pub use rules::{Limits, LongForm, MergeKeys, Rules, Scalars};
pub use template::{
    TemplateError, decode_lossily, decode_template, read_template, read_template_with_duplicates,
};
pub use yaml::read_yaml;
