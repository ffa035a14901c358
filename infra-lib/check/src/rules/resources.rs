//! The attributes of resources.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html>

use infra_core::codes;

use super::{check_keys, expect_map, globals, modules};
use crate::finding::Findings;
use crate::function::{IF, TRANSFORM};
use crate::model::{Model, Resource};
use crate::tree::{Entry, Kind, Map, Value};

const ATTRIBUTES: [&str; 9] = [
    "Condition",
    "CreationPolicy",
    "DeletionPolicy",
    "DependsOn",
    "Metadata",
    "Properties",
    "Type",
    "UpdatePolicy",
    "UpdateReplacePolicy",
];

/// Attributes of resources that SAM reads.
const SERVERLESS_ATTRIBUTES: [&str; 2] = ["Connectors", "IgnoreGlobals"];

/// Attribute of custom resources.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html>
const VERSION: &str = "Version";

const CREATION_POLICIES: [&str; 3] = ["AutoScalingCreationPolicy", "ResourceSignal", "StartFleet"];

const UPDATE_POLICIES: [&str; 7] = [
    "AutoScalingReplacingUpdate",
    "AutoScalingRollingUpdate",
    "AutoScalingScheduledAction",
    "CodeDeployLambdaAliasUpdate",
    "EnableVersionUpgrade",
    "UseOnlineResharding",
    "AutoScalingInstanceRefresh",
];

/// Types whose deletion can leave a snapshot.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html>
const WITH_SNAPSHOTS: [&str; 9] = [
    "AWS::DocDB::DBCluster",
    "AWS::EC2::Volume",
    "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::Neptune::DBCluster",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
    "AWS::DocDBElastic::Cluster",
];

pub(super) fn check_resources<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    for resource in &model.resources {
        let name = resource.name();
        let Some(attributes) = expect_map(
            &resource.entry.value,
            &format!("the resource `{name}`"),
            findings,
        ) else {
            continue;
        };
        if attributes.find_entry(TRANSFORM).is_some() {
            continue;
        }
        if let Some(parameter) = model.parameters.get(name) {
            let message = format!("`{name}` is the name of a parameter and of a resource");
            findings
                .add(codes::LOGICAL_ID_CLASH, resource.entry.key_span, message)
                .related("the parameter", parameter.key_span)
                .help("rename one of them");
        }
        check_attributes(model, resource, attributes, findings);
        check_type(model, resource, attributes, findings);
        check_depends_on(model, resource, findings);
        check_policies(model, resource, findings);
        modules::check_module(model, resource, findings);
        globals::check_ignored(model, resource, findings);
    }
}

fn check_attributes<'t>(
    model: &'t Model<'t>,
    resource: &Resource<'t>,
    attributes: &'t Map,
    findings: &mut Findings,
) {
    if model.transforms.macros {
        return;
    }
    for entry in &attributes.entries {
        let key = entry.key.as_str();
        let of_serverless = model.transforms.serverless && SERVERLESS_ATTRIBUTES.contains(&key);
        let of_custom = key == VERSION && is_custom(resource.type_name);
        let is_known = ATTRIBUTES.contains(&key) || of_serverless || of_custom;
        if !is_known && !key.starts_with("Fn::") {
            report_unknown_attribute(resource, entry, findings);
        }
    }
    if let Some(properties) = resource.attribute("Properties") {
        check_properties_form(properties, findings);
    }
    if let Some(metadata) = resource.attribute("Metadata") {
        expect_map(metadata, "`Metadata` of a resource", findings);
    }
    if let Some(condition) = resource.attribute("Condition")
        && condition.as_text().is_none()
    {
        let message = format!(
            "`Condition` of a resource is the name of a condition, found {}",
            condition.describe()
        );
        findings.add(codes::WRONG_FORM, condition.span, message);
    }
}

fn is_custom(type_name: Option<&str>) -> bool {
    type_name.is_some_and(|name| {
        name.starts_with("Custom::") || name == "AWS::CloudFormation::CustomResource"
    })
}

