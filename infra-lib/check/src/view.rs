//! Shows the values of a template to [`infra_core::validation`].

use infra_core::validation::{Entries, Form, Returned, View};
use infra_yaml::Span;
use serde_json::Value as JsonValue;

use crate::function::{GET_ATT, IF, REF, TRANSFORM, find_function};
use crate::model::Model;
use crate::tree::{Call, Kind, Map, Value, condition_name};

/// A value with its key and the template that it belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Spot<'t> {
    pub(crate) model: &'t Model<'t>,
    pub(crate) value: &'t Value,
    pub(crate) key: Option<Span>,
}

impl<'t> Spot<'t> {
    fn of_value(self, value: &'t Value) -> Self {
        Self {
            value,
            key: None,
            ..self
        }
    }

    fn call_form(self, call: &'t Call) -> Form<'t, Self> {
        let argument = &call.argument;
        match (call.name.as_str(), &argument.kind) {
            (REF, Kind::Text(name)) if name == "AWS::NoValue" => Form::NoValue,
            (REF, Kind::Text(name)) => Form::Ref(name, self.model.returned_by_ref(name)),
            (GET_ATT, _) => match read_attribute(argument) {
                Some((name, attribute)) => Form::GetAtt(
                    name,
                    attribute,
                    self.model.returned_by_get_att(name, attribute),
                ),
                None => Form::Function(Returned::Unknown),
            },
            (IF, Kind::List(items)) => match items.as_slice() {
                [_, then, otherwise] => Form::If(self.of_value(then), self.of_value(otherwise)),
                _ => Form::Function(Returned::Unknown),
            },
            (name, _) => {
                let known = find_function(name).map(|function| function.returned);
                Form::Function(known.unwrap_or(Returned::Unknown))
            }
        }
    }
}

/// Returns the entries of a map for the checks.
pub(crate) fn view_entries<'t>(model: &'t Model<'t>, map: &'t Map) -> Entries<'t, Spot<'t>> {
    let spot = |value, key| Spot {
        model,
        value,
        key: Some(key),
    };
    let entries = map.entries.iter();
    entries
        .map(|entry| (entry.key.as_str(), spot(&entry.value, entry.key_span)))
        .collect()
}

fn is_call_beside(key: &str) -> bool {
    key.starts_with("Fn::") && key != TRANSFORM
}

/// Returns the resource and the attribute of `Fn::GetAtt`, or `None` if one of them is decided at deployment.
pub(crate) fn read_attribute(argument: &Value) -> Option<(&str, &str)> {
    match &argument.kind {
        Kind::Text(text) => text.split_once('.'),
        Kind::List(items) => match items.as_slice() {
            [name, attribute] => Some((name.as_text()?, attribute.as_text()?)),
            _ => None,
        },
        _ => None,
    }
}

impl<'t> View<'t> for Spot<'t> {
    const NO_VALUE_HELP: &'static str = "remove the property, or give it a value";
    const CHECKS_IDENTIFIERS: bool = true;
    const SOLVES_CONDITIONS: bool = true;

    fn form(self) -> Form<'t, Self> {
        match &self.value.kind {
            Kind::Null => Form::Null,
            Kind::Bool(value) => Form::Bool(*value),
            Kind::Number(number) => Form::Number(number.clone()),
            Kind::Text(text) => Form::Text(text),
            Kind::List(items) => Form::List(items.iter().map(|item| self.of_value(item)).collect()),
            // A function beside other keys is another finding.
            Kind::Map(map) if map.entries.iter().any(|entry| is_call_beside(&entry.key)) => {
                Form::Function(Returned::Unknown)
            }
            Kind::Map(map) => Form::Map(view_entries(self.model, map)),
            Kind::Call(call) => self.call_form(call),
        }
    }

    fn condition(self) -> Option<&'t str> {
        let [condition, ..] = self.value.argument_of(IF)?.as_list()? else {
            return None;
        };
        condition_name(condition)
    }

    fn to_json(self) -> JsonValue {
        self.value.to_json()
    }
}
