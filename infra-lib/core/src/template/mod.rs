//! A rendered template: what CloudFormation is given, with the construct and source place of each resource.

mod json;
mod references;
mod resolved;
mod yaml;

pub use references::{Reference, references};
pub(crate) use resolved::RESOLVED_PARAMETERS;
pub use resolved::{ResolvedParameter, read_resolved_parameters};
pub use yaml::to_yaml;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place};
use crate::value::{Data, Expr, Map, Pseudo, Target};

/// A resource of a template.
#[derive(Clone, Debug)]
pub struct TemplateResource {
    /// Its name in the template.
    pub logical_id: String,
    /// Its type, such as `AWS::S3::Bucket`.
    pub type_name: Cow<'static, str>,
    /// Its properties; references are by logical ID.
    pub properties: Map,
    /// Resources it waits for beyond those it references.
    pub depends_on: Vec<String>,
    /// `DeletionPolicy`.
    pub deletion_policy: Option<&'static str>,
    /// `UpdateReplacePolicy`.
    pub update_replace_policy: Option<&'static str>,
    /// The condition under which it exists.
    pub condition: Option<String>,
    /// `CreationPolicy`.
    pub creation_policy: Option<Data>,
    /// `UpdatePolicy`.
    pub update_policy: Option<Data>,
    /// `Metadata`, without what synthesis adds.
    pub metadata: Map,
    /// Former construct paths below the stack.
    pub moved_from: Vec<String>,
    /// Construct path.
    pub path: String,
    /// Where in the user's program it comes from.
    pub place: Place,
    pub(crate) node: u32,
}

impl TemplateResource {
    /// Calls `visit` with every logical ID that the resource refers to and the attribute it reads (`None` for `Ref`).
    pub fn for_each_reference(&self, visit: &mut dyn FnMut(&str, Option<&str>)) {
        for_each_reference_in_map(&self.properties, visit);
        for data in [&self.creation_policy, &self.update_policy]
            .into_iter()
            .flatten()
        {
            for_each_reference(data, visit);
        }
    }

    /// The data at a dotted property path.
    pub fn prop(&self, path: &str) -> Option<&Data> {
        let (head, rest) = path
            .split_once('.')
            .map_or((path, None), |(h, r)| (h, Some(r)));
        let data = self.properties.get(head)?;
        rest.map_or(Some(data), |rest| data.pointer(rest))
    }
}

pub(crate) fn for_each_reference_in_map(map: &Map, visit: &mut dyn FnMut(&str, Option<&str>)) {
    for (_, data) in map.iter() {
        for_each_reference(data, visit);
    }
}

fn for_each_reference(data: &Data, visit: &mut dyn FnMut(&str, Option<&str>)) {
    data.for_each_expr(&mut |expr| match expr {
        Expr::Ref(Target::Name(name)) => visit(name, None),
        Expr::GetAtt(Target::Name(name), attribute) => visit(name, Some(attribute)),
        Expr::Sub(template, variables) => {
            for placeholder in placeholders(template) {
                if variables.iter().any(|(name, _)| name == placeholder)
                    || Pseudo::from_name(placeholder).is_some()
                {
                    continue;
                }
                match placeholder.split_once('.') {
                    Some((name, attribute)) => visit(name, Some(attribute)),
                    None => visit(placeholder, None),
                }
            }
        }
        _ => {}
    });
}

/// The names in `${…}` of an `Fn::Sub` template; `${!…}` is literal text.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template
        .split("${")
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.trim()))
        .filter(|name| !name.starts_with('!'))
}

