//! Describes types, properties and references in Markdown.

use std::fmt::Write as _;

use infra_schema::model::TargetAttribute;
use infra_schema::{Bounds, Property, ResourceType, Rule, Shape, Type};

use super::schema::Spot;

/// Maximum number of allowed values in a description.
const LISTED: usize = 24;

/// Root of AWS's pages about templates.
const PAGES: &str = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference";

/// Describes a resource type.
pub(super) fn describe_type(ty: &ResourceType) -> String {
    let mut text = format!("**{}**\n", ty.name);
    let names = |properties: &mut dyn Iterator<Item = &Property>| {
        let names: Vec<String> = properties.map(|one| format!("`{}`", one.name)).collect();
        names.join(", ")
    };
    let required = names(&mut ty.required_properties());
    if !required.is_empty() {
        let _ = write!(text, "\nRequired: {required}\n");
    }
    let returned: Vec<String> = ty
        .ref_returns
        .properties
        .iter()
        .map(|property| format!("`{}`", property.0))
        .collect();
    if !returned.is_empty() {
        let _ = write!(text, "\n`Ref` returns {}.\n", returned.join(" and "));
    }
    let attributes: Vec<String> = ty
        .attributes
        .iter()
        .take(LISTED)
        .map(|one| format!("`{}`", one.name))
        .collect();
    if !attributes.is_empty() {
        let more = if ty.attributes.len() > LISTED {
            ", …"
        } else {
            ""
        };
        let _ = write!(
            text,
            "\n`Fn::GetAtt` returns {}{more}\n",
            attributes.join(", ")
        );
    }
    if ty.stateful {
        text.push_str("\nStateful: deletion or replacement loses its data.\n");
    }
    if ty.deprecated {
        text.push_str("\nAWS has announced the end of this type.\n");
    }
    for rule in &ty.rules {
        let _ = write!(text, "\n{}\n", describe_rule(rule));
    }
    let _ = write!(text, "\n[AWS documentation]({})", type_page(&ty.name));
    text
}

/// Describes the property at a place.
pub(super) fn describe_property(spot: &Spot) -> String {
    let Some(property) = spot.property else {
        return describe_type(spot.ty);
    };
    let mut text = format!(
        "**{}** · {}\n",
        spot.dotted_path(),
        describe_shape(&property.shape)
    );
    let required = if property.required {
        "Required"
    } else {
        "Optional"
    };
    let _ = write!(text, "\n{required}. {}\n", describe_update(spot));
    for (applies, sentence) in [
        (
            spot.is_in(&spot.ty.read_only),
            "Read-only: only the service sets it.",
        ),
        (
            spot.is_in(&spot.ty.write_only),
            "Cannot be read back: drift detection ignores it.",
        ),
        (
            spot.is_in(&spot.ty.deprecated_paths),
            "AWS discourages its use.",
        ),
    ] {
        if applies {
            let _ = write!(text, "\n{sentence}\n");
        }
    }
    for line in describe_constraints(spot) {
        let _ = write!(text, "\n{line}\n");
    }
    let members = Spot::members(spot);
    if !members.is_empty() && spot.shape.is_some() {
        let names: Vec<String> = members
            .iter()
            .map(|one| {
                format!(
                    "`{}`{}",
                    one.name,
                    if one.required { " (required)" } else { "" }
                )
            })
            .collect();
        let _ = write!(text, "\nProperties: {}\n", names.join(", "));
    }
    let _ = write!(text, "\n[{}]({})", spot.ty.name, type_page(&spot.ty.name));
    text
}

/// Describes what a change of the property does, as "Update requires" of AWS's pages.
fn describe_update(spot: &Spot) -> &'static str {
    if spot.is_in(&spot.ty.create_only) {
        "Update requires: replacement."
    } else if spot.is_in(&spot.ty.conditional_create_only) {
        "Update requires: replacement under some conditions."
    } else {
        "Update requires: no replacement."
    }
}

