//! Runs the commands that need an app: passed on to an app of this library, and implemented here for one of the CDK.

mod policed;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser};
use infra_console::app_arguments::ValidateArguments;
use infra_console::documents::{ValidationDocument, render_sarif, to_json};
use infra_console::words::{count_findings, format_count};
use infra_core::{Diagnostic, MissingContext, Summary, codes};
use infra_template::assembly::CloudAssembly;

use crate::ExitCode;
use crate::app::AppSource;
use crate::child::TemporaryFolder;
use crate::failure::Failure;
use crate::lookups::LookupRounds;
use crate::session::{self, Session};

/// Arguments that are passed on unparsed to the app.
#[derive(Args, Debug)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// Options of the command; `--help` lists them.
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "OPTIONS"
    )]
    options: Vec<OsString>,
}

/// Options of `synth` for an app of the CDK.
#[derive(Debug, Parser)]
#[command(name = "infra synth", disable_help_flag = true, no_binary_name = true)]
struct CdkSynth {
    #[arg(long, short, default_value = "cdk.out")]
    out: PathBuf,
}

/// Options of `validate` for an app of the CDK.
#[derive(Debug, Parser)]
#[command(
    name = "infra validate",
    disable_help_flag = true,
    no_binary_name = true
)]
struct CdkValidate {
    #[command(flatten)]
    options: ValidateArguments,
}

impl Arguments {
    /// Returns the options without `--no-lookups`, which belongs to the tool and is applied to the session. Users may write it among the options of
    /// the app.
    fn extract_tool_options(&self, session: &mut Session<'_>) -> Self {
        let before = self.options.iter().take_while(|option| *option != "--");
        let before = before.count();
        let mut options = self.options.clone();
        let mut at = 0;
        options.retain(|option| {
            at += 1;
            at > before || option != "--no-lookups"
        });
        session.no_lookups |= options.len() < self.options.len();
        Self { options }
    }

    /// Returns all words if the first one is a path in place of an option of the app.
    pub(crate) fn words_from_path(&self) -> Option<&[OsString]> {
        let first = self.options.first()?;
        (!first.to_string_lossy().starts_with('-')).then_some(&self.options)
    }

    /// Returns true if the options ask for help, which needs no app.
    pub(crate) fn ask_for_help(&self) -> bool {
        let mut options = self.options.iter().take_while(|option| *option != "--");
        options.any(|option| option == "--help" || option == "-h")
    }
}

/// Replaces the help of the finding for a missing app: these commands do not accept `--assembly`.
fn replace_no_app_help(failure: Failure) -> Failure {
    match failure {
        Failure::Findings(findings) => Failure::Findings(
            findings
                .into_iter()
                .map(|finding| {
                    if finding.code == codes::NO_APP {
                        finding.help("run the command in a project folder, or give an app with `--app COMMAND`; `infra new NAME` creates a project")
                    } else {
                        finding
                    }
                })
                .collect(),
        ),
        other => other,
    }
}

pub(crate) fn run_app_command(
    session: &mut Session<'_>,
    name: &str,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let source = session.app_source().map_err(replace_no_app_help)?;
    let options = &options.extract_tool_options(session);
    if name == "validate"
        && let Some(wanted) = policed::parse_policy_options(session, &options.options)
    {
        return policed::validate_with_policies(session, wanted);
    }
    match (&source, name) {
        (AppSource::Infra { .. }, _) => {
            let mut arguments: Vec<OsString> = vec![name.into()];
            arguments.extend(session.configuration.to_arguments());
            if session.output.is_quiet() {
                arguments.push("--quiet".into());
            }
            if name == "synth" {
                return synthesize_with_lookups(session, &arguments, options);
            }
            arguments.extend(options.options.iter().cloned());
            session.pass_to_app(&source, &arguments)
        }
        (AppSource::Cdk(_), "synth") => synthesize_cdk(session, options),
        (AppSource::Cdk(_), "validate") => validate_cdk(session, options),
        (_, "ls") if options.options.is_empty() => {
            let assembly = session.load_assembly(None)?;
            let names: Vec<&str> = assembly.stacks.iter().map(|stack| &*stack.path).collect();
            session.output.write_data(&(names.join("\n") + "\n"))?;
            Ok(ExitCode::Ok)
        }
        _ => Err(unsupported_app_command(name).into()),
    }
}