/// A template of one stack.
#[derive(Clone, Debug)]
pub struct Template {
    /// Construct path of the stack.
    pub stack_path: String,
    /// Name of the stack in CloudFormation.
    pub stack_name: String,
    /// Region of the stack, when it is known.
    pub region: Option<String>,
    /// Where the stack was made.
    pub place: Option<Place>,
    /// `Description`.
    pub description: Option<String>,
    /// `Transform`.
    pub transforms: Vec<String>,
    /// Sections that macros want, such as `Globals`.
    pub sections: Map,
    /// `Metadata` of the template.
    pub metadata: Map,
    /// `Parameters`.
    pub parameters: Vec<(String, Map)>,
    /// `Rules`.
    pub rules: Vec<(String, Map)>,
    /// `Mappings`.
    pub mappings: Vec<(String, Map)>,
    /// `Conditions`.
    pub conditions: Vec<(String, Data)>,
    /// `Resources`, in creation order.
    pub resources: Vec<TemplateResource>,
    /// `Outputs`.
    pub outputs: Vec<(String, Map)>,
    positions: BTreeMap<String, usize>,
    json: OnceCell<String>,
}

impl Template {
    pub(crate) fn new(stack_path: String, stack_name: String) -> Self {
        Self {
            stack_path,
            stack_name,
            region: None,
            place: None,
            description: None,
            transforms: Vec::new(),
            sections: Map::new(),
            metadata: Map::new(),
            parameters: Vec::new(),
            rules: Vec::new(),
            mappings: Vec::new(),
            conditions: Vec::new(),
            resources: Vec::new(),
            outputs: Vec::new(),
            positions: BTreeMap::new(),
            json: OnceCell::new(),
        }
    }

    /// Makes resources findable by logical ID, once all are there.
    pub(crate) fn index(&mut self) {
        self.positions = self
            .resources
            .iter()
            .enumerate()
            .map(|(at, r)| (r.logical_id.clone(), at))
            .collect();
    }

    pub(crate) fn position(&self, logical_id: &str) -> Option<usize> {
        self.positions.get(logical_id).copied()
    }

    /// The resource with that logical ID.
    pub fn resource(&self, logical_id: &str) -> Option<&TemplateResource> {
        self.resources.get(self.position(logical_id)?)
    }

    pub(crate) fn resource_mut(&mut self, logical_id: &str) -> Option<&mut TemplateResource> {
        let at = self.position(logical_id)?;
        self.resources.get_mut(at)
    }

    /// The resources of one type.
    pub fn resources_of_type<'a>(
        &'a self,
        type_name: &'a str,
    ) -> impl Iterator<Item = &'a TemplateResource> {
        self.resources
            .iter()
            .filter(move |resource| resource.type_name == type_name)
    }

    /// Logical IDs that `Ref` can name.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let resources = self
            .resources
            .iter()
            .map(|resource| resource.logical_id.as_str());
        resources.chain(self.parameters.iter().map(|(id, _)| id.as_str()))
    }

    /// Fills in stack, construct path and place of a finding from its logical ID.
    pub(crate) fn locate(&self, mut finding: Diagnostic) -> Diagnostic {
        let resource = finding
            .logical_id
            .as_deref()
            .and_then(|id| self.resource(id));
        finding.stack.get_or_insert_with(|| self.stack_path.clone());
        if let Some(resource) = resource {
            finding.path.get_or_insert_with(|| resource.path.clone());
            finding.place.get_or_insert_with(|| resource.place.clone());
        } else {
            finding.path.get_or_insert_with(|| self.stack_path.clone());
            finding.place = finding.place.or_else(|| self.place.clone());
        }
        finding
    }

    /// The template as minified JSON, as it is written and deployed.
    ///
    /// Small enough to be sent inline (51,200 bytes) far longer than an indented one.
    pub fn json(&self) -> &str {
        self.json.get_or_init(|| json::write(self))
    }

    /// The template as JSON data.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::from_str(self.json()).unwrap_or_default()
    }

    /// The template as indented JSON, for people.
    pub fn pretty_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(&self.to_json()).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The template as YAML, for people.
    pub fn yaml(&self) -> String {
        to_yaml(&self.to_json())
    }
}
