//! Constructs in place of bindings: which resources of a template a construct makes exactly, and the calls with which it does.
//!
//! A [`Recipe`] describes the resources of a construct. The plan compares them with those of the template: each property must be a value that the
//! construct sets by itself, or one that a setter or the binding behind the construct sets. Resources that differ otherwise keep their bindings.

mod emit;
mod iam;
mod parts;
mod plan;
mod recipe;
mod recipes;
mod special;
mod values;

pub(super) use emit::Planned;
pub(super) use plan::Plan;

use infra_schema::model::ResourceType;
use serde_json::{Map, Value as JsonValue};
use std::collections::BTreeMap;

use super::types::Meaning;
use plan::Match;

/// Call of a setter or method, with its arguments.
pub(super) type Call<'s> = (&'static str, Vec<Arg<'s>>);

/// An argument of a call. It becomes code when its statement is written, because only then is it known which variables exist.
#[derive(Clone, Debug)]
pub(super) enum Arg<'s> {
    /// Rust that needs no import.
    Plain(String),
    /// An item of `infra_lib` itself, and the code behind it.
    Core(&'static str, String),
    /// An item of a service, and the code behind it.
    Item(&'static str, &'static str, String),
    /// A value of the template.
    Value(&'s JsonValue, Meaning<'s>),
    /// The handle of another construct.
    Handle(&'s str),
    /// A reference to the handle of another construct.
    Reference(&'s str),
    /// A call with arguments.
    Call(Box<Self>, Vec<Self>),
    /// A receiver and its method calls.
    Chain(Box<Self>, Vec<Call<'s>>),
    List(Vec<Self>),
}

/// Knowledge of the template for the conversion of one property.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'p, 's> {
    pub(super) resources: &'p BTreeMap<&'s str, &'s Map<String, JsonValue>>,
    /// Matches of the resources before this one.
    matches: &'p BTreeMap<&'s str, Match<'s>>,
    pub(super) schema: &'s ResourceType,
    /// Properties of the resource.
    pub(super) properties: &'s Map<String, JsonValue>,
}

/// Returns the constructs of which the conversion knows recipes, each with its setters.
pub(super) fn list_recipes() -> Vec<(String, Vec<&'static str>)> {
    recipes::all()
        .map(|recipe| {
            let setters = recipe.properties.iter().map(|property| property.setter);
            let removal = recipe.removal.map(|_| "removal_policy");
            (recipe.name(), setters.chain(removal).collect())
        })
        .collect()
}
