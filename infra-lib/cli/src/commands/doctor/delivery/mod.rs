//! Implements `doctor --delivery`: reports missing parts of the set-up of a delivery, from the current state of GitHub and AWS. It changes nothing.

mod aws;
mod check;
mod github;
mod powers;
mod project;
mod rulesets;
mod settings;
#[cfg(test)]
mod tests;
mod trust;
mod workflows;

use schemars::JsonSchema;
use serde::Serialize;

use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;
use infra_console::documents::to_json;
use infra_console::words::{clean_line, format_count};
use infra_core::{Diagnostic, codes};
use infra_delivery::{Pipeline, Provider};

use check::{Check, Verdict};
use github::GitHub;
use project::Project;
use settings::{PREVIEW_EXECUTION_ROLE, PREVIEW_ROLE, Settings};
use workflows::Workflows;

/// Variables of a delivery that are read from the process if the repository's cannot be read.
const VARIABLES: [&str; 14] = [
    "ENVIRONMENTS",
    "INFRA_ENVIRONMENT",
    "AWS_REGION",
    "PLAN_ROLE",
    "PUBLISH_ROLE",
    "DEPLOY_ROLE",
    "EXECUTION_ROLE",
    "ASSETS_ROLE",
    "PROPOSAL_REPOSITORY",
    "IMAGE_REPOSITORY",
    "PUBLIC_ADDRESS",
    "SMOKE_SECONDS",
    PREVIEW_ROLE,
    PREVIEW_EXECUTION_ROLE,
];

/// Results of the checks of a delivery.
#[derive(Debug, JsonSchema, Serialize)]
#[schemars(title = "Checks of a delivery: `doctor --delivery --json`")]
pub(crate) struct Document {
    /// Version of this format.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// True if nothing is missing. Checks that could not be made do not count.
    complete: bool,
    /// Repository on GitHub, as `owner/name`.
    repository: String,
    /// Checks in the order of the set-up.
    checks: Vec<Check>,
}

/// Checks the set-up, prints each check, and returns the exit code: 1 if something is missing, 8 if neither half could be read.
pub(super) fn check_delivery(
    session: &mut Session<'_>,
    repository: Option<&str>,
    json: bool,
) -> Result<ExitCode, Failure> {
    let repository = match repository.or(session.variable("GITHUB_REPOSITORY")) {
        Some(name) => name.to_owned(),
        None => find_origin(session)?,
    };
    check_repository_name(&repository)?;
    let workflows = Workflows::read_from_checkout(session.directory)?;
    let project = Project::new(workflows, find_pipeline(session)?);
    let of_process = VARIABLES.iter().filter_map(|name| {
        let value = session.variable(name)?;
        Some(((*name).to_owned(), value.to_owned()))
    });
    let of_process = of_process.collect();
    let hub = GitHub::from_session(session, &repository)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let looked = runtime.block_on(github::check_repository(
        hub.as_ref(),
        &repository,
        &project,
        of_process,
    ));
    drop(runtime);
    let github::GitHubReport {
        mut checks,
        settings,
        branch,
        responded: asked_github,
    } = looked;
    let delivery = trust::Delivery {
        repository: repository.clone(),
        branch,
        project,
    };
    let (of_aws, asked_aws) = check_aws(session, &settings, &delivery)?;
    checks.extend(of_aws);
    checks.sort_by_key(|check| check.stage);
    let missing = checks
        .iter()
        .filter(|check| check.verdict == Verdict::Missing);
    let missing = missing.count();
    let unknown = checks
        .iter()
        .filter(|check| check.verdict == Verdict::Unknown);
    let unknown = unknown.count();
    let code = match missing {
        0 if !asked_github && !asked_aws => ExitCode::Credentials,
        0 => ExitCode::Ok,
        _ => ExitCode::Error,
    };
    if json {
        let document = Document {
            version: 1,
            complete: missing == 0,
            repository,
            checks,
        };
        session.output.write_json(&to_json(&document))?;
        return Ok(code);
    }
    let text: String = checks.iter().map(format_check).collect();
    session.output.write_data(&text)?;
    let all = format_count(checks.len(), "check");
    let mut verdict = match missing {
        0 => format!("{all}, nothing missing"),
        count => format!("{count} of {all} failed"),
    };
    if unknown > 0 {
        verdict = format!("{verdict}, {unknown} could not be completed");
    }
    let verdict = session.output.emphasize_text(&verdict);
    session.output.write_status(&format!("{verdict}\n"))?;
    Ok(code)
}

