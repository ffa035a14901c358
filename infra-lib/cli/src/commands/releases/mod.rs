//! Implements `releases`: lists deployments with their sources, and writes the cloud assembly of a release.

mod environments;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use infra_core::{Diagnostic, codes};
use infra_deploy::release::{
    About, Release, ReleaseLog, ReleaseSelector, ReleasedStack, SiteVersion,
};
use infra_deploy::{Class, Error};
use infra_template::review::Step;
use schemars::JsonSchema;
use serde::Serialize;

use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;
use infra_console::documents::to_json;
use infra_console::words::clean_line;

pub(super) use environments::Document as EnvironmentsDocument;

/// Number of releases that are listed by default.
const DEFAULT_LIMIT: u16 = 20;

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    subcommand: Option<ReleaseCommand>,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,

    /// Lists the releases of all environments that `infra.toml` has settings for, or those of `--env dev,prod`.
    ///
    /// Each environment is read with its own profile and region. One that cannot be read is listed with an error; the others are listed regardless,
    /// and the exit code is that of the first error.
    #[arg(long, conflicts_with = "assembly")]
    all_environments: bool,

    /// Maximum number of releases, newest first. Default: 20, or 1 for each of several environments.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..))]
    limit: Option<u16>,

    /// Prints JSON: schemas/releases.schema.json, or schemas/releases-of-environments.schema.json for several environments.
    #[arg(long)]
    json: bool,
}

/// An operation on one release.
#[derive(Debug, Subcommand)]
enum ReleaseCommand {
    /// Writes the cloud assembly of a release, which `diff`, `plan` and `deploy` accept with `--assembly`.
    Get(Get),
}

#[derive(Args, Debug)]
struct Get {
    /// The release: its number, `latest` or `previous`.
    #[arg(value_name = "RELEASE")]
    which: ReleaseSelector,

    /// The folder to write to.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,
}

/// The origin of a release, from options and the environment of a workflow.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct OriginArguments {
    /// The commit of the sources, for the record of the release. Default: `GITHUB_SHA`.
    #[arg(long, value_name = "SHA")]
    commit: Option<String>,
}

impl OriginArguments {
    pub(crate) fn to_about(&self, session: &Session<'_>) -> About {
        let variable = |name: &str| session.variable(name).map(str::to_owned);
        let page = || {
            let parts = ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID"];
            let [server, repository, run] = parts.map(variable);
            Some(format!("{}/{}/actions/runs/{}", server?, repository?, run?))
        };
        About::builder()
            .maybe_commit(self.commit.clone().or_else(|| variable("GITHUB_SHA")))
            .maybe_by(variable("GITHUB_ACTOR"))
            .maybe_run(page())
            .build()
    }
}

pub(crate) fn run_releases(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let several = environments::select_environments(session, options)?;
    match (&options.subcommand, several) {
        (None, None) => list_releases(session, options),
        (None, Some(names)) => environments::list_environments(session, options, &names),
        (Some(ReleaseCommand::Get(options)), None) => write_release(session, options),
        (Some(ReleaseCommand::Get(_)), Some(names)) => Err(environments::single_environment_only(
            "releases get",
            &names,
        )),
    }
}

fn list_releases(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let assembly = session.load_assembly(options.assembly.as_deref())?;
    session.with_cloud(async |session, cloud| {
        let log = ReleaseLog::require_log(&cloud, &assembly).await?;
        let most = options.limit.unwrap_or(DEFAULT_LIMIT);
        let releases = log.list_newest(most.into()).await?;
        if options.json {
            let document = Document(releases.iter().map(ListedRelease::new).collect());
            session.output.write_json(&to_json(&document))?;
        } else if releases.is_empty() {
            session.output.write_status("there are no releases yet\n")?;
        } else {
            session.output.write_data(&format_table(&releases))?;
        }
        Ok(ExitCode::Ok)
    })
}

