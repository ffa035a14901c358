//! The plan: which resources of a template become constructs.

use std::collections::{BTreeMap, BTreeSet};

use infra_core::logical_id::logical_id;
use serde_json::{Map, Value as JsonValue};

use super::recipe::{Company, Recipe, Without};
use super::values::{convert, is_json};
use super::{Arg, Call, Context, parts, recipes};
use crate::convert::kept::Kept;
use crate::convert::order;
use crate::convert::resource::referenced_ids;
use crate::convert::scope::section_entries;
use crate::convert::sections::removal_policy;
use crate::convert::types::Bindings;

/// Metadata with the path of a construct, which synthesis writes.
pub(super) const PATH_KEY: &str = "aws:cdk:path";

/// The resources that become constructs, and their parts.
#[derive(Debug, Default)]
pub(in crate::convert) struct Plan<'s> {
    pub(super) matches: BTreeMap<&'s str, Match<'s>>,
    pub(super) parts: BTreeMap<&'s str, Part<'s>>,
}

/// A resource that a construct makes beside its main resource.
#[derive(Clone, Debug)]
pub(in crate::convert) struct Part<'s> {
    /// ID of the main resource.
    pub(super) main: &'s str,
    /// Calls of methods that complete the part.
    pub(super) calls: Vec<Call<'s>>,
    /// Method of the construct that returns the handle of the part, and the methods of the handle for `Ref` and attributes.
    pub(super) handle: Option<(&'static str, &'static [(&'static str, &'static str)])>,
}

/// The construct of a resource.
#[derive(Clone, Debug)]
pub(super) struct Match<'s> {
    pub(super) recipe: &'static Recipe,
    pub(super) construct_id: String,
    /// `true` if the path gives the resource another logical ID.
    pub(super) overrides_id: bool,
    pub(super) calls: Vec<Call<'s>>,
    /// Properties without a setter for them, which the binding behind the construct sets.
    pub(super) changed: Vec<&'s str>,
    /// Policy for replacement, if it is not that for removal.
    pub(super) replacement: Option<&'static str>,
    /// Calls of methods after `build`.
    pub(super) completion: Vec<Call<'s>>,
}

impl<'s> Plan<'s> {
    pub(in crate::convert) fn of_document(
        document: &'s Map<String, JsonValue>,
        kept: &Kept<'s>,
    ) -> Self {
        let entries: Vec<(&str, &Map<String, JsonValue>)> = section_entries(document, "Resources")
            .filter(|(id, _)| !kept.contains("Resources", id))
            .filter_map(|(id, resource)| Some((id, resource.as_object()?)))
            .collect();
        let resources: BTreeMap<_, _> = entries.iter().copied().collect();
        let sorted = order::sort_by_dependencies(&entries, |(_, fields)| referenced_ids(fields));
        let mut plan = Self::default();
        let mut taken: BTreeSet<String> = resources.keys().map(|id| (*id).to_owned()).collect();
        for (id, fields) in sorted.entries {
            if plan.parts.contains_key(id) {
                continue;
            }
            let found = recipes::all()
                .find_map(|recipe| plan.match_recipe(recipe, id, fields, &resources, &taken));
            if let Some((found, parts)) = found {
                taken.insert(found.construct_id.clone());
                plan.matches.insert(id, found);
                plan.parts.extend(parts);
            }
        }
        plan
    }

    /// Returns the construct ID of a resource that becomes a construct.
    pub(in crate::convert) fn construct_id(&self, id: &str) -> Option<&str> {
        Some(self.matches.get(id)?.construct_id.as_str())
    }

    /// Returns the construct of each resource, by the ID of the resource.
    pub(in crate::convert) fn constructs(&self) -> BTreeMap<String, String> {
        let main = self.matches.iter().map(|(id, found)| (*id, *id, found));
        let parts = self
            .parts
            .iter()
            .filter_map(|(id, part)| Some((*id, part.main, self.matches.get(part.main)?)));
        main.chain(parts)
            .map(|(id, _, found)| (id.to_owned(), found.recipe.name()))
            .collect()
    }

