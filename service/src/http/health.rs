//! Health checks: liveness (the process runs) and readiness (the process can serve requests). Only a failed liveness check is a reason to restart the
//! process.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use poem::http::StatusCode;
use poem::web::{Data, Json};
use poem::{Endpoint, IntoResponse, Response, get, handler};
use serde::Serialize;
use tokio::time::timeout;

use super::App;
use crate::error::Code;
use crate::lifecycle::Phase;
use crate::store::Store;

/// Time limit for the question to the database. Load balancers give up after a few seconds; the limit leaves time to answer with the reason.
const LIMIT: Duration = Duration::from_secs(1);

/// Returns the endpoint `/healthz`, which checks the process only. If it included the database, an outage of the database would restart every task.
pub(super) fn liveness_endpoint() -> impl Endpoint {
    #[handler]
    fn alive() -> Json<serde_json::Value> {
        Json(serde_json::json!({"status": "ok"}))
    }
    get(alive)
}

/// Returns the endpoint `/readyz`, which tells load balancers if requests should be sent here.
pub(super) fn readiness_endpoint() -> impl Endpoint {
    #[handler]
    async fn ready(app: Data<&Arc<App>>) -> Response {
        Readiness::check_app(&app).await.into_response()
    }
    get(ready)
}

/// Result of the readiness check.
#[derive(Debug, Serialize)]
struct Readiness {
    status: &'static str,
    checks: Checks,
}

#[derive(Debug, Serialize)]
struct Checks {
    process: &'static str,
    database: &'static str,
    migrations: &'static str,
}

/// The state of the database, as a probe says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Database {
    database: &'static str,
    migrations: &'static str,
}

impl Database {
    /// Asks the database, for one second at most.
    async fn query_store(store: Store) -> Self {
        // One statement answers both questions.
        let (database, migrations) = match timeout(LIMIT, store.database_state()).await {
            Ok(Ok(state)) => (
                if state.is_read_only {
                    "read-only"
                } else if state.is_full {
                    "full"
                } else {
                    "ok"
                },
                if state.pending_migrations == 0 {
                    "ok"
                } else {
                    "pending"
                },
            ),
            Ok(Err(error)) if error.code() == Code::Unavailable => ("unavailable", "unknown"),
            // It answers, and has no table of migrations.
            Ok(Err(_)) => ("ok", "pending"),
            Err(_) => ("no response within 1 s", "unknown"),
        };
        Self {
            database,
            migrations,
        }
    }
}

/// The question to the database that is under way. Probes that come meanwhile share its answer, so that any number of them costs one statement at a
/// time; nothing is kept after it.
#[derive(Debug, Default)]
pub(super) struct DatabaseProbe {
    running: Mutex<Option<WeakShared<BoxFuture<'static, Database>>>>,
}

impl DatabaseProbe {
    /// Returns the state of the database: by a question that is under way, else by one of its own.
    async fn query_database(&self, store: &Store) -> Database {
        self.share_query(|| Database::query_store(store.clone()).boxed())
            .await
    }

    fn share_query(
        &self,
        ask: impl FnOnce() -> BoxFuture<'static, Database>,
    ) -> Shared<BoxFuture<'static, Database>> {
        // The locked value is only replaced as a whole.
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let under_way = running.as_ref().and_then(WeakShared::upgrade);
        if let Some(asked) = under_way.filter(|asked| asked.peek().is_none()) {
            return asked;
        }
        let asked = ask().shared();
        *running = asked.downgrade();
        asked
    }
}

impl Readiness {
    async fn check_app(app: &App) -> Self {
        let process = match app.lifecycle.phase() {
            Phase::Serving => "ok",
            Phase::Draining | Phase::Stopping => "draining",
        };
        let Database {
            database,
            migrations,
        } = app.probes.query_database(&app.store).await;
        let ready = [process, database, migrations]
            .iter()
            .all(|found| *found == "ok");
        Self {
            status: if ready { "ready" } else { "not ready" },
            checks: Checks {
                process,
                database,
                migrations,
            },
        }
    }
}

impl IntoResponse for Readiness {
    fn into_response(self) -> Response {
        let status = match self.status {
            "ready" => StatusCode::OK,
            _ => StatusCode::SERVICE_UNAVAILABLE,
        };
        Json(self).with_status(status).into_response()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::Notify;

    use super::*;

    const GOOD: Database = Database {
        database: "ok",
        migrations: "ok",
    };

    #[tokio::test]
    async fn shares_running_query_without_caching() {
        let (asked, answer) = (Arc::new(AtomicU32::new(0)), Arc::new(Notify::new()));
        let probes = DatabaseProbe::default();
        let ask = || {
            let (asked, answer) = (Arc::clone(&asked), Arc::clone(&answer));
            async move {
                asked.fetch_add(1, Ordering::Relaxed);
                answer.notified().await;
                GOOD
            }
            .boxed()
        };
        let (first, second) = (probes.share_query(ask), probes.share_query(ask));
        answer.notify_one();
        assert_eq!(
            futures_util::future::join(first, second).await,
            (GOOD, GOOD)
        );
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        answer.notify_one();
        assert_eq!(probes.share_query(ask).await, GOOD);
        assert_eq!(asked.load(Ordering::Relaxed), 2, "an answer was kept");
    }

    #[tokio::test]
    async fn continues_after_first_probe_is_dropped() {
        let probes = DatabaseProbe::default();
        let answer = Arc::new(Notify::new());
        let ask = || {
            let answer = Arc::clone(&answer);
            async move {
                answer.notified().await;
                GOOD
            }
            .boxed()
        };
        let mut first = probes.share_query(ask);
        assert!((&mut first).now_or_never().is_none());
        let second = probes.share_query(|| panic!("a second question while one is under way"));
        drop(first);
        answer.notify_one();
        assert_eq!(second.await, GOOD);
    }
}
