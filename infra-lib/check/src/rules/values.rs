//! Walks every value of the template, and checks each function at its place: whether it may stand there, its arguments, and its references.

use infra_core::codes;

use super::{functions, references};
use crate::finding::Findings;
use crate::function::{FOR_EACH, FUNCTIONS, IF, TRANSFORM, find_function, is_function_name};
use crate::model::{Model, Scenario};
use crate::tree::{Call, Kind, Map, Value, condition_name};

/// The part of a template that a value belongs to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Part {
    /// Properties, outputs, metadata and policies.
    Value,
    /// The section `Conditions`.
    Condition,
    /// The section `Rules`.
    Rule,
}

/// A walk with the conditions that hold at the current place.
pub(super) struct Walk<'t, 'f> {
    pub(super) model: &'t Model<'t>,
    pub(super) findings: &'f mut Findings,
    pub(super) part: Part,
    pub(super) scenario: Scenario<'t>,
    /// Resource that contains the value.
    pub(super) resource: Option<&'t str>,
}

pub(super) fn check_values<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    let mut walk = Walk {
        model,
        findings,
        part: Part::Condition,
        scenario: Vec::new(),
        resource: None,
    };
    for entry in &model.condition_entries.entries {
        walk.visit(&entry.value);
    }
    walk.part = Part::Rule;
    for entry in &model.rules.entries {
        walk.visit(&entry.value);
    }
    walk.part = Part::Value;
    for resource in &model.resources {
        walk.visit_owner(
            resource.attributes,
            resource.condition,
            Some(resource.name()),
        );
    }
    walk.resource = None;
    for section in ["Resources", "Outputs"] {
        let entries = model.sections.get(section).and_then(Value::as_map);
        for entry in entries.map_or(&[][..], |map| &map.entries) {
            if entry.key.starts_with(FOR_EACH) {
                walk.visit_collection(&entry.value);
            }
        }
    }
    for output in &model.outputs.entries {
        let map = output.value.as_map();
        let condition = map.and_then(|map| map.get("Condition")?.as_text());
        walk.visit_owner(map, condition, None);
    }
}

impl<'t> Walk<'t, '_> {
    /// Visits a resource or an output, which exists if its condition holds.
    fn visit_owner(
        &mut self,
        map: Option<&'t Map>,
        condition: Option<&'t str>,
        resource: Option<&'t str>,
    ) {
        let Some(map) = map else { return };
        self.resource = resource;
        if let (Some(name), Some(written)) = (condition, map.get("Condition")) {
            references::check_condition(self.model, name, written.span, self.findings);
            self.scenario.push((name, true));
        }
        let literal = [
            "Condition",
            "DependsOn",
            "Type",
            "DeletionPolicy",
            "UpdateReplacePolicy",
        ];
        for entry in map
            .entries
            .iter()
            .filter(|entry| !literal.contains(&entry.key.as_str()))
        {
            // Functions in metadata are evaluated, but unknown names in it are text of tools.
            self.visit(&entry.value);
        }
        for key in ["DeletionPolicy", "UpdateReplacePolicy"] {
            if let Some(policy) = map.get(key)
                && resource.is_some()
            {
                self.visit(policy);
            }
        }
        self.scenario.clear();
    }

    /// Visits the collection of a loop that was not expanded.
    fn visit_collection(&mut self, body: &'t Value) {
        if let Some([_, collection, _]) = body.as_list() {
            self.visit(collection);
        }
    }

    fn visit(&mut self, value: &'t Value) {
        match &value.kind {
            Kind::List(items) => items.iter().for_each(|item| self.visit(item)),
            Kind::Map(map) => self.visit_map(map),
            Kind::Call(call) => self.visit_call(value, call),
            _ => {}
        }
    }

    fn visit_map(&mut self, map: &'t Map) {
        let beside = map.entries.iter().find(|entry| {
            is_function_name(&entry.key) && entry.key.starts_with("Fn::") && entry.key != TRANSFORM
        });
        if let Some(entry) = beside {
            let message = format!("`{}` is not the only key of its map", entry.key);
            self.findings
                .add(codes::INVALID_FUNCTION, entry.key_span, message)
                .help("a function is a map with one key; move the other keys elsewhere");
        }
        for entry in &map.entries {
            // The body of a loop with an unknown collection contains names that are not known here.
            if entry.key.starts_with(FOR_EACH) {
                self.visit_collection(&entry.value);
            } else {
                self.visit(&entry.value);
            }
        }
    }

    fn visit_call(&mut self, value: &'t Value, call: &'t Call) {
        if !self.check_place(value, call) {
            return;
        }
        functions::check_arguments(self, value, call);
        references::check_call(self, value, call);
        match (call.name.as_str(), call.argument.as_list()) {
            (TRANSFORM, _) => {}
            (IF, Some([condition, then, otherwise])) => self.visit_if(condition, then, otherwise),
            _ => self.visit(&call.argument),
        }
    }

    fn visit_if(&mut self, condition: &'t Value, then: &'t Value, otherwise: &'t Value) {
        let Some(name) = condition_name(condition) else {
            // Another form of the condition has been reported, or the language extensions allow it.
            if self.model.transforms.language_extensions {
                self.visit(condition);
            }
            self.visit(then);
            self.visit(otherwise);
            return;
        };
        for (branch, holds) in [(then, true), (otherwise, false)] {
            self.scenario.push((name, holds));
            // A branch that is never taken has no findings.
            if self.model.conditions.can_hold(&self.scenario) {
                self.visit(branch);
            }
            self.scenario.pop();
        }
    }

    /// Returns `false` if the function is unknown or is not allowed here, so that its arguments are not checked.
    fn check_place(&mut self, value: &'t Value, call: &Call) -> bool {
        let name = call.name.as_str();
        let transforms = &self.model.transforms;
        let Some(function) = find_function(name) else {
            if !transforms.macros {
                self.findings
                    .add(
                        codes::INVALID_FUNCTION,
                        value.span,
                        format!("CloudFormation has no function `{name}`"),
                    )
                    .suggest(name, FUNCTIONS.iter().map(|function| function.name));
            }
            return false;
        };
        let (allowed, part) = match self.part {
            Part::Value => (function.in_values, "here"),
            Part::Condition => (function.in_conditions, "in the section `Conditions`"),
            Part::Rule => (function.in_rules, "in the section `Rules`"),
        };
        if !allowed && !transforms.macros {
            let message = format!("`{name}` is not allowed {part}");
            let draft = self
                .findings
                .add(codes::FUNCTION_NOT_ALLOWED, value.span, message);
            if self.part == Part::Value && function.in_conditions {
                draft.help(
                    "define a condition in the section `Conditions`, and use it with `Fn::If`",
                );
            }
            return false;
        }
        if function.extension && !transforms.language_extensions && !transforms.macros {
            self.findings
                .add(
                    codes::FUNCTION_NOT_ALLOWED,
                    value.span,
                    format!("`{name}` requires the transform `AWS::LanguageExtensions`"),
                )
                .help("add `Transform: AWS::LanguageExtensions`");
        }
        true
    }
}
