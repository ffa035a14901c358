//! `synth` and `validate`: the stacks and the findings of the app of the project.

use std::ffi::OsString;

use infra_template::assembly::{CloudAssembly, Stack};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value as JsonValue, json};

use super::answer::Answer;
use super::capture::{self, Captured};
use super::tool::{JsonObject, Tool, Work, read, schema};
use crate::ExitCode;
use crate::app::AppSource;
use crate::child::TemporaryFolder;
use crate::commands::app::not_for_others;
use crate::failure::Failure;
use crate::session::Session;

/// Findings of an answer; an app with more has one mistake many times.
const FINDINGS: usize = 100;

pub(super) static SYNTH: Tool = Tool {
    name: "synth",
    title: "Synthesize the app",
    description: "Runs the app and returns its stacks in deployment order, with the number of resources and the size of each template, and the findings. Writes nothing into the project. An app with errors is an error of the tool, with the findings as text.",
    schema: schema::<Arguments>,
    work: Work::Project(synth),
    reads_aws: false,
};

pub(super) static VALIDATE: Tool = Tool {
    name: "validate",
    title: "Validate the app",
    description: "Runs the app and returns every finding as JSON: code, severity, message, construct path, file and line, actual and expected value, help. `valid` is false when one of them is an error.",
    schema: schema::<Arguments>,
    work: Work::Project(validate),
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

fn synth(session: &mut Session<'_>, arguments: JsonObject) -> Answer {
    let Arguments { env, set } = match read("synth", arguments) {
        Ok(arguments) => arguments,
        Err(answer) => return answer,
    };
    let run = capture::run(session, env, set, |session| {
        let source = session.app_source()?;
        if !matches!(source, AppSource::Infra { .. }) {
            let stacks: Vec<JsonValue> = session.wanted(None)?.stacks.iter().map(stack).collect();
            let note = "apps of the CDK report no findings";
            let document = json!({ "stacks": stacks, "findings": null, "note": note });
            session.output.data(&document.to_string())?;
            return Ok(ExitCode::Ok);
        }
        let out = TemporaryFolder::new()?;
        let folder = out.path().as_os_str();
        let code = pass(
            session,
            &source,
            &[
                "synth".as_ref(),
                "--json".as_ref(),
                "--out".as_ref(),
                folder,
            ],
        )?;
        // The app has written the assembly that it describes, or ended with another code.
        if code == ExitCode::Ok {
            CloudAssembly::read(out.path())?;
        }
        Ok(code)
    });
    if run.has_failed() {
        return run.into_refusal();
    }
    document(run, |document| {
        // Paths of a folder that is gone.
        document.shift_remove("directory");
        document.shift_remove("files");
    })
}

fn validate(session: &mut Session<'_>, arguments: JsonObject) -> Answer {
    let Arguments { env, set } = match read("validate", arguments) {
        Ok(arguments) => arguments,
        Err(answer) => return answer,
    };
    let run = capture::run(session, env, set, |session| {
        let source = session.app_source()?;
        if !matches!(source, AppSource::Infra { .. }) {
            return Err(not_for_others("validate").into());
        }
        pass(session, &source, &["validate".as_ref(), "--json".as_ref()])
    });
    let valid = !run.has_failed();
    document(run, |document| {
        document.insert("valid".to_owned(), valid.into());
    })
}

/// Runs a command of the app with the configuration of the session.
fn pass(
    session: &mut Session<'_>,
    source: &AppSource,
    command: &[&std::ffi::OsStr],
) -> Result<ExitCode, Failure> {
    let mut arguments: Vec<OsString> = command.iter().map(|&word| word.to_owned()).collect();
    arguments.extend(["--quiet", "--color", "never"].map(OsString::from));
    arguments.extend(session.configuration.to_arguments());
    session.pass_to_app(source, &arguments)
}

/// The JSON document that the app printed, changed and with a bounded number of findings; without one, what it said.
fn document(run: Captured, change: impl FnOnce(&mut JsonObject)) -> Answer {
    let Ok(mut document) = serde_json::from_str::<JsonObject>(&run.data) else {
        return run.into_refusal();
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
    Answer::data(JsonValue::Object(document).to_string())
}

/// The stack as the runtime of an app describes it.
fn stack(stack: &Stack) -> JsonValue {
    json!({
        "path": stack.path,
        "stackName": stack.name,
        "environment": { "account": stack.account, "region": stack.region },
        "dependencies": stack.dependencies,
        "resources": stack.template.resources().count(),
        "templateBytes": stack.template.json().len(),
    })
}
