//! Implements `validate` with policies of an organisation: the app synthesizes, and the tool evaluates the rules over the assembly.

use std::ffi::OsString;
use std::path::Path;

use clap::Parser;
use infra_console::app_arguments::ValidateArguments;
use infra_console::documents::{ValidationDocument, render_sarif, to_json};
use infra_console::{ConfigurationArguments, GlobalArguments, contract};
use infra_core::{Diagnostic, Severity, codes};
use serde_json::Value as JsonValue;

use crate::ExitCode;
use crate::app::AppSource;
use crate::failure::Failure;
use crate::policy::PolicyArguments;
use crate::session::{FINDINGS, Session};

/// Options of `validate`, as the app parses them.
#[derive(Debug, Parser)]
#[command(
    name = "infra validate",
    disable_help_flag = true,
    no_binary_name = true
)]
pub(super) struct Options {
    #[command(flatten)]
    validate: ValidateArguments,

    #[command(flatten)]
    configuration: ConfigurationArguments,

    #[command(flatten)]
    global: GlobalArguments,
}

/// Parses the options if they or the environment name a policy. Returns `None` for invalid options, which the app, or `validate` for a CDK app, then
/// refuses.
pub(super) fn parse_policy_options(session: &Session<'_>, words: &[OsString]) -> Option<Options> {
    let options = Options::try_parse_from(words).ok()?;
    let named = !options.validate.policy.is_empty() || session.variable(contract::POLICY).is_some();
    named.then_some(options)
}

/// Runs `validate` with policies.
pub(super) fn validate_with_policies(
    session: &mut Session<'_>,
    options: Options,
) -> Result<ExitCode, Failure> {
    let Options {
        validate: options,
        configuration,
        global,
    } = options;
    if !configuration.is_empty() {
        session.configuration = configuration;
    }
    if global.quiet {
        session.output.set_quiet();
    }
    let assembly = session.load_assembly(None)?;
    let own = read_app_findings(session)?;
    let policy =
        PolicyArguments::from_folders(options.policy).check_assembly(session, &assembly)?;
    let Some(policy) = policy else {
        return Err(
            Diagnostic::new(codes::POLICY_NOT_READABLE, "no policy folder was given").into(),
        );
    };
    let mut findings = assembly.error_findings();
    findings.extend(assembly.missing_context_findings());
    findings.extend(policy.violations.iter().cloned());
    let warnings = match own {
        // The app has already printed its warnings.
        Some(_) => Vec::new(),
        None => assembly.warning_findings(),
    };
    findings.extend(warnings);
    let accepted: Vec<Diagnostic> = policy
        .excepted
        .iter()
        .map(|one| {
            one.finding.clone().note(format!(
                "accepted by an exception of the policy: {}",
                one.reason
            ))
        })
        .collect();
    let AppFindings {
        findings: of_app,
        acknowledged,
    } = own.unwrap_or_default();
    if options.sarif {
        let mut all: Vec<Diagnostic> = of_app.iter().filter_map(parse_finding).collect();
        all.extend(findings.iter().cloned());
        session.output.write_json(&render_sarif(&all))?;
    } else if options.json {
        let document =
            ValidationDocument::with_others(of_app.clone(), acknowledged, &findings, &accepted);
        session.output.write_json(&to_json(&document))?;
    }
    session.output.write_findings(&findings)?;
    session.output.write_status(&policy.summary_line())?;
    let of_app: Vec<Diagnostic> = of_app.iter().filter_map(parse_finding).collect();
    let all: Vec<Diagnostic> = of_app.into_iter().chain(findings).collect();
    super::finish_validation(session, &assembly, &all, options.strict)
}

/// The findings stored in the assembly of an app of this library.
#[derive(Debug, Default)]
struct AppFindings {
    findings: Vec<JsonValue>,
    acknowledged: Vec<JsonValue>,
}

/// Reads the findings that the app stored and printed; `None` for an app of the CDK.
fn read_app_findings(session: &Session<'_>) -> Result<Option<AppFindings>, Failure> {
    let folder = match session.app_source()? {
        AppSource::Folder(folder) => Some(folder),
        _ => session
            .folders
            .last()
            .map(|folder| folder.path().to_owned()),
    };
    let Some(file) = folder.map(|folder| folder.join(FINDINGS)) else {
        return Ok(None);
    };
    if !file.is_file() {
        return Ok(None);
    }
    let document = read_json(&file)?;
    let list = |name: &str| document[name].as_array().cloned().unwrap_or_default();
    Ok(Some(AppFindings {
        findings: list("findings"),
        acknowledged: list("acknowledged"),
    }))
}

fn read_json(file: &Path) -> Result<JsonValue, Failure> {
    let unreadable = |reason: &dyn std::fmt::Display| {
        let message = format!("cannot read `{}`: {reason}", file.display());
        Failure::from(Diagnostic::new(codes::ASSEMBLY_NOT_READABLE, message))
    };
    let text = std::fs::read_to_string(file).map_err(|error| unreadable(&error))?;
    serde_json::from_str(&text).map_err(|error| unreadable(&error))
}

/// Converts a stored finding of the app. A code that is not known here is reported under the code for messages of apps.
fn parse_finding(finding: &JsonValue) -> Option<Diagnostic> {
    let text = |name: &str| finding[name].as_str();
    let severity = match text("severity")? {
        "warning" => Severity::Warning,
        "fatal" => Severity::Fatal,
        _ => Severity::Error,
    };
    let code = text("code")?;
    let message = text("message")?;
    let (code, message) = match codes::find_code(code) {
        Some(info) => (info.code, message.to_owned()),
        None if severity == Severity::Warning => (codes::APP_WARNING, format!("{code}: {message}")),
        None => (codes::APP_ERROR, format!("{code}: {message}")),
    };
    let mut read = Diagnostic::new(code, message).severity(severity);
    read.path = text("constructPath").map(str::to_owned);
    read.stack = text("stack").map(str::to_owned);
    read.logical_id = text("logicalId").map(str::to_owned);
    read.property = text("propertyPath").map(str::to_owned);
    read.actual = text("actual").map(str::to_owned);
    read.expected = text("expected").map(str::to_owned);
    read.help = text("help").map(str::to_owned);
    let source = &finding["source"];
    let number = |name: &str| u32::try_from(source[name].as_u64()?).ok();
    if let (Some(file), Some(line), Some(column)) =
        (source["file"].as_str(), number("line"), number("column"))
    {
        read.place = Some(infra_core::Place::new(file, line, column));
    }
    Some(read)
}
