//! The arguments of every intrinsic function.

use infra_core::codes;

use super::values::Walk;
use crate::function::{
    CONDITION, FIND_IN_MAP, GET_ATT, IF, REF, SUB, TRANSFORM, find_function, placeholders,
};
use crate::tree::{Call, Kind, Value, condition_name};
use infra_core::validation::Returned;

/// Minimum and maximum number of conditions of `Fn::And` and `Fn::Or`.
const CONDITIONS: std::ops::RangeInclusive<usize> = 2..=10;

/// Maximum number of blocks that `Fn::Cidr` makes.
const CIDR_BLOCKS: u32 = 256;

pub(super) fn check_arguments<'t>(walk: &mut Walk<'t, '_>, value: &'t Value, call: &'t Call) {
    let argument = &call.argument;
    match call.name.as_str() {
        REF | CONDITION => expect_name(walk, call),
        GET_ATT => check_get_att(walk, value, argument),
        SUB => check_sub(walk, value, argument),
        IF => check_if(walk, value, argument),
        FIND_IN_MAP => check_find_in_map(walk, value, argument),
        "Fn::Join" => check_join(walk, value, argument),
        "Fn::Split" => {
            if let Some([delimiter, source]) =
                expect_items(walk, value, argument, "Fn::Split", 2..=2)
            {
                expect_literal(walk, delimiter, "the delimiter of `Fn::Split`");
                expect_text(walk, source, "the source of `Fn::Split`");
            }
        }
        "Fn::Select" => check_select(walk, value, argument),
        "Fn::Cidr" => check_cidr(walk, value, argument),
        "Fn::Equals" => {
            expect_items(walk, value, argument, "Fn::Equals", 2..=2);
        }
        "Fn::Not" => {
            expect_items(walk, value, argument, "Fn::Not", 1..=1);
        }
        name @ ("Fn::And" | "Fn::Or") => {
            expect_items(walk, value, argument, name, CONDITIONS);
        }
        "Fn::Base64" => expect_text(walk, argument, "the argument of `Fn::Base64`"),
        "Fn::GetAZs" => check_zones(walk, argument),
        "Fn::ImportValue" => check_import(walk, argument),
        "Fn::GetStackOutput" => check_stack_output(walk, value, argument),
        "Fn::ToJsonString" => expect_structure(walk, argument),
        "Fn::Length" => expect_list(walk, argument, "the argument of `Fn::Length`"),
        TRANSFORM => check_transform(walk, argument),
        _ => {}
    }
}

fn report(walk: &mut Walk<'_, '_>, value: &Value, message: String) {
    walk.findings
        .add(codes::INVALID_FUNCTION, value.span, message);
}

/// Checks the map of `Fn::GetStackOutput`.
///
/// AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html>
fn check_stack_output<'t>(walk: &mut Walk<'t, '_>, value: &Value, argument: &'t Value) {
    const REQUIRED: [&str; 2] = ["StackName", "OutputName"];
    const KNOWN: [&str; 4] = ["StackName", "OutputName", "Region", "RoleArn"];
    let Some(map) = argument.as_map() else {
        let message = format!(
            "`Fn::GetStackOutput` takes a map, found {}",
            argument.describe()
        );
        report(walk, argument, message);
        return;
    };
    for entry in &map.entries {
        if KNOWN.contains(&entry.key.as_str()) {
            let owner = format!("`{}` of `Fn::GetStackOutput`", entry.key);
            expect_text(walk, &entry.value, &owner);
        } else if entry.key != TRANSFORM {
            let message = format!("`Fn::GetStackOutput` has no key `{}`", entry.key);
            walk.findings
                .add(codes::INVALID_FUNCTION, entry.key_span, message)
                .suggest(&entry.key, KNOWN);
        }
    }
    for name in REQUIRED {
        if map.find_entry(name).is_none() && map.find_entry(TRANSFORM).is_none() {
            report(
                walk,
                value,
                format!("`Fn::GetStackOutput` requires `{name}`"),
            );
        }
    }
}

