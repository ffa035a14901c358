//! Writes the model as text, the exact inverse of [`parse`](crate::parse).

use std::fmt::{Display, Write as _};

use crate::model::{
    Bounds, Definition, Path, Property, ResourceType, Rule, Shape, Target, TargetAttribute, Text,
    Type,
};

/// Returns the lines of one resource type in the format of the model files.
pub fn render_resource_type(ty: &ResourceType) -> String {
    let mut out = String::new();
    push_line(&mut out, &ty.name);
    let returns = &ty.ref_returns;
    if !returns.properties.is_empty() || returns.kind.is_some() {
        let kind = returns.kind.map_or("text", |kind| kind.as_word());
        push_line(
            &mut out,
            &format!("@ref {kind}{}", render_paths(&returns.properties)),
        );
    }
    render_fact(&mut out, "id", &ty.primary_identifier);
    for identifier in &ty.additional_identifiers {
        render_fact(&mut out, "also-id", identifier);
    }
    if let Some(tags) = &ty.tags {
        push_line(
            &mut out,
            &format!("@tags {} {}", tags.shape.as_word(), tags.property),
        );
    }
    if ty.stateful {
        push_line(&mut out, "@stateful");
    }
    if ty.deprecated {
        push_line(&mut out, "@closed");
    }
    if ty.open {
        push_line(&mut out, "@open");
    }
    if let Some(replacement) = ty.replacement {
        push_line(&mut out, &format!("@replacement {}", replacement.as_word()));
    }
    if let Some(scrutiny) = &ty.scrutiny {
        push_line(&mut out, &format!("@scrutiny {scrutiny}"));
    }
    // Top-level paths are written as marks of the properties.
    for (word, list) in [
        ("read-only", &ty.read_only),
        ("create-only", &ty.create_only),
        ("may-replace", &ty.conditional_create_only),
        ("write-only", &ty.write_only),
        ("deprecated", &ty.deprecated_paths),
    ] {
        for path in list.iter().filter(|path| !path.is_top_level()) {
            push_line(&mut out, &format!("@{word} {path}"));
        }
    }
    for attribute in &ty.attributes {
        push_line(
            &mut out,
            &format!(
                "@attr {} {}",
                attribute.name,
                render_shape(&attribute.shape)
            ),
        );
    }
    render_members(&mut out, &ty.rules, &ty.properties);
    for definition in &ty.definitions {
        render_definition(&mut out, definition);
    }
    out
}

fn render_definition(out: &mut String, definition: &Definition) {
    match &definition.alias {
        Some(alias) => push_line(
            out,
            &format!("#{} = {}", definition.name, render_shape(alias)),
        ),
        None => push_line(out, &format!("#{}", definition.name)),
    }
    render_members(out, &definition.rules, &definition.properties);
}

fn render_members(out: &mut String, rules: &[Rule], properties: &[Property]) {
    for rule in rules {
        push_line(out, &render_rule(rule));
    }
    for property in properties {
        push_line(out, &format!("  {}", render_property(property)));
    }
}

fn render_rule(rule: &Rule) -> String {
    match rule {
        Rule::ExactlyOne(sets) => format!("@exactly-one {}", render_sets(sets)),
        Rule::AtLeastOne(sets) => format!("@at-least-one {}", render_sets(sets)),
        Rule::Excludes(name, others) => format!("@excludes {name} {}", others.join(" ")),
        Rule::Requires(name, others) => format!("@requires {name} {}", others.join(" ")),
    }
}

fn render_sets(sets: &[Vec<Text>]) -> String {
    let words: Vec<String> = sets
        .iter()
        .map(|set| {
            if set.is_empty() {
                "-".to_owned()
            } else {
                set.join("+")
            }
        })
        .collect();
    words.join(" ")
}

fn render_property(property: &Property) -> String {
    let required = if property.required { "!" } else { "" };
    let mut out = format!(
        "{}{required} {}",
        property.name,
        render_shape(&property.shape)
    );
    for (word, set) in [
        ("read-only", property.read_only),
        ("create-only", property.create_only),
        ("may-replace", property.conditional_create_only),
        ("write-only", property.write_only),
        ("deprecated", property.deprecated),
    ] {
        if set {
            out.push(' ');
            out.push_str(word);
        }
    }
    if let Some(scrutiny) = &property.scrutiny {
        let _ = write!(out, " scrutiny={scrutiny}");
    }
    out
}

fn render_shape(shape: &Shape) -> String {
    let mut out = match &shape.ty {
        Type::String => "string".to_owned(),
        Type::Integer => "int".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Json => "json".to_owned(),
        Type::Definition(name) => format!("#{name}"),
        Type::List(item) => format!("[{}]", render_shape(item)),
        Type::Map(value) => format!("{{{}}}", render_shape(value)),
        Type::Union(members) => {
            let members: Vec<String> = members.iter().map(render_shape).collect();
            format!("({})", members.join(" | "))
        }
    };
    if !shape.values.is_empty() {
        let key = if shape.values_ignore_case {
            "enum-any-case"
        } else {
            "enum"
        };
        let values: Vec<String> = shape.values.iter().map(|value| quote_text(value)).collect();
        let _ = write!(out, " {key}={}", values.join(","));
    }
    render_bounds(&mut out, "length", shape.length);
    render_bounds(&mut out, "range", shape.range);
    if let Some(step) = shape.multiple_of {
        let _ = write!(out, " step={step}");
    }
    render_bounds(&mut out, "items", shape.items);
    if shape.unique {
        out.push_str(" unique");
    }
    render_bounds(&mut out, "entries", shape.entries);
    if let Some(format) = &shape.format {
        let _ = write!(out, " format={}", quote_text(format));
    }
    if !shape.targets.is_empty() {
        let targets: Vec<String> = shape.targets.iter().map(render_target).collect();
        let _ = write!(out, " to={}", targets.join(","));
    }
    if let Some(pattern) = &shape.key_pattern {
        let _ = write!(out, " keys={}", quote_text(pattern));
    }
    if let Some(pattern) = &shape.pattern {
        let _ = write!(out, " pattern={}", quote_text(pattern));
    }
    out
}

fn render_target(target: &Target) -> String {
    let by = match &target.by {
        TargetAttribute::Kind(kind) => kind.as_word(),
        TargetAttribute::Property(name) => name,
    };
    format!("{}.{by}", target.resource)
}

fn render_bounds<N: Display>(out: &mut String, key: &str, bounds: Bounds<N>) {
    if bounds.min.is_none() && bounds.max.is_none() {
        return;
    }
    let _ = write!(out, " {key}=");
    if let Some(min) = bounds.min {
        let _ = write!(out, "{min}");
    }
    out.push_str("..");
    if let Some(max) = bounds.max {
        let _ = write!(out, "{max}");
    }
}

/// Returns a bare word, or the text in single quotes with its own quotes doubled.
fn quote_text(text: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "_.:/*+@%-".contains(c);
    if !text.is_empty() && text.chars().all(bare) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

fn render_fact(out: &mut String, word: &str, list: &[Path]) {
    if !list.is_empty() {
        push_line(out, &format!("@{word}{}", render_paths(list)));
    }
}

fn render_paths(list: &[Path]) -> String {
    list.iter().fold(String::new(), |mut out, path| {
        let _ = write!(out, " {path}");
        out
    })
}

fn push_line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
