//! Placeholders of `Fn::Sub` in text outside of it, which CloudFormation deploys as they are written.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html>

use infra_core::codes;

use crate::finding::Findings;
use crate::function::{PSEUDO_PARAMETERS, SUB, TRANSFORM, placeholders};
use crate::model::Model;
use crate::tree::{Kind, Value};

/// Properties with texts that have placeholders of their own: those of a shell, of a build, or with substitutions of the service.
const OTHERS: [&str; 17] = [
    "Body",
    "BuildSpec",
    "Code",
    "Command",
    "Commands",
    "Content",
    "DashboardBody",
    "Definition",
    "DefinitionBody",
    "DefinitionString",
    "Document",
    "InlineCode",
    "RequestMappingTemplate",
    "ResponseMappingTemplate",
    "TemplateBody",
    "UserData",
    "ZipFile",
];

/// Reports texts without spaces that contain the placeholder of a pseudo parameter or a parameter of the template, outside of `Fn::Sub`.
pub(super) fn check_placeholders<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    if model.transforms.macros {
        return;
    }
    for resource in &model.resources {
        // The template of a module, or the provider of a custom resource, can replace placeholders.
        let is_aws = resource
            .type_name
            .is_some_and(|name| name.starts_with("AWS::") && !name.ends_with("::CustomResource"));
        if let Some(properties) = resource.attribute("Properties").filter(|_| is_aws) {
            visit(model, properties, findings);
        }
    }
    for output in &model.outputs.entries {
        if let Some(value) = output.value.as_map().and_then(|map| map.get("Value")) {
            visit(model, value, findings);
        }
    }
}

fn visit<'t>(model: &'t Model<'t>, value: &'t Value, findings: &mut Findings) {
    match &value.kind {
        Kind::Text(text) => check_text(model, value, text, findings),
        Kind::List(items) => items.iter().for_each(|item| visit(model, item, findings)),
        Kind::Map(map) => {
            let entries = map.entries.iter();
            for entry in entries.filter(|entry| !OTHERS.contains(&entry.key.as_str())) {
                visit(model, &entry.value, findings);
            }
        }
        Kind::Call(call) if call.name == TRANSFORM => {}
        Kind::Call(call) if call.name == SUB => {
            // The variables of the function are texts of their own.
            if let Some([_, variables]) = call.argument.as_list() {
                visit(model, variables, findings);
            }
        }
        Kind::Call(call) => visit(model, &call.argument, findings),
        _ => {}
    }
}

fn check_text(model: &Model<'_>, value: &Value, text: &str, findings: &mut Findings) {
    if text.contains(char::is_whitespace) {
        return;
    }
    let is_name = |name: &&str| PSEUDO_PARAMETERS.contains(name) || model.parameters.contains(name);
    if let Some(name) = placeholders(text).find(is_name) {
        let message = format!("`${{{name}}}` is not replaced outside of `Fn::Sub`");
        findings
            .add(codes::PLACEHOLDER_OUTSIDE_SUB, value.span, message)
            .help("write the text with `Fn::Sub`");
    }
}
