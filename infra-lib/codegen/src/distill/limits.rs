//! Constraints of a JSON Schema node, applied to a shape with a known type.

use std::fmt::Write as _;

use infra_schema::model::{Target, TargetAttribute, Text, Type};
use infra_schema::{Bounds, Shape};
use serde_json::Value;

use super::json::number_value;

/// Formats that constrain a text.
const FORMATS: [&str; 5] = [
    "date-time",
    "timestamp",
    "ipv4-network",
    "ipv6-network",
    "uri",
];

/// Kinds of identifiers whose form is known.
const IDENTIFIERS: [&str; 14] = [
    "AWS::ACM::Certificate.Arn",
    "AWS::EC2::Image.Id",
    "AWS::EC2::SecurityGroup.Id",
    "AWS::EC2::SecurityGroup.Name",
    "AWS::EC2::Subnet.Id",
    "AWS::EC2::VPC.Id",
    "AWS::IAM::Role.Arn",
    "AWS::KMS::Alias.AliasName",
    "AWS::KMS::Key.Arn",
    "AWS::KMS::Key.Id",
    "AWS::Lambda::Function.Arn",
    "AWS::Logs::LogGroup.Name",
    "AWS::S3::Bucket.Name",
    "AWS::SNS::Topic.Arn",
];

/// Adds the constraints of `node` to `shape`; those that do not apply to the type are omitted.
pub(super) fn apply_limits(node: &Value, shape: &mut Shape) {
    match shape.ty {
        Type::String => apply_text_limits(node, shape),
        Type::Integer | Type::Number => apply_number_limits(node, shape),
        Type::List(_) => apply_list_limits(node, shape),
        Type::Map(_) => {
            set_if_some(&mut shape.entries.min, read_count(&node["minProperties"]));
            set_if_some(&mut shape.entries.max, read_count(&node["maxProperties"]));
            let patterns = node["patternProperties"].as_object();
            if let Some(patterns) = patterns.filter(|patterns| patterns.len() == 1)
                && let Some(pattern) = patterns.keys().next()
                && !matches!(pattern.as_str(), ".*" | "^.*$" | "")
            {
                shape.key_pattern = Some(escape_pattern(pattern));
            }
        }
        _ => {}
    }
}

fn apply_text_limits(node: &Value, shape: &mut Shape) {
    set_if_some(
        &mut shape.length.min,
        read_count(&node["minLength"]).filter(|&least| least > 0),
    );
    set_if_some(&mut shape.length.max, read_count(&node["maxLength"]));
    if let Some(pattern) = node["pattern"].as_str()
        && !matches!(pattern, ".*" | "^.*$" | "")
    {
        shape.pattern = Some(escape_pattern(pattern));
    }
    apply_values(node, shape);
    // Case variants of an enumeration are listed as patterns in alternatives.
    for alternative in node["anyOf"].as_array().into_iter().flatten() {
        let open = alternative.get("enum").is_none() && alternative.get("type").is_some();
        apply_values(alternative, shape);
        shape.values_ignore_case |=
            alternative.get("pattern").is_some() && !shape.values.is_empty();
        if open {
            shape.values.clear();
            break;
        }
        add_references(alternative, shape);
    }
    add_references(node, shape);
    if let Some(format) = node["format"]
        .as_str()
        .filter(|format| FORMATS.contains(format))
    {
        shape.format = Some(Text::from(format.to_owned()));
    }
    set_if_some(&mut shape.format, read_identifier_formats(node));
}

/// Returns the kinds of identifiers that a text can be, separated by `|`, if all alternatives are such kinds: `AWS::KMS::Key.Arn|AWS::KMS::Key.Id`.
fn read_identifier_formats(node: &Value) -> Option<Text> {
    let format = |node: &Value| {
        let format = node["format"].as_str()?;
        IDENTIFIERS.contains(&format).then(|| format.to_owned())
    };
    let alternatives = node["anyOf"]
        .as_array()
        .or_else(|| node["oneOf"].as_array());
    let known = match alternatives {
        Some(all) => all
            .iter()
            .map(format)
            .collect::<Option<Vec<_>>>()?
            .join("|"),
        None => format(node)?,
    };
    Some(Text::from(known)).filter(|known| !known.is_empty())
}

