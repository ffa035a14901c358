//! Settings that the stages of HTTP, WebSocket and REST APIs share.

use crate::core::{Arn, Scope, Value};
use crate::kind;
use crate::logs::{ImportedLogGroup, LogGroup, RetentionDays};

/// Destination of a stage's access logs: one line of JSON for each request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum AccessLogs<'app> {
    /// A log group for this stage, whose events expire after a month.
    OwnGroup,
    /// A log group of the app.
    Group(LogGroup<'app>),
    /// A log group that another app creates.
    Existing(ImportedLogGroup<'app>),
    /// No access logs.
    Off,
}

/// Maximum rate of requests, which API Gateway enforces with a token bucket. Requests above it receive status 429.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Throttling {
    /// Requests a second in the long run.
    pub rate: f64,
    /// Requests at once.
    pub burst: u32,
}

impl Throttling {
    /// Creates a limit of `rate` requests a second in the long run, and of `burst` at once.
    pub const fn new(rate: f64, burst: u32) -> Self {
        Self { rate, burst }
    }
}

/// Kind of the API whose requests are logged.
#[derive(Clone, Copy, Debug)]
pub(crate) enum LogKind {
    /// HTTP API.
    Http,
    /// WebSocket API.
    WebSocket,
    /// REST API.
    Rest,
}

impl LogKind {
    const fn fields(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Http => &[
                ("requestTime", "requestTime"),
                ("httpMethod", "httpMethod"),
                ("path", "path"),
                ("routeKey", "routeKey"),
                ("protocol", "protocol"),
                ("status", "status"),
                ("responseLength", "responseLength"),
                ("responseLatency", "responseLatency"),
                ("integrationStatus", "integrationStatus"),
                ("integrationLatency", "integrationLatency"),
            ],
            Self::WebSocket => &[
                ("requestTime", "requestTime"),
                ("eventType", "eventType"),
                ("routeKey", "routeKey"),
                ("connectionId", "connectionId"),
                ("status", "status"),
                ("integrationLatency", "integrationLatency"),
            ],
            Self::Rest => &[
                ("requestTime", "requestTime"),
                ("httpMethod", "httpMethod"),
                ("resourcePath", "resourcePath"),
                ("protocol", "protocol"),
                ("status", "status"),
                ("responseLength", "responseLength"),
                ("responseLatency", "responseLatency"),
                ("integrationLatency", "integrationLatency"),
            ],
        }
    }

    /// Returns the format of a line. Fields of errors are left out, because their text may contain quotation marks.
    pub(crate) fn format(self) -> String {
        let first = [
            ("requestId", "requestId"),
            ("sourceIp", "identity.sourceIp"),
        ];
        let fields: Vec<String> = first
            .iter()
            .chain(self.fields())
            .map(|(name, variable)| format!("\"{name}\":\"$context.{variable}\""))
            .collect();
        format!("{{{}}}", fields.join(","))
    }
}

impl AccessLogs<'_> {
    /// Returns the ARN of the log group, which is added under `stage` unless one was given.
    pub(crate) fn destination_arn(
        self,
        stage: Scope<'_>,
    ) -> Option<Value<Arn<kind::logs::LogGroup>>> {
        match self {
            Self::OwnGroup => Some(
                LogGroup::builder()
                    .retention(RetentionDays::ONE_MONTH)
                    .build(stage, "AccessLogs")
                    .arn(),
            ),
            Self::Group(group) => Some(group.arn()),
            Self::Existing(group) => Some(group.arn()),
            Self::Off => None,
        }
    }
}
