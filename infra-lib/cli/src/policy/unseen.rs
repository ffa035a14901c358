//! Separates the templates of a stack that rules see from the parts of its deployment that they do not see.
//!
//! CloudFormation expands macros and modules, and reads a template whose address is not that of a file of the assembly. Rules cannot judge these
//! parts, so each is a finding unless `policy.toml` allows it by name.

use std::collections::BTreeSet;

use infra_core::{Diagnostic, codes};
use infra_template::Template;
use infra_template::TemplateResource;
use infra_template::assembly::{CloudAssembly, Stack};
use infra_template::nested::{DEEPEST, NESTED_STACK, marked_file, nested_path};
use serde_json::Value as JsonValue;

/// Resource type of a StackSet.
const STACK_SET: &str = "AWS::CloudFormation::StackSet";

/// Suffix of the type name of a module, which CloudFormation replaces with the resources of the module.
const MODULE: &str = "::MODULE";

/// Transform that expands `Fn::ForEach`. Without a loop it creates no resource, and rules see its other functions as they see intrinsic functions.
const LOOPS: &str = "AWS::LanguageExtensions";

/// A template that rules are evaluated over.
#[derive(Clone, Debug)]
pub(super) struct SeenTemplate {
    /// Path of the nested stack or StackSet; empty for the stack itself.
    pub(super) nested: String,
    /// Template that CloudFormation deploys.
    pub(super) template: Template,
}

/// The kind of an unseen part, as `policy.toml` names it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Kind {
    /// A macro or transform, allowed by its name.
    Macro,
    /// A module of the CloudFormation registry, allowed by its type.
    Module,
    /// The template of a nested stack, allowed by its address.
    Template,
    /// The template of a StackSet, allowed by the logical ID of the StackSet.
    StackSet,
}

impl Kind {
    /// Returns the key of `policy.toml` for this kind.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Macro => "macro",
            Self::Module => "module",
            Self::Template => "template",
            Self::StackSet => "stack_set",
        }
    }
}

/// A part of a deployment that rules do not see.
#[derive(Clone, Debug)]
pub(super) struct UnseenPart {
    /// Kind of the part.
    pub(super) kind: Kind,
    /// Name under which `policy.toml` allows the part.
    pub(super) name: String,
    /// Finding that is reported unless the part is allowed.
    pub(super) finding: Diagnostic,
}

/// Returns the templates of a stack that are certain to be deployed, and every other part that the stack makes CloudFormation deploy.
pub(super) fn separate_parts(
    assembly: &CloudAssembly,
    stack: &Stack,
) -> (Vec<SeenTemplate>, Vec<UnseenPart>) {
    let mut look = PartCollector {
        assembly,
        stack,
        seen: Vec::new(),
        unseen: Vec::new(),
    };
    look.add_template("", &stack.template, TemplateOwner::Stack, 0);
    (look.seen, look.unseen)
}

/// The owner of a template.
#[derive(Clone, Copy, Eq, PartialEq)]
enum TemplateOwner {
    /// The stack, or one that is nested in it.
    Stack,
    /// A StackSet. It is deployed to other accounts and regions, so no address in it is that of a file of this assembly.
    StackSet,
}

struct PartCollector<'s> {
    assembly: &'s CloudAssembly,
    stack: &'s Stack,
    seen: Vec<SeenTemplate>,
    unseen: Vec<UnseenPart>,
}