/// Returns the constraints of the value, one in a line.
fn describe_constraints(spot: &Spot) -> Vec<String> {
    let Some(shape) = spot.scalar_shape().or(spot.shape) else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    if !shape.values.is_empty() {
        let shown: Vec<String> = shape
            .values
            .iter()
            .take(LISTED)
            .map(|value| format!("`{value}`"))
            .collect();
        let more = if shape.values.len() > LISTED {
            ", …"
        } else {
            ""
        };
        lines.push(format!("Allowed values: {}{more}", shown.join(", ")));
    }
    if let Some(pattern) = &shape.pattern {
        lines.push(format!("Pattern: `{pattern}`"));
    }
    for (subject, bounds) in [
        ("Length", format_bounds(shape.length)),
        ("Range", format_bounds(shape.range)),
        ("Number of items", format_bounds(shape.items)),
        ("Number of entries", format_bounds(shape.entries)),
    ] {
        if let Some(bounds) = bounds {
            lines.push(format!("{subject}: {bounds}"));
        }
    }
    if shape.unique {
        lines.push("Items must be unique.".to_owned());
    }
    let targets: Vec<String> = shape.targets.iter().map(describe_target).collect();
    if !targets.is_empty() {
        lines.push(format!("Refers to {}.", targets.join(" or ")));
    }
    lines
}

fn describe_target(target: &infra_schema::Target) -> String {
    let by = match &target.by {
        TargetAttribute::Kind(kind) => kind.as_word(),
        TargetAttribute::Property(name) => name,
    };
    format!("the {by} of `{}`", target.resource)
}

/// Describes the type of a value in a few words.
pub(super) fn describe_shape(shape: &Shape) -> String {
    match &shape.ty {
        Type::String => "string".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Json => "JSON".to_owned(),
        Type::Definition(name) => name.to_string(),
        Type::List(item) => format!("list of {}", describe_shape(item)),
        Type::Map(item) => format!("map of {}", describe_shape(item)),
        Type::Union(all) => {
            let mut words: Vec<String> = all.iter().map(describe_shape).collect();
            words.dedup();
            words.join(" or ")
        }
    }
}

fn describe_rule(rule: &Rule) -> String {
    let sets = |sets: &[Vec<infra_schema::Text>]| {
        let words = sets.iter().map(|set| match set.as_slice() {
            [] => "none".to_owned(),
            all => {
                let names: Vec<String> = all.iter().map(|name| format!("`{name}`")).collect();
                names.join(" with ")
            }
        });
        words.collect::<Vec<_>>().join(", ")
    };
    let names = |names: &[infra_schema::Text]| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    };
    match rule {
        Rule::ExactlyOne(all) => format!("Exactly one of: {}", sets(all)),
        Rule::AtLeastOne(all) => format!("At least one of: {}", sets(all)),
        Rule::Excludes(name, others) => format!("`{name}` excludes {}", names(others)),
        Rule::Requires(name, others) => format!("`{name}` requires {}", names(others)),
    }
}

/// Formats bounds as words, or returns `None` without limits.
fn format_bounds<N: PartialOrd + Copy + ToString>(bounds: Bounds<N>) -> Option<String> {
    match (bounds.min, bounds.max) {
        (Some(min), Some(max)) => Some(format!("{} to {}", min.to_string(), max.to_string())),
        (Some(min), None) => Some(format!("at least {}", min.to_string())),
        (None, Some(max)) => Some(format!("at most {}", max.to_string())),
        (None, None) => None,
    }
}

/// Returns the address of AWS's page about a resource type.
fn type_page(name: &str) -> String {
    let page = name
        .trim_start_matches("AWS::")
        .replace("::", "-")
        .to_lowercase();
    format!("{PAGES}/aws-resource-{page}.html")
}

/// A function, section or attribute of templates with one sentence about it.
pub(super) struct Term {
    pub(super) name: &'static str,
    pub(super) sentence: &'static str,
    /// Last part of the address of AWS's page.
    pub(super) page: &'static str,
}

