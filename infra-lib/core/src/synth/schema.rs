//! Validates the resources of all templates against the schemas of their types.

use std::collections::BTreeSet;
use std::path::Path;

use infra_schema::nearest::find_nearest;
use infra_schema::rust_names::Enumeration;

use super::Synth;
use crate::diagnostic::{Code, Diagnostic, Severity, codes};
use crate::template::{Template, TemplateResource};
use crate::validation::{
    Entries, Form, Referenced, ResourceView, Returned, TemplateFinding, View, check_resource,
    check_resources, check_serverless_resource, unknown_serverless_type_finding,
    unknown_type_finding,
};
use crate::value::{Data, Expr, Map, Pseudo, Target};

pub(super) fn check_schemas(synth: &mut Synth) {
    let reported = ReportedMistakes::of_findings(&synth.findings);
    synth.check_templates(|template, findings| {
        for resource in &template.resources {
            let found = find_mistakes(template, resource).into_iter();
            let new = found.filter(|finding| !reported.contains(finding, &resource.path));
            findings.extend(new.map(|finding| finding.logical_id(&resource.logical_id)));
        }
        for (resource, finding) in compare_resources(template) {
            if !reported.contains(&finding, &resource.path) {
                findings.push(finding.logical_id(&resource.logical_id));
            }
        }
    });
}

/// Mistakes that constructs have reported, at the line of the program. Checks of policies and of relations would find them again.
struct ReportedMistakes {
    /// Actions and operators, by code and message.
    names: BTreeSet<(Code, String)>,
    /// Construct paths with errors.
    paths: BTreeSet<String>,
}

impl ReportedMistakes {
    fn of_findings(findings: &[Diagnostic]) -> Self {
        let of_names = [
            codes::UNKNOWN_ACTION,
            codes::UNKNOWN_CONDITION_OPERATOR,
            codes::DEPRECATED_RUNTIME,
        ];
        let names = findings
            .iter()
            .filter(|finding| of_names.contains(&finding.code))
            .map(|finding| (finding.code, finding.message.clone()));
        let paths = findings
            .iter()
            .filter(|finding| finding.severity != Severity::Warning)
            .filter_map(|finding| finding.path.clone());
        Self {
            names: names.collect(),
            paths: paths.collect(),
        }
    }

    /// Returns `true` if a construct has reported the same, or another error of the resource or of a construct above it.
    fn contains(&self, finding: &Diagnostic, path: &str) -> bool {
        let of_relations = [
            codes::INVALID_POLICY,
            codes::RELATED_PROPERTY,
            codes::RELATED_VALUE,
            codes::DUPLICATE_LISTENER_PORT,
            codes::DUPLICATE_NAME,
            codes::DUPLICATE_RULE_PRIORITY,
            codes::OVERLAPPING_SUBNETS,
            codes::TOO_FEW_ZONES,
        ];
        if !of_relations.contains(&finding.code) {
            return self
                .names
                .contains(&(finding.code, finding.message.clone()));
        }
        // The path of a stack has one part: an error of a stack is not one of its resources.
        let mut above = Some(path)
            .into_iter()
            .chain(path.match_indices('/').skip(1).map(|(at, _)| &path[..at]));
        above.any(|above| self.paths.contains(above))
    }
}

/// Compares the resources of a template with each other. Resources with different conditions may exclude each other, and are not compared.
fn compare_resources(template: &Template) -> Vec<(&TemplateResource, Diagnostic)> {
    let resources = &template.resources;
    let views = resources.iter().map(|resource| {
        let properties = view_entries(&resource.properties);
        ResourceView::new(&resource.logical_id, &resource.type_name, properties)
    });
    // The conditions of a program are not solved, so two resources with different ones, and two branches of one, may exclude each other.
    let is_possible = |all: &[usize], holding: &[(&str, bool)]| {
        let mut conditions = all
            .iter()
            .filter_map(|at| resources[*at].condition.as_ref());
        let first = conditions.next();
        conditions.all(|other| Some(other) == first) && holding.is_empty()
    };
    let found = check_resources(&views.collect::<Vec<_>>(), &is_possible);
    let found = found.into_iter().map(
        |TemplateFinding {
             resource, finding, ..
         }| { (&resources[resource], finding.diagnostic) },
    );
    found.collect()
}

fn find_mistakes(template: &Template, resource: &TemplateResource) -> Vec<Diagnostic> {
    let type_name = &*resource.type_name;
    // A macro generates the properties, so they are unknown here.
    if resource.properties.get("Fn::Transform").is_some() {
        return Vec::new();
    }
    let is_serverless = template.is_expanded(type_name);
    let unknown = if is_serverless {
        unknown_serverless_type_finding(type_name)
    } else {
        unknown_type_finding(type_name)
    };
    if let Some(finding) = unknown {
        return vec![finding];
    }
    let types = |name: &str| {
        let found = template.resource(name)?;
        let has_vpc = found.properties.get("VpcId").is_some();
        Some(Referenced::new(&found.type_name, has_vpc))
    };
    let properties = view_entries(&resource.properties);
    let found = match type_name.strip_prefix("AWS::Serverless::") {
        Some(kind) if is_serverless => {
            let globals = view_globals(template, resource, kind);
            check_serverless_resource(type_name, &properties, &globals, &types)
        }
        _ => check_resource(type_name, &properties, &types),
    };
    let found = found.into_iter().map(|finding| finding.diagnostic);
    // Included templates have other files.
    let file = Path::new(&resource.place.file);
    if file.extension().is_none_or(|end| end != "rs") {
        return found.collect();
    }
    found
        .map(|finding| name_constant(finding, type_name))
        .collect()
}

