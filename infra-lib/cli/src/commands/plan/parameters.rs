//! Reads values of stack parameters from options, files, standard input and an environment variable.
//!
//! Every user of the machine can read a value on the command line, but not files, standard input and the variable of another user. Messages never
//! contain a value.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use infra_console::contract;
use infra_core::{Diagnostic, codes};
use serde_json::Value as JsonValue;

use crate::commands::files;
use crate::failure::Failure;
use crate::session::Session;

/// Parameter values by stack and parameter.
pub(super) type Values = BTreeMap<String, BTreeMap<String, String>>;

/// Options for the values of stack parameters.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct ParameterArguments {
    /// The value of a stack parameter, such as `Web:Image=notes@sha256:…`. Can be repeated. A parameter without a value keeps its current one. Use
    /// `--parameters-file` for a secret, because other users can read arguments.
    #[arg(long, value_name = "STACK:KEY=VALUE", value_parser = parameter)]
    parameters: Vec<(String, String, String)>,

    /// A JSON file with values of parameters; `-` reads standard input. Can be repeated; a later value replaces an earlier one.
    ///
    /// `{"STACK": {"KEY": "VALUE"}}` or `{"STACK:KEY": "VALUE"}`; with one `--stack`, also the forms of the AWS CLI: `[{"ParameterKey": "KEY",
    /// "ParameterValue": "VALUE"}]`, `["KEY=VALUE"]` and `{"Parameters": {"KEY": "VALUE"}}`. The variable INFRA_PARAMETERS can contain such a
    /// document too. `--parameters` replaces values of files, and those replace values of the variable.
    #[arg(long, value_name = "FILE")]
    parameters_file: Vec<PathBuf>,
}

impl ParameterArguments {
    /// Reads and merges all sources; `stacks` are the values of `--stack`.
    pub(super) fn read_values(
        &self,
        session: &mut Session<'_>,
        stacks: &[String],
    ) -> Result<Values, Failure> {
        let mut values = Values::new();
        if let Some(text) = session.variable(contract::PARAMETERS) {
            let read = parse_document(contract::PARAMETERS, text, stacks);
            merge_values(&mut values, read.map_err(|finding| *finding)?);
        }
        for path in &self.parameters_file {
            let (name, text) = if path == Path::new("-") {
                ("standard input".to_owned(), session.read_standard_input()?)
            } else {
                (
                    format!("`{}`", session.format_path(path)),
                    files::read_text(session, path)?,
                )
            };
            let read = parse_document(&name, &text, stacks);
            merge_values(&mut values, read.map_err(|finding| *finding)?);
        }
        for (stack, key, value) in &self.parameters {
            let of_stack = values.entry(stack.clone()).or_default();
            of_stack.insert(key.clone(), value.clone());
        }
        Ok(values)
    }
}

fn merge_values(values: &mut Values, read: Values) {
    for (stack, parameters) in read {
        values.entry(stack).or_default().extend(parameters);
    }
}

/// Parses a document; `name` describes its source in messages.
fn parse_document(name: &str, text: &str, stacks: &[String]) -> Result<Values, Box<Diagnostic>> {
    let document: JsonValue = serde_json::from_str(text).map_err(|error| {
        // The message of the parser could quote the document.
        let (line, column) = (error.line(), error.column());
        invalid_parameters(format!(
            "{name} is not valid JSON: line {line}, column {column}"
        ))
    })?;
    let mut values = Values::new();
    match &document {
        JsonValue::Array(list) => {
            let stack = require_one_stack(name, stacks)?;
            let of_stack = values.entry(stack).or_default();
            for (at, entry) in list.iter().enumerate() {
                let (key, value) = parse_list_entry(name, at, entry)?;
                of_stack.insert(key, value);
            }
        }
        JsonValue::Object(object) if is_single_stack_format(object) => {
            let stack = require_one_stack(name, stacks)?;
            let given = object["Parameters"].as_object().into_iter().flatten();
            for (key, value) in given {
                let of_stack = values.entry(stack.clone()).or_default();
                of_stack.insert(key.clone(), to_parameter_text(name, key, value)?);
            }
        }
        JsonValue::Object(object) => {
            for (key, value) in object {
                if let Some(parameters) = value.as_object() {
                    let of_stack = values.entry(key.clone()).or_default();
                    for (parameter, value) in parameters {
                        let path = format!("{key}.{parameter}");
                        of_stack.insert(parameter.clone(), to_parameter_text(name, &path, value)?);
                    }
                } else {
                    let Some((stack, parameter)) = split_name(key) else {
                        return Err(Box::new(invalid_parameters(format!(
                            "`{key}` in {name} is not a stack and parameter"
                        ))));
                    };
                    let of_stack = values.entry(stack).or_default();
                    of_stack.insert(parameter, to_parameter_text(name, key, value)?);
                }
            }
        }
        _ => {
            return Err(Box::new(invalid_parameters(format!(
                "{name} contains neither an object nor a list"
            ))));
        }
    }
    Ok(values)
}

