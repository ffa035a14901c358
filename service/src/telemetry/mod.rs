//! Telemetry of the process: logs, metrics and traces. [`Telemetry::start`] sets up logs and traces, [`metrics::Metrics`] records metrics.

mod level;
mod logs;
pub mod metrics;
mod panics;
mod process;
pub(crate) mod trace_context;
mod traces;

use std::io::{self, Write as _};

use opentelemetry_otlp::ExporterBuildError;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};

pub use level::{LogLevel, UnknownLevel};
pub use logs::JsonLines;
pub use traces::{CollectorEndpoint, InvalidEndpoint};

/// Configuration of logs and traces.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Log level from the variable `LOG_LEVEL`.
    pub level: LogLevel,
    /// Collector from the variable `OTEL_EXPORTER_OTLP_ENDPOINT`; `None` to export no spans.
    pub collector: Option<CollectorEndpoint>,
    /// Stream that log lines are written to.
    pub stream: Stream,
}

/// The standard stream that log lines are written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stream {
    /// Standard output, for the service, whose output is its log.
    #[default]
    Output,
    /// Standard error, for commands, whose standard output is their result.
    Errors,
}

impl Stream {
    fn write_line(self, line: &[u8]) {
        // A failed write is ignored, because there is no other place to report it.
        let _ = match self {
            Self::Output => io::stdout().lock().write_all(line),
            Self::Errors => io::stderr().lock().write_all(line),
        };
    }
}

/// The running logging and tracing of this process, set up by [`Telemetry::start`].
#[derive(Debug)]
#[must_use = "the last spans are delivered by `shutdown`"]
pub struct Telemetry {
    traces: Option<traces::Traces>,
}

impl Telemetry {
    /// Starts logging, including panics, and tracing. Must be called within a Tokio runtime.
    ///
    /// Lines are written by the thread that logs them and not by a background thread, because the last line before a crash is the most important one.
    pub fn start(settings: &Settings) -> Result<Self, ExporterBuildError> {
        let traces = settings
            .collector
            .as_ref()
            .map(traces::Traces::start_export)
            .transpose()?;
        let stream = settings.stream;
        let lines = JsonLines::new(move |line: &[u8]| stream.write_line(line));
        let spans = traces.as_ref().map(|traces| {
            tracing_opentelemetry::layer()
                .with_tracer(traces.create_tracer())
                .with_location(false)
                .with_threads(false)
                .with_target(false)
                .with_tracked_inactivity(false)
                .with_filter(tracing_subscriber::filter::filter_fn(logs::is_own_span))
        });
        let subscriber = tracing_subscriber::registry()
            .with(lines.with_filter(logs::LogFilter(settings.level.clone())))
            .with(spans);
        // Fails only if a subscriber is already set, as in tests; its settings stay.
        if tracing::subscriber::set_global_default(subscriber).is_ok() {
            panics::log_panics();
        }
        Ok(Self { traces })
    }

    /// Exports the remaining spans and stops tracing.
    pub async fn shutdown(self) {
        if let Some(traces) = self.traces {
            traces.shutdown().await;
        }
    }
}
