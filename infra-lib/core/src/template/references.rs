//! Lists the references in a piece of a template: [`references`] returns a [`Reference`] for each.

use serde_json::Value as JsonValue;

/// A reference from a template to an entry of the same template, an output of another stack, an export or a condition.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Reference {
    /// A resource or parameter of the same template, read with `Ref` (no attribute), `Fn::GetAtt` or `Fn::Sub`.
    Local {
        /// Logical ID of the resource or parameter.
        logical_id: String,
        /// Attribute of the resource, or `None` for `Ref`.
        attribute: Option<String>,
    },
    /// An output of another stack, read with `Fn::GetStackOutput`.
    StackOutput {
        /// Name of the stack that has the output.
        stack: String,
        /// Logical ID of the output.
        output: String,
    },
    /// An export of another stack, read with `Fn::ImportValue` and a literal name.
    Import {
        /// Name of the export.
        export: String,
    },
    /// A condition, named by `Condition` or by the first argument of `Fn::If`.
    Condition {
        /// Name of the condition.
        name: String,
    },
}

/// Returns every reference in a value, in the order of occurrence.
pub fn references(value: &JsonValue) -> Vec<Reference> {
    let mut found = Vec::new();
    collect_from_value(value, &mut found);
    found
}

fn collect_from_value(value: &JsonValue, found: &mut Vec<Reference>) {
    match value {
        JsonValue::Array(items) => items
            .iter()
            .for_each(|item| collect_from_value(item, found)),
        JsonValue::Object(map) => {
            let only = map.iter().next().filter(|_| map.len() == 1);
            if let Some((key, argument)) = only
                && add_function_references(key, argument, found)
            {
                return;
            }
            map.values()
                .for_each(|inner| collect_from_value(inner, found));
        }
        _ => {}
    }
}

/// Adds the references of an intrinsic function. Returns `false` if the caller must search `argument`, because `key` is not such a function.
fn add_function_references(key: &str, argument: &JsonValue, found: &mut Vec<Reference>) -> bool {
    match (key, argument) {
        ("Ref", JsonValue::String(id)) => found.push(local_reference(id)),
        ("Fn::GetAtt", JsonValue::String(dotted)) => found.push(dotted_reference(dotted)),
        ("Fn::GetAtt", JsonValue::Array(parts)) => {
            let Some(id) = parts.first().and_then(JsonValue::as_str) else {
                return false;
            };
            found.push(Reference::Local {
                logical_id: id.to_owned(),
                attribute: parts.get(1).and_then(JsonValue::as_str).map(str::to_owned),
            });
            parts
                .iter()
                .skip(1)
                .for_each(|part| collect_from_value(part, found));
        }
        ("Fn::GetStackOutput", call) => {
            if let (Some(stack), Some(output)) =
                (call["StackName"].as_str(), call["OutputName"].as_str())
            {
                found.push(Reference::StackOutput {
                    stack: stack.to_owned(),
                    output: output.to_owned(),
                });
            }
            return false;
        }
        ("Fn::ImportValue", JsonValue::String(export)) => {
            found.push(Reference::Import {
                export: export.clone(),
            });
        }
        ("Condition", JsonValue::String(name)) => {
            found.push(Reference::Condition { name: name.clone() });
        }
        ("Fn::If", JsonValue::Array(parts)) => {
            if let Some(name) = parts.first().and_then(JsonValue::as_str) {
                found.push(Reference::Condition {
                    name: name.to_owned(),
                });
            }
            parts
                .iter()
                .skip(1)
                .for_each(|part| collect_from_value(part, found));
        }
        ("Fn::Sub", JsonValue::String(text)) => add_sub_references(text, &[], found),
        ("Fn::Sub", JsonValue::Array(parts)) => {
            let variables = parts.get(1).and_then(JsonValue::as_object);
            let names: Vec<&str> = variables
                .into_iter()
                .flatten()
                .map(|(name, _)| name.as_str())
                .collect();
            if let Some(text) = parts.first().and_then(JsonValue::as_str) {
                add_sub_references(text, &names, found);
            }
            parts
                .iter()
                .skip(1)
                .for_each(|part| collect_from_value(part, found));
        }
        _ => return false,
    }
    true
}

fn local_reference(id: &str) -> Reference {
    Reference::Local {
        logical_id: id.to_owned(),
        attribute: None,
    }
}

fn dotted_reference(dotted: &str) -> Reference {
    match dotted.split_once('.') {
        Some((id, attribute)) => Reference::Local {
            logical_id: id.to_owned(),
            attribute: Some(attribute.to_owned()),
        },
        None => local_reference(dotted),
    }
}

/// Adds the references in the `${…}` placeholders of a `Fn::Sub`. `${!…}` is literal text and is skipped.
fn add_sub_references(text: &str, variables: &[&str], found: &mut Vec<Reference>) {
    for rest in text.split("${").skip(1) {
        let Some((name, _)) = rest.split_once('}') else {
            continue;
        };
        let name = name.trim();
        if !name.starts_with('!') && !variables.contains(&name) {
            found.push(dotted_reference(name));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Reference, references};

    #[test]
    fn finds_every_form_of_reference() {
        let local = |id: &str, attribute: Option<&str>| Reference::Local {
            logical_id: id.to_owned(),
            attribute: attribute.map(str::to_owned),
        };
        let value = json!({
            "A": { "Ref": "Queue" },
            "B": { "Fn::GetAtt": ["Queue", "Arn"] },
            "C": { "Fn::GetAtt": "Database.Endpoint.Address" },
            "D": { "Fn::Sub": "${Queue.Arn}/${!literal}/${AWS::Region}" },
            "E": { "Fn::Sub": ["${own}-${Topic}", { "own": { "Ref": "Name" } }] },
            "F": { "Fn::If": ["IsProd", { "Ref": "Big" }, { "Ref": "AWS::NoValue" }] },
            "G": { "Fn::ImportValue": "Network:Vpc" },
            "H": { "Fn::GetStackOutput": { "StackName": "Data", "OutputName": "Host" } },
        });
        assert_eq!(
            references(&value),
            [
                local("Queue", None),
                local("Queue", Some("Arn")),
                local("Database", Some("Endpoint.Address")),
                local("Queue", Some("Arn")),
                local("AWS::Region", None),
                local("Topic", None),
                local("Name", None),
                Reference::Condition {
                    name: "IsProd".to_owned()
                },
                local("Big", None),
                local("AWS::NoValue", None),
                Reference::Import {
                    export: "Network:Vpc".to_owned()
                },
                Reference::StackOutput {
                    stack: "Data".to_owned(),
                    output: "Host".to_owned()
                },
            ]
        );
    }
}
