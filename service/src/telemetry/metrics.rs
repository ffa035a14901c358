//! Records metrics and renders them in the text format of Prometheus: [`Metrics`].

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

use super::process::ProcessState;
use crate::clock;
use crate::worker::Job;

/// Histogram of the time until the headers of a response, in seconds, by method, route and status. Its count is also the number of requests and of
/// errors.
pub(crate) const REQUEST_DURATION: &str = "http_server_request_duration_seconds";
/// Gauge of the requests that are being handled.
pub(crate) const REQUESTS_IN_FLIGHT: &str = "http_server_requests_in_flight";
/// Counter of requests that were refused because too many were being handled.
pub(crate) const REQUESTS_SHED: &str = "http_server_requests_shed_total";
/// Gauge of the open client connections.
pub(crate) const CONNECTIONS: &str = "http_server_connections";
/// Counter of requests whose handler panicked.
pub(crate) const PANICS: &str = "http_server_panics_total";

/// Gauge of the open event streams.
pub(crate) const EVENT_STREAMS: &str = "event_streams";

/// Counter of attempts to deliver reminders, by channel and outcome.
pub(crate) const DELIVERIES: &str = "reminder_deliveries_total";

/// Counter of runs of periodic work, by job and outcome.
pub(crate) const WORKER_RUNS: &str = "worker_runs_total";
/// Counter of rows that periodic work has handled, by job.
pub(crate) const WORKER_ROWS: &str = "worker_rows_total";
/// Gauge of the time of a job's last complete run, in seconds since 1970.
pub(crate) const WORKER_SUCCESS: &str = "worker_last_success_timestamp_seconds";

/// Counter of attempts to deliver to webhooks, by outcome.
pub(crate) const WEBHOOK_ATTEMPTS: &str = "webhook_attempts_total";
/// Counter of mails, by outcome: one of `MAIL_OUTCOMES`.
pub(crate) const MAILS: &str = "mails_total";
/// Outcomes of a mail: sent, failed, or dropped because too many were waiting.
const MAIL_OUTCOMES: [&str; 3] = ["sent", "failed", "dropped"];

/// Bucket boundaries of [`REQUEST_DURATION`] in seconds, from a response out of memory to the time limit of requests.
const SECONDS: [f64; 14] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0,
];

/// Snapshot of the database connection pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolState {
    /// Number of open connections, in use or idle.
    pub open: u32,
    /// Number of open connections that are idle.
    pub idle: u32,
    /// Maximum number of connections in the pool.
    pub max: u32,
}

/// A function that returns the current state of the pool.
pub type PoolProbe = Arc<dyn Fn() -> PoolState + Send + Sync>;

/// The recorded metrics of this process; clones share them.
#[derive(Clone)]
pub struct Metrics {
    recorder: PrometheusHandle,
    pool: Option<PoolProbe>,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

impl Metrics {
    /// Installs the metrics recorder of this process, or returns the one that is already installed. Metrics recorded before the first call are lost.
    pub fn install() -> Result<Self, BuildError> {
        static RECORDER: Mutex<Option<PrometheusHandle>> = Mutex::new(None);
        let mut installed = RECORDER.lock().unwrap_or_else(PoisonError::into_inner);
        let recorder = if let Some(recorder) = &*installed {
            recorder.clone()
        } else {
            let recorder = PrometheusBuilder::new()
                .set_buckets_for_metric(Matcher::Full(REQUEST_DURATION.to_owned()), &SECONDS)?
                .install_recorder()?;
            describe_metrics();
            installed.insert(recorder).clone()
        };
        Ok(Self {
            recorder,
            pool: None,
        })
    }

    /// Adds the state of a connection pool to the rendered metrics.
    pub fn with_pool(mut self, pool: PoolProbe) -> Self {
        self.pool = Some(pool);
        self
    }

    /// Renders all metrics in the text format of Prometheus, with the current state of the process and the pool.
    pub fn render_text(&self) -> String {
        if let Some(process) = ProcessState::read_current() {
            gauge!("process_resident_memory_bytes").set(process.resident_bytes);
            gauge!("process_open_fds").set(process.open_files);
            gauge!("process_threads").set(process.threads);
            gauge!("process_cpu_seconds_total").set(process.cpu_seconds);
        }
        if let Some(pool) = &self.pool {
            let pool = pool();
            gauge!("db_pool_connections", "state" => "idle").set(pool.idle);
            gauge!("db_pool_connections", "state" => "used")
                .set(pool.open.saturating_sub(pool.idle));
            gauge!("db_pool_connections_max").set(pool.max);
        }
        self.recorder.render()
    }

