//! Walks the properties of a resource and its schema in parallel.

use infra_schema::nearest::find_nearest;
use infra_schema::{Definition, Property, ResourceType, Rule, Shape, Type};

use super::{references, rules, scalar};
use crate::diagnostic::{Code, Diagnostic, Severity, codes};
use crate::template::Template;
use crate::value::{Data, Expr, Map, Pseudo};

/// Validation of one resource: its schema, and the findings so far.
pub(super) struct Walk<'a> {
    pub(super) template: &'a Template,
    pub(super) schema: &'static ResourceType,
    pub(super) found: &'a mut Vec<Diagnostic>,
}

/// Presence of a property in a template.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Presence {
    Absent,
    Present,
    /// Decided at deployment, by `Fn::If` with `AWS::NoValue` in one branch.
    Deferred,
}

impl Presence {
    pub(super) fn from_data(data: Option<&Data>) -> Self {
        match data {
            None => Self::Absent,
            Some(Data::Expr(expr)) => match &**expr {
                Expr::Pseudo(Pseudo::NoValue) => Self::Absent,
                Expr::If(_, then, otherwise) => {
                    match (
                        Self::from_data(Some(then)),
                        Self::from_data(Some(otherwise)),
                    ) {
                        (a, b) if a == b => a,
                        _ => Self::Deferred,
                    }
                }
                _ => Self::Present,
            },
            Some(_) => Self::Present,
        }
    }
}

