//! Writes the model as text, the exact inverse of [`parse`](crate::parse).

use std::fmt::{Display, Write as _};

use crate::model::{
    Bounds, By, Definition, Path, Property, ResourceType, Rule, Shape, Target, Text, Type,
};

/// Returns the lines of one resource type in the format of the model files.
pub fn resource(ty: &ResourceType) -> String {
    let mut out = String::new();
    line(&mut out, &ty.name);
    let returns = &ty.ref_returns;
    if !returns.properties.is_empty() || returns.kind.is_some() {
        let kind = returns.kind.map_or("text", |kind| kind.word());
        line(
            &mut out,
            &format!("@ref {kind}{}", paths(&returns.properties)),
        );
    }
    fact(&mut out, "id", &ty.primary_identifier);
    for identifier in &ty.additional_identifiers {
        fact(&mut out, "also-id", identifier);
    }
    if let Some(tags) = &ty.tags {
        line(
            &mut out,
            &format!("@tags {} {}", tags.shape.word(), tags.property),
        );
    }
    if ty.stateful {
        line(&mut out, "@stateful");
    }
    if ty.deprecated {
        line(&mut out, "@closed");
    }
    if ty.open {
        line(&mut out, "@open");
    }
    if let Some(replacement) = ty.replacement {
        line(&mut out, &format!("@replacement {}", replacement.word()));
    }
    if let Some(scrutiny) = &ty.scrutiny {
        line(&mut out, &format!("@scrutiny {scrutiny}"));
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
            line(&mut out, &format!("@{word} {path}"));
        }
    }
    for attribute in &ty.attributes {
        line(
            &mut out,
            &format!("@attr {} {}", attribute.name, shape(&attribute.shape)),
        );
    }
    members(&mut out, &ty.rules, &ty.properties);
    for definition in &ty.definitions {
        self::definition(&mut out, definition);
    }
    out
}

fn definition(out: &mut String, definition: &Definition) {
    match &definition.alias {
        Some(alias) => line(out, &format!("#{} = {}", definition.name, shape(alias))),
        None => line(out, &format!("#{}", definition.name)),
    }
    members(out, &definition.rules, &definition.properties);
}

fn members(out: &mut String, rules: &[Rule], properties: &[Property]) {
    for rule in rules {
        line(out, &self::rule(rule));
    }
    for property in properties {
        line(out, &format!("  {}", self::property(property)));
    }
}

fn rule(rule: &Rule) -> String {
    match rule {
        Rule::ExactlyOne(sets) => format!("@exactly-one {}", self::sets(sets)),
        Rule::AtLeastOne(sets) => format!("@at-least-one {}", self::sets(sets)),
        Rule::Excludes(name, others) => format!("@excludes {name} {}", others.join(" ")),
        Rule::Requires(name, others) => format!("@requires {name} {}", others.join(" ")),
    }
}

fn sets(sets: &[Vec<Text>]) -> String {
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

fn property(property: &Property) -> String {
    let required = if property.required { "!" } else { "" };
    let mut out = format!("{}{required} {}", property.name, shape(&property.shape));
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

fn shape(shape: &Shape) -> String {
    let mut out = match &shape.ty {
        Type::String => "string".to_owned(),
        Type::Integer => "int".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Json => "json".to_owned(),
        Type::Definition(name) => format!("#{name}"),
        Type::List(item) => format!("[{}]", self::shape(item)),
        Type::Map(value) => format!("{{{}}}", self::shape(value)),
        Type::Union(members) => {
            let members: Vec<String> = members.iter().map(self::shape).collect();
            format!("({})", members.join(" | "))
        }
    };
    if !shape.values.is_empty() {
        let key = if shape.values_ignore_case {
            "enum-any-case"
        } else {
            "enum"
        };
        let values: Vec<String> = shape.values.iter().map(|value| quote(value)).collect();
        let _ = write!(out, " {key}={}", values.join(","));
    }
    bounds(&mut out, "length", shape.length);
    bounds(&mut out, "range", shape.range);
    if let Some(step) = shape.multiple_of {
        let _ = write!(out, " step={step}");
    }
    bounds(&mut out, "items", shape.items);
    if shape.unique {
        out.push_str(" unique");
    }
    bounds(&mut out, "entries", shape.entries);
    if let Some(format) = &shape.format {
        let _ = write!(out, " format={}", quote(format));
    }
    if !shape.targets.is_empty() {
        let targets: Vec<String> = shape.targets.iter().map(target).collect();
        let _ = write!(out, " to={}", targets.join(","));
    }
    if let Some(pattern) = &shape.key_pattern {
        let _ = write!(out, " keys={}", quote(pattern));
    }
    if let Some(pattern) = &shape.pattern {
        let _ = write!(out, " pattern={}", quote(pattern));
    }
    out
}

fn target(target: &Target) -> String {
    let by = match &target.by {
        By::Kind(kind) => kind.word(),
        By::Property(name) => name,
    };
    format!("{}.{by}", target.resource)
}

fn bounds<N: Display>(out: &mut String, key: &str, bounds: Bounds<N>) {
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
fn quote(text: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "_.:/*+@%-".contains(c);
    if !text.is_empty() && text.chars().all(bare) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

fn fact(out: &mut String, word: &str, list: &[Path]) {
    if !list.is_empty() {
        line(out, &format!("@{word}{}", paths(list)));
    }
}

fn paths(list: &[Path]) -> String {
    list.iter().fold(String::new(), |mut out, path| {
        let _ = write!(out, " {path}");
        out
    })
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
