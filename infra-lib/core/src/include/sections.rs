//! Adds the sections of an included template to a stack.

use std::collections::BTreeMap;

use serde_json::{Map as JsonMap, Value as JsonValue};

use super::replace::replace_parameters;
use super::{
    CONDITIONS, IncludeProps, IncludedFile, MAPPINGS, OUTPUTS, RULES, TemplateSource, unknown_name,
};
use crate::diagnostic::{Diagnostic, codes};
use crate::node_id::NodeId;
use crate::section::{insert_entry, keep_entry};
use crate::template::is_generator;
use crate::tree::{
    ConditionNode, MappingNode, NodeKind, OutputNode, ParameterNode, RuleNode, Scope, StackNode,
};
use crate::value::{Data, Map};

/// Sections with entries, in the order in which they are added: those that others refer to come first.
const ENTRY_SECTIONS: [&str; 6] = [
    "Parameters",
    "Mappings",
    "Conditions",
    "Rules",
    "Resources",
    "Outputs",
];

/// Sections without entries.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html>
const OTHER_SECTIONS: [&str; 5] = [
    "AWSTemplateFormatVersion",
    "Description",
    "Metadata",
    "Transform",
    "Hooks",
];

type Json = JsonMap<String, JsonValue>;

/// State while a template is added.
pub(super) struct Reader<'app> {
    pub(super) scope: Scope<'app>,
    pub(super) source: TemplateSource,
    parameters: BTreeMap<String, Data>,
    conditions: BTreeMap<String, NodeId>,
    /// `true` if loops or macros make conditions that the template does not name.
    makes_conditions: bool,
    /// `true` if the template has macros.
    transforms: bool,
}

/// Adds everything of a template below `scope`.
pub(super) fn add_template(scope: Scope<'_>, props: IncludeProps) {
    let makes = |section: &str| {
        let entries = props.source.document.get(section);
        let mut names = entries.and_then(JsonValue::as_object).into_iter().flatten();
        names.any(|(name, _)| is_generator(name))
    };
    let makes_conditions = makes("Conditions");
    scope.attach(IncludedFile {
        makes_resources: makes("Resources"),
        name: props.source.file.clone(),
    });
    let mut reader = Reader {
        scope,
        source: props.source,
        parameters: props.parameters,
        conditions: BTreeMap::new(),
        makes_conditions,
        transforms: false,
    };
    if let Some(problem) = reader.source.problem.take() {
        scope.report(*problem);
        return;
    }
    let mut nested = props.nested;
    let mut document = std::mem::take(&mut reader.source.document);
    reader.transforms = document.contains_key("Transform");
    reader.check_names(&document, &nested);
    for section in ENTRY_SECTIONS {
        match document.remove(section) {
            None => {}
            Some(JsonValue::Object(entries)) => {
                reader.add_section(section, &entries, &mut nested);
            }
            Some(_) => {
                reader.report_unsupported(&[section], &format!("`{section}` is not a map"));
            }
        }
    }
    for (section, content) in &document {
        reader.set_section(section, content);
    }
}

impl<'app> Reader<'app> {
    /// Reports values for parameters and templates for nested stacks that the template does not declare.
    fn check_names(&self, document: &Json, nested: &BTreeMap<String, IncludeProps>) {
        let names = |section: &str| -> Vec<String> {
            let entries = document.get(section).and_then(JsonValue::as_object);
            let entries = entries.into_iter().flatten();
            entries.map(|(name, _)| name.clone()).collect()
        };
        for (noun, section, given) in [
            ("parameter", "Parameters", self.parameters.keys().collect()),
            ("resource", "Resources", nested.keys().collect::<Vec<_>>()),
        ] {
            let known = names(section);
            for name in given.into_iter().filter(|name| !known.contains(*name)) {
                let finding = unknown_name(noun, name, &known, &self.source.file);
                self.scope.report(finding);
            }
        }
    }