fn expect_structure(walk: &mut Walk<'_, '_>, argument: &Value) {
    if !matches!(argument.kind, Kind::Map(_) | Kind::List(_) | Kind::Call(_)) {
        let message = format!(
            "`Fn::ToJsonString` takes a map or a list, found {}",
            argument.describe()
        );
        report(walk, argument, message);
    }
}

fn expect_name<'t>(walk: &mut Walk<'t, '_>, call: &'t Call) {
    let argument = &call.argument;
    // With the language extensions, names can be composed.
    let composed = argument.as_call().is_some() && walk.model.transforms.language_extensions;
    if argument.as_text().is_none() && !composed && !walk.model.transforms.macros {
        report(
            walk,
            argument,
            format!(
                "`{}` takes a name, found {}",
                call.name,
                argument.describe()
            ),
        );
    }
}

/// Returns the items of a list argument, or reports its form or length.
fn expect_items<'t>(
    walk: &mut Walk<'t, '_>,
    value: &Value,
    argument: &'t Value,
    name: &str,
    count: std::ops::RangeInclusive<usize>,
) -> Option<&'t [Value]> {
    let Some(items) = argument.as_list() else {
        report(
            walk,
            argument,
            format!("`{name}` takes a list, found {}", argument.describe()),
        );
        return None;
    };
    if count.contains(&items.len()) {
        return Some(items);
    }
    let (min, max) = (count.start(), count.end());
    let wanted = if min == max {
        min.to_string()
    } else {
        format!("{min} to {max}")
    };
    let plural = if *max == 1 { "" } else { "s" };
    report(
        walk,
        value,
        format!(
            "`{name}` takes {wanted} argument{plural}, found {}",
            items.len()
        ),
    );
    None
}

/// Reports a value that is certainly not text.
fn expect_text<'t>(walk: &mut Walk<'t, '_>, value: &'t Value, owner: &str) {
    let problem = match &value.kind {
        Kind::List(_) | Kind::Map(_) | Kind::Null => value.describe(),
        Kind::Call(_) if returned(walk, value) == Returned::List => {
            "a function that returns a list"
        }
        _ => return,
    };
    report(walk, value, format!("{owner} is text, found {problem}"));
}

fn expect_literal<'t>(walk: &mut Walk<'t, '_>, value: &'t Value, owner: &str) {
    let composed = value.as_call().is_some() && walk.model.transforms.language_extensions;
    if value.scalar_text().is_none() && !composed {
        report(
            walk,
            value,
            format!("{owner} is literal text, found {}", value.describe()),
        );
    }
}

/// Reports a value that is certainly not a list.
fn expect_list<'t>(walk: &mut Walk<'t, '_>, value: &'t Value, owner: &str) {
    let problem = match &value.kind {
        Kind::List(_) => return,
        Kind::Call(_) if returned(walk, value) == Returned::Text => "a function that returns text",
        Kind::Call(_) => return,
        _ => value.describe(),
    };
    report(walk, value, format!("{owner} is a list, found {problem}"));
}

/// Returns the type of the value that a function returns.
fn returned(walk: &Walk<'_, '_>, value: &Value) -> Returned {
    let Some(call) = value.as_call() else {
        return Returned::Unknown;
    };
    if let Some(name) = value.as_ref_name() {
        return walk.model.returned_by_ref(name);
    }
    if call.name == GET_ATT {
        let read = crate::view::read_attribute(&call.argument);
        return read.map_or(Returned::Unknown, |(name, attribute)| {
            walk.model.returned_by_get_att(name, attribute)
        });
    }
    find_function(&call.name).map_or(Returned::Unknown, |function| function.returned)
}

fn check_get_att<'t>(walk: &mut Walk<'t, '_>, value: &'t Value, argument: &'t Value) {
    match &argument.kind {
        Kind::Text(text) if text.contains('.') => {}
        Kind::Text(text) => {
            walk.findings
                .add(
                    codes::INVALID_FUNCTION,
                    argument.span,
                    format!("`Fn::GetAtt` of `{text}` lacks the name of an attribute"),
                )
                .help(format!(
                    "write `{text}.Attribute`, or `Ref` for the resource itself"
                ));
        }
        _ => {
            if let Some([name, attribute]) = expect_items(walk, value, argument, GET_ATT, 2..=2) {
                expect_literal(walk, name, "the resource of `Fn::GetAtt`");
                expect_text(walk, attribute, "the attribute of `Fn::GetAtt`");
            }
        }
    }
}

