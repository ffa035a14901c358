//! Determines the capabilities that a template needs, so that requests acknowledge exactly these.

use std::collections::BTreeSet;

use serde_json::Value as JsonValue;

use infra_template::{Template, TemplateResource};

/// Properties with custom names of IAM resources, which need `CAPABILITY_NAMED_IAM`: a custom name could replace another role. See
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html>.
const NAMES: [(&str, &str); 6] = [
    ("AWS::IAM::Group", "GroupName"),
    ("AWS::IAM::InstanceProfile", "InstanceProfileName"),
    ("AWS::IAM::ManagedPolicy", "ManagedPolicyName"),
    ("AWS::IAM::Role", "RoleName"),
    ("AWS::IAM::ServerCertificate", "ServerCertificateName"),
    ("AWS::IAM::User", "UserName"),
];

/// Returns the capabilities that this template needs, sorted.
pub(crate) fn required_capabilities(template: &Template) -> Vec<String> {
    let mut needed = BTreeSet::new();
    for resource in template.resources() {
        if is_named(resource) {
            needed.insert("CAPABILITY_NAMED_IAM");
        } else if resource.type_name.starts_with("AWS::IAM::") {
            needed.insert("CAPABILITY_IAM");
        }
        if is_macro(resource) {
            needed.insert("CAPABILITY_AUTO_EXPAND");
        }
        // The contents of a nested template are unknown here. If it has macros, CloudFormation demands a further capability in its error.
        if resource.type_name == "AWS::CloudFormation::Stack" {
            needed.insert("CAPABILITY_IAM");
        }
    }
    if template.document().contains_key("Transform") {
        needed.insert("CAPABILITY_AUTO_EXPAND");
    }
    // `CAPABILITY_NAMED_IAM` includes `CAPABILITY_IAM`.
    if needed.contains("CAPABILITY_NAMED_IAM") {
        needed.remove("CAPABILITY_IAM");
    }
    needed.into_iter().map(str::to_owned).collect()
}

fn is_named(resource: TemplateResource<'_>) -> bool {
    NAMES.iter().any(|(type_name, property)| {
        resource.type_name == *type_name
            && resource
                .properties()
                .is_some_and(|properties| properties.contains_key(*property))
    })
}

/// Returns true if the resource contains `Fn::Transform` anywhere.
fn is_macro(resource: TemplateResource<'_>) -> bool {
    fn calls_transform(value: &JsonValue) -> bool {
        match value {
            JsonValue::Object(map) => {
                map.contains_key("Fn::Transform") || map.values().any(calls_transform)
            }
            JsonValue::Array(items) => items.iter().any(calls_transform),
            _ => false,
        }
    }
    resource.entry.contains_key("Fn::Transform") || resource.entry.values().any(calls_transform)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as JsonValue, json};

    use super::required_capabilities;
    use infra_template::Template;

    fn capabilities_of(resources: &JsonValue) -> Vec<String> {
        let template = Template::from_json(json!({ "Resources": resources })).unwrap();
        required_capabilities(&template)
    }

    #[test]
    fn lists_only_required_capabilities() {
        let queue = json!({ "Type": "AWS::SQS::Queue" });
        let role = json!({ "Type": "AWS::IAM::Role", "Properties": {} });
        let named = json!({ "Type": "AWS::IAM::Role", "Properties": { "RoleName": "x" } });
        assert!(capabilities_of(&json!({ "Queue": queue })).is_empty());
        assert_eq!(
            capabilities_of(&json!({ "Role": role })),
            ["CAPABILITY_IAM"]
        );
        assert_eq!(
            capabilities_of(&json!({ "Role": role, "Named": named })),
            ["CAPABILITY_NAMED_IAM"]
        );
    }

    #[test]
    fn auto_expand_only_with_macros() {
        let calling = json!({
            "Type": "AWS::SQS::Queue",
            "Properties": { "Fn::Transform": { "Name": "AWS::Include" } },
        });
        assert_eq!(
            capabilities_of(&json!({ "Queue": calling })),
            ["CAPABILITY_AUTO_EXPAND"]
        );
        let transformed = json!({ "Transform": "AWS::LanguageExtensions", "Resources": {} });
        let template = Template::from_json(transformed).unwrap();
        assert_eq!(required_capabilities(&template), ["CAPABILITY_AUTO_EXPAND"]);
    }
}
