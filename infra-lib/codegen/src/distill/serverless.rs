//! The types of the serverless transform (AWS SAM), which the registry does not have.

use std::collections::BTreeMap;
use std::path::Path;

use infra_schema::model::{Property, ResourceType, Shape, Type};
use serde_json::{Map, Value, json};

use super::{Failure, base, facts, marks, read_json_file};

/// Name under which the model has the section `Globals`.
const GLOBALS: &str = "AWS::Serverless::Globals";

/// Properties that the transform accepts in more forms than its schema says, or that the schema lacks: resource type, property type and names. Their
/// values are free-form JSON. AWS's documentation of SAM describes them, and its examples use them.
const CORRECTIONS: &[(&str, &str, &[&str])] = &[
    // One user pool, or a list of them.
    (
        "AWS::Serverless::Api",
        "CognitoAuthorizer",
        &["UserPoolArn"],
    ),
    // The type is text, and both spellings of the endpoints are accepted.
    (
        "AWS::Serverless::Api",
        "EndpointConfiguration",
        &["Type", "VpcEndpointIds"],
    ),
    // One trigger, or a list of them.
    (
        "AWS::Serverless::Function",
        "CognitoEventProperties",
        &["Trigger"],
    ),
    (
        "AWS::Serverless::Function",
        "EventBridgeRuleEventProperties",
        &["State"],
    ),
    // The type of the queue or topic, from which the transform makes the permission.
    (
        "AWS::Serverless::Function",
        "DynamoDBEventPropertiesDestinationConfigOnFailure",
        &["Type"],
    ),
    (
        "AWS::Serverless::Function",
        "KinesisEventPropertiesDestinationConfigOnFailure",
        &["Type"],
    ),
    ("AWS::Serverless::Function", "OnFailure", &["Type"]),
    // The schema nests the properties in an object of the same name.
    (
        "AWS::Serverless::Function",
        "MSKEventProperties",
        &["SchemaRegistryConfig"],
    ),
    (
        "AWS::Serverless::Function",
        "SelfManagedKafkaEventProperties",
        &["SchemaRegistryConfig"],
    ),
    ("AWS::Serverless::Globals", "Api", &["EndpointAccessMode"]),
    // The schema has the name among the attributes.
    ("AWS::Serverless::StateMachine", "", &["Name"]),
    (
        "AWS::Serverless::StateMachine",
        "CloudWatchEventProperties",
        &["RuleName", "State"],
    ),
];

/// Reads the types, and the section `Globals` as a further one, sorted by name.
pub(super) fn read_types(
    schemas: &Path,
    notes: &mut BTreeMap<&'static str, usize>,
) -> Result<Vec<ResourceType>, Failure> {
    let files = read_json_file(&schemas.join("providers/sam.json"))?;
    let mut found = BTreeMap::new();
    for (name, file) in files.as_object().into_iter().flatten() {
        let file = format!("resources/{}.json", file.as_str().unwrap_or_default());
        let mut schema = read_json_file(&schemas.join(file))?;
        remove_functions(&mut schema);
        found.insert(name.clone(), schema);
    }
    let mut globals = read_json_file(&schemas.join("other/sam/globals.json"))?;
    globals["typeName"] = json!(GLOBALS);
    found.insert(GLOBALS.to_owned(), globals);
    found
        .into_values()
        .map(|mut schema| {
            let names = definition_names(&schema);
            simplify(&mut schema, &names);
            let mut ty = base::convert_serverless_schema(&schema, notes);
            correct_type(&mut ty)?;
            marks::set_marks(&mut ty);
            ty.attributes = marks::list_attributes(&ty);
            Ok(ty)
        })
        .collect()
}