const fn term(name: &'static str, sentence: &'static str, page: &'static str) -> Term {
    Term {
        name,
        sentence,
        page,
    }
}

impl Term {
    pub(super) fn describe(&self) -> String {
        format!(
            "**{}**\n\n{}\n\n[AWS documentation]({PAGES}/{}.html)",
            self.name, self.sentence, self.page
        )
    }
}

/// Sections of a template.
pub(super) const SECTIONS: &[Term] = &[
    term(
        "AWSTemplateFormatVersion",
        "Version of the template format. The only one is `2010-09-09`.",
        "format-version-structure",
    ),
    term(
        "Conditions",
        "Conditions over parameters, which decide whether resources, outputs and values exist.",
        "conditions-section-structure",
    ),
    term(
        "Description",
        "Text about the template, at most 1,024 bytes.",
        "template-description-structure",
    ),
    term(
        "Hooks",
        "Hooks of a blue/green deployment by CodeDeploy.",
        "hooks-section-structure",
    ),
    term(
        "Mappings",
        "Constant values by two keys, read with `Fn::FindInMap`.",
        "mappings-section-structure",
    ),
    term(
        "Metadata",
        "Further data about the template, such as groups of parameters in the console.",
        "metadata-section-structure",
    ),
    term(
        "Outputs",
        "Values that the stack returns, and exports to other stacks. At most 200.",
        "outputs-section-structure",
    ),
    term(
        "Parameters",
        "Values that a deployment passes to the template. At most 200.",
        "parameters-section-structure",
    ),
    term(
        "Resources",
        "Resources of the stack, at most 500. The only required section.",
        "resources-section-structure",
    ),
    term(
        "Rules",
        "Assertions about parameters, which CloudFormation checks before a deployment.",
        "rules-section-structure",
    ),
    term(
        "Transform",
        "Macros that process the template, such as `AWS::Serverless-2016-10-31`.",
        "transform-section-structure",
    ),
];

/// Attributes of a resource beside `Type` and `Properties`.
pub(super) const RESOURCE_ATTRIBUTES: &[Term] = &[
    term(
        "Condition",
        "Name of a condition: without it, the resource is not created.",
        "conditions-section-structure",
    ),
    term(
        "CreationPolicy",
        "Signals that CloudFormation waits for before the resource is complete.",
        "aws-attribute-creationpolicy",
    ),
    term(
        "DeletionPolicy",
        "Action when the resource leaves the stack: `Delete`, `Retain`, `RetainExceptOnCreate` or `Snapshot`.",
        "aws-attribute-deletionpolicy",
    ),
    term(
        "DependsOn",
        "Resources that must exist before this one. References imply it.",
        "aws-attribute-dependson",
    ),
    term(
        "Metadata",
        "Further data about the resource, such as configuration of `cfn-init`.",
        "aws-attribute-metadata",
    ),
    term(
        "Properties",
        "Properties of the resource, which depend on its type.",
        "resources-section-structure",
    ),
    term(
        "Type",
        "Resource type, such as `AWS::S3::Bucket`.",
        "resources-section-structure",
    ),
    term(
        "UpdatePolicy",
        "Way of updating Auto Scaling groups, aliases of functions and some other types.",
        "aws-attribute-updatepolicy",
    ),
    term(
        "UpdateReplacePolicy",
        "Action for the old resource of a replacement: `Delete`, `Retain` or `Snapshot`.",
        "aws-attribute-updatereplacepolicy",
    ),
];

