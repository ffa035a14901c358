//! Compares a deployed template with the wanted one, and checks that they differ in container images only.

use infra_core::{Diagnostic, codes};
use serde_json::Value as JsonValue;

use super::image;
use crate::deployed::{DeployedStack, construct_of};
use crate::error::{Class, Error};
use crate::failure::locate_finding;

/// Maximum number of other differences that a finding lists.
const TOLD: usize = 8;

/// A container whose image differs between the templates.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NewImage {
    /// Logical ID of the task definition.
    pub(super) task_definition: String,
    /// Index of the container in the task definition.
    pub(super) container: usize,
    before: JsonValue,
    after: JsonValue,
}

impl NewImage {
    /// Returns the new image, derived from the deployed one: parts that only AWS can resolve keep their deployed value. Returns `None` if that is
    /// ambiguous.
    pub(super) fn resolve_image(&self, stack: &DeployedStack, deployed: &str) -> Option<String> {
        image::resolve_image(stack, &self.before, &self.after, deployed)
    }

    pub(super) fn unresolved_image_error(&self, stack: &DeployedStack) -> Error {
        let name = stack.resource_name(&self.task_definition, "AWS::ECS::TaskDefinition");
        let finding = Diagnostic::new(
            codes::NOT_IMAGES_ALONE,
            format!(
                "only CloudFormation can determine the new image of `{}`",
                construct_of(&name)
            ),
        )
        .note(format!("value in the template: {}", self.after))
        .help("run `deploy`");
        Error::new(Class::Blocked, locate_finding(finding, &name))
    }
}

/// Returns the containers whose images differ.
///
/// # Errors
///
/// If anything else differs, except for metadata and descriptions.
pub(super) fn find_changed_images(stack: &DeployedStack) -> Result<Vec<NewImage>, Error> {
    let deployed = JsonValue::Object(stack.template.document().clone());
    let wanted = JsonValue::Object(stack.expected.template.document().clone());
    let mut differences = Vec::new();
    collect_differences(&deployed, &wanted, &mut Vec::new(), &mut differences);
    let mut found = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for path in &differences {
        let parts: Vec<&str> = path.iter().map(String::as_str).collect();
        match parts.as_slice() {
            // Metadata and descriptions do not affect resources.
            ["Metadata", ..] | ["Resources", _, "Metadata", ..] | ["Description"] => {}
            [
                "Resources",
                id,
                "Properties",
                "ContainerDefinitions",
                number,
                "Image",
                ..,
            ] if wanted["Resources"][*id]["Type"] == "AWS::ECS::TaskDefinition" => {
                let Ok(container) = number.parse() else {
                    continue;
                };
                let image = |template: &JsonValue| {
                    template["Resources"][*id]["Properties"]["ContainerDefinitions"][container]
                        ["Image"]
                        .clone()
                };
                let image = NewImage {
                    task_definition: (*id).to_owned(),
                    container,
                    before: image(&deployed),
                    after: image(&wanted),
                };
                if !found.contains(&image) {
                    found.push(image);
                }
            }
            ["Resources", id, rest @ ..] => {
                let type_name = wanted["Resources"][*id]["Type"].as_str();
                let name = stack.resource_name(id, type_name.unwrap_or_default());
                let what = match rest {
                    [] => "the whole resource".to_owned(),
                    ["Properties", property @ ..] => property.join("."),
                    other => other.join("."),
                };
                others.push(format!("`{}`: {what}", name.display_name()));
            }
            other => others.push(other.join(".")),
        }
    }
    if others.is_empty() {
        return Ok(found);
    }
    let mut finding = Diagnostic::new(
        codes::NOT_IMAGES_ALONE,
        format!(
            "stack `{}` and the app differ in more than images",
            stack.description.name
        ),
    )
    .path(stack.expected.path.clone());
    let more = others.len().saturating_sub(TOLD);
    for other in others.into_iter().take(TOLD) {
        finding = finding.note(format!("differs: {other}"));
    }
    if more > 0 {
        finding = finding.note(format!("and {more} more"));
    }
    let finding = finding.help("run `deploy`; `diff` shows everything that differs");
    Err(Error::new(Class::Blocked, finding))
}

/// Collects the paths at which two values differ, descending while their shapes agree.
fn collect_differences(
    one: &JsonValue,
    other: &JsonValue,
    at: &mut Vec<String>,
    found: &mut Vec<Vec<String>>,
) {
    let mut below = |key: String, one: &JsonValue, other: &JsonValue| {
        at.push(key);
        collect_differences(one, other, at, found);
        at.pop();
    };
    match (one, other) {
        (JsonValue::Object(one), JsonValue::Object(other)) => {
            for (key, value) in one {
                below(
                    key.clone(),
                    value,
                    other.get(key).unwrap_or(&JsonValue::Null),
                );
            }
            for (key, value) in other.iter().filter(|(key, _)| !one.contains_key(*key)) {
                below(key.clone(), &JsonValue::Null, value);
            }
        }
        (JsonValue::Array(one), JsonValue::Array(other)) if one.len() == other.len() => {
            for (number, (one, other)) in one.iter().zip(other).enumerate() {
                below(number.to_string(), one, other);
            }
        }
        (one, other) if one == other => {}
        _ => found.push(at.clone()),
    }
}
