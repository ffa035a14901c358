//! The sections of a template.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html>

use infra_core::codes;

use super::{check_keys, expect_map};
use crate::finding::Findings;
use crate::model::Model;
use crate::tree::{Kind, Value};

const SECTIONS: [&str; 11] = [
    "AWSTemplateFormatVersion",
    "Conditions",
    "Description",
    "Hooks",
    "Mappings",
    "Metadata",
    "Outputs",
    "Parameters",
    "Resources",
    "Rules",
    "Transform",
];

/// Section that SAM adds.
const GLOBALS: &str = "Globals";

/// The only version of the format.
const VERSION: &str = "2010-09-09";

pub(super) fn check_sections<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    let mut known = SECTIONS.to_vec();
    if model.transforms.serverless || model.transforms.macros {
        known.push(GLOBALS);
    }
    if !model.transforms.macros {
        check_keys(model.sections, &known, "a template", findings);
    }
    for name in [
        "Conditions",
        "Mappings",
        "Metadata",
        "Outputs",
        "Parameters",
        "Resources",
        "Rules",
    ] {
        if let Some(section) = model.sections.get(name) {
            expect_map(section, &format!("the section `{name}`"), findings);
        }
    }
    if let Some(version) = model.sections.get("AWSTemplateFormatVersion")
        && version.as_text() != Some(VERSION)
    {
        findings
            .add(
                codes::WRONG_FORM,
                version.span,
                format!("the only template format version is `{VERSION}`"),
            )
            .help(format!(
                "write `AWSTemplateFormatVersion: '{VERSION}'`, or omit it"
            ));
    }
    if let Some(description) = model.sections.get("Description") {
        super::expect_literal_text(description, "the description of a template", findings);
    }
    check_transform(model, findings);
    check_resources(model, findings);
}

fn check_transform<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    let Some(transform) = model.sections.get("Transform") else {
        return;
    };
    let is_name = |value: &Value| match &value.kind {
        Kind::Text(_) => true,
        Kind::Map(map) => map.get("Name").is_some_and(|name| name.as_text().is_some()),
        _ => false,
    };
    let items = transform
        .as_list()
        .unwrap_or(std::slice::from_ref(transform));
    for item in items.iter().filter(|item| !is_name(item)) {
        let message = format!(
            "a transform is the name of a macro, found {}",
            item.describe()
        );
        findings.add(codes::WRONG_FORM, item.span, message);
    }
}

fn check_resources<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    let section = model.sections.find_entry("Resources");
    let is_empty = section.is_none_or(|entry| {
        entry
            .value
            .as_map()
            .is_some_and(|map| map.entries.is_empty())
    });
    if !is_empty || model.transforms.macros {
        return;
    }
    let span = section.map_or_else(|| first_key(model), |entry| entry.key_span);
    findings
        .add(
            codes::MISSING_KEY,
            span,
            "a template has at least one resource",
        )
        .help("add the section `Resources` with one resource");
}

fn first_key(model: &Model<'_>) -> infra_yaml::Span {
    let first = model.sections.entries.first();
    first.map_or(model.root.span, |entry| entry.key_span)
}
