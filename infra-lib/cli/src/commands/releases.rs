//! `releases`: what was deployed, when and from what; and the cloud assembly of any of it.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use infra_core::{Diagnostic, codes};
use infra_deploy::release::{About, Release, ReleaseLog, Which};
use infra_deploy::{Class, Error};
use serde_json::Value as JsonValue;

use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;
use infra_console::words::clean;

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    then: Option<Then>,

    /// The cloud assembly in this folder, in place of what the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,

    /// So many releases, the newest first.
    #[arg(long, value_name = "NUMBER", default_value = "20", value_parser = clap::value_parser!(u16).range(1..))]
    limit: u16,

    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

/// What is done with one of them.
#[derive(Debug, Subcommand)]
enum Then {
    /// Writes the cloud assembly of a release, which `diff`, `plan` and `deploy` take with `--assembly`.
    Get(Get),
}

#[derive(Args, Debug)]
struct Get {
    /// Its number, `latest` or `previous`.
    #[arg(value_name = "RELEASE")]
    which: Which,

    /// The folder to write to.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,

    /// The cloud assembly in this folder, in place of what the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,
}

/// Where a release comes from, by the environment of a workflow.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Origin {
    /// The commit of the sources, for the record of the release. Default: `GITHUB_SHA`.
    #[arg(long, value_name = "SHA")]
    commit: Option<String>,
}

impl Origin {
    pub(crate) fn about(&self, session: &Session<'_>) -> About {
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

pub(crate) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    match &options.then {
        None => list(session, options),
        Some(Then::Get(options)) => get(session, options),
    }
}

fn list(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let assembly = session.wanted(options.assembly.as_deref())?;
    session.with_cloud(async |session, cloud| {
        let log = ReleaseLog::required(&cloud, &assembly).await?;
        let releases = log.newest(options.limit.into()).await?;
        if options.json {
            session
                .output
                .json(&JsonValue::Array(releases.iter().map(json).collect()))?;
        } else if releases.is_empty() {
            session.output.talk("there is no release yet\n")?;
        } else {
            session.output.data(&table(&releases))?;
        }
        Ok(ExitCode::Ok)
    })
}

fn get(session: &mut Session<'_>, options: &Get) -> Result<ExitCode, Failure> {
    let assembly = session.wanted(options.assembly.as_deref())?;
    session.with_cloud(async |session, cloud| {
        let log = ReleaseLog::required(&cloud, &assembly).await?;
        let release = log.find(options.which).await?;
        let files = log.assembly(&release).await?;
        let folder = session.directory.join(&options.out);
        for (name, text) in &files {
            let path = folder.join(name);
            let written = path
                .parent()
                .map_or(Ok(()), std::fs::create_dir_all)
                .and_then(|()| std::fs::write(&path, text));
            written.map_err(|error| {
                let message = format!("cannot write `{}`: {error}", session.show(&path));
                Error::new(
                    Class::Error,
                    Diagnostic::new(codes::FILE_NOT_USABLE, message),
                )
            })?;
        }
        let shown = session.show(&folder);
        session.output.talk(&format!(
            "{}: the assembly of release {}\n",
            clean(&shown),
            release.release
        ))?;
        Ok(ExitCode::Ok)
    })
}

/// What a program reads; where the files are is nobody else's business.
fn json(release: &Release) -> JsonValue {
    let mut json = serde_json::to_value(release).unwrap_or_default();
    if let Some(fields) = json.as_object_mut() {
        fields.remove("assembly");
    }
    json
}

/// The columns, each as wide as its widest entry.
fn table(releases: &[Release]) -> String {
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
        let time = release.time.replace('T', " ");
        let number = match release.restores {
            Some(back) => format!("{} (is {back})", release.release),
            None => release.release.to_string(),
        };
        let site = release.site.as_ref().map(|site| site.version.clone());
        rows.push([
            number,
            time.get(..16).unwrap_or(&time).to_owned(),
            short(release.about.commit.as_deref(), 8),
            images(release),
            short(release.migration.as_deref(), 40),
            short(site.as_deref(), 12),
            short(release.about.by.as_deref(), 24),
        ]);
    }
    let widths: Vec<usize> = (0..head.len())
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

/// The digests, most of which are the same one.
fn images(release: &Release) -> String {
    let mut digests: Vec<String> = release
        .images
        .values()
        .map(|digest| short(digest.strip_prefix("sha256:"), 12))
        .collect();
    digests.sort();
    digests.dedup();
    match digests.as_slice() {
        [] => "–".to_owned(),
        several => several.join(","),
    }
}

fn short(text: Option<&str>, most: usize) -> String {
    let text = text.map(clean).filter(|text| !text.is_empty());
    text.map_or_else(|| "–".to_owned(), |text| text.chars().take(most).collect())
}