fn report_unknown_attribute(resource: &Resource<'_>, entry: &Entry, findings: &mut Findings) {
    let key = entry.key.as_str();
    let schema = resource.type_name.and_then(infra_schema::resource);
    let is_property = schema.is_some_and(|schema| schema.property(key).is_some());
    let draft = findings.add(
        codes::UNKNOWN_KEY,
        entry.key_span,
        format!("a resource has no key `{key}`"),
    );
    if is_property {
        let type_name = resource.type_name.unwrap_or_default();
        draft.help(format!(
            "`{key}` is a property of `{type_name}`: move it below `Properties`"
        ));
    } else {
        draft.suggest(key, ATTRIBUTES);
    }
}

fn check_properties_form(properties: &Value, findings: &mut Findings) {
    match &properties.kind {
        Kind::Map(_) => {}
        Kind::Call(call) if call.name == TRANSFORM => {}
        Kind::Call(call) => {
            let message = format!("`Properties` is a map, and cannot be `{}`", call.name);
            findings
                .add(codes::FUNCTION_NOT_ALLOWED, properties.span, message)
                .help("write the function at each property: CloudFormation evaluates functions in the values of properties. Only a macro (`Transform`) can make the whole map");
        }
        // Another rule reports every `null`.
        Kind::Null => {}
        _ => {
            let message = format!("`Properties` is a map, found {}", properties.describe());
            findings.add(codes::WRONG_FORM, properties.span, message);
        }
    }
}

fn check_type<'t>(
    model: &'t Model<'t>,
    resource: &Resource<'t>,
    attributes: &Map,
    findings: &mut Findings,
) {
    let span = resource.entry.key_span;
    let Some(written) = attributes.get("Type") else {
        if !model.transforms.macros {
            let message = format!("the resource `{}` lacks `Type`", resource.name());
            findings.add(codes::MISSING_KEY, span, message);
        }
        return;
    };
    if written.as_text() == Some("") {
        let message = "`Type` of a resource is the name of a resource type, found empty text";
        findings.add(codes::WRONG_FORM, written.span, message);
    }
    if written.as_text().is_none() {
        let message = format!(
            "`Type` of a resource is literal text, found {}",
            written.describe()
        );
        findings.add(codes::WRONG_FORM, written.span, message);
    }
}

fn check_depends_on<'t>(model: &'t Model<'t>, resource: &Resource<'t>, findings: &mut Findings) {
    let Some(depends_on) = resource.attribute("DependsOn") else {
        return;
    };
    let items = depends_on
        .as_list()
        .unwrap_or(std::slice::from_ref(depends_on));
    for item in items {
        let Some(name) = item.as_text() else {
            let message = format!(
                "`DependsOn` is a logical ID or a list of them, found {}",
                item.describe()
            );
            findings.add(codes::WRONG_FORM, item.span, message);
            continue;
        };
        if name == resource.name() {
            findings.add(
                codes::RESOURCE_CYCLE,
                item.span,
                format!("the resource `{name}` depends on itself"),
            );
        } else if let Some(target) = model.resource(name) {
            check_target(model, resource, target, item, findings);
        } else if !model.unknown.can_exist(name) {
            let message = format!("this template has no resource `{name}`");
            let known = model.resources.iter().map(Resource::name);
            findings
                .add(codes::UNDEFINED_REFERENCE, item.span, message)
                .suggest(name, known);
        }
    }
}

/// Reports a target of `DependsOn` that does not exist in all cases in which the resource does.
fn check_target<'t>(
    model: &'t Model<'t>,
    resource: &Resource<'t>,
    target: &Resource<'t>,
    item: &Value,
    findings: &mut Findings,
) {
    let defined = |condition: &&str| model.condition_entries.contains(condition);
    let Some(condition) = target.condition.filter(defined) else {
        return;
    };
    let own = resource.condition.map(|own| (own, true));
    let case: Vec<_> = own.into_iter().chain([(condition, false)]).collect();
    if model.conditions.can_hold(&case) {
        let name = target.name();
        let message = format!(
            "`{name}` exists only if `{condition}` is true, but `{}` depends on it otherwise as well",
            resource.name()
        );
        findings
            .add(codes::CONDITIONAL_TARGET, item.span, message)
            .help(format!(
                "give `{}` the same condition, or remove the dependency",
                resource.name()
            ));
    }
}

