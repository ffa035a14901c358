//! Implements `outputs`: prints the outputs of deployed stacks for programs and shells.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use infra_core::{Diagnostic, codes};
use infra_deploy::operate::outputs::{StackOutputs, read_outputs};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value as JsonValue, json};

use super::confirm::Uncancellable;
use crate::ExitCode;
use crate::failure::Failure;
use crate::progress::{DriveContext, ProgressArguments};
use crate::session::Session;
use infra_console::documents::to_json;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Prints outputs of this stack only. Can be repeated. Default: every stack that is deployed.
    #[arg(long, value_name = "NAME")]
    stack: Vec<String>,

    /// The format in which outputs are printed.
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    format: Format,

    /// Prints JSON, which is the default: schemas/outputs.schema.json.
    #[arg(long, conflicts_with = "format")]
    json: bool,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,
}

/// The format of outputs.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// An object for each stack, as in the outputs file of `deploy`: schemas/outputs.schema.json.
    Json,
    /// `export SITE_URL='…'` for a shell: `eval "$(… outputs --format env)"`.
    Env,
    /// `SITE_URL="…"` for programs that read a `.env` file.
    Dotenv,
    /// `SiteUrl=…` for a later step of a workflow: `… >> "$GITHUB_OUTPUT"`.
    Github,
}

pub(crate) fn run_outputs(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let assembly = session.load_assembly(options.assembly.as_deref())?;
    session.with_cloud(async |session, cloud| {
        let operation = read_outputs(cloud.clone(), assembly.clone(), options.stack.clone());
        let driving = DriveContext {
            arguments: ProgressArguments::default(),
            cloud: &*cloud,
            interruptible: &Uncancellable,
            questions: None,
        };
        let stacks = session.drive_operation(operation, driving).await?;
        if stacks.is_empty() {
            session
                .output
                .write_status("no stack of this app is deployed\n")?;
        }
        match options.format {
            Format::Json => session
                .output
                .write_json(&to_json(&Document::new(&stacks)))?,
            Format::Env => {
                let text = format_lines(
                    &merge_outputs(&stacks, &to_variable_name)?,
                    |name, value| format!("export {name}='{}'", value.replace('\'', r"'\''")),
                );
                session.output.write_data(&text)?;
            }
            Format::Dotenv => {
                let text = format_lines(
                    &merge_outputs(&stacks, &to_variable_name)?,
                    |name, value| format!("{name}=\"{}\"", escape_value(value)),
                );
                session.output.write_data(&text)?;
            }
            Format::Github => {
                let text = format_lines(
                    &merge_outputs(&stacks, &str::to_owned)?,
                    format_github_output,
                );
                session.output.write_data(&text)?;
            }
        }
        Ok(ExitCode::Ok)
    })
}

/// Outputs of stacks, by the name of the stack in CloudFormation and the name of the output.
#[derive(Debug, JsonSchema, Serialize)]
#[schemars(title = "Outputs: `outputs --json`, and the outputs file of `deploy`")]
pub(super) struct Document(
    /// Outputs by stack, in deployment order.
    #[schemars(with = "BTreeMap<String, BTreeMap<String, String>>")]
    serde_json::Map<String, JsonValue>,
);

impl Document {
    fn new(stacks: &[StackOutputs]) -> Self {
        let stacks = stacks.iter().map(|stack| {
            let outputs = stack.outputs.iter();
            let outputs = outputs.map(|output| (output.name.clone(), json!(output.value)));
            (stack.stack.clone(), JsonValue::Object(outputs.collect()))
        });
        Self(stacks.collect())
    }
}

/// Merges the outputs of all stacks by name. Fails if two stacks publish different values under one name.
fn merge_outputs(
    stacks: &[StackOutputs],
    name_of: &dyn Fn(&str) -> String,
) -> Result<BTreeMap<String, String>, Failure> {
    let mut all: BTreeMap<String, (&StackOutputs, String)> = BTreeMap::new();
    for stack in stacks {
        for output in &stack.outputs {
            let name = name_of(&output.name);
            match all.get(&name) {
                Some((first, value)) if *value != output.value => {
                    return Err(Diagnostic::new(
                        codes::OUTPUT_NAME_CLASH,
                        format!(
                            "stacks `{}` and `{}` both have an output `{name}`",
                            first.path, stack.path
                        ),
                    )
                    .help("choose one stack with `--stack NAME`, or use `--format json`")
                    .into());
                }
                Some(_) => {}
                None => {
                    all.insert(name, (stack, output.value.clone()));
                }
            }
        }
    }
    Ok(all
        .into_iter()
        .map(|(name, (_, value))| (name, value))
        .collect())
}

fn format_lines(outputs: &BTreeMap<String, String>, line: impl Fn(&str, &str) -> String) -> String {
    let lines = outputs.iter().map(|(name, value)| line(name, value) + "\n");
    lines.collect()
}

/// Converts an output name to a shell variable: `SiteUrl` → `SITE_URL`.
fn to_variable_name(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let begins_a_word = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                before.is_ascii_lowercase()
                    || before.is_ascii_digit() && after.is_some_and(char::is_ascii_lowercase)
            });
        if begins_a_word {
            out.push('_');
        }
        out.push(letter.to_ascii_uppercase());
    }
    out
}

fn escape_value(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for letter in value.chars() {
        match letter {
            '"' | '\\' | '$' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push_str("\\n"),
            other => out.push(other),
        }
    }
    out
}

/// Formats an output for GitHub Actions. A value of several lines is enclosed by a delimiter that does not occur in it.
/// <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings>
fn format_github_output(name: &str, value: &str) -> String {
    if !value.contains('\n') {
        return format!("{name}={value}");
    }
    let mut mark = "END".to_owned();
    while value.lines().any(|line| line == mark) {
        mark.push('_');
    }
    let mut text = format!("{name}<<{mark}\n{value}");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let _ = write!(text, "{mark}");
    text
}

#[cfg(test)]
mod tests {
    use super::{escape_value, format_github_output, to_variable_name};

    #[test]
    fn converts_names_to_shell_variables() {
        assert_eq!(to_variable_name("SiteUrl"), "SITE_URL");
        assert_eq!(to_variable_name("URL"), "URL");
        assert_eq!(to_variable_name("Db2Host"), "DB2_HOST");
        assert_eq!(to_variable_name("Key507994CD"), "KEY507994CD");
    }

    #[test]
    fn escapes_values() {
        assert_eq!(escape_value("a\"b\\c$d\ne"), r#"a\"b\\c\$d\ne"#);
        assert_eq!(
            format_github_output("Key", "one\nEND\ntwo"),
            "Key<<END_\none\nEND\ntwo\nEND_"
        );
    }
}
