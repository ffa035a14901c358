//! The templates of nested stacks, as the template that contains the stacks sees them.

use std::collections::{BTreeMap, BTreeSet};

use super::Model;
use crate::tree::Value;

/// The template of a nested stack, as far as the template that contains the stack depends on it.
#[derive(Clone, Debug)]
pub(crate) struct Child {
    /// Path for messages.
    pub(crate) name: String,
    /// Names of the parameters, with `true` for those without a default.
    pub(crate) parameters: BTreeMap<String, bool>,
    /// Names of the outputs.
    pub(crate) outputs: BTreeSet<String>,
    /// `true` if a macro or a loop adds parameters and outputs that are unknown here.
    pub(crate) open: bool,
}

impl Child {
    /// Returns what a template offers under a name for messages.
    pub(crate) fn of_template(name: String, model: &Model<'_>) -> Self {
        let has_default = |value: &Value| {
            let map = value.as_map();
            map.is_none_or(|map| map.find_entry("Default").is_some())
        };
        let parameters = model.parameters.entries.iter();
        let outputs = model.outputs.entries.iter();
        let is_open = |section: &str| {
            let map = model.sections.get(section).and_then(Value::as_map);
            map.is_some_and(|map| {
                map.entries
                    .iter()
                    .any(|entry| entry.key.starts_with("Fn::"))
            })
        };
        Self {
            name,
            parameters: parameters
                .map(|entry| (entry.key.clone(), !has_default(&entry.value)))
                .collect(),
            outputs: outputs.map(|entry| entry.key.clone()).collect(),
            open: model.transforms.macros || is_open("Parameters") || is_open("Outputs"),
        }
    }
}
