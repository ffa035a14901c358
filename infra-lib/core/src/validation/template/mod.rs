//! Checks across the resources of one template: CIDR blocks, Availability Zones, names, and resources that name each other.
//!
//! Literals and equal functions are compared; everything else is decided at deployment and has no findings.

mod between;
mod names;
mod network;
mod zones;

use std::collections::BTreeMap;

use super::view::{Entries, Form, View, find_entry};
use super::walk::Presence;
use super::{Finding, literal_text};
use crate::diagnostic::Diagnostic;

/// A resource for the checks across resources.
#[derive(Clone, Debug)]
pub struct ResourceView<'t, V> {
    name: &'t str,
    type_name: &'t str,
    properties: Entries<'t, V>,
}

impl<'t, V> ResourceView<'t, V> {
    /// Creates a view of a resource from its logical ID, type and properties.
    pub fn new(name: &'t str, type_name: &'t str, properties: Entries<'t, V>) -> Self {
        Self {
            name,
            type_name,
            properties,
        }
    }
}

/// A finding with the index of its resource, and the other values that it is about with their roles.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TemplateFinding<V> {
    /// Index of the resource that the finding is about.
    pub resource: usize,
    /// The finding.
    pub finding: Finding<V>,
    /// Another value that contradicts the first, with its role, such as "the other block".
    pub related: Option<(String, V)>,
}

/// Returns `true` if resources, given by index, can exist together while conditions have the given values.
pub type IsPossible<'a> = &'a dyn Fn(&[usize], &[(&str, bool)]) -> bool;

/// Checks the resources of a template against each other. `is_possible` decides which resources can exist together, and in which cases of conditions.
pub fn check_resources<'t, V: View<'t>>(
    resources: &[ResourceView<'t, V>],
    is_possible: IsPossible<'_>,
) -> Vec<TemplateFinding<V>> {
    let mut by_name = BTreeMap::new();
    let mut by_type: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, resource) in resources.iter().enumerate() {
        by_name.insert(resource.name, at);
        by_type.entry(resource.type_name).or_default().push(at);
    }
    let mut check = TemplateCheck {
        resources,
        by_name,
        by_type,
        is_possible,
        coexist: &|all| is_possible(all, &[]),
        found: Vec::new(),
    };
    network::check_blocks(&mut check);
    zones::check_zones(&mut check);
    names::check_names(&mut check);
    between::check_between(&mut check);
    check.found
}

/// Maximum number of values that one value can have by conditions, and of conditions that are combined.
const MAX_CASES: usize = 16;

/// Conditions by name with their values.
type Case<'t> = BTreeMap<&'t str, bool>;

/// Returns the values that a value can have, each with the conditions under which it has it. A condition without a name ends the search.
fn list_cases<'t, V: View<'t>>(value: V) -> Vec<(Case<'t>, V)> {
    let (mut open, mut found) = (vec![(Case::new(), value)], Vec::new());
    while let Some((case, value)) = open.pop() {
        match (value.form(), value.condition()) {
            (Form::If(then, otherwise), Some(name)) if open.len() < MAX_CASES => {
                for (branch, holds) in [(otherwise, false), (then, true)] {
                    if case.get(name).is_none_or(|known| *known == holds) {
                        let mut case = case.clone();
                        case.insert(name, holds);
                        open.push((case, branch));
                    }
                }
            }
            _ => found.push((case, value)),
        }
    }
    found
}

/// The resources with their indexes, and the findings so far.
struct TemplateCheck<'a, 't, V> {
    resources: &'a [ResourceView<'t, V>],
    by_name: BTreeMap<&'t str, usize>,
    by_type: BTreeMap<&'t str, Vec<usize>>,
    is_possible: IsPossible<'a>,
    coexist: &'a dyn Fn(&[usize]) -> bool,
    found: Vec<TemplateFinding<V>>,
}

impl<'t, V: View<'t>> TemplateCheck<'_, 't, V> {
    fn list_type(&self, type_name: &str) -> Vec<usize> {
        self.by_type.get(type_name).cloned().unwrap_or_default()
    }

    fn property(&self, resource: usize, name: &str) -> Option<V> {
        find_entry(&self.resources[resource].properties, name)
    }

    /// Returns `true` if a property is certainly absent.
    fn is_absent(&self, resource: usize, name: &str) -> bool {
        Presence::of_value(self.property(resource, name)) == Presence::Absent
    }

    fn add_finding(
        &mut self,
        resource: usize,
        value: V,
        diagnostic: Diagnostic,
        related: Option<(String, V)>,
    ) {
        self.found.push(TemplateFinding {
            resource,
            finding: Finding {
                diagnostic,
                value: Some(value),
                about_key: false,
            },
            related,
        });
    }

    /// Returns the resource of this template that a `Ref` or `Fn::GetAtt` names.
    fn referenced(&self, value: V) -> Option<usize> {
        match value.form() {
            Form::Ref(name, _) | Form::GetAtt(name, ..) => self.by_name.get(name).copied(),
            _ => None,
        }
    }

    /// Returns a text that is equal for two values if they are certainly equal at deployment, or `None` if that cannot be known.
    fn identity(&self, value: V) -> Option<String> {
        match value.form() {
            Form::Text(_) | Form::Number(_) | Form::Bool(_) => literal_text(value),
            Form::Ref(name, _) => match self.by_name.get(name) {
                // Attributes such as `GroupId` return the same as `Ref`.
                Some(at) => Some(format!("${{{}}}", self.resources[*at].name)),
                None => Some(value.to_json().to_string()),
            },
            Form::GetAtt(name, ..) if self.by_name.contains_key(name) => {
                let same_as_ref = self.is_identifier_attribute(value);
                Some(if same_as_ref {
                    format!("${{{name}}}")
                } else {
                    value.to_json().to_string()
                })
            }
            Form::GetAtt(..) | Form::Function(_) => Some(value.to_json().to_string()),
            _ => None,
        }
    }

    /// Returns `true` for an attribute that is the identifier of its resource, such as `VpcId` of a VPC.
    fn is_identifier_attribute(&self, value: V) -> bool {
        let Form::GetAtt(name, attribute, _) = value.form() else {
            return false;
        };
        let Some(at) = self.by_name.get(name) else {
            return false;
        };
        infra_schema::resource(self.resources[*at].type_name).is_some_and(|schema| {
            matches!(schema.primary_identifier.as_slice(), [only] if only.to_string() == attribute)
        })
    }
}