fn write_release(session: &mut Session<'_>, options: &Get) -> Result<ExitCode, Failure> {
    let assembly = session.load_assembly(options.assembly.as_deref())?;
    session.with_cloud(async |session, cloud| {
        let log = ReleaseLog::require_log(&cloud, &assembly).await?;
        let release = log.find_release(options.which).await?;
        let files = log.read_assembly(&release).await?;
        let folder = session.directory.join(&options.out);
        for (name, text) in &files {
            let path = folder.join(name);
            let written = path
                .parent()
                .map_or(Ok(()), std::fs::create_dir_all)
                .and_then(|()| std::fs::write(&path, text));
            written.map_err(|error| {
                let message = format!("cannot write `{}`: {error}", session.format_path(&path));
                Error::new(
                    Class::Error,
                    Diagnostic::new(codes::FILE_NOT_USABLE, message),
                )
            })?;
        }
        let shown = session.format_path(&folder);
        session.output.write_status(&format!(
            "{}: the assembly of release {}\n",
            clean_line(&shown),
            release.release
        ))?;
        Ok(ExitCode::Ok)
    })
}

/// Recorded releases of an environment, newest first.
#[derive(Debug, JsonSchema, Serialize)]
#[schemars(title = "Releases: `releases --json`")]
pub(super) struct Document<'r>(Vec<ListedRelease<'r>>);

/// A recorded deployment, without the locations of its files.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(rename_all = "camelCase")]
struct ListedRelease<'r> {
    /// Number of the release, starting at 1.
    release: u64,
    /// Time of the record, in RFC 3339 format.
    time: &'r str,
    #[serde(flatten)]
    about: &'r About,
    /// Digests of container images, by the construct that runs them.
    images: &'r BTreeMap<String, String>,
    /// Last step of the database schema; `null` without a migration.
    migration: Option<&'r str>,
    /// All steps of the database schema.
    steps: &'r [Step],
    /// Version of the published site; `null` before the first publication.
    site: Option<&'r SiteVersion>,
    /// Number of the release that this one restored.
    restores: Option<u64>,
    /// Stacks of the release.
    stacks: &'r [ReleasedStack],
}

impl<'r> ListedRelease<'r> {
    fn new(release: &'r Release) -> Self {
        Self {
            release: release.release,
            time: &release.time,
            about: &release.about,
            images: &release.images,
            migration: release.migration.as_deref(),
            steps: &release.steps,
            site: release.site.as_ref(),
            restores: release.restores,
            stacks: &release.stacks,
        }
    }
}

/// Formats releases as a table.
fn format_table(releases: &[Release]) -> String {
    let head = [
        "release",
        "time",
        "commit",
        "image",
        "migration",
        "site",
        "by",
    ];
    let mut rows = vec![head.map(str::to_owned)];
    for release in releases {
        let site = release.site.as_ref().map(|site| site.version.clone());
        rows.push([
            format_number(release),
            format_minute(release),
            shorten_text(release.about.commit.as_deref(), 8),
            format_images(release),
            shorten_text(release.migration.as_deref(), 40),
            shorten_text(site.as_deref(), 12),
            shorten_text(release.about.by.as_deref(), 24),
        ]);
    }
    align_columns(&rows)
}

/// Aligns the columns of a table; each is as wide as its widest entry.
fn align_columns<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let widths: Vec<usize> = (0..COLUMNS)
        .map(|at| {
            rows.iter()
                .map(|row| row[at].chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let _ = write!(line, "{cell:width$}  ");
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// Formats the number of a release, with that of the release it restored.
fn format_number(release: &Release) -> String {
    match release.restores {
        Some(back) => format!("{} (restores {back})", release.release),
        None => release.release.to_string(),
    }
}

/// Formats the time of a release with a precision of minutes.
fn format_minute(release: &Release) -> String {
    let time = release.time.replace('T', " ");
    time.get(..16).unwrap_or(&time).to_owned()
}

/// Formats the distinct image digests of a release, shortened; usually there is only one.
fn format_images(release: &Release) -> String {
    let mut digests: Vec<String> = release
        .images
        .values()
        .map(|digest| shorten_text(digest.strip_prefix("sha256:"), 12))
        .collect();
    digests.sort();
    digests.dedup();
    match digests.as_slice() {
        [] => "–".to_owned(),
        several => several.join(","),
    }
}

fn shorten_text(text: Option<&str>, most: usize) -> String {
    let text = text.map(clean_line).filter(|text| !text.is_empty());
    text.map_or_else(|| "–".to_owned(), |text| text.chars().take(most).collect())
}
