//! The configuration of the service, read once from environment variables. All problems are collected and reported together. The main types are
//! [`Config`] and [`Problems`]; [`VARIABLES`] documents every variable.

mod database;
mod files;
mod mail;
mod outbound;
mod provider;
mod push;
mod reader;
mod secrets;
mod variables;

pub use database::{DatabaseConfig, PostgresConfig, Tls};
pub use reader::{Problem, Problems};
pub use variables::{VARIABLES, Variable, render_markdown};

use std::collections::BTreeMap;
use std::error::Error as _;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use chrono::TimeDelta;

use crate::auth;
use crate::auth::passkeys::Passkeys;
use crate::budget;
use crate::domain::limits::AccountLimits;
use crate::events;
use crate::files::StorageLocation;
use crate::http::middleware::{Docs, Origin, Policy, Transport};
use crate::http::{Settings, Site};
use crate::outbound as calls;
use crate::server::{Limits, ShutdownTimes};
use crate::telemetry;
use reader::Reader;

const RATE: &str =
    "the number of requests and the seconds in which they are replenished, such as 500/10, or off";

/// The complete configuration of the service. [`VARIABLES`] lists the environment variables with their defaults.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address that the service listens on (`HOST` and `PORT`). Default: 127.0.0.1:8080, or 0.0.0.0:8080 if the database is on another machine.
    pub address: SocketAddr,
    /// Address of the metrics endpoint (`METRICS_PORT`, on the same host). Default: port 9090; `None` if it is `off`.
    pub metrics_address: Option<SocketAddr>,
    /// Database that the service keeps its data in. Default: the SQLite file `data/notes.db`.
    pub database: DatabaseConfig,
    /// Settings of logs and traces (`LOG_LEVEL`, `OTEL_EXPORTER_OTLP_ENDPOINT`).
    pub telemetry: telemetry::Settings,
    /// Settings of the HTTP API and the page: cookies, accounts, mail, push messages, sign-in, limits of requests.
    pub http: Settings,
    /// Limits of what one account can hold, such as notes, labels and bytes of attachments.
    pub limits: AccountLimits,
    /// Storage of the contents of attachments: a folder, a bucket, or none.
    pub files: StorageLocation,
    /// Limits of client connections, their number and their pace.
    pub connections: Limits,
    /// Times of the steps of a shutdown (`DRAIN_SECONDS` and `FINISH_SECONDS`).
    pub shutdown: ShutdownTimes,
    /// Restrictions of requests to addresses that users enter, such as webhooks (`OUTBOUND_…`).
    pub outbound: calls::Settings,
    /// Time that notes stay in the trash before they are deleted permanently (`TRASH_DAYS`). Default: 30 days.
    pub trash: TimeDelta,
    /// Origin of the page as people open it, which links in mails begin with (`PUBLIC_URL`). Default: none.
    pub public_url: Option<Origin>,
}

impl Config {
    /// Reads the configuration from these variables; empty ones count as not set. Returns all problems at once, including names that look misspelled.
    pub fn from_variables(variables: &BTreeMap<String, String>) -> Result<Self, Problems> {
        let mut reader = Reader::new(variables);
        let config = Self::read_all(&mut reader);
        reader.into_result(config)
    }

    /// Reads the configuration from the environment of the process. Variables that are not valid Unicode are ignored.
    pub fn from_environment() -> Result<Self, Problems> {
        // Values that are not Unicode belong to other programs: all settings of the service are text.
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self::from_variables(&variables)
    }