    /// Compacts the samples that histograms have collected. Must be called every few seconds, even if the metrics are not scraped; otherwise memory
    /// use grows.
    pub fn run_upkeep(&self) {
        self.recorder.run_upkeep();
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "seconds since 1970 fit into 53 bits"
)]
fn describe_metrics() {
    describe_histogram!(
        REQUEST_DURATION,
        Unit::Seconds,
        "time until the response headers are sent, by method, route and status"
    );
    describe_gauge!(REQUESTS_IN_FLIGHT, "requests in progress");
    describe_counter!(
        REQUESTS_SHED,
        "requests rejected because a limit on concurrency was reached"
    );
    describe_counter!(PANICS, "requests whose handler panicked");
    describe_gauge!(CONNECTIONS, "open client connections");
    describe_gauge!(EVENT_STREAMS, "open event streams");
    describe_counter!(
        DELIVERIES,
        "attempts to deliver reminders, by channel and outcome"
    );
    describe_counter!(WORKER_RUNS, "runs of periodic jobs, by job and outcome");
    describe_counter!(WORKER_ROWS, "rows that periodic jobs processed, by job");
    describe_gauge!(
        WORKER_SUCCESS,
        "time of the last complete run of a job, in seconds since 1970"
    );
    describe_counter!(WEBHOOK_ATTEMPTS, "attempts to call a webhook, by outcome");
    describe_counter!(MAILS, "mails, by outcome");
    describe_gauge!("db_pool_connections", "open connections to the database");
    describe_gauge!(
        "db_pool_connections_max",
        "maximum number of connections to the database"
    );
    describe_gauge!("process_resident_memory_bytes", "resident memory");
    describe_gauge!("process_cpu_seconds_total", "CPU time used since the start");
    describe_gauge!("process_open_fds", "open file descriptors");
    describe_gauge!("process_threads", "threads");
    describe_gauge!(
        "process_start_time_seconds",
        "start time of the process, in seconds since 1970"
    );
    describe_gauge!(
        "notes_build_info",
        "always 1; the labels contain the version"
    );
    gauge!("process_start_time_seconds").set(clock::now().timestamp() as f64);
    gauge!("notes_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1);
    // Created at the start, so that they are zero and not absent.
    counter!(REQUESTS_SHED).absolute(0);
    counter!(PANICS).absolute(0);
    gauge!(CONNECTIONS).set(0);
    gauge!(EVENT_STREAMS).set(0);
    for job in Job::ALL {
        for outcome in ["done", "failed"] {
            counter!(WORKER_RUNS, "job" => job.name(), "outcome" => outcome).absolute(0);
        }
        counter!(WORKER_ROWS, "job" => job.name()).absolute(0);
        gauge!(WORKER_SUCCESS, "job" => job.name()).set(0);
    }
    for outcome in ["delivered", "failed"] {
        counter!(WEBHOOK_ATTEMPTS, "outcome" => outcome).absolute(0);
    }
    for channel in ["push", "mail"] {
        counter!(DELIVERIES, "channel" => channel, "outcome" => "taken").absolute(0);
    }
    for outcome in MAIL_OUTCOMES {
        counter!(MAILS, "outcome" => outcome).absolute(0);
    }
    gauge!(REQUESTS_IN_FLIGHT).set(0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders_process_pool_and_build() {
        let metrics = Metrics::install()
            .unwrap()
            .with_pool(Arc::new(|| PoolState {
                open: 5,
                idle: 2,
                max: 10,
            }));
        metrics::histogram!(REQUEST_DURATION, "route" => "/x").record(0.003);
        metrics.run_upkeep();
        let text = metrics.render_text();
        for line in [
            "db_pool_connections{state=\"idle\"} 2",
            "db_pool_connections{state=\"used\"} 3",
            "db_pool_connections_max 10",
            "http_server_requests_shed_total 0",
            "http_server_request_duration_seconds_bucket{route=\"/x\",le=\"0.0025\"} 0",
            "http_server_request_duration_seconds_bucket{route=\"/x\",le=\"0.005\"} 1",
            concat!(
                "notes_build_info{version=\"",
                env!("CARGO_PKG_VERSION"),
                "\"} 1"
            ),
        ] {
            assert!(
                text.lines().any(|found| found == line),
                "{line} is missing in\n{text}"
            );
        }
        #[cfg(target_os = "linux")]
        assert!(text.contains("process_resident_memory_bytes "));
    }
}