impl PartCollector<'_> {
    fn add_template(&mut self, nested: &str, template: &Template, of: TemplateOwner, depth: usize) {
        self.add_macros(nested, template);
        self.seen.push(SeenTemplate {
            nested: nested.to_owned(),
            template: template.clone(),
        });
        for resource in template.resources() {
            let path = nested_path(nested, resource.logical_id);
            if resource.type_name.ends_with(MODULE) {
                self.add_module(path, resource.type_name);
            } else if resource.type_name == NESTED_STACK {
                self.add_nested_stack(path, resource, of, depth);
            } else if resource.type_name == STACK_SET {
                self.add_stack_set(path, resource, depth);
            }
        }
    }

    /// Adds one finding for each distinct macro of a template.
    fn add_macros(&mut self, nested: &str, template: &Template) {
        let mut found = BTreeSet::new();
        if let Some(transform) = template.document().get("Transform") {
            let names = match transform {
                JsonValue::Array(names) => names.iter().collect(),
                one => vec![one],
            };
            let names = names.into_iter().map(name_of_macro);
            found.extend(names.filter(|name| name != LOOPS));
        }
        for (key, value) in template.document() {
            gather_macros(key, value, &mut found);
        }
        for name in found {
            let finding = self.start_finding(nested, &format!("the output of the macro `{name}`"));
            let help = "define its resources in the app";
            self.add_unseen(Kind::Macro, name, finding, help);
        }
    }

    fn add_module(&mut self, path: String, type_name: &str) {
        let what = format!("the resources of the module `{type_name}`");
        let finding = self.start_finding("", &what).logical_id(path);
        let help = "define its resources in the app";
        self.add_unseen(Kind::Module, type_name.to_owned(), finding, help);
    }

    fn add_nested_stack(
        &mut self,
        path: String,
        resource: TemplateResource<'_>,
        of: TemplateOwner,
        depth: usize,
    ) {
        let properties = resource.properties();
        let address = properties.and_then(|all| all.get("TemplateURL"));
        let file = address
            .filter(|_| of == TemplateOwner::Stack)
            .and_then(|address| self.assembly.published_template(self.stack, address));
        let known = self.stack.nested_stack(&path);
        if let (Some(file), Some(known)) = (file, known)
            && known.file == file
            && marked_file(resource).is_none_or(|marked| marked == file)
        {
            let template = known.template.clone();
            return self.add_template(&path, &template, of, depth + 1);
        }
        let shown = match address {
            Some(address) => self.show_address(address),
            None => String::new(),
        };
        let mut finding = self
            .start_finding("", "the template of a nested stack")
            .actual(shown.clone())
            .expected("the URL of a file that the assembly publishes");
        if let Some(marked) = marked_file(resource) {
            finding = finding.note(match file {
                Some(file) => format!(
                    "its metadata names the file `{marked}`, but its URL is that of `{file}`"
                ),
                None => format!(
                    "its metadata names the file `{marked}`, which CloudFormation does not read"
                ),
            });
        }
        let finding = finding.logical_id(path).property("TemplateURL");
        let help = "make it a nested stack of the app, so that its template is in the assembly";
        self.add_unseen(Kind::Template, shown, finding, help);
    }

    fn add_stack_set(&mut self, path: String, resource: TemplateResource<'_>, depth: usize) {
        let property = |name: &str| resource.properties().and_then(|all| all.get(name));
        let problem = match (property("TemplateBody"), property("TemplateURL")) {
            (Some(JsonValue::String(body)), None) if depth < DEEPEST => {
                match Template::parse(body) {
                    Ok(template) => {
                        return self.add_template(
                            &path,
                            &template,
                            TemplateOwner::StackSet,
                            depth + 1,
                        );
                    }
                    Err(error) => format!("its body is not a template: {error}"),
                }
            }
            (Some(JsonValue::String(_)), None) => {
                format!("it is nested deeper than {DEEPEST} levels")
            }
            (Some(_), None) => "its body is an expression".to_owned(),
            (None, Some(address)) => format!("its template is at {}", self.show_address(address)),
            _ => "it sets neither or both of `TemplateBody` and `TemplateURL`".to_owned(),
        };
        let finding = self
            .start_finding("", "the template of a StackSet")
            .note(problem)
            .logical_id(path.clone());
        let help = "set its template as text in `TemplateBody`";
        self.add_unseen(Kind::StackSet, path, finding, help);
    }

    /// Formats an address, with placeholders for values known at deployment only.
    fn show_address(&self, address: &JsonValue) -> String {
        let text = self.stack.symbolic_address(address);
        text.unwrap_or_else(|| address.to_string())
    }

    fn start_finding(&self, nested: &str, what: &str) -> Diagnostic {
        let message = format!("the rules of the policy cannot check {what}");
        let mut finding = Diagnostic::new(codes::POLICY_UNSEEN, message);
        finding.stack = Some(self.stack.path.clone());
        if nested.is_empty() {
            return finding;
        }
        finding.note(format!("in the template of the nested stack `{nested}`"))
    }

    fn add_unseen(&mut self, kind: Kind, name: String, mut finding: Diagnostic, help: &str) {
        let origin = finding.logical_id.as_deref();
        if let Some(origin) = origin.and_then(|id| self.stack.origins.get(id)) {
            finding = finding.path(origin.construct_path.clone());
            finding.place = origin
                .source
                .as_deref()
                .and_then(super::report::parse_place);
        }
        let finding = finding.help(format!(
            "{help}; the owner of the policy can allow it in `policy.toml`: `[[unseen]]` with `{} = \"{name}\"`",
            kind.key()
        ));
        self.unseen.push(UnseenPart {
            kind,
            name,
            finding,
        });
    }
}

/// Returns the name of a macro, written as text or as the entry `Name` of a map.
fn name_of_macro(value: &JsonValue) -> String {
    let name = value.as_str().or_else(|| value.get("Name")?.as_str());
    name.map_or_else(|| value.to_string(), str::to_owned)
}

/// Adds the macros in a value and in everything below it.
fn gather_macros(key: &str, value: &JsonValue, found: &mut BTreeSet<String>) {
    if key == "Fn::Transform" {
        found.insert(name_of_macro(value));
    } else if key == "Fn::ForEach" || key.starts_with("Fn::ForEach::") {
        found.insert(LOOPS.to_owned());
    }
    match value {
        JsonValue::Array(items) => items.iter().for_each(|item| gather_macros("", item, found)),
        JsonValue::Object(fields) => {
            for (key, value) in fields {
                gather_macros(key, value, found);
            }
        }
        _ => {}
    }
}
