//! Parameters: their keys, their types, and values that contradict their constraints.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html>

use infra_core::codes;
use infra_yaml::Span;
use regex_lite::Regex;

use super::{check_keys, expect_literal_text, expect_map};
use crate::finding::Findings;
use crate::model::{Model, is_list_parameter};
use crate::tree::{Entry, Map, Value};

const KEYS: [&str; 11] = [
    "AllowedPattern",
    "AllowedValues",
    "ConstraintDescription",
    "Default",
    "Description",
    "MaxLength",
    "MaxValue",
    "MinLength",
    "MinValue",
    "NoEcho",
    "Type",
];

/// Types with one value that AWS defines, each also as a list except those of SSM.
const AWS_TYPES: [&str; 9] = [
    "AWS::EC2::AvailabilityZone::Name",
    "AWS::EC2::Image::Id",
    "AWS::EC2::Instance::Id",
    "AWS::EC2::KeyPair::KeyName",
    "AWS::EC2::SecurityGroup::GroupName",
    "AWS::EC2::SecurityGroup::Id",
    "AWS::EC2::Subnet::Id",
    "AWS::EC2::Volume::Id",
    "AWS::EC2::VPC::Id",
];

/// Further types with one value.
const SINGLE_TYPES: [&str; 5] = [
    "AWS::Route53::HostedZone::Id",
    "AWS::SSM::Parameter::Name",
    "CommaDelimitedList",
    "Number",
    "String",
];

pub(super) fn check_parameters<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    for entry in &model.parameters.entries {
        let owner = format!("the parameter `{}`", entry.key);
        let Some(map) = expect_map(&entry.value, &owner, findings) else {
            if entry.value.as_call().is_some() {
                let message = format!("{owner} is a map, found an intrinsic function");
                findings.add(codes::FUNCTION_NOT_ALLOWED, entry.value.span, message);
            }
            continue;
        };
        check_keys(map, &KEYS, "a parameter", findings);
        check_parameter(model, entry, map, findings);
    }
}

fn check_parameter<'t>(model: &'t Model<'t>, entry: &Entry, map: &Map, findings: &mut Findings) {
    let name = &entry.key;
    for key in ["AllowedPattern", "ConstraintDescription", "Description"] {
        if let Some(value) = map.get(key) {
            expect_literal_text(value, &format!("`{key}` of a parameter"), findings);
        }
    }
    let Some(written) = map.get("Type") else {
        findings
            .add(
                codes::MISSING_KEY,
                entry.key_span,
                format!("the parameter `{name}` lacks `Type`"),
            )
            .help("add `Type: String`, or another type");
        return;
    };
    let Some(type_name) = written.as_text() else {
        expect_literal_text(written, "the type of a parameter", findings);
        return;
    };
    if !is_type(type_name) {
        findings
            .add(
                codes::INVALID_PARAMETER,
                written.span,
                format!("CloudFormation has no parameter type `{type_name}`"),
            )
            .suggest(type_name, AWS_TYPES.iter().chain(&SINGLE_TYPES).copied());
        return;
    }
    let mut constraints = Constraints::read(map, type_name, findings);
    if let Some(default) = map.get("Default") {
        if default.as_call().is_some() || default.as_map().is_some() || default.as_list().is_some()
        {
            let message = format!(
                "the default of the parameter `{name}` is text, found {}",
                default.describe()
            );
            let help = if default.as_list().is_some() {
                "join the items with commas"
            } else {
                "write a literal"
            };
            findings
                .add(codes::WRONG_FORM, default.span, message)
                .help(help);
        } else if let Some(text) = default.scalar_text() {
            constraints.check_value(&text, default.span, "the default", findings);
        }
    }
    if let Some(given) = model.options.parameters.get(name) {
        constraints.check_value(given, entry.key_span, "the given value", findings);
    }
}

fn is_type(type_name: &str) -> bool {
    let aws = |name: &str| AWS_TYPES.contains(&name);
    if aws(type_name) || SINGLE_TYPES.contains(&type_name) {
        return true;
    }
    let inside = |outer: &str| {
        type_name
            .strip_prefix(outer)
            .and_then(|rest| rest.strip_suffix('>'))
    };
    let in_list = |name: &str| {
        aws(name) || matches!(name, "Number" | "String" | "AWS::Route53::HostedZone::Id")
    };
    if let Some(stored) = inside("AWS::SSM::Parameter::Value<") {
        let list = stored
            .strip_prefix("List<")
            .and_then(|rest| rest.strip_suffix('>'));
        return list.map_or_else(
            || in_list(stored) || stored == "CommaDelimitedList",
            in_list,
        );
    }
    inside("List<").is_some_and(in_list)
}

