//! Doc comments of the bindings: the upstream text, then facts of the model.

use std::fmt::{Display, Write as _};

use infra_schema::model::{Bounds, By, Property, Shape, Type};

/// Maximum number of allowed values in a comment; the schema has the rest.
const LISTED: usize = 12;

/// Writes `text` as a doc comment, line by line.
pub(super) fn write(out: &mut String, indent: &str, text: &str) {
    for line in text.lines() {
        let separator = if line.is_empty() { "" } else { " " };
        let _ = writeln!(out, "{indent}///{separator}{line}");
    }
}

/// Escapes upstream text for rustdoc, which would read brackets as links and `<` as HTML.
pub(super) fn escape(text: &str) -> String {
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
pub(super) fn property(text: &str, property: &Property, top_level_update: bool) -> String {
    let mut out = escape(text);
    let mut facts: Vec<String> = Vec::new();
    if property.required {
        facts.push("Required.".to_owned());
    }
    facts.extend(limits(&property.shape));
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

fn limits(shape: &Shape) -> Vec<String> {
    let mut facts = Vec::new();
    let inner = innermost(shape);
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
                By::Kind(kind) => format!("{} of `{}`", kind.word(), target.resource),
                By::Property(name) => format!("{name} of `{}`", target.resource),
            })
            .collect();
        facts.push(format!("Accepts: {}.", targets.join(", ")));
    }
    span(&mut facts, "Length", inner.length);
    span(&mut facts, "Range", inner.range);
    span(&mut facts, "Items", shape.items);
    if let Some(format) = &inner.format {
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

fn span<N: Display>(facts: &mut Vec<String>, what: &str, bounds: Bounds<N>) {
    match (bounds.min, bounds.max) {
        (None, None) => {}
        (Some(min), None) => facts.push(format!("{what}: at least {min}.")),
        (None, Some(max)) => facts.push(format!("{what}: at most {max}.")),
        (Some(min), Some(max)) => facts.push(format!("{what}: {min} to {max}.")),
    }
}

fn innermost(shape: &Shape) -> &Shape {
    match &shape.ty {
        Type::List(inner) | Type::Map(inner) => innermost(inner),
        _ => shape,
    }
}
