//! Lists the newest releases of several environments in one table.

use infra_console::documents::to_json;
use infra_console::words::clean_line;
use infra_core::{Diagnostic, codes};
use infra_deploy::release::{Release, ReleaseLog};
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Arguments, ListedRelease, align_columns, format_images, format_minute, format_number,
    shorten_text,
};
use crate::ExitCode;
use crate::failure::{self, Failure};
use crate::session::Session;

/// The releases of one environment, or the reason why they cannot be read.
struct EnvironmentReleases {
    environment: String,
    releases: Result<Vec<Release>, ReadFailure>,
}

/// The reason why the releases of an environment cannot be read.
struct ReadFailure {
    code: ExitCode,
    /// Findings that are still to be reported; empty if the app reported them.
    findings: Vec<Diagnostic>,
}

/// Returns the names of the environments if several are selected: all of the project file, or those of `--env dev,prod`.
pub(super) fn select_environments(
    session: &Session<'_>,
    options: &Arguments,
) -> Result<Option<Vec<String>>, Failure> {
    if options.all_environments {
        let names = session.list_environments()?;
        if names.is_empty() {
            return Err(Diagnostic::new(
                codes::UNKNOWN_ENVIRONMENT,
                "no project file has settings for environments",
            )
            .help("give the environments, as in `--env dev,prod`, or add `[environments.dev]` with `profile` and `region` to `infra.toml`")
            .into());
        }
        return Ok(Some(names));
    }
    let Some(names) = session.environment().filter(|names| names.contains(',')) else {
        return Ok(None);
    };
    let names: Vec<String> = names
        .split(',')
        .map(|name| name.trim().to_owned())
        .collect();
    if names.iter().any(String::is_empty) {
        let message = "`--env` contains an empty name";
        return Err(Diagnostic::new(codes::UNKNOWN_ENVIRONMENT, message)
            .actual(names.join(","))
            .expected("names separated by commas, such as `dev,prod`")
            .into());
    }
    if options.assembly.is_some() {
        return Err(single_environment_only("--assembly", &names));
    }
    Ok(Some(names))
}

/// Creates the finding for an option or command that supports only one environment.
pub(super) fn single_environment_only(what: &str, names: &[String]) -> Failure {
    let message = format!("`{what}` accepts only one environment");
    Diagnostic::new(codes::UNKNOWN_ENVIRONMENT, message)
        .actual(names.join(", "))
        .help(format!("give one, such as `--env {}`", names[0]))
        .into()
}

/// Lists the newest releases of each environment. Failures are reported, and the other environments are listed regardless.
pub(super) fn list_environments(
    session: &mut Session<'_>,
    options: &Arguments,
    names: &[String],
) -> Result<ExitCode, Failure> {
    let most = usize::from(options.limit.unwrap_or(1));
    let mut all = Vec::new();
    for name in names {
        let releases = match read_releases(session, name, most) {
            Ok(releases) => Ok(releases),
            Err(Failure::Stream(error)) => return Err(error.into()),
            Err(failure) => Err(to_read_failure(name, failure)),
        };
        all.push(EnvironmentReleases {
            environment: name.clone(),
            releases,
        });
    }
    if options.json {
        let document = Document(all.iter().map(OfEnvironment::new).collect());
        session.output.write_json(&to_json(&document))?;
    } else {
        session.output.write_data(&format_table(&all))?;
    }
    let mut code = ExitCode::Ok;
    for found in all {
        if let Err(wrong) = found.releases {
            session.output.write_findings(&wrong.findings)?;
            if code == ExitCode::Ok {
                code = wrong.code;
            }
        }
    }
    Ok(code)
}

fn read_releases(
    session: &mut Session<'_>,
    name: &str,
    most: usize,
) -> Result<Vec<Release>, Failure> {
    session.configuration.env = Some(name.to_owned());
    let assembly = session.load_assembly(None)?;
    session.with_cloud_of_environment(name, async |_, cloud| {
        let log = ReleaseLog::require_log(&cloud, &assembly).await?;
        Ok(log.list_newest(most).await?)
    })
}

fn to_read_failure(name: &str, failure: Failure) -> ReadFailure {
    let (code, findings) = match failure {
        Failure::Findings(findings) => (ExitCode::Error, findings),
        Failure::Unusable(findings) => (ExitCode::Usage, findings),
        Failure::Operation(error) => (failure::exit_code(error.class), error.findings),
        Failure::Process(code) => (code, Vec::new()),
        Failure::Stream(_) => (ExitCode::Error, Vec::new()),
    };
    let note = format!("environment `{}`", clean_line(name));
    let findings = findings.into_iter().map(|found| found.note(note.clone()));
    ReadFailure {
        code,
        findings: findings.collect(),
    }
}

/// Releases by environment, in the requested order.
#[derive(Debug, JsonSchema, Serialize)]
#[schemars(title = "Releases of environments: `releases --all-environments --json`")]
pub(in crate::commands) struct Document<'r>(Vec<OfEnvironment<'r>>);

/// An environment with its newest releases.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct OfEnvironment<'r> {
    /// Name of the environment.
    environment: &'r str,
    /// Releases, newest first; empty before the first deployment, and if they cannot be read.
    releases: Vec<ListedRelease<'r>>,
    /// Reason why the releases cannot be read; `null` if they can.
    error: Option<Problem<'r>>,
}

/// The reason why the releases of an environment cannot be read.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct Problem<'r> {
    /// Exit code of the command for this environment alone.
    exit_code: u8,
    /// Code of the finding; `null` if the app reported it.
    code: Option<&'r str>,
    /// Message of the finding; `null` if the app reported it.
    message: Option<&'r str>,
}

impl<'r> OfEnvironment<'r> {
    fn new(found: &'r EnvironmentReleases) -> Self {
        let (releases, error) = match &found.releases {
            Ok(releases) => (releases.as_slice(), None),
            Err(wrong) => (&[][..], Some(Problem::new(wrong))),
        };
        Self {
            environment: &found.environment,
            releases: releases.iter().map(ListedRelease::new).collect(),
            error,
        }
    }
}

impl<'r> Problem<'r> {
    fn new(wrong: &'r ReadFailure) -> Self {
        let first = wrong.findings.first();
        Self {
            exit_code: wrong.code.number(),
            code: first.map(|found| found.code.as_str()),
            message: first.map(|found| found.message.as_str()),
        }
    }
}

fn format_table(all: &[EnvironmentReleases]) -> String {
    let head = [
        "environment",
        "release",
        "commit",
        "image",
        "time",
        "plan file",
    ];
    let mut rows = vec![head.map(str::to_owned)];
    for found in all {
        let row = |rest: [String; 5]| {
            let [one, two, three, four, five] = rest;
            [
                shorten_text(Some(&found.environment), 40),
                one,
                two,
                three,
                four,
                five,
            ]
        };
        let nothing = |reason: &str| {
            let empty = || "–".to_owned();
            row([reason.to_owned(), empty(), empty(), empty(), empty()])
        };
        match &found.releases {
            Err(_) => rows.push(nothing("error")),
            Ok(releases) if releases.is_empty() => rows.push(nothing("none yet")),
            Ok(releases) => rows.extend(releases.iter().map(|release| {
                row([
                    format_number(release),
                    shorten_text(release.about.commit.as_deref(), 8),
                    format_images(release),
                    format_minute(release),
                    shorten_text(release.about.plan.as_deref(), 12),
                ])
            })),
        }
    }
    align_columns(&rows)
}
