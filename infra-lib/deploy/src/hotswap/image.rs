//! Resolves an image that a template composes, without CloudFormation.
//!
//! `REPOSITORY@sha256:…` is a join of a reference and a digest in the template. The deployed image shows the value of the reference, and the new
//! image takes it over.

use std::collections::BTreeMap;

use serde_json::Value as JsonValue;

use crate::deployed::DeployedStack;
use infra_template::digest::canonical_json;

/// Literal text, or an expression that only AWS can resolve.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Part {
    Text(String),
    Opaque(String),
}

/// Returns the new image; `None` if the deployed one does not determine all of its parts.
pub(super) fn resolve_image(
    stack: &DeployedStack,
    before: &JsonValue,
    after: &JsonValue,
    deployed: &str,
) -> Option<String> {
    let known = |name: &str| resolve_parameter(stack, name);
    fill_parts(
        &split_parts(before, &known)?,
        &split_parts(after, &known)?,
        deployed,
    )
}

/// Returns the value of a pseudo parameter or of a parameter of the deployed stack.
fn resolve_parameter(stack: &DeployedStack, name: &str) -> Option<String> {
    // `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID`
    let mut arn = stack.description.id.split(':');
    match name {
        "AWS::Region" => Some(stack.region.clone()),
        "AWS::Partition" => arn.nth(1).map(str::to_owned),
        "AWS::AccountId" => arn.nth(4).map(str::to_owned),
        "AWS::StackName" => Some(stack.description.name.clone()),
        "AWS::URLSuffix" => Some(infra_aws::dns_suffix(&stack.region).to_owned()),
        name => stack.description.parameters.get(name).cloned(),
    }
}

fn fill_parts(before: &[Part], after: &[Part], deployed: &str) -> Option<String> {
    let values = infer_values(before, deployed)?;
    let mut text = String::new();
    for part in after {
        match part {
            Part::Text(piece) => text += piece,
            Part::Opaque(key) => text += values.get(key.as_str())?,
        }
    }
    Some(text)
}

/// Returns the values of the unresolved parts, given the resolved text. Returns `None` if there is more than one such part, because the result would
/// be ambiguous.
fn infer_values<'p, 'd>(parts: &'p [Part], text: &'d str) -> Option<BTreeMap<&'p str, &'d str>> {
    let opaque: Vec<usize> = (0..parts.len())
        .filter(|at| matches!(parts[*at], Part::Opaque(_)))
        .collect();
    let joined = |parts: &[Part]| -> String {
        let pieces = parts.iter().map(|part| match part {
            Part::Text(piece) => piece.as_str(),
            Part::Opaque(_) => "",
        });
        pieces.collect()
    };
    match opaque.as_slice() {
        [] => (joined(parts) == text).then(BTreeMap::new),
        [at] => {
            let rest = text.strip_prefix(&joined(&parts[..*at]))?;
            let value = rest.strip_suffix(&joined(&parts[at + 1..]))?;
            let Part::Opaque(key) = &parts[*at] else {
                return None;
            };
            Some(BTreeMap::from([(key.as_str(), value)]))
        }
        _ => None,
    }
}

fn split_parts(value: &JsonValue, known: &dyn Fn(&str) -> Option<String>) -> Option<Vec<Part>> {
    let mut found = Vec::new();
    collect_parts(value, known, &mut found)?;
    Some(found)
}

fn collect_parts(
    value: &JsonValue,
    known: &dyn Fn(&str) -> Option<String>,
    found: &mut Vec<Part>,
) -> Option<()> {
    let JsonValue::Object(map) = value else {
        found.push(Part::Text(value.as_str()?.to_owned()));
        return Some(());
    };
    let (function, argument) = map.iter().next().filter(|_| map.len() == 1)?;
    let opaque = || Part::Opaque(canonical_json(value));
    match (function.as_str(), argument) {
        ("Ref", JsonValue::String(name)) => {
            found.push(known(name).map_or_else(opaque, Part::Text));
        }
        ("Fn::Join", JsonValue::Array(arguments)) => {
            let [JsonValue::String(between), JsonValue::Array(items)] = arguments.as_slice() else {
                return None;
            };
            for (number, item) in items.iter().enumerate() {
                if number > 0 {
                    found.push(Part::Text(between.clone()));
                }
                collect_parts(item, known, found)?;
            }
        }
        ("Fn::Sub", JsonValue::String(text)) => substitute_names(text, known, found)?,
        _ => found.push(opaque()),
    }
    Some(())
}

fn substitute_names(
    text: &str,
    known: &dyn Fn(&str) -> Option<String>,
    found: &mut Vec<Part>,
) -> Option<()> {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, tail) = after.split_once('}')?;
        found.push(Part::Text(before.to_owned()));
        found.push(match (name.strip_prefix('!'), known(name)) {
            (Some(literal), _) => Part::Text(format!("${{{literal}}}")),
            (None, Some(value)) => Part::Text(value),
            (None, None) => Part::Opaque(name.to_owned()),
        });
        rest = tail;
    }
    found.push(Part::Text(rest.to_owned()));
    Some(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as JsonValue, json};

    use super::{fill_parts, split_parts};

    fn resolve_for_test(before: &JsonValue, after: &JsonValue, deployed: &str) -> Option<String> {
        let known = |name: &str| (name == "AWS::Region").then(|| "eu-west-1".to_owned());
        fill_parts(
            &split_parts(before, &known)?,
            &split_parts(after, &known)?,
            deployed,
        )
    }

    fn join_digest(digest: &str) -> JsonValue {
        let repository =
            json!({ "Fn::GetStackOutput": { "StackName": "foundation", "OutputName": "Uri" } });
        json!({ "Fn::Join": ["", [repository, format!("@sha256:{digest}")]] })
    }

    #[test]
    fn reuses_values_that_aws_resolved() {
        assert_eq!(
            resolve_for_test(
                &join_digest("aa"),
                &join_digest("bb"),
                "1.dkr.ecr.eu-west-1.amazonaws.com/notes@sha256:aa"
            ),
            Some("1.dkr.ecr.eu-west-1.amazonaws.com/notes@sha256:bb".to_owned())
        );
        assert_eq!(
            resolve_for_test(
                &json!({ "Fn::Sub": "${Repository}:${AWS::Region}-1" }),
                &json!({ "Fn::Sub": "${Repository}:${AWS::Region}-2" }),
                "example.org/x:eu-west-1-1"
            ),
            Some("example.org/x:eu-west-1-2".to_owned())
        );
        assert_eq!(
            resolve_for_test(&json!("nginx:1"), &json!("nginx:2"), "nginx:1"),
            Some("nginx:2".to_owned())
        );
    }

    #[test]
    fn ambiguous_image_is_none() {
        // The deployed image does not match the template.
        assert_eq!(
            resolve_for_test(
                &join_digest("aa"),
                &join_digest("bb"),
                "elsewhere@sha256:cc"
            ),
            None
        );
        // The new repository is an expression that only AWS can resolve.
        let other = json!({ "Fn::Join": ["", [{ "Ref": "Other" }, ":2"]] });
        assert_eq!(
            resolve_for_test(&join_digest("aa"), &other, "x@sha256:aa"),
            None
        );
        // Two unresolved parts are ambiguous.
        let two = json!({ "Fn::Join": ["", [{ "Ref": "A" }, { "Ref": "B" }]] });
        assert_eq!(resolve_for_test(&two, &two, "x"), None);
    }
}
