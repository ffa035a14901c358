//! References: the resource that a text names, normalized from `Type.property` of the sources to `Type.arn|id|name`.

use std::collections::{BTreeMap, BTreeSet};

use infra_schema::Kind;
use infra_schema::model::{Path, ResourceType, Shape, Target, TargetAttribute, Text, Type};

use super::paths;

/// Resource types that the sources call by another name.
const RENAMED: [(&str, &str); 1] = [(
    "AWS::ACM::Certificate",
    "AWS::CertificateManager::Certificate",
)];

/// Properties of each type that name the resource itself.
pub(super) struct IdentifierIndex {
    kinds: BTreeMap<String, BTreeMap<String, Kind>>,
    /// Values that name another resource than their own.
    others: Identities,
}

/// Corrections by type and property, for properties and attributes with misleading names.
pub(super) type Identities = BTreeMap<(String, String), Target>;

impl IdentifierIndex {
    /// Reads the identifiers of all types; `exceptions` correct misleading names.
    pub(super) fn new(types: &BTreeMap<String, ResourceType>, exceptions: Identities) -> Self {
        let of = |ty: &ResourceType| {
            let names = identifier_candidates(ty).into_iter();
            names
                .filter_map(|name| kind_from_suffix(&name).map(|kind| (name, kind)))
                .collect()
        };
        let mut kinds: BTreeMap<String, BTreeMap<String, Kind>> = types
            .iter()
            .map(|(name, ty)| (name.clone(), of(ty)))
            .collect();
        for ((ty, property), target) in &exceptions {
            let own = kinds.entry(ty.clone()).or_default();
            match &target.by {
                TargetAttribute::Kind(kind) if target.resource == *ty => {
                    own.insert(property.clone(), *kind)
                }
                _ => own.remove(property),
            };
        }
        Self {
            kinds,
            others: exceptions,
        }
    }

    fn find_kind(&self, ty: &str, property: &str) -> Option<Kind> {
        self.kinds.get(ty)?.get(property).copied()
    }

    fn normalise_target(&self, target: &Target) -> Option<Target> {
        let TargetAttribute::Property(property) = &target.by else {
            return Some(target.clone());
        };
        let renamed = RENAMED.iter().find(|(from, _)| *from == target.resource);
        let resource = renamed.map_or(&*target.resource, |(_, to)| to);
        if !self.kinds.contains_key(resource) {
            return None;
        }
        if let Some(other) = self
            .others
            .get(&(resource.to_owned(), property.to_string()))
        {
            return Some(other.clone());
        }
        // Names such as `AWS::IAM::Role.Arn` determine the kind even if the type uses another name.
        let by = self
            .find_kind(resource, property)
            .or_else(|| match &**property {
                "Arn" => Some(Kind::Arn),
                "Id" => Some(Kind::Id),
                "Name" => Some(Kind::Name),
                _ => None,
            })
            .map_or_else(
                || TargetAttribute::Property(property.clone()),
                TargetAttribute::Kind,
            );
        Some(Target {
            resource: Text::from(resource.to_owned()),
            by,
        })
    }

    /// Normalizes every target of a type, and sets the targets of the type's attributes and `Ref`.
    pub(super) fn apply_to_type(&self, ty: &mut ResourceType) {
        for property in &mut ty.properties {
            self.normalise_shape(&property.name, &mut property.shape);
            // The user chooses the name of the resource itself, so any text is allowed.
            if self.find_kind(&ty.name, &property.name).is_some() && !property.read_only {
                paths::innermost_mut(&mut property.shape).targets.clear();
            }
        }
        for property in ty
            .definitions
            .iter_mut()
            .flat_map(|definition| &mut definition.properties)
        {
            self.normalise_shape(&property.name, &mut property.shape);
        }
        for attribute in &mut ty.attributes {
            if paths::innermost_shape(&attribute.shape).targets.is_empty()
                && let Ok(at) = ty
                    .properties
                    .binary_search_by(|property| property.name.cmp(&attribute.name))
                && ty.properties[at].shape.ty == attribute.shape.ty
            {
                attribute
                    .shape
                    .targets
                    .clone_from(&ty.properties[at].shape.targets);
            }
            self.normalise_shape(&attribute.name, &mut attribute.shape);
            let key = (ty.name.to_string(), attribute.name.to_string());
            if let Some(other) = self.others.get(&key) {
                attribute.shape.targets = vec![other.clone()];
            } else if let Some(kind) = self.find_kind(&ty.name, &attribute.name)
                && attribute.shape.ty == Type::String
            {
                attribute.shape.targets = vec![Target {
                    resource: ty.name.clone(),
                    by: TargetAttribute::Kind(kind),
                }];
            }
        }
        if let [only] = &ty.ref_returns.properties[..] {
            ty.ref_returns.kind = self.find_kind(&ty.name, &only.0);
        }
    }

    fn normalise_shape(&self, name: &str, shape: &mut Shape) {
        let inner = paths::innermost_mut(shape);
        let known: BTreeSet<Target> = inner
            .targets
            .iter()
            .filter_map(|target| self.normalise_target(target))
            .collect();
        inner.targets = known.into_iter().collect();
        if let [only] = &inner.targets[..]
            && !is_plausible(name, only)
        {
            inner.targets.clear();
        }
    }
}

/// Returns `true` if a property of this name can only refer to the target.
///
/// The sources also record frequent values: `Value` of any load balancer attribute is "a bucket's name". As the only
/// target, such a note would forbid all other values.
fn is_plausible(name: &str, target: &Target) -> bool {
    let TargetAttribute::Kind(kind) = &target.by else {
        return true;
    };
    let word = |text: &str| {
        let text = text.to_lowercase();
        text.strip_suffix('s').map_or(text.clone(), str::to_owned)
    };
    let last = name.rsplit('.').next().unwrap_or(name);
    let short = target.resource.rsplit("::").next().unwrap_or_default();
    if word(last).contains(&word(short)) {
        return true;
    }
    let singular = last.strip_suffix('s').unwrap_or(last);
    !matches!(last, "Id" | "Name" | "Ids" | "Names") && kind_from_suffix(singular) == Some(*kind)
}

/// Returns the names of properties and attributes that could name the resource.
fn identifier_candidates(ty: &ResourceType) -> BTreeSet<String> {
    let short = ty.short_name();
    let mut names: BTreeSet<String> = ["Arn", "Id", "Name"]
        .into_iter()
        .flat_map(|kind| [kind.to_owned(), format!("{short}{kind}")])
        .collect();
    names.retain(|name| ty.property(name).is_some() || ty.attribute(name).is_some());
    let sole = |set: &[Path]| match set {
        [only] => Some(only.0.to_string()),
        _ => None,
    };
    names.extend(sole(&ty.primary_identifier));
    names.extend(sole(&ty.ref_returns.properties));
    names.extend(ty.additional_identifiers.iter().filter_map(|set| sole(set)));
    if let Some(last) = ty.primary_identifier.iter().find(|path| {
        kind_from_suffix(&path.0).is_some() && path.0.to_lowercase().contains(&short.to_lowercase())
    }) {
        names.insert(last.0.to_string());
    }
    names
}

fn kind_from_suffix(name: &str) -> Option<Kind> {
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if ends(&["Arn", "ARN"]) {
        Some(Kind::Arn)
    } else if ends(&["Id", "ID", "Identifier"]) {
        Some(Kind::Id)
    } else if ends(&["Name"]) {
        Some(Kind::Name)
    } else {
        None
    }
}
