//! Tests of slow and busy databases: every wait has a limit, after which the response is 503 and not 500.

use std::time::Duration;

use notes_service::config::Config;
use notes_service::domain::limits::AccountLimits;
use notes_service::store::Store;
use notes_service::store::connect::{Purpose, connect_database};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};
use serde_json::json;
use tokio::time::Instant;

use crate::support::{Service, Site};

/// Opens a database as a process with these variables does.
async fn open(site: &Site, purpose: Purpose, more: &[(&str, &str)]) -> DatabaseConnection {
    let mut variables = vec![("DATABASE_URL".to_owned(), site.url.clone())];
    variables.extend(
        more.iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    let config = Config::from_variables(&variables.into_iter().collect()).unwrap();
    connect_database(&config.database, purpose).await.unwrap()
}

async fn shown(db: &DatabaseConnection, setting: &str) -> String {
    let show = Statement::from_string(db.get_database_backend(), format!("SHOW {setting}"));
    let row = db.query_one_raw(show).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

#[tokio::test]
async fn sets_timeouts_on_database_connections() {
    let Some(site) = Site::postgres().await else {
        return;
    };
    for (purpose, settings) in [
        (
            Purpose::Serving,
            [
                ("application_name", "notes"),
                ("statement_timeout", "5s"),
                ("lock_timeout", "3s"),
                ("idle_in_transaction_session_timeout", "10s"),
            ],
        ),
        // A change of the schema takes as long as it takes, but waits for nobody while others wait behind it.
        (
            Purpose::Migrating,
            [
                ("application_name", "notes migrate"),
                ("statement_timeout", "0"),
                ("lock_timeout", "5s"),
                ("idle_in_transaction_session_timeout", "0"),
            ],
        ),
    ] {
        let db = open(&site, purpose, &[]).await;
        for (name, value) in settings {
            assert_eq!(shown(&db, name).await, value, "{name} while {purpose:?}");
        }
    }
}

/// Returns a service with two connections, over its own database.
async fn with_two_connections(site: &Site) -> Service {
    assert_eq!(
        crate::support::process::run(&["migrate", "up"], &[("DATABASE_URL", &site.url)]).code,
        Some(0)
    );
    let db = open(site, Purpose::Serving, &[("DB_POOL", "2")]).await;
    Service::over(Store::new(db, AccountLimits::default()))
}

#[tokio::test]
async fn returns_503_without_free_database_connection() {
    let Some(site) = Site::postgres().await else {
        return;
    };
    let service = with_two_connections(&site).await;
    let ada = service.person("ada").await;
    let taken = [
        service.app.store.db().begin().await.unwrap(),
        service.app.store.db().begin().await.unwrap(),
    ];
    let began = Instant::now();
    let refused = service.send(&ada, "GET", "/api/notes").await;
    let refused = refused.problem(503, "unavailable");
    assert_eq!(refused.header("retry-after"), "2");
    let waited = began.elapsed();
    assert!(
        (Duration::from_secs(2)..Duration::from_secs(10)).contains(&waited),
        "{waited:?}"
    );
    drop(taken);
    service.send(&ada, "GET", "/api/notes").await.is(200);
}

#[tokio::test]
async fn leaves_no_transaction_after_cancelled_request() {
    const LEFT: &str = "SELECT count(*) FROM pg_stat_activity \
                        WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    let Some(site) = Site::postgres().await else {
        return;
    };
    let service = with_two_connections(&site).await;
    let store = &service.app.store;
    // Given up at once, and a little later each time.
    for micros in (0..100).map(|number| number * 20) {
        let write = tokio::time::timeout(Duration::from_micros(micros), store.begin_write());
        drop(write.await);
    }
    let observer = open(&site, Purpose::Serving, &[]).await;
    let began = Instant::now();
    loop {
        let left = Statement::from_string(observer.get_database_backend(), LEFT);
        let row = observer.query_one_raw(left).await.unwrap().unwrap();
        let left: i64 = row.try_get_by_index(0).unwrap();
        if left == 0 {
            break;
        }
        let waited = began.elapsed();
        assert!(
            waited < Duration::from_secs(5),
            "{left} transactions are left"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    for _ in 0..4 {
        store.begin_write().await.unwrap().commit().await.unwrap();
    }
}

#[tokio::test]
async fn limits_waiting_for_locked_row() {
    let Some(site) = Site::postgres().await else {
        return;
    };
    let service = with_two_connections(&site).await;
    let ada = service.person("ada").await;
    let other = open(&site, Purpose::Migrating, &[]).await;
    let holder = other.begin().await.unwrap();
    holder
        .execute_unprepared("SELECT 1 FROM users FOR UPDATE")
        .await
        .unwrap();
    let began = Instant::now();
    let refused = service
        .json(&ada, "POST", "/api/notes", json!({"title": "x"}))
        .await;
    assert_eq!(
        refused.problem(503, "unavailable").header("retry-after"),
        "2"
    );
    let waited = began.elapsed();
    assert!(
        (Duration::from_secs(2)..Duration::from_secs(10)).contains(&waited),
        "{waited:?}"
    );
    holder.rollback().await.unwrap();
    service
        .json(&ada, "POST", "/api/notes", json!({"title": "x"}))
        .await
        .is(201);
    // The account counts what there is.
    let me = service.send(&ada, "GET", "/api/me").await.is(200);
    assert_eq!(me.body["usage"]["notes"], 1);
}

#[tokio::test]
async fn cancels_slow_statement_and_keeps_connection() {
    let Some(site) = Site::postgres().await else {
        return;
    };
    let db = open(&site, Purpose::Serving, &[("DB_POOL", "1")]).await;
    let slow = db
        .execute_unprepared("SELECT pg_sleep(60)")
        .await
        .unwrap_err();
    let error = notes_service::error::Error::from(slow);
    assert_eq!(error.code(), notes_service::error::Code::Unavailable);
    assert_eq!(shown(&db, "application_name").await, "notes");
}

#[tokio::test]
async fn returns_503_while_database_is_read_only() {
    let Some(site) = Site::postgres().await else {
        return;
    };
    let service = with_two_connections(&site).await;
    let ada = service.person("ada").await;
    let note = || service.json(&ada, "POST", "/api/notes", json!({"title": "x"}));
    let name = site
        .url
        .rsplit('/')
        .next()
        .unwrap()
        .split('?')
        .next()
        .unwrap();
    let admin = open(&site, Purpose::Migrating, &[]).await;
    let switch = async |to: &str| {
        let sql = format!("ALTER DATABASE {name} SET default_transaction_read_only = {to}");
        admin.execute_unprepared(&sql).await.unwrap();
    };
    // As a failover leaves it: connections that are open lead to a server that is now a standby.
    switch("on").await;
    let db = service.app.store.db();
    let poison = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY";
    db.execute_unprepared(poison).await.unwrap();
    note().await.problem(503, "unavailable");
    let answer = service.send(&ada, "GET", "/readyz").await.is(503);
    assert_eq!(answer.body["checks"]["database"], "read-only");
    service.send(&ada, "GET", "/api/notes").await.is(200);
    // It writes again, and nobody ends a connection by hand.
    admin
        .execute_unprepared("SET default_transaction_read_only = off")
        .await
        .unwrap();
    switch("off").await;
    let recovered = async {
        while service.send(&ada, "GET", "/readyz").await.status != 200 {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), recovered)
        .await
        .unwrap();
    note().await.is(201);
}

#[tokio::test]
async fn retries_read_on_closed_connection() {
    let Some(site) = Site::postgres().await else {
        return;
    };
    let service = with_two_connections(&site).await;
    let ada = service.person("ada").await;
    let admin = open(&site, Purpose::Migrating, &[]).await;
    for path in ["/api/notes", "/api/me", "/api/labels"] {
        // The session is known, so that the first statement is the one of the page.
        service.send(&ada, "GET", path).await.is(200);
        // As a restart does.
        admin
            .execute_unprepared(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            .await
            .unwrap();
        service.send(&ada, "GET", path).await.is(200);
        // What is marked is marked at most once a second.
        tokio::time::sleep(Duration::from_millis(1100)).await;
    }
}