fn apply_values(node: &Value, shape: &mut Shape) {
    let literal = |value: &Value| match value {
        Value::String(text) => Text::from(text.clone()),
        other => Text::from(other.to_string()),
    };
    let any_case = node["enumCaseInsensitive"].as_array();
    if let Some(list) = node["enum"].as_array().or(any_case) {
        shape.values.clear();
        for value in list.iter().map(literal) {
            if !shape.values.contains(&value) {
                shape.values.push(value);
            }
        }
    }
    shape.values_ignore_case |= any_case.is_some();
    if let Some(only) = node.get("const") {
        shape.values = vec![literal(only)];
    }
}

/// Adds the resources that a text can name: `format` of the base, `relationshipRef` of the registry.
fn add_references(node: &Value, shape: &mut Shape) {
    if let Some((resource, property)) = node["format"]
        .as_str()
        .filter(|format| format.starts_with("AWS::"))
        .and_then(|format| format.rsplit_once('.'))
    {
        // The format of a list, `…Ids`, applies to each of its items.
        let property = match property {
            "Ids" | "Names" => &property[..property.len() - 1],
            _ => property,
        };
        add_target(shape, raw_target(resource, property));
    }
    let reference = &node["relationshipRef"];
    if let (Some(resource), Some(path)) = (
        reference["typeName"].as_str(),
        reference["propertyPath"].as_str(),
    ) {
        let property = path.trim_start_matches("/properties/").replace('/', ".");
        add_target(shape, raw_target(resource, &property));
    }
}

/// Returns a target as the sources write it: resource type and property, not yet normalized.
pub(super) fn raw_target(resource: &str, property: &str) -> Target {
    Target {
        resource: Text::from(resource.to_owned()),
        by: TargetAttribute::Property(Text::from(property.to_owned())),
    }
}

/// Adds a target unless the shape has it.
pub(super) fn add_target(shape: &mut Shape, target: Target) {
    if !shape.targets.contains(&target) {
        shape.targets.push(target);
    }
}

fn apply_number_limits(node: &Value, shape: &mut Shape) {
    set_if_some(&mut shape.range.min, number_value(&node["minimum"]));
    set_if_some(&mut shape.range.max, number_value(&node["maximum"]));
    if shape.ty == Type::Integer {
        set_if_some(
            &mut shape.range.min,
            number_value(&node["exclusiveMinimum"]).map(|least| least + 1.0),
        );
        set_if_some(
            &mut shape.range.max,
            number_value(&node["exclusiveMaximum"]).map(|most| most - 1.0),
        );
    }
    set_if_some(&mut shape.multiple_of, number_value(&node["multipleOf"]));
    apply_values(node, shape);
}

fn apply_list_limits(node: &Value, shape: &mut Shape) {
    set_if_some(
        &mut shape.items.min,
        read_count(&node["minItems"]).filter(|&least| least > 0),
    );
    set_if_some(
        &mut shape.items.max,
        read_count(&node["maxItems"]).or_else(|| read_count(&node["maxUniqueItems"])),
    );
    shape.unique |= node["uniqueItems"] == Value::Bool(true);
    if let Type::List(item) = &mut shape.ty
        && item.ty == Type::String
    {
        add_references(node, item);
    }
    if shape.items
        == (Bounds {
            min: None,
            max: Some(0),
        })
    {
        shape.items = Bounds::default();
    }
}

fn set_if_some<T>(slot: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *slot = value;
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts and lengths: whole, not negative, checked here"
)]
fn read_count(value: &Value) -> Option<u64> {
    number_value(value)
        .filter(|n| *n >= 0.0 && n.fract() == 0.0)
        .map(|n| n as u64)
}

/// Returns a pattern with escapes instead of line breaks and other control characters.
fn escape_pattern(pattern: &str) -> Text {
    let mut out = String::with_capacity(pattern.len());
    for c in pattern.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\x{:02x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    Text::from(out)
}