/// Returns the pipeline that `infra.toml` describes, if any.
fn find_pipeline(session: &Session<'_>) -> Result<Option<Pipeline>, Failure> {
    let Some(project) = session.find_project()? else {
        return Ok(None);
    };
    let Some(pipeline) = project.pipeline() else {
        return Ok(None);
    };
    if pipeline.provider != Provider::Github {
        let message = format!(
            "the pipeline of this project uses {}, but `doctor --delivery` supports only GitHub",
            pipeline.provider
        );
        return Err(Diagnostic::new(codes::NO_APP, message)
            .expected("`provider = \"github\"` in `[delivery]` of infra.toml")
            .help("docs/delivery.md describes the setup")
            .into());
    }
    Ok(Some(pipeline.clone()))
}

/// Checks the AWS half. The second value is true if AWS responded.
fn check_aws(
    session: &mut Session<'_>,
    settings: &Settings,
    delivery: &trust::Delivery,
) -> Result<(Vec<Check>, bool), Failure> {
    let looked = session
        .with_cloud(async |_, cloud| Ok(aws::check_account(&cloud, settings, delivery).await));
    match looked {
        Ok(looked) => Ok(looked),
        // The GitHub half is useful even without a usable profile.
        Err(Failure::Findings(findings)) => {
            let said = findings.first().map_or("", |finding| &finding.message);
            Ok((vec![aws::aws_unreadable(said)], false))
        }
        Err(failure) => Err(failure),
    }
}

fn format_check(check: &Check) -> String {
    let word = match check.verdict {
        Verdict::Ok => "ok     ",
        Verdict::Missing => "missing",
        Verdict::Unknown => "unknown",
    };
    let subject = clean_line(&check.subject);
    let message = check.message.as_deref().map(clean_line);
    let message = message.map(|message| format!(": {message}"));
    let repair = check.repair.as_deref().map(clean_line);
    let repair = repair.map(|repair| format!("         {repair}\n"));
    let (message, repair) = (message.unwrap_or_default(), repair.unwrap_or_default());
    format!("{word}  {subject}{message}\n{repair}")
}

/// Returns the repository of the git remote `origin`.
fn find_origin(session: &Session<'_>) -> Result<String, Failure> {
    let output = std::process::Command::new("git")
        .args(["remote", "get-url", "origin"])
        .current_dir(session.directory)
        .output();
    let url = output
        .ok()
        .filter(|output| output.status.success())
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    url.as_deref().and_then(parse_repository_name).ok_or_else(|| {
        Diagnostic::new(codes::NO_APP, "the GitHub repository is unknown")
            .help("give it with `--repository OWNER/NAME`, or run the command in a checkout whose remote `origin` is the repository")
            .into()
    })
}

/// Extracts `owner/name` from a git URL: `https://github.com/owner/name.git`, `git@github.com:owner/name`.
fn parse_repository_name(url: &str) -> Option<String> {
    let url = url.trim_end_matches('/');
    let url = url.strip_suffix(".git").unwrap_or(url);
    let mut parts = url.rsplit(['/', ':']);
    let (name, owner) = (parts.next()?, parts.next()?);
    Some(format!("{owner}/{name}"))
}

fn check_repository_name(repository: &str) -> Result<(), Failure> {
    let part = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    let good = repository
        .split_once('/')
        .is_some_and(|(owner, name)| part(owner) && part(name));
    if good {
        return Ok(());
    }
    let message = format!("`{}` is not a GitHub repository", clean_line(repository));
    Err(Diagnostic::new(codes::NO_APP, message)
        .expected("`OWNER/NAME`")
        .into())
}
