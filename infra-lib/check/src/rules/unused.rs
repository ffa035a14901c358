//! Parameters, mappings and conditions that nothing uses.

use std::collections::BTreeSet;

use infra_core::codes;

use crate::finding::Findings;
use crate::function::{CONDITION, FIND_IN_MAP, FOR_EACH, IF, SUB, TRANSFORM, placeholders};
use crate::model::{Model, Section};
use crate::tree::{Kind, Value};

/// The names that the template uses.
#[derive(Default)]
struct Used<'t> {
    names: BTreeSet<&'t str>,
    conditions: BTreeSet<&'t str>,
    mappings: BTreeSet<&'t str>,
    /// `true` if a name is composed, so that every name can be used.
    open: bool,
}

pub(super) fn check_unused<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    let mut used = Used::default();
    for entry in &model.sections.entries {
        used.visit(&entry.value);
    }
    // Macros and included snippets can use every name.
    if used.open || model.transforms.macros {
        return;
    }
    let sections: [(&str, &Section<'_>, &BTreeSet<&str>); 3] = [
        ("parameter", &model.parameters, &used.names),
        ("mapping", &model.mappings, &used.mappings),
        ("condition", &model.condition_entries, &used.conditions),
    ];
    for (kind, section, used) in sections {
        for entry in section
            .entries
            .iter()
            .filter(|entry| !used.contains(entry.key.as_str()))
        {
            findings
                .add(
                    codes::UNUSED_ENTRY,
                    entry.key_span,
                    format!("the {kind} `{}` is not used", entry.key),
                )
                .help("remove it");
        }
    }
}

impl<'t> Used<'t> {
    fn visit(&mut self, value: &'t Value) {
        match &value.kind {
            Kind::List(items) => items.iter().for_each(|item| self.visit(item)),
            Kind::Map(map) => {
                for entry in &map.entries {
                    self.open |= entry.key == TRANSFORM || entry.key.starts_with(FOR_EACH);
                    if entry.key == CONDITION {
                        self.conditions.extend(entry.value.as_text());
                    }
                    self.visit(&entry.value);
                }
            }
            Kind::Call(call) => {
                let argument = &call.argument;
                let first = argument.as_list().and_then(<[Value]>::first);
                match call.name.as_str() {
                    CONDITION => self.conditions.extend(argument.as_text()),
                    IF => self.use_condition(first),
                    FIND_IN_MAP => match first.map(Value::as_text) {
                        Some(Some(name)) => {
                            self.mappings.insert(name);
                        }
                        _ => self.open = true,
                    },
                    SUB => {
                        let text = first.unwrap_or(argument).as_text().unwrap_or_default();
                        let names =
                            placeholders(text).map(|name| name.split('.').next().unwrap_or(name));
                        self.names.extend(names);
                    }
                    TRANSFORM => self.open = true,
                    "Fn::RefAll" | "Fn::ValueOfAll" => self.open = true,
                    "Fn::ValueOf" => self.names.extend(first.and_then(Value::as_text)),
                    _ => {}
                }
                self.names.extend(value.as_ref_name());
                self.visit(argument);
            }
            _ => {}
        }
    }

    fn use_condition(&mut self, condition: Option<&'t Value>) {
        match condition.and_then(crate::tree::condition_name) {
            Some(name) => {
                self.conditions.insert(name);
            }
            None => self.open = true,
        }
    }
}
