//! Reports custom resources, with settings that CloudFormation rejects.

use super::Synth;
use crate::custom_resource::{SERVICE_TIMEOUT, SERVICE_TOKEN};
use crate::diagnostic::{Diagnostic, codes};
use crate::template::TemplateResource;
use crate::value::Data;

/// Longest type name of a custom resource, and of its timeout in seconds.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html>
const MAX_NAME: usize = 60;
const MAX_TIMEOUT: i64 = 3_600;

pub(super) fn check_custom_resources(synth: &mut Synth) {
    synth.check_templates(|template, findings| {
        for resource in &template.resources {
            let name = resource.type_name.strip_prefix("Custom::");
            if name.is_none() && resource.type_name != "AWS::CloudFormation::CustomResource" {
                continue;
            }
            let id = &resource.logical_id;
            findings.push(custom_resource_finding(resource).logical_id(id));
            let wrong = name.and_then(|name| check_name(name, &resource.type_name));
            findings.extend(wrong.map(|finding| finding.logical_id(id)));
            findings.extend(check_timeout(resource).map(|finding| finding.logical_id(id)));
        }
    });
}

fn custom_resource_finding(resource: &TemplateResource) -> Diagnostic {
    let finding = Diagnostic::new(
        codes::CUSTOM_RESOURCE,
        format!(
            "`{}` is a custom resource: a deployment runs its provider",
            resource.type_name
        ),
    )
    .note("neither a review nor drift detection shows its work; a provider that does not answer blocks the stack for up to an hour")
    .help("use a resource type of CloudFormation if there is one; otherwise acknowledge the finding with the reason");
    match resource.prop(SERVICE_TOKEN) {
        Some(Data::Text(provider)) => finding.actual(provider.clone()),
        _ => finding,
    }
}

fn check_name(name: &str, type_name: &str) -> Option<Diagnostic> {
    let is_valid = !name.is_empty()
        && type_name.len() <= MAX_NAME
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_@-".contains(c));
    (!is_valid).then(|| {
        Diagnostic::new(
            codes::CUSTOM_RESOURCE_SETTING,
            format!("CloudFormation rejects the type `{type_name}` of a custom resource"),
        )
        .actual(type_name)
        .expected("`Custom::` and letters, digits, `_`, `@` or `-`, 60 characters in total")
    })
}

fn check_timeout(resource: &TemplateResource) -> Option<Diagnostic> {
    let seconds = match resource.prop(SERVICE_TIMEOUT)? {
        Data::Text(text) => text.parse().ok(),
        Data::Int(number) => Some(*number),
        _ => return None,
    };
    if seconds.is_some_and(|seconds| (1..=MAX_TIMEOUT).contains(&seconds)) {
        return None;
    }
    let given = resource.prop(SERVICE_TIMEOUT).map(Data::to_json);
    Some(
        Diagnostic::new(
            codes::CUSTOM_RESOURCE_SETTING,
            "the timeout of a custom resource is outside the range of CloudFormation",
        )
        .property(SERVICE_TIMEOUT)
        .actual(given.unwrap_or_default().to_string())
        .expected("1 to 3,600 seconds"),
    )
}
