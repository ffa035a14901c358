//! Inclusion of existing templates: [`IncludeProps`] takes a [`TemplateSource`] and adds its entries to a stack, and [`Include`] finds them by logical ID.

mod entries;
mod replace;
mod sections;
mod source;

use std::collections::BTreeMap;

use crate::condition::Condition;
use crate::diagnostic::{Diagnostic, codes};
use crate::mapping::Mapping;
use crate::parameter::Parameter;
use crate::resource::Resource;
use crate::tree::{Construct, NodeKind, Scope};
use crate::value::{Data, Expr, Target, Value};

pub use source::TemplateSource;

/// Construct IDs of the groups for sections whose names may repeat those of resources. Resources and parameters are direct children.
const CONDITIONS: &str = "$Conditions";
const MAPPINGS: &str = "$Mappings";
const OUTPUTS: &str = "$Outputs";
const RULES: &str = "$Rules";
/// Construct ID of the content of a nested stack.
const CONTENT: &str = "$Template";

/// Properties of an [`Include`]; [`build`](Self::build) adds it to a stack.
#[derive(Debug)]
pub struct IncludeProps {
    source: TemplateSource,
    parameters: BTreeMap<String, Data>,
    nested: BTreeMap<String, Self>,
}

impl IncludeProps {
    /// Creates properties for a template. `infra_lib::include::read_template` reads one from a file.
    pub fn new(source: TemplateSource) -> Self {
        Self {
            source,
            parameters: BTreeMap::new(),
            nested: BTreeMap::new(),
        }
    }

    /// Replaces a parameter of the template by a value: the parameter is left out, and every `Ref` and `Fn::Sub` of it has the value. A name that the
    /// template does not declare is reported (`INF1284`).
    ///
    /// CloudFormation accepts only literals, parameters and pseudo parameters in conditions and rules.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<Data>) -> Self {
        self.parameters.insert(name.into(), value.into());
        self
    }

    /// Includes the template of a nested stack, by the logical ID of its resource. It becomes a [`NestedStack`](crate::NestedStack), published with the
    /// app, and its `TemplateURL` is replaced. Default: nested stacks keep the URLs of the template.
    pub fn nested(mut self, logical_id: impl Into<String>, template: Self) -> Self {
        self.nested.insert(logical_id.into(), template);
        self
    }

    /// Adds the entries of the template to the stack that holds `scope`. Parts that cannot be included are reported with their place in the template.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> Include<'app> {
        let scope = scope.scope().library_construct(id, "infra-lib.Include");
        sections::add_template(scope, self);
        Include(scope)
    }
}

/// The file of an included template, for messages about it, and whether loops or macros make resources that it does not name.
struct IncludedFile {
    name: String,
    makes_resources: bool,
}

/// An existing template whose resources, parameters, mappings, conditions, rules and outputs are part of a stack, like `CfnInclude` of the CDK.
///
/// Entries keep their logical IDs, so a deployed stack can be taken over without a change of its resources: a stack that holds nothing else synthesizes
/// to the same template, besides the construct paths in `Metadata` and the notation of functions. Entries can be read, referred to and changed like
/// those of the program.
///
/// ```
/// use infra_core::include::{IncludeProps, TemplateSource};
/// use infra_core::{App, Output, Stack};
/// use serde_json::json;
///
/// let template = TemplateSource::from_json("queue.json", json!({
///     "Parameters": { "Stage": { "Type": "String" } },
///     "Resources": { "Jobs": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": { "Fn::Sub": "${Stage}-jobs" } } } },
/// }));
/// let app = App::new();
/// let stack = Stack::new(&app, "Jobs");
/// let include = IncludeProps::new(template).parameter("Stage", "prod").build(stack, "Template");
/// if let Some(queue) = include.resource("Jobs") {
///     queue.override_prop("DelaySeconds", 5_i64);
/// }
/// Output::new(stack, "QueueArn", include.attr_value::<String>("Jobs", "Arn"));
/// # assert!(app.synth().findings().is_empty());
/// ```
///
/// `Fn::ForEach` and `Fn::Transform` in place of entries are kept as they are, besides replaced parameters. CloudFormation makes their entries at
/// deployment: these cannot be found or changed here, and their names are not checked.
#[derive(Clone, Copy, Debug)]
pub struct Include<'app>(Scope<'app>);

