//! Rendered templates: [`Template`] with its [`TemplateResource`]s, each with its construct path and source location. [`references()`] lists the
//! references in a piece of a template.

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

/// A resource of a rendered template.
///
/// AWS: [Resources](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html).
#[derive(Clone, Debug)]
pub struct TemplateResource {
    /// Logical ID, unique within the template.
    pub logical_id: String,
    /// CloudFormation resource type, for example `AWS::S3::Bucket`.
    pub type_name: Cow<'static, str>,
    /// Properties by name. References name logical IDs.
    pub properties: Map,
    /// Logical IDs in `DependsOn`, without those that references imply.
    pub depends_on: Vec<String>,
    /// Value of the `DeletionPolicy` attribute.
    pub deletion_policy: Option<&'static str>,
    /// Value of the `UpdateReplacePolicy` attribute.
    pub update_replace_policy: Option<&'static str>,
    /// Name of the condition on which CloudFormation creates the resource.
    pub condition: Option<String>,
    /// Value of the `CreationPolicy` attribute.
    pub creation_policy: Option<Data>,
    /// Value of the `UpdatePolicy` attribute.
    pub update_policy: Option<Data>,
    /// `Metadata` set in the program, without the entries that synthesis adds.
    pub metadata: Map,
    /// Former construct paths, relative to the stack, declared with [`Scope::moved_from`](crate::Scope::moved_from).
    pub moved_from: Vec<String>,
    /// Construct path, starting below the app.
    pub path: String,
    /// Source location of the call that created the resource.
    pub place: Place,
    pub(crate) node: u32,
    /// Number of leading entries of `depends_on` that an included template has.
    pub(crate) written_depends_on: usize,
    /// Attributes as a template has them, in place of those of other fields.
    pub(crate) attributes: Map,
}

impl TemplateResource {
    /// Calls `visit` with the logical ID and the attribute (`None` for `Ref`) of every reference in the resource, including those in `Fn::Sub`.
    pub fn for_each_reference(&self, visit: &mut dyn FnMut(&str, Option<&str>)) {
        for_each_reference_in_map(&self.properties, visit);
        for data in [&self.creation_policy, &self.update_policy]
            .into_iter()
            .flatten()
        {
            for_each_reference(data, visit);
        }
    }

    /// Returns the value of the property at a path separated by dots, or `None` if it is not set.
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

pub(crate) fn for_each_reference(data: &Data, visit: &mut dyn FnMut(&str, Option<&str>)) {
    data.for_each_expr(&mut |expr| match expr {
        Expr::Ref(Target::Name(name)) => visit(name, None),
        Expr::GetAtt(Target::Name(name), attribute) => visit(name, Some(attribute)),
        Expr::Sub(template, variables) => {
            for placeholder in sub_placeholders(template) {
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

/// Returns the names in the `${…}` placeholders of a `Fn::Sub` template. `${!…}` is literal text and is skipped.
pub(crate) fn sub_placeholders(template: &str) -> impl Iterator<Item = &str> {
    template
        .split("${")
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.trim()))
        .filter(|name| !name.starts_with('!'))
}

/// The rendered template of one stack, with its sections as data.
#[derive(Clone, Debug)]
pub struct Template {
    /// Construct path of the stack.
    pub stack_path: String,
    /// Name of the stack in CloudFormation.
    pub stack_name: String,
    /// Region of the stack, or `None` if it is decided at deployment.
    pub region: Option<String>,
    /// Source location of the call that created the stack.
    pub place: Option<Place>,
    /// Value of the `Description` section.
    pub description: Option<String>,
    /// Macros in the `Transform` section, in the order in which CloudFormation runs them.
    pub transforms: Vec<String>,
    /// Sections for macros, such as `Globals` of the serverless macro.
    pub sections: Map,
    /// Entries of the `Metadata` section.
    pub metadata: Map,
    /// Entries of the `Parameters` section by logical ID.
    pub parameters: Vec<(String, Map)>,
    /// Entries of the `Rules` section by logical ID.
    pub rules: Vec<(String, Map)>,
    /// Entries of the `Mappings` section by logical ID.
    pub mappings: Vec<(String, Map)>,
    /// Entries of the `Conditions` section by logical ID.
    pub conditions: Vec<(String, Data)>,
    /// Entries of the `Resources` section, in creation order.
    pub resources: Vec<TemplateResource>,
    /// Entries of the `Outputs` section by logical ID.
    pub outputs: Vec<(String, Map)>,
    /// Loops and macros (`Fn::ForEach`, `Fn::Transform`) that make entries, and entries that the program has as data, by section.
    pub(crate) generators: BTreeMap<String, Map>,
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
            generators: BTreeMap::new(),
            positions: BTreeMap::new(),
            json: OnceCell::new(),
        }
    }

    /// Indexes the resources by logical ID, once all of them are present.
    pub(crate) fn index_resources(&mut self) {
        self.positions = self
            .resources
            .iter()
            .enumerate()
            .map(|(at, r)| (r.logical_id.clone(), at))
            .collect();
    }

    pub(crate) fn resource_position(&self, logical_id: &str) -> Option<usize> {
        self.positions.get(logical_id).copied()
    }

    /// Returns the resource with the given logical ID.
    pub fn resource(&self, logical_id: &str) -> Option<&TemplateResource> {
        self.resources.get(self.resource_position(logical_id)?)
    }

    pub(crate) fn resource_mut(&mut self, logical_id: &str) -> Option<&mut TemplateResource> {
        let at = self.resource_position(logical_id)?;
        self.resources.get_mut(at)
    }

    /// Returns the resources of one type, in creation order.
    pub fn resources_of_type<'a>(
        &'a self,
        type_name: &'a str,
    ) -> impl Iterator<Item = &'a TemplateResource> {
        self.resources
            .iter()
            .filter(move |resource| resource.type_name == type_name)
    }

