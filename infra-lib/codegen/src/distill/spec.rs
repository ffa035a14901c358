//! The service specification of the CDK, and its additions to a type of the base.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use infra_schema::model::{Attribute, Path, ResourceType, Text, Type};
use infra_schema::{RefReturns, Shape, TagShape, Tags};
use serde_json::Value;

use super::json::string_items;
use super::limits;
use super::paths;

/// The database, indexed by resource type and by entity ID.
pub(super) struct Spec<'a> {
    resources: HashMap<&'a str, &'a Value>,
    definitions: HashMap<&'a str, &'a Value>,
    /// Names of the types that the registry schemas have.
    registry: BTreeSet<String>,
}

/// A property of a type as the specification describes it.
pub(super) struct DescribedProperty<'a> {
    /// Definition of the property; `None` for properties of the resource.
    pub(super) owner: Option<String>,
    /// Name of the property.
    pub(super) name: &'a str,
    /// Entry of the specification.
    pub(super) entry: &'a Value,
}

impl<'a> Spec<'a> {
    pub(super) fn new(db: &'a Value, registry: BTreeSet<String>) -> Self {
        let entities = |kind: &str| {
            db["schema"][kind]["entities"]
                .as_array()
                .into_iter()
                .flatten()
        };
        let keyed = |kind: &str, key: &str| {
            entities(kind)
                .filter_map(|entity| Some((entity[key].as_str()?, entity)))
                .collect()
        };
        Self {
            resources: keyed("resource", "cloudFormationType"),
            definitions: keyed("typeDefinition", "$id"),
            registry,
        }
    }

    pub(super) fn find_resource(&self, name: &str) -> Option<&'a Value> {
        self.resources.get(name).copied()
    }

    pub(super) fn list_types(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.resources.keys().copied()
    }

    /// Returns true for a type that the registry schemas do not have.
    pub(super) fn is_own(&self, name: &str) -> bool {
        !self.registry.contains(name)
    }

    /// Returns the specification's documentation of property types, by definition of the model.
    pub(super) fn definitions_of(&self, ty: &ResourceType) -> BTreeMap<String, &'a Value> {
        let mut found = BTreeMap::new();
        self.walk_entities(ty, &mut |owner, definition| {
            if let (Some(owner), Some(definition)) = (owner, definition) {
                found.entry(owner.to_owned()).or_insert(definition);
            }
        });
        found
    }

    /// Returns the properties that both sources have. Both structures are traversed together, because the sources
    /// name nested types differently.
    pub(super) fn properties_of(&self, ty: &ResourceType) -> Vec<DescribedProperty<'a>> {
        let mut found = Vec::new();
        self.walk_entities(ty, &mut |owner, entity| {
            let members = entity.and_then(|entity| entity["properties"].as_object());
            for (name, entry) in members.into_iter().flatten() {
                found.push(DescribedProperty {
                    owner: owner.map(str::to_owned),
                    name,
                    entry,
                });
            }
        });
        found
    }

    /// Returns the properties that the specification has and the model lacks, and those whose `required` differs: owner,
    /// name, and `true` for a missing one.
    pub(super) fn list_differences(
        &self,
        ty: &ResourceType,
    ) -> Vec<(Option<String>, String, bool)> {
        let mut found = Vec::new();
        for described in self.properties_of(ty) {
            let members = match &described.owner {
                None => Some(&ty.properties),
                Some(owner) => ty
                    .definition(owner)
                    .map(|definition| &definition.properties),
            };
            let own = members
                .into_iter()
                .flatten()
                .find(|property| property.name == described.name);
            let required = described.entry["required"] == Value::Bool(true);
            let is_different =
                own.is_none_or(|property| !property.read_only && property.required != required);
            // A member that the registry sets itself is an attribute there.
            if is_different && ty.attribute(described.name).is_none() {
                let name = described.name.to_owned();
                found.push((described.owner, name, own.is_none()));
            }
        }
        found.sort();
        found
    }

    fn walk_entities(
        &self,
        ty: &ResourceType,
        visit: &mut dyn FnMut(Option<&str>, Option<&'a Value>),
    ) {
        let Some(top) = self.find_resource(&ty.name) else {
            return;
        };
        let mut seen = BTreeSet::new();
        let mut queue: Vec<(Option<String>, &'a Value)> = vec![(None, top)];
        while let Some((owner, entity)) = queue.pop() {
            visit(owner.as_deref(), Some(entity));
            for (name, entry) in entity["properties"].as_object().into_iter().flatten() {
                let property = match &owner {
                    None => ty.property(name),
                    Some(owner) => ty.definition(owner).and_then(|owner| owner.property(name)),
                };
                let next =
                    property.and_then(|property| paths::innermost_definition(&property.shape));
                if let (Some(next), Some(entity)) = (next, self.find_referred(&entry["type"]))
                    && seen.insert(next.to_owned())
                {
                    queue.push((Some(next.to_owned()), entity));
                }
            }
        }
    }

    pub(super) fn find_referred(&self, ty: &Value) -> Option<&'a Value> {
        match ty["type"].as_str()? {
            "array" | "map" => self.find_referred(&ty["element"]),
            "ref" => self
                .definitions
                .get(ty["reference"]["$ref"].as_str()?)
                .copied(),
            "union" => ty["types"]
                .as_array()?
                .iter()
                .find_map(|ty| self.find_referred(ty)),
            _ => None,
        }
    }
}