/// Applies the corrections of a type, and accepts one value where the schema has a list of values of any form.
fn correct_type(ty: &mut ResourceType) -> Result<(), Failure> {
    for (name, owner, properties) in CORRECTIONS {
        if ty.name != *name {
            continue;
        }
        let list = if owner.is_empty() {
            ty.read_only.retain(|path| !properties.contains(&&*path.0));
            &mut ty.properties
        } else {
            let mut definitions = ty.definitions.iter_mut();
            let definition = definitions.find(|definition| definition.name == *owner);
            let missing = || Failure::Unwritable(format!("{name}.{owner}"));
            &mut definition.ok_or_else(missing)?.properties
        };
        for property in *properties {
            list.retain(|known| known.name != *property);
            let shape = Shape::from_type(Type::Json);
            list.push(Property::new((*property).to_owned(), shape));
        }
        list.sort_by(|a, b| a.name.cmp(&b.name));
    }
    let nested = ty.definitions.iter_mut();
    let nested = nested.flat_map(|definition| &mut definition.properties);
    for property in ty.properties.iter_mut().chain(nested) {
        if matches!(&property.shape.ty, Type::List(item) if item.ty == Type::Json) {
            property.shape.ty = Type::Json;
        }
    }
    facts::prune_definitions(ty);
    Ok(())
}

/// Returns `true` for an object of any form.
fn is_any_object(node: &Value) -> bool {
    node.as_object()
        .is_some_and(|map| map.len() == 1 && node["type"] == "object")
}

/// Removes the object of any form that begins a list of alternatives: it stands for an intrinsic function, which is no value of the property. Objects
/// at other places of the list are values.
fn remove_functions(node: &mut Value) {
    match node {
        Value::Array(items) => items.iter_mut().for_each(remove_functions),
        Value::Object(map) => {
            if let Some(Value::Array(list)) = map.get_mut("anyOf")
                && list.len() > 1
                && is_any_object(&list[0])
                && !list[1..].iter().any(has_any_object)
            {
                list.remove(0);
                if list.len() == 1 {
                    *node = list.remove(0);
                    return remove_functions(node);
                }
            }
            map.values_mut().for_each(remove_functions);
        }
        _ => {}
    }
}

/// Returns `true` for an object of any form, and for a list of them.
fn has_any_object(node: &Value) -> bool {
    is_any_object(node) || node.get("items").is_some_and(is_any_object)
}

/// Returns names of definitions that the model can write: `Environment` for `AWS::Lambda::Function.Environment`, or `LambdaFunctionEnvironment` if
/// another definition has the short name.
fn definition_names(schema: &Value) -> BTreeMap<String, String> {
    let names = schema["definitions"].as_object().into_iter().flatten();
    let names: Vec<&String> = names.map(|(name, _)| name).collect();
    let short = |name: &str| name.rsplit('.').next().unwrap_or(name).to_owned();
    let renamed = names.iter().map(|name| {
        let is_unique = names
            .iter()
            .filter(|other| short(other) == short(name))
            .count()
            == 1;
        let long = name
            .strip_prefix("AWS::")
            .unwrap_or(name)
            .replace(['.', ':'], "");
        let plain = if is_unique { short(name) } else { long };
        ((*name).clone(), plain)
    });
    renamed.collect()
}

/// Renames definitions, replaces an `allOf` of one schema by this schema, and an object that accepts further properties by any object.
fn simplify(node: &mut Value, names: &BTreeMap<String, String>) {
    match node {
        Value::Array(items) => items.iter_mut().for_each(|item| simplify(item, names)),
        Value::Object(map) => {
            if let Some([only]) = map
                .get("allOf")
                .and_then(Value::as_array)
                .map(Vec::as_slice)
            {
                *node = only.clone();
                return simplify(node, names);
            }
            let is_open = map.get("additionalProperties") != Some(&Value::Bool(false));
            if is_open
                && map.get("type") == Some(&json!("object"))
                && map.contains_key("properties")
            {
                *node = json!({"type": "object"});
                return;
            }
            map.values_mut().for_each(|value| simplify(value, names));
            if let Some(Value::String(target)) = map.get_mut("$ref")
                && let Some(renamed) = target
                    .strip_prefix("#/definitions/")
                    .and_then(|name| names.get(name))
            {
                *target = format!("#/definitions/{renamed}");
            }
            if let Some(Value::Object(definitions)) = map.get_mut("definitions") {
                let renamed: Map<String, Value> = std::mem::take(definitions)
                    .into_iter()
                    .map(|(name, node)| (names.get(&name).cloned().unwrap_or(name), node))
                    .collect();
                *definitions = renamed;
            }
        }
        _ => {}
    }
}