    /// Returns the logical IDs that `Ref` can name: those of resources and parameters.
    pub(crate) fn referable_names(&self) -> impl Iterator<Item = &str> {
        let resources = self
            .resources
            .iter()
            .map(|resource| resource.logical_id.as_str());
        resources
            .chain(self.parameters.iter().map(|(id, _)| id.as_str()))
            .chain(self.raw_names("Resources"))
            .chain(self.raw_names("Parameters"))
    }

    /// Returns the logical IDs of entries that the program has as data only.
    pub(crate) fn raw_names(&self, section: &str) -> impl Iterator<Item = &str> {
        let entries = self.generators.get(section).into_iter().flat_map(Map::iter);
        entries
            .map(|(name, _)| name)
            .filter(|name| !is_generator(name))
    }

    /// Returns `true` if a resource or parameter of this name can exist, although the template does not have it: loops, macros and modules make
    /// entries at deployment.
    pub(crate) fn can_exist(&self, name: &str) -> bool {
        let makes = |section| {
            let entries = self.generators.get(section).into_iter().flat_map(Map::iter);
            entries.map(|(name, _)| name).any(is_generator)
        };
        if makes("Resources") || makes("Parameters") || self.has_own_macros() {
            return true;
        }
        // Such an entry makes resources whose names start with its own.
        let is_start = |resource: &TemplateResource| {
            name.starts_with(&resource.logical_id)
                && (resource.type_name.ends_with("::MODULE")
                    || self.is_expanded(&resource.type_name))
        };
        self.resources.iter().any(is_start)
            || name.starts_with("Serverless") && self.has_macro(is_serverless_macro)
    }

    /// Returns `true` for types that the serverless macro expands before CloudFormation validates the template.
    pub(crate) fn is_expanded(&self, type_name: &str) -> bool {
        type_name.starts_with("AWS::Serverless::") && self.has_macro(is_serverless_macro)
    }

    /// Returns `true` if macros of an account, or included snippets, are part of the template: they can change every part of it.
    pub(crate) fn has_own_macros(&self) -> bool {
        self.has_macro(|name| !name.starts_with("AWS::") || name == "AWS::Include")
    }

    fn has_macro(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        let in_data = |data: &Data| {
            let name = data.as_map().and_then(|map| map.get("Name"));
            name.unwrap_or(data).as_text().is_some_and(&is_meant)
        };
        self.transforms.iter().any(|name| is_meant(name))
            || match self.sections.get("Transform") {
                Some(Data::List(several)) => several.iter().any(in_data),
                Some(one) => in_data(one),
                None => false,
            }
    }

    /// Completes a finding with the stack, construct path and source location of its logical ID.
    pub(crate) fn locate_finding(&self, mut finding: Diagnostic) -> Diagnostic {
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

    /// Returns the template as minified JSON, as it is written to the assembly and deployed.
    ///
    /// Minified templates stay below the limit for templates in a request (51,200 bytes) for much longer than indented ones.
    pub fn json(&self) -> &str {
        self.json.get_or_init(|| json::write_template(self))
    }

    /// Returns the template as JSON data.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::from_str(self.json()).unwrap_or_default()
    }

    /// Returns the template as indented JSON, for display.
    pub fn pretty_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(&self.to_json()).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Returns the template as YAML, for display.
    pub fn to_yaml(&self) -> String {
        to_yaml(&self.to_json())
    }
}

/// Returns `true` for functions in place of entries, such as `Fn::ForEach::Topics` and `Fn::Transform`, which make entries at deployment.
pub(crate) fn is_generator(name: &str) -> bool {
    name.starts_with("Fn::")
}

fn is_serverless_macro(name: &str) -> bool {
    name.starts_with("AWS::Serverless-")
}