fn check_policies<'t>(model: &'t Model<'t>, resource: &Resource<'t>, findings: &mut Findings) {
    for key in ["DeletionPolicy", "UpdateReplacePolicy"] {
        if let Some(policy) = resource.attribute(key) {
            check_policy(model, resource, key, policy, findings);
        }
    }
    for (key, known) in [
        ("CreationPolicy", CREATION_POLICIES.as_slice()),
        ("UpdatePolicy", UPDATE_POLICIES.as_slice()),
    ] {
        if let Some(policy) = resource.attribute(key)
            && !model.transforms.macros
        {
            check_policy_map(policy, key, known, findings);
        }
    }
}

/// Checks a policy that is a map, in all branches of `Fn::If`. No other function returns a map.
fn check_policy_map(policy: &Value, key: &str, known: &[&str], findings: &mut Findings) {
    let Some(call) = policy.as_call() else {
        if let Some(map) = expect_map(policy, &format!("`{key}`"), findings) {
            check_keys(map, known, &format!("`{key}`"), findings);
        }
        return;
    };
    match (call.name.as_str(), call.argument.as_list()) {
        (IF, Some([_, then, otherwise])) => {
            check_policy_map(then, key, known, findings);
            check_policy_map(otherwise, key, known, findings);
        }
        // Wrong arguments of the function are another finding.
        (IF | TRANSFORM, _) => {}
        _ if policy.as_ref_name() == Some("AWS::NoValue") => {}
        (name, _) => {
            let message = format!("`{key}` is a map, and cannot be `{name}`");
            findings
                .add(codes::FUNCTION_NOT_ALLOWED, policy.span, message)
                .help("write the map, with functions as values of its keys");
        }
    }
}

fn check_policy<'t>(
    model: &'t Model<'t>,
    resource: &Resource<'t>,
    key: &str,
    policy: &'t Value,
    findings: &mut Findings,
) {
    if let Some(call) = policy.as_call() {
        if !model.transforms.language_extensions && !model.transforms.macros {
            findings
                .add(
                    codes::FUNCTION_NOT_ALLOWED,
                    policy.span,
                    format!("`{}` is not allowed in `{key}`", call.name),
                )
                .help("add the transform `AWS::LanguageExtensions`, or write a literal");
        } else if call.name == "Fn::If"
            && let Some([_, then, otherwise]) = call.argument.as_list()
        {
            check_policy(model, resource, key, then, findings);
            check_policy(model, resource, key, otherwise, findings);
        }
        return;
    }
    let mut known = vec!["Delete", "Retain", "Snapshot"];
    if key == "DeletionPolicy" {
        known.push("RetainExceptOnCreate");
    }
    let Some(text) = policy.as_text() else {
        let message = format!("`{key}` is text, found {}", policy.describe());
        findings.add(codes::WRONG_FORM, policy.span, message);
        return;
    };
    if !known.contains(&text) {
        findings
            .add(
                codes::WRONG_FORM,
                policy.span,
                format!("`{text}` is not a value of `{key}`"),
            )
            .suggest(text, known);
        return;
    }
    if let Some(type_name) = resource.type_name
        && text == "Snapshot"
        && type_name.starts_with("AWS::")
        && !type_name.ends_with("::MODULE")
        && !WITH_SNAPSHOTS.contains(&type_name)
    {
        findings
            .add(
                codes::WRONG_FORM,
                policy.span,
                format!("`{type_name}` cannot leave a snapshot"),
            )
            .help("use `Retain` to keep the resource");
    }
}
