//! Proves without a change set that a deployment would change nothing.

use std::collections::BTreeSet;

use serde_json::Value as JsonValue;

use super::options::PlanOptions;
use super::preflight::StackState;
use super::target::Target;
use infra_core::template::{Reference, references};
use infra_template::Template;
use infra_template::nested::NESTED_STACK;

/// Prefix of dynamic references to SSM parameters, which may resolve to a newer value.
const PARAMETER_STORE: &str = "{{resolve:ssm:";

/// Returns true if all inputs of a change set equal the deployed ones.
///
/// CloudFormation is asked wherever values can change behind an equal template: macros and transforms, values in the SSM Parameter Store, outputs
/// read with `Fn::GetStackOutput`, `NoEcho` values, and templates of nested stacks. It is also asked if the last operation on the stack did not
/// succeed, or if drift is to be reverted. Imported values (`Fn::ImportValue`) need no check, because AWS refuses to change an export in use.
pub(crate) fn is_unchanged(target: &Target, options: &PlanOptions, standing: &StackState) -> bool {
    let StackState::Deployed { stack, template } = standing else {
        return false;
    };
    let wanted = &target.stack.template;
    stack.status.is_success()
        && !options.revert_drift
        && options.rollback_alarms.is_none()
        && (target.role_arn.is_none() || target.role_arn == stack.role_arn)
        && to_set(&target.notification_arns) == to_set(&stack.notification_arns)
        && target.stack.tags == stack.tags
        && target.parameters.iter().all(|(name, value)| {
            !target.no_echo.contains(name) && stack.parameters.get(name) == Some(value)
        })
        && template.compute_digest() == wanted.compute_digest()
        && is_self_contained(wanted)
}

fn to_set(values: &[String]) -> BTreeSet<&String> {
    values.iter().collect()
}

/// Returns true if equal templates with equal parameters imply equal stacks.
fn is_self_contained(template: &Template) -> bool {
    let document = JsonValue::Object(template.document().clone());
    let from_store = template.section_entries("Parameters").any(|(_, entry)| {
        let type_name = entry["Type"].as_str().unwrap_or_default();
        type_name.starts_with("AWS::SSM::")
    });
    let weak = references(&document)
        .iter()
        .any(|reference| matches!(reference, Reference::StackOutput { .. }));
    let nests = template
        .resources()
        .any(|resource| resource.type_name == NESTED_STACK);
    !from_store && !weak && !nests && is_literal(&document)
}

/// Returns true if no value is computed by a macro or read from the SSM Parameter Store.
fn is_literal(value: &JsonValue) -> bool {
    match value {
        JsonValue::Object(entries) => entries.iter().all(|(key, entry)| {
            let is_macro = key == "Fn::Transform"
                || (key == "Transform" && entry != "AWS::LanguageExtensions");
            !is_macro && is_literal(entry)
        }),
        JsonValue::Array(entries) => entries.iter().all(is_literal),
        JsonValue::String(text) => !text.contains(PARAMETER_STORE),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use infra_template::Template;
    use serde_json::{Value as JsonValue, json};

    use super::is_self_contained;

    fn template_with(properties: &JsonValue) -> Template {
        let topic = json!({ "Type": "AWS::SNS::Topic", "Properties": properties });
        Template::from_json(json!({ "Resources": { "Topic": topic } })).unwrap()
    }

    #[test]
    fn deferred_values_need_a_change_set() {
        assert!(is_self_contained(&template_with(&json!({
            "DisplayName": { "Fn::ImportValue": "x" },
            "KmsMasterKeyId": "{{resolve:secretsmanager:key}}",
        }))));
        for hidden in [
            json!({ "DisplayName": { "Fn::GetStackOutput": { "StackName": "a", "OutputName": "b" } } }),
            json!({ "Tags": [{ "Key": "k", "Value": "{{resolve:ssm:/name}}" }] }),
            json!({ "Fn::Transform": { "Name": "AWS::Include" } }),
        ] {
            assert!(!is_self_contained(&template_with(&hidden)), "{hidden}");
        }
    }

    #[test]
    fn macros_and_ssm_parameters_need_a_change_set() {
        let template = |extra: JsonValue| {
            let mut document = template_with(&json!({})).document().clone();
            document.extend(extra.as_object().unwrap().clone());
            Template::from_json(JsonValue::Object(document)).unwrap()
        };
        for (extra, expected) in [
            (json!({ "Transform": "AWS::LanguageExtensions" }), true),
            (json!({ "Transform": "AWS::Serverless-2016-10-31" }), false),
            (
                json!({ "Transform": ["AWS::LanguageExtensions", "Mine"] }),
                false,
            ),
            (json!({ "Parameters": { "P": { "Type": "String" } } }), true),
            (
                json!({ "Parameters": { "P": { "Type": "AWS::SSM::Parameter::Value<String>" } } }),
                false,
            ),
        ] {
            assert_eq!(
                is_self_contained(&template(extra.clone())),
                expected,
                "{extra}"
            );
        }
    }

    #[test]
    fn nested_stack_needs_a_change_set() {
        let nested = json!({ "Resources": { "Child": {
            "Type": "AWS::CloudFormation::Stack",
            "Properties": { "TemplateURL": "https://b.s3.amazonaws.com/child.json" },
        } } });
        assert!(!is_self_contained(&Template::from_json(nested).unwrap()));
    }
}
