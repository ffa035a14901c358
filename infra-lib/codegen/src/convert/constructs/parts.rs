//! Resources that a construct makes beside its main resource.

use infra_core::logical_id::logical_id;
use serde_json::{Map, Value as JsonValue, json};

use super::iam::{PolicyUse, statement, statements};
use super::plan::{Match, PATH_KEY, Part};
use super::recipe::Company;
use super::values::{is_json, is_same, target};
use super::{Call, Context};

/// Returns `true` if the metadata of a resource is nothing but its construct path.
pub(super) fn has_only_path(fields: &Map<String, JsonValue>) -> bool {
    let keys = fields.get("Metadata").and_then(JsonValue::as_object);
    keys.into_iter().flatten().all(|(key, _)| key == PATH_KEY)
}

/// Returns the ID and the fields of a child, if it has no attributes but those named.
fn child<'s>(
    context: &Context<'_, 's>,
    path: &[&str],
    resource: &str,
    attributes: &[&str],
) -> Option<(&'s str, &'s Map<String, JsonValue>)> {
    let (id, fields) = context.resources.get_key_value(logical_id(path).as_str())?;
    (fields.get("Type")? == resource && has_only_path(fields)).then_some(())?;
    let known = ["Type", "Properties", "Metadata"];
    fields
        .keys()
        .all(|key| known.contains(&key.as_str()) || attributes.contains(&key.as_str()))
        .then_some((*id, *fields))
}

/// Returns the policy of a resource, with the statements that the construct does not add by itself.
pub(super) fn policy<'s>(
    context: &Context<'_, 's>,
    main: &'s str,
    found: &Match<'s>,
) -> Option<Vec<(&'s str, Part<'s>)>> {
    let Company::Policy {
        resource,
        owner,
        statements: own,
        method,
    } = found.recipe.company
    else {
        return None;
    };
    let path = [&*found.construct_id, "Policy", "Resource"];
    let (id, fields) = child(context, &path, resource, &[])?;
    let properties = fields
        .get("Properties")?
        .as_object()
        .filter(|map| map.len() == 2)?;
    let reference = json!({ "Ref": main });
    let owned = properties.get(owner)?;
    (*owned == reference || *owned == json!([reference])).then_some(())?;
    let all = statements(properties.get("PolicyDocument")?)?;
    let own: Vec<JsonValue> = serde_json::from_str(&own.replace("{id}", main)).ok()?;
    let (first, others) = all.split_at_checked(own.len())?;
    first
        .iter()
        .zip(&own)
        .all(|(given, own)| is_same(given, own))
        .then_some(())?;
    let calls = others
        .iter()
        .map(|one| Some((method, vec![statement(one, PolicyUse::Resource)?])));
    let calls: Option<Vec<Call<'s>>> = calls.collect();
    let part = Part {
        main,
        calls: calls?,
        handle: None,
    };
    Some(vec![(id, part)])
}

/// Checks the statements of a policy that is a property of the resource, and adds those that the construct does not add by itself.
pub(super) fn own_policy<'s>(
    context: &Context<'_, 's>,
    found: &mut Match<'s>,
) -> Option<Vec<(&'s str, Part<'s>)>> {
    let Company::OwnPolicy {
        property,
        statements: own,
        method,
    } = found.recipe.company
    else {
        return None;
    };
    let all = statements(context.properties.get(property)?)?;
    let own: Vec<JsonValue> = serde_json::from_str(own).ok()?;
    let (first, others) = all.split_at_checked(own.len())?;
    first
        .iter()
        .zip(&own)
        .all(|(given, own)| is_same(given, own))
        .then_some(())?;
    for one in others {
        found
            .completion
            .push((method, vec![statement(one, PolicyUse::Resource)?]));
    }
    Some(Vec::new())
}

/// Returns the role and the log group of a function.
pub(super) fn function<'s>(
    context: &Context<'_, 's>,
    main: &'s str,
    fields: &'s Map<String, JsonValue>,
    found: &mut Match<'s>,
) -> Option<Vec<(&'s str, Part<'s>)>> {
    let properties = fields.get("Properties")?;
    let path = [&*found.construct_id, "ServiceRole", "Resource"];
    let (role, role_fields) = child(context, &path, "AWS::IAM::Role", &[])?;
    let path = [&*found.construct_id, "LogGroup", "Resource"];
    let retained = ["DeletionPolicy", "UpdateReplacePolicy"];
    let (group, group_fields) = child(context, &path, "AWS::Logs::LogGroup", &retained)?;
    (target(properties.get("Role")?, Some("Arn"))? == role).then_some(())?;
    let logging = properties.get("LoggingConfig")?;
    (target(logging.get("LogGroup")?, None)? == group).then_some(())?;

    let is_retained = retained.iter().all(|name| {
        group_fields
            .get(*name)
            .is_some_and(|value| value == "Retain")
    });
    (is_retained && is_json(group_fields.get("Properties")?, r#"{"RetentionInDays":30}"#))
        .then_some(())?;

    let role_properties = role_fields
        .get("Properties")?
        .as_object()
        .filter(|map| map.len() == 2)?;
    let trust = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
    is_json(role_properties.get("AssumeRolePolicyDocument")?, trust).then_some(())?;
    let [policy] = role_properties.get("Policies")?.as_array()?.as_slice() else {
        return None;
    };
    let policy = policy.as_object().filter(|map| map.len() == 2)?;
    (policy.get("PolicyName")? == "Default").then_some(())?;
    let all = statements(policy.get("PolicyDocument")?)?;
    let mut own = vec![json!({
        "Effect": "Allow",
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": { "Fn::GetAtt": [group, "Arn"] }
    })];
    if properties.get("TracingConfig").is_some() {
        own.push(json!({
            "Effect": "Allow",
            "Action": ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
            "Resource": "*"
        }));
    }
    let (first, others) = all.split_at_checked(own.len())?;
    first
        .iter()
        .zip(&own)
        .all(|(given, own)| is_same(given, own))
        .then_some(())?;
    for one in others {
        let argument = statement(one, PolicyUse::Identity)?;
        found.completion.push(("add_statement", vec![argument]));
    }
    let part = |method, references| Part {
        main,
        calls: Vec::new(),
        handle: Some((method, references)),
    };
    Some(vec![
        (role, part("role", &[("Arn", "arn")])),
        (group, part("log_group", &[("Ref", "name"), ("Arn", "arn")])),
    ])
}
