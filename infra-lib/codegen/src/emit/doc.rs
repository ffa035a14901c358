//! Doc comments of the bindings: the upstream text, then facts of the model.

use std::fmt::{Display, Write as _};

use infra_schema::model::{Bounds, Property, Shape, TargetAttribute, Type};

/// Maximum number of allowed values in a comment; the schema has the rest.
const LISTED: usize = 12;

/// Writes `text` as a doc comment, line by line.
pub(super) fn write_doc_comment(out: &mut String, indent: &str, text: &str) {
    for line in text.lines() {
        let separator = if line.is_empty() { "" } else { " " };
        let _ = writeln!(out, "{indent}///{separator}{line}");
    }
}

/// Escapes upstream text for rustdoc, which would read brackets as links and `<` as HTML.
pub(super) fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut code = false;
    for c in text.chars() {
        if c == '`' {
            code = !code;
        }
        if !code && matches!(c, '[' | ']' | '<' | '>' | '*' | '_' | '\\' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Returns the doc comment of a property.
pub(super) fn describe_property(text: &str, property: &Property, top_level_update: bool) -> String {
    let mut out = escape_markdown(text);
    let mut facts: Vec<String> = Vec::new();
    if property.required {
        facts.push("Required.".to_owned());
    }
    facts.extend(describe_limits(&property.shape));
    if property.create_only {
        facts.push("Update requires: replacement.".to_owned());
    } else if property.conditional_create_only {
        facts.push("Update requires: replacement under some conditions.".to_owned());
    } else if top_level_update {
        facts.push("Update requires: no replacement.".to_owned());
    }
    if property.write_only {
        facts.push("Write-only: AWS does not return it, so drift is not detected.".to_owned());
    }
    if property.deprecated {
        facts.push("Deprecated by AWS.".to_owned());
    }
    if !facts.is_empty() {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(&facts.join(" "));
    }
    if out.is_empty() {
        let _ = write!(out, "The property `{}`.", property.name);
    }
    out
}

fn describe_limits(shape: &Shape) -> Vec<String> {
    let mut facts = Vec::new();
    let inner = innermost_shape(shape);
    if inner.ty != Type::String && !inner.values.is_empty() {
        let values: Vec<String> = inner
            .values
            .iter()
            .take(LISTED)
            .map(|value| format!("`{value}`"))
            .collect();
        facts.push(format!("Allowed: {}.", values.join(", ")));
    }
    if inner.targets.len() > 1 {
        let targets: Vec<String> = inner
            .targets
            .iter()
            .map(|target| match &target.by {
                TargetAttribute::Kind(kind) => {
                    format!("{} of `{}`", kind.as_word(), target.resource)
                }
                TargetAttribute::Property(name) => format!("{name} of `{}`", target.resource),
            })
            .collect();
        facts.push(format!("Accepts: {}.", targets.join(", ")));
    }
    push_bounds(&mut facts, "Length", inner.length);
    push_bounds(&mut facts, "Range", inner.range);
    push_bounds(&mut facts, "Items", shape.items);
    // Kinds of identifiers are those of the accepted resources.
    let format = inner.format.as_ref();
    if let Some(format) = format.filter(|format| !format.starts_with("AWS::")) {
        facts.push(format!("Format: {format}."));
    }
    if let Some(pattern) = inner
        .pattern
        .as_deref()
        .filter(|pattern| pattern.len() < 200)
    {
        // Two backticks allow a single one inside the pattern.
        let fence = if pattern.contains('`') { "``" } else { "`" };
        facts.push(format!("Pattern: {fence}{pattern}{fence}."));
    }
    facts
}

fn push_bounds<N: Display>(facts: &mut Vec<String>, what: &str, bounds: Bounds<N>) {
    match (bounds.min, bounds.max) {
        (None, None) => {}
        (Some(min), None) => facts.push(format!("{what}: at least {min}.")),
        (None, Some(max)) => facts.push(format!("{what}: at most {max}.")),
        (Some(min), Some(max)) => facts.push(format!("{what}: {min} to {max}.")),
    }
}

fn innermost_shape(shape: &Shape) -> &Shape {
    match &shape.ty {
        Type::List(inner) | Type::Map(inner) => innermost_shape(inner),
        _ => shape,
    }
}