    fn read_all(from: &mut Reader<'_>) -> Self {
        let database = DatabaseConfig::from_reader(from);
        let deployed = matches!(&database, DatabaseConfig::Postgres(server) if server.is_remote());
        let host: IpAddr = from.parse_value(
            "HOST",
            "an IP address, such as 0.0.0.0 for all interfaces",
            if deployed { "0.0.0.0" } else { "127.0.0.1" },
        );
        let port: u16 = from.parse_value("PORT", "a port from 1 to 65535", "8080");
        let metrics_port: Option<u16> = from.parse_unless(
            "METRICS_PORT",
            "off",
            "a port from 1 to 65535, or off",
            "9090",
        );
        if metrics_port == Some(port) {
            from.report_value("METRICS_PORT", &port.to_string(), "a port other than PORT");
        }
        let public_url: Option<Origin> = from.parse_optional(
            "PUBLIC_URL",
            "the origin of the web app, such as https://notes.example.com",
        );
        let mail = mail::read_mailer(from, public_url.as_ref());
        let calls = outbound::read_outbound(from);
        let provider = provider::read_provider(from, public_url.as_ref());
        let seal = secrets::read_seal(from);
        let passkeys = public_url
            .as_ref()
            .and_then(|page| Passkeys::new(&page.to_string()));
        let streams = from.parse_number("EVENT_STREAMS", 0, 1_000_000, 1_000);
        let trusted_hops = from.parse_value(
            "TRUSTED_HOPS",
            "the number of trusted proxies, from 0 to 9; CloudFront and a load balancer count as 2",
            "0",
        );
        let connections = from.parse_number("CONNECTIONS", 1, 1_000_000, 4_096);
        let secure = from.parse_switch("SECURE_COOKIES", deployed);
        let mut config = Self {
            address: SocketAddr::new(host, port),
            metrics_address: metrics_port.map(|port| SocketAddr::new(host, port)),
            telemetry: telemetry::Settings {
                level: from.parse_value(
                    "LOG_LEVEL",
                    "off, error, warn, info, debug or trace, optionally with levels for modules, such as info,sqlx=debug",
                    // `notes migrate` reports the migrations itself, and notices of PostgreSQL mention only skipped steps.
                    "info,sea_orm_migration=warn,sqlx::postgres::notice=warn",
                ),
                collector: from.parse_optional(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "the URL of a collector, such as http://127.0.0.1:4318",
                ),
                stream: telemetry::Stream::default(),
            },
            http: Settings {
                secure_cookies: secure,
                accounts: auth::Policy {
                    registration: from.parse_value("REGISTRATION", "open, invite or closed", "open"),
                    ..auth::Policy::default()
                },
                streams: events::Settings {
                    at_once: usize::try_from(streams).unwrap_or(usize::MAX),
                    ..events::Settings::default()
                },
                site: read_site(from),
                mail,
                push: push::read_pusher(from, &calls, public_url.as_ref()),
                provider,
                passkeys,
                seal,
                // Opened by `notes serve`, so that reading the configuration does not create a folder.
                files: None,
                policy: Policy {
                    trusted_hops,
                    budget: budget::Limits {
                        requests: from.parse_number("REQUESTS_AT_ONCE", 1, 100_000, 512),
                        streams,
                        network_rate: from.parse_unless("NETWORK_RATE", "off", RATE, "2000/10"),
                        user_rate: from.parse_unless("USER_RATE", "off", RATE, "500/10"),
                        ..budget::Limits::default()
                    },
                    trusted_origins: from
                        .parse_list::<Origin>("ALLOWED_ORIGINS", "origins such as https://notes.example.com, separated by commas"),
                    transport: if secure {
                        Transport::TlsInFront
                    } else {
                        Transport::Plain
                    },
                    docs: if from.parse_switch("DOCS", !deployed) {
                        Docs::Served
                    } else {
                        Docs::Hidden
                    },
                    request_time: from.parse_seconds("REQUEST_SECONDS", 1, 300, 30),
                    ..Policy::default()
                },
            },
            limits: AccountLimits {
                notes: from.parse_number("NOTES_PER_USER", 1, 10_000_000, 10_000),
                guest_notes: from.parse_number("NOTES_PER_GUEST", 1, 10_000_000, 200),
                labels: from.parse_number("LABELS_PER_USER", 1, 1_000, 200),
                guests: from.parse_number("GUESTS", 0, 1_000_000, 200),
                file_bytes: from.parse_number("FILE_BYTES", 1, files::MOST_BYTES, 100 * 1024 * 1024),
                user_file_bytes: from.parse_number("FILES_PER_USER_BYTES", 0, u64::MAX / 4, 1024 * 1024 * 1024),
                guest_file_bytes: from.parse_number("FILES_PER_GUEST_BYTES", 0, u64::MAX / 4, 20 * 1024 * 1024),
            },
            connections: Limits {
                connections,
                // Behind a proxy, all connections come from the proxy.
                connections_of_peer: if trusted_hops == 0 {
                    (connections / 8).max(1)
                } else {
                    connections
                },
                ..Limits::default()
            },
            shutdown: ShutdownTimes {
                drain: from.parse_seconds("DRAIN_SECONDS", 0, 300, if deployed { 15 } else { 0 }),
                finish: from.parse_seconds("FINISH_SECONDS", 1, 300, 20),
            },
            outbound: calls,
            trash: TimeDelta::days(from.parse_number("TRASH_DAYS", 1, 3_650, 30)),
            public_url,
            files: files::read_storage(from, &database),
            database,
        };
        config.http.policy.file_bytes = config.limits.file_bytes;
        // An import may be as large as everything that an account can hold.
        config.http.policy.import_bytes = config.limits.import_bytes();
        config
    }