/// Returns the defaults of a kind of resource, such as `Function`, in the section `Globals`, without those that the resource ignores.
fn view_globals<'t>(
    template: &'t Template,
    resource: &TemplateResource,
    kind: &str,
) -> Entries<'t, &'t Data> {
    let globals = template.sections.get("Globals");
    let of_kind = globals.and_then(|globals| globals.as_map()?.get(kind)?.as_map());
    let ignored = resource.attributes.get("IgnoreGlobals");
    let is_ignored = |name: &str| match ignored {
        None => false,
        Some(Data::List(names)) => names.iter().any(|ignored| ignored.as_text() == Some(name)),
        // `*` for all.
        Some(_) => true,
    };
    let mut entries = of_kind.map(view_entries).unwrap_or_default();
    entries.retain(|(name, _)| !is_ignored(name));
    entries
}

/// Adds the Rust name of a value to the help of a finding about a value that the schema does not list.
fn name_constant(mut finding: Diagnostic, type_name: &str) -> Diagnostic {
    if finding.code != codes::UNKNOWN_ENUM_VALUE {
        return finding;
    }
    let property = finding.property.as_deref().unwrap_or_default();
    let schema = infra_schema::resource(type_name);
    let Some(known) = schema.and_then(|schema| Enumeration::find(schema, property)) else {
        return finding;
    };
    let values = known.values.iter().map(|value| &**value);
    let close = find_nearest(finding.actual.as_deref().unwrap_or_default(), values);
    let constant = close.and_then(|value| Some((value, known.constant(value)?)));
    let path = &known.path;
    finding.help = Some(match constant {
        Some((value, constant)) => {
            format!("did you mean `{value}`? In Rust: `cfn::{path}::{constant}`")
        }
        None => {
            format!("the constants of `cfn::{path}` are these values; `other` accepts newer ones")
        }
    });
    finding
}

/// Returns `true` for a function that is no [`Expr`], because its arguments are unusual.
fn is_call(map: &Map) -> bool {
    let mut keys = map.iter().map(|(key, _)| key);
    keys.next()
        .is_some_and(|key| key.starts_with("Fn::") && key != "Fn::Transform")
        && keys.next().is_none()
}

fn view_entries(map: &Map) -> Entries<'_, &Data> {
    map.iter().collect()
}

impl<'t> View<'t> for &'t Data {
    const NO_VALUE_HELP: &'static str = "omit the property, or use `pseudo::no_value()`";
    const CHECKS_IDENTIFIERS: bool = false;
    const IS_PROGRAM: bool = true;
    const SOLVES_CONDITIONS: bool = false;

    fn form(self) -> Form<'t, Self> {
        match self {
            Data::Null => Form::Null,
            Data::Bool(value) => Form::Bool(*value),
            Data::Int(number) => Form::Number(number.to_string()),
            Data::Float(number) => Form::Number(number.to_string()),
            Data::Text(text) => Form::Text(text),
            Data::List(items) => Form::List(items.iter().collect()),
            // A function with arguments that only `AWS::LanguageExtensions` accepts, such as `Fn::FindInMap` with another as its map.
            Data::Map(map) if is_call(map) => Form::Function(Returned::Unknown),
            Data::Map(map) => Form::Map(view_entries(map)),
            Data::Expr(expr) => match &**expr {
                Expr::Pseudo(Pseudo::NoValue) => Form::NoValue,
                Expr::If(_, then, otherwise) => Form::If(then, otherwise),
                Expr::Ref(Target::Name(name)) => Form::Ref(name, Returned::Unknown),
                Expr::GetAtt(Target::Name(name), attribute) => {
                    Form::GetAtt(name, attribute, Returned::Unknown)
                }
                Expr::Concat(_) | Expr::Join(..) | Expr::Sub(..) | Expr::Base64(_) => {
                    Form::Function(Returned::Text)
                }
                Expr::Split(..) | Expr::GetAzs(_) | Expr::Cidr(..) => {
                    Form::Function(Returned::List)
                }
                _ => Form::Function(Returned::Unknown),
            },
        }
    }

    fn condition(self) -> Option<&'t str> {
        match self {
            Data::Expr(expr) => match &**expr {
                Expr::If(Target::Name(name), ..) => Some(name),
                _ => None,
            },
            _ => None,
        }
    }

    fn to_json(self) -> serde_json::Value {
        Data::to_json(self)
    }
}
