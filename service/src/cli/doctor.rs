//! `notes doctor`: examines an installation and prints each problem with its solution. It does not change the configuration or stored data.

mod bytes;
mod database;
mod disk;

use std::fmt::Write as _;

use serde_json::json;

use super::exit::{Exit, print_line};
use crate::config::{Config, DatabaseConfig, Problems};
use crate::files::{Files, StorageLocation};
use crate::telemetry::{self, Stream, Telemetry};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// Severity of a finding, in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    /// The examined part works as intended.
    Good,
    /// The examined part works, but the operator should know of something.
    Note,
    /// The examined part does not work.
    Bad,
}

impl Level {
    fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Note => "note",
            Self::Bad => "bad",
        }
    }
}

/// Result of one examination.
#[derive(Debug)]
struct Finding {
    level: Level,
    /// Examined part of the installation, in one word.
    about: &'static str,
    /// Result in words, for people to read.
    message: String,
    /// Solution of the problem, unless the finding is good.
    help: Option<String>,
}

impl Finding {
    fn good(about: &'static str, message: impl Into<String>) -> Self {
        Self {
            level: Level::Good,
            about,
            message: message.into(),
            help: None,
        }
    }

    fn note(about: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            level: Level::Note,
            help: Some(help.into()),
            ..Self::good(about, message)
        }
    }

    fn bad(about: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            level: Level::Bad,
            ..Self::note(about, message, help)
        }
    }
}

pub(super) async fn run_doctor(arguments: &Arguments) -> Exit {
    let (findings, exit) = match Config::from_environment() {
        Ok(config) => {
            let findings = examine_config(&config).await;
            let worst = findings.iter().map(|finding| finding.level).max();
            let exit = if worst == Some(Level::Bad) {
                Exit::NotAlive
            } else {
                Exit::Done
            };
            (findings, exit)
        }
        Err(Problems(problems)) => {
            let findings = problems
                .into_iter()
                .map(|problem| {
                    let message = format!("{} {}", problem.variable, problem.message);
                    Finding::bad("configuration", message, problem.allowed)
                })
                .collect();
            (findings, Exit::Configuration)
        }
    };
    print_line(&if arguments.json {
        render_json(&findings)
    } else {
        render_text(&findings)
    });
    exit
}

async fn examine_config(config: &Config) -> Vec<Finding> {
    let _telemetry = Telemetry::start(&telemetry::Settings {
        collector: None,
        stream: Stream::Errors,
        level: "off".parse().unwrap_or_default(),
    });
    let mut findings = vec![examine_settings(config)];
    findings.extend(database::examine_database(config).await);
    findings.push(examine_mail(config).await);
    findings.extend(examine_webhooks(config));
    findings.push(examine_provider(config).await);
    findings.push(examine_passkeys(config));
    findings.push(examine_files(config).await);
    findings.extend(bytes::examine_attachments(config).await);
    if let DatabaseConfig::SqliteFile(path) = &config.database {
        findings.push(disk::examine_disk(path));
    }
    findings
}

/// Examines settings that are valid, but probably not intended: cookies without TLS on a public address.
fn examine_settings(config: &Config) -> Finding {
    let about = "configuration";
    let public = !config.address.ip().is_loopback();
    if public && !config.http.secure_cookies {
        return Finding::note(
            about,
            format!(
                "listens on {} and sends cookies without TLS",
                config.address
            ),
            "set SECURE_COOKIES=true, with a proxy that terminates TLS",
        );
    }
    Finding::good(about, format!("listens on {}", config.address))
}

/// Reports that webhooks are called without TLS, a setting for development, on a service that listens on a public address.
fn examine_webhooks(config: &Config) -> Option<Finding> {
    let public = !config.address.ip().is_loopback();
    (public && config.outbound.plain_http).then(|| {
        Finding::note(
            "webhooks",
            "are sent without TLS, so the content of notes can be read in transit",
            "OUTBOUND_HTTP=false",
        )
    })
}

