//! What the process tells about itself: logs, metrics, traces.

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

/// What is logged, and where spans go.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The variable `LOG_LEVEL`.
    pub level: LogLevel,
    /// The variable `OTEL_EXPORTER_OTLP_ENDPOINT`; without it there are no spans.
    pub collector: Option<CollectorEndpoint>,
    /// Where lines are written.
    pub stream: Stream,
}

/// Where lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stream {
    /// Standard output: of a service, the log is what it has to say.
    #[default]
    Output,
    /// Standard error: of a command, its result is.
    Errors,
}

impl Stream {
    fn write(self, line: &[u8]) {
        // Without anybody who reads there is nobody to tell.
        let _ = match self {
            Self::Output => io::stdout().lock().write_all(line),
            Self::Errors => io::stderr().lock().write_all(line),
        };
    }
}

/// Logging and tracing of this process, from [`Telemetry::start`] on.
#[derive(Debug)]
#[must_use = "the last spans are delivered by `shutdown`"]
pub struct Telemetry {
    traces: Option<traces::Traces>,
}

impl Telemetry {
    /// Starts logging. Panics are logged as well. Within a Tokio runtime.
    ///
    /// Lines are written where they arise, not by a thread in the background: the last line before an end is the one that matters.
    pub fn start(settings: &Settings) -> Result<Self, ExporterBuildError> {
        let traces = settings
            .collector
            .as_ref()
            .map(traces::Traces::start)
            .transpose()?;
        let stream = settings.stream;
        let lines = JsonLines::new(move |line: &[u8]| stream.write(line));
        let spans = traces.as_ref().map(|traces| {
            tracing_opentelemetry::layer()
                .with_tracer(traces.tracer())
                .with_location(false)
                .with_threads(false)
                .with_target(false)
                .with_tracked_inactivity(false)
                .with_filter(tracing_subscriber::filter::filter_fn(logs::is_own_span))
        });
        let subscriber = tracing_subscriber::registry()
            .with(lines.with_filter(logs::LogFilter(settings.level.clone())))
            .with(spans);
        // Only fails when there is a subscriber already, as in a test: its settings stay.
        if tracing::subscriber::set_global_default(subscriber).is_ok() {
            panics::log_panics();
        }
        Ok(Self { traces })
    }

    /// Delivers the spans that are left.
    pub async fn shutdown(self) {
        if let Some(traces) = self.traces {
            traces.shutdown().await;
        }
    }
}
