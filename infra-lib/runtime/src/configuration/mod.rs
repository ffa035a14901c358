//! Loads the configuration of an app: one YAML file per environment, with `--set` on top, parsed once into the type of the app.
//!
//! Everything is checked against the JSON Schema of that type before it is parsed, so that one run reports all mistakes, each with file, line,
//! allowed values and the nearest name.

mod document;
mod path;
mod problem;
mod schema;
mod settings;

use std::path::{Path, PathBuf};

use infra_console::{ConfigurationArguments, Variables, show_path};
use infra_core::{Diagnostic, codes, find_nearest};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value as JsonValue;

use document::Document;
use path::{Path as KeyPath, Step};
use problem::Problem;
use schema::Schema;

/// The configuration of an app for one environment. Implementors name the folder of their YAML files; the derived JSON Schema checks the files before
/// they are deserialized.
///
/// Give the type `#[serde(deny_unknown_fields)]`, so that a misspelt key is an error, and choose field types that exclude invalid values. Mistakes
/// are then reported with file and line.
pub trait Configuration: DeserializeOwned + JsonSchema {
    /// Folder with one YAML file per environment, such as `prod.yaml` for `--env prod`. Usually `concat!(env!("CARGO_MANIFEST_DIR"), "/config")`.
    const FOLDER: &'static str;

    /// Environment that is used without `--env`. Default: `dev`.
    const DEFAULT_ENVIRONMENT: &'static str = "dev";

    /// Keys that are read from an environment variable if neither the file nor `--set` has them, as pairs of variable and dotted key:
    /// `("CDK_DEFAULT_ACCOUNT", "account")`. Default: none.
    const FROM_VARIABLES: &'static [(&'static str, &'static str)] = &[];
}

/// The configuration that the command line selects.
pub(crate) struct Request<'a> {
    pub(crate) arguments: &'a ConfigurationArguments,
    pub(crate) variables: &'a Variables,
    pub(crate) directory: &'a Path,
}

/// Returns the JSON Schema of a configuration.
pub(crate) fn schema_of<C: Configuration>() -> JsonValue {
    schemars::schema_for!(C).to_value()
}

/// Reads the file of the environment, applies `--set` and variables, and checks and parses the result.
pub(crate) fn load_configuration<C: Configuration>(
    request: &Request<'_>,
) -> Result<C, Vec<Diagnostic>> {
    let schema = Schema::new(schema_of::<C>());
    let mut document = read_environment::<C>(request).map_err(|finding| vec![*finding])?;
    let mut findings = Vec::new();
    for setting in &request.arguments.set {
        if let Err(finding) = settings::apply_setting(&mut document, &schema, setting) {
            findings.push(*finding);
        }
    }
    for (variable, key) in C::FROM_VARIABLES {
        let path = KeyPath::parse_key(key);
        if let Some(value) = request.variables.find_text(variable)
            && path.find_value(&document.value).is_none()
        {
            let origin = format!("set by the environment variable `{variable}`");
            settings::put_setting(&mut document, &schema, path, value, origin);
        }
    }
    let problems = schema.check_value(&document.value);
    findings.extend(problems.iter().map(|problem| problem.to_finding(&document)));
    if !findings.is_empty() {
        return Err(findings);
    }
    parse_configuration(&document).map_err(|problem| vec![problem.to_finding(&document)])
}

/// Deserializes the document. Types can refuse values that the schema cannot exclude.
fn parse_configuration<C: Configuration>(document: &Document) -> Result<C, Problem> {
    serde_path_to_error::deserialize(&document.value).map_err(|error| {
        let steps = error.path().iter().filter_map(|segment| match segment {
            serde_path_to_error::Segment::Seq { index } => Some(Step::Item(*index)),
            serde_path_to_error::Segment::Map { key } => Some(Step::Key(key.clone())),
            _ => None,
        });
        Problem::new_rejected(steps.collect(), &error.inner().to_string())
    })
}

fn read_environment<C: Configuration>(request: &Request<'_>) -> Result<Document, Box<Diagnostic>> {
    let environment = request
        .arguments
        .env
        .as_deref()
        .unwrap_or(C::DEFAULT_ENVIRONMENT);
    let folder = match &request.arguments.config {
        Some(folder) => request.directory.join(folder),
        None => PathBuf::from(C::FOLDER),
    };
    let known = list_environments(&folder);
    if !known.iter().any(|name| name == environment) {
        return Err(Box::new(unknown_environment(
            environment,
            &known,
            &show_path(request.directory, &folder),
        )));
    }
    let path = folder.join(format!("{environment}.yaml"));
    let file = show_path(request.directory, &path);
    let text = std::fs::read_to_string(&path).map_err(|error| {
        Diagnostic::new(
            codes::MALFORMED_CONFIGURATION,
            format!("cannot read `{file}`: {error}"),
        )
    })?;
    Document::parse_yaml(file, &text)
}

/// Returns the names of the environments that have a file, sorted.
fn list_environments(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            name.strip_suffix(".yaml").map(str::to_owned)
        })
        .collect();
    names.sort();
    names
}

fn unknown_environment(name: &str, known: &[String], folder: &str) -> Diagnostic {
    let found = Diagnostic::new(
        codes::UNKNOWN_ENVIRONMENT,
        format!("unknown environment `{name}`: `{folder}/{name}.yaml` does not exist"),
    );
    if known.is_empty() {
        return found.help(format!(
            "`{folder}` contains no environments: add a `.yaml` file, or set another folder with `--config`"
        ));
    }
    let found = found.expected(problem::one_of(known.iter().map(String::as_str)));
    match find_nearest(name, known.iter().map(String::as_str)) {
        Some(meant) => found.help(format!("did you mean `--env {meant}`?")),
        None => found,
    }
}
