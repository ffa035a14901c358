//! Compares templates as CloudFormation understands them; every difference that is tolerated is listed here.

use std::collections::{BTreeMap, BTreeSet};

use infra_core::template::{Reference, references};
use infra_template::Template;
use serde_json::{Map, Value, json};

/// Converts a template to the canonical form that all equivalent templates share.
pub(crate) fn canonical(template: &Template) -> Value {
    let mut document = template.document().clone();
    // `AWSTemplateFormatVersion` has a single valid value, which is also the default.
    document.remove("AWSTemplateFormatVersion");
    // A single macro is equivalent to a list of one.
    if let Some(transform) = document.get_mut("Transform")
        && transform.is_string()
    {
        *transform = json!([transform.take()]);
    }
    let reached = reached(template);
    for (id, resource) in entries(&mut document, "Resources") {
        let Some(resource) = resource.as_object_mut() else {
            continue;
        };
        depends_on(resource, &reached[id.as_str()]);
        // The default. <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html>
        resource.retain(|name, value| !(name == "UpdateReplacePolicy" && value == "Delete"));
        // The default, except for databases. <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html>
        let databases = ["AWS::RDS::DBCluster", "AWS::RDS::DBInstance"];
        if !databases
            .iter()
            .any(|name| resource.get("Type").is_some_and(|given| given == name))
        {
            resource.retain(|name, value| !(name == "DeletionPolicy" && value == "Delete"));
        }
        if let Some(metadata) = resource.get_mut("Metadata").and_then(Value::as_object_mut) {
            // Synthesis adds the place of a resource in the program.
            metadata.remove("aws:cdk:path");
        }
        // Empty values are equivalent to missing ones.
        let nothing =
            |value: &Value| value.is_null() || value.as_object().is_some_and(Map::is_empty);
        resource.retain(|name, value| {
            !(["Metadata", "Properties"].contains(&name.as_str()) && nothing(value))
        });
    }
    value(&Value::Object(document))
}

fn entries<'d>(
    document: &'d mut Map<String, Value>,
    section: &str,
) -> impl Iterator<Item = (&'d String, &'d mut Value)> {
    document
        .get_mut(section)
        .and_then(Value::as_object_mut)
        .into_iter()
        .flatten()
}

/// Sorts `DependsOn`, and removes what a reference implies already: synthesis omits it, as rule W3005 of cfn-lint demands.
fn depends_on(resource: &mut Map<String, Value>, reached: &BTreeSet<String>) {
    let named = match resource.remove("DependsOn") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several
            .iter()
            .map(|id| id.as_str().unwrap().to_owned())
            .collect(),
        _ => vec![],
    };
    let needed: BTreeSet<String> = named
        .into_iter()
        .filter(|id| !reached.contains(id))
        .collect();
    if !needed.is_empty() {
        resource.insert("DependsOn".to_owned(), json!(needed));
    }
}

/// Returns the resources that each resource refers to, directly and indirectly.
fn reached(template: &Template) -> BTreeMap<String, BTreeSet<String>> {
    let direct: BTreeMap<&str, BTreeSet<String>> = template
        .resources()
        .map(|resource| {
            let properties = resource.entry.get("Properties").unwrap_or(&Value::Null);
            let targets =
                references(properties)
                    .into_iter()
                    .filter_map(|reference| match reference {
                        Reference::Local { logical_id, .. } => Some(logical_id),
                        _ => None,
                    });
            (resource.logical_id, targets.collect())
        })
        .collect();
    let all = |id: &str| {
        let mut found = BTreeSet::new();
        let mut open: Vec<String> = direct[id].iter().cloned().collect();
        while let Some(next) = open.pop() {
            if let Some(targets) = direct.get(next.as_str()).filter(|_| !found.contains(&next)) {
                open.extend(targets.iter().cloned());
            }
            found.insert(next);
        }
        found
    };
    direct
        .keys()
        .map(|id| ((*id).to_owned(), all(id)))
        .collect()
}

fn value(json: &Value) -> Value {
    match json {
        // CloudFormation compares scalars as text: `80`, `"80"`, `true`, `"true"`.
        Value::Bool(flag) => Value::String(flag.to_string()),
        Value::Number(number) => match number.as_f64() {
            Some(whole) if number.is_f64() && whole.fract() == 0.0 => {
                Value::String(format!("{whole}"))
            }
            _ => Value::String(number.to_string()),
        },
        Value::Array(items) => Value::Array(items.iter().map(value).collect()),
        Value::Object(map) => {
            if let (1, Some((key, argument))) = (map.len(), map.iter().next())
                && let Some(call) = function(key, argument)
            {
                return call;
            }
            let mut sorted: Vec<(&String, &Value)> = map.iter().collect();
            sorted.sort_by_key(|(key, _)| *key);
            Value::Object(
                sorted
                    .into_iter()
                    .map(|(key, inner)| (key.clone(), value(inner)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

/// Converts functions that have several notations to one of them.
fn function(key: &str, argument: &Value) -> Option<Value> {
    match (key, argument) {
        // `A.B` or `[A, B]`.
        ("Fn::GetAtt", Value::String(dotted)) => {
            let (id, attribute) = dotted.split_once('.')?;
            Some(json!({ "Fn::GetAtt": [id, attribute] }))
        }
        // Concatenated text: `Fn::Sub` with or without variables, `Fn::Join` without separator.
        ("Fn::Sub", Value::String(template)) => Some(text(sub(template, &Map::new()))),
        ("Fn::Sub", Value::Array(items)) => Some(text(sub(
            items.first()?.as_str()?,
            items.get(1)?.as_object()?,
        ))),
        ("Fn::Join", Value::Array(items)) => match &items[..] {
            [Value::String(separator), Value::Array(items)] if separator.is_empty() => {
                Some(text(items.iter().map(value).collect()))
            }
            _ => None,
        },
        _ => None,
    }
}

/// Splits an `Fn::Sub` into texts and references.
fn sub(template: &str, variables: &Map<String, Value>) -> Vec<Value> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("${") {
        parts.push(json!(before));
        let (name, behind) = after.split_once('}').unwrap();
        let name = name.trim();
        parts.push(
            match (
                name.strip_prefix('!'),
                variables.get(name),
                name.split_once('.'),
            ) {
                (Some(literal), ..) => json!(format!("${{{literal}}}")),
                (_, Some(variable), _) => value(variable),
                (_, _, Some((id, attribute))) => json!({ "Fn::GetAtt": [id, attribute] }),
                _ => json!({ "Ref": name }),
            },
        );
        rest = behind;
    }
    parts.push(json!(rest));
    parts
}

/// Joins adjacent texts; a single part is returned unchanged.
fn text(parts: Vec<Value>) -> Value {
    let mut merged: Vec<Value> = Vec::new();
    for part in parts {
        let inner = match part.get("text of") {
            Some(Value::Array(inner)) => inner.clone(),
            _ => vec![part],
        };
        for part in inner {
            match (merged.last_mut(), part) {
                (_, Value::String(empty)) if empty.is_empty() => {}
                (Some(Value::String(before)), Value::String(more)) => before.push_str(&more),
                (_, part) => merged.push(part),
            }
        }
    }
    match merged.len() {
        0 => json!(""),
        1 => merged.remove(0),
        _ => json!({ "text of": merged }),
    }
}