/// Intrinsic functions.
pub(super) const FUNCTIONS: &[Term] = &[
    term(
        "Fn::And",
        "True if all of 2 to 10 conditions are.",
        "intrinsic-function-reference-conditions",
    ),
    term(
        "Fn::Base64",
        "Base64 of a text.",
        "intrinsic-function-reference-base64",
    ),
    term(
        "Fn::Cidr",
        "List of address ranges within a range: range, number, and bits of the host part.",
        "intrinsic-function-reference-cidr",
    ),
    term(
        "Fn::Equals",
        "True if two values are equal.",
        "intrinsic-function-reference-conditions",
    ),
    term(
        "Fn::FindInMap",
        "Value of a mapping by its two keys.",
        "intrinsic-function-reference-findinmap",
    ),
    term(
        "Fn::GetAZs",
        "Availability Zones of a region in which the default VPC has a subnet.",
        "intrinsic-function-reference-getavailabilityzones",
    ),
    term(
        "Fn::GetAtt",
        "Attribute of a resource.",
        "intrinsic-function-reference-getatt",
    ),
    term(
        "Fn::If",
        "The second argument if the condition is true, else the third.",
        "intrinsic-function-reference-conditions",
    ),
    term(
        "Fn::ImportValue",
        "Value that another stack of the region exports.",
        "intrinsic-function-reference-importvalue",
    ),
    term(
        "Fn::Join",
        "Texts of a list, joined by a separator.",
        "intrinsic-function-reference-join",
    ),
    term(
        "Fn::Length",
        "Number of items of a list. Requires the transform `AWS::LanguageExtensions`.",
        "intrinsic-function-reference-length",
    ),
    term(
        "Fn::Not",
        "True if the condition is false.",
        "intrinsic-function-reference-conditions",
    ),
    term(
        "Fn::Or",
        "True if one of 2 to 10 conditions is.",
        "intrinsic-function-reference-conditions",
    ),
    term(
        "Fn::Select",
        "Item of a list by its index from 0.",
        "intrinsic-function-reference-select",
    ),
    term(
        "Fn::Split",
        "Parts of a text between separators.",
        "intrinsic-function-reference-split",
    ),
    term(
        "Fn::Sub",
        "Text in which `${Name}` is replaced by a reference, and `${Name.Attribute}` by an attribute. `${!Name}` stays `${Name}`.",
        "intrinsic-function-reference-sub",
    ),
    term(
        "Fn::ToJsonString",
        "JSON text of a value. Requires the transform `AWS::LanguageExtensions`.",
        "intrinsic-function-reference-ToJsonString",
    ),
    term(
        "Fn::Transform",
        "Result of a macro for this part of the template.",
        "intrinsic-function-reference-transform",
    ),
    term(
        "Ref",
        "Value of a parameter, or the main identifier of a resource.",
        "intrinsic-function-reference-ref",
    ),
];

/// Pseudo parameters.
pub(super) const PSEUDO_PARAMETERS: &[Term] = &[
    term(
        "AWS::AccountId",
        "Account of the stack, 12 digits.",
        "pseudo-parameter-reference",
    ),
    term(
        "AWS::NoValue",
        "Removes the property when it is the result of `Fn::If`.",
        "pseudo-parameter-reference",
    ),
    term(
        "AWS::NotificationARNs",
        "ARNs of the topics that receive events of the stack.",
        "pseudo-parameter-reference",
    ),
    term(
        "AWS::Partition",
        "Partition of the region, such as `aws` or `aws-cn`.",
        "pseudo-parameter-reference",
    ),
    term(
        "AWS::Region",
        "Region of the stack, such as `eu-central-1`.",
        "pseudo-parameter-reference",
    ),
    term(
        "AWS::StackId",
        "ARN of the stack.",
        "pseudo-parameter-reference",
    ),
    term(
        "AWS::StackName",
        "Name of the stack.",
        "pseudo-parameter-reference",
    ),
    term(
        "AWS::URLSuffix",
        "Suffix of the host names of AWS, which depends on the partition.",
        "pseudo-parameter-reference",
    ),
];

/// Returns the term with a name.
pub(super) fn find_term(terms: &'static [Term], name: &str) -> Option<&'static Term> {
    terms.iter().find(|term| term.name == name)
}
