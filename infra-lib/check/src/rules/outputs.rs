//! Outputs: their keys, and values that are not text.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html>

use infra_core::codes;
use infra_core::validation::{Form, Returned, View as _};

use super::{check_keys, expect_literal_text, expect_map};
use crate::finding::Findings;
use crate::model::Model;
use crate::tree::Value;
use crate::view::Spot;

pub(super) fn check_outputs<'t>(model: &'t Model<'t>, findings: &mut Findings) {
    for entry in &model.outputs.entries {
        let name = &entry.key;
        let Some(map) = expect_map(&entry.value, &format!("the output `{name}`"), findings) else {
            continue;
        };
        check_keys(
            map,
            &["Condition", "Description", "Export", "Value"],
            "an output",
            findings,
        );
        if let Some(description) = map.get("Description") {
            expect_literal_text(description, "the description of an output", findings);
        }
        if let Some(export) = map.get("Export")
            && let Some(export) = expect_map(export, "`Export`", findings)
        {
            check_keys(export, &["Name"], "`Export`", findings);
            if export.find_entry("Name").is_none() {
                let message = format!("`Export` of the output `{name}` lacks `Name`");
                findings.add(codes::MISSING_KEY, entry.key_span, message);
            }
            if let Some(exported) = export.get("Name") {
                check_text(model, exported, "the name of an export", findings);
            }
        }
        match map.get("Value") {
            Some(value) => check_text(
                model,
                value,
                &format!("the value of the output `{name}`"),
                findings,
            ),
            None if map.find_entry("Fn::Transform").is_some() => {}
            None => {
                findings.add(
                    codes::MISSING_KEY,
                    entry.key_span,
                    format!("the output `{name}` lacks `Value`"),
                );
            }
        }
    }
}

/// Reports a value that is certainly not text.
fn check_text<'t>(model: &'t Model<'t>, value: &'t Value, owner: &str, findings: &mut Findings) {
    let spot = Spot {
        model,
        value,
        key: None,
    };
    let problem = match spot.form() {
        Form::If(then, otherwise) => {
            check_text(model, then.value, owner, findings);
            check_text(model, otherwise.value, owner, findings);
            return;
        }
        Form::List(_) | Form::Map(_) | Form::Null => value.describe(),
        Form::Ref(_, Returned::List)
        | Form::GetAtt(_, _, Returned::List)
        | Form::Function(Returned::List) => "a function that returns a list",
        _ => return,
    };
    findings
        .add(
            codes::WRONG_FORM,
            value.span,
            format!("{owner} is text, found {problem}"),
        )
        .help("join the items of a list with `Fn::Join`, or select one with `Fn::Select`");
}
