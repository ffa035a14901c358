//! The template as its rules see it: sections with their entries by name, what its transforms make unknown, and its conditions.

mod child;
mod conditions;
mod names;

use std::collections::BTreeMap;

use infra_core::validation::{Returned, is_list_attribute};

use crate::Options;
use crate::function::PSEUDO_PARAMETERS;
use crate::transforms::Transforms;
use crate::tree::{Entry, Map, Value};

pub(crate) use child::Child;
pub(crate) use conditions::{Conditions, Scenario};
pub(crate) use names::UnknownNames;

/// A section whose entries have names.
#[derive(Default)]
pub(crate) struct Section<'t> {
    pub(crate) entries: Vec<&'t Entry>,
    by_name: BTreeMap<&'t str, &'t Entry>,
}

impl<'t> Section<'t> {
    fn new(root: &'t Map, name: &str) -> Self {
        let map = root.get(name).and_then(Value::as_map);
        let entries = map.map(|map| map.entries.iter()).into_iter().flatten();
        let entries: Vec<&Entry> = entries
            .filter(|entry| !entry.key.starts_with("Fn::"))
            .collect();
        let by_name = entries
            .iter()
            .map(|entry| (entry.key.as_str(), *entry))
            .collect();
        Self { entries, by_name }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'t Entry> {
        self.by_name.get(name).copied()
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'t str> {
        self.by_name.keys().copied()
    }
}

/// A resource with the attributes that several rules need.
#[derive(Clone, Copy)]
pub(crate) struct Resource<'t> {
    pub(crate) entry: &'t Entry,
    /// Attributes of the resource, or `None` if it is not a map.
    pub(crate) attributes: Option<&'t Map>,
    pub(crate) type_name: Option<&'t str>,
    pub(crate) condition: Option<&'t str>,
}

impl<'t> Resource<'t> {
    fn new(entry: &'t Entry) -> Self {
        let attributes = entry.value.as_map();
        let text = |key: &str| attributes.and_then(|map| map.get(key)?.as_text());
        Self {
            entry,
            attributes,
            type_name: text("Type"),
            condition: text("Condition"),
        }
    }

    pub(crate) fn name(&self) -> &'t str {
        &self.entry.key
    }

    pub(crate) fn attribute(&self, key: &str) -> Option<&'t Value> {
        self.attributes?.get(key)
    }

    /// Returns the parameters that a nested stack gets.
    pub(crate) fn stack_parameters(&self) -> Option<&'t Value> {
        self.attribute("Properties")?.as_map()?.get("Parameters")
    }

    /// Returns `true` for a type that SAM expands.
    pub(crate) fn is_serverless(&self) -> bool {
        self.type_name
            .is_some_and(|name| name.starts_with("AWS::Serverless::"))
    }
}

pub(crate) struct Model<'t> {
    pub(crate) root: &'t Value,
    pub(crate) sections: &'t Map,
    pub(crate) transforms: Transforms,
    pub(crate) unknown: UnknownNames,
    pub(crate) parameters: Section<'t>,
    pub(crate) mappings: Section<'t>,
    pub(crate) condition_entries: Section<'t>,
    pub(crate) outputs: Section<'t>,
    pub(crate) rules: Section<'t>,
    pub(crate) resources: Vec<Resource<'t>>,
    resources_by_name: BTreeMap<&'t str, usize>,
    pub(crate) conditions: Conditions,
    pub(crate) options: &'t Options,
    /// Templates of nested stacks by the logical ID of the stack, as far as they are known.
    pub(crate) nested: BTreeMap<String, Child>,
}

impl<'t> Model<'t> {
    pub(crate) fn new(root: &'t Value, options: &'t Options) -> Self {
        static NOTHING: Map = Map {
            entries: Vec::new(),
        };
        let sections = root.as_map().unwrap_or(&NOTHING);
        let section = |name: &str| Section::new(sections, name);
        let resources: Vec<Resource<'t>> = section("Resources")
            .entries
            .into_iter()
            .map(Resource::new)
            .collect();
        let numbered = resources.iter().enumerate();
        let resources_by_name = numbered
            .map(|(at, resource)| (resource.name(), at))
            .collect();
        let parameters = section("Parameters");
        let condition_entries = section("Conditions");
        let transforms = Transforms::of_template(sections);
        let conditions = Conditions::new(&condition_entries, &parameters, options);
        let unknown = UnknownNames::new(sections, &transforms, &resources);
        Self {
            root,
            sections,
            transforms,
            unknown,
            parameters,
            mappings: section("Mappings"),
            condition_entries,
            outputs: section("Outputs"),
            rules: section("Rules"),
            resources,
            resources_by_name,
            conditions,
            options,
            nested: BTreeMap::new(),
        }
    }

    pub(crate) fn resource(&self, name: &str) -> Option<&Resource<'t>> {
        self.resources_by_name
            .get(name)
            .map(|at| &self.resources[*at])
    }

    /// Returns the names that `Ref` can take, without pseudo parameters.
    pub(crate) fn referable_names(&self) -> impl Iterator<Item = &'t str> {
        self.resources_by_name
            .keys()
            .copied()
            .chain(self.parameters.names())
    }

    /// Returns the type of a parameter, such as `String`.
    pub(crate) fn parameter_type(&self, name: &str) -> Option<&'t str> {
        self.parameters
            .get(name)?
            .value
            .as_map()?
            .get("Type")?
            .as_text()
    }

    /// Returns the text of a value that is known before the deployment: literal text, the region, or a given parameter.
    pub(crate) fn known_text(&self, value: &Value) -> Option<String> {
        if let Some(name) = value.as_ref_name() {
            return match name {
                "AWS::Region" => self.options.region.clone(),
                name => self.options.parameters.get(name).cloned(),
            };
        }
        value.scalar_text()
    }

    /// Returns the type of the value of `Ref`.
    pub(crate) fn returned_by_ref(&self, name: &str) -> Returned {
        if let Some(type_name) = self.parameter_type(name) {
            return if is_list_parameter(type_name) {
                Returned::List
            } else {
                Returned::Text
            };
        }
        match name {
            "AWS::NotificationARNs" => Returned::List,
            name if PSEUDO_PARAMETERS.contains(&name) => Returned::Text,
            name => match self.resource(name).and_then(|resource| resource.type_name) {
                Some(type_name) if infra_schema::resource(type_name).is_some() => Returned::Text,
                _ => Returned::Unknown,
            },
        }
    }

    /// Returns the type of the value of `Fn::GetAtt`.
    pub(crate) fn returned_by_get_att(&self, name: &str, attribute: &str) -> Returned {
        use infra_schema::Type;
        let Some(type_name) = self.resource(name).and_then(|resource| resource.type_name) else {
            return Returned::Unknown;
        };
        if is_list_attribute(type_name, attribute) {
            return Returned::List;
        }
        let known =
            infra_schema::resource(type_name).and_then(|schema| schema.attribute(attribute));
        match known.map(|attribute| &attribute.shape.ty) {
            Some(Type::String | Type::Integer | Type::Number | Type::Boolean) => Returned::Text,
            _ => Returned::Unknown,
        }
    }
}

/// Returns `true` for types of parameters whose value is a list.
pub(crate) fn is_list_parameter(type_name: &str) -> bool {
    let inner = type_name
        .strip_prefix("AWS::SSM::Parameter::Value<")
        .unwrap_or(type_name);
    inner.starts_with("CommaDelimitedList") || inner.starts_with("List<")
}