    /// Returns the effective settings as names and values for people to read. Secrets are not included.
    pub fn describe_settings(&self) -> BTreeMap<&'static str, String> {
        let shown = |duration: Duration| format!("{} s", duration.as_secs());
        BTreeMap::from([
            ("address", self.address.to_string()),
            (
                "metrics",
                self.metrics_address
                    .map_or_else(|| "off".to_owned(), |address| address.to_string()),
            ),
            ("database", self.database.to_string()),
            (
                "registration",
                self.http.accounts.registration.as_str().to_owned(),
            ),
            (
                "mail",
                self.http.mail.as_ref().map_or_else(
                    || "off".to_owned(),
                    |mailer| format!("on, with links to {}", mailer.page()),
                ),
            ),
            (
                "push",
                if self.http.push.is_some() {
                    "on"
                } else {
                    "off"
                }
                .to_owned(),
            ),
            (
                "provider",
                self.http.provider.as_ref().map_or_else(
                    || "off".to_owned(),
                    |provider| provider.settings().issuer.to_string(),
                ),
            ),
            (
                "passkeys",
                self.http
                    .passkeys
                    .as_ref()
                    .and_then(Passkeys::host)
                    .map_or_else(|| "off".to_owned(), |host| format!("of {host}")),
            ),
            (
                "secrets",
                if self.http.seal.has_key() {
                    "encrypted"
                } else {
                    "not encrypted"
                }
                .to_owned(),
            ),
            ("secure cookies", self.http.secure_cookies.to_string()),
            ("trusted proxies", self.http.policy.trusted_hops.to_string()),
            ("drain", shown(self.shutdown.drain)),
            ("notes per user", self.limits.notes.to_string()),
            ("guests", self.limits.guests.to_string()),
            ("files", self.files.to_string()),
            (
                "page",
                if self.http.site.is_some() {
                    "served"
                } else {
                    "not served"
                }
                .to_owned(),
            ),
            (
                "traces",
                self.telemetry
                    .collector
                    .as_ref()
                    .map_or_else(|| "off".to_owned(), ToString::to_string),
            ),
        ])
    }
}

/// Reads the built page of `SITE_DIR` into memory, so that a wrong folder is reported with the other problems.
fn read_site(from: &mut Reader<'_>) -> Option<Site> {
    let folder = from.find_value("SITE_DIR")?;
    match Site::read_folder(Path::new(folder)) {
        Ok(site) => Some(site),
        Err(error) => {
            let cause = error.source().map(|cause| format!(": {cause}"));
            let message = format!("is `{folder}`, but {error}{}", cause.unwrap_or_default());
            from.report_problem(
                "SITE_DIR",
                message,
                "the folder of the built web app with its index.html: web/dist after `npm run build` in web/",
            );
            None
        }
    }
}