/// Returns true for the format of CodePipeline and `aws cloudformation deploy`, which can have other sections besides `Parameters`.
fn is_single_stack_format(object: &serde_json::Map<String, JsonValue>) -> bool {
    let sections = ["Parameters", "Tags", "StackPolicy"];
    object.get("Parameters").is_some_and(JsonValue::is_object)
        && object.keys().all(|key| sections.contains(&key.as_str()))
}

/// Returns the selected stack, for a document that names none.
fn require_one_stack(name: &str, stacks: &[String]) -> Result<String, Box<Diagnostic>> {
    match stacks {
        [one] => Ok(one.clone()),
        _ => Err(Box::new(
            Diagnostic::new(
                codes::WRONG_PARAMETER,
                format!("{name} does not specify the stack of its parameters"),
            )
            .help(
                "choose one stack with `--stack NAME`, or write `{\"STACK\": {\"KEY\": \"VALUE\"}}`",
            ),
        )),
    }
}

/// Parses an entry of a list, in the form of CloudFormation's API or as `KEY=VALUE`.
fn parse_list_entry(
    name: &str,
    at: usize,
    entry: &JsonValue,
) -> Result<(String, String), Box<Diagnostic>> {
    let wrong = || {
        Box::new(invalid_parameters(format!(
            "entry {} of the list in {name} is not a parameter",
            at + 1
        )))
    };
    if let Some(text) = entry.as_str() {
        let (key, value) = text.split_once('=').ok_or_else(wrong)?;
        return Ok((key.to_owned(), value.to_owned()));
    }
    let key = entry["ParameterKey"].as_str().ok_or_else(wrong)?;
    // `UsePreviousValue` is the default of a parameter without a value.
    let value = entry.get("ParameterValue").ok_or_else(wrong)?;
    Ok((key.to_owned(), to_parameter_text(name, key, value)?))
}

/// Converts text, a number, a boolean or a list of texts to the string that CloudFormation expects.
fn to_parameter_text(name: &str, key: &str, value: &JsonValue) -> Result<String, Box<Diagnostic>> {
    match value {
        JsonValue::String(text) => Ok(text.clone()),
        JsonValue::Number(number) => Ok(number.to_string()),
        JsonValue::Bool(flag) => Ok(flag.to_string()),
        JsonValue::Array(list) if list.iter().all(JsonValue::is_string) => {
            let texts: Vec<&str> = list.iter().filter_map(JsonValue::as_str).collect();
            Ok(texts.join(","))
        }
        JsonValue::Null | JsonValue::Object(_) | JsonValue::Array(_) => Err(Box::new(
            invalid_parameters(format!("`{key}` in {name} is not a valid parameter value"))
                .expected("a string, a number, true or false, or a list of strings"),
        )),
    }
}

fn invalid_parameters(message: String) -> Diagnostic {
    Diagnostic::new(codes::WRONG_PARAMETER, message).help(
        "write `{\"STACK\": {\"KEY\": \"VALUE\"}}`; `infra deploy --help` shows the other forms",
    )
}

fn split_name(name: &str) -> Option<(String, String)> {
    let (stack, key) = name.split_once(':')?;
    (!stack.is_empty() && !key.is_empty()).then(|| (stack.to_owned(), key.to_owned()))
}

