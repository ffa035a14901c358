//! Conversion of resource types that only the service specification has.

use std::collections::BTreeMap;

use infra_schema::model::{Definition, Path, Property, ResourceType, Text, Type};
use infra_schema::{Attribute, Shape};
use serde_json::Value;

use super::spec::Spec;

/// Creates the model of a type from the specification, without the constraints that only the registry has.
///
/// The registry is the newer source, so a type that it lacks is at its end, and marked as such. `None` for types that a
/// transform replaces before CloudFormation sees them.
pub(super) fn convert_type(name: &str, spec: &Spec<'_>) -> Option<ResourceType> {
    let entry = spec.find_resource(name)?;
    if !entry["cloudFormationTransform"].is_null() {
        return None;
    }
    let mut builder = Builder {
        spec,
        definitions: BTreeMap::new(),
    };
    let mut ty = ResourceType::new(name.to_owned());
    ty.properties = builder.convert_members(entry);
    ty.definitions = builder.definitions.into_values().collect();
    ty.deprecated = true;
    let paths = |mark: fn(&Property) -> bool| {
        let marked = ty.properties.iter().filter(|property| mark(property));
        marked.map(|property| Path(property.name.clone())).collect()
    };
    ty.create_only = paths(|property| property.create_only);
    ty.conditional_create_only = paths(|property| property.conditional_create_only);
    let attributes = entry["attributes"].as_object().into_iter().flatten();
    ty.attributes = attributes
        .map(|(name, attribute)| {
            let shape = Shape::from_type(scalar_type(&attribute["type"]));
            Attribute::new(name.clone(), shape)
        })
        .collect();
    ty.attributes.sort_by(|a, b| a.name.cmp(&b.name));
    Some(ty)
}

struct Builder<'s, 'a> {
    spec: &'s Spec<'a>,
    definitions: BTreeMap<String, Definition>,
}

impl Builder<'_, '_> {
    fn convert_members(&mut self, entity: &Value) -> Vec<Property> {
        let mut members = BTreeMap::new();
        for (name, entry) in entity["properties"].as_object().into_iter().flatten() {
            let mut property = Property::new(name.clone(), self.convert_shape(&entry["type"]));
            property.required = entry["required"] == Value::Bool(true);
            property.create_only = entry["causesReplacement"] == "yes";
            property.conditional_create_only = entry["causesReplacement"] == "maybe";
            members.insert(name.clone(), property);
        }
        members.into_values().collect()
    }

    fn convert_shape(&mut self, ty: &Value) -> Shape {
        Shape::from_type(match ty["type"].as_str() {
            Some("array") => Type::List(Box::new(self.convert_shape(&ty["element"]))),
            Some("map") => Type::Map(Box::new(self.convert_shape(&ty["element"]))),
            Some("tag") => self.convert_tag(),
            Some("ref") => match self.spec.find_referred(ty) {
                Some(entity) => self.convert_definition(entity),
                None => Type::Json,
            },
            _ => scalar_type(ty),
        })
    }

    fn convert_definition(&mut self, entity: &Value) -> Type {
        let name = entity["name"].as_str().unwrap_or_default().to_owned();
        if !self.definitions.contains_key(&name) {
            // Inserted first, so that a recursive type ends.
            let empty = Definition::new_object(name.clone(), Vec::new(), Vec::new());
            self.definitions.insert(name.clone(), empty);
            let mut members = self.convert_members(entity);
            for member in &mut members {
                // A replacement by a nested member is a path of the type, which the specification does not give.
                member.conditional_create_only |= std::mem::take(&mut member.create_only);
            }
            let definition = Definition::new_object(name.clone(), members, Vec::new());
            self.definitions.insert(name.clone(), definition);
        }
        Type::Definition(Text::from(name))
    }

    fn convert_tag(&mut self) -> Type {
        self.definitions.entry("Tag".to_owned()).or_insert_with(|| {
            let members = ["Key", "Value"].map(|name| {
                let mut property = Property::new(name, Shape::from_type(Type::String));
                property.required = true;
                property
            });
            Definition::new_object("Tag", members.into(), Vec::new())
        });
        Type::Definition(Text::from("Tag"))
    }
}

fn scalar_type(ty: &Value) -> Type {
    match ty["type"].as_str() {
        Some("string" | "date-time") => Type::String,
        Some("integer") => Type::Integer,
        Some("number") => Type::Number,
        Some("boolean") => Type::Boolean,
        _ => Type::Json,
    }
}