/// Examines the storage of attachments by writing, reading and deleting a test object.
async fn examine_files(config: &Config) -> Finding {
    let about = "files";
    let help = match &config.files {
        StorageLocation::Disabled => {
            return Finding::good(
                about,
                "off: notes have no attachments; set FILES_DIR or FILES_BUCKET to enable them",
            );
        }
        StorageLocation::Folder(folder) if !folder.exists() => {
            return Finding::note(
                about,
                format!("folder {}: does not exist yet", folder.display()),
                "`notes serve` creates it; if it should exist already, correct FILES_DIR",
            );
        }
        StorageLocation::Folder(_) => {
            "check that this user can write to the folder, and that its disk has free space"
        }
        StorageLocation::Bucket(_) => {
            "check FILES_BUCKET, AWS_REGION and the credentials, which must allow listing the bucket and writing, reading and deleting objects"
        }
    };
    let checked = match Files::open(&config.files) {
        Ok(Some(files)) => files.check_storage().await,
        Ok(None) => Ok(()),
        Err(error) => Err(error),
    };
    match checked {
        Ok(()) => Finding::good(
            about,
            format!(
                "{}: a test object was written, read and deleted",
                config.files
            ),
        ),
        Err(error) => {
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
            let cause = cause.unwrap_or_default();
            Finding::bad(about, format!("{}: {error}{cause}", config.files), help)
        }
    }
}

/// Examines the mail server by connecting and signing in, without sending mail.
async fn examine_mail(config: &Config) -> Finding {
    let about = "mail";
    let Some(mailer) = &config.http.mail else {
        return Finding::good(
            about,
            "off: only operators can reset passwords; set SMTP_HOST to enable mail",
        );
    };
    match mailer.check_connection().await {
        Ok(()) => Finding::good(
            about,
            format!("the server responds; links point to {}", mailer.page()),
        ),
        Err(error) => {
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
            Finding::bad(
                about,
                format!("{error}{}", cause.unwrap_or_default()),
                "check SMTP_HOST, SMTP_PORT, SMTP_TLS, SMTP_USERNAME and SMTP_PASSWORD, and that this machine can connect to the server",
            )
        }
    }
}

/// Examines the OpenID provider by requesting its discovery document and keys.
async fn examine_provider(config: &Config) -> Finding {
    let about = "provider";
    let Some(provider) = &config.http.provider else {
        return Finding::good(
            about,
            "off: users sign in with an account of this service; set OIDC_ISSUER to enable a provider",
        );
    };
    let settings = provider.settings();
    match provider.check_metadata().await {
        Ok(page) => Finding::good(
            about,
            format!(
                "responds; users sign in at {page} and are redirected to {}",
                settings.redirect.as_str()
            ),
        ),
        Err(failure) => Finding::bad(
            about,
            failure.to_string(),
            "check that OIDC_ISSUER is exactly the issuer identifier of the provider, and that this machine can connect to it",
        ),
    }
}

/// Examines whether passkeys are available, which needs a `PUBLIC_URL` with a host name.
fn examine_passkeys(config: &Config) -> Finding {
    let about = "passkeys";
    match (&config.public_url, &config.http.passkeys) {
        (_, Some(passkeys)) => Finding::good(
            about,
            format!("are registered for {}", passkeys.host().unwrap_or_default()),
        ),
        (Some(page), None) => Finding::note(
            about,
            format!("off: {page} has no host name, which passkeys require"),
            "set PUBLIC_URL to a URL with a host name, such as https://notes.example.com or http://localhost:8080",
        ),
        (None, None) => Finding::good(about, "off: set PUBLIC_URL to enable them"),
    }
}

fn render_text(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let Finding {
            level,
            about,
            message,
            help,
        } = finding;
        let _ = writeln!(text, "{:4}  {about:13}  {message}", level.as_str());
        if let Some(help) = help {
            let _ = writeln!(text, "      = help: {help}");
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn render_json(findings: &[Finding]) -> String {
    let findings: Vec<_> = findings
        .iter()
        .map(|finding| {
            json!({
                "level": finding.level.as_str(),
                "about": finding.about,
                "message": finding.message,
                "help": finding.help,
            })
        })
        .collect();
    json!({ "findings": findings }).to_string()
}