    fn match_recipe(
        &self,
        recipe: &'static Recipe,
        id: &'s str,
        fields: &'s Map<String, JsonValue>,
        resources: &BTreeMap<&'s str, &'s Map<String, JsonValue>>,
        taken: &BTreeSet<String>,
    ) -> Option<(Match<'s>, Vec<(&'s str, Part<'s>)>)> {
        (fields.get("Type")? == recipe.resource && id != "Default").then_some(())?;
        let given: &'s Map<String, JsonValue> = match fields.get("Properties") {
            Some(properties) => properties.as_object()?,
            None => &EMPTY,
        };
        let context = Context {
            resources,
            matches: &self.matches,
            schema: Bindings::for_type(recipe.resource)?.schema,
            properties: given,
        };
        let is_made = |name: &String| name.starts_with("Fn::");
        if given.keys().any(is_made)
            || given.values().any(JsonValue::is_null)
            || given
                .iter()
                .any(|(name, value)| (recipe.is_foreign)(name, value))
        {
            return None;
        }
        for (name, json) in recipe.constants {
            is_json(given.get(*name)?, json).then_some(())?;
        }
        let (mut calls, mut changed) = (Vec::new(), Vec::new());
        for property in recipe.properties {
            let Some((name, value)) = given.get_key_value(property.name) else {
                match property.without {
                    Without::Absent => {}
                    Without::Value(_, Some(absent)) => {
                        let (ty, path) = absent.split_once("::")?;
                        let argument = Arg::Item(recipe.service, ty, format!("::{path}"));
                        calls.push((property.setter, vec![argument]));
                    }
                    Without::Value(_, None) | Without::Missing => return None,
                }
                continue;
            };
            if matches!(property.without, Without::Value(json, _) if is_json(value, json)) {
                continue;
            }
            let found = convert(
                &context,
                property.setter,
                property.kind,
                recipe.service,
                value,
            );
            match found {
                Some(found) => calls.extend(found),
                None if property.is_fixed || matches!(property.without, Without::Missing) => {
                    return None;
                }
                None => changed.push(name.as_str()),
            }
        }
        let is_known = |name: &str| {
            recipe
                .constants
                .iter()
                .any(|(constant, _)| *constant == name)
                || recipe
                    .properties
                    .iter()
                    .any(|property| property.name == name)
        };
        for name in given.keys().filter(|name| !is_known(name)) {
            let property = context.schema.property(name)?;
            (!property.read_only).then_some(())?;
            changed.push(name);
        }
        let (removal, replacement) = removal(recipe, fields)?;
        calls.extend(removal);
        let (construct_id, overrides_id) = construct_id(recipe, id, fields, taken)?;
        let mut found = Match {
            recipe,
            construct_id,
            overrides_id,
            calls,
            changed,
            replacement,
            completion: Vec::new(),
        };
        let parts = match recipe.company {
            Company::None => Vec::new(),
            Company::OwnPolicy { .. } => parts::own_policy(&context, &mut found)?,
            _ if overrides_id => return None,
            Company::Policy { .. } => parts::policy(&context, id, &found)?,
            Company::Function => parts::function(&context, id, fields, &mut found)?,
        };
        // Without the method `cfn`, nothing can be added.
        if recipe.is_closed {
            let known = [
                "Type",
                "Properties",
                "Metadata",
                "DeletionPolicy",
                "UpdateReplacePolicy",
            ];
            let is_plain = fields.keys().all(|key| known.contains(&key.as_str()))
                && parts::has_only_path(fields)
                && found.changed.is_empty()
                && found.replacement.is_none();
            is_plain.then_some(())?;
        }
        Some((found, parts))
    }
}

static EMPTY: std::sync::LazyLock<Map<String, JsonValue>> = std::sync::LazyLock::new(Map::new);

/// Returns the call of `removal_policy`, and the policy for replacement if it differs.
fn removal<'s>(
    recipe: &Recipe,
    fields: &Map<String, JsonValue>,
) -> Option<(Option<Call<'s>>, Option<&'static str>)> {
    let Some(default) = recipe.removal else {
        return Some((None, None));
    };
    let policy = |name: &str| match fields.get(name) {
        // The default of CloudFormation, except for databases.
        None => Some("Destroy"),
        Some(value) => removal_policy(value.as_str()?),
    };
    let (removal, replacement) = (policy("DeletionPolicy")?, policy("UpdateReplacePolicy")?);
    let call = (removal != default).then(|| {
        let argument = Arg::Core("RemovalPolicy", format!("::{removal}"));
        ("removal_policy", vec![argument])
    });
    let implied = match removal {
        "RetainExceptOnCreate" => "Retain",
        other => other,
    };
    Some((call, Some(replacement).filter(|one| *one != implied)))
}

/// Returns the construct ID of which the path gives the logical ID, or the logical ID itself and `true` to override it.
fn construct_id(
    recipe: &Recipe,
    id: &str,
    fields: &Map<String, JsonValue>,
    taken: &BTreeSet<String>,
) -> Option<(String, bool)> {
    let path = fields
        .get("Metadata")
        .and_then(|metadata| metadata.get(PATH_KEY)?.as_str());
    let of_path = path.and_then(|path| {
        path.strip_suffix(recipe.child)?
            .strip_suffix('/')?
            .split_once('/')
    });
    let of_hash = id.len().checked_sub(8).and_then(|at| id.get(..at));
    let candidates = of_path.map(|(_, name)| name).into_iter().chain(of_hash);
    let fitting = candidates.filter(|name| {
        !name.is_empty()
            && !name.contains('/')
            && *name != "Default"
            && !taken.contains(*name)
            && logical_id(&[name, recipe.child]) == id
    });
    match fitting.map(str::to_owned).next() {
        Some(name) => Some((name, false)),
        None => (!recipe.is_closed).then(|| (id.to_owned(), true)),
    }
}