fn check_sub<'t>(walk: &mut Walk<'t, '_>, value: &'t Value, argument: &'t Value) {
    let (text, variables) = match &argument.kind {
        Kind::Text(text) => (text.as_str(), None),
        Kind::List(_) => {
            let Some([text, variables]) = expect_items(walk, value, argument, SUB, 2..=2) else {
                return;
            };
            expect_literal(walk, text, "the template of `Fn::Sub`");
            if variables.as_map().is_none() && variables.as_call().is_none() {
                report(
                    walk,
                    variables,
                    format!(
                        "the variables of `Fn::Sub` are a map, found {}",
                        variables.describe()
                    ),
                );
            }
            (text.as_text().unwrap_or_default(), variables.as_map())
        }
        Kind::Call(_) if walk.model.transforms.language_extensions => return,
        Kind::Number(_) | Kind::Bool(_) => return,
        _ => {
            report(
                walk,
                argument,
                format!(
                    "`Fn::Sub` takes text, or a list of text and variables, found {}",
                    argument.describe()
                ),
            );
            return;
        }
    };
    for name in placeholders(text) {
        if name.is_empty() {
            report(
                walk,
                argument,
                "a placeholder of `Fn::Sub` is empty: write `${!}` for a literal `${}`".to_owned(),
            );
        }
    }
    for variable in variables.map_or(&[][..], |map| &map.entries) {
        if !placeholders(text).any(|name| name == variable.key) && !text.is_empty() {
            let message = format!("the variable `{}` of `Fn::Sub` is not used", variable.key);
            walk.findings
                .add(codes::UNUSED_ENTRY, variable.key_span, message);
        }
    }
}

fn check_if<'t>(walk: &mut Walk<'t, '_>, value: &'t Value, argument: &'t Value) {
    if let Some([condition, _, _]) = expect_items(walk, value, argument, IF, 3..=3) {
        let composed = condition.as_call().is_some() && walk.model.transforms.language_extensions;
        if condition_name(condition).is_none() && !composed && !walk.model.transforms.macros {
            walk.findings
                .add(
                    codes::INVALID_FUNCTION,
                    condition.span,
                    format!(
                        "the first argument of `Fn::If` is the name of a condition, found {}",
                        condition.describe()
                    ),
                )
                .help("define the condition in the section `Conditions`, and give its name");
        }
    }
}

fn check_find_in_map<'t>(walk: &mut Walk<'t, '_>, value: &'t Value, argument: &'t Value) {
    let Some(items) = expect_items(walk, value, argument, FIND_IN_MAP, 3..=4) else {
        return;
    };
    for (item, owner) in items
        .iter()
        .zip(["the mapping", "the first key", "the second key"])
    {
        expect_text(walk, item, &format!("{owner} of `Fn::FindInMap`"));
    }
    if let Some(default) = items.get(3) {
        let has_default = default
            .as_map()
            .is_some_and(|map| map.get("DefaultValue").is_some());
        if !has_default {
            report(
                walk,
                default,
                "the fourth argument of `Fn::FindInMap` is a map with `DefaultValue`".to_owned(),
            );
        } else if !walk.model.transforms.language_extensions && !walk.model.transforms.macros {
            walk.findings
                .add(codes::FUNCTION_NOT_ALLOWED, default.span, "`DefaultValue` of `Fn::FindInMap` requires the transform `AWS::LanguageExtensions`")
                .help("add `Transform: AWS::LanguageExtensions`");
        }
    }
}