    fn add_section(
        &mut self,
        section: &str,
        entries: &Json,
        nested: &mut BTreeMap<String, IncludeProps>,
    ) {
        let group = match section {
            "Mappings" => self.scope.construct(MAPPINGS),
            "Conditions" => self.scope.construct(CONDITIONS),
            "Rules" => self.scope.construct(RULES),
            "Outputs" => self.scope.construct(OUTPUTS),
            _ => self.scope,
        };
        for (name, entry) in entries {
            let path = [section, name.as_str()];
            if is_generator(name) || self.has_made_condition(section, entry) {
                self.add_verbatim(&path, entry);
                continue;
            }
            if section == "Conditions" {
                let expr = self.data(entry);
                let kind = NodeKind::Condition(Box::new(ConditionNode { expr }));
                let condition = self.add_entry(group, &path, kind);
                self.conditions.insert(name.clone(), condition.node_id());
                continue;
            }
            let JsonValue::Object(fields) = entry else {
                self.report_unsupported(&path, &format!("`{name}` is not a map"));
                continue;
            };
            match section {
                "Parameters" if self.parameters.contains_key(name) => {}
                "Parameters" => {
                    let fields = self.map(fields);
                    let kind = NodeKind::Parameter(Box::new(ParameterNode { fields }));
                    self.add_entry(group, &path, kind);
                }
                "Mappings" => {
                    let entries = self.map(fields);
                    let kind = NodeKind::Mapping(Box::new(MappingNode { entries }));
                    self.add_entry(group, &path, kind);
                }
                "Rules" => self.add_rule(group, &path, fields),
                "Outputs" => self.add_output(group, &path, fields),
                _ => self.add_resource(name, fields, nested.remove(name)),
            }
        }
    }

    /// Keeps an entry as it is, with parameters replaced.
    fn add_verbatim(&self, path: &[&str; 2], entry: &JsonValue) {
        let data = self.data(entry);
        let Some(stack) = self.scope.stack() else {
            return;
        };
        let [section, name] = *path;
        if !keep_entry(stack.0, section, name, &data) {
            self.report_unsupported(path, &format!("the stack has another `{name}`"));
        }
    }

    /// Returns `true` for an output whose condition a loop or macro makes.
    fn has_made_condition(&self, section: &str, entry: &JsonValue) -> bool {
        let condition = entry.get("Condition").filter(|_| section == "Outputs");
        condition.is_some_and(|name| self.is_made_condition(name))
    }

    /// Returns `true` if the template has no condition of this name, but loops or macros that may make it.
    pub(super) fn is_made_condition(&self, name: &JsonValue) -> bool {
        let name = name.as_str().unwrap_or_default();
        self.makes_conditions && !self.conditions.contains_key(name)
    }

    fn add_rule(&mut self, group: Scope<'app>, path: &[&str; 2], fields: &Json) {
        let assertions = fields.get("Assertions").and_then(JsonValue::as_array);
        let mut read = Vec::new();
        for assertion in assertions.into_iter().flatten() {
            let Some(assert) = assertion.get("Assert") else {
                self.report_unsupported(path, "an assertion of the rule has no `Assert`");
                return;
            };
            let description = assertion.get("AssertDescription");
            let description = description.and_then(JsonValue::as_str).unwrap_or_default();
            read.push((self.data(assert), description.to_owned()));
        }
        if read.is_empty() {
            self.report_unsupported(path, "the rule has no `Assertions`");
            return;
        }
        let node = RuleNode {
            condition: fields.get("RuleCondition").map(|given| self.data(given)),
            assertions: read,
        };
        self.add_entry(group, path, NodeKind::Rule(Box::new(node)));
    }

    fn add_output(&mut self, group: Scope<'app>, path: &[&str; 2], fields: &Json) {
        let Some(value) = fields.get("Value") else {
            self.report_unsupported(path, "the output has no `Value`");
            return;
        };
        let [section, name] = *path;
        let condition = fields.get("Condition");
        let condition =
            condition.and_then(|given| self.find_condition(given, &[section, name, "Condition"]));
        let export = fields.get("Export").and_then(|export| export.get("Name"));
        let node = OutputNode {
            value: self.data(value),
            description: fields
                .get("Description")
                .and_then(JsonValue::as_str)
                .map(str::to_owned),
            export_name: export.map(|name| self.data(name)),
            condition,
        };
        self.add_entry(group, path, NodeKind::Output(Box::new(node)));
    }

    /// Sets a section of the stack that has no entries.
    fn set_section(&self, name: &str, content: &JsonValue) {
        if !OTHER_SECTIONS.contains(&name) && !self.has_macros() {
            let known = ENTRY_SECTIONS.into_iter().chain(OTHER_SECTIONS);
            let finding = Diagnostic::new(
                codes::INCLUDE_UNSUPPORTED,
                format!(
                    "`{}` has a section `{name}`, which CloudFormation rejects",
                    self.source.file
                ),
            );
            let finding = match crate::find_nearest(name, known.clone()) {
                Some(close) => finding.help(format!("did you mean `{close}`?")),
                None => finding.expected(known.collect::<Vec<_>>().join(", ")),
            };
            self.report_at(finding, &[name]);
            return;
        }
        let data = self.data(content);
        let Some(stack) = self.scope.stack() else {
            return;
        };
        let is_set = stack.0.change_tree(|tree| {
            let node = tree.node_mut(stack.0.index);
            if name == "Metadata" {
                let metadata = &mut node.extras_mut().metadata;
                return insert_all(metadata, &data);
            }
            match &mut node.kind {
                NodeKind::Stack(stack) => merge_section(stack, name, data),
                _ => true,
            }
        });
        if !is_set {
            let problem = format!("the stack has another `{name}`");
            self.report_unsupported(&[name], &problem);
        }
    }

