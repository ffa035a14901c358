//! Runs the service process: it serves the API and the metrics, and handles signals and the shutdown.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use metrics_exporter_prometheus::BuildError;
use poem::endpoint::make_sync;
use poem::{EndpointExt as _, Response, Route, get};
use tokio::net::TcpListener;
use tokio::time::{MissedTickBehavior, interval};

use super::signals::Signals;
use super::{Limits, Outcome, Server, ShutdownTimes};
use crate::http::{self, App};
use crate::lifecycle::Lifecycle;
use crate::telemetry::metrics::Metrics;

/// The sockets that the process listens on.
#[derive(Debug)]
pub struct Listeners {
    /// Listener for the API and the web page.
    pub public: TcpListener,
    /// Listener for `/metrics`, on a separate port that no load balancer forwards to; `None` to serve no metrics.
    pub metrics: Option<TcpListener>,
}

/// The reason why the process could not start or stopped serving.
#[derive(Debug)]
pub enum RunError {
    /// A socket or a signal handler failed.
    Io(io::Error),
    /// The metrics recorder could not be installed.
    Metrics(BuildError),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Io(_) => "the server cannot run",
            Self::Metrics(_) => "the metrics recorder cannot be installed",
        })
    }
}

impl std::error::Error for RunError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(match self {
            Self::Io(error) => error,
            Self::Metrics(error) => error,
        })
    }
}

impl From<io::Error> for RunError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<BuildError> for RunError {
    fn from(error: BuildError) -> Self {
        Self::Metrics(error)
    }
}

/// Interval at which histograms are compacted.
const TIDY: Duration = Duration::from_secs(5);

/// Serves until a signal arrives and the running requests are finished; a second signal ends the process immediately.
///
/// Other long-running work watches `app.lifecycle`. When this function returns, that work has ended or may be dropped.
pub async fn run_server(
    app: Arc<App>,
    listeners: Listeners,
    limits: Limits,
    times: ShutdownTimes,
) -> Result<Outcome, RunError> {
    let signals = Signals::catch_signals()?;
    let lifecycle = app.lifecycle.clone();
    let store = app.store.clone();
    let metrics = Metrics::install()?.with_pool(Arc::new(move || store.pool_state()));
    let address = listeners.public.local_addr()?;
    let server = Server::new(
        http::create_endpoint(app),
        limits.clone(),
        lifecycle.clone(),
    );
    let beside = tokio::spawn(serve_metrics(metrics, listeners.metrics, limits));
    tracing::info!(
        %address,
        version = env!("CARGO_PKG_VERSION"),
        "listening"
    );
    let outcome = tokio::select! {
        outcome = server.serve_listener(listeners.public, times.finish) => outcome?,
        () = signals.lead_shutdown(&lifecycle, &times) => Outcome::Forced,
    };
    beside.abort();
    tracing::info!(?outcome, "stopped");
    Ok(outcome)
}

/// Serves and compacts the metrics until the process ends, also while requests drain, which is when operators look at them.
async fn serve_metrics(metrics: Metrics, listener: Option<TcpListener>, limits: Limits) {
    let tidy = async {
        let mut ticks = interval(TIDY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            metrics.run_upkeep();
        }
    };
    let serve = async {
        let Some(listener) = listener else { return };
        let server = Server::new(metrics_route(metrics.clone()), limits, Lifecycle::new());
        if let Err(error) = server.serve_listener(listener, Duration::ZERO).await {
            tracing::error!(error = %error, "metrics cannot be served");
        }
    };
    tokio::join!(tidy, serve);
}

fn metrics_route(metrics: Metrics) -> impl poem::Endpoint<Output = Response> + 'static {
    let render = make_sync(move |_| {
        Response::builder()
            .content_type("text/plain; version=0.0.4; charset=utf-8")
            .body(metrics.render_text())
    });
    Route::new().at("/metrics", get(render)).map_to_response()
}
