//! Documentation comments: what upstream says, then what the model knows.

use std::fmt::{Display, Write as _};

use infra_schema::model::{Bounds, By, Property, Shape, Type};

/// Allowed values listed in full up to this many; more are in the schema.
const LISTED: usize = 12;

/// Writes `text` as a comment, one line per line.
pub(super) fn write(out: &mut String, indent: &str, text: &str) {
    for line in text.lines() {
        let separator = if line.is_empty() { "" } else { " " };
        let _ = writeln!(out, "{indent}///{separator}{line}");
    }
}

/// Upstream text, made harmless: rustdoc would read brackets as links and `<` as HTML.
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

/// The comment of a property.
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
        facts.push("Cannot be read back: drift in it is not seen.".to_owned());
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
        let _ = write!(out, "`{}`.", property.name);
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
        facts.push(format!("Takes: {}.", targets.join(", ")));
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
        // Two backticks keep one inside the pattern from ending the code.
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
