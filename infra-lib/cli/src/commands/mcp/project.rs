//! Implements `synth` and `validate`, which return the stacks and the findings of the project's app.

use std::path::{Path, PathBuf};

use infra_template::assembly::{CloudAssembly, Stack};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value as JsonValue, json};

use super::annotations;
use super::answer::Answer;
use super::tool::{JsonObject, Tool, Work, argument_schema, parse_arguments};
use crate::ExitCode;
use crate::app::AppSource;
use crate::child::TemporaryFolder;
use crate::commands::capture::{CapturedOutput, run_app_command, run_captured};
use crate::failure::Failure;
use crate::session::Session;

/// Maximum number of findings in an answer; more usually repeat the same mistake.
const FINDINGS: usize = 100;

pub(super) static SYNTH: Tool = Tool {
    name: "synth",
    title: "Synthesize the app",
    description: "Runs the app and returns its stacks in deployment order, with the number of resources and the size of each template, and the findings. Writes nothing into the project. An app with errors is an error of the tool, with the findings as text.",
    schema: argument_schema::<Arguments>,
    work: Work::Project(run_synth),
    reads_aws: false,
};

pub(super) static VALIDATE: Tool = Tool {
    name: "validate",
    title: "Validate the app",
    description: "Runs the app and returns every finding as JSON: code, severity, message, construct path, file and line, actual and expected value, help. `valid` is false when one of them is an error. For a CDK app, and with `assembly`, returns the findings in the assembly: annotations and unanswered lookups.",
    schema: argument_schema::<Validate>,
    work: Work::Project(run_validate),
    reads_aws: false,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Arguments {
    /// The environment, such as `dev`: the name of a file in the configuration folder. Default: that of `infra mcp --env`.
    #[serde(default)]
    env: Option<String>,
    /// Values that replace those of the configuration, such as `service.desired_count=3`.
    #[serde(default)]
    set: Vec<String>,
}

fn run_synth(session: &mut Session<'_>, arguments: JsonObject) -> Answer {
    let Arguments { env, set } = match parse_arguments("synth", arguments) {
        Ok(arguments) => arguments,
        Err(answer) => return answer,
    };
    let run = run_captured(session, session.directory, env, set, |session| {
        let source = session.app_source()?;
        if !matches!(source, AppSource::Infra { .. }) {
            let stacks: Vec<JsonValue> = session
                .load_assembly(None)?
                .stacks
                .iter()
                .map(describe_stack)
                .collect();
            let note = "CDK apps do not report findings";
            let document = json!({ "stacks": stacks, "findings": null, "note": note });
            session.output.write_data(&document.to_string())?;
            return Ok(ExitCode::Ok);
        }
        let out = TemporaryFolder::new()?;
        let folder = out.path().as_os_str();
        let code = run_app_command(
            session,
            &source,
            &[
                "synth".as_ref(),
                "--json".as_ref(),
                "--out".as_ref(),
                folder,
            ],
        )?;
        // With exit code 0 the app has written the assembly that it describes.
        if code == ExitCode::Ok {
            CloudAssembly::read_directory(out.path())?;
        }
        Ok(code)
    });
    if run.has_failed() {
        return Answer::from_failed_output(run);
    }
    to_answer(run, |document| {
        // These paths are in a temporary folder.
        document.shift_remove("directory");
        document.shift_remove("files");
    })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Validate {
    /// The folder of a cloud assembly, in place of the one that the app synthesizes.
    #[serde(default)]
    assembly: Option<PathBuf>,
    /// The environment, such as `dev`: the name of a file in the configuration folder. Default: that of `infra mcp --env`.
    #[serde(default)]
    env: Option<String>,
    /// Values that replace those of the configuration, such as `service.desired_count=3`.
    #[serde(default)]
    set: Vec<String>,
}

fn run_validate(session: &mut Session<'_>, arguments: JsonObject) -> Answer {
    let asked: Validate = match parse_arguments("validate", arguments) {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let run = run_captured(
        session,
        session.directory,
        asked.env,
        asked.set,
        |session| {
            if let Some(folder) = asked.assembly {
                let folder = session.directory.join(folder);
                return validate_assembly(session, &folder);
            }
            match session.app_source()? {
                AppSource::Folder(folder) => validate_assembly(session, &folder),
                source @ AppSource::Cdk(_) => {
                    let out = tempfile::tempdir()?;
                    session.synthesize_app(&source, out.path())?;
                    validate_assembly(session, out.path())
                }
                source @ AppSource::Infra { .. } => {
                    run_app_command(session, &source, &["validate".as_ref(), "--json".as_ref()])
                }
            }
        },
    );
    let valid = !run.has_failed();
    to_answer(run, |document| {
        document.insert("valid".to_owned(), valid.into());
    })
}

/// Prints the findings in an assembly, after checking that the assembly and its templates can be read.
fn validate_assembly(session: &mut Session<'_>, folder: &Path) -> Result<ExitCode, Failure> {
    let assembly = CloudAssembly::read_directory(folder)?;
    let findings = annotations::read_findings(folder).map_err(|finding| *finding)?;
    let is_error = |finding: &JsonValue| {
        let severity = finding["severity"].as_str();
        matches!(severity, Some("error" | "fatal"))
    };
    let code = if findings.iter().any(is_error) {
        ExitCode::Error
    } else {
        ExitCode::Ok
    };
    let stacks: Vec<&str> = assembly.stacks.iter().map(|stack| &*stack.path).collect();
    let document = json!({ "stacks": stacks, "findings": findings });
    session.output.write_data(&document.to_string())?;
    Ok(code)
}

/// Returns the template of a stack of the app, for a resource.
#[expect(
    clippy::needless_pass_by_value,
    reason = "work of the server has this form"
)]
pub(super) fn read_template(session: &mut Session<'_>, arguments: JsonObject) -> Answer {
    let name = arguments.get("stack").and_then(JsonValue::as_str);
    let name = name.unwrap_or_default().to_owned();
    let run = run_captured(session, session.directory, None, Vec::new(), |session| {
        let assembly = session.load_assembly(None)?;
        let stack = assembly.select_stacks(&[name])?;
        let templates = stack.iter().map(|stack| stack.template.json());
        session.output.write_data(&templates.collect::<String>())?;
        Ok(ExitCode::Ok)
    });
    Answer::from_output(run)
}

/// Converts the JSON document that the app printed to an answer, after applying `change` and limiting the number of findings. Without a document, the
/// messages of the app become the answer.
fn to_answer(run: CapturedOutput, change: impl FnOnce(&mut JsonObject)) -> Answer {
    let Ok(mut document) = serde_json::from_str::<JsonObject>(&run.data) else {
        return Answer::from_failed_output(run);
    };
    change(&mut document);
    for key in ["findings", "acknowledged"] {
        let Some(list) = document.get_mut(key).and_then(JsonValue::as_array_mut) else {
            continue;
        };
        let left_out = list.len().saturating_sub(FINDINGS);
        if left_out > 0 {
            list.truncate(FINDINGS);
            document.insert(format!("{key}LeftOut"), left_out.into());
        }
    }
    Answer::from_text(JsonValue::Object(document).to_string())
}

/// Describes a stack in the same form as the runtime of an app.
fn describe_stack(stack: &Stack) -> JsonValue {
    json!({
        "path": stack.path,
        "stackName": stack.name,
        "environment": { "account": stack.account, "region": stack.region },
        "dependencies": stack.dependencies,
        "resources": stack.template.resources().count(),
        "templateBytes": stack.template.json().len(),
    })
}
