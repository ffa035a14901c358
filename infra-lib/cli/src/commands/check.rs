//! Implements `check`: checks CloudFormation templates of any origin, without the app and without AWS.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use infra_check::files::{find_templates, read_file};
use infra_check::report::{
    render_github, render_json, render_junit, render_lines, render_sarif, render_text,
};
use infra_check::{Options, Report, check_bytes, check_text, read_parameters};
use infra_console::documents::Finding;
use infra_core::{Diagnostic, codes};
use schemars::JsonSchema;

use super::files::read_text;
use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;

/// Options of `check`.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Templates, folders and cloud assemblies. `-` is standard input.
    #[arg(required = true, value_name = "FILE|FOLDER")]
    paths: Vec<PathBuf>,

    /// The form of the report. With `--quiet`, `text` has one line for each finding.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// JSON file with values of parameters, which narrow the cases that are checked.
    ///
    /// A list of `ParameterKey` and `ParameterValue` as for the AWS CLI, or a map from names to values.
    #[arg(long, value_name = "FILE")]
    parameters: Option<PathBuf>,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// Each finding with its source line
    Text,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
    /// `JUnit` XML
    Junit,
}

pub(crate) fn run_check(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let parameters = match &options.parameters {
        Some(file) => read_parameter_file(session, file)?,
        None => BTreeMap::new(),
    };
    let known = Options::default()
        .with_region(session.account.region.clone())
        .with_parameters(parameters);
    let mut reports = Vec::new();
    let mut unreadable = Vec::new();
    let mut seen = BTreeSet::new();
    for path in &options.paths {
        if path == Path::new("-") {
            let text = session.read_standard_input()?;
            reports.push(check_text("stdin", &text, &known));
            continue;
        }
        if let Err(finding) = check_path(session, path, &known, &mut seen, &mut reports) {
            unreadable.push(finding);
        }
    }
    let report: Report = reports.into_iter().collect();
    let quiet = session.output.is_quiet();
    match options.format {
        Format::Text if quiet => session.output.write_data(&render_lines(&report))?,
        Format::Text => session.output.write_data(&render_text(&report))?,
        Format::Json => session.output.write_json(&render_json(&report))?,
        Format::Sarif => session.output.write_json(&render_sarif(&report))?,
        Format::Github => session.output.write_data(&render_github(&report))?,
        Format::Junit => session.output.write_data(&render_junit(&report))?,
    }
    if !unreadable.is_empty() {
        session.output.write_findings(&unreadable)?;
        return Ok(ExitCode::Usage);
    }
    Ok(if report.errors() > 0 {
        ExitCode::Error
    } else {
        ExitCode::Ok
    })
}

/// Checks a file, or the templates of a folder, as far as they have not been checked before.
fn check_path(
    session: &Session<'_>,
    path: &Path,
    options: &Options,
    seen: &mut BTreeSet<PathBuf>,
    reports: &mut Vec<Report>,
) -> Result<(), Diagnostic> {
    let unreadable = |path: &Path, error: &dyn std::fmt::Display| {
        let message = format!("cannot read `{}`: {error}", session.format_path(path));
        Diagnostic::new(codes::FILE_NOT_USABLE, message)
    };
    let absolute = session.directory.join(path);
    let files = find_templates(&absolute).map_err(|error| unreadable(path, &error))?;
    if files.is_empty() {
        let message = format!("`{}` contains no templates", session.format_path(path));
        return Err(Diagnostic::new(codes::FILE_NOT_USABLE, message)
            .help("give the files themselves: in a folder, a template has a section `Resources`, and ends in .json, .yaml, .yml or .template"));
    }
    for file in files {
        // A file that is given twice, or also with its folder, is checked once.
        let identity = file.canonicalize();
        if !seen.insert(identity.map_err(|error| unreadable(&file, &error))?) {
            continue;
        }
        let bytes = read_file(&file).map_err(|error| unreadable(&file, &error))?;
        reports.push(check_bytes(&session.format_path(&file), &bytes, options));
    }
    Ok(())
}

fn read_parameter_file(
    session: &Session<'_>,
    file: &Path,
) -> Result<BTreeMap<String, String>, Failure> {
    let text = read_text(session, file)?;
    read_parameters(&text).map_err(|error| {
        let message = format!("cannot read `{}`: {error}", session.format_path(file));
        Diagnostic::new(codes::FILE_NOT_USABLE, message).into()
    })
}

/// The report that `check --format json` prints. [`render_json`] writes it; no value of this type exists.
#[derive(Debug, JsonSchema)]
#[schemars(
    title = "Check of templates: `check --format json`",
    description = "Findings in template files, errors first, and their numbers."
)]
#[expect(dead_code, reason = "the schema of the report, never made itself")]
pub(crate) struct Document {
    /// Version of the format of this document.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// Findings, errors first.
    findings: Vec<RangedFinding>,
    /// Numbers of findings and templates.
    summary: Summary,
}

/// A finding with the end of its range. `source` is the start.
#[derive(Debug, JsonSchema)]
#[expect(dead_code, reason = "as above")]
struct RangedFinding {
    #[schemars(flatten)]
    finding: Finding,
    /// Position after the last character.
    end: End,
}

/// Position in a file.
#[derive(Debug, JsonSchema)]
#[expect(dead_code, reason = "as above")]
struct End {
    /// Line number, starting at 1.
    line: u32,
    /// Column in characters, starting at 1.
    column: u32,
}

/// Numbers of findings and templates.
#[derive(Debug, JsonSchema)]
#[expect(dead_code, reason = "as above")]
struct Summary {
    /// Number of findings of severity `error` or `fatal`.
    errors: usize,
    /// Number of findings of severity `warning`.
    warnings: usize,
    /// Number of templates that were checked.
    templates: usize,
}