impl<'app> Include<'app> {
    /// Returns the resource with a logical ID. One that the template does not have is reported (`INF1284`).
    #[track_caller]
    pub fn resource(&self, logical_id: &str) -> Option<Resource<'app>> {
        let found = self.find_resource(logical_id);
        if found.is_none() {
            self.report_unknown("resource", logical_id, &self.resource_names());
        }
        found
    }

    /// Returns the resource with a logical ID as a type of the bindings, such as `include.typed("Files", CfnBucket::from_resource)`. A resource of
    /// another type is reported (`INF1285`), and a missing one (`INF1284`).
    #[track_caller]
    pub fn typed<T>(
        &self,
        logical_id: &str,
        convert: impl FnOnce(Resource<'app>) -> Option<T>,
    ) -> Option<T> {
        let resource = self.resource(logical_id)?;
        let found = convert(resource);
        if found.is_none() {
            let expected = std::any::type_name::<T>();
            let expected = expected.split('<').next().unwrap_or(expected);
            let expected = expected.rsplit("::").next().unwrap_or(expected);
            let file = self.file();
            let actual = resource.type_name();
            self.0.report(
                Diagnostic::new(
                    codes::INCLUDE_WRONG_TYPE,
                    format!("`{logical_id}` of `{file}` is not a `{expected}`"),
                )
                .origin(std::panic::Location::caller())
                .actual(actual.clone())
                .help(format!("use the type of the bindings for `{actual}`")),
            );
        }
        found
    }

    /// Returns a reference to a resource (`Ref`), by logical ID. The caller chooses `T`, the meaning of the value. A resource that the template does not
    /// have is reported (`INF1284`), unless the template has loops or macros that make resources.
    #[track_caller]
    pub fn ref_value<T: ?Sized>(&self, logical_id: &str) -> Value<T> {
        let target = self.target(logical_id);
        Value::from_data(Expr::Ref(target).into())
    }

    /// Returns an attribute of a resource (`Fn::GetAtt`), by logical ID. The caller chooses `T`, the meaning of the value. A resource that the template
    /// does not have is reported (`INF1284`), unless the template has loops or macros that make resources.
    #[track_caller]
    pub fn attr_value<T: ?Sized>(&self, logical_id: &str, attribute: &str) -> Value<T> {
        let target = self.target(logical_id);
        Value::from_data(Expr::GetAtt(target, attribute.to_owned().into()).into())
    }

    /// Returns the parameter with a name. One that the template does not have, or that was replaced, is reported (`INF1284`).
    #[track_caller]
    pub fn parameter(&self, name: &str) -> Option<Parameter<'app>> {
        let is_parameter = |kind: &NodeKind| matches!(kind, NodeKind::Parameter(_));
        let found = self.find_entry(self.0, "parameter", name, is_parameter);
        found.map(Parameter)
    }

    /// Returns the condition with a name. One that the template does not have is reported (`INF1284`).
    #[track_caller]
    pub fn condition(&self, name: &str) -> Option<Condition<'app>> {
        let is_condition = |kind: &NodeKind| matches!(kind, NodeKind::Condition(_));
        let group = self.0.child(CONDITIONS).unwrap_or(self.0);
        let found = self.find_entry(group, "condition", name, is_condition);
        found.map(Condition)
    }

    /// Returns the mapping with a name. One that the template does not have is reported (`INF1284`).
    #[track_caller]
    pub fn mapping(&self, name: &str) -> Option<Mapping<'app>> {
        let is_mapping = |kind: &NodeKind| matches!(kind, NodeKind::Mapping(_));
        let group = self.0.child(MAPPINGS).unwrap_or(self.0);
        let found = self.find_entry(group, "mapping", name, is_mapping);
        found.map(Mapping)
    }

    /// Returns the content of a nested stack that was included with [`IncludeProps::nested`], by the logical ID of its resource. Another one is reported
    /// (`INF1284`).
    #[track_caller]
    pub fn nested(&self, logical_id: &str) -> Option<Self> {
        let content = |stack: Scope<'app>| stack.child(CONTENT).map(Self);
        let found = self.0.child(logical_id).and_then(content);
        if found.is_none() {
            let children = self.0.children().into_iter();
            let names: Vec<String> = children
                .filter(|child| child.child(CONTENT).is_some())
                .map(Scope::id)
                .collect();
            self.report_unknown("included nested stack", logical_id, &names);
        }
        found
    }

    #[track_caller]
    fn target(&self, logical_id: &str) -> Target {
        if let Some(resource) = self.find_resource(logical_id) {
            return Target::Node(resource.scope().node_id());
        }
        let file = self.0.attached::<IncludedFile>();
        if !file.is_some_and(|file| file.makes_resources) {
            self.report_unknown("resource", logical_id, &self.resource_names());
        }
        Target::Name(logical_id.to_owned().into())
    }

    fn find_resource(&self, logical_id: &str) -> Option<Resource<'app>> {
        let child = self.0.child(logical_id)?;
        child
            .as_resource()
            .or_else(|| entries::nested_resource(self.0, logical_id))
    }

    #[track_caller]
    fn find_entry(
        &self,
        group: Scope<'app>,
        noun: &str,
        name: &str,
        is_wanted: impl Fn(&NodeKind) -> bool,
    ) -> Option<Scope<'app>> {
        let is_wanted =
            |scope: &Scope<'app>| scope.read_tree(|tree| is_wanted(&tree.node(scope.index).kind));
        let found = group.child(name).filter(is_wanted);
        if found.is_none() {
            let known = group.children().into_iter().filter(is_wanted);
            let names: Vec<String> = known.map(Scope::id).collect();
            self.report_unknown(noun, name, &names);
        }
        found
    }

    fn resource_names(&self) -> Vec<String> {
        let children = self.0.children().into_iter().map(Scope::id);
        children
            .filter(|id| self.find_resource(id).is_some())
            .collect()
    }

    fn file(&self) -> String {
        let file = self.0.attached::<IncludedFile>();
        file.map(|file| file.name.clone()).unwrap_or_default()
    }

    #[track_caller]
    fn report_unknown(&self, noun: &str, name: &str, known: &[String]) {
        let finding = unknown_name(noun, name, known, &self.file());
        self.0
            .report(finding.origin(std::panic::Location::caller()));
    }
}

/// Returns the finding about a name that the template does not have, with the nearest one.
fn unknown_name(noun: &str, name: &str, known: &[String], file: &str) -> Diagnostic {
    let finding = Diagnostic::new(
        codes::INCLUDE_UNKNOWN_NAME,
        format!("`{file}` has no {noun} `{name}`"),
    )
    .actual(name);
    match crate::find_nearest(name, known.iter().map(String::as_str)) {
        Some(close) => finding.help(format!("did you mean `{close}`?")),
        None if known.is_empty() => finding,
        None => finding.expected(known.join(", ")),
    }
}

impl<'app> Construct<'app> for Include<'app> {
    fn scope(&self) -> Scope<'app> {
        self.0
    }
}