fn parameter(text: &str) -> Result<(String, String, String), String> {
    let read = text
        .split_once('=')
        .and_then(|(name, value)| Some((split_name(name)?, value)));
    match read {
        Some(((stack, key), value)) => Ok((stack, key, value.to_owned())),
        None => {
            Err("give the stack, the parameter and its value, such as `Web:Image=notes:1`".into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Values, parameter, parse_document};

    fn parse_values(text: &str, stacks: &[&str]) -> Result<Values, String> {
        let stacks: Vec<String> = stacks.iter().map(|&one| one.to_owned()).collect();
        parse_document("`p.json`", text, &stacks).map_err(|found| found.message)
    }

    fn expected_values(entries: &[(&str, &str, &str)]) -> Values {
        let mut values = Values::new();
        for &(stack, key, value) in entries {
            let of_stack = values.entry(stack.to_owned()).or_default();
            of_stack.insert(key.to_owned(), value.to_owned());
        }
        values
    }

    #[test]
    fn requires_stack_name_in_parameters() {
        let read = parameter("Web:Url=https://a/?b=c").unwrap();
        assert_eq!(read, ("Web".into(), "Url".into(), "https://a/?b=c".into()));
        for wrong in ["Url=x", "Web:Url", ":Url=x", "Web:=x"] {
            assert!(parameter(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn parses_every_format() {
        let expected = expected_values(&[("Web", "Image", "a=b"), ("Web", "Count", "3")]);
        for text in [
            r#"{"Web": {"Image": "a=b", "Count": 3}}"#,
            r#"{"Web:Image": "a=b", "Web:Count": "3"}"#,
            r#"[{"ParameterKey": "Image", "ParameterValue": "a=b"}, {"ParameterKey": "Count", "ParameterValue": "3"}]"#,
            r#"["Image=a=b", "Count=3"]"#,
            r#"{"Parameters": {"Image": "a=b", "Count": 3}, "Tags": {"a": "b"}}"#,
        ] {
            assert_eq!(parse_values(text, &["Web"]), Ok(expected.clone()), "{text}");
        }
        let listed = parse_values(r#"{"Web": {"Zones": ["a", "b"], "Wait": true}}"#, &[]);
        let expected = expected_values(&[("Web", "Zones", "a,b"), ("Web", "Wait", "true")]);
        assert_eq!(listed, Ok(expected));
        // `Parameters` can be the name of a stack.
        let stack = parse_values(r#"{"Parameters": {"Key": "x"}, "Web": {"Key": "y"}}"#, &[]);
        let expected = expected_values(&[("Parameters", "Key", "x"), ("Web", "Key", "y")]);
        assert_eq!(stack, Ok(expected));
    }

    #[test]
    fn reports_errors_without_values() {
        for (text, message) in [
            (
                "{\n  \"Web\": hunter2",
                "`p.json` is not valid JSON: line 2, column 10",
            ),
            (
                "\"hunter2\"",
                "`p.json` contains neither an object nor a list",
            ),
            (
                r#"{"Key": "hunter2"}"#,
                "`Key` in `p.json` is not a stack and parameter",
            ),
            (
                r#"{"Web": {"Key": {"hunter2": 1}}}"#,
                "`Web.Key` in `p.json` is not a valid parameter value",
            ),
            (
                r#"{"Web": {"Key": null}}"#,
                "`Web.Key` in `p.json` is not a valid parameter value",
            ),
            (
                r#"["hunter2"]"#,
                "entry 1 of the list in `p.json` is not a parameter",
            ),
            (
                r#"["A=b", {"ParameterKey": "Key", "UsePreviousValue": true}]"#,
                "entry 2 of the list in `p.json` is not a parameter",
            ),
        ] {
            assert_eq!(
                parse_values(text, &["Web"]),
                Err(message.to_owned()),
                "{text}"
            );
        }
        for stacks in [&[] as &[&str], &["Web", "Data"]] {
            for text in [r#"["A=b"]"#, r#"{"Parameters": {"A": "b"}}"#] {
                let message = "`p.json` does not specify the stack of its parameters";
                assert_eq!(parse_values(text, stacks), Err(message.to_owned()));
            }
        }
    }
}
