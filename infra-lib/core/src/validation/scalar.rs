//! Validates text, numbers and booleans, with the same conversions between them as CloudFormation.

use infra_schema::nearest::find_nearest;
use infra_schema::{Shape, Type};

use super::identifier;
use super::pattern;
use super::view::{Form, View};
use super::walk::{Walk, format_bounds, format_one_of};
use crate::diagnostic::codes;

pub(super) fn check_scalar<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    value: V,
    form: &Form<'t, V>,
    shape: &Shape,
    at: &str,
) {
    let Some(text) = as_text(form) else {
        walk.report_wrong_type(value, expected_type(&shape.ty), at);
        return;
    };
    // A dynamic reference: its value is known at deployment only.
    if text.contains("{{resolve:") {
        return;
    }
    let fits = match shape.ty {
        Type::Integer => text.parse::<i128>().is_ok(),
        Type::Number => text.parse::<f64>().is_ok(),
        Type::Boolean => matches!(&*text.to_ascii_lowercase(), "true" | "false"),
        _ => true,
    };
    if !fits {
        walk.report_wrong_type(value, expected_type(&shape.ty), at);
        return;
    }
    if shape.ty == Type::String {
        let before = walk.found.len();
        check_length(walk, value, &text, shape, at);
        if let Some(pattern) = &shape.pattern
            && !pattern::matches_pattern(pattern, &text)
        {
            let finding = walk.add_finding(
                codes::PATTERN_MISMATCH,
                Some(value),
                at,
                format!("`{text}` does not match the schema's pattern"),
            );
            finding.expected = Some(format!("a string that matches {pattern}"));
        }
        // One finding about the form is enough.
        if walk.found.len() == before {
            identifier::check_identifier(walk, value, &text, shape, at);
        }
    } else {
        check_range(walk, value, &text, shape, at);
    }
    check_allowed_values(walk, value, &text, shape, at);
}

/// Returns a scalar as text, as CloudFormation converts between text, numbers and booleans.
fn as_text<V>(form: &Form<'_, V>) -> Option<String> {
    match form {
        Form::Text(text) => Some((*text).to_owned()),
        Form::Number(number) => Some(number.clone()),
        Form::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

pub(super) fn expected_type(ty: &Type) -> &'static str {
    match ty {
        Type::Integer => "a whole number",
        Type::Number => "a number",
        Type::Boolean => "true or false",
        _ => "text",
    }
}

fn check_length<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    value: V,
    text: &str,
    shape: &Shape,
    at: &str,
) {
    let count = text.chars().count() as u64;
    if !shape.length.contains(count) {
        let finding = walk.add_finding(
            codes::OUT_OF_RANGE,
            Some(value),
            at,
            format!("the string has {count} characters"),
        );
        finding.actual = Some(text.chars().take(60).collect());
        finding.expected = Some(format_bounds(
            shape.length.min,
            shape.length.max,
            "characters",
        ));
    }
}

fn check_range<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    value: V,
    text: &str,
    shape: &Shape,
    at: &str,
) {
    let Ok(number) = text.parse::<f64>() else {
        return;
    };
    if !shape.range.contains(number) {
        let finding = walk.add_finding(
            codes::OUT_OF_RANGE,
            Some(value),
            at,
            format!("{text} is out of range"),
        );
        finding.actual = Some(text.to_owned());
        finding.expected = Some(
            format_bounds(shape.range.min, shape.range.max, "")
                .trim_end()
                .to_owned(),
        );
    }
    if let Some(step) = shape.multiple_of
        && (number / step).fract() != 0.0
    {
        let finding = walk.add_finding(
            codes::OUT_OF_RANGE,
            Some(value),
            at,
            format!("{text} is not a multiple of {step}"),
        );
        finding.actual = Some(text.to_owned());
    }
}

fn check_allowed_values<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    value: V,
    text: &str,
    shape: &Shape,
    at: &str,
) {
    let is = |value: &str| {
        value == text || (shape.values_ignore_case && value.eq_ignore_ascii_case(text))
    };
    if shape.values.is_empty() || shape.values.iter().any(|value| is(value)) {
        return;
    }
    let values: Vec<&str> = shape.values.iter().map(|value| &**value).collect();
    let close =
        find_nearest(text, values.iter().copied()).map(|close| format!("did you mean `{close}`?"));
    let finding = walk.add_finding(
        codes::UNKNOWN_ENUM_VALUE,
        Some(value),
        at,
        format!("`{text}` is not one of the values in the schema"),
    );
    finding.actual = Some(text.to_owned());
    finding.expected = Some(format_one_of(&values));
    finding.help = close;
}
