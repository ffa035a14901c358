//! Whether the process lives, and whether it can do its work: two questions, of which only the first is a reason to end it.

use std::sync::Arc;
use std::time::Duration;

use poem::http::StatusCode;
use poem::web::{Data, Json};
use poem::{Endpoint, IntoResponse, Response, get, handler};
use serde::Serialize;
use tokio::time::timeout;

use super::App;
use crate::error::Code;
use crate::lifecycle::Phase;

/// A load balancer gives up after a few seconds; this leaves it an answer that says what is wrong.
const LIMIT: Duration = Duration::from_secs(1);

/// `/healthz`: asks nothing but the process itself. With the database in it, an outage of the database would end every task.
pub(super) fn liveness() -> impl Endpoint {
    #[handler]
    fn alive() -> Json<serde_json::Value> {
        Json(serde_json::json!({"status": "ok"}))
    }
    get(alive)
}

/// `/readyz`: whether requests should come here.
pub(super) fn readiness() -> impl Endpoint {
    #[handler]
    async fn ready(app: Data<&Arc<App>>) -> Response {
        Readiness::of(&app).await.into_response()
    }
    get(ready)
}

/// What was found.
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

impl Readiness {
    async fn of(app: &App) -> Self {
        let process = match app.lifecycle.phase() {
            Phase::Serving => "ok",
            Phase::Draining | Phase::Stopping => "draining",
        };
        // One statement answers both questions.
        let (database, migrations) = match timeout(LIMIT, app.store.database_state()).await {
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
            Err(_) => ("no answer within 1 s", "unknown"),
        };
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