/// Adds facts to a type that only the specification has.
pub(super) fn enrich_type(ty: &mut ResourceType, spec: &Spec<'_>, stateful: &BTreeSet<String>) {
    ty.stateful = stateful.contains(&*ty.name);
    let Some(entry) = spec.find_resource(&ty.name) else {
        return;
    };
    ty.stateful |= entry["isStateful"] == Value::Bool(true);
    ty.scrutiny = read_scrutiny(entry);
    let refers = string_items(&entry["cfnRefIdentifier"]);
    if !refers.is_empty() {
        let paths = refers.into_iter().map(|name| Path(Text::from(name)));
        ty.ref_returns = RefReturns::from_properties(paths.collect());
    }
    if let Some(tags) = read_tags(ty, entry) {
        ty.tags = Some(tags);
    }
    for (name, attribute) in entry["attributes"].as_object().into_iter().flatten() {
        // `Fn::GetAtt` returns members of an object, but not the whole object.
        let inside = format!("{name}.");
        let known = |known: &Attribute| known.name == *name || known.name.starts_with(&inside);
        if !ty.attributes.iter().any(known) {
            ty.attributes.push(Attribute::new(
                name.clone(),
                attribute_shape(&attribute["type"]),
            ));
        }
    }
    for described in spec.properties_of(ty) {
        let property = match &described.owner {
            None => find_member(&mut ty.properties, described.name),
            Some(owner) => ty
                .definitions
                .iter_mut()
                .find(|definition| definition.name == *owner)
                .and_then(|definition| find_member(&mut definition.properties, described.name)),
        };
        let Some(property) = property else {
            continue;
        };
        property.scrutiny = read_scrutiny(described.entry);
        // If only the documentation announces a replacement, it is assumed.
        let replaces = described.entry["causesReplacement"].as_str();
        property.conditional_create_only |= matches!(replaces, Some("yes" | "maybe"))
            && !property.create_only
            && !property.read_only;
        // Free-form JSON that is known to be a map of texts or similar.
        if property.shape == Shape::from_type(Type::Json)
            && matches!(
                described.entry["type"]["type"].as_str(),
                Some("map" | "array")
            )
        {
            let better = attribute_shape(&described.entry["type"]);
            if !matches!(paths::innermost_shape(&better).ty, Type::Json) {
                property.shape = better;
            }
        }
        let shape = paths::innermost_mut(&mut property.shape);
        if shape.ty == Type::String && shape.values.is_empty() {
            for reference in described.entry["relationshipRefs"]
                .as_array()
                .into_iter()
                .flatten()
            {
                if let (Some(resource), Some(property)) = (
                    reference["cloudFormationType"].as_str(),
                    reference["propertyName"].as_str(),
                ) {
                    limits::add_target(shape, limits::raw_target(resource, property));
                }
            }
        }
    }
    let doubtful = ty
        .properties
        .iter()
        .filter(|property| property.conditional_create_only);
    for path in doubtful
        .map(|property| Path(property.name.clone()))
        .collect::<Vec<_>>()
    {
        if !ty.conditional_create_only.contains(&path) {
            ty.conditional_create_only.push(path);
        }
    }
    ty.conditional_create_only
        .sort_by_key(|path| (path.is_top_level(), path.clone()));
}

fn find_member<'p>(
    properties: &'p mut [infra_schema::Property],
    name: &str,
) -> Option<&'p mut infra_schema::Property> {
    properties.iter_mut().find(|property| property.name == name)
}

fn read_scrutiny(entry: &Value) -> Option<Text> {
    let reason = entry["scrutinizable"]
        .as_str()
        .filter(|reason| *reason != "None")?;
    Some(Text::from(reason.to_owned()))
}

fn read_tags(ty: &ResourceType, entry: &Value) -> Option<Tags> {
    let property = entry["tagInformation"]["tagPropertyName"].as_str()?;
    let shape = match entry["tagInformation"]["variant"].as_str()? {
        "standard" => TagShape::List,
        "map" => TagShape::Map,
        "asg" => TagShape::AutoScaling,
        _ => return None,
    };
    ty.property(property)?;
    Some(Tags::new(property.to_owned(), shape))
}

fn attribute_shape(ty: &Value) -> Shape {
    Shape::from_type(match ty["type"].as_str() {
        Some("string" | "date-time") => Type::String,
        Some("integer") => Type::Integer,
        Some("number") => Type::Number,
        Some("boolean") => Type::Boolean,
        Some("array") => Type::List(Box::new(attribute_shape(&ty["element"]))),
        Some("map") => Type::Map(Box::new(attribute_shape(&ty["element"]))),
        _ => Type::Json,
    })
}