fn check_join<'t>(walk: &mut Walk<'t, '_>, value: &'t Value, argument: &'t Value) {
    if let Some([delimiter, list]) = expect_items(walk, value, argument, "Fn::Join", 2..=2) {
        expect_literal(walk, delimiter, "the delimiter of `Fn::Join`");
        expect_list(walk, list, "the second argument of `Fn::Join`");
        for item in list.as_list().unwrap_or_default() {
            if matches!(item.kind, Kind::List(_) | Kind::Map(_)) {
                report(
                    walk,
                    item,
                    format!("an item of `Fn::Join` is text, found {}", item.describe()),
                );
            }
        }
    }
}

fn check_select<'t>(walk: &mut Walk<'t, '_>, value: &'t Value, argument: &'t Value) {
    let Some([index, list]) = expect_items(walk, value, argument, "Fn::Select", 2..=2) else {
        return;
    };
    expect_list(walk, list, "the second argument of `Fn::Select`");
    let Some(written) = index.scalar_text() else {
        expect_text(walk, index, "the index of `Fn::Select`");
        return;
    };
    let Ok(number) = written.parse::<usize>() else {
        report(
            walk,
            index,
            format!("the index of `Fn::Select` is a number from 0, found `{written}`"),
        );
        return;
    };
    if let Some(items) = list.as_list()
        && number >= items.len()
        && items.iter().all(|item| item.as_call().is_none())
    {
        report(
            walk,
            index,
            format!(
                "the index {number} of `Fn::Select` is beyond the {} items of its list",
                items.len()
            ),
        );
    }
}

fn check_zones<'t>(walk: &mut Walk<'t, '_>, argument: &'t Value) {
    expect_text(walk, argument, "the argument of `Fn::GetAZs`");
    let Some(text) = argument.as_text() else {
        return;
    };
    if !text.is_empty() && !is_region(text) {
        let message =
            format!("the argument of `Fn::GetAZs` is the name of a Region, found `{text}`");
        walk.findings
            .add(codes::INVALID_FUNCTION, argument.span, message)
            .help("write empty text for the Region of the stack, or a name such as `eu-west-1`");
    }
}

/// Returns `true` for text with the form of the name of a Region, such as `us-gov-east-1`.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let Some((number, words)) = parts.split_last() else {
        return false;
    };
    let is_word = |word: &&str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number && words.len() >= 2 && words.iter().all(is_word)
}

/// Checks the name of an export, which cannot depend on a resource or another stack.
///
/// AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html>
fn check_import<'t>(walk: &mut Walk<'t, '_>, argument: &'t Value) {
    expect_text(walk, argument, "the argument of `Fn::ImportValue`");
    let Some(call) = argument.as_call() else {
        return;
    };
    let depends = [GET_ATT, "Fn::ImportValue", "Fn::GetStackOutput"];
    if depends.contains(&call.name.as_str()) {
        let message = format!("`Fn::ImportValue` cannot contain `{}`", call.name);
        walk.findings
            .add(codes::INVALID_FUNCTION, argument.span, message)
            .help("the name of an export cannot depend on a resource or another stack");
    }
}

fn check_cidr<'t>(walk: &mut Walk<'t, '_>, value: &'t Value, argument: &'t Value) {
    let Some(items) = expect_items(walk, value, argument, "Fn::Cidr", 2..=3) else {
        return;
    };
    if let Some(count) = items.get(1)
        && let Some(written) = count.scalar_text()
        && !written
            .parse::<u32>()
            .is_ok_and(|count| (1..=CIDR_BLOCKS).contains(&count))
    {
        report(
            walk,
            count,
            format!("`Fn::Cidr` makes 1 to {CIDR_BLOCKS} blocks, found `{written}`"),
        );
    }
}

fn check_transform<'t>(walk: &mut Walk<'t, '_>, argument: &'t Value) {
    let is_named = |value: &Value| value.as_map().is_some_and(|map| map.get("Name").is_some());
    // Examples of AWS have a list of macros.
    let items = argument.as_list().unwrap_or(std::slice::from_ref(argument));
    if items.is_empty() || !items.iter().all(is_named) {
        report(
            walk,
            argument,
            "`Fn::Transform` takes a map with the `Name` of a macro".to_owned(),
        );
    }
}