impl Walk<'_> {
    pub(super) fn check_properties(&mut self, properties: &Map) {
        let schema = self.schema;
        self.check_object(
            properties,
            &schema.properties,
            &schema.rules,
            &schema.name,
            "",
            schema.open,
        );
    }

    pub(super) fn add_finding(&mut self, code: Code, at: &str, message: String) -> &mut Diagnostic {
        let at_end = self.found.len();
        self.found.push(Diagnostic::new(code, message).property(at));
        &mut self.found[at_end]
    }

    fn check_object(
        &mut self,
        map: &Map,
        known: &[Property],
        rules: &[Rule],
        owner: &str,
        at: &str,
        open: bool,
    ) {
        for (name, data) in map.iter() {
            let below = join_path(at, name);
            match known.iter().find(|property| property.name == name) {
                Some(property) => self.check_property(property, data, &below, owner),
                None if open => {}
                None => self.report_unknown_property(name, known, owner, &below),
            }
        }
        for property in known
            .iter()
            .filter(|property| property.required && !property.read_only)
        {
            if Presence::from_data(map.get(&property.name)) == Presence::Absent {
                let (name, below) = (&property.name, join_path(at, &property.name));
                let message = format!("`{owner}` requires `{name}`");
                let settable = known.iter().filter(|p| p.required && !p.read_only);
                let required: Vec<&str> = settable.map(|p| &*p.name).collect();
                let finding = self.add_finding(codes::MISSING_PROPERTY, &below, message);
                finding.expected = Some(required.join(", "));
            }
        }
        rules::check_rules(self, map, rules, owner, at);
    }

    fn report_unknown_property(&mut self, name: &str, known: &[Property], owner: &str, at: &str) {
        let names: Vec<&str> = known
            .iter()
            .filter(|p| !p.read_only)
            .map(|p| &*p.name)
            .collect();
        let close = find_nearest(name, names.iter().copied());
        let finding = self.add_finding(
            codes::UNKNOWN_PROPERTY,
            at,
            format!(
                "`{owner}` has no property `{name}` in the schemas of {}",
                infra_schema::SCHEMA_DATE
            ),
        );
        finding.actual = Some(name.to_owned());
        match close {
            // A name that resembles a known one is a typing error, not a property that is newer than the schemas.
            Some(close) => {
                finding.severity = Severity::Error;
                finding.help = Some(format!("did you mean `{close}`?"));
            }
            None => finding.expected = Some(format_one_of(&names)),
        }
    }

    fn check_property(&mut self, property: &Property, data: &Data, at: &str, owner: &str) {
        if property.read_only {
            let message = format!(
                "`{}` of `{owner}` is set by AWS and cannot be set here",
                property.name
            );
            self.add_finding(codes::READ_ONLY_PROPERTY, at, message)
                .help = Some("remove it; other resources can read it with `Fn::GetAtt`".to_owned());
            return;
        }
        if property.deprecated {
            let message = format!("`{}` of `{owner}` is deprecated", property.name);
            self.add_finding(codes::DEPRECATED_PROPERTY, at, message);
        }
        self.check_value(data, &property.shape, at);
    }

    pub(super) fn check_value(&mut self, data: &Data, shape: &Shape, at: &str) {
        match data {
            Data::Null => {
                let message = "CloudFormation rejects `null`".to_owned();
                self.add_finding(codes::NULL_VALUE, at, message).help =
                    Some("omit the property, or use `pseudo::no_value()`".to_owned());
            }
            Data::Expr(expr) => match &**expr {
                Expr::If(_, then, otherwise) => {
                    self.check_value(then, shape, at);
                    self.check_value(otherwise, shape, at);
                }
                _ => references::check_reference(self, expr, shape, at),
            },
            _ => self.check_literal(data, shape, at),
        }
    }

    fn check_literal(&mut self, data: &Data, shape: &Shape, at: &str) {
        match (&shape.ty, data) {
            (Type::Json, _) => {}
            (Type::Union(options), _) => self.check_union(data, options, at),
            (Type::Definition(name), _) => {
                if let Some(definition) = self.schema.definition(name) {
                    self.check_definition(data, definition, at);
                }
            }
            (Type::List(item), Data::List(items)) => {
                for (index, entry) in items.iter().enumerate() {
                    self.check_value(entry, item, &join_path(at, &index.to_string()));
                }
                self.check_item_count(items.len(), shape, at);
                if shape.unique {
                    self.check_unique_items(items, at);
                }
            }
            (Type::Map(item), Data::Map(map)) => {
                for (name, entry) in map.iter() {
                    self.check_value(entry, item, &join_path(at, name));
                }
            }
            (Type::List(_), _) => self.report_wrong_type(data, "a list", at),
            (Type::Map(_), _) => self.report_wrong_type(data, "a map", at),
            (Type::String | Type::Integer | Type::Number | Type::Boolean, _) => {
                scalar::check_scalar(self, data, shape, at);
            }
        }
    }

    fn check_definition(&mut self, data: &Data, definition: &'static Definition, at: &str) {
        match (&definition.alias, data) {
            (Some(shape), _) => self.check_value(data, shape, at),
            (None, Data::Map(map)) => {
                let owner = format!("{}.{}", self.schema.name, definition.name);
                self.check_object(
                    map,
                    &definition.properties,
                    &definition.rules,
                    &owner,
                    at,
                    false,
                );
            }
            // Several services accept a structure as JSON text.
            (None, Data::Text(text)) if text.trim_start().starts_with('{') => {}
            (None, _) => self.report_wrong_type(data, "a map", at),
        }
    }

    /// Validates data against alternatives, one of which must fit. If none does, the findings of the closest one are reported.
    fn check_union(&mut self, data: &Data, options: &[Shape], at: &str) {
        let mut closest: Option<Vec<Diagnostic>> = None;
        for option in options {
            let mut found = Vec::new();
            Walk {
                template: self.template,
                schema: self.schema,
                found: &mut found,
            }
            .check_value(data, option, at);
            if found.is_empty() {
                return;
            }
            if closest.as_ref().is_none_or(|best| found.len() < best.len()) {
                closest = Some(found);
            }
        }
        self.found.extend(closest.into_iter().flatten());
    }

    fn check_item_count(&mut self, count: usize, shape: &Shape, at: &str) {
        if !shape.items.contains(count as u64) {
            let message = format!("the list has {count} items");
            let finding = self.add_finding(codes::OUT_OF_RANGE, at, message);
            finding.actual = Some(count.to_string());
            finding.expected = Some(format_bounds(shape.items.min, shape.items.max, "items"));
        }
    }

    fn check_unique_items(&mut self, items: &[Data], at: &str) {
        for (index, item) in items.iter().enumerate() {
            if let Some(first) = items[..index].iter().position(|before| before == item) {
                let message = format!("the item repeats item {first}, but items must be unique");
                self.add_finding(
                    codes::DUPLICATE_ITEMS,
                    &join_path(at, &index.to_string()),
                    message,
                );
            }
        }
    }

    pub(super) fn report_wrong_type(&mut self, data: &Data, expected: &str, at: &str) {
        let message = format!("expected {expected}, found {}", describe_type(data));
        let finding = self.add_finding(codes::WRONG_TYPE, at, message);
        finding.actual = Some(data.to_json().to_string()).filter(|shown| shown.len() <= 80);
        finding.expected = Some(expected.to_owned());
    }
}

pub(super) fn join_path(at: &str, below: &str) -> String {
    if at.is_empty() {
        below.to_owned()
    } else {
        format!("{at}.{below}")
    }
}

/// Returns the allowed values as text, shortened after the first twelve.
pub(super) fn format_one_of(names: &[&str]) -> String {
    const SHOWN: usize = 12;
    let shown = names[..names.len().min(SHOWN)].join(", ");
    match names.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => format!("one of: {shown}, … ({more} more)"),
        _ => format!("one of: {shown}"),
    }
}

pub(super) fn format_bounds<N: std::fmt::Display>(
    min: Option<N>,
    max: Option<N>,
    unit: &str,
) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max} {unit}"),
        (Some(min), None) => format!("at least {min} {unit}"),
        (None, Some(max)) => format!("at most {max} {unit}"),
        (None, None) => format!("any number of {unit}"),
    }
}

fn describe_type(data: &Data) -> &'static str {
    match data {
        Data::Null => "null",
        Data::Bool(_) => "a boolean",
        Data::Int(_) | Data::Float(_) => "a number",
        Data::Text(_) => "text",
        Data::List(_) => "a list",
        Data::Map(_) => "a map",
        Data::Expr(_) => "an intrinsic function",
    }
}