/// Runs `synth` of an app of this library repeatedly, until all of its context lookups are answered.
fn synthesize_with_lookups(
    session: &mut Session<'_>,
    arguments: &[OsString],
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let mut rounds = LookupRounds::default();
    loop {
        let folder = TemporaryFolder::new()?;
        let questions = folder.path().join("questions.json");
        let mut arguments = arguments.to_vec();
        arguments.extend(["--questions".into(), questions.clone().into()]);
        arguments.extend(options.options.iter().cloned());
        let source = session.app_source()?;
        let code = session.pass_to_app(&source, &arguments)?;
        match session::read_questions(&questions)? {
            Some(lookups) if code == ExitCode::Ok => {
                answer_lookups(session, &source, &lookups, &mut rounds)?;
            }
            _ => return Ok(code),
        }
    }
}

/// Answers context lookups, or returns a finding for each one if lookups are disabled.
fn answer_lookups(
    session: &mut Session<'_>,
    source: &AppSource,
    lookups: &[MissingContext],
    rounds: &mut LookupRounds,
) -> Result<(), Failure> {
    if session.allows_lookups(source) {
        return session.answer_context_lookups(source, lookups, rounds);
    }
    let unanswered = lookups.iter().map(MissingContext::to_finding);
    Err(Failure::Findings(unanswered.collect()))
}

fn synthesize_cdk(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let Ok(options) = CdkSynth::try_parse_from(&options.options) else {
        return Err(unsupported_app_command("synth")
            .note("for a CDK app, `synth` accepts only the option `--out FOLDER`")
            .into());
    };
    let out = session.directory.join(&options.out);
    let mut rounds = LookupRounds::default();
    loop {
        // The source is found again because it contains the answers of the previous round.
        let source = session.app_source()?;
        session.synthesize_app(&source, &out)?;
        let lookups = CloudAssembly::read_directory(&out)?.lookups;
        if lookups.is_empty() {
            break;
        }
        answer_lookups(session, &source, &lookups, &mut rounds)?;
    }
    let line = format!("written to `{}`\n", session.format_path(&out));
    session.output.write_status(&line)?;
    Ok(ExitCode::Ok)
}

/// Prints the findings in the assembly of a CDK app: annotations of its constructs, and unanswered context lookups.
///
/// Validation errors of the app itself, and templates that cannot be read, end the command during synthesis.
fn validate_cdk(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let Ok(CdkValidate { options }) = CdkValidate::try_parse_from(&options.options) else {
        return Err(unsupported_app_command("validate")
            .note("for a CDK app, `validate` accepts only the options `--strict`, `--json`, `--sarif` and `--policy`")
            .into());
    };
    let assembly = session.load_assembly(None)?;
    let mut findings = assembly.error_findings();
    findings.extend(assembly.missing_context_findings());
    findings.extend(assembly.warning_findings());
    if options.sarif {
        session.output.write_json(&render_sarif(&findings))?;
    } else if options.json {
        let document = ValidationDocument::new(&findings, &[]);
        session.output.write_json(&to_json(&document))?;
    }
    session.output.write_findings(&findings)?;
    finish_validation(session, &assembly, &findings, options.strict)
}

/// Prints the last line of `validate`, and returns the exit code. Errors make it fail, and with `strict` warnings too.
fn finish_validation(
    session: &mut Session<'_>,
    assembly: &CloudAssembly,
    findings: &[Diagnostic],
    strict: bool,
) -> Result<ExitCode, Failure> {
    let summary = Summary::from_findings(findings);
    let fails = summary.errors > 0 || strict && summary.warnings > 0;
    let (line, code) = if fails {
        let line = format!("{}: the app is not valid", count_findings(summary));
        (line, ExitCode::Error)
    } else {
        let stacks = format_count(assembly.stacks.len(), "stack");
        (
            format!("{stacks}, {}", count_findings(summary)),
            ExitCode::Ok,
        )
    };
    let line = session.output.emphasize_text(&line);
    session.output.write_status(&format!("{line}\n"))?;
    Ok(code)
}

/// Creates the finding for a command that only apps of this library have.
pub(crate) fn unsupported_app_command(name: &str) -> Diagnostic {
    Diagnostic::new(
        codes::NO_APP,
        format!("only apps of this library support `{name}` with these options"),
    )
    .help("`synth --out FOLDER`, `validate`, `ls`, `diff`, `plan` and `deploy` work for every app that writes a cloud assembly")
}
