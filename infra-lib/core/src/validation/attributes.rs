//! Checks the attributes of a DynamoDB table: those of its keys, and no others, are defined.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html>

use std::collections::BTreeSet;

use super::view::{Entries, Form, View, find_entry, literal_text};
use super::walk::Walk;
use crate::diagnostic::codes;

const TYPES: [&str; 2] = ["AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table"];

const INDEXES: [&str; 2] = ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"];

const PAGE: &str = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-table-attributedefinition.html";

/// Names of attributes in all branches of conditions, with their values.
struct Names<V> {
    found: Vec<(String, V)>,
    /// `true` if one is decided at deployment.
    is_open: bool,
}

pub(super) fn check_attributes<'t, V: View<'t>>(
    walk: &mut Walk<'_, 't, V>,
    properties: &Entries<'t, V>,
) {
    // A table from an import, or a template with a macro, has keys that are not here.
    if !TYPES.contains(&walk.type_name) || find_entry(properties, "KeySchema").is_none() {
        return;
    }
    let (mut defined, mut used) = (Names::new(), Names::new());
    if let Some(definitions) = find_entry(properties, "AttributeDefinitions") {
        defined.collect(definitions);
    }
    if let Some(keys) = find_entry(properties, "KeySchema") {
        used.collect(keys);
    }
    for name in INDEXES {
        if let Some(indexes) = find_entry(properties, name) {
            used.collect_indexes(indexes);
        }
    }
    let of_definitions: BTreeSet<&str> = defined.list().collect();
    let of_keys: BTreeSet<&str> = used.list().collect();
    if !defined.is_open {
        let mut reported = BTreeSet::new();
        for (name, value) in &used.found {
            if !of_definitions.contains(name.as_str()) && reported.insert(name) {
                let message = format!(
                    "`AttributeDefinitions` does not define the attribute `{name}` of a key"
                );
                walk.add_finding(
                    codes::RELATED_VALUE,
                    Some(*value),
                    "AttributeDefinitions",
                    message,
                )
                .url = Some(PAGE.to_owned());
            }
        }
    }
    if !used.is_open {
        for (name, value) in &defined.found {
            if !of_keys.contains(name.as_str()) {
                let message =
                    format!("no key of the table or its indexes has the attribute `{name}`");
                let finding = walk.add_finding(
                    codes::RELATED_VALUE,
                    Some(*value),
                    "AttributeDefinitions",
                    message,
                );
                finding.help = Some("define the attributes of keys only".to_owned());
                finding.url = Some(PAGE.to_owned());
            }
        }
    }
}

impl<V> Names<V> {
    fn new() -> Self {
        Self {
            found: Vec::new(),
            is_open: false,
        }
    }

    fn list(&self) -> impl Iterator<Item = &str> {
        self.found.iter().map(|(name, _)| name.as_str())
    }

    /// Adds the value of `AttributeName` of each item.
    fn collect<'t>(&mut self, value: V)
    where
        V: View<'t>,
    {
        match value.form() {
            Form::If(then, otherwise) => {
                self.collect(then);
                self.collect(otherwise);
            }
            Form::List(items) => items.into_iter().for_each(|item| self.collect(item)),
            Form::Map(map) => match find_entry(&map, "AttributeName") {
                Some(name) => self.add(name),
                None => self.is_open = true,
            },
            Form::NoValue => {}
            _ => self.is_open = true,
        }
    }

    fn add<'t>(&mut self, value: V)
    where
        V: View<'t>,
    {
        match (value.form(), literal_text(value)) {
            (Form::If(then, otherwise), _) => {
                self.add(then);
                self.add(otherwise);
            }
            (_, Some(name)) => self.found.push((name, value)),
            _ => self.is_open = true,
        }
    }

    fn collect_indexes<'t>(&mut self, value: V)
    where
        V: View<'t>,
    {
        match value.form() {
            Form::If(then, otherwise) => {
                self.collect_indexes(then);
                self.collect_indexes(otherwise);
            }
            Form::List(items) => items
                .into_iter()
                .for_each(|item| self.collect_indexes(item)),
            Form::Map(map) => match find_entry(&map, "KeySchema") {
                Some(keys) => self.collect(keys),
                None => self.is_open = true,
            },
            Form::NoValue => {}
            _ => self.is_open = true,
        }
    }
}