    /// Returns `true` if macros process the stack: they accept sections and attributes that CloudFormation does not have.
    pub(super) fn has_macros(&self) -> bool {
        let Some(stack) = self.scope.stack() else {
            return false;
        };
        let of_stack = stack
            .0
            .read_tree(|tree| match &tree.node(stack.0.index).kind {
                NodeKind::Stack(stack) => {
                    !stack.props.transforms.is_empty()
                        || stack.props.sections.get("Transform").is_some()
                }
                _ => false,
            });
        self.transforms || of_stack
    }

    fn add_entry(&self, group: Scope<'app>, path: &[&str; 2], kind: NodeKind) -> Scope<'app> {
        let entry = group.add_node(path[1], kind);
        entry.override_logical_id(path[1]);
        self.set_place(entry, path);
        entry
    }

    /// Sets the place of an entry to that in the template.
    pub(super) fn set_place(&self, entry: Scope<'app>, path: &[&str]) {
        if let Some(place) = self.source.place(path) {
            entry.change_tree(|tree| tree.node_mut(entry.index).extras_mut().place = Some(place));
        }
    }

    /// Returns the node of a condition by name. A name that the template does not have is reported.
    pub(super) fn find_condition(&self, name: &JsonValue, path: &[&str]) -> Option<NodeId> {
        let name = name.as_str().unwrap_or_default();
        let found = self.conditions.get(name).copied();
        if found.is_none() {
            let known: Vec<String> = self.conditions.keys().cloned().collect();
            let finding = unknown_name("condition", name, &known, &self.source.file);
            self.report_at(finding, path);
        }
        found
    }

    /// Replaces the parameters that have a value.
    pub(super) fn replace(&self, data: &mut Data) {
        replace_parameters(data, &self.parameters);
    }

    /// Returns a value as data, with parameters replaced.
    pub(super) fn data(&self, json: &JsonValue) -> Data {
        let mut data = Data::from(json.clone());
        self.replace(&mut data);
        data
    }

    fn map(&self, fields: &Json) -> Map {
        let entries = fields.iter();
        entries
            .map(|(key, value)| (key.clone(), self.data(value)))
            .collect()
    }

    pub(super) fn report_unsupported(&self, path: &[&str], problem: &str) {
        let message = format!(
            "a part of `{}` cannot be included: {problem}",
            self.source.file
        );
        self.report_at(Diagnostic::new(codes::INCLUDE_UNSUPPORTED, message), path);
    }

    /// Reports a finding at a value of the template.
    pub(super) fn report_at(&self, finding: Diagnostic, path: &[&str]) {
        let finding = finding.property(path.join("."));
        self.scope.report(match self.source.place(path) {
            Some(place) => finding.place(place),
            None => finding,
        });
    }
}

/// Merges a section into those of a stack. Returns `false` if the stack has another value, which is kept.
fn merge_section(stack: &mut StackNode, name: &str, data: Data) -> bool {
    let props = &mut stack.props;
    match (name, &data) {
        ("Description", Data::Text(text)) => {
            // A stack has one description: that of the program, else that of the first template.
            props.description.get_or_insert_with(|| text.to_string());
            true
        }
        ("Transform", data) if macro_names(data).is_some() => {
            for name in macro_names(data).into_iter().flatten() {
                if !props.transforms.contains(&name) {
                    props.transforms.push(name);
                }
            }
            true
        }
        ("Transform", _) if !props.transforms.is_empty() => false,
        _ => {
            if let Some(present) = props.sections.get(name) {
                return *present == data;
            }
            props.sections.insert(name.to_owned(), data);
            true
        }
    }
}

/// Returns the names in a `Transform` section, or `None` if a macro has parameters.
fn macro_names(data: &Data) -> Option<Vec<String>> {
    let names = match data {
        Data::List(items) => items.iter().map(Data::as_text).collect(),
        one => one.as_text().map(|name| vec![name]),
    };
    names.map(|names: Vec<&str>| names.into_iter().map(str::to_owned).collect())
}

/// Adds the entries of a map. Returns `false` if one is there with another value, which is kept.
fn insert_all(map: &mut Map, data: &Data) -> bool {
    let mut is_new = true;
    for (key, value) in data.as_map().into_iter().flat_map(Map::iter) {
        is_new &= insert_entry(map, key, value);
    }
    is_new
}