/// The constraints of a parameter that its values can contradict.
struct Constraints<'m> {
    allowed: Option<Vec<String>>,
    pattern: Option<(String, Option<Regex>)>,
    lengths: (Option<f64>, Option<f64>),
    range: (Option<f64>, Option<f64>),
    type_name: &'m str,
}

impl<'m> Constraints<'m> {
    fn read(map: &Map, type_name: &'m str, findings: &mut Findings) -> Self {
        let mut number = |key: &str| {
            let value = map.get(key)?;
            let number = value
                .scalar_text()
                .and_then(|text| text.parse::<f64>().ok());
            if number.is_none() {
                let message = format!(
                    "`{key}` of a parameter is a number, found {}",
                    value.describe()
                );
                findings.add(codes::WRONG_FORM, value.span, message);
            }
            number
        };
        let lengths = (number("MinLength"), number("MaxLength"));
        let range = (number("MinValue"), number("MaxValue"));
        for (low, high, key) in [
            (lengths.0, lengths.1, "MinLength"),
            (range.0, range.1, "MinValue"),
        ] {
            if let (Some(low), Some(high)) = (low, high)
                && low > high
                && let Some(entry) = map.find_entry(key)
            {
                let message = format!("`{key}` is {low}, but the maximum is {high}");
                findings.add(codes::INVALID_PARAMETER, entry.key_span, message);
            }
        }
        for (key, wanted) in [
            ("MinValue", "Number"),
            ("MaxValue", "Number"),
            ("MinLength", "String"),
            ("MaxLength", "String"),
        ] {
            if let Some(entry) = map.find_entry(key)
                && matches!(type_name, "Number" | "String")
                && type_name != wanted
            {
                let message =
                    format!("`{key}` constrains a parameter of type `{wanted}`, not `{type_name}`");
                findings.add(codes::INVALID_PARAMETER, entry.key_span, message);
            }
        }
        let allowed = map.get("AllowedValues").and_then(|value| {
            if value.as_list().is_none() {
                let message = format!("`AllowedValues` is a list, found {}", value.describe());
                findings.add(codes::WRONG_FORM, value.span, message);
            }
            value.as_list()?.iter().map(Value::scalar_text).collect()
        });
        let pattern = map
            .get("AllowedPattern")
            .and_then(Value::as_text)
            .map(|pattern| {
                // Java matches the whole value; a pattern that this engine does not support is not checked.
                (
                    pattern.to_owned(),
                    Regex::new(&format!("^(?:{pattern})$")).ok(),
                )
            });
        Self {
            allowed,
            pattern,
            lengths,
            range,
            type_name,
        }
    }

    fn check_value(&mut self, text: &str, span: Span, which: &str, findings: &mut Findings) {
        let is_list = is_list_parameter(self.type_name);
        // The value of the parameter in SSM is not known, only its name.
        if self.type_name.starts_with("AWS::SSM::Parameter::") {
            return;
        }
        let items: Vec<&str> = if is_list {
            text.split(',').map(str::trim).collect()
        } else {
            vec![text]
        };
        for item in items {
            if let Some(problem) = self.find_problem(item, is_list) {
                findings.add(
                    codes::INVALID_PARAMETER,
                    span,
                    format!("{which} `{item}` {problem}"),
                );
            }
        }
    }

    fn find_problem(&self, text: &str, is_list: bool) -> Option<String> {
        if self
            .type_name
            .trim_start_matches("List<")
            .starts_with("Number")
        {
            let Ok(number) = text.parse::<f64>() else {
                return Some("is not a number".to_owned());
            };
            if self.range.0.is_some_and(|min| number < min)
                || self.range.1.is_some_and(|max| number > max)
            {
                return Some(format!("is not {}", describe_range(self.range)));
            }
        }
        if let Some(allowed) = &self.allowed
            && !allowed.iter().any(|value| value == text)
        {
            return Some(format!(
                "is not one of the allowed values: {}",
                allowed.join(", ")
            ));
        }
        if let Some((pattern, Some(regex))) = &self.pattern
            && !regex.is_match(text)
        {
            return Some(format!("does not match `{pattern}`"));
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "lengths of text are far below 2^52"
        )]
        let length = text.chars().count() as f64;
        let (min, max) = self.lengths;
        if !is_list && (min.is_some_and(|min| length < min) || max.is_some_and(|max| length > max))
        {
            return Some(format!(
                "has {length} characters, not {}",
                describe_range(self.lengths)
            ));
        }
        None
    }
}

fn describe_range((min, max): (Option<f64>, Option<f64>)) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any number".to_owned(),
    }
}
